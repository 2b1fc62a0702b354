import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';

/** Small functions that keep their digits where the plain formula cancels or overflows. */

/** e^z - 1 - z, never negative. */
export function exponentialRest(z: number): number {
  if (Math.abs(z) > 0.3) return expm1(z) - z;
  let term = (z * z) / 2;
  let sum = term;
  for (let k = 3; Math.abs(term) > 1e-18 * sum; k += 1) {
    term *= z / k;
    sum += term;
  }
  return sum;
}

/** ln(e^a + e^b) without overflow. */
export function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === Number.NEGATIVE_INFINITY || high === Number.POSITIVE_INFINITY) return high;
  return high + log1p(exp(Math.min(a, b) - high));
}

/** ln(1 + e^z). */
export const softplus = (z: number): number => (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));

/** ln(e^z - 1) for z > 0. */
export const logExpm1 = (z: number): number => (z > 1 ? z + log1p(-exp(-z)) : log(expm1(z)));

/** ln(1 - e^-z) for z > 0. */
export const logOneMinusExp = (z: number): number => (z > 1 ? log1p(-exp(-z)) : log(-expm1(-z)));

/** ln(sinh(z / 2) / (z / 2)), z >= 0. */
export function logSinhc(z: number): number {
  if (z > 0.5) return z / 2 - log(z) + log1p(-exp(-z));
  const s = (z * z) / 4;
  return s * (1 / 6 - s * (1 / 180 - s * (1 / 2835 - s * (1 / 37800 - s * (1 / 467775 - (s * 691) / 3831077250)))));
}

/** ln sinh z, z > 0. */
export const logSinh = (z: number): number =>
  z > 1 ? z - Math.LN2 + log1p(-exp(-2 * z)) : log((expm1(z) - expm1(-z)) / 2);
