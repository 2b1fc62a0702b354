import { exp, expm1 } from '../../kit/portable-math.ts';
import { knotRule, panelRule } from './quadrature.ts';

/**
 * Exact laws of the mechanisms that choose one of several candidates by their scores. `rate` is what one unit of score
 * weighs in the exponent: see `rateOf`. Every probability keeps its relative precision, however far apart the scores are.
 */

/**
 * epsilon / (2 sensitivity); epsilon / sensitivity where one unit moves all scores the same way (counts under add/remove).
 * Holds for the exponential mechanism (McSherry, Talwar, 2007), permute-and-flip (McKenna, Sheldon, 2020) and noisy max.
 */
export const rateOf = (epsilon: number, sensitivity: number, monotone: boolean): number =>
  epsilon / ((monotone ? 1 : 2) * sensitivity);

/** Exponential mechanism (also the largest of scores with Gumbel noise): softmax of rate x score. */
export function exponentialProbabilities(scores: ArrayLike<number>, rate: number): Float64Array {
  const top = largest(scores);
  const out = Float64Array.from(scores, (score) => exp(rate * (score - top)));
  let total = 0;
  for (const weight of out) total += weight;
  return out.map((weight) => weight / total);
}

/**
 * Permute-and-flip: candidates in random order, each taken with probability p_i = e^(rate (score - largest)). A candidate at
 * place t of [0, 1] comes after each other one with probability t, so P(i) = p_i * integral of prod_(j != i) (1 - t p_j): the
 * sum over elementary symmetric polynomials of McKenna and Sheldon (2020), without its cancellation.
 */
export function permuteAndFlipProbabilities(scores: ArrayLike<number>, rate: number): Float64Array {
  const top = largest(scores);
  const n = scores.length;
  const heads = Float64Array.from(scores, (score) => exp(rate * (score - top)));
  const tails = Float64Array.from(scores, (score) => -expm1(rate * (score - top)));
  let sum = 0;
  for (const p of heads) sum += p;
  // The product falls at least like e^(-(sum - 1) t): beyond `end` nothing is left.
  const end = Math.min(1, 60 / Math.max(1, sum - 1));
  const panels = Math.ceil((end * sum) / 2);
  const rule = panelRule(Array.from({ length: panels + 1 }, (_, k) => (end * k) / panels));
  const out = new Float64Array(n);
  const factors = new Float64Array(n);
  for (let q = 0; q < rule.nodes.length; q += 1) {
    const t = rule.nodes[q] as number;
    let product = rule.weights[q] as number;
    for (let j = 0; j < n; j += 1) {
      const factor = 1 - t + t * (tails[j] as number);
      factors[j] = factor;
      product *= factor;
    }
    for (let i = 0; i < n; i += 1) out[i] = (out[i] as number) + product / (factors[i] as number);
  }
  return out.map((integral, i) => integral * (heads[i] as number));
}

/** Report noisy max: the largest of score + Laplace(1 / rate) (Dwork, Roth, 2014, section 3.3), by quadrature. */
export function noisyMaxProbabilities(scores: ArrayLike<number>, rate: number): Float64Array {
  const n = scores.length;
  const top = largest(scores);
  // In units of the noise, the best candidate at 0.
  const at = Float64Array.from(scores, (score) => rate * (score - top));
  const knots = [...new Set(at)].filter((x) => x > -750).sort((a, b) => a - b);
  const rule = knotRule(knots, 0.5, 60);
  const out = new Float64Array(n);
  const below = new Float64Array(n);
  for (let q = 0; q < rule.nodes.length; q += 1) {
    const x = rule.nodes[q] as number;
    let product = rule.weights[q] as number;
    for (let j = 0; j < n && product > 0; j += 1) {
      const cdf = laplaceCdf(x - (at[j] as number));
      below[j] = cdf;
      product *= cdf;
    }
    if (product < 1e-300) continue;
    for (let i = 0; i < n; i += 1) {
      const density = exp(-Math.abs(x - (at[i] as number))) / 2;
      out[i] = (out[i] as number) + (product * density) / (below[i] as number);
    }
  }
  return out;
}

/** Expected shortfall: largest score minus the score of what is chosen. */
export function expectedGap(scores: ArrayLike<number>, probabilities: Float64Array): number {
  const top = largest(scores);
  let gap = 0;
  for (let i = 0; i < scores.length; i += 1) gap += (probabilities[i] as number) * (top - (scores[i] as number));
  return gap;
}

/** P(X <= x) of Laplace noise of scale 1. */
export const laplaceCdf = (x: number): number => (x < 0 ? exp(x) / 2 : 1 - exp(-x) / 2);

export function largest(scores: ArrayLike<number>): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i += 1) if ((scores[i] as number) > top) top = scores[i] as number;
  return top;
}
