import { describe, expect, it } from 'vitest';
import { exp } from '../kit/portable-math.ts';
import { deviation, walkTapes } from '../testing/tapes.ts';
import { ratio } from './ratio.ts';
import { bernoulliExpSampler, bernoulliSampler, ExpCoin, randomizedResponseSampler } from './sampler-bernoulli.ts';
import { discreteGaussianWith } from './sampler-discrete-gaussian.ts';
import { discreteLaplaceWith } from './sampler-discrete-laplace.ts';
import { geometricWith } from './sampler-geometric.ts';
import { exponentialMechanismSampler, permuteAndFlipSampler } from './sampler-selection.ts';
import { staircaseSampler } from './sampler-staircase.ts';
import { boundedLaplaceSampler, truncatedLaplaceSampler } from './sampler-truncated.ts';
import { fairCoin, uniformBelow } from './words.ts';
import type { Words } from './words.ts';

/**
 * Every sampler is run on every tape of words of 1 to 4 bits until 2^-20 of the probability is left open; what it returned must then have
 * the stated probability, up to what is left open. No chance is involved. The same code runs with words of 32 bits.
 */

type Draw = (words: Words) => number;
interface Law {
  readonly name: string;
  readonly wordBits: readonly number[];
  readonly make: (wordBits: number) => Draw;
  readonly support: readonly number[];
  /** Up to a factor. */
  readonly weight: (x: number) => number;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const all = [1, 2, 3, 4];
const drawOf = (sampler: { draw: Draw }): Draw => sampler.draw.bind(sampler);
const coarse = { digitBits: 1, topScale: 1 };
const fine = { digitBits: 8, topScale: 16 };

/** P(i) of permute-and-flip, summed over all orders. */
function permuteAndFlipMass(scores: readonly number[], rate: number): number[] {
  const best = Math.max(...scores);
  const mass = scores.map(() => 0);
  const visit = (left: readonly number[], reach: number): void => {
    for (const i of left) {
      const p = exp(-rate * (best - (scores[i] as number)));
      mass[i] = (mass[i] as number) + (reach / left.length) * p;
      if (p < 1) {
        visit(
          left.filter((j) => j !== i),
          (reach / left.length) * (1 - p),
        );
      }
    }
  };
  visit(range(0, scores.length - 1), 1);
  return mass;
}

const laplaceWeight = (scale: number) => (x: number) => exp(-Math.abs(x) / scale);
const staircaseWeight = (epsilon: number, sensitivity: number, inner: number) => (x: number) => {
  const size = Math.abs(x);
  const stage = Math.floor(size / sensitivity);
  return exp(-epsilon * (stage + (size - stage * sensitivity < inner ? 0 : 1)));
};
const flipped = permuteAndFlipMass([3, 1, 2], 0.5);
const scores = [3, 1, 0];

const laws: readonly Law[] = [
  {
    name: 'uniform below 7',
    wordBits: [1, 3],
    make: () => (words) => uniformBelow(words, 7),
    support: range(0, 6),
    weight: () => 1,
  },
  {
    name: 'Bernoulli(3/7)',
    wordBits: all,
    make: (bits) => drawOf(bernoulliSampler(ratio(3, 7), bits)),
    support: [0, 1],
    weight: (x) => 4 - x,
  },
  {
    name: 'Bernoulli(exp(-0.7))',
    wordBits: all,
    make: (bits) => drawOf(bernoulliExpSampler(ratio(7, 10), bits)),
    support: [0, 1],
    weight: (x) => (x === 1 ? exp(-0.7) : 1 - exp(-0.7)),
  },
  // The last argument: how near to the double integers take over. 1 is always.
  ...[undefined, 1].map(
    (margin): Law => ({
      name: `a coin of exp(-6 * 0.7)${margin === 1 ? ' by integers alone' : ''}`,
      wordBits: all,
      make: (bits) => {
        const coin = new ExpCoin(ratio(7, 10), bits, margin);
        return (words) => (coin.flip(words, 2, 3) ? 1 : 0);
      },
      support: [0, 1],
      weight: (x) => (x === 1 ? exp(-4.2) : 1 - exp(-4.2)),
    }),
  ),
  {
    name: 'randomized response of 3 answers',
    wordBits: all,
    make: (wordBits) => {
      const response = randomizedResponseSampler(ratio(3, 2), 3, wordBits);
      return (words) => response.report(words, 1);
    },
    support: [0, 1, 2],
    weight: (x) => (x === 1 ? exp(1.5) : 1),
  },
  {
    name: 'geometric, three digits',
    wordBits: [1, 2],
    make: (wordBits) => drawOf(geometricWith(ratio(5, 2), { wordBits, ...coarse })),
    support: range(0, 400),
    weight: (x) => exp(-x / 2.5),
  },
  {
    name: 'discrete Laplace, one table',
    wordBits: all,
    make: (wordBits) => drawOf(discreteLaplaceWith(ratio(5, 2), { wordBits, ...fine })),
    support: range(-400, 400),
    weight: laplaceWeight(2.5),
  },
  {
    name: 'discrete Laplace, two digits',
    wordBits: all,
    make: (wordBits) => drawOf(discreteLaplaceWith(ratio(3, 2), { wordBits, ...coarse })),
    support: range(-400, 400),
    weight: laplaceWeight(1.5),
  },
  {
    name: 'discrete Laplace, three digits',
    wordBits: [1, 2],
    make: (wordBits) => drawOf(discreteLaplaceWith(ratio(3, 2), { wordBits, digitBits: 1, topScale: 0.5 })),
    support: range(-400, 400),
    weight: laplaceWeight(1.5),
  },
  {
    name: 'discrete Laplace of a tiny scale',
    wordBits: all,
    make: (wordBits) => drawOf(discreteLaplaceWith(ratio(1, 9), { wordBits, ...fine })),
    support: range(-9, 9),
    weight: laplaceWeight(1 / 9),
  },
  {
    name: 'discrete Gaussian, one table',
    wordBits: all,
    make: (wordBits) => drawOf(discreteGaussianWith(ratio(7, 3), { wordBits, blocks: 16 })),
    support: range(-60, 60),
    weight: (x) => exp((-x * x * 3) / 14),
  },
  {
    name: 'discrete Gaussian, by blocks',
    wordBits: [1, 2, 3],
    make: (wordBits) => drawOf(discreteGaussianWith(ratio(5), { wordBits, blocks: 1 })),
    support: range(-60, 60),
    weight: (x) => exp((-x * x) / 10),
  },
  {
    name: 'staircase',
    wordBits: [1, 2],
    make: (wordBits) => drawOf(staircaseSampler(1, 4, 2, { wordBits, ...fine })),
    support: range(-400, 400),
    weight: staircaseWeight(1, 4, 2),
  },
  {
    name: 'truncated discrete Laplace',
    wordBits: all,
    make: (wordBits) => drawOf(truncatedLaplaceSampler(ratio(3, 2), 3, { wordBits, ...fine })),
    support: range(-3, 3),
    weight: laplaceWeight(1.5),
  },
  {
    name: 'discrete Laplace in a range narrower than its scale',
    wordBits: all,
    make: (wordBits) => {
      const sampler = boundedLaplaceSampler(ratio(5), -1, 2, { wordBits, ...fine });
      return (words) => sampler.drawAround(words, 1);
    },
    support: range(-1, 2),
    weight: (x) => exp(-Math.abs(x - 1) / 5),
  },
  {
    name: 'exponential mechanism',
    wordBits: [1, 2],
    make: (bits) => drawOf(exponentialMechanismSampler(scores, ratio(1, 2), bits)),
    support: range(0, 2),
    weight: (i) => exp((scores[i] as number) / 2),
  },
  {
    name: 'permute-and-flip',
    wordBits: [1, 2],
    make: (bits) => drawOf(permuteAndFlipSampler([3, 1, 2], ratio(1, 2), bits)),
    support: range(0, 2),
    weight: (i) => flipped[i] as number,
  },
];

const masses = ({ support, weight }: Law): ((x: number) => number) => {
  const total = support.reduce((sum, x) => sum + weight(x), 0);
  return (x) => weight(x) / total;
};
const lawNamed = (name: string): Law => laws.find((law) => law.name === name) as Law;

describe('samplers walked over all tapes', () => {
  for (const law of laws) {
    it(`${law.name}: has the stated masses`, () => {
      for (const bits of law.wordBits) {
        const walk = walkTapes(bits, law.make(bits));
        expect(walk.unresolved).toBeLessThanOrEqual(1 / 1048576);
        expect(deviation(walk, law.support, masses(law))).toBeLessThanOrEqual(1);
      }
    });
  }
});

/** Plausible mistakes, each in place of the sampler of the law named. */
const mutants: readonly { readonly bug: string; readonly of: string; readonly make: (wordBits: number) => Draw }[] = [
  {
    bug: 'zero has a twin',
    of: 'discrete Laplace, one table',
    make: (wordBits) => {
      const size = geometricWith(ratio(5, 2), { wordBits, ...fine });
      return (words) => (fairCoin(words) ? size.draw(words) : 0 - size.draw(words));
    },
  },
  {
    bug: 'the scale is halved',
    of: 'discrete Laplace, one table',
    make: (wordBits) => drawOf(discreteLaplaceWith(ratio(5, 4), { wordBits, ...fine })),
  },
  {
    bug: 'the scale is a thousandth too small',
    of: 'discrete Laplace, one table',
    make: (wordBits) => drawOf(discreteLaplaceWith(ratio(4995, 2000), { wordBits, ...fine })),
  },
  {
    bug: 'a low digit is drawn as if it were uniform',
    of: 'discrete Laplace, two digits',
    make: (wordBits) => {
      const top = discreteLaplaceWith(ratio(3, 4), { wordBits, ...fine });
      return (words) => 2 * top.draw(words) + (fairCoin(words) ? 1 : 0);
    },
  },
  {
    bug: 'a tie is decided at once, as >= for >',
    of: 'a coin of exp(-6 * 0.7)',
    make: (bits) => (words) => (words.next() <= Math.floor(exp(-4.2) * (1 << bits)) ? 1 : 0),
  },
  {
    bug: 'a tie is decided at once, as > for >=',
    of: 'Bernoulli(3/7)',
    make: (bits) => (words) => (words.next() < Math.floor((3 / 7) * (1 << bits)) ? 1 : 0),
  },
  {
    bug: 'a remainder is taken without rejection',
    of: 'uniform below 7',
    make: (bits) => (words) => (words.next() + (1 << bits) * words.next()) % 7,
  },
  {
    bug: 'the deviation is given for the variance',
    of: 'discrete Gaussian, one table',
    make: (wordBits) => drawOf(discreteGaussianWith(ratio(Math.sqrt(7 / 3)), { wordBits, blocks: 16 })),
  },
  {
    bug: 'every place of a block is kept',
    of: 'discrete Gaussian, by blocks',
    make: (wordBits) => {
      const block = discreteGaussianWith(ratio(5, 4), { wordBits, blocks: 16 });
      return (words) => 2 * block.draw(words) + (fairCoin(words) ? 1 : 0);
    },
  },
  {
    bug: 'the inner and the outer width change places',
    of: 'staircase',
    make: (wordBits) => drawOf(staircaseSampler(1, 4, 3, { wordBits, ...fine })),
  },
  {
    bug: 'noise beyond the bound is clamped',
    of: 'truncated discrete Laplace',
    make: (wordBits) => {
      const noise = discreteLaplaceWith(ratio(3, 2), { wordBits, ...fine });
      return (words) => Math.min(3, Math.max(-3, noise.draw(words)));
    },
  },
  {
    bug: 'the factor two of the sensitivity is forgotten',
    of: 'exponential mechanism',
    make: (bits) => drawOf(exponentialMechanismSampler(scores, ratio(1), bits)),
  },
  {
    bug: 'rejected candidates are put back',
    of: 'permute-and-flip',
    make: (bits) => drawOf(exponentialMechanismSampler([3, 1, 2], ratio(1, 2), bits)),
  },
  {
    bug: 'a lie may be the truth',
    of: 'randomized response of 3 answers',
    make: (wordBits) => {
      const response = randomizedResponseSampler(ratio(3, 2), 3, wordBits);
      return (words) => (response.report(words, 1) === 1 ? 1 : uniformBelow(words, 3));
    },
  },
];

describe('broken samplers', () => {
  for (const { bug, of, make } of mutants) {
    it(`${bug}: caught by the walk`, () => {
      const law = lawNamed(of);
      for (const bits of law.wordBits.slice(0, 2)) {
        expect(deviation(walkTapes(bits, make(bits)), law.support, masses(law))).toBeGreaterThan(1);
      }
    });
  }

  it('a sampler that reads on for ever is reported, not awaited', () => {
    expect(() => walkTapes(1, (words) => (words.next() === 2 ? 1 : words.next() + words.next()), 1e-9, 2)).toThrow(
      /unresolved/,
    );
  });
});
