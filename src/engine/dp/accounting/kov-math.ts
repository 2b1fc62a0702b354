import { exp, log, log1p } from '../../kit/portable-math.ts';

/** Binomial masses to the last digits, and roots of falling functions: what exact composition and shuffling are made of. */

const halfLogTwoPi = 0.9189385332046727;

/** ln n! less Stirling's formula, for whole n >= 0. */
function stirlingError(n: number): number {
  if (n < 16) return (smallErrors[n] as number) ?? 0;
  const s = 1 / (n * n);
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / n;
}
const smallErrors = ((): readonly number[] => {
  const errors = [0];
  let factorial = 0;
  for (let n = 1; n < 16; n += 1) {
    factorial += log(n);
    errors.push(factorial - (n + 0.5) * log(n) + n - halfLogTwoPi);
  }
  return errors;
})();

/** x ln(x / m) + m - x without cancellation (Loader, 2000). */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j += 1) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return next;
    sum = next;
  }
  return sum;
}

/** ln P(Bin(n, p) = k), relative to 1e-14 of the mass also for n of millions (Loader, 2000). `q` = 1 - p. */
export function logBinomialMass(k: number, n: number, p: number, q: number = 1 - p): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  if (k === 0) return n * (p < 0.5 ? log1p(-p) : log(q));
  if (k === n) return n * (q < 0.5 ? log1p(-q) : log(p));
  const stirling = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  return stirling - deviance(k, n * p) - deviance(n - k, n * q) + 0.5 * (log(n) - log(k) - log(n - k)) - halfLogTwoPi;
}
export const binomialMass = (k: number, n: number, p: number, q: number = 1 - p): number =>
  exp(logBinomialMass(k, n, p, q));

/**
 * P(Bin(n, p) = k) for all k of a window that leaves out a mass below `tiny` of the whole on each side: masses from `from` on.
 */
export function binomialWindow(
  n: number,
  p: number,
  q: number,
  tiny: number,
): { readonly from: number; readonly mass: Float64Array } {
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const least = log(tiny) - log(n + 1);
  const inside = (k: number): boolean => logBinomialMass(k, n, p, q) >= least;
  const from = edge(mode, 0, inside);
  const to = edge(mode, n, inside);
  const mass = new Float64Array(to - from + 1);
  const odds = p / q;
  mass[mode - from] = binomialMass(mode, n, p, q);
  // Ratios of neighbours, anchored now and then so that their rounding does not add up.
  for (let k = mode + 1; k <= to; k += 1) {
    mass[k - from] =
      k % 128 === 0 ? binomialMass(k, n, p, q) : (mass[k - 1 - from] as number) * odds * ((n - k + 1) / k);
  }
  for (let k = mode - 1; k >= from; k -= 1) {
    mass[k - from] =
      k % 128 === 0 ? binomialMass(k, n, p, q) : ((mass[k + 1 - from] as number) / odds) * ((k + 1) / (n - k));
  }
  return { from, mass };
}

/** Farthest whole number from `start` towards `end` that is still inside. */
function edge(start: number, end: number, inside: (k: number) => boolean): number {
  if (inside(end)) return end;
  let [good, bad] = [start, end];
  while (Math.abs(bad - good) > 1) {
    const middle = Math.round((good + bad) / 2);
    if (inside(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * Least x in [low, high], to 1e-14 of its size, at which a falling function is at most `target` > 0; bounds must hold it. Steps of
 * false position on the logarithm between halvings. The answer is on the safe side: value(x) <= target.
 */
export function fallingRoot(value: (x: number) => number, target: number, low: number, high: number): number {
  if (value(low) <= target) return low;
  let [a, b] = [low, high];
  const goal = log(target);
  let atA = log(value(a)) - goal;
  let atB = Math.max(-800, log(value(b)) - goal);
  for (let i = 0; i < 200 && b - a > 1e-14 * Math.max(b, 1e-300); i += 1) {
    let x = a + (b - a) / 2;
    if (i % 3 !== 2 && atA < 800) {
      const guess = a + ((b - a) * atA) / (atA - atB);
      // A little beyond the guess towards the far end, so that both ends close in.
      const nudge = (guess - a < b - guess ? 1 : -1) * Math.min(1e-3 * (b - a), Math.abs(guess - x));
      x = guess + (i % 3 === 1 ? nudge : 0);
    }
    if (!(x > a && x < b)) x = a + (b - a) / 2;
    if (!(x > a && x < b)) break;
    const found = value(x);
    const at = log(found) - goal;
    if (found > target) [a, atA] = [x, at];
    else [b, atB] = [x, Math.max(-800, at)];
  }
  return b;
}
