import { makeCriterion } from '../anonymization/models/criteria.ts';
import { unsupported } from '../kit/errors.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import type { ComparedColumn } from '../metrics/released-cells.ts';
import type { HiddenClass } from './arrangements.ts';

/** What a part of a class must satisfy to be released: k rows, and the promised diversity. */
export interface Rule {
  readonly k: number;
  /** Whether rows with these counts of each secret are diverse enough. */
  readonly diverse: (counts: Uint32Array) => boolean;
}

/**
 * The rule a release was made by, as its guarantee states it.
 * @throws unsupported where no diversity of the secret is promised, or one that needs more than the part itself to judge
 */
export function ruleOf({ guarantee }: TableRelease, secret: string): Rule {
  if (guarantee.kind !== 'k-anonymity') {
    throw unsupported('this attack reasons about k-anonymous releases with diversity', 'attack such a release');
  }
  const promised = (guarantee.models ?? []).filter((model) => 'column' in model && model.column === secret);
  const models: readonly PrivacyModel[] =
    guarantee.l?.column === secret
      ? [...promised, { type: 'distinct-l', column: secret, l: guarantee.l.value }]
      : promised;
  const local = new Set(['distinct-l', 'entropy-l', 'recursive-cl', 'alpha-k']);
  const foreign = models.find(({ type }) => !local.has(type));
  if (models.length === 0 || foreign !== undefined) {
    throw unsupported(
      foreign === undefined
        ? `the release promises no diversity of ${secret}, so nothing follows from how it was made`
        : `the release promises ${foreign.type}, which a part of a group does not decide alone`,
      'attack a release with distinct, entropy or recursive l-diversity, or (alpha, k)',
    );
  }
  const criteria = models.map((model) =>
    makeCriterion(model, { column: secret, size: 0, labels: [], overall: new Uint32Array(0), rows: 0 }),
  );
  const k = Math.max(guarantee.k, ...models.map((model) => ('k' in model ? model.k : 1)));
  return {
    k,
    diverse: (counts) => {
      const values = Uint32Array.from(counts.keys()).filter((v) => (counts[v] as number) > 0);
      const size = counts.reduce((sum, count) => sum + count, 0);
      const part = { size, counts, values, distinct: values.length };
      return criteria.every((criterion) => criterion.holds(criterion.measure(part)));
    },
  };
}

/** A released class with its rows sorted into groups of equal quasi-identifiers. */
export interface KnownClass extends HiddenClass {
  /** Base code of group g in column j at `codes[j][g]`. */
  readonly codes: readonly Uint32Array[];
  /** The true arrangement: rows of group g with value v at `g * values + v`. */
  readonly truth: Uint32Array;
  readonly size: number;
}

export function knownClass(
  release: TableRelease,
  columns: readonly ComparedColumn[],
  secret: Uint32Array,
  rows: Uint32Array,
): KnownClass {
  const groupOf = new Map<string, number>();
  const valueOf = new Map<number, number>();
  const first: number[] = [];
  const pairs: (readonly [number, number])[] = [];
  for (const row of rows) {
    const source = release.rowOf[row] as number;
    const key = columns.map((column) => column.truth.codes[source]).join(' ');
    if (!groupOf.has(key)) {
      groupOf.set(key, first.length);
      first.push(source);
    }
    const value = secret[row] as number;
    if (!valueOf.has(value)) valueOf.set(value, valueOf.size);
    pairs.push([groupOf.get(key) ?? 0, valueOf.get(value) ?? 0]);
  }
  const groups = new Uint32Array(first.length);
  const counts = new Uint32Array(valueOf.size);
  const truth = new Uint32Array(first.length * valueOf.size);
  for (const [g, v] of pairs) {
    groups[g] = (groups[g] as number) + 1;
    counts[v] = (counts[v] as number) + 1;
    truth[g * valueOf.size + v] = (truth[g * valueOf.size + v] as number) + 1;
  }
  const codes = columns.map((column) => Uint32Array.from(first, (source) => column.truth.codes[source] as number));
  return { groups, counts, codes, truth, size: rows.length };
}

/** Secrets held by the groups of a part. */
export function heldBy(held: Uint32Array, values: number, inside: (group: number) => boolean): Uint32Array {
  const counts = new Uint32Array(values);
  for (let g = 0; g * values < held.length; g += 1) {
    if (!inside(g)) continue;
    for (let v = 0; v < values; v += 1) counts[v] = (counts[v] as number) + (held[g * values + v] as number);
  }
  return counts;
}

/**
 * Cuts "code <= x" of one column that leave k rows on either side, as marks of the groups on the left; equal cuts of
 * several columns once.
 */
export function possibleCuts({ groups, codes, size }: KnownClass, k: number): readonly Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  for (const column of codes) {
    for (const at of new Set(column)) {
      const left = Uint8Array.from(column, (code) => (code <= at ? 1 : 0));
      const rows = groups.reduce((sum, count, g) => sum + count * (left[g] as number), 0);
      if (rows >= k && size - rows >= k) found.set(left.join(''), left);
    }
  }
  return [...found.values()];
}
