import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log, pow } from '../../kit/portable-math.ts';
import { zcdpDelta, zcdpEpsilon } from '../composition.ts';
import { epsilonOfMu, logDeltaOfMu } from '../gaussian.ts';
import { rdpBoundedRange, rdpPure } from './rdp.ts';
import {
  rhoOfBoundedRange,
  rhoOfPure,
  zcdpDeltaTight,
  zcdpEpsilonTight,
  zcdpLogDeltaTight,
  zcdpRhoFor,
} from './zcdp.ts';

const rhos = fc.double({ min: 1e-5, max: 20, noNaN: true });
const digits = fc.double({ min: 1, max: 300, noNaN: true });

describe('concentrated privacy', () => {
  it('lies between the exact loss of one Gaussian and the classic bound', () => {
    fc.assert(
      fc.property(rhos, digits, (rho, d) => {
        const delta = pow(10, -d);
        const tight = zcdpEpsilonTight(rho, delta);
        expect(tight).toBeLessThanOrEqual(zcdpEpsilon(rho, delta) * (1 + 1e-12));
        expect(tight).toBeGreaterThanOrEqual(epsilonOfMu(Math.sqrt(2 * rho), delta) * (1 - 1e-9));
        expect(zcdpDeltaTight(rho, tight)).toBeLessThanOrEqual(delta * (1 + 1e-6));
        expect(zcdpDeltaTight(rho, tight)).toBeLessThanOrEqual(zcdpDelta(rho, tight) * (1 + 1e-9));
      }),
    );
  });

  it('is the least over a fine grid of orders', () => {
    fc.assert(
      fc.property(rhos, fc.double({ min: 0.001, max: 20, noNaN: true }), (rho, epsilon) => {
        let least = 0;
        for (let i = -200; i < 280; i += 1) {
          const t = pow(10, i / 40);
          least = Math.min(least, t * ((1 + t) * rho - epsilon) + t * log(t) - (1 + t) * log(1 + t));
        }
        const found = zcdpLogDeltaTight(rho, epsilon);
        const slack = 1e-9 * (1 + Math.abs(least));
        expect(found).toBeLessThanOrEqual(least + slack);
        expect(found).toBeGreaterThanOrEqual(least - 0.02 * (1 + Math.abs(least)));
        expect(found).toBeGreaterThanOrEqual(logDeltaOfMu(Math.sqrt(2 * rho), epsilon) - slack);
      }),
    );
  });

  it('finds the largest rho of a budget', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 10, noNaN: true }), digits, (epsilon, d) => {
        const delta = pow(10, -d);
        const rho = zcdpRhoFor(epsilon, delta);
        expect(zcdpEpsilonTight(rho, delta) / epsilon).toBeCloseTo(1, 7);
        expect(zcdpDeltaTight(rho, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-12));
      }),
    );
  });

  it('bounds the divergences of bounded losses at every order', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        fc.double({ min: 1.001, max: 1000, noNaN: true }),
        (epsilon, alpha) => {
          expect(rdpPure(alpha, epsilon)).toBeLessThanOrEqual(rhoOfPure(epsilon) * alpha * (1 + 1e-9));
          expect(rdpBoundedRange(alpha, epsilon)).toBeLessThanOrEqual(rhoOfBoundedRange(epsilon) * alpha * (1 + 1e-9));
        },
      ),
    );
    expect(rhoOfPure(2000)).toBe(2000);
    expect(exp(zcdpLogDeltaTight(0, 1))).toBe(0);
  });
});
