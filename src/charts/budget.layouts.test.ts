import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutAllocation } from './allocation-bars.layout.ts';
import { LEDGER, RULES } from './budget.gallery.ts';
import { costOf, layoutLedger, type LedgerBlock } from './ledger-bar.layout.ts';
import { textOf } from './text-of.ts';

const WIDE = { width: 900, em: 16 };
const PHONE = { width: 340, em: 16 };

describe('ledger bar', () => {
  it('lays out the gallery as recorded', () => {
    expect(textOf(layoutLedger(LEDGER, WIDE))).toMatchSnapshot();
  });
  it('charges disjoint parts once, at the largest, and steps one after the other', () => {
    expect(LEDGER.blocks.map(costOf).map((cost) => Number(cost.toFixed(12)))).toEqual([0.5, 0.6, 1.2]);
    const { pieces } = layoutLedger(LEDGER, WIDE);
    const [first, second] = pieces[1]?.strips ?? [];
    expect(first?.x).toBe(second?.x);
    expect(second?.y).toBeGreaterThan(first?.y ?? 0);
    const [median, trips] = pieces[2]?.strips ?? [];
    expect(trips?.x).toBeCloseTo((median?.x ?? 0) + (median?.width ?? 0), 1);
  });
  it('tells what is asked for from what is spent, and marks what goes beyond the total', () => {
    const { spent, pieces } = layoutLedger(LEDGER, WIDE);
    expect(spent).toBeCloseTo(1.1, 12);
    expect(pieces.map(({ beyond }) => beyond)).toEqual([false, false, true]);
  });
  it('puts blocks end to end, never outside the picture, whatever they cost', () => {
    const blocks = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(blocks, fc.double({ min: 0.01, max: 20, noNaN: true }), (costs, total) => {
        const made = layoutLedger(
          {
            total,
            lanes: [],
            blocks: costs.map(
              (cost, i): LedgerBlock => ({ id: `${i}`, label: '', who: '', steps: [{ label: '', parts: [cost] }] }),
            ),
          },
          PHONE,
        );
        made.pieces.forEach(({ x, width, from }, i) => {
          expect(x + width).toBeLessThanOrEqual(PHONE.width);
          expect(width).toBeGreaterThanOrEqual(0);
          expect(from).toBeCloseTo(made.pieces[i - 1]?.to ?? 0, 9);
        });
        expect(made.total).toBeLessThanOrEqual(PHONE.width);
      }),
    );
  });
  it('puts labels above their bars on a phone', () => {
    expect(layoutLedger(LEDGER, PHONE).labels).toBe(0);
    expect(layoutLedger(LEDGER, WIDE).labels).toBeGreaterThan(100);
  });
});

describe('allocation bars', () => {
  it('lays out the gallery as recorded', () => {
    expect(textOf(layoutAllocation(RULES, WIDE))).toMatchSnapshot();
  });
  it('are equally long whatever the parts are', () => {
    const amounts = fc.array(fc.double({ min: 1e-6, max: 10, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, (parts) => {
        const row = {
          id: 'x',
          label: 'x',
          parts: parts.map((amount, i) => ({ id: `${i}`, label: `${i}`, shade: i, amount })),
        };
        const made = layoutAllocation([row], WIDE);
        const last = made.rows[0]?.parts.at(-1);
        expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(made.right, 1);
        expect(made.rows[0]?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      }),
    );
  });
});
