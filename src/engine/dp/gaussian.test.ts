import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyticSigma, classicSigma, gaussianDelta, gaussianEpsilon, normalCdf, normalQuantile } from './gaussian.ts';

const epsilons = fc.double({ min: 0.05, max: 15, noNaN: true });
const exponents = fc.double({ min: 2, max: 30, noNaN: true });

describe('gaussian mechanism', () => {
  it('finds the epsilon of a delta and the delta of that epsilon again', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 50, noNaN: true }), exponents, (sigma, digits) => {
        const delta = Number(`1e-${Math.round(digits)}`);
        const epsilon = gaussianEpsilon(sigma, delta, 1);
        fc.pre(epsilon > 0);
        expect(gaussianDelta(sigma, epsilon, 1) / delta).toBeCloseTo(1, 7);
      }),
    );
  });

  it('never needs more noise than the textbook formula where that is proven', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 1, noNaN: true }), exponents, (epsilon, digits) => {
        const delta = Number(`1e-${Math.round(digits)}`);
        expect(analyticSigma(epsilon, delta, 1)).toBeLessThan(classicSigma(epsilon, delta, 1));
      }),
    );
  });

  it('needs less noise for a larger epsilon', () => {
    fc.assert(
      fc.property(epsilons, (epsilon) => {
        expect(analyticSigma(epsilon * 1.1, 1e-6, 1)).toBeLessThan(analyticSigma(epsilon, 1e-6, 1));
      }),
    );
  });

  it('inverts the normal distribution function, tails included', () => {
    for (const p of [1e-300, 1e-20, 1e-6, 0.3, 0.5, 0.9]) {
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 10);
    }
  });
});
