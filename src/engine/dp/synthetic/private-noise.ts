import { ratio, times } from '../../rng/ratio.ts';
import type { Rng } from '../../rng/rng.ts';
import { ExpCoin } from '../../rng/sampler-bernoulli.ts';
import { discreteGaussianSampler } from '../../rng/sampler-discrete-gaussian.ts';
import { discreteLaplaceSampler } from '../../rng/sampler-discrete-laplace.ts';
import { fillLaplace, fillNormal } from '../../rng/samplers.ts';

/** Noise and choices of the synthesizers: exact whole numbers from the cryptographic source, fast doubles in a simulation. */

export const isExact = (rng: Pick<Rng, 'path'>): boolean => rng.path === 'secure';

/** Adds (discrete) Gaussian noise of standard deviation `sigma` to whole counts. */
export function withGaussianNoise(rng: Rng, counts: Float64Array, sigma: number): Float64Array {
  const noise = new Float64Array(counts.length);
  if (isExact(rng)) discreteGaussianSampler(times(ratio(sigma), ratio(sigma))).fill(rng, noise);
  else fillNormal(rng, noise, sigma);
  return sum(noise, counts);
}

/** Adds (discrete) Laplace noise of scale `sensitivity / epsilon` to whole counts. */
export function withLaplaceNoise(rng: Rng, counts: Float64Array, sensitivity: number, epsilon: number): Float64Array {
  const noise = new Float64Array(counts.length);
  if (isExact(rng)) discreteLaplaceSampler(ratio(sensitivity, epsilon)).fill(rng, noise);
  else fillLaplace(rng, noise, sensitivity / epsilon);
  return sum(noise, counts);
}

function sum(noise: Float64Array, counts: Float64Array): Float64Array {
  for (let i = 0; i < noise.length; i += 1) noise[i] = (noise[i] as number) + (counts[i] as number);
  return noise;
}

/**
 * Exponential mechanism (McSherry, Talwar, 2007): index i with probability proportional to exp(epsilon score_i / (2 sensitivity)),
 * for whole scores. Exact by rejection in either source: a candidate drawn alike is kept with probability exp(-rate (best - score)).
 */
export function chosenByScore(rng: Rng, scores: ArrayLike<number>, sensitivity: number, epsilon: number): number {
  if (scores.length <= 1) return 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i += 1) best = Math.max(best, scores[i] as number);
  const coin = new ExpCoin(ratio(epsilon, 2 * sensitivity));
  for (;;) {
    const i = rng.int(scores.length);
    if (coin.flip(rng.words, best - (scores[i] as number))) return i;
  }
}

/**
 * Sum of |count - expected| in whole steps of 1 / `SCORE_STEPS` rows, rounded down. One row more or less moves it by at most
 * `SCORE_STEPS`: expectations lie on a grid of doubles on which the sum is exact, and rounding down keeps whole differences.
 */
export function distanceScore(counts: ArrayLike<number>, expected: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const gap = (counts[i] as number) * GRID - Math.round((expected[i] as number) * GRID);
    sum += gap < 0 ? -gap : gap;
  }
  return Math.floor((sum / GRID) * SCORE_STEPS);
}

export const SCORE_STEPS = 16;
/** 2^20: ten million rows in such steps are far below 2^53. */
const GRID = 1048576;
