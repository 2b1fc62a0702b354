/**
 * The square root of the running-sum matrix A (lower triangular ones): C = B = A^(1/2), Toeplitz with coefficients
 * c_k = C(2k, k) / 4^k (Fichtenberger, Henzinger, Upadhyay, 2023; Henzinger, Upadhyay, Upadhyay, 2023).
 */

/** Coefficients c_0 .. c_(n-1). */
export function squareRootCoefficients(n: number): Float64Array {
  const out = new Float64Array(n);
  let value = 1;
  for (let k = 0; k < n; k += 1) {
    if (k > 0) value *= (2 * k - 1) / (2 * k);
    out[k] = value;
  }
  return out;
}

/** Coefficient n - 1 alone. */
export function lastCoefficient(n: number): number {
  let value = 1;
  for (let k = 1; k < n; k += 1) value *= (2 * k - 1) / (2 * k);
  return value;
}

/** Squared norm of the first column of C, which is the longest (and of the last row of B): sum of c_k^2. */
export function squareRootNorm2(n: number): number {
  let value = 1;
  let sum = 0;
  for (let k = 0; k < n; k += 1) {
    if (k > 0) value *= (2 * k - 1) / (2 * k);
    sum += value * value;
  }
  return sum;
}

/** l2 sensitivity of C x when one step changes by one. */
export const squareRootSensitivity = (n: number): number => Math.sqrt(squareRootNorm2(n));

/** Largest deviation of a running total at unit noise: sensitivity times the longest row of B. */
export const squareRootMaxError = (n: number): number => squareRootNorm2(n);

/** Root mean squared error over all running totals at unit noise: sensitivity |B|_F / sqrt(n). */
export function squareRootRmse(n: number): number {
  let value = 1;
  let sum = 0;
  let frobenius2 = 0;
  for (let k = 0; k < n; k += 1) {
    if (k > 0) value *= (2 * k - 1) / (2 * k);
    sum += value * value;
    frobenius2 += (n - k) * value * value;
  }
  return Math.sqrt((sum * frobenius2) / n);
}

/** Noise added to every step, totals summed afterwards: sqrt((n + 1) / 2). */
export const inputPerturbationRmse = (n: number): number => Math.sqrt((n + 1) / 2);
