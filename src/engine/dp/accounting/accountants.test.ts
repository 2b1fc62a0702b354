import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Accounted, AccountantId } from '../../kit/accounting.ts';
import type { CountedLaw, LossLaw } from '../../kit/loss-law.ts';
import { kovOptimalDelta } from './kov.ts';
import { accountants, isUpperBound } from './list.ts';

const epsilonOf = (read: Accounted): number => (read.status === 'ok' ? read.epsilon : Number.POSITIVE_INFINITY);
const by = (id: AccountantId, laws: readonly CountedLaw[], delta: number): Accounted => {
  const accountant = accountants.find(({ descriptor }) => descriptor.id === id);
  if (accountant === undefined) throw new Error(id);
  return accountant.account(laws, delta, 1e-3);
};
const times = (count: number, law: LossLaw): readonly CountedLaw[] => [{ law, count }];

const small = fc.double({ min: 0.02, max: 1.2, noNaN: true });
const law: fc.Arbitrary<LossLaw> = fc.oneof(
  small.map((epsilon): LossLaw => ({ kind: 'pure', epsilon })),
  small.map((epsilon): LossLaw => ({ kind: 'laplace', epsilon })),
  small.map((epsilon): LossLaw => ({ kind: 'bounded-range', epsilon })),
  small.map((mu): LossLaw => ({ kind: 'gaussian', mu })),
  small.map((epsilon): LossLaw => ({ kind: 'approximate', epsilon, delta: 1e-9 })),
  small.map((half): LossLaw => ({ kind: 'randomized-response', truth: 0.5 + half / 3 })),
  fc.integer({ min: 1, max: 3 }).map((sensitivity): LossLaw => ({ kind: 'discrete-laplace', scale: 4, sensitivity })),
  fc
    .integer({ min: 1, max: 3 })
    .map((sensitivity): LossLaw => ({ kind: 'discrete-gaussian', sigma2: 20, sensitivity })),
);
const deltas = fc.double({ min: 1e-8, max: 1e-3, noNaN: true });

describe('accountants', () => {
  it('answer with a finite epsilon or a reason in both languages, for every law, mixture and delta', () => {
    const counted = fc.array(fc.record({ law, count: fc.integer({ min: 0, max: 60 }) }), { maxLength: 4 });
    fc.assert(
      fc.property(counted, deltas, (laws, delta) => {
        for (const { descriptor, account } of accountants.filter((one) => !one.descriptor.id.startsWith('pld'))) {
          const read = account(laws, delta, 1e-3);
          if (read.status === 'ok')
            expect(Number.isFinite(read.epsilon) && read.epsilon >= 0, descriptor.id).toBe(true);
          else
            expect(
              [read.why.en, read.why.es].every((words) => (words ?? '') !== ''),
              descriptor.id,
            ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are no bound below the exact optimum, for repeated randomized response', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 200 }), deltas, (epsilon, count, delta) => {
        for (const accountant of accountants.filter(isUpperBound)) {
          if (accountant.descriptor.id === 'pld') continue;
          const read = accountant.account(times(count, { kind: 'pure', epsilon }), delta);
          if (read.status !== 'ok') continue;
          const really = kovOptimalDelta(epsilon, count, read.epsilon);
          expect(really, accountant.descriptor.id).toBeLessThanOrEqual(delta * (1 + 1e-6));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are no bound below the exact Gaussian, for Gaussian noise', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 200 }), deltas, (mu, count, delta) => {
        const laws = times(count, { kind: 'gaussian', mu });
        const exact = epsilonOf(by('gaussian', laws, delta));
        for (const accountant of accountants.filter(isUpperBound)) {
          expect(epsilonOf(accountant.account(laws, delta, 1e-3)), accountant.descriptor.id).toBeGreaterThanOrEqual(
            exact * (1 - 1e-9),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('do not mind the order or the splitting of the list, and cost nothing for nothing', () => {
    const mixed: readonly CountedLaw[] = [
      { law: { kind: 'pure', epsilon: 0.1 }, count: 7 },
      { law: { kind: 'laplace', epsilon: 0.2 }, count: 3 },
      { law: { kind: 'bounded-range', epsilon: 0.1 }, count: 2 },
    ];
    const split = [...mixed, { law: { kind: 'pure', epsilon: 0.1 }, count: 4 } as const].toReversed();
    const joined = mixed.map((one, i) => (i === 0 ? { ...one, count: 11 } : one));
    for (const { descriptor, account } of accountants) {
      if (descriptor.id.startsWith('pld')) continue;
      const [a, b] = [account(split, 1e-6), account(joined, 1e-6)];
      expect(a.status).toBe(b.status);
      if (a.status === 'ok') expect(a.epsilon / epsilonOf(b)).toBeCloseTo(1, 10);
      expect(account([], 1e-6)).toEqual({ status: 'ok', epsilon: 0 });
      expect(account(times(0, { kind: 'zcdp', rho: 1 }), 1e-6)).toMatchObject({ epsilon: 0 });
    }
  });

  it('take the releases’ own deltas off the asked one, and refuse when nothing is left', () => {
    const own = times(10, { kind: 'approximate', epsilon: 0.1, delta: 1e-6 });
    for (const { descriptor, account } of accountants) {
      if (descriptor.id.startsWith('pld')) continue;
      expect(account(own, 5e-6).status, descriptor.id).toBe('unsupported');
    }
    expect(epsilonOf(by('basic', own, 1e-5))).toBeCloseTo(1, 12);
    expect(epsilonOf(by('rdp', own, 1e-4))).toBeGreaterThan(
      epsilonOf(by('rdp', times(10, { kind: 'pure', epsilon: 0.1 }), 1e-4)),
    );
  });

  it('say which order they found, and warn at the end of the orders', () => {
    const inside = by('rdp', times(100, { kind: 'gaussian', mu: 0.1 }), 1e-6);
    expect(inside).toMatchObject({ status: 'ok', endOfOrders: false });
    const end = by('rdp', times(1, { kind: 'gaussian', mu: 1e-5 }), 1e-300);
    expect(end).toMatchObject({ status: 'ok', endOfOrders: true });
  });

  it('know what they do not cover', () => {
    const sample = times(10, { kind: 'poisson-gaussian', sigma: 1, rate: 0.1 });
    for (const id of ['zcdp', 'zcdp-classic', 'gaussian', 'bounded-range'] as const) {
      expect(by(id, sample, 1e-5).status).toBe('unsupported');
    }
    const unequal = [...times(2, { kind: 'pure', epsilon: 0.1 }), ...times(2, { kind: 'pure', epsilon: 0.2 })];
    expect(by('kov-optimal', unequal, 1e-5).status).toBe('unsupported');
    expect(by('murtagh-vadhan', unequal, 1e-5).status).toBe('ok');
    expect(by('basic', times(2, { kind: 'gaussian', mu: 1 }), 0).status).toBe('unsupported');
    expect(by('pld', times(2, { kind: 'zcdp', rho: 1 }), 1e-5).status).toBe('unsupported');
    expect(by('bounded-range', times(5, { kind: 'bounded-range', epsilon: 0.1 }), 1e-5).status).toBe('ok');
  });

  it('refuse laws, counts and deltas that make no sense, with the remedy', () => {
    const bad: readonly (readonly [readonly CountedLaw[], number])[] = [
      [times(1, { kind: 'pure', epsilon: -1 }), 1e-5],
      [times(1, { kind: 'pure', epsilon: Number.NaN }), 1e-5],
      [times(1, { kind: 'gaussian', mu: Number.POSITIVE_INFINITY }), 1e-5],
      [times(1, { kind: 'poisson-gaussian', sigma: 0, rate: 0.1 }), 1e-5],
      [times(1, { kind: 'poisson-gaussian', sigma: 1, rate: 1.1 }), 1e-5],
      [times(1, { kind: 'randomized-response', truth: 1 }), 1e-5],
      [times(1, { kind: 'discrete-laplace', scale: 0, sensitivity: 1 }), 1e-5],
      [times(1.5, { kind: 'pure', epsilon: 1 }), 1e-5],
      [times(-1, { kind: 'pure', epsilon: 1 }), 1e-5],
      [times(1, { kind: 'pure', epsilon: 1 }), 1],
      [times(1, { kind: 'pure', epsilon: 1 }), Number.NaN],
    ];
    for (const { account } of accountants) {
      for (const [laws, delta] of bad) {
        expect(() => account(laws, delta)).toThrow(expect.objectContaining({ code: 'invalid-param' }));
      }
    }
  });
});
