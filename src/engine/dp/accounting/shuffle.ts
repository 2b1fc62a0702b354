import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import { binomialMass, binomialWindow, fallingRoot } from './kov-math.ts';

/** Privacy amplification by shuffling n local reports of epsilon0, replace-one of one report (Feldman, McMillan, Talwar, 2021). */

/** Theorem 3.1, closed form; holds for epsilon0 <= ln(n / (16 ln(2/delta))). */
export function shuffledEpsilon(epsilon0: number, n: number, delta: number): number {
  const e = exp(epsilon0);
  const gain = (8 * Math.sqrt(e * log(4 / delta))) / Math.sqrt(n) + (8 * e) / n;
  return log1p((expm1(epsilon0) / (e + 1)) * gain);
}

/** Largest epsilon0 the closed form holds for. */
export const shuffleLimit = (n: number, delta: number): number => log(n / (16 * log(2 / delta)));

/** Mass a window of clones leaves out; it is added to delta. */
const tiny = 1e-320;

/**
 * Delta at epsilon of the clone reduction, exactly: C ~ Bin(n-1, e^-epsilon0), A ~ Bin(C, 1/2), S ~ Bern(e^epsilon0 / (1 + e^epsilon0)),
 * (A + S, C - A + 1 - S) against (A + 1 - S, C - A + S). Given C the ratio of the two rises with the first entry, so that the
 * inner sum is (1 - e^epsilon) P(A >= a) + (w - e^epsilon (1 - w)) P(A = a - 1) from the least a that counts.
 */
export function cloneDelta(epsilon0: number, n: number, epsilon: number): number {
  if (epsilon >= epsilon0) return 0;
  const w = 1 / (1 + exp(-epsilon0));
  const v = 1 / (1 + exp(epsilon0));
  const { from, mass } = binomialWindow(n - 1, exp(-epsilon0), -expm1(-epsilon0), tiny);
  // w - e^epsilon (1 - w) and e^epsilon w - (1 - w).
  const gain = -v * expm1(epsilon - epsilon0) * exp(epsilon0);
  const cost = v * expm1(epsilon + epsilon0);
  const tau = cost / (cost + gain);
  const rise = expm1(epsilon);
  let sum = 0;
  let largest = 0;
  let [a, mass1, tail] = [0, 0, 0];
  // Few clones first: they hide least.
  for (let i = 0; i < mass.length; i += 1) {
    const c = from + i;
    const first = Math.floor(tau * (c + 1)) + 1;
    if (i % anchor === 0 || first < a) {
      a = first;
      mass1 = binomialMass(a - 1, c, 0.5);
      tail = upperTail(a, c, mass1);
    } else {
      // P(A >= a) and P(A = a - 1) for one more clone, then for the next a.
      tail += mass1 / 2;
      mass1 *= c / (2 * (c - a + 1));
      for (; a < first; a += 1) {
        mass1 *= (c - a + 1) / a;
        tail -= mass1;
      }
    }
    const part = first > c + 1 ? 0 : (mass[i] as number) * Math.max(0, gain * mass1 - rise * tail);
    sum += part;
    if (part > largest) largest = part;
    else if (part < 1e-18 * largest && i > mass.length / 2) break;
  }
  return Math.min(sum, w);
}

/** Steps between fresh binomial masses: in between they are carried on, at a rounding error each. */
const anchor = 64;

/** P(Bin(c, 1/2) >= a), given the mass at a - 1. */
function upperTail(a: number, c: number, before: number): number {
  let mass = before;
  let sum = 0;
  for (let x = a; x <= c; x += 1) {
    mass *= (c - x + 1) / x;
    sum += mass;
    if (mass * (c - x) < 1e-17 * sum) break;
  }
  return sum;
}

/** Least epsilon of the clone reduction at delta; epsilon0 where shuffling does not help. */
export function cloneEpsilon(epsilon0: number, n: number, delta: number): number {
  if (cloneDelta(epsilon0, n, epsilon0 * (1 - 1e-12)) > delta) return epsilon0;
  return fallingRoot((epsilon) => cloneDelta(epsilon0, n, epsilon), delta, 0, epsilon0);
}

/**
 * Exact delta at epsilon of n shuffled reports of binary randomized response when all other inputs are 0, the larger of both
 * directions: what any analysis must at least report.
 */
export function shuffledResponseDelta(epsilon0: number, n: number, epsilon: number): number {
  if (epsilon >= epsilon0) return 0;
  const lie = 1 / (1 + exp(epsilon0));
  const truth = 1 / (1 + exp(-epsilon0));
  const { from, mass } = binomialWindow(n - 1, lie, truth, tiny);
  const at = (y: number): number => mass[y - from] ?? 0;
  const factor = exp(epsilon);
  let up = 0;
  let down = 0;
  for (let y = from; y <= from + mass.length; y += 1) {
    // Ones among n reports when the watched input is 1, and when it is 0.
    const one = truth * at(y - 1) + lie * at(y);
    const zero = lie * at(y - 1) + truth * at(y);
    up += Math.max(0, one - factor * zero);
    down += Math.max(0, zero - factor * one);
  }
  return Math.max(up, down);
}
