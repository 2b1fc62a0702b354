import { exp, expm1, log, log1p, pow } from '../kit/portable-math.ts';

/** Closed forms of composition, groups and amplification; functions of plain numbers for accountants to use. */

/** Kairouz, Oh, Viswanath (2015), Theorem 3.5: the least of its three forms, for pure losses and slack delta'. */
export function kovClosedForm(epsilons: readonly number[], slack: number): number {
  let sum = 0;
  let squares = 0;
  let drift = 0;
  for (const epsilon of epsilons) {
    sum += epsilon;
    squares += epsilon * epsilon;
    drift += (epsilon * expm1(epsilon)) / (exp(epsilon) + 1);
  }
  const second = drift + Math.sqrt(2 * squares * log(Math.E + Math.sqrt(squares) / slack));
  const third = drift + Math.sqrt(2 * squares * log(1 / slack));
  return Math.min(sum, second, third);
}

/** Delta for a group of `group` units: delta (e^(group epsilon) - 1) / (e^epsilon - 1). */
export const groupDelta = (epsilon: number, delta: number, group: number): number =>
  (delta * expm1(group * epsilon)) / expm1(epsilon);

/** ln(1 + q (e^epsilon - 1)): Poisson sampling with add/remove, or without replacement with replace-one. */
export const subsampledEpsilon = (epsilon: number, q: number): number => log1p(q * expm1(epsilon));

/** Epsilon the mechanism may have so that the sampled one keeps `target`. */
export const requiredBaseEpsilon = (target: number, q: number): number => log1p(expm1(target) / q);

/** Share of distinct rows that m draws with replacement out of n touch: 1 - (1 - 1/n)^m. */
export const withReplacementShare = (n: number, m: number): number => -expm1(m * log1p(-1 / n));

/** Feldman, McMillan, Talwar (2021), Theorem 3.1: epsilon of n shuffled reports of epsilon0. */
export function shuffledEpsilon(epsilon0: number, n: number, delta: number): number {
  const e = exp(epsilon0);
  const gain = (8 * Math.sqrt(e * log(4 / delta))) / Math.sqrt(n) + (8 * e) / n;
  return log1p((expm1(epsilon0) / (e + 1)) * gain);
}

/** Fully adaptive filter (Whitehouse et al., 2023): sqrt(2 ln(1/slack) S) + S / 2 with S the sum of squared epsilons. */
export const filterEpsilon = (squares: number, slack: number): number =>
  Math.sqrt(2 * log(1 / slack) * squares) + squares / 2;

/** zCDP (Bun, Steinke, 2016): rho + 2 sqrt(rho ln(1/delta)) and exp(-(epsilon - rho)^2 / (4 rho)). */
export const zcdpEpsilon = (rho: number, delta: number): number => rho + 2 * Math.sqrt(rho * log(1 / delta));
export function zcdpDelta(rho: number, epsilon: number): number {
  const gap = epsilon - rho;
  return gap <= 0 ? 1 : exp((-gap * gap) / (4 * rho));
}
/** Largest rho whose classic epsilon at delta is `epsilon`: (sqrt(ln(1/delta) + epsilon) - sqrt(ln(1/delta)))^2. */
export function zcdpRho(epsilon: number, delta: number): number {
  const l = log(1 / delta);
  const root = epsilon / (Math.sqrt(l + epsilon) + Math.sqrt(l));
  return root * root;
}

/** Renyi DP of one release at order alpha. */
export const rdpGaussian = (alpha: number, sigma: number, sensitivity: number): number =>
  (alpha * sensitivity * sensitivity) / (2 * sigma * sigma);

/** Binary randomized response that tells the truth with probability p (Mironov, 2017, Proposition 5), in log space. */
export function rdpRandomizedResponse(alpha: number, p: number): number {
  const truth = log(p);
  const lie = log1p(-p);
  return logSum(alpha * truth + (1 - alpha) * lie, alpha * lie + (1 - alpha) * truth) / (alpha - 1);
}

/** Laplace noise, epsilon0 = sensitivity / scale (Mironov, 2017, Proposition 6), in log space. */
export function rdpLaplace(alpha: number, epsilon0: number): number {
  const up = log(alpha / (2 * alpha - 1)) + (alpha - 1) * epsilon0;
  const down = log((alpha - 1) / (2 * alpha - 1)) - alpha * epsilon0;
  return logSum(up, down) / (alpha - 1);
}

/** ln(e^a + e^b) without overflow. */
function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  return high + log1p(exp(Math.min(a, b) - high));
}

/** Split that minimises the weighted sum of variances: epsilon_i in proportion to (w_i D_i^2)^(1/3) (Laplace). */
export function optimalLaplaceSplit(
  weights: readonly number[],
  sensitivities: readonly number[],
  epsilon: number,
): readonly number[] {
  const roots = weights.map((weight, i) => pow(weight * (sensitivities[i] ?? 0) * (sensitivities[i] ?? 0), 1 / 3));
  const sum = roots.reduce((a, b) => a + b, 0);
  return roots.map((root) => (epsilon * root) / sum);
}

/** The same for Gaussian noise under zCDP: rho_i in proportion to D_i sqrt(w_i). */
export function optimalZcdpSplit(
  weights: readonly number[],
  sensitivities: readonly number[],
  rho: number,
): readonly number[] {
  const roots = weights.map((weight, i) => (sensitivities[i] ?? 0) * Math.sqrt(weight));
  const sum = roots.reduce((a, b) => a + b, 0);
  return roots.map((root) => (rho * root) / sum);
}
