import { erfc, exp, expm1, log, log1p, sin } from '../kit/portable-math.ts';
import { scaledErfc } from './gaussian.ts';

/**
 * The discrete Gaussian on the whole numbers, P(x) = e^(-x^2 / (2 sigma2)) / Z (Canonne, Kamath, Steinke, 2020): exact sums,
 * without limits on sigma2. Small sigma2 is summed as it stands; a large one through Poisson's summation formula or
 * Euler and Maclaurin's, whose remainders are below 1e-13 where they are used.
 */

/** From here on the sums over the dual lattice converge faster than those over the lattice. */
const wide = 0.5;
/** Standard deviation above which tails are integrals with corrections instead of sums. */
const smooth = 250;
/** Terms below e^-40 of the first do not reach a double. */
const negligible = 40;

/** Z = sum over all whole x of e^(-x^2 / (2 sigma2)). */
function discreteGaussianNorm(sigma2: number): number {
  if (sigma2 >= wide) return Math.sqrt(2 * Math.PI * sigma2) * (1 + dual(sigma2, 0));
  let sum = 0;
  for (let x = 1; ; x += 1) {
    const term = exp((-x * x) / (2 * sigma2));
    sum += term;
    if (term < 1e-18) return 1 + 2 * sum;
  }
}

/** 2 sum_k k^(2 power) e^(-2 pi^2 sigma2 k^2) for power 0 or 1. */
function dual(sigma2: number, power: 0 | 1): number {
  let sum = 0;
  for (let k = 1; ; k += 1) {
    const term = exp(-2 * Math.PI * Math.PI * sigma2 * k * k);
    sum += power === 0 ? term : k * k * term;
    if (term < 1e-18) return 2 * sum;
  }
}

/** P(X = x). */
export const discreteGaussianMass = (sigma2: number, x: number): number =>
  exp((-x * x) / (2 * sigma2)) / discreteGaussianNorm(sigma2);

/** Var X; below sigma2, noticeably so when sigma2 < 1. */
export function discreteGaussianVariance(sigma2: number): number {
  if (sigma2 >= wide) {
    // 2 sigma2^2 d ln Z / d sigma2.
    return sigma2 - (8 * Math.PI * Math.PI * sigma2 * sigma2 * (dual(sigma2, 1) / 2)) / (1 + dual(sigma2, 0));
  }
  let sum = 0;
  for (let x = 1; ; x += 1) {
    const term = x * x * exp((-x * x) / (2 * sigma2));
    sum += term;
    if (term <= 1e-18 * sum) return (2 * sum) / discreteGaussianNorm(sigma2);
  }
}

/** E|X|. */
export function discreteGaussianMeanSize(sigma2: number): number {
  const norm = discreteGaussianNorm(sigma2);
  if (sigma2 > 200) {
    // Sum of x e^(-a x^2): its integral and the values of zeta at -1, -3, -5...
    const a = 1 / (2 * sigma2);
    return (2 * (sigma2 - 1 / 12 - a / 120 - (a * a) / 504 - (a * a * a) / 1440)) / norm;
  }
  let sum = 0;
  for (let x = 1; ; x += 1) {
    const term = x * exp((-x * x) / (2 * sigma2));
    sum += term;
    if (term <= 1e-18 * sum && x * x > sigma2) return (2 * sum) / norm;
  }
}

/** P(X >= t) for whole t. */
export function discreteGaussianTail(sigma2: number, t: number): number {
  if (t <= 0) return 1 - discreteGaussianTail(sigma2, 1 - t);
  return upperSum(sigma2, t) / discreteGaussianNorm(sigma2);
}

/** Smallest whole t with P(|X| >= t) <= alpha. */
export function discreteGaussianAccuracy(sigma2: number, alpha: number): number {
  if (alpha >= 1) return 0;
  const norm = discreteGaussianNorm(sigma2);
  const holds = (t: number): boolean => (2 * upperSum(sigma2, t)) / norm <= alpha;
  let high = 1;
  while (!holds(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** sum_{x >= t} e^(-x^2 / (2 sigma2)), t >= 1. */
function upperSum(sigma2: number, t: number): number {
  const sigma = Math.sqrt(sigma2);
  if (sigma <= smooth || t > sigma2 / 2) return termsFrom(sigma2, t, () => 1);
  const z = t / sigma;
  const first = exp(-0.5 * z * z);
  return first * (sigma * Math.sqrt(Math.PI / 2) * scaledErfc(z * Math.SQRT1_2) + 0.5 + corrections(sigma, z));
}

/** Sum of e^(-x^2 / (2 sigma2)) factor(x) over whole x >= from, for factors in [0, 1] that rise with x. */
function termsFrom(sigma2: number, from: number, factor: (x: number) => number): number {
  let x = Math.max(from, -Math.ceil(negligible * Math.sqrt(sigma2)));
  let sum = 0;
  for (; ; x += 1) {
    const term = exp((-x * x) / (2 * sigma2));
    sum += term * factor(x);
    // Factors only rise, to one: what is left is below the terms left.
    if (x > 0 && (term === 0 || term * (1 + sigma2 / x) <= 1e-17 * sum)) return sum;
  }
}

/** -sum_j B_2j / (2j)! f^(2j-1)(t) / f(t) for the Gaussian f at t = z sigma (Euler, Maclaurin). */
function corrections(sigma: number, z: number): number {
  const bernoulli = [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000];
  let sum = 0;
  // Hermite polynomials over sigma^n: h0 = He_(n-1), h1 = He_n.
  let h0 = 1;
  let h1 = z / sigma;
  for (let j = 0; j < bernoulli.length; j += 1) {
    sum += (bernoulli[j] as number) * h1;
    for (let step = 0; step < 2; step += 1) {
      const n = 2 * j + 1 + step;
      const next = (z / sigma) * h1 - (n / (sigma * sigma)) * h0;
      h0 = h1;
      h1 = next;
    }
  }
  return sum;
}

/**
 * Exact delta at epsilon of one answer of whole sensitivity (Canonne, Kamath, Steinke, 2020, Theorem 7), as a sum without
 * cancellation.
 */
export function discreteGaussianDelta(sigma2: number, epsilon: number, sensitivity: number): number {
  if (sensitivity === 0) return 0;
  const sigma = Math.sqrt(sigma2);
  const from = Math.floor((epsilon * sigma2) / sensitivity - sensitivity / 2) + 1;
  const norm = discreteGaussianNorm(sigma2);
  // ln of e^epsilon P(x + D) / P(x); never positive from `from` on, but for rounding.
  const shift = (x: number): number => Math.min(0, epsilon - (sensitivity * (2 * x + sensitivity)) / (2 * sigma2));
  const small = sigma <= smooth || from > sigma2 / 2;
  const sum = small
    ? termsFrom(sigma2, from, (x) => -expm1(shift(x)))
    : smoothDelta(sigma, from, sensitivity, shift(from));
  return Math.min(1, Math.max(0, sum / norm));
}

/** The same sum for wide noise: both tails as integrals with corrections. */
function smoothDelta(sigma: number, from: number, sensitivity: number, shift: number): number {
  const z = from / sigma;
  const w = (from + sensitivity) / sigma;
  const first = exp(-0.5 * z * z);
  const half = sigma * Math.sqrt(Math.PI / 2);
  const ratio = exp(shift);
  const tail = z >= 0 ? first * scaledErfc(z * Math.SQRT1_2) : erfc(z * Math.SQRT1_2);
  const far =
    w >= 0 ? first * ratio * scaledErfc(w * Math.SQRT1_2) : ratio * exp(0.5 * (w * w - z * z)) * erfc(w * Math.SQRT1_2);
  const ends = -expm1(shift) / 2 + corrections(sigma, z) - ratio * corrections(sigma, w);
  return half * (tail - far) + first * ends;
}

/** Smallest epsilon >= 0 with that delta, by bisection to the last place. */
export function discreteGaussianEpsilon(sigma2: number, delta: number, sensitivity: number): number {
  const over = (epsilon: number): boolean => discreteGaussianDelta(sigma2, epsilon, sensitivity) > delta;
  if (!over(0)) return 0;
  let high = 1;
  while (over(high)) high *= 2;
  let low = high === 1 ? 0 : high / 2;
  for (let i = 0; i < 100; i += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (over(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Renyi divergence of order alpha > 1 between the noise and the noise moved by the sensitivity: alpha D^2 / (2 sigma2), less
 * what the lattice takes off between whole multiples.
 */
export function discreteGaussianRdp(alpha: number, sigma2: number, sensitivity: number): number {
  const bound = (alpha * sensitivity * sensitivity) / (2 * sigma2);
  const moved = alpha * sensitivity;
  const offset = moved - Math.floor(moved);
  if (offset === 0) return bound;
  return bound + latticeRatio(sigma2, offset) / (alpha - 1);
}

/** ln of sum_x e^(-(x - offset)^2 / (2 sigma2)) / Z, at most 0, for an offset in (0, 1). */
function latticeRatio(sigma2: number, offset: number): number {
  if (sigma2 >= wide) {
    let gap = 0;
    for (let k = 1; ; k += 1) {
      const term = exp(-2 * Math.PI * Math.PI * sigma2 * k * k);
      // cos(2 pi k offset) - 1 without cancellation.
      const half = sin(Math.PI * k * offset);
      gap -= 4 * term * half * half;
      if (term < 1e-18) return log1p(gap / (1 + dual(sigma2, 0)));
    }
  }
  const near = Math.min(offset, 1 - offset);
  let sum = 0;
  for (let x = 0; ; x += 1) {
    const left = exp((near * near - (x + near) * (x + near)) / (2 * sigma2));
    const right = exp((near * near - (x + 1 - near) * (x + 1 - near)) / (2 * sigma2));
    sum += left + right;
    if (left + right < 1e-18) return (-near * near) / (2 * sigma2) + log(sum / discreteGaussianNorm(sigma2));
  }
}
