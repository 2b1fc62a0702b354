import { exp, expm1, log, log1p } from '../kit/portable-math.ts';
import { ratio } from '../rng/ratio.ts';
import type { Rng } from '../rng/rng.ts';
import { discreteLaplaceSampler } from '../rng/sampler-discrete-laplace.ts';
import { fillLaplace } from '../rng/samplers.ts';
import { discreteLaplace, type Rational, rationalScale } from '../rng/samplers-exact.ts';

/** Closed forms of Laplace and discrete Laplace noise. `scale` = sensitivity / epsilon. */

/** Smallest a with P(|X| >= a) = alpha for Laplace noise: scale ln(1 / alpha). */
export const laplaceAccuracy = (scale: number, alpha: number): number => -scale * log(alpha);

/** Variance of Laplace noise, 2 scale^2. */
export const laplaceVariance = (scale: number): number => 2 * scale * scale;

/** P(X = 0) = tanh(1 / (2 scale)) for discrete Laplace noise, in a form that keeps its digits. */
export function discreteLaplaceMass(scale: number, x: number): number {
  const ratio = exp(-1 / scale);
  return (-expm1(-1 / scale) / (1 + ratio)) * exp(-Math.abs(x) / scale);
}

/** Smallest whole t with P(|X| >= t) <= alpha: P(|X| >= t) = 2 r^t / (1 + r) for t >= 1, r = exp(-1 / scale). */
export function discreteLaplaceAccuracy(scale: number, alpha: number): number {
  const ratio = exp(-1 / scale);
  const tail = (t: number): number => (t <= 0 ? 1 : (2 * exp(-t / scale)) / (1 + ratio));
  let t = Math.max(0, Math.ceil(scale * log(2 / (alpha * (1 + ratio)))));
  // The logarithm may land one off in the last place; the definition decides.
  while (t > 0 && tail(t - 1) <= alpha) t -= 1;
  while (tail(t) > alpha) t += 1;
  return t;
}

export type NoiseKind = 'laplace' | 'discrete';

/** The noise to draw: from the cryptographic source, so for a release meant to be used, always the exact one. */
export const noiseKindFor = (asked: NoiseKind, rng: Pick<Rng, 'path'>): NoiseKind =>
  rng.path === 'secure' ? 'discrete' : asked;

/** Noise over all cells of an answer, and the half width that 95 % of single cells stay within; all in steps. */
export interface Noise {
  readonly draws: Float64Array;
  readonly scale: number;
  readonly halfWidth95: number;
}

/**
 * Noise for `cells` answers that are whole numbers of steps (counts: a step is one row), of l1 sensitivity `steps`.
 * Discrete noise is whole too, so that the sum is exact and no last bit of it depends on the truth.
 */
export function drawNoise(rng: Rng, kind: NoiseKind, cells: number, steps: number, epsilon: number): Noise {
  const draws = new Float64Array(cells);
  if (kind === 'laplace') {
    const scale = steps / epsilon;
    return { draws: fillLaplace(rng, draws, scale), scale, halfWidth95: laplaceAccuracy(scale, 0.05) };
  }
  if (rng.path === 'secure') {
    // The quotient of both doubles exactly: nothing is rounded up, and a draw is one to three words.
    discreteLaplaceSampler(ratio(steps, epsilon)).fill(rng, draws);
    const scale = steps / epsilon;
    return { draws, scale, halfWidth95: discreteLaplaceAccuracy(scale, 0.05) - 1 };
  }
  const rational = rationalScale(steps / epsilon);
  for (let i = 0; i < cells; i += 1) draws[i] = discreteLaplace(rng, rational);
  const scale = rational.numerator / rational.denominator;
  return { draws, scale, halfWidth95: discreteLaplaceAccuracy(scale, 0.05) - 1 };
}

/**
 * One exact discrete Laplace draw after another: by the fast sampler from the cryptographic source; from a seed, as before there was
 * one, so that a seed keeps its numbers.
 */
export function discreteLaplaceDraws(rng: Rng, scale: Rational): () => number {
  if (rng.path !== 'secure') return () => discreteLaplace(rng, scale);
  const sampler = discreteLaplaceSampler(ratio(scale.numerator, scale.denominator));
  return () => sampler.draw(rng.words);
}

/** Variance of discrete Laplace noise, 2 r / (1 - r)^2 with r = exp(-1 / scale). */
export function discreteLaplaceVariance(scale: number): number {
  const gap = -expm1(-1 / scale);
  return (2 * exp(-1 / scale)) / (gap * gap);
}

/** Mean absolute size of discrete Laplace noise, 2 r / (1 - r^2). */
export const discreteLaplaceMeanSize = (scale: number): number => (2 * exp(-1 / scale)) / -expm1(-2 / scale);

/** Expected largest absolute noise among `cells` Laplace draws: scale times the harmonic number. */
export function expectedLargest(cells: number, scale: number): number {
  let harmonic = 0;
  for (let k = cells; k >= 1; k -= 1) harmonic += 1 / k;
  return scale * harmonic;
}

/** a with P(largest of `cells` absolute Laplace draws >= a) = alpha. */
export const simultaneousAccuracy = (cells: number, scale: number, alpha: number): number =>
  -scale * log(-expm1(log1p(-alpha) / cells));

/** E max(0, value + noise) - value: how far cutting at zero lifts a count, for Laplace noise. */
export const nonNegativeBias = (value: number, scale: number): number =>
  (scale / 2) * exp(-Math.abs(value) / scale) + Math.max(0, -value);
