import { exp, expm1, log, log1p } from '../kit/portable-math.ts';
import {
  binomialMasses,
  type Coins,
  epsilonOfYes,
  HALF_NORMAL,
  likelihoods,
  relativeErrorNormal,
  varianceOfCount,
} from './two-coin.ts';

/** Planning and sampling with two coins: what a stream needs, and what an attacker gains from repeated answers. */

/** q with the largest variance of the estimate at truth share f, clipped to [0, 1]. */
export const worstQ = (p: number, f: number): number => Math.max(0, Math.min(1, (1 - 2 * f * p) / (2 * (1 - p))));

/** Smallest p whose relative error is at most `target` at Y = f n, by bisection. */
export function smallestP(n: number, f: number, q: number, target: number): number {
  let low = 1e-12;
  let high = 1;
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (relativeErrorNormal({ p: middle, q }, f * n, n) > target) low = middle;
    else high = middle;
  }
  return high;
}

/** Reports needed for a relative error of `target` at truth share f. */
export function answersNeeded(coins: Coins, f: number, target: number): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  const spread = f * yesYes * noYes + (1 - f) * yesNo * noNo;
  const reach = coins.p * f * target;
  return (HALF_NORMAL * HALF_NORMAL * spread) / (reach * reach);
}

/** Relative error when exactly a share s of a population of size u answers (simple random sample). */
export function sampledVariance(coins: Coins, u: number, f: number, s: number): number {
  const spread = (f * (1 - f) * u) / (u - 1);
  return u * u * ((spread * (1 - s)) / (s * u) + varianceOfCount(coins, f, 1) / (s * u));
}
export const sampledError = (coins: Coins, u: number, f: number, s: number): number =>
  (HALF_NORMAL * Math.sqrt(sampledVariance(coins, u, f, s))) / (f * u);

/** The same when each answers by its own coin with probability s and the sum is divided by s. */
export function poissonSampledError(coins: Coins, u: number, f: number, s: number): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  const p2 = coins.p * coins.p;
  const variance = u * (f * ((1 + (yesYes * noYes) / p2) / s - 1) + ((1 - f) * yesNo * noNo) / (p2 * s));
  return (HALF_NORMAL * Math.sqrt(variance)) / (f * u);
}

/** PrivApprox's zero-knowledge epsilon, and amplification by sampling (only for who cannot see who answered). */
export const zeroKnowledgeEpsilon = (coins: Coins, s: number): number =>
  log(((s * (2 - s)) / (1 - s)) * exp(epsilonOfYes(coins)) + 1 - s);
export const sampledEpsilon = (epsilon: number, s: number): number => log1p(s * expm1(epsilon));

/** Expected relative error when each of `population` owners is present with probability a. */
export function errorWithChurn(coins: Coins, population: number, a: number, f: number): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  const spread = HALF_NORMAL * Math.sqrt(f * yesYes * noYes + (1 - f) * yesNo * noNo);
  const { from, masses } = binomialMasses(population, a);
  let error = 0;
  let mass = 0;
  for (let i = 0; i < masses.length; i += 1) {
    if (from + i === 0) continue;
    mass += masses[i] as number;
    error += ((masses[i] as number) * spread) / (coins.p * f * Math.sqrt(from + i));
  }
  return error / mass;
}

/** Accuracy of the best guess of one bit from t fresh reports, for a prior P(yes). */
export function averagingAccuracy(coins: Coins, prior: number, t: number): number {
  const { yesYes, yesNo } = likelihoods(coins);
  const yes = binomialMasses(t, yesYes);
  const no = binomialMasses(t, yesNo);
  const at = ({ from, masses }: { from: number; masses: Float64Array }, k: number): number => masses[k - from] ?? 0;
  let accuracy = 0;
  for (let k = 0; k <= t; k += 1) accuracy += Math.max(prior * at(yes, k), (1 - prior) * at(no, k));
  return accuracy;
}

/** Fewest fresh reports that reach an accuracy: doubling, then bisection. */
export function reportsNeeded(coins: Coins, prior: number, accuracy: number): number {
  let high = 1;
  while (averagingAccuracy(coins, prior, high) < accuracy) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (averagingAccuracy(coins, prior, middle) < accuracy) low = middle;
    else high = middle;
  }
  return high;
}

/** Effect of `fakes` forged reports, all yes and all no, on the estimate of a count. */
export const pollutionShift = ({ p, q }: Coins, fakes: number): readonly [allYes: number, allNo: number] => [
  (fakes * (1 - (1 - p) * q)) / p,
  (-fakes * (1 - p) * q) / p,
];
