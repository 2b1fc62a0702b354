import { array, assert as checkAll, boolean, constantFrom, infiniteStream, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, gammainc, log } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import {
  expectedGap,
  exponentialProbabilities,
  noisyMaxProbabilities,
  permuteAndFlipProbabilities,
  rateOf,
} from './probabilities.ts';
import { scaleOf, selectors } from './selectors.ts';

const ALPHA = 1e-6;
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const square = (x: number): number => x * x;
const laws = [exponentialProbabilities, permuteAndFlipProbabilities, noisyMaxProbabilities] as const;

/** Permute-and-flip by going through all orders of the candidates. */
function byOrders(scores: readonly number[], rate: number): readonly number[] {
  const top = Math.max(...scores);
  const out = scores.map(() => 0);
  let orders = 0;
  const go = (left: readonly number[], alive: number): void => {
    if (left.length === 0) orders += 1;
    for (const i of left) {
      const p = exp(rate * ((scores[i] as number) - top));
      const rest = left.filter((j) => j !== i);
      // Every order of the rest goes with this prefix.
      out[i] = (out[i] as number) + alive * p * factorial(rest.length);
      go(rest, alive * (1 - p));
    }
  };
  go(
    scores.map((_, i) => i),
    1,
  );
  return out.map((weight) => weight / orders);
}
const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

const scoresArb = array(integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 6 });
const epsilonArb = constantFrom(0.1, 1, 3);

describe('laws of selection', () => {
  it('agree with all orders of the candidates, for permute-and-flip', () => {
    for (const scores of [
      [3, 1, 0],
      [5, 5, 4, 1],
      [2.5, -1, 0.25, 2],
      [9, 9, 9, 0, 0, 1],
    ]) {
      const law = permuteAndFlipProbabilities(scores, 0.7);
      byOrders(scores, 0.7).forEach((p, i) => expect(law[i]).toBeCloseTo(p, 13));
    }
  });

  it('agree with the closed form for two candidates, for noisy max', () => {
    for (const gap of [0, 0.3, 2, 17, 300]) {
      // P(difference of two Laplace variables > gap) = (2 + gap) e^-gap / 4.
      const second = ((2 + gap) * exp(-gap)) / 4;
      const [p, q] = noisyMaxProbabilities([gap, 0], 1) as unknown as [number, number];
      expect(Math.abs(q / second - 1)).toBeLessThan(1e-11);
      expect(p).toBeCloseTo(1 - second, 12);
    }
  });

  it('sum to 1, also over thousands of candidates and over gaps beyond all doubles', () => {
    const rng = seededRng('many');
    const many = Float64Array.from({ length: 5000 }, () => rng.int(40));
    expect(sum(permuteAndFlipProbabilities(many, 0.3))).toBeCloseTo(1, 12);
    const few = Float64Array.from({ length: 300 }, () => rng.int(60));
    expect(sum(noisyMaxProbabilities(few, 0.2))).toBeCloseTo(1, 11);
    for (const law of laws) {
      const far = law([1e9, 0, -1e9, 1e9], 2);
      expect([...far]).toEqual([expect.closeTo(0.5, 13), 0, 0, expect.closeTo(0.5, 13)]);
      expect([...law([7], 1)]).toEqual([expect.closeTo(1, 13)]);
    }
  });

  it('keep the digits of improbable candidates', () => {
    // One against one far behind: P = p / 2 for permute-and-flip, p / (1 + p) for the exponential mechanism.
    for (const gap of [50, 300, 600]) {
      expect((permuteAndFlipProbabilities([gap, 0], 1)[1] as number) / (exp(-gap) / 2)).toBeCloseTo(1, 12);
      expect((exponentialProbabilities([gap, 0], 1)[1] as number) / exp(-gap)).toBeCloseTo(1, 12);
    }
  });

  it('never change by more than e^epsilon between neighbours, whichever way scores may move', () => {
    checkAll(
      property(
        scoresArb,
        epsilonArb,
        boolean(),
        infiniteStream(integer({ min: -1, max: 1 })),
        (scores, epsilon, monotone, moves) => {
          const next = scores.map((score) => score + (monotone ? Math.abs(moves.next().value) : moves.next().value));
          const rate = rateOf(epsilon, 1, monotone);
          for (const law of laws) {
            const [p, q] = [law(scores, rate), law(next, rate)];
            for (let i = 0; i < p.length; i += 1)
              expect(Math.abs(log((p[i] as number) / (q[i] as number)))).toBeLessThanOrEqual(epsilon + 1e-9);
          }
          // Bounded range: the losses of one pair lie within epsilon of each other.
          const [p, q] = [exponentialProbabilities(scores, rate), exponentialProbabilities(next, rate)];
          const losses = Array.from(p, (value, i) => log(value / (q[i] as number)));
          expect(Math.max(...losses) - Math.min(...losses)).toBeLessThanOrEqual(epsilon + 1e-9);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('let permute-and-flip fall short of the best by no more than the exponential mechanism', () => {
    checkAll(
      property(scoresArb, epsilonArb, (scores, rate) => {
        const flip = expectedGap(scores, permuteAndFlipProbabilities(scores, rate));
        expect(flip).toBeLessThanOrEqual(expectedGap(scores, exponentialProbabilities(scores, rate)) + 1e-12);
      }),
    );
  });
});

describe('draws of selection', () => {
  const scores = [4, 3, 3, 0, 1];
  const n = 200_000;

  /** Upper tail of the chi-square statistic of n draws against a law. */
  function tail(id: keyof typeof selectors, rate: number, law: Float64Array): number {
    const rng = seededRng(`draws/${id}`);
    const seen = new Float64Array(scores.length);
    const scale = scaleOf(rate);
    for (let i = 0; i < n; i += 1) {
      const at = selectors[id].draw(rng, scores, scale);
      seen[at] = (seen[at] as number) + 1;
    }
    const statistic = sum(seen.map((count, i) => square(count - n * (law[i] as number)) / (n * (law[i] as number))));
    return 1 - gammainc(statistic / 2, (scores.length - 1) / 2);
  }

  it('follow the exact law (chi-square at 1e-6, fixed seed)', () => {
    expect(tail('permute-and-flip', 0.5, permuteAndFlipProbabilities(scores, 0.5))).toBeGreaterThan(ALPHA);
    expect(tail('exponential', 0.5, exponentialProbabilities(scores, 0.5))).toBeGreaterThan(ALPHA);
    // On the whole numbers with ties drawn at random the law of noisy max is its own; with a wide noise the two agree.
    const wide = scores.map((score) => score * 400);
    const rng = seededRng('draws/noisy-max');
    const law = noisyMaxProbabilities(wide, 0.5 / 400);
    const seen = new Float64Array(scores.length);
    for (let i = 0; i < n; i += 1) {
      const at = selectors['noisy-max'].draw(rng, wide, scaleOf(0.5 / 400));
      seen[at] = (seen[at] as number) + 1;
    }
    const statistic = sum(seen.map((count, i) => square(count - n * (law[i] as number)) / (n * (law[i] as number))));
    expect(1 - gammainc(statistic / 2, 2)).toBeGreaterThan(ALPHA);
  });

  it('would be told from the law at half the noise', () => {
    expect(tail('permute-and-flip', 1, permuteAndFlipProbabilities(scores, 0.5))).toBeLessThan(ALPHA);
    expect(tail('exponential', 1, exponentialProbabilities(scores, 0.5))).toBeLessThan(ALPHA);
  });
});
