import { describe, expect, it } from 'vitest';
import { OUTCOMES } from './epsilon.gallery.ts';
import { layoutOutcomeBars } from './outcome-bars.layout.ts';

const SIZE = { width: 600, labels: 180, em: 16 };

describe('bars of possible outcomes', () => {
  const made = layoutOutcomeBars(OUTCOMES, SIZE);

  it('start at zero and end at what was released', () => {
    const zero = made.x(0);
    made.rows.forEach((row) => {
      expect(row.from).toBeCloseTo(zero, 0);
      expect(row.from + row.width).toBeCloseTo(made.x(row.bar.released), 0);
    });
  });

  it('hold 95 % of the outcomes between the ends of the line, and the truth where it is', () => {
    for (const row of made.rows) {
      const inside = Array.from(row.bar.outcomes).filter((value) => {
        const x = made.x(value);
        return x >= row.low - 0.1 && x <= row.high + 0.1;
      });
      expect(inside.length / row.bar.outcomes.length).toBeGreaterThanOrEqual(0.95);
      expect(row.truth).toBeCloseTo(made.x(row.bar.truth), 0);
    }
  });

  it('draw twenty dots a row inside the picture, none upon another', () => {
    for (const { dots } of made.rows) {
      expect(dots).toHaveLength(20);
      for (const dot of dots) expect(dot.x >= 0 && dot.x <= SIZE.width).toBe(true);
      expect(dots.map(({ x }) => x)).toEqual(dots.map(({ x }) => x).toSorted((a, b) => a - b));
    }
  });

  it('say nothing of nothing', () => {
    expect(layoutOutcomeBars([], SIZE).rows).toEqual([]);
  });
});
