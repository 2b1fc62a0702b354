import type { LossLaw } from '../../kit/loss-law.ts';
import { exp } from '../../kit/portable-math.ts';
import { discreteGaussianDelta } from '../discrete-gaussian.ts';
import { logDeltaOfMu } from '../gaussian.ts';
import { rateAbove, rateBelow } from './binomial.ts';
import { type Counts, type Event, hitsOf, totalOf } from './event.ts';

/** delta(epsilon) of Gaussian noise, mu = l2 sensitivity / sigma, for `Audited.profile`. */
export const gaussianProfile =
  (mu: number) =>
  (epsilon: number): number =>
    exp(logDeltaOfMu(mu, epsilon));

/** The curve of a law that promises no pure epsilon and has one; undefined for the others, whose epsilon says it all. */
export function profileOfLaw(law: LossLaw): ((epsilon: number) => number) | undefined {
  if (law.kind === 'gaussian') return gaussianProfile(law.mu);
  if (law.kind === 'discrete-gaussian') {
    return (epsilon) => discreteGaussianDelta(law.sigma2, epsilon, law.sensitivity);
  }
  return undefined;
}

/** Where the curve is tested, as shares of the claimed epsilon: a wrong scale shows best where delta is large. */
export const PROFILE_POINTS = [0, 0.25, 0.5];

/** The event with the largest P_favoured - e^epsilon P_other: a beginning or an end of the likelihood order. */
export function steepestEvent(order: Uint32Array, [zero, one]: Counts, epsilon: number): Event {
  const n = [Math.max(1, totalOf(zero)), Math.max(1, totalOf(one))] as const;
  const weight = exp(epsilon);
  let best = { gain: 0, end: 0, favours: 0 as 0 | 1 };
  const walk = (favours: 0 | 1): void => {
    const [often, seldom] = favours === 0 ? [zero, one] : [one, zero];
    let gain = 0;
    for (let k = 0; k < order.length; k += 1) {
      const cell = order[favours === 0 ? k : order.length - 1 - k] as number;
      gain += (often[cell] as number) / n[favours] - (weight * (seldom[cell] as number)) / n[favours === 0 ? 1 : 0];
      if (gain > best.gain) best = { gain, end: k + 1, favours };
    }
  };
  walk(0);
  walk(1);
  const isIn = new Uint8Array(order.length);
  for (let k = 0; k < best.end; k += 1) isIn[order[best.favours === 0 ? k : order.length - 1 - k] as number] = 1;
  return { isIn, favours: best.favours };
}

/** Certified lower bound on delta(epsilon) by one event on fresh counts, wrong with probability alpha at most. */
export function deltaLowerBound(event: Event, fresh: Counts, epsilon: number, alpha: number): number {
  const { favours } = event;
  const often = fresh[favours];
  const seldom = fresh[favours === 0 ? 1 : 0];
  const above = rateAbove(hitsOf(event, often), totalOf(often), alpha / 2);
  const below = rateBelow(hitsOf(event, seldom), totalOf(seldom), alpha / 2);
  return Math.max(0, above - exp(epsilon) * below);
}
