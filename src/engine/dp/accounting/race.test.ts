import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import type { PrivacyEvent } from '../../kit/guarantee.ts';
import { seededRng } from '../../rng/rng.ts';
import { openLedger } from '../ledger.ts';
import { accountants, isUpperBound } from './list.ts';
import { answer } from './race.ts';
import { whatIf } from './what-if.ts';

const ctx = quietContext(seededRng('race'));
const repeats = [1, 2, 5, 10, 20, 50];

const event = (epsilon: number, extra: Partial<PrivacyEvent> = {}): PrivacyEvent => ({
  what: 'count',
  on: 'zone',
  mechanism: 'Laplace',
  epsilon,
  delta: 0,
  neighbours: 'add-remove',
  unit: 'trip',
  sensitivity: 1,
  law: { kind: 'laplace', epsilon },
  ...extra,
});

describe('bound race', () => {
  it('has a lane for every accountant and a band no bound falls under, for a step of learning', async () => {
    const laws = [{ law: { kind: 'poisson-gaussian', sigma: 0.8, rate: 0.05 }, count: 10 }] as const;
    const { lanes, truth } = await answer({ laws, delta: 1e-5, repeats, grid: 1e-3 }, ctx);
    expect(lanes.map(({ id }) => id)).toEqual(accountants.map(({ descriptor }) => descriptor.id));
    truth.forEach(({ lower, upper }, i) => {
      expect(lower).toBeGreaterThan(0);
      expect(lower).toBeLessThanOrEqual(upper);
      if (i > 0) expect(upper).toBeGreaterThanOrEqual(truth[i - 1]?.upper ?? 0);
      for (const accountant of accountants.filter(isUpperBound)) {
        const read = lanes.find(({ id }) => id === accountant.descriptor.id)?.accounted[i];
        if (read?.status === 'ok') expect(read.epsilon, accountant.descriptor.id).toBeGreaterThanOrEqual(lower);
      }
    });
    // The central limit is no bound: it falls under the truth.
    const clt = lanes.find(({ id }) => id === 'gdp-clt');
    const short = clt?.accounted[0];
    expect(clt?.proves).toBe('heuristic');
    expect(short?.status === 'ok' && short.epsilon < (truth[0]?.lower ?? 0)).toBe(true);
  });

  it('knows the truth of Gaussian noise exactly, and brackets what is known by its rho alone', async () => {
    const gaussian = await answer(
      { laws: [{ law: { kind: 'gaussian', mu: 0.3 }, count: 1 }], delta: 1e-6, repeats, grid: 1e-3 },
      ctx,
    );
    for (const { lower, upper } of gaussian.truth) expect(lower).toBe(upper);
    const zcdp = await answer(
      { laws: [{ law: { kind: 'zcdp', rho: 0.1 }, count: 1 }], delta: 1e-6, repeats: [1], grid: 1e-3 },
      ctx,
    );
    expect(zcdp.truth[0]?.lower).toBe(0);
    expect(zcdp.truth[0]?.upper).toBeGreaterThan(0);
  });

  it('refuses repeats that make no sense, and stops when cancelled', async () => {
    const laws = [{ law: { kind: 'pure', epsilon: 0.1 }, count: 1 }] as const;
    for (const bad of [[0], [1.5], [1e9], Array.from({ length: 50 }, () => 1)]) {
      await expect(answer({ laws, delta: 1e-6, repeats: bad, grid: 1e-3 }, ctx)).rejects.toThrow(/repeats/);
    }
    const stopped = quietContext(seededRng('race'), () => true);
    await expect(answer({ laws, delta: 1e-6, repeats, grid: 1e-3 }, stopped)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('what-if', () => {
  it('tells before and after, who says it fits, and spends nothing', async () => {
    const ledger = { ...openLedger(1.2, 1e-5), events: [event(0.5), event(0.01, { count: 40 })] };
    const told = await whatIf(ledger, event(0.4), ctx);
    const lane = (id: string) => told.lanes.find((one) => one.id === id);
    expect(lane('basic')).toMatchObject({ before: { epsilon: 0.9 }, fits: false });
    expect(lane('pld')?.fits).toBe(true);
    expect(lane('pld-optimistic')?.fits).toBe(false);
    expect(lane('gdp-clt')?.fits).toBe(false);
    expect(told.truth.after.upper).toBeGreaterThan(told.truth.before.upper);
    expect(told.filter.fits).toBe(false);
    expect(told.odometer.epsilon).toBeLessThanOrEqual(1.3);
    expect(ledger.events).toHaveLength(2);
    const small = await whatIf(ledger, event(0.1), ctx);
    expect(small.lanes.find(({ id }) => id === 'basic')?.fits).toBe(true);
    expect(small.filter).toMatchObject({ fits: true });
    expect(small.filter.room).toBeCloseTo(0.2, 9);
  });

  it('counts disjoint parts once, and says why other units cannot be added', async () => {
    const parts = [event(0.5, { parallelGroup: 'zones' }), event(0.5, { parallelGroup: 'zones' })];
    const told = await whatIf({ ...openLedger(1, 0), events: parts }, event(0.5, { parallelGroup: 'zones' }), ctx);
    expect(told.odometer).toEqual({ epsilon: 0.5, delta: 0 });
    expect(told.filter.fits).toBe(true);
    expect(told.filter.room).toBeCloseTo(0.5, 12);
    const refused = await whatIf({ ...openLedger(1, 0), events: parts }, event(0.1, { unit: 'person' }), ctx);
    expect(refused.refused?.es).toMatch(/unidades distintas/);
    expect(refused.lanes.every(({ fits }) => !fits)).toBe(true);
  });
});
