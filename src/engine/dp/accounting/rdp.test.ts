import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LossLaw } from '../../kit/loss-law.ts';
import { exp, log, pow } from '../../kit/portable-math.ts';
import { bestEpsilon, epsilonAtOrder, epsilonOverOrders, namedOrders } from './rdp-epsilon.ts';
import { rdpFixedSampleGaussian, rdpPoissonGaussian } from './rdp-sampled.ts';
import { rdpBoundedRange, rdpDiscreteLaplace, rdpKaryResponse, rdpLaplace, rdpOf, rdpPure } from './rdp.ts';

const orders = fc.double({ min: 1.05, max: 60, noNaN: true });
const epsilons = fc.double({ min: 0.001, max: 6, noNaN: true });
const rates = fc.double({ min: 1e-4, max: 0.95, noNaN: true });
const sigmas = fc.double({ min: 0.4, max: 8, noNaN: true });

/** Renyi divergence of two finite distributions, by definition. */
const divergence = (p: readonly number[], q: readonly number[], alpha: number): number =>
  log(p.reduce((sum, mass, i) => sum + pow(mass, alpha) * pow(q[i] as number, 1 - alpha), 0)) / (alpha - 1);

describe('Renyi divergences', () => {
  it('are those of the distributions, for randomized response of two and of many answers', () => {
    fc.assert(
      fc.property(
        orders,
        fc.integer({ min: 2, max: 12 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (alpha, k, noise) => {
          const lie = noise / k;
          const p = [1 - noise + lie, ...Array.from({ length: k - 1 }, () => lie)];
          const q = [lie, p[0] as number, ...p.slice(2)];
          expect(rdpKaryResponse(alpha, k, noise) / divergence(p, q, alpha)).toBeCloseTo(1, 8);
          if (k === 2) expect(rdpPure(alpha, log((1 - lie) / lie)) / divergence(p, q, alpha)).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  it('are those of geometric noise on a lattice, which tends to Laplace noise', () => {
    fc.assert(
      fc.property(
        orders,
        fc.double({ min: 0.3, max: 6, noNaN: true }),
        fc.integer({ min: 1, max: 6 }),
        (alpha, scale, sensitivity) => {
          const x = Array.from({ length: 1200 }, (_, i) => i - 600);
          const mass = (y: number): number =>
            ((1 - exp(-1 / scale)) / (1 + exp(-1 / scale))) * exp(-Math.abs(y) / scale);
          const expected = divergence(
            x.map(mass),
            x.map((y) => mass(y - sensitivity)),
            alpha,
          );
          fc.pre(Number.isFinite(expected) && expected > 1e-6);
          expect(rdpDiscreteLaplace(alpha, scale, sensitivity) / expected).toBeCloseTo(1, 7);
        },
      ),
      { numRuns: 25 },
    );
    expect(rdpDiscreteLaplace(3, 1e4, 2000) / rdpLaplace(3, 0.2)).toBeCloseTo(1, 6);
  });

  it('are largest, for bounded range, over all two-point losses', () => {
    fc.assert(
      fc.property(orders, epsilons, (alpha, epsilon) => {
        const worst = rdpBoundedRange(alpha, epsilon);
        for (let i = 1; i < 40; i += 1) {
          const t = (epsilon * i) / 40;
          const p = (exp(epsilon - t) - 1) / (exp(epsilon - t) - exp(-t));
          const here = log(p * exp((alpha - 1) * t) + (1 - p) * exp((alpha - 1) * (t - epsilon))) / (alpha - 1);
          expect(here).toBeLessThanOrEqual(worst * (1 + 1e-9) + 1e-13);
        }
        expect(worst).toBeLessThanOrEqual(((epsilon * epsilon * alpha) / 8) * (1 + 1e-12));
      }),
    );
  });

  it('agree for whole and broken orders of a sampled Gaussian: integral and binomial sum are one curve', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), rates, sigmas, (alpha, rate, sigma) => {
        const sum = rdpPoissonGaussian(alpha, rate, sigma);
        const integral = rdpPoissonGaussian(alpha + 1e-9, rate, sigma);
        expect(integral / sum).toBeCloseTo(1, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('rise with the order and the rate, fall with the noise, and never exceed the unsampled ones', () => {
    fc.assert(
      fc.property(orders, rates, sigmas, (alpha, rate, sigma) => {
        const here = rdpPoissonGaussian(alpha, rate, sigma);
        const slack = 1 + 1e-10;
        expect(here).toBeLessThanOrEqual(rdpPoissonGaussian(alpha * 1.1, rate, sigma) * slack);
        expect(here).toBeLessThanOrEqual(rdpPoissonGaussian(alpha, Math.min(1, rate * 1.1), sigma) * slack);
        expect(here).toBeLessThanOrEqual(rdpPoissonGaussian(alpha, rate, sigma * 0.9) * slack);
        expect(here).toBeLessThanOrEqual((alpha / (2 * sigma * sigma)) * slack);
        expect(rdpFixedSampleGaussian(alpha, rate, sigma)).toBeLessThanOrEqual((alpha / (2 * sigma * sigma)) * slack);
      }),
      { numRuns: 40 },
    );
  });

  it('keep their digits where they are tiny: half of alpha times the variance of the loss', () => {
    const tiny: readonly (readonly [LossLaw, number])[] = [
      [{ kind: 'pure', epsilon: 1e-6 }, 1e-12],
      [{ kind: 'laplace', epsilon: 1e-6 }, 1e-12],
      [{ kind: 'bounded-range', epsilon: 1e-6 }, 2.5e-13],
      [{ kind: 'poisson-gaussian', sigma: 100, rate: 1e-4 }, 1e-8 * (exp(1e-4) - 1)],
    ];
    for (const [law, variance] of tiny) {
      for (const alpha of [1.1, 2, 7.5]) {
        expect((rdpOf(law, alpha) as number) / ((alpha * variance) / 2)).toBeCloseTo(1, 4);
      }
    }
  });
});

describe('epsilon from Renyi divergences', () => {
  it('reports its order and says when that is the end of the orders tried', () => {
    const rho = (order: number): number => order * 0.5;
    const { opacus_default: list = [] } = namedOrders;
    const inside = epsilonOverOrders(list, rho, 1e-5);
    expect(inside.end).toBe(false);
    expect(epsilonAtOrder(inside.order, rho(inside.order), 1e-5)).toBe(inside.epsilon);
    const flat = epsilonOverOrders(list, () => 1e-9, 1e-9);
    expect([flat.end, flat.order]).toEqual([true, 63]);
  });

  it('is never above the best of a list of orders when all real orders are searched', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 20, noNaN: true }), fc.integer({ min: 1, max: 200 }), (rho, digits) => {
        const delta = pow(10, -digits);
        const searched = bestEpsilon((order) => order * rho, delta);
        for (const list of Object.values(namedOrders)) {
          const listed = epsilonOverOrders(list, (order) => order * rho, delta);
          expect(searched.epsilon).toBeLessThanOrEqual(listed.epsilon * (1 + 1e-7));
        }
      }),
    );
  });
});
