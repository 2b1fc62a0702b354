import { exp, expm1, gammaln, log, log1p } from '../kit/portable-math.ts';

/** Epsilon at a delta, with the Rényi order it was found at. */
export interface EpsilonAtOrder {
  readonly epsilon: number;
  readonly order: number;
}

/** Rényi orders tried: the integers 2..256. */
const lowestOrder = 2;
const highestOrder = 256;

/**
 * Rényi divergence of order `order` (integer >= 2) of the Poisson-sampled Gaussian mechanism with sampling rate `q` and
 * noise multiplier `z`, add/remove neighbours: ln sum_k C(a,k) (1-q)^(a-k) q^k e^{k(k-1)/(2z^2)} / (a-1)
 * (Mironov, Talwar, Zhang 2019, section 3.3). Infinite without noise.
 */
export function sampledGaussianRdp(q: number, z: number, order: number): number {
  if (z === 0) return q === 0 ? 0 : Number.POSITIVE_INFINITY;
  if (q === 1) return order / (2 * z * z);
  if (q === 0) return 0;
  const terms = new Float64Array(order + 1);
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k <= order; k += 1) {
    const binomial = gammaln(order + 1) - gammaln(k + 1) - gammaln(order - k + 1);
    const term = binomial + (order - k) * log1p(-q) + k * log(q) + (k * (k - 1)) / (2 * z * z);
    terms[k] = term;
    largest = Math.max(largest, term);
  }
  let sum = 0;
  for (const term of terms) sum += exp(term - largest);
  return (largest + log(sum)) / (order - 1);
}

/**
 * Epsilon of mechanisms whose Rényi divergences add up to `rdpAt(order)`, by
 * eps = rdp - (ln delta + ln a)/(a-1) + ln((a-1)/a), smallest over integer orders 2..256 (Canonne et al. 2020, prop. 12).
 */
export function epsilonFromRdp(rdpAt: (order: number) => number, delta: number): EpsilonAtOrder {
  let best: EpsilonAtOrder = { epsilon: Number.POSITIVE_INFINITY, order: lowestOrder };
  for (let order = lowestOrder; order <= highestOrder; order += 1) {
    const epsilon = rdpAt(order) - (log(delta) + log(order)) / (order - 1) + log1p(-1 / order);
    if (epsilon < best.epsilon) best = { epsilon: Math.max(0, epsilon), order };
  }
  return best;
}

/** Epsilon of `rounds` rounds of DP-FedAvg with client sampling rate `q` (McMahan et al. 2018). */
export const dpFedAvgEpsilon = (q: number, z: number, rounds: number, delta: number): EpsilonAtOrder =>
  epsilonFromRdp((order) => rounds * sampledGaussianRdp(q, z, order), delta);

/**
 * Largest balanced accuracy of any membership test against an (epsilon, delta) mechanism:
 * (e^eps + delta) / (1 + e^eps) (Kairouz, Oh, Viswanath 2015: advantage <= (e^eps - 1 + 2 delta)/(e^eps + 1)).
 */
export function accuracyBound(epsilon: number, delta: number): number {
  if (!(epsilon < 700)) return 1;
  return Math.min(1, 0.5 * (1 + (expm1(epsilon) + 2 * delta) / (exp(epsilon) + 1)));
}
