import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LossLaw } from '../kit/loss-law.ts';
import { exp } from '../kit/portable-math.ts';
import { deltaOnce, epsilonOnce } from './accounting/losses.ts';
import { groupDelta, groupLaw, requiredBaseEpsilon, subsampledEpsilon, subsampledLaw } from './composition.ts';

const laws: readonly LossLaw[] = [
  { kind: 'pure', epsilon: 0.7 },
  { kind: 'approximate', epsilon: 0.4, delta: 1e-7 },
  { kind: 'laplace', epsilon: 0.5 },
  { kind: 'discrete-laplace', scale: 3, sensitivity: 1 },
  { kind: 'gaussian', mu: 0.4 },
  { kind: 'discrete-gaussian', sigma2: 9, sensitivity: 1 },
  { kind: 'randomized-response', truth: 0.7 },
  { kind: 'bounded-range', epsilon: 0.6 },
  { kind: 'zcdp', rho: 0.1 },
];

describe('group privacy', () => {
  it('costs a group at most what k steps from one unit to the next cost', () => {
    // delta_k(k epsilon) <= delta(epsilon) (e^(k epsilon) - 1) / (e^epsilon - 1), for laws whose delta is exact.
    const exact = laws.filter(({ kind }) =>
      ['laplace', 'gaussian', 'discrete-laplace', 'discrete-gaussian'].includes(kind),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...exact),
        fc.integer({ min: 2, max: 6 }),
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        (law, k, epsilon) => {
          const bound = groupDelta(epsilon, deltaOnce(law, epsilon), k);
          expect(deltaOnce(groupLaw(law, k) as LossLaw, k * epsilon)).toBeLessThanOrEqual(bound * (1 + 1e-9) + 1e-15);
        },
      ),
    );
  });

  it('is the law itself for one, and unknown for samples', () => {
    for (const law of laws) expect(groupLaw(law, 1)).toBe(law);
    expect(groupLaw({ kind: 'poisson-gaussian', sigma: 1, rate: 0.1 }, 2)).toBeUndefined();
    expect(() => groupLaw({ kind: 'gaussian', mu: 1 }, 0)).toThrow(/group/);
    expect(groupDelta(0, 1e-6, 5)).toBeCloseTo(5e-6, 18);
  });
});

describe('amplification by sampling', () => {
  it('is not mixed with the other neighbouring relation', () => {
    const law: LossLaw = { kind: 'pure', epsilon: 1 };
    expect(() => subsampledLaw(law, 0.1, 'poisson', 'replace-one')).toThrow(/add-remove/);
    expect(() => subsampledLaw(law, 0.1, 'without-replacement', 'add-remove')).toThrow(/replace-one/);
    expect(() => subsampledLaw({ kind: 'zcdp', rho: 1 }, 0.1, 'poisson', 'add-remove')).toThrow(/zcdp/);
    expect(() => subsampledLaw(law, 0, 'poisson', 'add-remove')).toThrow(/rate/);
    expect(subsampledLaw(law, 0.1, 'poisson', 'add-remove')).toEqual({
      kind: 'pure',
      epsilon: subsampledEpsilon(1, 0.1),
    });
  });

  it('is the exact one for Gaussian noise: below what epsilon and delta alone would give', () => {
    const rates = fc.double({ min: 0.01, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(
        rates,
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.double({ min: 1e-9, max: 1e-3, noNaN: true }),
        (rate, mu, delta) => {
          const plain: LossLaw = { kind: 'gaussian', mu };
          const sampled = subsampledLaw(plain, rate, 'poisson', 'add-remove');
          const epsilon = epsilonOnce(sampled, rate * delta);
          expect(epsilon).toBeLessThanOrEqual(subsampledEpsilon(epsilonOnce(plain, delta), rate) * (1 + 1e-9) + 1e-12);
          expect(deltaOnce(sampled, epsilon)).toBeLessThanOrEqual(rate * delta * (1 + 1e-6));
        },
      ),
    );
  });

  it('has an inverse, also where e^epsilon is no double', () => {
    for (const epsilon of [1e-6, 0.5, 3, 29, 31, 900]) {
      expect(subsampledEpsilon(requiredBaseEpsilon(epsilon, 0.03), 0.03) / epsilon).toBeCloseTo(1, 9);
    }
    expect(subsampledEpsilon(800, 0.5)).toBeCloseTo(800 - Math.LN2, 9);
    expect(exp(subsampledEpsilon(0.2, 1))).toBeCloseTo(exp(0.2), 12);
  });
});
