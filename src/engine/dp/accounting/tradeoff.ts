import { exp, log } from '../../kit/portable-math.ts';
import type { Bracket } from '../../kit/accounting.ts';
import { invalidParam } from '../../kit/errors.ts';
import { normalCdf, normalQuantile } from '../gaussian.ts';
import type { Composed } from './pld.ts';

/**
 * The trade-off curve by duality from delta(epsilon) (Dong, Roth, Su, 2022, Proposition 6): the least false-negative rate
 * of any test is the highest of the lines 1 - delta(e) - e^e fpr and e^-e (1 - delta(e) - fpr). Every single line is a
 * promise, so the search for the highest cannot make the lower bound wrong. Convolving two one-sided distributions
 * instead drifts as the grid gets finer.
 */

/** False-negative rates between which that of the best test at false-positive rate `fpr` lies. */
export function tradeoffAt(composed: Composed, fpr: number): Bracket {
  if (!(fpr >= 0 && fpr <= 1)) throw invalidParam('fpr', 'a rate from 0 to 1', fpr);
  if (fpr === 1) return { lower: 0, upper: 0 };
  const steep = (delta: (epsilon: number) => number) => (at: number, deltaFrom: number) =>
    1 - delta(deltaFrom) - exp(at) * fpr;
  const flat = (delta: (epsilon: number) => number) => (at: number, deltaFrom: number) =>
    exp(-at) * (1 - fpr - delta(deltaFrom));
  const upper = (epsilon: number): number => composed.deltaUpper(epsilon, NOTHING);
  const lower = (epsilon: number): number => composed.deltaLower(epsilon, NOTHING);
  // Where delta has no more digits to lose the lines only fall; the steep ones are below 0 past -ln(fpr).
  const end = Math.min(690, composed.epsilonUpper(composed.certain * (1 + 1e-9) + NOTHING));
  const steepEnd = fpr > 0 ? Math.min(end, -log(fpr)) : end;
  const flatEnd = end;
  const promise = Math.max(0, highest(steep(upper), steepEnd).lower, highest(flat(upper), flatEnd).lower);
  const reach = Math.max(promise, highest(steep(lower), steepEnd).upper, highest(flat(lower), flatEnd).upper);
  return { lower: promise, upper: Math.min(1 - fpr, reach) };
}

/** A delta no rate shows. */
const NOTHING = 1e-15;
const GOLDEN = 0.6180339887498949;

/**
 * Bounds of the largest value on [0, end] of a function with one summit, given as line(at, deltaFrom) with delta read at
 * `deltaFrom`: between a and b no value exceeds that with epsilon of a and delta of b, delta being non-increasing.
 */
function highest(line: (at: number, deltaFrom: number) => number, end: number): Bracket {
  let a = 0;
  let b = end;
  let x = b - GOLDEN * (b - a);
  let y = a + GOLDEN * (b - a);
  let atX = line(x, x);
  let atY = line(y, y);
  let best = Math.max(line(a, a), line(b, b), atX, atY);
  for (let i = 0; i < 60 && b - a > 1e-9 * Math.max(1, b); i += 1) {
    if (atX >= atY) {
      b = y;
      y = x;
      atY = atX;
      x = b - GOLDEN * (b - a);
      atX = line(x, x);
    } else {
      a = x;
      x = y;
      atX = atY;
      y = a + GOLDEN * (b - a);
      atY = line(y, y);
    }
    best = Math.max(best, atX, atY);
  }
  return { lower: best, upper: Math.max(best, line(a, b)) };
}

/** Best accuracy of guessing a fact of that prior: (1 - prior) + prior delta(ln((1 - prior) / prior)). */
export function accuracyAtPrior(prior: number, delta: (epsilon: number) => number): number {
  if (!(prior >= 0 && prior <= 1)) throw invalidParam('prior', 'a probability from 0 to 1', prior);
  if (prior === 0 || prior === 1) return 1;
  return 1 - prior + prior * delta(log((1 - prior) / prior));
}

/** Largest belief in a fact of that prior after a loss of `epsilon`. */
export function posteriorAt(prior: number, epsilon: number): number {
  if (prior === 0 || prior === 1) return prior;
  return prior / (prior + (1 - prior) * exp(-epsilon));
}

/** T(N(0, s^2), (1 - q) N(0, s^2) + q N(1, s^2)): one step of DP-SGD in one direction, exactly. */
export const tradeoffPoissonRemove = (fpr: number, rate: number, sigma: number): number =>
  (1 - rate) * (1 - fpr) + rate * normalCdf(-normalQuantile(fpr) - 1 / sigma);
