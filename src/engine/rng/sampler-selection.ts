import { invalidParam } from '../kit/errors.ts';
import { positive } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { fillBy } from './sampler.ts';
import type { IntegerSampler } from './sampler.ts';
import { ExpCoin } from './sampler-bernoulli.ts';
import { uniformBelow } from './words.ts';
import type { Words } from './words.ts';

/**
 * Exact selection among candidates with whole scores (steps of a grid). `rate` is epsilon / (2 sensitivity), or epsilon / sensitivity
 * where one unit moves all scores the same way; both as exact ratios. A draw is the index of the choice.
 */

/**
 * Permute-and-flip (McKenna, Sheldon, 2020, Algorithm 1): candidates in random order, each taken with probability
 * exp(-rate (best - score)). Never worse than the exponential mechanism. Exact.
 * @throws invalid-param for no candidates, scores that are not whole or a rate that is not positive.
 */
export function permuteAndFlipSampler(
  scores: ArrayLike<number>,
  rate: Ratio | number,
  wordBits?: number,
): IntegerSampler {
  const { gaps, coin } = candidates(scores, rate, wordBits);
  const order = new Int32Array(gaps.length);
  const draw = (words: Words): number => {
    for (let i = 0; i < order.length; i += 1) order[i] = i;
    for (let i = 0; ; i += 1) {
      // The order is drawn only as far as it is needed.
      const j = i + uniformBelow(words, order.length - i);
      const candidate = order[j] as number;
      order[j] = order[i] as number;
      order[i] = candidate;
      if (coin.flip(words, gaps[candidate] as number)) return candidate;
    }
  };
  return { draw, fill: (rng, out) => fillBy({ draw }, rng, out) };
}

/**
 * Exponential mechanism (McSherry, Talwar, 2007): P(i) proportional to exp(rate score_i). Exact, by rejection: a candidate at random, taken
 * with probability exp(-rate (best - score)); as many tries as there are candidates at most, on average.
 * @throws invalid-param for no candidates, scores that are not whole or a rate that is not positive.
 */
export function exponentialMechanismSampler(
  scores: ArrayLike<number>,
  rate: Ratio | number,
  wordBits?: number,
): IntegerSampler {
  const { gaps, coin } = candidates(scores, rate, wordBits);
  const draw = (words: Words): number => {
    for (;;) {
      const candidate = uniformBelow(words, gaps.length);
      if (coin.flip(words, gaps[candidate] as number)) return candidate;
      words.restart();
    }
  };
  return { draw, fill: (rng, out) => fillBy({ draw }, rng, out) };
}

function candidates(scores: ArrayLike<number>, rate: Ratio | number, wordBits?: number) {
  if (scores.length === 0) throw invalidParam('scores', 'at least one candidate', 'none');
  let best = -Infinity;
  for (let i = 0; i < scores.length; i += 1) {
    const score = scores[i] as number;
    if (!(Number.isInteger(score) && Math.abs(score) <= LARGEST_SCORE)) {
      throw invalidParam('scores', 'whole numbers of steps up to 2^52', score);
    }
    best = Math.max(best, score);
  }
  const gaps = Float64Array.from(scores, (score) => best - score);
  return { gaps, coin: new ExpCoin(positive('rate', rate), wordBits) };
}

/** 2^52, so that differences are exact. */
const LARGEST_SCORE = 4503599627370496;
