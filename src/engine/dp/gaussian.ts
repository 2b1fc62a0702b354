import { erfc, erfinv, exp, expm1, log, log1p } from '../kit/portable-math.ts';

/**
 * The Gaussian mechanism, exactly (Balle, Wang, 2018): noise N(0, sigma^2) on an answer of l2 sensitivity D is
 * (epsilon, delta)-private with delta = Phi(mu/2 - epsilon/mu) - e^epsilon Phi(-mu/2 - epsilon/mu), mu = D / sigma.
 */

const SQRT_HALF = Math.SQRT1_2;

/** e^(x^2) erfc(x) for x >= 0, without overflow: continued fraction (Abramowitz, Stegun 7.1.14) above 2.5. */
export function scaledErfc(x: number): number {
  if (x < 2.5) return exp(x * x) * erfc(x);
  let tail = x;
  for (let k = 100; k >= 1; k -= 1) tail = x + k / 2 / tail;
  return 0.5641895835477563 / tail;
}

/** Standard normal distribution function. */
export const normalCdf = (x: number): number => erfc(-x * SQRT_HALF) / 2;

/** ln Phi(x), also far in the lower tail. */
export function logNormalCdf(x: number): number {
  if (x > -1) return log1p(-erfc(x * SQRT_HALF) / 2);
  return -0.5 * x * x + log(scaledErfc(-x * SQRT_HALF) / 2);
}

/** Inverse of the standard normal distribution function, infinite at 0 and 1; Newton steps in log space repair the tails. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  const target = log(p);
  // Start: erfinv in the middle, the leading term of the tail below.
  let x = p > 1e-10 ? Math.SQRT2 * erfinv(2 * p - 1) : -Math.sqrt(-2 * target);
  for (let i = 0; i < 50; i += 1) {
    const value = logNormalCdf(x);
    const slope = exp(-0.5 * x * x - value) * 0.3989422804014327;
    const step = (value - target) / slope;
    x -= step;
    if (Math.abs(step) <= 1e-16 * Math.abs(x)) break;
  }
  return x;
}

/** ln delta of Gaussian noise with mu = sensitivity / sigma at epsilon >= 0. */
export function logDeltaOfMu(mu: number, epsilon: number): number {
  const a = epsilon / mu - mu / 2;
  const b = epsilon / mu + mu / 2;
  if (a > -1) {
    // e^epsilon Phi(-b) = e^(-a^2/2) erfcx(b / sqrt 2) / 2 because b^2 - a^2 = 2 epsilon.
    const gap = a >= 0 ? scaledErfc(a * SQRT_HALF) : exp(0.5 * a * a) * erfc(a * SQRT_HALF);
    return -0.5 * a * a + log((gap - scaledErfc(b * SQRT_HALF)) / 2);
  }
  // delta near 1: 1 - delta = Phi(a) + e^epsilon Phi(-b).
  return log1p(-(normalCdf(a) + (exp(-0.5 * a * a) * scaledErfc(b * SQRT_HALF)) / 2));
}

export const gaussianLogDelta = (sigma: number, epsilon: number, sensitivity: number): number =>
  logDeltaOfMu(sensitivity / sigma, epsilon);

export const gaussianDelta = (sigma: number, epsilon: number, sensitivity: number): number =>
  exp(gaussianLogDelta(sigma, epsilon, sensitivity));

/** Smallest epsilon >= 0 with that delta, by bisection to the last place. */
export function epsilonOfMu(mu: number, delta: number): number {
  const target = log(delta);
  if (logDeltaOfMu(mu, 0) <= target) return 0;
  let high = 1;
  while (logDeltaOfMu(mu, high) > target) high *= 2;
  return bisect(0, high, (epsilon) => logDeltaOfMu(mu, epsilon) > target);
}

export const gaussianEpsilon = (sigma: number, delta: number, sensitivity: number): number =>
  epsilonOfMu(sensitivity / sigma, delta);

/** Smallest sigma that is (epsilon, delta)-private: the analytic Gaussian mechanism. */
export function analyticSigma(epsilon: number, delta: number, sensitivity: number): number {
  const target = log(delta);
  let low = 1e-12;
  while (logDeltaOfMu(low * 2, epsilon) <= target) low *= 2;
  return sensitivity / bisect(low, low * 2, (mu) => logDeltaOfMu(mu, epsilon) <= target);
}

/** The textbook sigma, D sqrt(2 ln(1.25 / delta)) / epsilon: proven for epsilon <= 1 only. */
export const classicSigma = (epsilon: number, delta: number, sensitivity: number): number =>
  (sensitivity * Math.sqrt(2 * log(1.25 / delta))) / epsilon;

/** a with P(|X| >= a) = alpha. */
export const gaussianAccuracy = (sigma: number, alpha: number): number => -sigma * normalQuantile(alpha / 2);

/** (1 - e^((epsilon - D / scale) / 2)) for epsilon below D / scale, else 0: delta of Laplace noise. */
export function laplaceDelta(scale: number, epsilon: number, sensitivity: number): number {
  const gap = (epsilon - sensitivity / scale) / 2;
  return gap < 0 ? -expm1(gap) : 0;
}

/** Largest x in [low, high] for which `holds` (true at low, false at high), to the last place. */
function bisect(low: number, high: number, holds: (x: number) => boolean): number {
  let a = low;
  let b = high;
  for (let i = 0; i < 200; i += 1) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) break;
    if (holds(middle)) a = middle;
    else b = middle;
  }
  return a;
}
