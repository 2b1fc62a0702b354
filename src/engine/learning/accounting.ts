import { rdpPoissonGaussian } from '../dp/accounting/rdp-sampled.ts';
import { exp, expm1, log, log1p } from '../kit/portable-math.ts';

/** Epsilon at a delta, with the Rényi order it was found at. */
export interface EpsilonAtOrder {
  readonly epsilon: number;
  readonly order: number;
}

/** Rényi orders tried: the integers 2..256. */
const lowestOrder = 2;
const highestOrder = 256;

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
  epsilonFromRdp((order) => rounds * rdpPoissonGaussian(order, q, z), delta);

/**
 * Largest balanced accuracy of any membership test against an (epsilon, delta) mechanism:
 * (e^eps + delta) / (1 + e^eps) (Kairouz, Oh, Viswanath 2015: advantage <= (e^eps - 1 + 2 delta)/(e^eps + 1)).
 */
export function accuracyBound(epsilon: number, delta: number): number {
  if (!(epsilon < 700)) return 1;
  return Math.min(1, 0.5 * (1 + (expm1(epsilon) + 2 * delta) / (exp(epsilon) + 1)));
}
