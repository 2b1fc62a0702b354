import { invalidParam } from '../kit/errors.ts';
import { compare, ratio } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { fillBy } from './sampler.ts';
import type { IntegerSampler } from './sampler.ts';
import { ExpCoin } from './sampler-bernoulli.ts';
import { discreteLaplaceSampler, discreteLaplaceWith } from './sampler-discrete-laplace.ts';
import { checkedScale } from './sampler-geometric.ts';
import type { DigitShape } from './sampler-geometric.ts';
import { uniformBelow } from './words.ts';
import type { Words } from './words.ts';

/** Discrete Laplace about a truth, given that it falls in a declared range. */
export interface BoundedSampler {
  readonly lower: number;
  readonly upper: number;
  /**
   * P(y) proportional to exp(-|y - truth| / scale) for lower <= y <= upper; the truth is whole and in the range.
   * @throws invalid-param for a truth outside the range.
   */
  drawAround(words: Words, truth: number): number;
}

/**
 * Bounded-domain discrete Laplace (Holohan, Antonatos, Braghin, Mac Aonghusa, 2020), exact, by rejection: at least 0.3 of the proposals
 * are kept, from the discrete Laplace where the range is wider than the scale, else uniform over the range.
 * @throws invalid-param for a scale that is not positive, or bounds not whole or reversed.
 */
export function boundedLaplaceSampler(
  scale: Ratio | number,
  lower: number,
  upper: number,
  shape?: DigitShape,
): BoundedSampler {
  const exact = checkedScale(scale);
  if (!(Number.isSafeInteger(lower) && Number.isSafeInteger(upper) && lower <= upper)) {
    throw invalidParam('bounds', 'whole numbers, the lower one first', [lower, upper]);
  }
  const width = upper - lower;
  const coin = new ExpCoin(ratio(1n, exact), shape?.wordBits);
  const noise = shape === undefined ? discreteLaplaceSampler(exact) : discreteLaplaceWith(exact, shape);
  const narrow = width < 9007199254740992 && compare(ratio(width), exact) <= 0;
  return {
    lower,
    upper,
    drawAround: (words, truth) => {
      if (!(Number.isInteger(truth) && truth >= lower && truth <= upper)) {
        throw invalidParam('truth', `a whole number, ${lower} to ${upper}`, truth);
      }
      for (;;) {
        if (narrow) {
          const y = lower + uniformBelow(words, width + 1);
          if (coin.flip(words, Math.abs(y - truth))) return y;
        } else {
          const y = truth + noise.draw(words);
          if (y >= lower && y <= upper) return y;
        }
        words.restart();
      }
    },
  };
}

/**
 * Truncated discrete Laplace (Geng, Ding, Guo, Kumar, 2018): P(x) proportional to exp(-|x| / scale) for |x| <= bound. Exact.
 * @throws invalid-param for a scale that is not positive or a bound that is not a whole number.
 */
export function truncatedLaplaceSampler(scale: Ratio | number, bound: number, shape?: DigitShape): IntegerSampler {
  if (!(Number.isSafeInteger(bound) && bound >= 0)) throw invalidParam('bound', 'a whole number of at least 0', bound);
  const around = boundedLaplaceSampler(scale, 0 - bound, bound, shape);
  const draw = (words: Words): number => around.drawAround(words, 0);
  return { draw, fill: (rng, out) => fillBy({ draw }, rng, out) };
}
