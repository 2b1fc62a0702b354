import { invalidParam } from '../kit/errors.ts';
import type { Rng } from './rng.ts';

/**
 * Exact integer samplers (Canonne, Kamath, Steinke, 2020, Algorithms 1 and 2): only integer arithmetic below 2^53 and
 * `rng.int`, so with a cryptographic source the release has exactly the stated law, without floating-point leaks.
 */

/** A positive rational number: `numerator / denominator`, both whole, at most 2^32. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * The smallest rational at or above `scale` whose denominator is a power of two up to 2^20: noise is never smaller
 * than asked, so the guarantee holds with at most the stated epsilon. Relative excess below 1e-6 for scales >= 1.
 * @throws invalid-param for a scale that is not positive or above 2^31.
 */
export function rationalScale(scale: number): Rational {
  if (!(scale > 0 && scale <= 2147483648)) throw invalidParam('scale', 'a positive number up to 2^31', scale);
  let denominator = 1;
  while (denominator < 1048576 && scale * denominator * 2 <= 2147483648) denominator *= 2;
  return { numerator: Math.max(1, Math.ceil(scale * denominator)), denominator };
}

/** True with probability exp(-numerator / denominator), for 0 <= numerator <= denominator. Exact. */
export function bernoulliExp(rng: Rng, numerator: number, denominator: number): boolean {
  // Bernoulli(gamma / k) is Bernoulli(1 / k) and Bernoulli(gamma): no product to overflow.
  let k = 1;
  while ((k === 1 || rng.int(k) === 0) && rng.int(denominator) < numerator) k += 1;
  return (k & 1) === 1;
}

/** Geometric on {0, 1, 2...}: how often an event of probability exp(-1) happens before it fails. Exact. */
function wholeScales(rng: Rng): number {
  let v = 0;
  for (;;) {
    // bernoulliExp(rng, 1, 1), whose inner coin always falls the same way: its number is drawn and passed over.
    let k = 1;
    do {
      rng.u32();
      k += 1;
    } while (rng.int(k) === 0);
    if ((k & 1) === 0) return v;
    v += 1;
  }
}

/** Discrete Laplace (two-sided geometric): P(x) proportional to exp(-|x| denominator / numerator). Exact. */
export function discreteLaplace(rng: Rng, scale: Rational): number {
  const { numerator, denominator } = scale;
  for (;;) {
    const u = rng.int(numerator);
    if (!bernoulliExp(rng, u, numerator)) continue;
    const v = wholeScales(rng);
    const size = Math.floor((u + numerator * v) / denominator);
    const negative = (rng.u32() & 1) === 1;
    // A negative zero would give zero twice its weight.
    if (negative && size === 0) continue;
    return negative ? -size : size;
  }
}

/** Geometric on {0, 1, 2...}: P(x) proportional to exp(-x denominator / numerator). Exact. */
export function geometricExp(rng: Rng, scale: Rational): number {
  const { numerator, denominator } = scale;
  for (;;) {
    const u = rng.int(numerator);
    if (!bernoulliExp(rng, u, numerator)) continue;
    const v = wholeScales(rng);
    return Math.floor((u + numerator * v) / denominator);
  }
}
