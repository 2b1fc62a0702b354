import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import type { CountedLaw } from '../../kit/loss-law.ts';
import { logDeltaOfMu } from '../gaussian.ts';
import { composedPld, type Composed } from './pld.ts';
import { leastFactor } from './solve.ts';

/** Accounting of DP-SGD: Gaussian noise of `sigma` clipping norms on Poisson samples of rate `q`, add/remove of one row. */

const steps = (sigma: number, q: number, count: number): CountedLaw[] => [
  { law: { kind: 'poisson-gaussian', sigma, rate: q }, count },
];

/** All steps of a training composed, on a grid of that width. */
export const dpsgdComposed = (sigma: number, q: number, count: number, grid: number): Composed =>
  composedPld(steps(sigma, q, count), grid);

/**
 * ln delta(epsilon) of one step, epsilon >= 0, the worse direction. Removing a row: q times the Gaussian's delta at
 * ln(1 + (e^epsilon - 1) / q). Adding one: (1 - e^epsilon (1 - q)) times that at ln(e^epsilon q / (1 - e^epsilon (1 - q))).
 */
export function singleStepLogDelta(sigma: number, q: number, epsilon: number): number {
  if (q === 0) return Number.NEGATIVE_INFINITY;
  const mu = 1 / sigma;
  const inner = epsilon > 30 ? epsilon - log(q) + log1p((q - 1) * exp(-epsilon)) : log1p(expm1(epsilon) / q);
  const remove = log(q) + logDeltaOfMu(mu, inner);
  // 1 - e^epsilon (1 - q), positive below epsilon = -ln(1 - q).
  const left = q - (1 - q) * expm1(epsilon);
  if (!(left > 0)) return remove;
  return Math.max(remove, log(left) + logDeltaOfMu(mu, epsilon + log(q / left)));
}

/** Least noise (in clipping norms) whose proven epsilon at delta is at most `epsilon`. */
export const noiseMultiplier = (q: number, count: number, epsilon: number, delta: number, grid: number): number =>
  leastFactor(steps(1, q, count), { kind: 'epsilon', value: epsilon, delta }, grid);
