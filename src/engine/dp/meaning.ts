import { exp, expm1, log } from '../kit/portable-math.ts';
import { normalCdf, normalQuantile } from './gaussian.ts';

/** What an epsilon means for one person: odds, beliefs and the best any attacker can do. Pure epsilon unless said. */

/** Largest and smallest posterior belief in a fact of prior `prior` after an epsilon-private release. */
export function posteriorBounds(epsilon: number, prior: number): { readonly upper: number; readonly lower: number } {
  const up = prior * exp(epsilon);
  const down = prior * exp(-epsilon);
  return { upper: up / (1 - prior + up), lower: down / (1 - prior + down) };
}

/** Best accuracy of telling two equally likely neighbouring tables apart: (e^epsilon + delta) / (1 + e^epsilon). */
export const attackAccuracy = (epsilon: number, delta: number): number => (exp(epsilon) + delta) / (1 + exp(epsilon));

/** Best true-positive minus false-positive rate: (e^epsilon - 1 + 2 delta) / (e^epsilon + 1). */
export const attackAdvantage = (epsilon: number, delta: number): number =>
  (expm1(epsilon) + 2 * delta) / (exp(epsilon) + 1);

/** Trade-off of epsilon-delta privacy: least false-negative rate of a test with false-positive rate `fpr`. */
export const tradeoffEpsilonDelta = (fpr: number, epsilon: number, delta: number): number =>
  Math.max(0, 1 - delta - exp(epsilon) * fpr, exp(-epsilon) * (1 - delta - fpr));

/** Trade-off of Laplace noise with epsilon0 = sensitivity / scale (Dong, Roth, Su, 2022). */
export function tradeoffLaplace(fpr: number, epsilon0: number): number {
  if (fpr < exp(-epsilon0) / 2) return 1 - exp(epsilon0) * fpr;
  return fpr <= 0.5 ? exp(-epsilon0) / (4 * fpr) : exp(-epsilon0) * (1 - fpr);
}

/** Trade-off of Gaussian noise with mu = sensitivity / sigma: Phi(Phi^-1(1 - fpr) - mu). */
export const tradeoffGaussian = (fpr: number, mu: number): number => normalCdf(-normalQuantile(fpr) - mu);

/** Chance that a noisy count lies above the midpoint with, and without, one row (Laplace, sensitivity 1). */
export const oddsWith = (epsilon: number): number => 1 - exp(-epsilon / 2) / 2;
export const oddsWithout = (epsilon: number): number => exp(-epsilon / 2) / 2;

/** Disclosure risk of one among n (Lee, Clifton, 2011; the curve of ViP). */
export const leeCliftonRisk = (epsilon: number, n: number, maxEffect: number, sensitivity: number): number =>
  1 / (1 + (n - 1) * exp((-epsilon * maxEffect) / sensitivity));

/** Epsilon that keeps that risk. */
export const leeCliftonEpsilon = (n: number, risk: number, maxEffect: number, sensitivity: number): number =>
  (sensitivity / maxEffect) * log(((n - 1) * risk) / (1 - risk));

/** Bound on reconstructing a record whose best guess succeeds with probability kappa. */
export const reconstructionPure = (epsilon: number, kappa: number): number => Math.min(1, kappa * exp(epsilon));
export const reconstructionGaussian = (mu: number, kappa: number): number => normalCdf(normalQuantile(kappa) + mu);
