import { erfinv, exp } from '../src/engine/kit/portable-math.ts';
import type { Rng } from '../src/engine/rng/rng.ts';

/** Samplers by table, for generators that draw millions of values: no logarithm or exponential per row. */

/** 2^-32: turns `u32()` into a uniform number in [0, 1). 32 bits are plenty for synthetic rows. */
export const UNIT = 1 / 4294967296;

/** Walker's alias table (Walker 1977; set up as in Vose 1991): O(1) draws from any discrete law. */
export interface AliasTable {
  readonly size: number;
  /** Two numbers a slot, side by side for the cache: slot + chance to keep it, and the other outcome. */
  readonly slots: Float64Array;
}

/** @param weights non-negative, not all zero; need not sum to 1. */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
  const size = weights.length;
  let total = 0;
  for (let i = 0; i < size; i += 1) total += weights[i] as number;
  const keep = new Float64Array(size);
  const other = new Int32Array(size);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < size; i += 1) {
    keep[i] = ((weights[i] as number) * size) / total;
    other[i] = i;
    if ((keep[i] as number) < 1) small.push(i);
    else large.push(i);
  }
  while (small.length > 0 && large.length > 0) {
    const low = small.pop() as number;
    const high = large.pop() as number;
    other[low] = high;
    keep[high] = (keep[high] as number) - (1 - (keep[low] as number));
    if ((keep[high] as number) < 1) small.push(high);
    else large.push(high);
  }
  for (const rest of small) keep[rest] = 1;
  for (const rest of large) keep[rest] = 1;
  const slots = new Float64Array(2 * size);
  for (let i = 0; i < size; i += 1) {
    slots[2 * i] = i + (keep[i] as number);
    slots[2 * i + 1] = other[i] as number;
  }
  return { size, slots };
}

/** One word decides slot and side; of 32 bits at least 15 are left for the side in the largest table (69,169 pairs). */
export function drawAlias(table: AliasTable, rng: Rng): number {
  const at = rng.u32() * UNIT * table.size;
  // `| 0` keeps outcomes small integers for the compiler: floating-point remainders cost ten times as much.
  const slot = at | 0;
  return at < (table.slots[2 * slot] as number) ? slot : (table.slots[2 * slot + 1] as number) | 0;
}

/** Entries of a quantile table: draws use the top 12 bits of a word, which is fine enough for rounded columns. */
export const TABLE_SIZE = 4096;

/** Draws an entry of a table of `TABLE_SIZE` quantiles. */
export const drawTable = (table: Float64Array, rng: Rng): number => table[rng.u32() >>> 20] as number;

/** Standard normal quantiles at the middle of `TABLE_SIZE` equal steps (largest about 3.7). */
export function normalTable(): Float64Array {
  const out = new Float64Array(TABLE_SIZE);
  const root2 = Math.sqrt(2);
  for (let i = 0; i < TABLE_SIZE; i += 1) out[i] = root2 * erfinv((2 * i + 1) / TABLE_SIZE - 1);
  return out;
}

/** Quantiles of a lognormal law with the given median and standard deviation of the logarithm. */
export const lognormalTable = (normal: Float64Array, median: number, logSd: number): Float64Array =>
  normal.map((z) => median * exp(logSd * z));

/** Levels of the quantile lists in the calibration files. */
export const QUANTILE_LEVELS: readonly number[] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/**
 * Inverse distribution function through given quantiles, linear in between; the last 1 % on each side continues the
 * neighbouring slope, not below `floor`.
 */
export function quantileTable(values: readonly number[], floor: number, levels = QUANTILE_LEVELS): Float64Array {
  const out = new Float64Array(TABLE_SIZE);
  const last = levels.length - 2;
  let segment = 0;
  for (let i = 0; i < TABLE_SIZE; i += 1) {
    const p = (i + 0.5) / TABLE_SIZE;
    while (segment < last && p > (levels[segment + 1] as number)) segment += 1;
    const p0 = levels[segment] as number;
    const v0 = values[segment] as number;
    const slope = ((values[segment + 1] as number) - v0) / ((levels[segment + 1] as number) - p0);
    out[i] = Math.max(floor, v0 + slope * (p - p0));
  }
  return out;
}

/** Position of a value in an ascending table of `TABLE_SIZE` entries (binary search). */
export function rankOf(table: Float64Array, value: number): number {
  let low = 0;
  let high = TABLE_SIZE - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Milliseconds of an hour and a day. */
export const HOUR_MS = 3600000;
export const DAY_MS = 86400000;

/** Day of the week of a local time stored as if UTC: 0 = Monday. The epoch was a Thursday. */
export const weekdayOf = (ms: number): number => ((Math.floor(ms / DAY_MS) | 0) + 3) % 7;

/** Milliseconds since midnight. */
export const timeOfDay = (ms: number): number => ms - Math.floor(ms / DAY_MS) * DAY_MS;

/** Weights of every hour of a period of whole days from a weekly profile (168 values, Monday 00:00 first). */
export function hourWeights(start: number, days: number, week: readonly number[]): Float64Array {
  const out = new Float64Array(days * 24);
  const first = weekdayOf(start) * 24;
  for (let hour = 0; hour < out.length; hour += 1) out[hour] = week[(first + hour) % 168] as number;
  return out;
}

/** All-valid bitmap of `rows` rows. */
export const fullBitmap = (rows: number): Uint8Array => new Uint8Array((rows + 7) >> 3).fill(255);

/** Marks a row as missing. */
export function clearBit(bitmap: Uint8Array, row: number): void {
  bitmap[row >> 3] = (bitmap[row >> 3] as number) & ~(1 << (row & 7));
}

/** Rows between two checkpoints of a generator: about 15 ms of work. */
export const CHUNK = 16384;
