import { correlation, inverse, moments, type NumberTable, standardized, symmetricEigen, square } from './matrices.ts';

/** Smallest eigenvalue of a correlation matrix that is told from 0 in doubles. */
const RESOLVED = 1e-12;

/** SSE / SST of numbers standardized by the *original* mean and deviation: the information loss of microaggregation. */
export function sseOverSst(original: NumberTable, released: NumberTable): number {
  const by = moments(original);
  const before = standardized(original, by).values;
  const after = standardized(released, by).values;
  let lost = 0;
  let total = 0;
  for (let i = 0; i < before.length; i += 1) {
    lost += square((before[i] as number) - (after[i] as number));
    total += square(before[i] as number);
  }
  return total > 0 ? lost / total : 0;
}

/** IL1s: sum of |x - x'| / (sqrt(2) deviation of x) over all cells (Mateo-Sanz, Sebe, Domingo-Ferrer, 2004). */
export function il1s(original: NumberTable, released: NumberTable): number {
  const { deviation } = moments(original);
  let sum = 0;
  for (let i = 0; i < original.values.length; i += 1) {
    const scale = deviation[i % original.width] as number;
    const gap = Math.abs((original.values[i] as number) - (released.values[i] as number));
    if (scale > 0) sum += gap / (scale * Math.SQRT2);
  }
  return sum;
}

/**
 * Sum of |e - e'| / e over the eigenvalues of the two correlation matrices. Undefined where columns depend on each
 * other: a divisor is then 0, and what a program prints is its rounding.
 */
export function eigenLoss(original: NumberTable, released: NumberTable): number | undefined {
  const before = symmetricEigen(correlation(original), original.width).values;
  const after = symmetricEigen(correlation(released), released.width).values;
  if (!before.every((value) => value > RESOLVED)) return undefined;
  return before.reduce((sum, value, i) => sum + Math.abs(value - (after[i] as number)) / value, 0);
}

/** Share of rows all of whose original values lie within `share` deviations (of the released column) of the released. */
export function intervalRisk(original: NumberTable, released: NumberTable, share: number): number {
  const { deviation } = moments(released);
  let within = 0;
  for (let i = 0; i < original.rows; i += 1) {
    let inside = true;
    for (let j = 0; j < original.width; j += 1) {
      const x = original.values[i * original.width + j] as number;
      const y = released.values[i * original.width + j] as number;
      const half = share * (deviation[j] as number);
      if (x < y - half || x > y + half) inside = false;
    }
    if (inside) within += 1;
  }
  return original.rows === 0 ? 0 : within / original.rows;
}

/**
 * Loss of correlation (Mlodak, 2020, with the factor 1 / sqrt(2) of sdcMicro): distance of the diagonals of the two
 * inverse correlation matrices, each scaled to length 1. Undefined where columns depend on each other.
 */
export function correlationLoss(original: NumberTable, released: NumberTable): number | undefined {
  const before = inverseDiagonal(original);
  const after = inverseDiagonal(released);
  if (before === undefined || after === undefined) return undefined;
  return Math.sqrt(before.reduce((sum, value, j) => sum + square(value - (after[j] as number)), 0) / 2);
}

function inverseDiagonal(table: NumberTable): Float64Array | undefined {
  const { width } = table;
  const inverted = inverse(correlation(table), width);
  if (inverted === undefined) return undefined;
  const diagonal = Float64Array.from({ length: width }, (_, j) => inverted[j * width + j] as number);
  const length = Math.sqrt(diagonal.reduce((sum, value) => sum + value * value, 0));
  return diagonal.map((value) => value / length);
}

/** Number of different rows. */
export function distinctRows(table: NumberTable): number {
  const seen = new Set<string>();
  for (let i = 0; i < table.rows; i += 1) {
    seen.add(table.values.subarray(i * table.width, (i + 1) * table.width).join());
  }
  return seen.size;
}

/** Every value replaced by the mean of its group, for one grouping or one a column. */
export function groupMeans(table: NumberTable, groups: Uint32Array | readonly Uint32Array[]): NumberTable {
  const { rows, width } = table;
  const values = new Float64Array(table.values.length);
  for (let j = 0; j < width; j += 1) {
    const groupOf = groups instanceof Uint32Array ? groups : (groups[j] as Uint32Array);
    const count = groupOf.reduce((most, group) => Math.max(most, group + 1), 0);
    const sums = new Float64Array(count);
    const sizes = new Uint32Array(count);
    for (let i = 0; i < rows; i += 1) {
      const group = groupOf[i] as number;
      sums[group] = (sums[group] as number) + (table.values[i * width + j] as number);
      sizes[group] = (sizes[group] as number) + 1;
    }
    for (let i = 0; i < rows; i += 1) {
      const group = groupOf[i] as number;
      values[i * width + j] = (sums[group] as number) / (sizes[group] as number);
    }
  }
  return { ...table, values };
}
