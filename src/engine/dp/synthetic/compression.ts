import type { Rng } from '../../rng/rng.ts';
import type { CodedTable } from './coded-table.ts';
import type { Measurement } from './graphical-model.ts';

/** Values of a column whose noisy count does not stand out are taken together as one (MST's domain compression). */
export interface Compression {
  /** New code of each original one. */
  readonly codeOf: Uint16Array;
  /** Original codes behind each new one. */
  readonly members: readonly Uint16Array[];
}

/** Keeps values counted at `threshold` or more; the others become the last code, where there are any. */
export function compressionOf(noisy: Float64Array, threshold: number): Compression {
  const kept: number[] = [];
  const rare: number[] = [];
  noisy.forEach((value, code) => (value >= threshold ? kept : rare).push(code));
  const groups = [...kept.map((code) => [code]), ...(rare.length > 0 ? [rare] : [])];
  const codeOf = new Uint16Array(noisy.length);
  groups.forEach((group, fresh) => {
    for (const code of group) codeOf[code] = fresh;
  });
  return { codeOf, members: groups.map((group) => Uint16Array.from(group)) };
}

export const compressed = (data: CodedTable, compressions: readonly Compression[]): CodedTable => ({
  rows: data.rows,
  shape: compressions.map(({ members }) => members.length),
  columns: data.columns.map((codes, a) => {
    const { codeOf } = compressions[a] as Compression;
    const out = new Uint16Array(codes.length);
    for (let i = 0; i < out.length; i += 1) out[i] = codeOf[codes[i] as number] as number;
    return out;
  }),
});

/** The measurement of a column in new codes: counts of merged values and their variances add up. */
export function merged(noisy: Float64Array, { members }: Compression, sigma: number, attribute: number): Measurement {
  const sumOf = (group: Uint16Array): number => group.reduce((sum, code) => sum + (noisy[code] as number), 0);
  return {
    attributes: [attribute],
    values: Float64Array.from(members, sumOf),
    weight: Float64Array.from(members, (group) => 1 / (sigma * sigma * group.length)),
  };
}

/** Original codes of drawn new ones: of merged values, any alike. */
export function expanded(codes: Uint16Array, { members }: Compression, rng: Rng): Uint16Array {
  const out = new Uint16Array(codes.length);
  for (let i = 0; i < codes.length; i += 1) {
    const group = members[codes[i] as number] as Uint16Array;
    out[i] = group[group.length === 1 ? 0 : rng.int(group.length)] as number;
  }
  return out;
}
