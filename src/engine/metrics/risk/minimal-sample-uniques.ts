import type { Ctx } from '../../kit/context.ts';
import { exp, log } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { type Grouping, groupRows, refine } from '../../table/group.ts';
import type { KeyColumn } from './frequency-counts.ts';

/** `factorial`: (m-k)! for a minimal sample unique of k of m columns (Elliot et al. 2002); `subsets`: (2^(m-k)-1) / C(m, k). */
export type SudaWeights = 'factorial' | 'subsets';

/** SUDA scores of a table. Rows without a minimal sample unique have score 0. */
export interface SudaScores {
  readonly score: Float64Array;
  /** Minimal sample uniques of each row. */
  readonly uniques: Uint32Array;
  /** Size of each row's smallest minimal sample unique; 0 where it has none. */
  readonly smallest: Uint8Array;
  /** By column: the part of each row's score that comes from minimal sample uniques with this column. */
  readonly contribution: readonly Float64Array[];
}

/**
 * Minimal sample uniques: sets of columns in which a row is alone, none of whose subsets does that (Elliot, Manning,
 * Ford 2002; Manning, Haglin, Keane 2008, SUDA2), scored by their size. A missing value is part of no unique.
 *
 * Column sets are visited in numeric order of their bit masks, so all subsets come before a set; the classes of a set are
 * those of its parent split by one more column, and classes of one row, which only multiply, are carried over unread.
 * Rows with equal keys are one row counted twice: they are never unique, but keep others from being so. Time
 * O(2^m rows), memory 2^m bits per row that is unique in all columns.
 * @param most largest size of a set of columns looked at
 */
export async function minimalSampleUniques(
  columns: readonly KeyColumn[],
  rows: number,
  weights: SudaWeights,
  most: number,
  ctx: Ctx,
): Promise<SudaScores> {
  const m = columns.length;
  const out: SudaScores = {
    score: new Float64Array(rows),
    uniques: new Uint32Array(rows),
    smallest: new Uint8Array(rows),
    contribution: columns.map(() => new Float64Array(rows)),
  };
  if (rows === 0 || m === 0) return out;
  const keys = groupRows(
    columns.map((column) => column.codes),
    columns.map((column) => column.count),
    rows,
  );
  const search = new Search(columns, keys, Math.min(most, m), weights, out);
  await search.below(0, m, single(keys.count), ctx);
  for (const share of out.contribution) {
    for (let i = 0; i < rows; i += 1)
      if ((out.score[i] as number) > 0) share[i] = (share[i] as number) / (out.score[i] as number);
  }
  return out;
}

const single = (n: number): Grouping => ({
  classOf: new Uint32Array(n),
  sizes: Uint32Array.of(n),
  count: 1,
  first: Uint32Array.of(0),
});

/** Table of distinct keys, and for each set of columns which of them are alone in it. */
class Search {
  /** Codes by key. */
  private readonly codes: readonly Uint32Array[];
  /** Keys that one row has, by their number among these; their key and row. */
  private readonly candidate: Int32Array;
  private readonly row: Uint32Array;
  private readonly words: number;
  /** Bit i of set s: candidate i is alone in these columns (whether or not a subset does). */
  private readonly alone = new Map<number, Uint32Array>();
  private readonly weight: readonly number[];
  private visited = 0;

  constructor(
    private readonly columns: readonly KeyColumn[],
    keys: Grouping,
    private readonly most: number,
    weights: SudaWeights,
    private readonly out: SudaScores,
  ) {
    const { first, sizes, count } = keys;
    this.codes = columns.map(({ codes }) => Uint32Array.from(first, (row) => codes[row] as number));
    this.candidate = new Int32Array(count).fill(-1);
    const rows: number[] = [];
    for (let key = 0; key < count; key += 1) {
      if (sizes[key] !== 1) continue;
      this.candidate[key] = rows.length;
      rows.push(first[key] as number);
    }
    this.row = Uint32Array.from(rows);
    this.words = (rows.length + 31) >>> 5;
    this.weight = columns.map((_, k) => weightOf(columns.length, k + 1, weights));
  }

  /** Visits every set made of `mask` and columns below `limit`, smaller masks first. */
  async below(mask: number, limit: number, classes: Grouping, ctx: Ctx): Promise<void> {
    const size = bits(mask);
    if (size >= this.most) return;
    for (let j = 0; j < limit; j += 1) {
      const set = mask | (1 << j);
      const split = refine(classes, this.codes[j] as Uint32Array, (this.columns[j] as KeyColumn).count);
      this.note(set, size + 1, split);
      this.visited += 1;
      await ctx.checkpoint(
        Math.min(1, this.visited / 2 ** this.columns.length),
        text(`${this.visited} sets of columns`, `${this.visited} conjuntos de columnas`),
      );
      await this.below(set, j, split, ctx);
    }
  }

  private note(set: number, size: number, classes: Grouping): void {
    const alone = this.rowsAlone(set, classes);
    this.alone.set(set, alone);
    const smaller: Uint32Array[] = [];
    const members: number[] = [];
    for (let j = 0; j < this.columns.length; j += 1) {
      if ((set & (1 << j)) === 0) continue;
      members.push(j);
      const subset = this.alone.get(set & ~(1 << j));
      if (subset !== undefined) smaller.push(subset);
    }
    const weight = this.weight[size - 1] as number;
    for (let w = 0; w < this.words; w += 1) {
      let minimal = alone[w] as number;
      for (const subset of smaller) minimal &= ~(subset[w] as number);
      while (minimal !== 0) {
        const bit = 31 - Math.clz32(minimal & -minimal);
        minimal &= minimal - 1;
        this.score(this.row[w * 32 + bit] as number, size, weight, members);
      }
    }
  }

  /** Classes of one key, whose key one row has, without a missing value in the set. */
  private rowsAlone(set: number, { sizes, first, count }: Grouping): Uint32Array {
    const alone = new Uint32Array(this.words);
    for (let c = 0; c < count; c += 1) {
      if (sizes[c] !== 1) continue;
      const key = first[c] as number;
      const i = this.candidate[key] as number;
      if (i < 0 || this.hasMissing(set, key)) continue;
      alone[i >>> 5] = (alone[i >>> 5] as number) | (1 << (i & 31));
    }
    return alone;
  }

  private hasMissing(set: number, key: number): boolean {
    for (let j = 0; j < this.columns.length; j += 1) {
      const { missing } = this.columns[j] as KeyColumn;
      if (missing !== undefined && (set & (1 << j)) !== 0 && this.codes[j]?.[key] === missing) return true;
    }
    return false;
  }

  private score(row: number, size: number, weight: number, members: readonly number[]): void {
    const { score, uniques, smallest, contribution } = this.out;
    score[row] = (score[row] as number) + weight;
    uniques[row] = (uniques[row] as number) + 1;
    const least = smallest[row] as number;
    if (least === 0 || size < least) smallest[row] = size;
    for (const j of members) {
      const share = contribution[j] as Float64Array;
      share[row] = (share[row] as number) + weight;
    }
  }
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Weight of a minimal sample unique of `k` of `m` columns. */
function weightOf(m: number, k: number, weights: SudaWeights): number {
  if (weights === 'factorial') {
    let product = 1;
    for (let i = 2; i <= m - k; i += 1) product *= i;
    return product;
  }
  let choose = 1;
  for (let i = 1; i <= k; i += 1) choose = (choose * (m - k + i)) / i;
  return (2 ** (m - k) - 1) / choose;
}

/**
 * DIS: chance that a match with a row that is unique in the sample is right (Skinner, Elliot 2002), for a sample of the
 * fraction f: D = U f / (U f + P (1 - f)), U rows alone, P rows in pairs. `undefined` without a row alone or in a pair.
 */
export function intruderMatch(uniques: number, pairs: number, fraction: number): number | undefined {
  const right = uniques * fraction;
  const wrong = pairs * (1 - fraction);
  return right + wrong > 0 ? right / (right + wrong) : undefined;
}

/**
 * DIS-SUDA scores (Elliot et al. 2005): D spread over the rows by their SUDA scores s,
 * 1 / (1 + (U/D - U) / (s^Q A)), Q = 1 + (8 - m) / 20, A = sum of s^-Q over rows with s > 0; 0 where s = 0.
 */
export function disScores(
  score: Float64Array,
  columns: number,
  uniques: number,
  match: number | undefined,
): Float64Array {
  const out = new Float64Array(score.length);
  if (match === undefined || match === 0) return out;
  const q = 1 + (8 - columns) / 20;
  const scale = score.map((s) => (s > 0 ? exp(-q * log(s)) : 0));
  const total = scale.reduce((sum, each) => sum + each, 0);
  const odds = uniques / match - uniques;
  for (let i = 0; i < out.length; i += 1) {
    if ((score[i] as number) > 0) out[i] = 1 / (1 + (odds * (scale[i] as number)) / total);
  }
  return out;
}
