import { assert as checkAll, constantFrom, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import { rateAbove, rateBelow } from '../audit/binomial.ts';
import { endMass, heavyPlan, type HeavyRule, keepProbability, truncation } from './heavy.ts';
import { optimalSelection, perKey } from './partition.ts';

const ALPHA = 1e-6;
const rules: readonly HeavyRule[] = ['truncated-geometric', 'laplace', 'gaussian'];

/** The definition, step by step. */
function* recursion(epsilon: number, delta: number): Generator<number> {
  let p = 0;
  for (;;) {
    yield p;
    p = Math.min(exp(epsilon) * p + delta, 1 - exp(-epsilon) * (1 - p - delta), 1);
  }
}

describe('the optimal selection of keys', () => {
  it('in closed form is the recursion', () => {
    checkAll(
      property(
        constantFrom(0.01, 0.1, 0.7, 2, 9),
        constantFrom(1e-12, 1e-6, 1e-3, 0.2, 0.6),
        constantFrom(1, 3, 50),
        (epsilon, delta, keys) => {
          const each = perKey(epsilon, delta, keys);
          const closed = optimalSelection(each);
          let n = 0;
          for (const p of recursion(each.epsilon, each.delta)) {
            expect(Math.abs(closed.keep(n) - p)).toBeLessThanOrEqual(1e-9 * Math.max(p, 1e-300));
            if (n > 400) break;
            n += 1;
          }
        },
      ),
      { numRuns: 75 },
    );
  });

  it('is certain from where the recursion first says so', () => {
    for (const [epsilon, delta] of [
      [1, 1e-5],
      [0.3, 1e-8],
      [2, 1e-3],
      [5, 1e-10],
      [0.05, 0.01],
    ] as const) {
      let n = 0;
      for (const p of recursion(epsilon, delta)) {
        if (p >= 1) break;
        n += 1;
      }
      expect(optimalSelection({ epsilon, delta }).certainFrom).toBe(n);
    }
  });

  it('answers at the ends of the doubles', () => {
    expect(optimalSelection({ epsilon: 1000, delta: 1e-5 }).certainFrom).toBe(3);
    expect(optimalSelection({ epsilon: 1, delta: 1 })).toMatchObject({ certainFrom: 1 });
    const tiny = optimalSelection({ epsilon: 1e-6, delta: 1e-300 });
    expect(tiny.keep(1)).toBe(1e-300);
    expect(tiny.keep(tiny.certainFrom - 1)).toBeLessThanOrEqual(1);
    expect(tiny.certainFrom).toBeGreaterThan(1e9);
    expect(() => optimalSelection({ epsilon: 0, delta: 0.1 })).toThrow(/positive/);
    expect(() => optimalSelection({ epsilon: 1, delta: 0 })).toThrow(/above 0/);
  });
});

describe('a threshold on noisy counts of keys', () => {
  it('names a key of one unit with probability delta at most, and hardly less than that', () => {
    for (const rule of ['truncated-geometric', 'laplace'] as const) {
      for (const [epsilon, delta, keys] of [
        [1, 1e-5, 1],
        [0.2, 1e-9, 4],
        [7, 1e-3, 1],
        [3, 0.01, 20],
      ] as const) {
        const plan = heavyPlan(rule, epsilon, delta, keys);
        expect(keepProbability(plan, 1)).toBeLessThanOrEqual(plan.loss.delta * (1 + 1e-12));
        expect(keepProbability(plan, 2)).toBeGreaterThan(plan.loss.delta);
        expect(keepProbability(plan, 0)).toBe(0);
      }
    }
  });

  it('reaches the optimal selection where delta is a mass of the noise', () => {
    const epsilon = 0.5;
    for (const width of [3, 12, 30]) {
      const delta = endMass(1 / epsilon, width);
      const plan = heavyPlan('truncated-geometric', epsilon, delta * (1 + 1e-9), 1);
      const best = optimalSelection({ epsilon, delta });
      expect(plan.threshold).toBe(width + 1);
      for (let n = 1; n <= 2 * width + 2; n += 1) expect(keepProbability(plan, n)).toBeCloseTo(best.keep(n), 6);
    }
  });

  it('never does better than the optimal selection', () => {
    for (const rule of rules) {
      const plan = heavyPlan(rule, 1, 1e-6, 1);
      const best = optimalSelection({ epsilon: 1, delta: 1e-6 });
      for (let n = 1; n < 60; n += 1) expect(keepProbability(plan, n)).toBeLessThanOrEqual(best.keep(n) * (1 + 1e-9));
    }
  });

  it('loses no more than epsilon and delta between any two neighbouring counts, by the exact law', () => {
    for (const rule of rules) {
      for (const [epsilon, delta] of [
        [1, 1e-4],
        [0.4, 1e-3],
        [4, 1e-6],
      ] as const) {
        const plan = heavyPlan(rule, epsilon, delta, 1);
        for (let n = 0; n < 3 * plan.threshold; n += 1) {
          expect(hockeyStick(n, n + 1)).toBeLessThanOrEqual(delta * (1 + 1e-6));
          expect(hockeyStick(n + 1, n)).toBeLessThanOrEqual(delta * (1 + 1e-6));
        }
        /** Sum of max(0, P - e^epsilon Q) over outputs: a count from the threshold on, or nothing. */
        function hockeyStick(from: number, to: number): number {
          const over = (p: number, q: number): number => Math.max(0, p - exp(epsilon) * q);
          let stick = over(1 - keepProbability(plan, from), 1 - keepProbability(plan, to));
          for (let out = plan.threshold; out < 8 * plan.threshold; out += 1)
            stick += over(massAt(out, from), massAt(out, to));
          return stick;
        }
        function massAt(out: number, count: number): number {
          return count < 1 ? 0 : Math.max(0, plan.tail(out - count) - plan.tail(out + 1 - count));
        }
      }
    }
  });

  it('keeps as often as its law says (Clopper-Pearson at 1e-6 a rule, fixed seeds)', () => {
    const n = 40_000;
    for (const rule of rules) {
      const plan = heavyPlan(rule, 1, 1e-3, 1);
      const count = plan.threshold - 2;
      const noisy = plan.addNoise(seededRng(`keep/${rule}`), new Float64Array(n).fill(count));
      const kept = noisy.reduce((sum, value) => sum + (value >= plan.threshold ? 1 : 0), 0);
      expect(keepProbability(plan, count)).toBeGreaterThan(rateAbove(kept, n, ALPHA / 2));
      expect(keepProbability(plan, count)).toBeLessThan(rateBelow(kept, n, ALPHA / 2));
    }
  });

  it('finds the smallest truncation by definition', () => {
    checkAll(
      property(double({ min: 0.02, max: 500, noNaN: true }), constantFrom(1e-12, 1e-5, 0.01, 0.3), (scale, delta) => {
        const width = truncation(scale, delta);
        expect(endMass(scale, width)).toBeLessThanOrEqual(delta);
        if (width > 1) expect(endMass(scale, width - 1)).toBeGreaterThan(delta);
      }),
    );
  });
});
