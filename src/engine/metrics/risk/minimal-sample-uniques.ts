import type { Ctx } from '../../kit/context.ts';
import { exp, log } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { type Grouping, groupRows } from '../../table/group.ts';
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
 * those of its parent split by one more column, and a class of one key is dropped: it is no minimal unique of a larger set
 * and keeps no other key from being one. Rows with equal keys are one key, never unique. Time at most O(2^m rows), in fact
 * far less; memory 2^m bits per row that is unique in all columns.
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
  await search.below(0, m, search.all(), ctx);
  for (const share of out.contribution) {
    for (let i = 0; i < rows; i += 1)
      if ((out.score[i] as number) > 0) share[i] = (share[i] as number) / (out.score[i] as number);
  }
  return out;
}

/** Keys in classes of at least two: those of class c are `keys[start[c]] .. keys[start[c + 1] - 1]`. */
interface Crowds {
  readonly keys: Uint32Array;
  readonly start: Uint32Array;
  readonly count: number;
}

/** Table of distinct keys, and for each set of columns which of them are alone in it. */
class Search {
  /** Codes by key. */
  private readonly codes: readonly Uint32Array[];
  /** Keys that one row has, by their number among these; their key and row. */
  private readonly candidate: Int32Array;
  private readonly row: Uint32Array;
  private readonly words: number;
  /** Scratch, by column: all zero between splits. */
  private readonly tally: readonly Uint32Array[];
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
    this.tally = columns.map((column) => new Uint32Array(column.count));
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

  all(): Crowds {
    const keys = Uint32Array.from(this.candidate.keys());
    return { keys, start: Uint32Array.of(0, keys.length), count: keys.length > 0 ? 1 : 0 };
  }

  /** Visits every set made of `mask` and columns below `limit`, smaller masks first. */
  async below(mask: number, limit: number, crowds: Crowds, ctx: Ctx): Promise<void> {
    const size = bits(mask);
    if (size >= this.most) return;
    for (let j = 0; j < limit; j += 1) {
      const set = mask | (1 << j);
      const alone = this.alone.get(mask)?.slice() ?? new Uint32Array(this.words);
      const split = this.split(crowds, j, set, alone);
      this.note(set, size + 1, alone);
      this.visited += 1;
      await ctx.checkpoint(
        Math.min(1, this.visited / (1 << this.columns.length)),
        text(`${this.visited} sets of columns`, `${this.visited} conjuntos de columnas`),
      );
      await this.below(set, j, split, ctx);
    }
  }

  /** Splits classes by column j; keys left alone in `set` are marked in `alone` and dropped. */
  private split({ keys, start, count }: Crowds, j: number, set: number, alone: Uint32Array): Crowds {
    const codes = this.codes[j] as Uint32Array;
    const tally = this.tally[j] as Uint32Array;
    const out = new Uint32Array(keys.length);
    const bounds: number[] = [0];
    let end = 0;
    for (let c = 0; c < count; c += 1) {
      const from = start[c] as number;
      const to = start[c + 1] as number;
      for (let i = from; i < to; i += 1) {
        const code = codes[keys[i] as number] as number;
        tally[code] = (tally[code] as number) + 1;
      }
      for (let i = from; i < to; i += 1) {
        const key = keys[i] as number;
        const code = codes[key] as number;
        let place = tally[code] as number;
        if (place === 1) {
          this.mark(set, key, alone);
          tally[code] = 0;
          continue;
        }
        // First key of a class: from here on the entry is the next free place of the class, as a number above all counts.
        if (place <= keys.length) {
          const begin = end;
          end += place;
          bounds.push(end);
          place = begin + keys.length + 1;
        }
        out[place - keys.length - 1] = key;
        tally[code] = place + 1;
      }
      for (let i = from; i < to; i += 1) tally[codes[keys[i] as number] as number] = 0;
    }
    return { keys: out.subarray(0, end), start: Uint32Array.from(bounds), count: bounds.length - 1 };
  }

  /** A key alone in a set counts where one row has it and no value of the set is missing. */
  private mark(set: number, key: number, alone: Uint32Array): void {
    const i = this.candidate[key] as number;
    if (i < 0 || this.hasMissing(set, key)) return;
    alone[i >>> 5] = (alone[i >>> 5] as number) | (1 << (i & 31));
  }

  private note(set: number, size: number, alone: Uint32Array): void {
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
  return ((1 << (m - k)) - 1) / choose;
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
