import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountedLaw, LossLaw } from '../../kit/loss-law.ts';
import { epsilonOfMu, gaussianEpsilon, laplaceDelta, logDeltaOfMu } from '../gaussian.ts';
import { singleStepLogDelta } from './dpsgd.ts';
import { composedPld } from './pld.ts';
import { Engine } from './pld-engine.ts';
import { lowerGrid, upperGrid } from './pld-grid.ts';
import { gaussianPair, pairOf } from './pld-pairs.ts';

const once = (law: LossLaw, count = 1): CountedLaw => ({ law, count });
const laplace = (epsilon: number, count = 1): CountedLaw => once({ kind: 'laplace', epsilon }, count);
const gaussian = (mu: number, count = 1): CountedLaw => once({ kind: 'gaussian', mu }, count);
const pure = (epsilon: number, count = 1): CountedLaw => once({ kind: 'pure', epsilon }, count);
const sgd = (sigma: number, rate: number, count: number): CountedLaw =>
  once({ kind: 'poisson-gaussian', sigma, rate }, count);

/** delta of k fair-worst coin releases by the definition (Kairouz, Oh, Viswanath, 2015). */
function coins(epsilon: number, k: number, total: number): number {
  const p = 1 / (1 + Math.exp(-epsilon));
  let sum = 0;
  let choose = 1;
  for (let i = 0; i <= k; i += 1) {
    sum += choose * p ** (k - i) * (1 - p) ** i * Math.max(0, 1 - Math.exp(total - (k - 2 * i) * epsilon));
    choose *= (k - i) / (i + 1);
  }
  return sum;
}

/** Contains the exact value, and is no wider than that part of it. */
function holds(laws: readonly CountedLaw[], grid: number, epsilon: number, exact: number, width: number): void {
  const composed = composedPld(laws, grid);
  const lower = composed.deltaLower(epsilon);
  const upper = composed.deltaUpper(epsilon);
  // 1e-13: the exact values are doubles themselves.
  expect(lower).toBeLessThanOrEqual(exact * (1 + 1e-12) + 1e-300);
  expect(upper).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
  // A window leaves tails of 1e-20 out: lower bounds of less than that may be 0, upper bounds stay close.
  expect(upper - lower).toBeLessThanOrEqual(width * exact + 1e-20);
  expect(upper).toBeLessThanOrEqual(exact * (1 + width) + 1e-300);
}

const some = { numRuns: 12 };

describe('bounds of one release', () => {
  it('contain the exact delta of Laplace noise', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 8, noNaN: true }), fc.double({ min: 0, max: 0.9, noNaN: true }), (e, s) =>
        holds([laplace(e)], 1e-3, s * e, laplaceDelta(1, s * e, e), 1e-4),
      ),
      some,
    );
  });

  it('contain the exact delta of a sampled Gaussian step, the worse of both directions', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.6, max: 4, noNaN: true }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (sigma, q, e) => holds([sgd(sigma, q, 1)], 1e-3, e, Math.exp(singleStepLogDelta(sigma, q, e)), 0.05),
      ),
      some,
    );
  });

  it('are exact where losses lie on a lattice', () => {
    holds([pure(0.7)], 1e-3, 0.3, coins(0.7, 1, 0.3), 1e-8);
    holds([pure(0.3, 20)], 1e-3, 1.234, coins(0.3, 20, 1.234), 1e-8);
    holds([once({ kind: 'randomized-response', truth: 0.9 }, 3)], 1e-3, 2, coins(Math.log(9), 3, 2), 1e-8);
  });

  it('of a bounded range meet the largest of its two-point losses', () => {
    const epsilon = 0.8;
    const composed = composedPld([once({ kind: 'bounded-range', epsilon })], 1e-3);
    for (const e of [0, 0.2, 0.6]) {
      let worst = 0;
      for (let t = 0; t <= epsilon; t += 1e-4) {
        const p = (Math.exp(epsilon) - Math.exp(t)) / Math.expm1(epsilon);
        worst = Math.max(worst, p * Math.max(0, -Math.expm1(e - t)));
      }
      expect(composed.deltaUpper(e)).toBeGreaterThanOrEqual(worst * (1 - 1e-7));
      expect(composed.deltaUpper(e)).toBeLessThanOrEqual(worst * (1 + 1e-3));
      expect(composed.deltaLower(e)).toBeLessThanOrEqual(worst);
    }
  });

  it('keep the mass of both tables', () => {
    const pair = pairOf({ kind: 'poisson-gaussian', sigma: 1, rate: 0.1 }, 'remove', 'upper');
    if (!pair) throw new Error('no pair');
    for (const grid of [upperGrid(pair, 1e-3, 0, 1e-18), lowerGrid(pair, 1e-3, 0, 1e-18)]) {
      let [p, q] = [0, 0];
      grid.masses.forEach((mass, i) => {
        p += mass;
        q += mass * Math.exp(-(grid.first + i) * 1e-3);
      });
      expect(p).toBeCloseTo(1, 12);
      // The lower chain may count a little more of Q at its ends, never less.
      expect(q).toBeGreaterThan(1 - 1e-9);
      expect(q).toBeLessThan(1 + 1e-4);
    }
  });
});

describe('bounds of many releases', () => {
  it('of k Gaussians contain the one with sigma / sqrt k', () => {
    for (const [mu, k] of [
      [1, 100],
      [0.2, 16],
      [4, 7],
    ] as const) {
      const pairs = [{ pair: gaussianPair(mu / Math.sqrt(k)), count: k }];
      const upper = new Engine(pairs, 1e-3 * mu, 'upper', 1e-6);
      const lower = new Engine(pairs, 1e-3 * mu, 'lower', 1e-6);
      for (const delta of [0.02, 1e-5, 1e-14, 1e-60]) {
        const exact = epsilonOfMu(mu, delta);
        expect(lower.epsilon(delta)).toBeLessThanOrEqual(exact);
        expect(upper.epsilon(delta)).toBeGreaterThanOrEqual(exact);
        // A cell adds a quarter of its width squared to each variance at most: 1.3e-5 of 17 deviations on either side.
        expect(upper.epsilon(delta) - lower.epsilon(delta)).toBeLessThan(4.5e-4 * mu);
      }
      const delta = Math.exp(logDeltaOfMu(mu, 0.5 * mu));
      expect(lower.delta(0.5 * mu)).toBeLessThanOrEqual(delta);
      expect(upper.delta(0.5 * mu)).toBeGreaterThanOrEqual(delta);
    }
  });

  it('of Gaussians alone are the closed form', () => {
    const composed = composedPld([gaussian(1 / 30, 9), gaussian(1 / 10, 2)], 1e-3);
    const sigma = 1 / Math.sqrt(9 / 900 + 2 / 100);
    expect(composed.epsilonUpper(1e-6)).toBeCloseTo(gaussianEpsilon(sigma, 1e-6, 1), 10);
    expect(composed.epsilonLower(1e-6)).toBe(composed.epsilonUpper(1e-6));
  });

  it('narrow with the grid around the same truth', () => {
    const laws = [sgd(1, 0.05, 500), laplace(0.1, 3), pure(0.2, 2)];
    const coarse = composedPld(laws, 2e-3);
    const fine = composedPld(laws, 2e-4);
    for (const delta of [1e-2, 1e-5, 1e-9]) {
      expect(coarse.epsilonLower(delta)).toBeLessThanOrEqual(fine.epsilonUpper(delta));
      expect(coarse.epsilonUpper(delta)).toBeGreaterThanOrEqual(fine.epsilonLower(delta));
      const width = fine.epsilonUpper(delta) - fine.epsilonLower(delta);
      expect(width).toBeGreaterThanOrEqual(0);
      expect(width).toBeLessThan((coarse.epsilonUpper(delta) - coarse.epsilonLower(delta)) / 10);
    }
  });

  it('stay sound where rounding of the transform would drown delta', () => {
    const composed = composedPld([laplace(0.01, 3), gaussian(0.5)], 1e-3);
    for (const delta of [1e-15, 1e-40, 1e-120]) {
      const least = epsilonOfMu(0.5, delta);
      expect(composed.epsilonUpper(delta)).toBeGreaterThan(least);
      // Nothing loses more than its own Gaussian and three full Laplace losses.
      expect(composed.epsilonLower(delta)).toBeLessThan(least + 0.03 + 1e-2);
      expect(composed.epsilonUpper(delta) - composed.epsilonLower(delta)).toBeLessThan(1e-3);
    }
  });

  it('name an event of certain loss', () => {
    const composed = composedPld([once({ kind: 'approximate', epsilon: 0.1, delta: 1e-6 }, 5), laplace(0.1)], 1e-3);
    expect(composed.certain).toBeCloseTo(5e-6, 10);
    expect(composed.epsilonUpper(1e-6)).toBe(Number.POSITIVE_INFINITY);
    expect(composed.epsilonLower(1e-6)).toBe(Number.POSITIVE_INFINITY);
    expect(composed.epsilonUpper(1e-4)).toBeLessThan(0.6);
    expect(composed.deltaUpper(10)).toBe(composed.certain);
  });

  it('of a split of l1 sensitivity over cells lie below one cell with all of it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 2, maxLength: 4 }),
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        (epsilon, weights, share) => {
          const all = weights.reduce((sum, w) => sum + w, 0);
          const split = composedPld(
            weights.map((w) => laplace((epsilon * w) / all)),
            1e-3,
          );
          const whole = laplaceDelta(1, share * epsilon, epsilon);
          expect(split.deltaUpper(share * epsilon)).toBeLessThanOrEqual(whole);
        },
      ),
      some,
    );
  });
});

const law = fc.oneof(
  fc.double({ min: 0.02, max: 1, noNaN: true }).map((e) => laplace(e)),
  fc.double({ min: 0.02, max: 1, noNaN: true }).map((mu) => gaussian(mu, 2)),
  fc.double({ min: 0.02, max: 1, noNaN: true }).map((e) => pure(e, 3)),
  fc.double({ min: 0.8, max: 3, noNaN: true }).map((sigma) => sgd(sigma, 0.05, 20)),
);
const laws = fc.array(law, { minLength: 1, maxLength: 3 });

describe('properties of a composition', () => {
  it('has a lower bound below the upper, both falling', () => {
    fc.assert(
      fc.property(laws, (list) => {
        const composed = composedPld(list, 2e-3);
        let [before, beforeLower] = [1, 1];
        for (const e of [0, 0.1, 0.5, 1]) {
          const upper = composed.deltaUpper(e);
          const lower = composed.deltaLower(e);
          expect(lower).toBeLessThanOrEqual(upper);
          expect(upper).toBeLessThanOrEqual(before * (1 + 1e-5));
          expect(lower).toBeLessThanOrEqual(beforeLower * (1 + 1e-5));
          [before, beforeLower] = [upper, lower];
        }
      }),
      some,
    );
  });

  it('has a delta convex in e^epsilon', () => {
    fc.assert(
      fc.property(laws, fc.double({ min: 0, max: 2, noNaN: true }), (list, e) => {
        const composed = composedPld(list, 2e-3);
        const at = (x: number): number => composed.deltaUpper(Math.log(x));
        const x = Math.exp(e);
        // Rounding margins are a millionth of delta at most.
        expect(at(x + 0.3)).toBeLessThanOrEqual(((at(x) + at(x + 0.6)) / 2) * (1 + 2e-6) + 1e-15);
      }),
      some,
    );
  });

  it('does not mind the order, nor releases that lose nothing', () => {
    fc.assert(
      fc.property(laws, (list) => {
        const one = composedPld(list, 2e-3).epsilonUpper(1e-5);
        const other = composedPld([pure(0), ...list.toReversed(), gaussian(0, 5), laplace(1, 0)], 2e-3);
        expect(other.epsilonUpper(1e-5)).toBe(one);
      }),
      some,
    );
  });

  it('finds the epsilon of the delta of an epsilon', () => {
    fc.assert(
      fc.property(laws, fc.double({ min: 0.05, max: 0.5, noNaN: true }), (list, e) => {
        const composed = composedPld(list, 2e-3);
        const delta = composed.deltaUpper(e);
        if (delta < 1e-30) return;
        // delta falls by at least 1e-4 of itself per 1e-3 of epsilon here; margins of both readings are 1e-6 of it.
        expect(Math.abs(composed.epsilonUpper(delta) - e)).toBeLessThan(1e-4);
      }),
      some,
    );
  });

  it('grows with the sampling rate and the steps, and shrinks with noise', () => {
    const base = composedPld([sgd(1.2, 0.02, 800)], 1e-3).epsilonUpper(1e-5);
    for (const more of [sgd(1.2, 0.025, 800), sgd(1.2, 0.02, 1000), sgd(1.1, 0.02, 800)]) {
      expect(composedPld([more], 1e-3).epsilonLower(1e-5)).toBeGreaterThan(base);
    }
  });

  it('mirrors at epsilon 0', () => {
    const composed = composedPld([laplace(0.5, 2)], 1e-3);
    expect(composed.deltaUpper(-0.3)).toBeCloseTo(1 - Math.exp(-0.3) + Math.exp(-0.3) * composed.deltaUpper(0.3), 12);
  });
});

describe('bad questions', () => {
  it('are refused with a reason', () => {
    expect(() => composedPld([once({ kind: 'zcdp', rho: 0.1 })], 1e-3)).toThrow(/zero-concentrated/);
    expect(() => composedPld([laplace(-1)], 1e-3)).toThrow(/epsilon/);
    expect(() => composedPld([laplace(Number.NaN)], 1e-3)).toThrow(/epsilon/);
    expect(() => composedPld([laplace(1, 1.5)], 1e-3)).toThrow(/count/);
    expect(() => composedPld([laplace(1)], 0)).toThrow(/grid/);
    expect(() => composedPld([laplace(1)], 1e-3).epsilonUpper(0)).toThrow(/delta/);
  });

  it('about nothing have the answer 0', () => {
    const composed = composedPld([], 1e-3);
    expect(composed.epsilonUpper(1e-9)).toBe(0);
    expect(composed.deltaUpper(0)).toBe(0);
  });
});
