import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STREAM_OF_WEEKS, TOTALS } from './series.gallery.ts';
import { keptSteps, layoutSeries, type SeriesData } from './series.layout.ts';

const SIZE = { width: 640, em: 16 };
const numbersIn = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe('answers step by step', () => {
  it('leave the steps to come empty', () => {
    const made = layoutSeries(TOTALS, SIZE);
    expect(made.main.truth.match(/[ML]/g)).toHaveLength(TOTALS.done);
    expect(Math.max(...numbersIn(made.gap.line).filter((_, i) => i % 2 === 0))).toBeLessThan(
      made.x(TOTALS.done - 1) + 1,
    );
  });
  it('draw the error around zero with its band, inside its panel', () => {
    const { gap } = layoutSeries(TOTALS, SIZE);
    const heights = numbersIn(gap.band).filter((_, i) => i % 2 === 1);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(gap.top);
    expect(Math.max(...heights)).toBeLessThanOrEqual(gap.bottom);
    expect(gap.y(0)).toBeCloseTo((gap.top + gap.bottom) / 2, 6);
  });
  it('mark fresh answers and put no band around a repeated one', () => {
    const made = layoutSeries(STREAM_OF_WEEKS, SIZE);
    expect(made.dots).toHaveLength(7);
    expect(made.main.band.match(/M/g)).toHaveLength(7);
    expect(made.spent?.area).toMatch(/^M.*Z$/);
  });
  it('find the step under the pointer', () => {
    const made = layoutSeries(TOTALS, SIZE);
    for (let i = 0; i < TOTALS.steps.length; i += 1) expect(made.stepAt(made.x(i))).toBe(i);
    expect([made.stepAt(-50), made.stepAt(9999)]).toEqual([0, TOTALS.steps.length - 1]);
  });
  it('say nothing of nothing', () => {
    const empty: SeriesData = { steps: [], done: 0, truth: [], released: [], halfWidth95: [] };
    const made = layoutSeries(empty, SIZE);
    expect([made.main.truth, made.main.band, made.gap.line, made.labels.length]).toEqual(['', '', '', 0]);
  });
  it('keep every extreme of a long series', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 50, maxLength: 400 }), (released) => {
        const zero = released.map(() => 0);
        const kept = keptSteps({ steps: [], done: released.length, truth: zero, released, halfWidth95: zero }, 8);
        const shown = kept.map((i) => released[i] as number);
        expect(Math.max(...shown)).toBe(Math.max(...released));
        expect(Math.min(...shown)).toBe(Math.min(...released));
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
        expect([kept[0], kept.at(-1)]).toEqual([0, released.length - 1]);
      }),
    );
  });
});
