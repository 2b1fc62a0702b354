import { erf, exp, expm1 } from '../../kit/portable-math.ts';

/**
 * The central limit theorem of Gaussian differential privacy (Dong, Roth, Su, 2019; Bu et al., 2020): a limit, not a bound. Up to 69 % too low
 * for short runs, so that it may be shown as a warning only.
 */

/** q sqrt(T (e^(1/sigma^2) - 1)), Poisson samples. */
export const cltMuPoisson = (rate: number, sigma: number, steps: number): number =>
  rate * Math.sqrt(steps * expm1(1 / (sigma * sigma)));

/**
 * sqrt(2) q sqrt(T) sqrt(e^(1/sigma^2) Phi(3 / (2 sigma)) + 3 Phi(-1 / (2 sigma)) - 2), samples of a fixed size; written with
 * the parts that cancel for wide noise taken off.
 */
export function cltMuFixedSample(rate: number, sigma: number, steps: number): number {
  const u = 1 / sigma;
  const root = Math.SQRT1_2 * u;
  const inner = (expm1(u * u) + exp(u * u) * erf(1.5 * root) - 3 * erf(0.5 * root)) / 2;
  return Math.SQRT2 * rate * Math.sqrt(steps * inner);
}
