import { describe, expect, it } from 'vitest';
import type { PrivacyEvent } from '../../kit/guarantee.ts';
import { basicComposition } from '../../kit/loss.ts';
import { inSequence, lawsOf } from '../../kit/laws-of-events.ts';
import { accountEvents, ledgerAccountant } from './laws-of-events.ts';
import { accountants } from './list.ts';

const event = (epsilon: number, extra: Partial<PrivacyEvent> = {}): PrivacyEvent => ({
  what: 'count',
  on: 'zone',
  mechanism: 'Laplace',
  epsilon,
  delta: 0,
  neighbours: 'add-remove',
  unit: 'trip',
  sensitivity: 1,
  ...extra,
});
const laws = (events: readonly PrivacyEvent[]): unknown => {
  const read = lawsOf(events);
  return read.status === 'ok' ? read.laws : read.why.en;
};

describe('laws of events', () => {
  it('are the exact ones where they are known, else epsilon and delta, counted together', () => {
    expect(
      laws([
        event(0.5, { law: { kind: 'laplace', epsilon: 0.5 }, count: 3 }),
        event(0.1),
        event(0.2, { delta: 1e-6 }),
        event(0.5, { law: { kind: 'laplace', epsilon: 0.5 } }),
      ]),
    ).toEqual([
      { law: { kind: 'laplace', epsilon: 0.5 }, count: 4 },
      { law: { kind: 'pure', epsilon: 0.1 }, count: 1 },
      { law: { kind: 'approximate', epsilon: 0.2, delta: 1e-6 }, count: 1 },
    ]);
    expect(lawsOf([])).toEqual({ status: 'ok', laws: [] });
  });

  it('take the strongest of a parallel group, and what epsilons and deltas promise where laws have no order', () => {
    const group = { parallelGroup: 'zones' };
    const gaussian = (mu: number, count: number): PrivacyEvent =>
      event(mu, { ...group, delta: 1e-6, law: { kind: 'gaussian', mu }, count });
    expect(laws([gaussian(0.3, 2), gaussian(0.4, 1)])).toEqual([{ law: { kind: 'gaussian', mu: 0.4 }, count: 2 }]);
    const mixed = [gaussian(0.3, 1), event(0.6, { ...group, law: { kind: 'laplace', epsilon: 0.6 } })];
    expect(laws(mixed)).toEqual([{ law: { kind: 'approximate', epsilon: 0.6, delta: 1e-6 }, count: 1 }]);
    expect(inSequence(mixed)).toMatchObject([{ epsilon: 0.6, delta: 1e-6, count: 1 }]);
    expect(laws([event(1), event(2, group), event(3, group)])).toEqual([
      { law: { kind: 'pure', epsilon: 1 }, count: 1 },
      { law: { kind: 'pure', epsilon: 3 }, count: 1 },
    ]);
  });

  it('are refused across units and across neighbouring relations, by every accountant', () => {
    for (const other of [event(1, { unit: 'person' }), event(1, { neighbours: 'replace-one' })]) {
      expect(laws([event(1), other])).toMatch(/cannot be added up/);
      for (const accountant of accountants) {
        expect(accountEvents(accountant, [event(1), other], 1e-5, 1e-3).status).toBe('unsupported');
        expect(ledgerAccountant(accountant, 1e-5, 1e-3)([event(1), other])).toBeUndefined();
      }
    }
  });

  it('count every release of an event, in the plain sum as well', () => {
    expect(basicComposition([event(0.1, { count: 100, delta: 1e-8 })])).toEqual({ epsilon: 10, delta: 1e-6 });
    expect(() => lawsOf([event(1, { count: 0 })])).toThrow(/count/);
  });
});
