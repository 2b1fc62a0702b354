import type { Ctx } from '../../kit/context.ts';
import { consistent, flatOf, type Hierarchy, nodeSums, rangeVariances } from './hierarchy.ts';
import { optimalFactorisation, type Workload } from './factorisation.ts';
import type { RowReach } from './noise-plan.ts';
import { squareRootCoefficients } from './square-root.ts';

/** What is measured of a histogram, and how its cells are estimated from it: the two halves of a factorisation. */
export interface Strategy {
  readonly cells: number;
  readonly reach: RowReach;
  /** Whole numbers, from whole counts. */
  measured(counts: Float64Array): Float64Array;
  /** Best linear unbiased estimate of the cells; sums of cells are the best estimates of ranges. */
  estimate(noisy: Float64Array): Float64Array;
  /** Variance of the sum of cells [start, end), in units of one draw's. */
  variance(start: number, end: number): number;
}

/** All nodes of a tree, one level costing as much as another. */
export function hierarchyStrategy(tree: Hierarchy): Strategy {
  const levels = tree.widths.length;
  return {
    cells: tree.leaves,
    reach: { l1: levels, l2: Math.sqrt(levels), linf: 1, cells: levels, levels },
    measured: (counts) => nodeSums(tree, counts),
    estimate: (noisy) => consistent(tree, noisy).slice(0, tree.leaves),
    variance: rangeVariances(tree),
  };
}

/** Noise on every cell. */
export const identityStrategy = (cells: number): Strategy => hierarchyStrategy(flatOf(cells));

/** Parts of a row that a matrix of real numbers counts in. */
const GRID = 1048576;

/** Matrices row-major n x n: C, rounded to a grid of millionths of a row, and its inverse. */
function matrixStrategy(strategy: Float64Array, inverse: Float64Array, n: number): Strategy {
  const whole = strategy.map((value) => Math.round(value * GRID));
  const reach = { l1: 0, l2: 0, linf: 0, cells: n, step: 1 / GRID };
  for (let i = 0; i < n; i += 1) {
    let l1 = 0;
    let squares = 0;
    for (let j = 0; j < n; j += 1) {
      const size = Math.abs(whole[j * n + i] as number);
      l1 += size;
      squares += size * size;
      reach.linf = Math.max(reach.linf, size);
    }
    reach.l1 = Math.max(reach.l1, l1);
    reach.l2 = Math.max(reach.l2, Math.sqrt(squares));
  }
  // Column by column: what the first i cells take from each measurement.
  const upTo = new Float64Array((n + 1) * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      upTo[(i + 1) * n + j] = (upTo[i * n + j] as number) + (inverse[i * n + j] as number) / GRID;
    }
  }
  return {
    cells: n,
    reach,
    measured: (counts) => product(whole, counts, n),
    estimate: (noisy) => product(inverse, noisy, n).map((value) => value / GRID),
    variance: (start, end) => {
      let sum = 0;
      for (let j = 0; j < n; j += 1) {
        const weight = (upTo[end * n + j] as number) - (upTo[start * n + j] as number);
        sum += weight * weight;
      }
      return sum;
    },
  };
}

function product(matrix: Float64Array, vector: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += (matrix[i * n + j] as number) * (vector[j] as number);
    out[i] = sum;
  }
  return out;
}

/** Square root of the running-sum matrix: near the best for prefixes, at any size. */
export function squareRootStrategy(n: number): Strategy {
  const c = squareRootCoefficients(n);
  const strategy = new Float64Array(n * n);
  const inverse = new Float64Array(n * n);
  // Coefficients of (1 - x)^(1/2): -c_k / (2k - 1).
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const k = i - j;
      strategy[i * n + j] = c[k] as number;
      inverse[i * n + j] = k === 0 ? 1 : -(c[k] as number) / (2 * k - 1);
    }
  }
  return matrixStrategy(strategy, inverse, n);
}

/** The best strategy for a workload, with the proof: relative gap between what it reaches and what nothing can beat. */
export interface Optimal {
  readonly strategy: Strategy;
  readonly gap: number;
  readonly iterations: number;
}
export async function optimalStrategy(
  workload: Workload,
  gap: number,
  ctx: Ctx,
  from: number,
  to: number,
): Promise<Optimal> {
  const found = await optimalFactorisation(workload, gap, ctx, from, to);
  return {
    strategy: matrixStrategy(found.strategy, found.inverse, workload.n),
    gap: Math.max(0, found.primal / found.dual - 1),
    iterations: found.iterations,
  };
}

/** Mean variance over a workload, in units of one draw's. */
export function workloadVariance({ id, n }: Pick<Workload, 'id' | 'n'>, { variance }: Strategy): number {
  let sum = 0;
  if (id === 'prefixes') {
    for (let end = 1; end <= n; end += 1) sum += variance(0, end);
    return sum / n;
  }
  if (id === 'total and cells') {
    for (let cell = 0; cell < n; cell += 1) sum += variance(cell, cell + 1);
    return (sum + variance(0, n)) / (n + 1);
  }
  for (let start = 0; start < n; start += 1) {
    for (let end = start + 1; end <= n; end += 1) sum += variance(start, end);
  }
  return (2 * sum) / (n * (n + 1));
}
