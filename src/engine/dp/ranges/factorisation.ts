import type { Ctx, Pause } from '../../kit/context.ts';
import { infeasible, invalidParam } from '../../kit/errors.ts';
import { exp, log } from '../../kit/portable-math.ts';
import { text } from '../../kit/text.ts';
import { anderson } from './anderson.ts';
import { type Eigen, symmetricEigen } from './symmetric-eigen.ts';

/**
 * The matrix mechanism (Li, Hay, Rastogi, Miklau, McGregor, 2010): noise is added to C x, and the workload A x is answered by
 * A C^-1 of it. With Gaussian noise only X = C'C matters: total squared error = max diag(X) tr(A'A X^-1) sigma^2.
 */

/** Largest size the optimum is searched for: a step costs about 9 n^3. */
export const MOST_CELLS_SOLVED = 512;

export type WorkloadId = 'prefixes' | 'ranges' | 'total and cells';

/** A'A and the number of queries: entry (i, j) counts the queries that hold both cells. */
export interface Workload {
  readonly id: WorkloadId;
  readonly n: number;
  readonly queries: number;
  readonly gram: Float64Array;
}

/** @throws invalid-param below one cell. */
export function workloadOf(id: WorkloadId, n: number): Workload {
  if (!(Number.isInteger(n) && n >= 1)) throw invalidParam('n', 'a whole number of cells from 1', n);
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      const last = n - Math.max(i, j);
      gram[i * n + j] = id === 'prefixes' ? last : id === 'ranges' ? (Math.min(i, j) + 1) * last : i === j ? 2 : 1;
    }
  }
  const queries = id === 'prefixes' ? n : id === 'ranges' ? (n * (n + 1)) / 2 : n + 1;
  return { id, n, queries, gram };
}

/** A strategy of unit sensitivity (longest column of C is 1), with what is proven of its error. */
export interface Factorisation {
  readonly n: number;
  /** C, row-major n x n. */
  readonly strategy: Float64Array;
  /** C^-1, row-major. */
  readonly inverse: Float64Array;
  /** tr(A'A X^-1): total squared error over the workload at unit noise. */
  readonly primal: number;
  /** No strategy of unit sensitivity has a smaller total squared error (Lagrange dual). */
  readonly dual: number;
  readonly iterations: number;
}

/** Deviation of one answer of the workload, root mean square, at unit noise and unit sensitivity. */
export const rmseOf = (total: number, queries: number): number => Math.sqrt(total / queries);

/** What one round of the fixed point knows: v, the root of diag(v)^1/2 A'A diag(v)^1/2, and both bounds. */
interface Round {
  readonly v: Float64Array;
  readonly eigen: Eigen;
  readonly diagonal: Float64Array;
  readonly primal: number;
  readonly dual: number;
}

/**
 * The optimal strategy by the fixed point v = diag((diag(v)^1/2 A'A diag(v)^1/2)^1/2) (Denisov, McMahan, Rush, Smith, Thakurta,
 * 2022), until primal and dual agree to `gap` (relative, in total squared error). Both bounds are second order in the error of
 * v, so the gap is proven long before v has settled.
 * @throws infeasible for more than 512 cells.
 */
export async function optimalFactorisation(
  workload: Workload,
  gap: number,
  pause?: Pick<Ctx, 'checkpoint'>,
  from = 0,
  to = 1,
): Promise<Factorisation> {
  const { n } = workload;
  if (n > MOST_CELLS_SOLVED) {
    throw infeasible(
      `the optimal strategy is searched for up to ${MOST_CELLS_SOLVED} cells, not ${n}`,
      'choose coarser cells, or the tree or square-root strategy',
    );
  }
  const note = text('searching for the best strategy', 'buscando la mejor estrategia');
  let solved = 0;
  const step: Pause = async () => {
    await pause?.checkpoint(from + ((to - from) * solved) / (solved + 6), note);
  };
  const round = await solve(workload, gap, step, () => {
    solved += 1;
  });
  return { ...strategyOf(workload, round), iterations: solved };
}

/** Rounds of the accelerated fixed point until the gap is closed; `done` is told of each. */
async function solve(workload: Workload, gap: number, pause: Pause, done?: () => void): Promise<Round> {
  const { id, n } = workload;
  let v: Float64Array = new Float64Array(n).fill(1);
  // A coarser problem of the same shape is a small part of the work and starts the fine one close to its end.
  if (n >= 64) v = stretched((await solve(workloadOf(id, n >> 2), 1e-5, pause)).diagonal, n);
  const accelerate = anderson(5);
  let round = await roundOf(workload, v, pause);
  done?.();
  for (let i = 1; i < 60 && !(round.primal <= round.dual * (1 + gap)); i += 1) {
    // In logarithms, so that every proposal is positive.
    const next = accelerate(round.v.map(log), round.diagonal.map(log)).map(exp);
    round = await roundOf(workload, next, pause);
    done?.();
  }
  return round;
}

/** A profile over m cells read at n cells; its scale does not matter to the bounds. */
function stretched(v: Float64Array, n: number): Float64Array {
  const m = v.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const at = Math.min(m - 1, Math.max(0, ((i + 0.5) * m) / n - 0.5));
    const low = Math.floor(at);
    const high = Math.min(m - 1, low + 1);
    out[i] = (v[low] as number) + (at - low) * ((v[high] as number) - (v[low] as number));
  }
  return out;
}

/** Square root of an eigenvalue: positive in exact arithmetic, so kept from rounding to nothing. */
const rootOf = (value: number): number => Math.sqrt(Math.max(value, Number.MIN_VALUE));

async function roundOf({ gram, n }: Workload, v: Float64Array, pause: Pause): Promise<Round> {
  const root = v.map(Math.sqrt);
  const scaled = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      scaled[i * n + j] = (root[i] as number) * (gram[i * n + j] as number) * (root[j] as number);
    }
  }
  const eigen = await symmetricEigen(scaled, n, pause);
  const diagonal = new Float64Array(n);
  let trace = 0;
  for (let j = 0; j < n; j += 1) {
    const s = rootOf(eigen.values[j] as number);
    trace += s;
    for (let i = 0; i < n; i += 1) {
      const q = eigen.vectors[j * n + i] as number;
      diagonal[i] = (diagonal[i] as number) + s * q * q;
    }
  }
  let sum = 0;
  for (const value of v) sum += value;
  // Columns of C set to length 1: X_ii = diagonal / v becomes 1, and A'A takes the factor on.
  const length = diagonal.map((value, i) => Math.sqrt(value / (v[i] as number)));
  let primal = 0;
  const row = new Float64Array(n);
  for (let j = 0; j < n; j += 1) {
    if (j % 64 === 0) await pause();
    for (let i = 0; i < n; i += 1) row[i] = (eigen.vectors[j * n + i] as number) * (length[i] as number);
    let quadratic = 0;
    for (let i = 0; i < n; i += 1) {
      const x = row[i] as number;
      let part = 0;
      for (let k = 0; k < n; k += 1) part += (scaled[i * n + k] as number) * (row[k] as number);
      quadratic += x * part;
    }
    primal += quadratic / rootOf(eigen.values[j] as number);
  }
  return { v, eigen, diagonal, primal, dual: (trace * trace) / sum };
}

/** C = S^1/2 Q' diag(v)^-1/2 with its columns set to length 1, and its inverse. */
function strategyOf({ n }: Workload, { eigen, diagonal, primal, dual }: Round): Omit<Factorisation, 'iterations'> {
  const strategy = new Float64Array(n * n);
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j += 1) {
    const root = Math.sqrt(rootOf(eigen.values[j] as number));
    for (let i = 0; i < n; i += 1) {
      const q = eigen.vectors[j * n + i] as number;
      // sqrt(v) times the column's length sqrt(diagonal / v).
      const column = Math.sqrt(diagonal[i] as number);
      strategy[j * n + i] = (root * q) / column;
      inverse[i * n + j] = (column * q) / root;
    }
  }
  return { n, strategy, inverse, primal, dual };
}

/** Root mean squared error of the best factorisation of running totals over n steps. */
export async function optimalPrefixRmse(n: number): Promise<number> {
  const { primal } = await optimalFactorisation(workloadOf('prefixes', n), 1e-8);
  return rmseOf(primal, n);
}
