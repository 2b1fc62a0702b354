import { exp, expm1, log, pow } from '../../kit/portable-math.ts';
import { geometricSums } from './calibration.ts';

/**
 * The staircase law (Geng, Viswanath, 2014) for one answer of sensitivity 1: density a b^k on [k, k + gamma) and a b^(k+1) on
 * [k + gamma, k + 1), b = e^-epsilon, mirrored to the left.
 */

/** Step that makes the mean error least (Theorem 4): 1 / (1 + e^(epsilon / 2)). */
export const gammaForMeanError = (epsilon: number): number => 1 / (1 + exp(epsilon / 2));

/**
 * Step that makes the variance least (Theorem 5): ((b (1 + b) / 2)^(1/3) - b) / (1 - b), multiplied out so that nothing cancels
 * for small epsilon.
 */
export function gammaForVariance(epsilon: number): number {
  const b = exp(-epsilon);
  if (b === 0) return 0;
  const c = pow((b * (1 + b)) / 2, 1 / 3);
  return (b * (1 + 2 * b)) / (2 * (c * c + c * b + b * b));
}

/** Least mean absolute error: e^(-epsilon/2) / (1 - e^-epsilon). */
export const leastMeanError = (epsilon: number): number => exp(-epsilon / 2) / -expm1(-epsilon);

/** Height of the first step. */
const heightOf = (gamma: number, b: number, gap: number): number => gap / (2 * (gamma + b * (1 - gamma)));

/** Second moment at any gamma. */
export function staircaseVariance(epsilon: number, gamma: number): number {
  const gap = -expm1(-epsilon);
  const { b, s0, s1, s2 } = geometricSums(epsilon, gap);
  const mix = (power: number): number => power + b * (1 - power);
  const g2 = gamma * gamma;
  return 2 * heightOf(gamma, b, gap) * (s2 * mix(gamma) + s1 * mix(g2) + (s0 * mix(g2 * gamma)) / 3);
}

/** Mean absolute error at any gamma. */
export function staircaseMeanError(epsilon: number, gamma: number): number {
  const gap = -expm1(-epsilon);
  const { b, s0, s1 } = geometricSums(epsilon, gap);
  const mix = (power: number): number => power + b * (1 - power);
  return 2 * heightOf(gamma, b, gap) * (s1 * mix(gamma) + (s0 * mix(gamma * gamma)) / 2);
}

/** a with P(|X| >= a) = alpha: P(|X| >= k) = b^k, and the tail falls in two straight pieces from k to k + 1. */
export function staircaseAccuracy(epsilon: number, gamma: number, alpha: number): number {
  if (alpha >= 1) return 0;
  const b = exp(-epsilon);
  const first = 2 * heightOf(gamma, b, -expm1(-epsilon));
  const k = Math.floor(-log(alpha) / epsilon);
  const fallen = Math.min(1 - b, Math.max(0, 1 - alpha * exp(k * epsilon)));
  if (fallen <= first * gamma || b === 0) return k + fallen / first;
  return k + Math.min(1, gamma + (fallen - first * gamma) / (first * b));
}

/**
 * The staircase on whole numbers, of whole sensitivity D: masses a b^k for kD <= |x| < kD + r and a b^(k+1) up to (k + 1) D
 * (Geng, Viswanath, 2014, section on integer queries). D = 1 is the two-sided geometric law.
 */
export interface WholeStaircase {
  readonly epsilon: number;
  readonly sensitivity: number;
  readonly rise: number;
}

export interface WholeFigures {
  readonly meanAbsolute: number;
  readonly variance: number;
  /** P(|X| >= t) for whole t. */
  tail(t: number): number;
}

export function wholeStaircase({ epsilon, sensitivity: d, rise: r }: WholeStaircase): WholeFigures {
  const gap = -expm1(-epsilon);
  const { b, s0, s1, s2 } = geometricSums(epsilon, gap);
  const step = (rising: number, all: number): number => rising + b * (all - rising);
  const triangle = (n: number): number => (n * (n - 1)) / 2;
  const squares = (n: number): number => ((n - 1) * n * (2 * n - 1)) / 6;
  const w0 = step(r, d);
  const w1 = step(triangle(r), triangle(d));
  const w2 = step(squares(r), squares(d));
  // Zero belongs to both sides: count it once.
  const a = gap / (2 * w0 - gap);
  return {
    meanAbsolute: 2 * a * (s1 * d * w0 + s0 * w1),
    variance: 2 * a * (s2 * d * d * w0 + 2 * s1 * d * w1 + s0 * w2),
    tail: (t) => {
      if (t <= 0) return 1;
      const k = Math.floor(t / d);
      const j = t - k * d;
      const before = j <= r ? j : r + b * (j - r);
      return 2 * a * exp(-epsilon * k) * (w0 - before + (b * w0) / gap);
    },
  };
}

/** The rise of the whole staircase nearest its best, from the continuous gamma downhill. */
export function bestRise(
  epsilon: number,
  sensitivity: number,
  gamma: number,
  figure: 'meanAbsolute' | 'variance',
): number {
  const cost = (rise: number): number => wholeStaircase({ epsilon, sensitivity, rise })[figure];
  let rise = Math.min(sensitivity, Math.max(1, Math.round(gamma * sensitivity)));
  while (rise > 1 && cost(rise - 1) < cost(rise)) rise -= 1;
  while (rise < sensitivity && cost(rise + 1) < cost(rise)) rise += 1;
  return rise;
}
