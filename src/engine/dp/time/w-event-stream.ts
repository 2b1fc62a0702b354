import { exp } from '../../kit/portable-math.ts';
import type { Rng } from '../../rng/rng.ts';
import { laplace as drawLaplace } from '../../rng/samplers.ts';
import { laplace } from '../mechanisms/laplace.ts';
import {
  budgetAbsorption,
  budgetDistribution,
  sampleBudget,
  uniformBudget,
  type WindowBudget,
} from './window-budget.ts';

export type WindowMethod = 'distribution' | 'absorption' | 'uniform' | 'sample';

export interface WindowParams {
  readonly method: WindowMethod;
  readonly window: number;
  readonly epsilon: number;
  /** Most rows of one hidden unit in one step. */
  readonly rows: number;
}

/** What one step of the stream gave. */
export interface StepOutcome {
  readonly released: Float64Array;
  readonly isFresh: boolean;
  /** Epsilon of looking and of publishing at this step. */
  readonly spent: number;
  /** Scale of the Laplace noise on each cell; of the last fresh answer where none was made, infinite before the first. */
  readonly scale: number;
}

/**
 * Counts of cells released step by step so that any w steps together are epsilon-private (Kellaris et al., 2014). Distribution
 * and absorption look at every step, with epsilon / 2w, how far the counts have moved from the last answer (mean absolute
 * difference), and publish afresh only where that is more than the noise a publication could afford; else the last answer stands.
 */
export interface WindowStream {
  push(counts: Float64Array): StepOutcome;
}

export function windowStream(params: WindowParams, cells: number, rng: Rng): WindowStream {
  const { method, window, epsilon, rows } = params;
  const looks = method === 'distribution' || method === 'absorption';
  const plan = planOf(params);
  const looking = looks ? epsilon / (2 * window) : 0;
  let last: Float64Array = new Float64Array(cells);
  let scale = Number.POSITIVE_INFINITY;
  const moved = (counts: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < cells; i += 1) sum += Math.abs((counts[i] as number) - (last[i] as number));
    // One row moves the sum by at most one, so the mean by 1 / cells.
    return (noisy(rng, looking, rows, Float64Array.of(sum))[0] as number) / cells;
  };
  return {
    push: (counts) => {
      const offer = plan.offer();
      const distance = looks ? moved(counts) : Number.POSITIVE_INFINITY;
      const isFresh = offer > 0 && distance > rows / offer;
      const publishing = plan.settle(isFresh);
      if (isFresh) {
        last = noisy(rng, offer, rows, counts);
        scale = rows / offer;
      }
      return { released: last, isFresh, spent: looking + publishing, scale };
    },
  };
}

function planOf({ method, window, epsilon }: WindowParams): WindowBudget {
  switch (method) {
    case 'distribution':
      return budgetDistribution(window, epsilon);
    case 'absorption':
      return budgetAbsorption(window, epsilon);
    case 'uniform':
      return uniformBudget(window, epsilon);
    case 'sample':
      return sampleBudget(window, epsilon);
  }
}

/** Values with Laplace noise of scale rows / epsilon, exact whole numbers from the cryptographic source. */
function noisy(rng: Rng, epsilon: number, rows: number, values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  if (rng.path === 'secure') {
    const by = { l1: rows, l2: rows, linf: rows, cells: 1 };
    laplace.calibrate({ epsilon, delta: 0 }, by).release(rng, values, out);
    return out;
  }
  const scale = rows / epsilon;
  for (let i = 0; i < out.length; i += 1) out[i] = (values[i] as number) + drawLaplace(rng, scale);
  return out;
}

/** Draws beyond which their sum is taken as normal: its fourth moment is then within 1 %. */
const MANY = 500;

/** Half width that the sum of `cells` Laplace draws of that scale stays within in 95 % of cases; 0 for an infinite scale. */
export function sumHalfWidth(cells: number, scale: number): number {
  if (!(scale < Number.POSITIVE_INFINITY)) return 0;
  if (cells > MANY) return 1.959963984540054 * Math.sqrt(2 * cells) * scale;
  const tail = (x: number): number => sumTail(cells, x);
  let low = 0;
  let high = 4 + 4 * Math.sqrt(cells);
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (tail(middle) > 0.05) low = middle;
    else high = middle;
  }
  return high * scale;
}

/**
 * P(|sum of m unit Laplace draws| > x). The sum is the difference of two gamma variables of shape m: when the second is through
 * its m phases, the first has done i of its own with probability C(m - 1 + i, i) 2^-(m + i), and m - i remain.
 */
function sumTail(m: number, x: number): number {
  let weight = 2;
  for (let i = 0; i < m; i += 1) weight /= 2;
  let sum = 0;
  for (let i = 0; i < m; i += 1) {
    sum += weight * poissonUpTo(m - 1 - i, x);
    weight *= (m + i) / (2 * (i + 1));
  }
  return sum;
}

/** P(Poisson(x) <= k) = P(Gamma(k + 1) > x). */
function poissonUpTo(k: number, x: number): number {
  let term = exp(-x);
  let sum = term;
  for (let i = 1; i <= k; i += 1) {
    term *= x / i;
    sum += term;
  }
  return sum;
}
