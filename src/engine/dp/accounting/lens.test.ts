import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LensTarget } from '../../kit/accounting.ts';
import { quietContext } from '../../kit/context.ts';
import { withNoiseTimes, type CountedLaw } from '../../kit/loss-law.ts';
import { seededRng } from '../../rng/rng.ts';
import { tradeoffGaussian, tradeoffLaplace } from '../meaning.ts';
import { answer as lens } from './lens.ts';
import { composedPld } from './pld.ts';
import { answer as solve, leastFactor } from './solve.ts';
import { tradeoffAt } from './tradeoff.ts';

const ctx = quietContext(seededRng('lens'));
const rates = [0, 1e-6, 0.01, 0.2, 0.5, 0.9, 1];
const mixed: readonly CountedLaw[] = [
  { law: { kind: 'laplace', epsilon: 0.3 }, count: 2 },
  { law: { kind: 'gaussian', mu: 0.4 }, count: 1 },
];

describe('trade-off curve', () => {
  it('contains the closed forms of Laplace and Gaussian noise', () => {
    const laplace = composedPld([{ law: { kind: 'laplace', epsilon: 1.3 }, count: 1 }], 1e-3);
    const gaussian = composedPld([{ law: { kind: 'gaussian', mu: 0.8 }, count: 1 }], 1e-3);
    for (const rate of rates) {
      for (const [composed, exact] of [
        [laplace, tradeoffLaplace(rate, 1.3)],
        [gaussian, rate === 0 || rate === 1 ? 1 - rate : tradeoffGaussian(rate, 0.8)],
      ] as const) {
        const { lower, upper } = tradeoffAt(composed, rate);
        expect(lower).toBeLessThanOrEqual(exact + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(exact - 1e-12);
        expect(upper - lower).toBeLessThan(1e-5);
      }
    }
  });

  it('is convex and its own mirror image: f(f(a)) is at most a', () => {
    const composed = composedPld(mixed, 1e-3);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const f = (x: number): number => tradeoffAt(composed, x).lower;
        expect(f((a + b) / 2)).toBeLessThanOrEqual((f(a) + f(b)) / 2 + 1e-9);
        expect(f(tradeoffAt(composed, a).upper)).toBeLessThanOrEqual(a + 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it('does not drift as the grid gets finer', () => {
    const law: CountedLaw = { law: { kind: 'poisson-gaussian', sigma: 1, rate: 0.01 }, count: 10_000 };
    for (const grid of [1e-3, 1e-4]) {
      const { lower, upper } = tradeoffAt(composedPld([law], grid), 0.001);
      // 0.96199: dp.md, dpsgd.tradeoff_fnr; a peer drifts to 0.990.
      expect(lower).toBeLessThan(0.962);
      expect(upper).toBeGreaterThan(0.96198);
      expect(upper - lower).toBeLessThan(grid);
    }
  });
});

describe('the lens', () => {
  it('answers everything from one composition, in order', async () => {
    const epsilons = [0, 0.5, 1, 2];
    const question = { laws: mixed, delta: 1e-5, grid: 1e-3, prior: 0.2, epsilons, falsePositiveRates: rates };
    const said = await lens(question, ctx);
    expect(said.epsilon.lower).toBeLessThanOrEqual(said.epsilon.upper);
    expect(said.profile.upper[0]).toBe(said.advantage.upper);
    expect(said.accuracy.upper).toBe((1 + said.advantage.upper) / 2);
    expect(said.accuracyAtPrior.lower).toBeGreaterThanOrEqual(0.8);
    expect(said.accuracyAtPrior.upper).toBeLessThan(1);
    expect(said.posterior.upper).toBeCloseTo(
      (0.2 * Math.exp(said.epsilon.upper)) / (0.8 + 0.2 * Math.exp(said.epsilon.upper)),
      12,
    );
    for (let i = 0; i < rates.length; i += 1) {
      expect(said.tradeoff.lower[i]).toBeLessThanOrEqual(said.tradeoff.upper[i] as number);
    }
  });

  it('refuses a delta of 0, a prior above 1, endless epsilons', async () => {
    const good = { laws: mixed, delta: 1e-5, grid: 1e-3, prior: 0.2, epsilons: [], falsePositiveRates: [] };
    await expect(lens({ ...good, delta: 0 }, ctx)).rejects.toThrow(/delta/);
    await expect(lens({ ...good, prior: 1.2 }, ctx)).rejects.toThrow(/prior/);
    await expect(lens({ ...good, epsilons: [Number.POSITIVE_INFINITY] }, ctx)).rejects.toThrow(/epsilons/);
    await expect(lens({ ...good, falsePositiveRates: [-1] }, ctx)).rejects.toThrow(/falsePositiveRates/);
  });
});

describe('the inverse', () => {
  const targets: readonly LensTarget[] = [
    { kind: 'epsilon', value: 0.7, delta: 1e-6 },
    { kind: 'delta', value: 1e-7, epsilon: 1 },
    { kind: 'advantage', value: 0.05 },
    { kind: 'accuracy', value: 0.6 },
    { kind: 'accuracy-at-prior', value: 0.82, prior: 0.2 },
    { kind: 'posterior', value: 0.3, prior: 0.1, delta: 1e-5 },
    { kind: 'true-positive-rate', value: 0.05, falsePositiveRate: 0.01 },
  ];
  for (const target of targets) {
    it(`finds the least noise for ${target.kind}, and no less`, { timeout: 90_000 }, async () => {
      const { factor } = await solve({ laws: mixed, target, grid: 1e-3 }, ctx);
      const said = async (times: number) =>
        lens(
          {
            laws: mixed.map(({ law, count }) => ({ law: withNoiseTimes(law, times), count })),
            delta: 'delta' in target ? target.delta : 1e-5,
            grid: 1e-3,
            prior: 'prior' in target ? target.prior : 0.5,
            epsilons: ['epsilon' in target ? target.epsilon : 0],
            falsePositiveRates: ['falsePositiveRate' in target ? target.falsePositiveRate : 0.5],
          },
          ctx,
        );
      const reading = async (times: number): Promise<number> => {
        const out = await said(times);
        if (target.kind === 'epsilon') return out.epsilon.upper;
        if (target.kind === 'delta') return out.profile.upper[0] as number;
        if (target.kind === 'accuracy-at-prior') return out.accuracyAtPrior.upper;
        if (target.kind === 'true-positive-rate') return 1 - (out.tradeoff.lower[0] as number);
        return out[target.kind].upper;
      };
      // Margins of two readings of one composition differ by less than a millionth.
      expect(await reading(factor)).toBeLessThanOrEqual(target.value * (1 + 2e-6));
      expect(await reading(factor * 0.999)).toBeGreaterThan(target.value);
    });
  }

  it('of the Gaussian is the analytic mechanism', () => {
    const factor = leastFactor(
      [{ law: { kind: 'gaussian', mu: 1 }, count: 1 }],
      { kind: 'epsilon', value: 1, delta: 1e-5 },
      1e-3,
    );
    // Balle, Wang (2018): sigma = 3.730632 at epsilon 1, delta 1e-5.
    expect(factor).toBeCloseTo(3.7306, 3);
  });

  it('says so where no noise does it', async () => {
    const laws: readonly CountedLaw[] = [{ law: { kind: 'approximate', epsilon: 1, delta: 1e-4 }, count: 1 }];
    const target: LensTarget = { kind: 'epsilon', value: 0.5, delta: 1e-5 };
    await expect(solve({ laws, target, grid: 1e-3 }, ctx)).rejects.toThrow(/no amount of noise/);
    await expect(solve({ laws: mixed, target: { kind: 'accuracy', value: 0.5 }, grid: 1e-3 }, ctx)).rejects.toThrow(
      /guessing/,
    );
    await expect(
      solve({ laws: mixed, target: { kind: 'epsilon', value: -1, delta: 1e-5 }, grid: 1e-3 }, ctx),
    ).rejects.toThrow(/above 0/);
  });
});
