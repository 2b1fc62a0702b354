import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrivacyEvent } from '../kit/guarantee.ts';
import { splitExactly } from './allocate.ts';
import {
  advancedComposition,
  ask,
  basicComposition,
  deltaWarning,
  openLedger,
  remaining,
  spend,
  spent,
} from './ledger.ts';

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
const loss = fc.double({ min: 0.001, max: 5, noNaN: true });

describe('ledger', () => {
  it('adds up in sequence and takes the largest of a parallel group', () => {
    const events = [event(1), event(0.5, { parallelGroup: 'a' }), event(0.75, { parallelGroup: 'a' }), event(0.25)];
    expect(basicComposition(events)).toEqual({ epsilon: 2, delta: 0 });
  });

  it('does not add losses of different units or relations', () => {
    expect(basicComposition([event(1), event(1, { unit: 'person' })])).toBeUndefined();
    expect(() => spend(spend(openLedger(5), event(1)), event(1, { neighbours: 'replace-one' }))).toThrow(
      /cannot be added/,
    );
  });

  it('never overdraws, never forgets, and leaves the ledger alone when it refuses', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 10, noNaN: true }), fc.array(loss, { maxLength: 30 }), (budget, asked) => {
        let ledger = openLedger(budget);
        for (const epsilon of asked) {
          const before = ledger;
          try {
            ledger = spend(ledger, event(epsilon));
            expect(ledger.events).toHaveLength(before.events.length + 1);
          } catch (error) {
            expect(error).toMatchObject({ code: 'budget' });
            expect(ledger).toBe(before);
          }
          expect(spent(ledger).epsilon).toBeLessThanOrEqual(budget);
          expect(ledger.events.slice(0, before.events.length)).toEqual(before.events);
        }
      }),
    );
  });

  it('charges an answer that came, not one that failed', async () => {
    const ledger = openLedger(1);
    const paid = await ask(ledger, event(0.25), async () => 42);
    expect([paid.answer, remaining(paid.ledger).epsilon]).toEqual([42, 0.75]);
    await expect(ask(ledger, event(0.25), () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(remaining(ledger).epsilon).toBe(1);
    let asked = false;
    await expect(
      ask(ledger, event(2), async () => {
        asked = true;
      }),
    ).rejects.toMatchObject({ code: 'budget' });
    expect(asked).toBe(false);
  });

  it('charges every repetition, refuses half ones, and warns loudly of a delta that lets one unit go', () => {
    expect(remaining(spend(openLedger(1), event(0.25, { count: 3 }))).epsilon).toBe(0.25);
    expect(() => spend(openLedger(1), event(0.25, { count: 5 }))).toThrow(/only 1/);
    expect(() => spend(openLedger(1), event(0.25, { count: 0.5 }))).toThrow(/count/);
    expect(deltaWarning(1e-5, 100_000)?.en).toMatch(/not below 1 \/ 100000/);
    expect(deltaWarning(1e-5, 99_999)).toBeUndefined();
    expect(deltaWarning(0, 100_000)).toBeUndefined();
  });

  it('does not lose by advanced composition and gains over many small losses', () => {
    const many = Array.from({ length: 200 }, () => event(0.1));
    const advanced = advancedComposition(1e-6)(many);
    expect(advanced?.epsilon).toBeLessThan(20);
    expect(advanced?.delta).toBe(1e-6);
    fc.assert(
      fc.property(fc.array(loss, { minLength: 1, maxLength: 20 }), (losses) => {
        const events = losses.map((epsilon) => event(epsilon));
        const basic = basicComposition(events)?.epsilon ?? 0;
        expect(advancedComposition(1e-6)(events)?.epsilon ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(basic);
      }),
    );
  });
});

describe('splitting a budget', () => {
  it('adds up to the total exactly, in any order', () => {
    const weights = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1000, noNaN: true }), weights, (total, shares) => {
        fc.pre(shares.some((share) => share > 1e-6));
        const parts = splitExactly(total, shares);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        expect(
          parts
            .slice()
            .reverse()
            .reduce((a, b) => a + b, 0),
        ).toBe(total);
        expect(
          parts
            .slice()
            .sort()
            .reduce((a, b) => a + b, 0),
        ).toBe(total);
        const sum = shares.reduce((a, b) => a + b, 0);
        shares.forEach((share, i) => {
          expect(Math.abs((parts[i] as number) - (total * share) / sum)).toBeLessThan(total * 1e-13);
        });
      }),
    );
  });

  it('gives the digital-twin split its 30, 50 and 20 per cent of 2.1', () => {
    expect([...splitExactly(2.1, [30, 50, 20])].map((part) => part.toFixed(6))).toEqual([
      '0.630000',
      '1.050000',
      '0.420000',
    ]);
  });

  it('refuses a budget that is not positive or weights without a sum', () => {
    expect(() => splitExactly(0, [1])).toThrow(/epsilon/);
    expect(() => splitExactly(1, [0, 0])).toThrow(/weights/);
    expect(() => openLedger(-1)).toThrow(/epsilon/);
  });
});
