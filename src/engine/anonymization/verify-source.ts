import type { TableRelease } from '../kit/release.ts';
import { encodeColumn } from '../table/encode.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { type CategoryColumn, type Column, isValid } from '../table/table.ts';

/** A released column beside its source: the values of *all* source rows at the level at which it was released. */
export interface SourceSide {
  /** Value of each source row, and how many values there can be. */
  readonly ofSource: Uint32Array;
  readonly count: number;
  /** Source rows with each value. */
  readonly overall: Float64Array;
  readonly rows: number;
  /** Number each value starts at; undefined where values are no numbers. Missing comes last. */
  readonly numbers: Float64Array | undefined;
  /** Node of each value at every level above, bottom up; the last has one node. */
  readonly above: readonly Uint32Array[];
}

/**
 * Finds the level of the column's hierarchy that explains every released cell. Undefined where none does: values were
 * swapped, perturbed or recoded locally, and what suppressed rows would have been is not known.
 */
export function sourceSide(release: TableRelease, name: string): SourceSide | undefined {
  const source = release.dataset.table.columns.find((column) => column.name === name);
  const released = release.table.columns.find((column) => column.name === name);
  if (source === undefined || released === undefined) return undefined;
  const encoded = encodeColumn(release.dataset, name);
  if (sameCells(source, released, release.rowOf)) return sideAt(encoded, 0);
  if (released.kind !== 'category') return undefined;
  for (let level = 0; level < encoded.hierarchy.levels.length; level += 1) {
    if (explains(encoded, level, released, release.rowOf)) return sideAt(encoded, level);
  }
  return undefined;
}

function sameCells(source: Column, released: Column, rowOf: Uint32Array): boolean {
  if ((source.kind === 'category') !== (released.kind === 'category')) return false;
  for (let i = 0; i < rowOf.length; i += 1) {
    const row = rowOf[i] as number;
    const present = isValid(released, i);
    if (present !== isValid(source, row)) return false;
    if (!present) continue;
    const same =
      source.kind === 'category' || released.kind === 'category'
        ? label(source as CategoryColumn, row) === label(released as CategoryColumn, i)
        : Object.is(source.values[row], released.values[i]);
    if (!same) return false;
  }
  return true;
}

const label = (column: CategoryColumn, row: number): string | undefined => column.levels[column.codes[row] as number];

/** Whether every released label is that of its source row at the level. Compares text once per pair of codes. */
function explains(encoded: EncodedColumn, level: number, released: CategoryColumn, rowOf: Uint32Array): boolean {
  const step = encoded.hierarchy.levels[level];
  if (step === undefined) return false;
  const known = new Int32Array(step.labels.length).fill(-1);
  for (let i = 0; i < rowOf.length; i += 1) {
    const node = step.codes[encoded.codes[rowOf[i] as number] as number] as number;
    const code = isValid(released, i) ? (released.codes[i] as number) : -2;
    if (known[node] === code) continue;
    if (released.levels[code] !== step.labels[node]) return false;
    known[node] = code;
  }
  return true;
}

function sideAt(encoded: EncodedColumn, level: number): SourceSide {
  const { hierarchy, codes } = encoded;
  const step = hierarchy.levels[level]?.codes ?? new Uint32Array(0);
  const count = level === 0 ? baseSize(encoded) : (hierarchy.levels[level]?.labels.length ?? 0);
  const ofSource = new Uint32Array(codes.length);
  const overall = new Float64Array(count);
  for (let row = 0; row < codes.length; row += 1) {
    const value = level === 0 ? (codes[row] as number) : (step[codes[row] as number] as number);
    ofSource[row] = value;
    overall[value] = (overall[value] as number) + 1;
  }
  const valueOf = (base: number): number => (level === 0 ? base : (step[base] as number));
  const above = hierarchy.levels.slice(level + 1).map((upper) => {
    const node = new Uint32Array(count);
    for (let base = 0; base < upper.codes.length; base += 1) node[valueOf(base)] = upper.codes[base] as number;
    return node;
  });
  return { ofSource, count, overall, rows: codes.length, numbers: numbersOf(encoded, count, valueOf), above };
}

function numbersOf(encoded: EncodedColumn, count: number, valueOf: (base: number) => number): Float64Array | undefined {
  const { base, hierarchy, missingCode } = encoded;
  const least = new Float64Array(count).fill(Infinity);
  const size = baseSize(encoded);
  for (let code = 0; code < size; code += 1) {
    if (code === missingCode) continue;
    const words = base.kind === 'numbers' || base.kind === 'minutes' ? '' : (hierarchy.levels[0]?.labels[code] ?? '');
    const number =
      base.kind === 'numbers' || base.kind === 'minutes'
        ? (base.values[code] ?? Number.NaN)
        : words.trim() === ''
          ? Number.NaN
          : Number(words);
    if (!Number.isFinite(number)) return undefined;
    const value = valueOf(code);
    if (number < (least[value] as number)) least[value] = number;
  }
  return least;
}
