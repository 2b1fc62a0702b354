import type { LossLaw } from '../../kit/loss-law.ts';
import type { Rng } from '../../rng/rng.ts';
import { bernoulliExp, type Rational, rationalScale } from '../../rng/samplers-exact.ts';
import { discreteLaplaceDraws } from '../noise.ts';
import type { SelectorId } from './split.ts';
import {
  exponentialProbabilities,
  largest,
  noisyMaxProbabilities,
  permuteAndFlipProbabilities,
} from './probabilities.ts';

/**
 * Mechanisms that choose one candidate by its score. Scores are whole (counts, or steps of a rank), so that every draw is exact: integer
 * arithmetic and coins of probability e^-(a/b) only, from a seeded source as from a cryptographic one.
 */
export interface Selector {
  readonly id: SelectorId;
  /** Law of the loss of one choice at that epsilon. */
  law(epsilon: number): LossLaw;
  /** Exact probabilities at `rate` per step of score (noisy max: of continuous noise; its draws are on the whole numbers). */
  probabilities(scores: ArrayLike<number>, rate: number): Float64Array;
  /** Index of the chosen candidate. `scale` = 1 / rate, see `scaleOf`. */
  draw(rng: Rng, scores: ArrayLike<number>, scale: Rational): number;
}

/** 1 / rate as a ratio of whole numbers, never below it: the choice costs at most the epsilon the rate was made for. */
export const scaleOf = (rate: number): Rational => rationalScale(1 / rate);

/** True with probability e^-(gap / scale), for a whole gap >= 0 below 2^32. Exact. */
export function survives(rng: Rng, gap: number, { numerator, denominator }: Rational): boolean {
  let left = gap * denominator;
  for (; left > numerator; left -= numerator) if (!bernoulliExp(rng, 1, 1)) return false;
  return bernoulliExp(rng, left, numerator);
}

/** Candidates in random order until one's coin of probability e^-(gap / scale) falls (McKenna, Sheldon, 2020, Algorithm 1). */
function permuteAndFlip(rng: Rng, scores: ArrayLike<number>, scale: Rational): number {
  const top = largest(scores);
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i);
  // The best candidate's coin always falls: the loop ends with it at the latest.
  for (let left = order.length; ; left -= 1) {
    const at = rng.int(left);
    const candidate = order[at] as number;
    if (survives(rng, top - (scores[candidate] as number), scale)) return candidate;
    order[at] = order[left - 1] as number;
  }
}

/** Uniform candidates until one's coin falls: P(i) proportional to e^(score / scale). At most n coins are expected. */
function exponential(rng: Rng, scores: ArrayLike<number>, scale: Rational): number {
  const top = largest(scores);
  for (;;) {
    const candidate = rng.int(scores.length);
    if (survives(rng, top - (scores[candidate] as number), scale)) return candidate;
  }
}

/**
 * Largest of score + discrete Laplace noise; among equals, each in turn takes the place of the one before with probability 1 / their
 * number, which is an order drawn in advance. For a fixed order the usual proof holds on the whole numbers.
 */
function noisyMax(rng: Rng, scores: ArrayLike<number>, scale: Rational): number {
  let best = Number.NEGATIVE_INFINITY;
  let chosen = 0;
  let equals = 0;
  const draw = discreteLaplaceDraws(rng, scale);
  for (let i = 0; i < scores.length; i += 1) {
    const noisy = (scores[i] as number) + draw();
    if (noisy < best) continue;
    equals = noisy > best ? 1 : equals + 1;
    if (noisy > best || rng.int(equals) === 0) chosen = i;
    best = noisy;
  }
  return chosen;
}

/** Selection mechanisms, one entry each. */
export const selectors: Readonly<Record<SelectorId, Selector>> = {
  'permute-and-flip': {
    id: 'permute-and-flip',
    law: (epsilon) => ({ kind: 'pure', epsilon }),
    probabilities: permuteAndFlipProbabilities,
    draw: permuteAndFlip,
  },
  exponential: {
    id: 'exponential',
    law: (epsilon) => ({ kind: 'bounded-range', epsilon }),
    probabilities: exponentialProbabilities,
    draw: exponential,
  },
  'noisy-max': {
    id: 'noisy-max',
    law: (epsilon) => ({ kind: 'pure', epsilon }),
    probabilities: noisyMaxProbabilities,
    draw: noisyMax,
  },
};
