import { invalidParam } from '../../kit/errors.ts';
import { exp, log, log1p, tanh } from '../../kit/portable-math.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import { zcdpRho } from '../composition.ts';
import { pureEpsilon } from './pure.ts';

/**
 * Zero-concentrated privacy (Bun, Steinke, 2016): the tightest conversions from rho alone (Canonne, Kamath,
 * Steinke, 2020, Proposition 12), exact by the root of a rising function, and rho of laws.
 */

/** Least epsilon >= 0 at delta that rho proves: the minimum over orders lies where (a-1)^2 rho + ln a = ln(1/delta). */
export function zcdpEpsilonTight(rho: number, delta: number): number {
  if (rho === 0) return 0;
  const goal = -log(delta);
  if (!(goal > 0)) return 0;
  // t = a - 1.
  const t = risingRoot((x) => x * x * rho + log1p(x) - goal);
  return Math.max(0, rho * (1 + t) + log(t / (1 + t)) + (goal - log1p(t)) / t);
}

/** ln of the least delta that rho proves at epsilon: inf over a > 1 of (a-1)(a rho - epsilon) + (a-1) ln(a-1) - a ln a. */
export function zcdpLogDeltaTight(rho: number, epsilon: number): number {
  if (rho === 0) return Number.NEGATIVE_INFINITY;
  const t = risingRoot((x) => (2 * x + 1) * rho - epsilon - log1p(1 / x));
  // t ln t - (1 + t) ln(1 + t), in the form that keeps its digits for a large t.
  return Math.min(0, t * ((1 + t) * rho - epsilon) - (1 + t) * log1p(1 / t) - log(t));
}
export const zcdpDeltaTight = (rho: number, epsilon: number): number => exp(zcdpLogDeltaTight(rho, epsilon));

/**
 * Largest rho that proves (epsilon, delta), by bisection to the last place.
 * @throws invalid-param for epsilon <= 0 or delta outside (0, 1)
 */
export function zcdpRhoFor(epsilon: number, delta: number): number {
  if (!(epsilon > 0)) throw invalidParam('epsilon', 'a number above 0', epsilon);
  if (!(delta > 0 && delta < 1)) throw invalidParam('delta', 'a number between 0 and 1', delta);
  const goal = log(delta);
  const holds = (rho: number): boolean => zcdpLogDeltaTight(rho, epsilon) <= goal;
  // The classic rho always holds.
  let low = zcdpRho(epsilon, delta);
  let high = 2 * low;
  while (holds(high)) [low, high] = [high, 2 * high];
  for (let i = 0; i < 100; i += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** epsilon-private releases are epsilon tanh(epsilon / 2)-zCDP: the KL divergence of randomized response. */
export const rhoOfPure = (epsilon: number): number => epsilon * tanh(epsilon / 2);
/** The bound of Bun and Steinke (2016), Proposition 1.4. */
export const rhoOfPureClassic = (epsilon: number): number => (epsilon * epsilon) / 2;
/** Exponential mechanism, Gumbel noisy max (Cesar, Rogers, 2021). */
export const rhoOfBoundedRange = (epsilon: number): number => (epsilon * epsilon) / 8;

/** rho of a law; `undefined` where it has none worth using (samples), or a delta of its own. */
export function rhoOf(law: LossLaw, classic = false): number | undefined {
  switch (law.kind) {
    case 'gaussian':
      return (law.mu * law.mu) / 2;
    case 'discrete-gaussian':
      return (law.sensitivity * law.sensitivity) / (2 * law.sigma2);
    case 'zcdp':
      return law.rho;
    case 'bounded-range':
      return rhoOfBoundedRange(law.epsilon);
    case 'poisson-gaussian':
      return law.rate === 1 ? 1 / (2 * law.sigma * law.sigma) : undefined;
    case 'approximate':
      if (law.delta > 0) return undefined;
      break;
    default:
  }
  const epsilon = pureEpsilon(law);
  if (epsilon === undefined) return undefined;
  return classic ? rhoOfPureClassic(epsilon) : rhoOfPure(epsilon);
}

/** Root t > 0 of a rising function, to the last place; it is negative near 0 and positive far out. */
function risingRoot(f: (t: number) => number): number {
  let high = 1;
  while (f(high) < 0) high *= 2;
  let low = high;
  while (f(low) > 0) {
    low /= 2;
    if (low < 1e-300) return low;
  }
  for (let i = 0; i < 200; i += 1) {
    const middle = low > 0 && high / low > 4 ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}
