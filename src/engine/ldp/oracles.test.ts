import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { log } from '../kit/portable-math.ts';
import {
  bestOracle,
  coinsOfOptimisedUnary,
  coinsOfSymmetricUnary,
  grr,
  oracleVariance,
  symmetricUnary,
} from './oracles.ts';
import { normCut, normSub } from './post-process.ts';
import { epsilonOfOneHot, relativeErrorExact, relativeErrorNormal } from './two-coin.ts';
import { averagingAccuracy, reportsNeeded } from './two-coin-plan.ts';

const epsilons = fc.double({ min: 0.1, max: 6, noNaN: true });

describe('frequency oracles', () => {
  it('spend exactly their budget', () => {
    fc.assert(
      fc.property(epsilons, fc.integer({ min: 2, max: 200 }), (epsilon, d) => {
        const { p, q } = grr(epsilon, d);
        expect(log(p / q)).toBeCloseTo(epsilon, 9);
        expect(p + (d - 1) * q).toBeCloseTo(1, 9);
        expect(epsilonOfOneHot(coinsOfSymmetricUnary(epsilon))).toBeCloseTo(epsilon, 9);
        expect(epsilonOfOneHot(coinsOfOptimisedUnary(epsilon))).toBeCloseTo(epsilon, 9);
      }),
    );
  });

  it('prefers direct answers over few values and encodings over many', () => {
    expect(bestOracle(3, 3)).toBe('grr');
    expect(bestOracle(0.5, 500)).not.toBe('grr');
    expect(oracleVariance(symmetricUnary(1), 0, 100)).toBeCloseTo(oracleVariance(symmetricUnary(1), 0, 1) / 100, 12);
  });
});

describe('post-processing', () => {
  it('projects to counts that are possible and sum to n', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -100, max: 400, noNaN: true }), { minLength: 2, maxLength: 30 }), (x) => {
        const out = normSub(x, 100);
        expect(out.every((value) => value >= 0)).toBe(true);
        expect(out.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 6);
      }),
    );
    expect(normCut([64, 64, 30, -5], 64)).toEqual([32, 32, 0, 0]);
  });
});

describe('planning a stream', () => {
  it('agrees with the exact law when many owners answer', () => {
    const coins = { p: 0.5, q: 0.5 };
    expect(relativeErrorExact(coins, 800, 1000) / relativeErrorNormal(coins, 800, 1000)).toBeCloseTo(1, 2);
  });

  it('shows how fast averaging fresh answers unmasks an owner', () => {
    const coins = { p: 0.5, q: 0.5 };
    expect(averagingAccuracy(coins, 0.5, 1)).toBeCloseTo(0.75, 12);
    const needed = reportsNeeded(coins, 0.5, 0.99);
    expect(averagingAccuracy(coins, 0.5, needed)).toBeGreaterThanOrEqual(0.99);
    expect(averagingAccuracy(coins, 0.5, needed - 1)).toBeLessThan(0.99);
  });
});
