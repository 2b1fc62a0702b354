import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp } from '../kit/portable-math.ts';
import {
  discreteGaussianAccuracy,
  discreteGaussianDelta,
  discreteGaussianEpsilon,
  discreteGaussianMass,
  discreteGaussianMeanSize,
  discreteGaussianRdp,
  discreteGaussianTail,
  discreteGaussianVariance,
} from './discrete-gaussian.ts';
import { gaussianDelta } from './gaussian.ts';

const variances = fc.double({ min: 0.01, max: 400, noNaN: true });
const support = (sigma2: number): readonly number[] => {
  const reach = Math.ceil(9 * Math.sqrt(sigma2)) + 3;
  return Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
};

describe('discrete Gaussian', () => {
  it('has mass one, and the moments and tails of its masses', () => {
    fc.assert(
      fc.property(variances, fc.integer({ min: -5, max: 40 }), (sigma2, t) => {
        const sums = { mass: 0, squares: 0, size: 0, tail: 0 };
        for (const x of support(sigma2)) {
          const mass = discreteGaussianMass(sigma2, x);
          sums.mass += mass;
          sums.squares += x * x * mass;
          sums.size += Math.abs(x) * mass;
          if (x >= t) sums.tail += mass;
        }
        expect(sums.mass).toBeCloseTo(1, 12);
        expect(sums.squares / discreteGaussianVariance(sigma2)).toBeCloseTo(1, 11);
        expect(sums.size / discreteGaussianMeanSize(sigma2)).toBeCloseTo(1, 11);
        expect(discreteGaussianTail(sigma2, t)).toBeCloseTo(sums.tail, 12);
      }),
    );
  });

  it('needs delta as the hockey stick of its masses says, and finds epsilon back', () => {
    const epsilons = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(variances, epsilons, fc.integer({ min: 1, max: 9 }), (sigma2, epsilon, sensitivity) => {
        let expected = 0;
        for (const x of support(sigma2)) {
          const gap = discreteGaussianMass(sigma2, x) - exp(epsilon) * discreteGaussianMass(sigma2, x + sensitivity);
          if (gap > 0) expected += gap;
        }
        fc.pre(expected > 1e-13);
        const delta = discreteGaussianDelta(sigma2, epsilon, sensitivity);
        expect(delta / expected).toBeCloseTo(1, 7);
        const back = discreteGaussianEpsilon(sigma2, delta, sensitivity);
        expect(discreteGaussianDelta(sigma2, back, sensitivity)).toBeLessThanOrEqual(delta);
        expect(back).toBeLessThanOrEqual(epsilon * (1 + 1e-9) + 1e-12);
      }),
    );
  });

  it('goes over into the Gaussian where it is wide, without a step between sums and integrals', () => {
    // The relative gap falls as 1 / sigma2 times (epsilon sigma)^2.
    for (const sigma of [249, 251, 1000, 30_000]) {
      const epsilon = 3 / sigma;
      expect(discreteGaussianDelta(sigma * sigma, epsilon, 1) / gaussianDelta(sigma, epsilon, 1)).toBeCloseTo(1, 4);
    }
    const [below, above] = [62_499.999, 62_500.001].map((sigma2) => discreteGaussianDelta(sigma2, 0.01, 3));
    expect((below as number) / (above as number)).toBeCloseTo(1, 6);
  });

  it('says the least whole error that is rare enough', () => {
    fc.assert(
      fc.property(variances, fc.double({ min: 1e-9, max: 0.9, noNaN: true }), (sigma2, alpha) => {
        const t = discreteGaussianAccuracy(sigma2, alpha);
        expect(2 * discreteGaussianTail(sigma2, t)).toBeLessThanOrEqual(alpha * (1 + 1e-12));
        if (t > 1) expect(2 * discreteGaussianTail(sigma2, t - 1)).toBeGreaterThan(alpha);
      }),
    );
  });

  it('is nowhere more divergent than the Gaussian, and as much on whole multiples', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.02, max: 200, noNaN: true }),
        fc.double({ min: 0.001, max: 50, noNaN: true }),
        fc.integer({ min: 1, max: 5 }),
        (alpha, sigma2, sensitivity) => {
          const bound = (order: number): number => (order * sensitivity * sensitivity) / (2 * sigma2);
          const rdp = discreteGaussianRdp(alpha, sigma2, sensitivity);
          expect(rdp).toBeLessThanOrEqual(bound(alpha) * (1 + 1e-12));
          expect(rdp).toBeGreaterThanOrEqual(0);
          const whole = Math.ceil(alpha);
          expect(discreteGaussianRdp(whole, sigma2, sensitivity)).toBe(bound(whole));
        },
      ),
    );
  });
});
