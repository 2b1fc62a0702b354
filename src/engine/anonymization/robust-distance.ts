import type { Ctx } from '../kit/context.ts';
import { seededRng } from '../rng/rng.ts';
import { gammainc } from '../kit/portable-math.ts';
import { KdTree } from './kd-tree.ts';
import { covariance, inverse, type NumberTable, square } from './matrices.ts';

/** Random starts of FAST-MCD, and those of them that are followed to the end. */
const STARTS = 100;
const FINALISTS = 5;

/**
 * Groups by robust Mahalanobis distance (Templ, Meindl, 2008, "Robust statistics meets SDC", method RMD): the row
 * farthest by the minimum covariance determinant and the k - 1 rows nearest to it in Euclidean distance, until fewer
 * than 2k rows are left. FAST-MCD starts from random subsets (a fixed seed here), so another program's groups differ a
 * little.
 * @param points standardized rows
 */
export async function robustGroups(points: NumberTable, k: number, ctx: Ctx, from = 0, to = 1): Promise<Uint32Array> {
  const half = from + (to - from) / 2;
  const distance = await robustDistances(points, ctx, from, half);
  const order = Uint32Array.from({ length: points.rows }, (_, i) => i).sort(
    (a, b) => (distance[b] as number) - (distance[a] as number) || a - b,
  );
  const groupOf = new Uint32Array(points.rows).fill(0xffffffff);
  let tree = new KdTree(points);
  let group = 0;
  for (const row of order) {
    // Where more than k rows are equal, the row itself may have to wait for its turn.
    while (groupOf[row] === 0xffffffff && tree.left >= 2 * k) {
      for (const near of tree.nearest(row, k)) {
        groupOf[near] = group;
        tree.remove(near);
      }
      group += 1;
    }
    if (tree.left < 2 * k) break;
    if (tree.left * 2 < tree.built) tree = tree.rebuilt();
    if (tree.work > 2_000_000) {
      tree.work = 0;
      await ctx.checkpoint(half + (to - half) * (1 - tree.left / points.rows));
    }
  }
  return groupOf.map((found) => (found === 0xffffffff ? group : found));
}

/**
 * Squared Mahalanobis distances by the reweighted minimum covariance determinant of half the rows (Rousseeuw, Van
 * Driessen, 1999, FAST-MCD). Falls back to all rows where half of them lie in a plane.
 */
export async function robustDistances(points: NumberTable, ctx: Ctx, from = 0, to = 1): Promise<Float64Array> {
  const { rows, width } = points;
  const all = Uint32Array.from({ length: rows }, (_, i) => i);
  const half = (rows + width + 1) >> 1;
  const rng = seededRng('minimum-covariance-determinant');
  const starts: Subset[] = [];
  const tries = rows > 2 * width ? STARTS : 0;
  for (let s = 0; s < tries; s += 1) {
    let subset = chooseRows(rows, width + 1, (n) => rng.int(n));
    let found: Subset | undefined;
    for (let step = 0; step < 2; step += 1) {
      found = concentrate(points, subset, half);
      if (found === undefined) break;
      subset = found.rows;
    }
    if (found !== undefined) starts.push(found);
    await ctx.checkpoint(from + ((to - from) * s) / STARTS);
  }
  starts.sort((a, b) => a.determinant - b.determinant);
  let best: Subset | undefined;
  for (const start of starts.slice(0, FINALISTS)) {
    let current = start;
    for (let step = 0; step < 100; step += 1) {
      const next = concentrate(points, current.rows, half);
      await ctx.checkpoint(to);
      if (next === undefined || next.determinant >= current.determinant * (1 - 1e-12)) break;
      current = next;
    }
    if (best === undefined || current.determinant < best.determinant) best = current;
  }
  return reweighted(points, best?.rows ?? all, all);
}

interface Subset {
  readonly rows: Uint32Array;
  /** Determinant of the covariance of the rows this one came from. */
  readonly determinant: number;
}

function chooseRows(rows: number, count: number, int: (n: number) => number): Uint32Array {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(rows, count)) chosen.add(int(rows));
  return Uint32Array.from(chosen);
}

/** C-step: the `half` rows nearest by the covariance of the given ones. */
function concentrate(points: NumberTable, rows: Uint32Array, half: number): Subset | undefined {
  const shape = covariance(points, rows);
  const spread = determinant(shape, points.width);
  const distance = mahalanobis(points, rows, shape);
  if (distance === undefined) return undefined;
  const order = Uint32Array.from({ length: points.rows }, (_, i) => i).sort(
    (a, b) => (distance[a] as number) - (distance[b] as number) || a - b,
  );
  return { rows: order.slice(0, half), determinant: rows.length < half ? Infinity : spread };
}

/** One reweighting step: rows within the 97.5 % quantile of chi-square, scaled by the median. */
function reweighted(points: NumberTable, core: Uint32Array, all: Uint32Array): Float64Array {
  const raw = mahalanobis(points, core, covariance(points, core));
  if (raw === undefined) return mahalanobis(points, all, covariance(points, all)) ?? squaredNorms(points);
  const median = raw.slice().sort()[points.rows >> 1] as number;
  const limit = (chiSquareQuantile(0.975, points.width) * median) / chiSquareQuantile(0.5, points.width);
  const within = all.filter((row) => (raw[row] as number) <= limit);
  return mahalanobis(points, within, covariance(points, within)) ?? raw;
}

function squaredNorms({ rows, width, values }: NumberTable): Float64Array {
  const out = new Float64Array(rows);
  for (let i = 0; i < values.length; i += 1) {
    const row = Math.floor(i / width);
    out[row] = (out[row] as number) + square(values[i] as number);
  }
  return out;
}

function mahalanobis(points: NumberTable, center: Uint32Array, shape: Float64Array): Float64Array | undefined {
  const { rows, width, values } = points;
  const weight = inverse(shape, width);
  if (weight === undefined) return undefined;
  const mean = new Float64Array(width);
  for (const row of center) {
    for (let j = 0; j < width; j += 1) {
      mean[j] = (mean[j] as number) + (values[row * width + j] as number) / center.length;
    }
  }
  const out = new Float64Array(rows);
  const gap = new Float64Array(width);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) gap[j] = (values[i * width + j] as number) - (mean[j] as number);
    let sum = 0;
    for (let j = 0; j < width; j += 1) {
      let part = 0;
      for (let l = 0; l < width; l += 1) part += (weight[j * width + l] as number) * (gap[l] as number);
      sum += part * (gap[j] as number);
    }
    out[i] = sum;
  }
  return out;
}

/** Determinant of a positive semidefinite matrix by elimination. */
function determinant(matrix: Float64Array, size: number): number {
  const a = matrix.slice();
  let product = 1;
  for (let p = 0; p < size; p += 1) {
    const pivot = a[p * size + p] as number;
    if (!(pivot > 0)) return 0;
    product *= pivot;
    for (let i = p + 1; i < size; i += 1) {
      const factor = (a[i * size + p] as number) / pivot;
      for (let j = p; j < size; j += 1)
        a[i * size + j] = (a[i * size + j] as number) - factor * (a[p * size + j] as number);
    }
  }
  return product;
}

/** Quantile of chi-square by bisection of the incomplete gamma function. */
function chiSquareQuantile(p: number, freedom: number): number {
  let low = 0;
  let high = freedom + 20 * Math.sqrt(2 * freedom) + 20;
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    if (gammainc(middle / 2, freedom / 2) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
