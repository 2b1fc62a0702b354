import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../kit/portable-math.ts';
import { binomialMass, binomialWindow, fallingRoot, logBinomialMass } from './kov-math.ts';
import {
  advancedSum,
  advancedSumImproved,
  boundedRangeDelta,
  boundedRangeEpsilon,
  hockeyOfRuns,
  kovClosedForm,
  kovOptimalDelta,
  kovOptimalEpsilon,
  optimalEpsilon,
  roundedOptimalEpsilon,
} from './kov.ts';

const epsilons = fc.double({ min: 0.01, max: 2, noNaN: true });
const deltas = fc.double({ min: 1e-9, max: 0.2, noNaN: true });

/** Every outcome of signs, one by one. */
function bySigns(losses: readonly number[], total: number): number {
  let sum = 0;
  for (let signs = 0; signs < 1 << losses.length; signs += 1) {
    let [loss, mass] = [0, 1];
    losses.forEach((epsilon, i) => {
      const truth = (signs >> i) % 2 === 0;
      loss += truth ? epsilon : -epsilon;
      mass *= truth ? exp(epsilon) / (1 + exp(epsilon)) : 1 / (1 + exp(epsilon));
    });
    sum += mass * Math.max(0, 1 - exp(total - loss));
  }
  return sum;
}

describe('binomial masses', () => {
  it('are those of the recursion, and a window holds all that counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
        let row = [1];
        for (let i = 0; i < n; i += 1) {
          row = Array.from({ length: i + 2 }, (_, k) => (row[k] ?? 0) * (1 - p) + (row[k - 1] ?? 0) * p);
        }
        row.forEach((mass, k) => expect(binomialMass(k, n, p) / mass).toBeCloseTo(1, 11));
        const { from, mass } = binomialWindow(n, p, 1 - p, 1e-30);
        expect(mass.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        mass.forEach((part, i) => expect(part / (row[from + i] as number)).toBeCloseTo(1, 11));
      }),
    );
  });

  it('keep their digits among millions', () => {
    // ln P(Bin(2m, 1/2) = m) = -ln(pi m) / 2 - 1 / (8 m) + 1 / (192 m^3) - ...
    const m = 4e6;
    expect(logBinomialMass(m, 2 * m, 0.5)).toBeCloseTo(-log(Math.PI * m) / 2 - 1 / (8 * m), 13);
  });

  it('are searched to the safe side of a root', () => {
    const root = fallingRoot((x) => exp(-x), 1e-9, 0, 100);
    expect(exp(-root)).toBeLessThanOrEqual(1e-9);
    expect(root / log(1e9)).toBeCloseTo(1, 13);
  });
});

describe('composition of pure losses', () => {
  it('is optimal: the hockey stick over all outcomes of signs, for equal and unequal losses', () => {
    fc.assert(
      fc.property(
        fc.array(epsilons, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 4, noNaN: true }),
        (losses, total) => {
          const runs = losses.map((epsilon) => ({ epsilon, count: 1 }));
          expect(hockeyOfRuns(runs, total)).toBeCloseTo(bySigns(losses, total), 12);
          const [epsilon = 1] = losses;
          const same = losses.map(() => epsilon);
          expect(kovOptimalDelta(epsilon, losses.length, total)).toBeCloseTo(bySigns(same, total), 12);
        },
      ),
    );
  });

  it('finds a real epsilon that keeps delta, below every closed form', () => {
    fc.assert(
      fc.property(epsilons, fc.integer({ min: 1, max: 300 }), deltas, (epsilon, count, delta) => {
        const runs = [{ epsilon, count }];
        const best = optimalEpsilon(runs, delta);
        expect(kovOptimalDelta(epsilon, count, best)).toBeLessThanOrEqual(delta * (1 + 1e-9));
        if (best > 0) expect(kovOptimalDelta(epsilon, count, best * (1 - 1e-6))).toBeGreaterThan(delta * (1 - 1e-9));
        expect(best).toBeLessThanOrEqual(kovClosedForm(runs, delta) * (1 + 1e-12));
        expect(kovClosedForm(runs, delta)).toBeLessThanOrEqual(advancedSumImproved(runs, delta) * (1 + 1e-14));
        expect(advancedSumImproved(runs, delta)).toBeLessThanOrEqual(advancedSum(runs, delta));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses when the releases’ own deltas exceed the total', () => {
    expect(kovOptimalEpsilon(0.5, 1e-6, 20, 1e-5)).toBeUndefined();
    expect(kovOptimalEpsilon(0.5, 1e-6, 20, 1e-4)).toBeLessThan(10);
  });

  it('stays sound when losses are rounded up to a lattice, and close', () => {
    fc.assert(
      fc.property(fc.array(epsilons, { minLength: 2, maxLength: 8 }), deltas, (losses, delta) => {
        const runs = losses.map((epsilon) => ({ epsilon, count: 1 }));
        const exact = optimalEpsilon(runs, delta);
        const rounded = roundedOptimalEpsilon(runs, delta, 1 << 14);
        expect(rounded).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
        expect(rounded).toBeLessThanOrEqual(exact + losses.reduce((a, b) => a + b, 0) * 2e-3);
      }),
      { numRuns: 15 },
    );
  });
});

describe('composition of bounded ranges', () => {
  it('is exact for one: the largest hockey stick of a two-point loss', () => {
    fc.assert(
      fc.property(epsilons, fc.double({ min: 0, max: 1, noNaN: true }), (epsilon, share) => {
        const total = share * epsilon;
        let worst = 0;
        for (let i = 1; i < 4000; i += 1) {
          const t = (epsilon * i) / 4000;
          const p = (1 - exp(t - epsilon)) / (1 - exp(-epsilon));
          worst = Math.max(worst, p * Math.max(0, 1 - exp(total - t)));
        }
        const found = boundedRangeDelta(epsilon, 1, total);
        expect(found).toBeGreaterThanOrEqual(worst - 1e-12);
        expect(found - worst).toBeLessThan(1e-5);
      }),
    );
  });

  it('costs far less than as many pure losses, and never more', () => {
    expect(boundedRangeEpsilon(0.1, 100, 1e-6)).toBeCloseTo(2.246, 3);
    fc.assert(
      fc.property(epsilons, fc.integer({ min: 1, max: 40 }), deltas, (epsilon, count, delta) => {
        const pure = optimalEpsilon([{ epsilon, count }], delta);
        expect(boundedRangeEpsilon(epsilon, count, delta)).toBeLessThanOrEqual(pure * (1 + 1e-9));
      }),
      { numRuns: 40 },
    );
  });
});
