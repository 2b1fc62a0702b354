import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secureRng, seededRng } from '../../rng/rng.ts';
import { zcdpLogDeltaTight, zcdpRhoFor } from '../accounting/zcdp.ts';
import { pureProfile } from './audited.ts';
import { type CodedTable, countsOver } from './coded-table.ts';
import { compressionOf, expanded, merged } from './compression.ts';
import { measureMst, mstBudget } from './mst.ts';
import { multiplicativeUpdate, mwemBudget, mwemSteps } from './mwem.ts';
import { chosenByScore, distanceScore, SCORE_STEPS, withGaussianNoise, withLaplaceNoise } from './private-noise.ts';
import { projectedOnto } from './simplex.ts';

/** Not secret, only behind the interface of the cryptographic source. */
function pretended(seed: number) {
  const rng = seededRng(seed);
  return secureRng((buffer) => {
    for (let i = 0; i < buffer.length; i += 1) buffer[i] = rng.u32();
  });
}

function end<R>(steps: Generator<unknown, R, void>): R {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

const table = (rows: readonly (readonly number[])[], shape: readonly number[]): CodedTable => ({
  rows: rows.length,
  shape,
  columns: shape.map((_, a) => Uint16Array.from(rows, (row) => row[a] as number)),
});

describe('the choice by scores', () => {
  it('moves by at most its sensitivity when a row comes or goes, whatever is expected', () => {
    const cases = fc.tuple(
      fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }),
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 12, maxLength: 12 }),
      fc.nat(11),
    );
    fc.assert(
      fc.property(cases, ([counts, expected, place]) => {
        const more = counts.map((count, i) => count + (i === place % counts.length ? 1 : 0));
        const gap = distanceScore(more, expected) - distanceScore(counts, expected);
        expect(Number.isInteger(gap) && Math.abs(gap) <= SCORE_STEPS).toBe(true);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  it('follows exp(epsilon score / (2 sensitivity)) in either source', () => {
    const scores = [0, 3, 5, 5, -40];
    const weights = scores.map((score) => Math.exp((0.8 * score) / (2 * 2)));
    const sum = weights.reduce((a, b) => a + b, 0);
    for (const rng of [seededRng('choice'), pretended(5)]) {
      const draws = 60_000;
      const hits = new Float64Array(scores.length);
      for (let i = 0; i < draws; i += 1) {
        const at = chosenByScore(rng, scores, 2, 0.8);
        hits[at] = (hits[at] as number) + 1;
      }
      // Chi-square over the four likely candidates and the rest: 33.4 on 4 degrees of freedom at alpha 1e-6.
      const statistic = scores.reduce((total, _, i) => {
        const expected = (draws * (weights[i] as number)) / sum;
        return total + ((hits[i] as number) - expected) ** 2 / expected;
      }, 0);
      expect(statistic).toBeLessThan(33.4);
    }
  });
});

describe('noise of the synthesizers', () => {
  it('is whole from the cryptographic source and has the stated variance in both', () => {
    const zero = new Float64Array(40_000);
    for (const rng of [seededRng('noise'), pretended(9)]) {
      const gaussian = withGaussianNoise(rng.fork('g'), zero, 7.3);
      const laplace = withLaplaceNoise(rng.fork('l'), zero, 3, 0.5);
      const variance = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;
      // Five standard errors (4.9 are alpha 1e-6): sqrt(2 / n) of a Gaussian's variance, sqrt(5 / n) of a Laplace's.
      expect(Math.abs(variance(gaussian) / (7.3 * 7.3) - 1)).toBeLessThan(5 * Math.sqrt(2 / zero.length));
      expect(Math.abs(variance(laplace) / 72 - 1)).toBeLessThan(5 * Math.sqrt(5 / zero.length) + 0.003);
      if (rng.path === 'secure') expect([...gaussian, ...laplace].every(Number.isInteger)).toBe(true);
    }
  });
});

describe('MST', () => {
  const tied = table(
    Array.from({ length: 4000 }, (_, i) => [i % 4, i % 4, (i >> 2) % 3, ((i >> 2) % 3) * 2]),
    [4, 4, 3, 6],
  );

  it('spends exactly its rho: a third on columns, on the choice, on the pairs', () => {
    const { rho, sigma, edgeEpsilon } = mstBudget(1, 1e-6, 5);
    expect(5 * (1 / (2 * sigma * sigma * 5))).toBeCloseTo(rho / 3, 12);
    expect(4 * (edgeEpsilon ** 2 / 8)).toBeCloseTo(rho / 3, 12);
    const alone = end(measureMst(table([[0]], [2]), mstBudget(1, 1e-6, 1), 1, seededRng(1)));
    expect(1 / (2 * alone.columnSigma ** 2)).toBeCloseTo(rho, 12);
  });

  it('finds the pairs that hang together', () => {
    const { edges } = end(measureMst(tied, mstBudget(5, 1e-6, 4), 1, seededRng('tree')));
    expect(edges).toHaveLength(3);
    expect(edges).toContainEqual([0, 1]);
    expect(edges).toContainEqual([2, 3]);
  });

  it('adds noise in proportion to the rows of a hidden unit', () => {
    const budget = mstBudget(1, 1e-6, 4);
    const one = end(measureMst(tied, budget, 1, seededRng(1)));
    const ten = end(measureMst(tied, budget, 10, seededRng(1)));
    expect(ten.columnSigma / one.columnSigma).toBeCloseTo(10, 12);
    expect(ten.pairSigma / one.pairSigma).toBeCloseTo(10, 12);
  });

  it('measures whole numbers only, for a release meant to be used', () => {
    const { measurements } = end(measureMst(tied, mstBudget(1, 1e-6, 4), 1, pretended(3)));
    expect(measurements.every(({ values }) => values.every(Number.isInteger))).toBe(true);
  });

  it('does not change what it looks for with the number of rows in a cell it has not seen: shapes are declared', () => {
    const nobody = end(measureMst(table([], [3, 5]), mstBudget(1, 1e-6, 2), 1, seededRng(2)));
    expect(nobody.compressions.map(({ codeOf }) => codeOf.length)).toEqual([3, 5]);
  });
});

describe('values too rare to stand out', () => {
  it('are merged, keep their sum, and are drawn alike again', () => {
    const noisy = Float64Array.of(50, 2, -1, 40, 3);
    const compression = compressionOf(noisy, 10);
    expect([...compression.codeOf]).toEqual([0, 2, 2, 1, 2]);
    expect([...merged(noisy, compression, 2, 0).values]).toEqual([50, 40, 4]);
    expect([...(merged(noisy, compression, 2, 0).weight as Float64Array)]).toEqual([1 / 4, 1 / 4, 1 / 12]);
    const drawn = expanded(new Uint16Array(3000).fill(2), compression, seededRng(1));
    const counts = [1, 2, 4].map((code) => drawn.filter((each) => each === code).length);
    // 1000 each, with a deviation of 26: five of them.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});

describe('MWEM', () => {
  it('spends exactly its epsilon', () => {
    const { rounds, total, choice, counts } = mwemBudget(1.3, 7);
    expect(total + rounds * (choice + counts)).toBeCloseTo(1.3, 12);
  });

  it('learns what the data has and the start has not', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => [i % 2, i % 2, i % 5 === 0 ? 1 : 0]);
    const { model, measurements } = end(mwemSteps(table(rows, [2, 2, 2]), mwemBudget(10, 4), 1, seededRng('learn')));
    expect(measurements).toHaveLength(4);
    expect(measurements.map(({ attributes }) => attributes.join())).toContain('0,1');
    expect(model.total).toBeGreaterThan(2900);
  });

  it('updates weights as published, also for measurements far from any table', () => {
    const updated = multiplicativeUpdate([0.1, 0.2, 0.3, 0.4], [0, 0, 0, 1], 5, 10);
    expect(updated.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    expect([...multiplicativeUpdate([0.5, 0.5], [1, 0], 1e9, 1)]).toEqual([1, 0]);
  });
});

describe('the largest rho for epsilon and delta', () => {
  it('is one whose delta is the asked one, never more, at any size', () => {
    for (const epsilon of [1e-6, 0.01, 1, 20, 1000]) {
      for (const delta of [1e-300, 1e-9, 0.01, 0.9]) {
        const rho = zcdpRhoFor(epsilon, delta);
        expect(zcdpLogDeltaTight(rho, epsilon)).toBeLessThanOrEqual(Math.log(delta) + 1e-9);
        expect(zcdpLogDeltaTight(rho * (1 + 1e-6), epsilon)).toBeGreaterThan(Math.log(delta));
      }
    }
    expect(() => zcdpRhoFor(0, 0.1)).toThrow(/epsilon/);
    expect(() => zcdpRhoFor(1, 0)).toThrow(/delta/);
  });
});

describe('the nearest table of a total', () => {
  it('is not negative, adds up, and no other is nearer', () => {
    const weights = fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 5, maxLength: 5 });
    const values = fc.array(fc.double({ min: -50, max: 90, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(values, weights, fc.double({ min: 0.5, max: 200, noNaN: true }), (y, w, total) => {
        const p = projectedOnto(Float64Array.from(y), Float64Array.from(w), total);
        expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 6);
        // Optimality: the slope is alike where p is positive, and not lower where it is zero.
        const slope = p.map((value, i) => (w[i] as number) * (value - (y[i] as number)));
        const level = Math.min(...slope);
        p.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(0);
          if (value > 1e-9) expect(slope[i]).toBeCloseTo(level, 5);
        });
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe('the curve of pure releases', () => {
  it('is that of randomized response for one, and nothing at the summed epsilon', () => {
    const one = pureProfile([{ epsilon: 1, count: 1 }]);
    expect(one(0)).toBeCloseTo((Math.E - 1) / (Math.E + 1), 14);
    expect(one(1)).toBeCloseTo(0, 14);
    const many = pureProfile([
      { epsilon: 0.3, count: 1 },
      { epsilon: 0.1, count: 12 },
    ]);
    expect(many(1.5)).toBeCloseTo(0, 12);
    expect(many(0.2)).toBeLessThan(many(0.1));
  });
});

describe('counts of a coded table', () => {
  it('are row-major in the order asked', () => {
    expect([
      ...countsOver(
        table(
          [
            [0, 2],
            [1, 0],
            [1, 0],
          ],
          [2, 3],
        ),
        [1, 0],
      ),
    ]).toEqual([0, 2, 0, 0, 1, 0]);
  });
});
