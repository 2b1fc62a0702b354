import { exp, log, pow } from '../kit/portable-math.ts';

/** Frequency oracles over d values at budget epsilon (Wang et al., 2017; Ye and Barg, 2018): P(support own), P(support other). */
export interface Support {
  readonly p: number;
  readonly q: number;
}

/** Generalised randomized response: keep the value, else any other one. */
export function grr(epsilon: number, d: number): Support {
  const e = exp(epsilon);
  return { p: e / (e + d - 1), q: 1 / (e + d - 1) };
}

/** Symmetric unary encoding. */
export function symmetricUnary(epsilon: number): Support {
  const s = exp(epsilon / 2);
  return { p: s / (s + 1), q: 1 / (s + 1) };
}

/** Optimised unary encoding. */
export const optimisedUnary = (epsilon: number): Support => ({ p: 0.5, q: 1 / (exp(epsilon) + 1) });

/** Local hashing into g values; the optimal g is round(e^epsilon) + 1, and 2 is the binary form. */
export function localHash(epsilon: number, g = Math.round(exp(epsilon)) + 1): Support & { readonly g: number } {
  const e = exp(epsilon);
  return { g, p: e / (e + g - 1), q: 1 / g };
}

/** Subset selection with subsets of size w (default: the rounded optimum d / (e^epsilon + 1)). */
export function subsetSelection(
  epsilon: number,
  d: number,
  w = Math.max(1, Math.round(d / (exp(epsilon) + 1))),
): Support & { readonly w: number } {
  const e = exp(epsilon);
  const all = w * e + d - w;
  return { w, p: (w * e) / all, q: ((w - 1) * w * e + (d - w) * w) / ((d - 1) * all) };
}

/** Variance of the unbiased share estimate of a value with true share f among n reports, population fixed. */
export const oracleVariance = ({ p, q }: Support, f: number, n: number): number =>
  (q * (1 - q)) / (n * (p - q) * (p - q)) + (f * (1 - p - q)) / (n * (p - q));

/** Size of subset with the smallest variance of an absent value. */
export function bestSubset(epsilon: number, d: number): number {
  let best = 1;
  for (let w = 2; w < d; w += 1) {
    if (
      oracleVariance(subsetSelection(epsilon, d, w), 0, 1) < oracleVariance(subsetSelection(epsilon, d, best), 0, 1)
    ) {
      best = w;
    }
  }
  return best;
}

/** Name of the oracle with the smallest variance of an absent value; the first wins ties. */
export function bestOracle(epsilon: number, d: number): string {
  const candidates: readonly (readonly [string, Support])[] = [
    ['grr', grr(epsilon, d)],
    ['sue', symmetricUnary(epsilon)],
    ['oue', optimisedUnary(epsilon)],
    ['olh', localHash(epsilon)],
    ['ss', subsetSelection(epsilon, d)],
  ];
  let best = candidates[0] as readonly [string, Support];
  for (const one of candidates) if (oracleVariance(one[1], 0, 1) < oracleVariance(best[1], 0, 1)) best = one;
  return best[0];
}

/** Chance of guessing one owner's value from one report, uniform prior over k values. */
export const guessUnary = ({ p, q }: Support, k: number): number =>
  (p * (1 - pow(1 - q, k))) / (k * q) + ((1 - p) * pow(1 - q, k - 1)) / k;

/** Two-coin parameters equal to symmetric and optimised unary encoding of a one-hot budget, and the best for one bit. */
export function coinsOfSymmetricUnary(epsilon: number): Support {
  const s = exp(epsilon / 2);
  return { p: (s - 1) / (s + 1), q: 0.5 };
}
export function coinsOfOptimisedUnary(epsilon: number): Support {
  const e = exp(epsilon);
  return { p: (e - 1) / (2 * (e + 1)), q: 2 / (e + 3) };
}
export function coinsOfSingleBit(epsilon: number): Support {
  const e = exp(epsilon);
  return { p: (e - 1) / (e + 1), q: 0.5 };
}

/** Epsilons of RAPPOR's permanent and instantaneous answers with h hashes, and the chances of a reported one. */
export function rapporEpsilons(f: number, p: number, q: number, h: number): readonly number[] {
  const s1 = (f * (p + q)) / 2 + (1 - f) * q;
  const s0 = (f * (p + q)) / 2 + (1 - f) * p;
  return [2 * h * log((1 - f / 2) / (f / 2)), h * log((s1 * (1 - s0)) / (s0 * (1 - s1))), s1, s0];
}

/** Thresholded histogram encoding (Laplace of scale 2 / epsilon per coordinate): support = noisy value above theta. */
export const thresholded = (epsilon: number, theta: number): Support => ({
  p: 1 - exp((epsilon * (theta - 1)) / 2) / 2,
  q: exp((-epsilon * theta) / 2) / 2,
});

/** Threshold in [1/2, 1] with the smallest variance of an absent value, by golden section. */
export function bestThreshold(epsilon: number): number {
  const golden = 0.6180339887498949;
  const loss = (theta: number): number => oracleVariance(thresholded(epsilon, theta), 0, 1);
  let low = 0.5;
  let high = 1;
  for (let i = 0; i < 80; i += 1) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}
