import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import { discreteGaussianRdp } from '../discrete-gaussian.ts';
import { logOdds } from './pure.ts';
import { exponentialRest, logSinh, logSinhc, logSum, softplus } from './rdp-math.ts';
import { rdpPoissonGaussian } from './rdp-sampled.ts';

/**
 * Renyi differential privacy (Mironov, 2017) of single releases at an order alpha > 1, integer or not. Values are exact to a
 * few units in the last place also where they are tiny: terms that cancel are taken off by hand.
 */

/** Gaussian noise: alpha D^2 / (2 sigma^2). */
export const rdpGaussian = (alpha: number, sigma: number, sensitivity: number): number =>
  (alpha * sensitivity * sensitivity) / (2 * sigma * sigma);

/** Binary randomized response that tells the truth with probability p (Mironov, 2017, Proposition 5). */
export const rdpRandomizedResponse = (alpha: number, p: number): number => rdpPure(alpha, Math.abs(logOdds(p)));

/** Worst case over all epsilon-private releases: binary randomized response with log odds epsilon. */
export const rdpPure = (alpha: number, epsilon: number): number => flipRdp(alpha, epsilon, -softplus(epsilon));

/** k-ary randomized response: keeps the value with probability 1 - noise, else draws from all k; replace-one. */
export function rdpKaryResponse(alpha: number, k: number, noise: number): number {
  const lie = log(noise / k);
  return flipRdp(alpha, log1p((k * (1 - noise)) / noise), lie);
}

/**
 * Two answers of odds e^epsilon and e^-epsilon, each lie of probability e^lie, all others equally likely in both worlds:
 * A - 1 = 4 e^lie e^(epsilon/2) sinh(alpha epsilon / 2) sinh((alpha - 1) epsilon / 2).
 */
function flipRdp(alpha: number, epsilon: number, lie: number): number {
  if (epsilon === 0) return 0;
  if (epsilon === Number.POSITIVE_INFINITY) return epsilon;
  const rest = 2 * Math.LN2 + lie + epsilon / 2 + logSinh((alpha * epsilon) / 2) + logSinh(((alpha - 1) * epsilon) / 2);
  return softplus(rest) / (alpha - 1);
}

/** Laplace noise, epsilon0 = sensitivity / scale (Mironov, 2017, Proposition 6). */
export function rdpLaplace(alpha: number, epsilon0: number): number {
  const down = alpha - 1;
  if (alpha * epsilon0 < 1) {
    const rest =
      (alpha * exponentialRest(down * epsilon0) + down * exponentialRest(-alpha * epsilon0)) / (2 * alpha - 1);
    return log1p(rest) / down;
  }
  const high = log(alpha / (2 * alpha - 1)) + down * epsilon0;
  return logSum(high, log(down / (2 * alpha - 1)) - alpha * epsilon0) / down;
}

/** Two-sided geometric noise of that scale on whole numbers, whole sensitivity: exact sums of geometric series. */
export function rdpDiscreteLaplace(alpha: number, scale: number, sensitivity: number): number {
  if (sensitivity === 0) return 0;
  const ratio = exp(-1 / scale);
  const epsilon0 = sensitivity / scale;
  if (sensitivity <= 64 && alpha * epsilon0 < 1) {
    // The losses (D - 2x) / scale and their probabilities; the linear terms cancel because E e^-loss = 1.
    const part = (loss: number): number => exponentialRest((alpha - 1) * loss) + (alpha - 1) * exponentialRest(-loss);
    let rest = (part(epsilon0) + exp(-epsilon0) * part(-epsilon0)) / (1 + ratio);
    for (let x = 1; x < sensitivity; x += 1) {
      rest += ((1 - ratio) / (1 + ratio)) * exp(-x / scale) * part((sensitivity - 2 * x) / scale);
    }
    return log1p(rest) / (alpha - 1);
  }
  let total = logSum((alpha - 1) * epsilon0, -alpha * epsilon0) - log1p(ratio);
  if (sensitivity > 1) {
    const step = (2 * alpha - 1) / scale;
    const middle = logGeometric(step, sensitivity - 1) + (alpha - 1) * epsilon0;
    total = logSum(total, middle + log(-expm1(-1 / scale)) - log1p(ratio));
  }
  return Math.max(0, total) / (alpha - 1);
}

/** ln of sum_{x=1}^{n} e^(-step x). */
const logGeometric = (step: number, n: number): number => -step + log(-expm1(-step * n)) - log(-expm1(-step));

/**
 * Releases whose loss lies in an interval of length epsilon (exponential mechanism, Gumbel noisy max): the worst two-point
 * loss {t, t - epsilon}, in closed form. With s(z) = ln(sinh(z/2) / (z/2)) the worst t is epsilon / 2 + s(alpha epsilon) -
 * s((alpha - 1) epsilon), and the divergence (alpha s(alpha epsilon) - (alpha - 1) s((alpha - 1) epsilon) - s(epsilon)) /
 * (alpha - 1); at most epsilon^2 alpha / 8 (Dong, Durfee, Rogers, 2020; Cesar, Rogers, 2021).
 */
export function rdpBoundedRange(alpha: number, epsilon: number): number {
  const down = alpha - 1;
  const sum = alpha * logSinhc(alpha * epsilon) - down * logSinhc(down * epsilon) - logSinhc(epsilon);
  return Math.max(0, sum) / down;
}

/**
 * Divergence of one release of a law at order alpha; `undefined` for a law with a chance of total failure (its delta is taken
 * off before, see losses.ts).
 */
export function rdpOf(law: LossLaw, alpha: number): number | undefined {
  switch (law.kind) {
    case 'pure':
      return rdpPure(alpha, law.epsilon);
    case 'approximate':
      return law.delta === 0 ? rdpPure(alpha, law.epsilon) : undefined;
    case 'laplace':
      return rdpLaplace(alpha, law.epsilon);
    case 'discrete-laplace':
      return rdpDiscreteLaplace(alpha, law.scale, law.sensitivity);
    case 'gaussian':
      return (alpha * law.mu * law.mu) / 2;
    case 'discrete-gaussian':
      return discreteGaussianRdp(alpha, law.sigma2, law.sensitivity);
    case 'randomized-response':
      return rdpRandomizedResponse(alpha, law.truth);
    case 'bounded-range':
      return rdpBoundedRange(alpha, law.epsilon);
    case 'poisson-gaussian':
      return rdpPoissonGaussian(alpha, law.rate, law.sigma);
    case 'zcdp':
      return alpha * law.rho;
  }
}
