import { invalidParam } from '../../kit/errors.ts';
import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import { analyticSigma, normalQuantile } from '../gaussian.ts';

/** Which keys of an unknown domain may be named at all: a key that one unit alone has may show with probability delta only. */

/** Epsilon and delta of one of `k` keys a unit may have: epsilon / k and 1 - (1 - delta)^(1/k). */
export interface PerKey {
  readonly epsilon: number;
  readonly delta: number;
}
export const perKey = (epsilon: number, delta: number, keys: number): PerKey => ({
  epsilon: epsilon / keys,
  delta: -expm1(log1p(-delta) / keys),
});

/** ln(e^x - 1), also where e^x overflows. */
const logExpm1 = (x: number): number => (x > 30 ? x + log1p(-exp(-x)) : log(expm1(x)));

/**
 * The optimal selection for that loss per key (Desfontaines et al., 2022): p(0) = 0 and
 * p(n) = min(e^epsilon p(n-1) + delta, 1 - e^-epsilon (1 - p(n-1) - delta), 1), in closed form.
 */
export interface OptimalSelection {
  /** Probability that a key of `users` units is kept. */
  keep(users: number): number;
  /** Smallest number of units kept for certain. */
  readonly certainFrom: number;
}

/** @throws invalid-param unless epsilon > 0 and 0 < delta <= 1. */
export function optimalSelection({ epsilon, delta }: PerKey): OptimalSelection {
  if (!(epsilon > 0)) throw invalidParam('epsilon', 'a positive number', epsilon);
  if (!(delta > 0 && delta <= 1)) throw invalidParam('delta', 'a number above 0 and at most 1', delta);
  if (delta === 1) return { keep: (users) => (users >= 1 ? 1 : 0), certainFrom: 1 };
  const logUnit = logExpm1(epsilon);
  // Growing by e^epsilon gives p(n) = delta (e^(n epsilon) - 1) / (e^epsilon - 1), while p(n-1) <= (1 - delta) / (1 + e^epsilon).
  const logGrown = (n: number): number => log(delta) + logExpm1(n * epsilon) - logUnit;
  const logLimit = log1p(-delta) - (epsilon + log1p(exp(-epsilon)));
  let turn = Math.max(1, Math.ceil(logOnePlusExp(logLimit - log(delta) + logUnit) / epsilon));
  while (turn > 1 && logGrown(turn - 1) > logLimit) turn -= 1;
  while (logGrown(turn) <= logLimit) turn += 1;
  // From the turn on the chance to stay hidden, h = 1 - p, falls as h(n) = e^-epsilon (h(n-1) - delta): (h + c) e^(-m epsilon) - c.
  const hidden = -expm1(Math.min(0, logGrown(turn)));
  const logDrift = log(delta) - logUnit;
  const hiddenAfter = (m: number): number => hidden * exp(-m * epsilon) + exp(logDrift) * expm1(-m * epsilon);
  let more = hidden <= 0 ? 0 : Math.max(1, Math.ceil(logOnePlusExp(log(hidden) - logDrift) / epsilon));
  // Compared in logarithms: with a large epsilon both sides underflow long before they cross.
  const isCertain = (m: number): boolean => log(hidden) - m * epsilon <= logDrift + log(-expm1(-m * epsilon));
  while (more > 1 && isCertain(more - 1)) more -= 1;
  while (more > 0 && !isCertain(more)) more += 1;
  return {
    certainFrom: turn + more,
    keep: (users) => {
      if (!(users >= 1)) return 0;
      // Times delta, not plus its logarithm: that keeps the last digits of a small one.
      const growth = logExpm1(users * epsilon) - logUnit;
      if (users <= turn) return Math.min(1, growth < 700 ? delta * exp(growth) : exp(log(delta) + growth));
      return users >= turn + more ? 1 : Math.min(1, Math.max(0, 1 - hiddenAfter(users - turn)));
    },
  };
}

/** ln(1 + e^x) without overflow. */
const logOnePlusExp = (x: number): number => (x > 700 ? x : log1p(exp(x)));

/** Laplace noise of scale k / epsilon on the number of units; kept when noisy >= 1 - (k / epsilon) ln(2 delta'). */
export function laplaceThreshold(epsilon: number, delta: number, keys: number): number {
  return 1 - (keys / epsilon) * log(2 * perKey(epsilon, delta, keys).delta);
}

/** P(users + Laplace(scale) >= threshold). */
export function laplaceKeep(users: number, scale: number, threshold: number): number {
  const margin = (threshold - users) / scale;
  return margin > 0 ? exp(-margin) / 2 : 1 - exp(margin) / 2;
}

/** Gaussian noise with half of delta (l2 sensitivity sqrt k), the threshold with the other half: 1 + sigma Phi^-1(1 - delta'). */
export function gaussianThreshold(
  epsilon: number,
  delta: number,
  keys: number,
): { readonly sigma: number; readonly threshold: number } {
  const sigma = analyticSigma(epsilon, delta / 2, Math.sqrt(keys));
  return { sigma, threshold: 1 - sigma * normalQuantile(perKey(epsilon, delta / 2, keys).delta) };
}
