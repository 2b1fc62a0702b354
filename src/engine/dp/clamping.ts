import { exp, log } from '../kit/portable-math.ts';
import { normalCdf, scaledErfc } from './gaussian.ts';

/** What clipping to declared bounds does to a mean and a spread: min(max(X, lower), upper) for X of a known law. */

export type Distribution =
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly rate: number };

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Mean and variance of the clipped variable, both finite, lower <= upper. */
export function clampedMoments(law: Distribution, lower: number, upper: number): Moments {
  if (law.kind === 'normal') return clampedNormal(law.mean, law.sd, lower, upper);
  // Neither law is ever negative.
  const low = Math.max(0, lower);
  if (upper <= low) return { mean: upper, variance: 0 };
  return law.kind === 'lognormal'
    ? clampedLognormal(law.mu, law.sigma, low, upper)
    : clampedExponential(law.rate, low, upper);
}

const density = (z: number): number => exp(-0.5 * z * z) * 0.3989422804014327;

/** E max(0, Z - z) of a standard normal Z: phi(z) - z Q(z), by Mills' ratio in the tail. */
function excess(z: number): number {
  if (z < 0) return excess(-z) - z;
  if (z === Infinity) return 0;
  return density(z) * (1 - z * Math.sqrt(Math.PI / 2) * scaledErfc(z * Math.SQRT1_2));
}

/** E max(0, Z - z)^2 = (1 + z^2) Q(z) - z phi(z). */
function squaredExcess(z: number): number {
  if (z < 0) return 1 + z * z - squaredExcess(-z);
  if (z === Infinity) return 0;
  return density(z) * ((1 + z * z) * Math.sqrt(Math.PI / 2) * scaledErfc(z * Math.SQRT1_2) - z);
}

function clampedNormal(mu: number, sd: number, lower: number, upper: number): Moments {
  const [a, b] = [(lower - mu) / sd, (upper - mu) / sd];
  // Far above the range is its mirror image.
  if (b < 0 && a + b < 0) {
    const mirrored = clampedNormal(-mu, sd, -upper, -lower);
    return { mean: -mirrored.mean, variance: mirrored.variance };
  }
  const above = sd * (excess(a) - excess(b));
  if (a > 0) {
    const square = sd * sd * (squaredExcess(a) - squaredExcess(b) - 2 * (b - a) * excess(b));
    return { mean: lower + above, variance: Math.max(0, square - above * above) };
  }
  // About the mean of the clipped variable nothing large cancels.
  const mean = lower + above;
  const [m, low, high] = [mu - mean, lower - mean, upper - mean];
  const within = normalCdf(b) - normalCdf(a);
  const edges = sd * ((m + high) * density(b) - (m + low) * density(a));
  const ends = low * low * normalCdf(a) + high * high * normalCdf(-b);
  return { mean, variance: Math.max(0, (m * m + sd * sd) * within - edges + ends) };
}

function clampedLognormal(mu: number, sigma: number, lower: number, upper: number): Moments {
  const [a, b] = [(lower > 0 ? log(lower) : -Infinity) - mu, log(upper) - mu].map((gap) => gap / sigma) as [
    number,
    number,
  ];
  // E X^k between the bounds: the normal law moved by k sigma.
  const partial = (k: number): number => {
    const [from, to] = [a - k * sigma, b - k * sigma];
    const share = from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
    return exp(k * mu + (k * k * sigma * sigma) / 2) * share;
  };
  const moment = (k: 1 | 2): number =>
    (k === 1 ? lower : lower * lower) * normalCdf(a) + (k === 1 ? upper : upper * upper) * normalCdf(-b) + partial(k);
  const mean = moment(1);
  return { mean, variance: Math.max(0, moment(2) - mean * mean) };
}

function clampedExponential(rate: number, lower: number, upper: number): Moments {
  const [low, high] = [exp(-rate * lower), exp(-rate * upper)];
  const width = upper - lower;
  const above = (low - high) / rate;
  const square = (2 / rate) * (above - width * high);
  return { mean: lower + above, variance: Math.max(0, square - above * above) };
}
