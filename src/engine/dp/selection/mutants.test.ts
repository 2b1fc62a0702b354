import { describe, expect, it } from 'vitest';
import { exp, log } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import { discreteLaplace } from '../../rng/samplers-exact.ts';
import { laplace } from '../../rng/samplers.ts';
import { epsilonLowerBound, rateAbove } from '../audit/binomial.ts';
import { abovePlan, askAbove } from './above.ts';
import { heavyPlan, keepProbability } from './heavy.ts';
import { exponentialProbabilities, laplaceCdf, permuteAndFlipProbabilities, rateOf } from './probabilities.ts';
import { panelRule } from './quadrature.ts';
import { scaleOf, selectors } from './selectors.ts';
import { patternProbabilities, patternsOf, sparseVectorScales } from './sparse-vector.ts';
import { topPlan } from './top.ts';

/**
 * Published and likely mistakes in selection. Each mutant is rejected by the check that the method itself passes: exact probabilities of
 * neighbours, or an audit that accuses a correct mechanism with probability 1e-6 at most (Clopper-Pearson, fixed seeds).
 */
const ALPHA = 1e-6;
const EPSILON = 1;

/** Largest loss between two neighbouring lists of answers over the given patterns. */
function worstLoss(
  scales: { readonly thresholdScale: number; readonly queryScale: number },
  worlds: readonly [readonly number[], readonly number[]],
  patterns: readonly string[],
): number {
  const [p, q] = worlds.map((answers) => patternProbabilities({ ...scales, threshold: 3, answers }, patterns)) as [
    Float64Array,
    Float64Array,
  ];
  return Math.max(...Array.from(p, (value, i) => Math.abs(log(value / (q[i] as number)))));
}

const times = <T>(n: number, value: T): readonly T[] => Array.from({ length: n }, () => value);
/** Answers that all move by one: quiet ones up, loud ones down. */
const opposed = (quiet: number, loud: number) =>
  [
    [...times(quiet, 0), ...times(loud, 1)],
    [...times(quiet, 1), ...times(loud, 0)],
  ] as const;
const patternOf = (quiet: number, loud: number): string => '0'.repeat(quiet) + '1'.repeat(loud);

describe('the sparse vector technique', () => {
  it('keeps its promise for every pattern, whichever way answers move', () => {
    for (const positives of [1, 2, 3]) {
      const general = sparseVectorScales(EPSILON, positives, 1, false);
      const monotone = sparseVectorScales(EPSILON, positives, 1, true);
      const patterns = patternsOf(5, positives);
      expect(
        worstLoss(
          general,
          [
            [0, 1, 0, 4, 2],
            [1, 0, 1, 3, 3],
          ],
          patterns,
        ),
      ).toBeLessThanOrEqual(EPSILON + 1e-9);
      expect(
        worstLoss(
          monotone,
          [
            [0, 1, 0, 4, 2],
            [1, 2, 0, 5, 3],
          ],
          patterns,
        ),
      ).toBeLessThanOrEqual(EPSILON + 1e-9);
      expect(worstLoss(general, opposed(40, positives), [patternOf(40, positives)])).toBeLessThanOrEqual(
        EPSILON + 1e-9,
      );
    }
  });

  it('has patterns that add up to 1', () => {
    const patterns = patternsOf(6, 2);
    const law = patternProbabilities(
      { threshold: 2, answers: [0, 5, 2, 2, -40, 900], thresholdScale: 3, queryScale: 0.4 },
      patterns,
    );
    expect(law.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  it('mutant: noise that does not grow with the number of positives (Lee, Clifton, 2014) is caught', () => {
    const positives = 5;
    const broken = { thresholdScale: 4 / EPSILON, queryScale: 4 / (3 * EPSILON) };
    expect(worstLoss(broken, opposed(20, positives), [patternOf(20, positives)])).toBeGreaterThan(2 * EPSILON);
  });

  it('mutant: answers without noise of their own (Stoddard et al., 2014) are caught', () => {
    const broken = { thresholdScale: 2 / EPSILON, queryScale: 1e-3 };
    expect(worstLoss(broken, opposed(1, 1), ['01'])).toBeGreaterThan(100 * EPSILON);
  });

  it('mutant: no end after the positives (Chen et al., 2015) is caught', () => {
    const broken = { thresholdScale: 2 / EPSILON, queryScale: 2 / EPSILON };
    expect(worstLoss(broken, opposed(12, 12), [patternOf(12, 12)])).toBeGreaterThan(3 * EPSILON);
  });

  it('mutant: releasing the noisy answer that passed (Roth, 2011) is caught', () => {
    // Below, below... then a value of at most 0: the noisy threshold was lower still, which the answers before make unlikely.
    const below = 30;
    const edges = Array.from({ length: 201 }, (_, i) => (i - 200) / 2);
    const rule = panelRule(edges);
    const chance = (quiet: number): number =>
      rule.nodes.reduce((sum, z, i) => {
        const density = exp(-Math.abs(z) / 2) / 4;
        let product = (rule.weights[i] as number) * density * (laplaceCdf(0) - laplaceCdf(z / 4));
        for (let k = 0; k < below; k += 1) product *= laplaceCdf((z - quiet) / 4);
        return sum + product;
      }, 0);
    expect(log(chance(0) / chance(1))).toBeGreaterThan(3 * EPSILON);
  });

  it('mutant: a threshold drawn anew for every answer but charged once is caught by an audit, the method is not', () => {
    const plan = abovePlan({ epsilon: EPSILON, threshold: 1, positives: 1, withCounts: false, many: true });
    const n = 40_000;
    /** How often eight answers in a row are below. */
    const silences = (answer: number, isFresh: boolean): number => {
      const rng = seededRng(`silent/${answer}`);
      let hits = 0;
      for (let i = 0; i < n; i += 1) {
        let isAbove = askAbove(rng, plan);
        let below = 0;
        while (below < 8 && !isAbove(answer)) {
          below += 1;
          if (isFresh) isAbove = askAbove(rng, plan);
        }
        if (below === 8) hits += 1;
      }
      return hits;
    };
    const shown = (isFresh: boolean): number =>
      epsilonLowerBound(silences(0, isFresh), silences(1, isFresh), [n, n], 0, ALPHA);
    expect(shown(false)).toBeLessThanOrEqual(EPSILON);
    expect(shown(true)).toBeGreaterThan(EPSILON);
  });
});

describe('selection of one', () => {
  it('mutant: an argmax that leaks its value is caught by an audit, the method is not', () => {
    const n = 100_000;
    const rng = seededRng('argmax');
    const scale = 1 / rateOf(EPSILON, 1, true);
    const hits = (count: number, isIn: (counts: readonly number[]) => boolean): number => {
      let sum = 0;
      for (let i = 0; i < n; i += 1) if (isIn(times(4, count))) sum += 1;
      return sum;
    };
    // The value of the largest of four counts that all moved by one.
    const low = (counts: readonly number[]): boolean =>
      Math.max(...counts.map((count) => count + laplace(rng, scale))) <= -0.5;
    expect(epsilonLowerBound(hits(0, low), hits(1, low), [n, n], 0, ALPHA)).toBeGreaterThan(EPSILON);
    const first = (counts: readonly number[]): boolean =>
      selectors['noisy-max'].draw(rng, [(counts[0] as number) + 1, 1, 1, 1], scaleOf(rateOf(EPSILON, 1, true))) === 0;
    expect(epsilonLowerBound(hits(1, first), hits(0, first), [n, n], 0, ALPHA)).toBeLessThanOrEqual(EPSILON);
  });

  it('mutant: the rate of counts used for scores that move both ways is caught', () => {
    for (const law of [exponentialProbabilities, permuteAndFlipProbabilities]) {
      const loss = (monotone: boolean): number => {
        const rate = rateOf(EPSILON, 1, monotone);
        return Math.abs(log((law([9, 8, 8], rate)[0] as number) / (law([8, 9, 9], rate)[0] as number)));
      };
      expect(loss(false)).toBeLessThanOrEqual(EPSILON);
      expect(loss(true)).toBeGreaterThan(EPSILON);
    }
  });

  it('mutant: permute-and-flip charged as bounded range is caught', () => {
    const rate = rateOf(EPSILON, 1, false);
    const losses = (law: typeof permuteAndFlipProbabilities): readonly number[] => {
      const [p, q] = [law([0, 0], rate), law([1, -1], rate)];
      return Array.from(p, (value, i) => log(value / (q[i] as number)));
    };
    const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
    expect(range(losses(exponentialProbabilities))).toBeLessThanOrEqual(EPSILON + 1e-12);
    expect(range(losses(permuteAndFlipProbabilities))).toBeGreaterThan(1.2 * EPSILON);
    expect(selectors['permute-and-flip'].law(EPSILON).kind).toBe('pure');
  });

  it('mutant: many choices charged as one are caught', () => {
    for (const selector of ['permute-and-flip', 'exponential', 'noisy-max'] as const) {
      for (const withCounts of [false, true]) {
        const plan = topPlan({ selector, winners: 7, epsilon: EPSILON, delta: 0, withCounts, many: false });
        const charged = (times: number): number => times * plan.choice.epsilon + (plan.noise?.epsilon ?? 0);
        expect(charged(7)).toBeCloseTo(EPSILON, 12);
        expect(charged(1)).toBeLessThan(EPSILON);
      }
    }
  });
});

describe('a threshold on keys nobody declared', () => {
  const delta = 0.01;
  const plan = heavyPlan('laplace', EPSILON, delta, 1);
  const n = 100_000;
  const shown = (threshold: number): number => {
    const noisy = plan.addNoise(seededRng('lone key'), new Float64Array(n).fill(1));
    return rateAbove(
      noisy.reduce((sum, value) => sum + (value >= threshold ? 1 : 0), 0),
      n,
      ALPHA,
    );
  };

  it('shows a key of one unit no more often than delta', () => {
    expect(keepProbability(plan, 1)).toBeLessThanOrEqual(delta);
    expect(shown(plan.threshold)).toBeLessThanOrEqual(delta);
  });

  it('mutant: >= against a threshold made for > is caught, exactly and by an audit', () => {
    // P(1 + noise > t) <= delta holds one earlier than for >=.
    const made = plan.threshold - 1;
    expect(plan.tail(made - 1 + 1)).toBeLessThanOrEqual(delta);
    expect(plan.tail(made - 1)).toBeGreaterThan(delta);
    expect(shown(made)).toBeGreaterThan(delta);
  });

  it('mutant: the delta of the other comparison is caught, exactly and by an audit', () => {
    const claimed = plan.tail(plan.threshold);
    expect(keepProbability(plan, 1)).toBeGreaterThan(claimed);
    expect(shown(plan.threshold)).toBeGreaterThan(claimed);
  });

  it('mutant: a truncated noise one step too narrow is caught', () => {
    const cut = heavyPlan('truncated-geometric', EPSILON, delta, 1);
    expect(cut.tail(cut.threshold - 1)).toBeLessThanOrEqual(delta);
    expect(cut.tail(cut.threshold - 2)).toBeGreaterThan(delta);
  });

  it('mutant: noise with two zeros is caught', () => {
    const scale = scaleOf(EPSILON);
    const rng = seededRng('zeros');
    let [right, wrong] = [0, 0];
    for (let i = 0; i < n; i += 1) {
      if (discreteLaplace(rng, scale) === 0) right += 1;
      // A sign for every size, also for 0: zero gets twice its weight.
      const size = Math.abs(laplace(rng, 1 / EPSILON));
      if (Math.floor(size) === 0) wrong += 1;
    }
    const mass = plan.tail(0) - plan.tail(1);
    expect(rateAbove(right, n, ALPHA)).toBeLessThanOrEqual(mass);
    expect(rateAbove(wrong, n, ALPHA)).toBeGreaterThan(mass);
  });
});
