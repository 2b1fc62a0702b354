import { describe, expect, it } from 'vitest';
import { layoutDotRows } from './dot-rows.layout.ts';
import { PROOFS } from './epsilon.gallery.ts';

const SIZE = { width: 360, em: 16 };

describe('rows of dots', () => {
  const made = layoutDotRows(PROOFS, [-4, 5], SIZE);

  it('stand inside the picture, each row above its own line', () => {
    for (const { base, dots } of made.rows) {
      for (const dot of dots) {
        expect(dot.x >= 0 && dot.x <= SIZE.width && dot.y > 0 && dot.y < base).toBe(true);
      }
    }
    expect(made.height).toBeGreaterThan(made.rows.at(-1)?.base ?? 0);
  });

  it('go from left to right and keep every value, those out of range at the edge', () => {
    made.rows.forEach(({ dots }, i) => {
      expect(dots).toHaveLength(PROOFS[i]?.dots.length ?? 0);
      expect(dots.map(({ x }) => x)).toEqual(dots.map(({ x }) => x).toSorted((a, b) => a - b));
    });
    const [edge] = layoutDotRows(
      [{ id: 'a', label: 'a', dots: [{ value: 99, marked: true, told: '' }] }],
      [0, 1],
      SIZE,
    ).rows;
    expect(edge?.dots[0]?.x).toBeLessThanOrEqual(SIZE.width);
  });

  it('do not touch within a level while there is room', () => {
    const dots = [0, 0.01, 0.02, 5].map((value) => ({ value, marked: false, told: '' }));
    const [row] = layoutDotRows([{ id: 'a', label: 'a', dots }], [0, 5], SIZE).rows;
    expect(new Set(row?.dots.slice(0, 3).map(({ y }) => y)).size).toBe(3);
  });

  it('say nothing of nothing', () => {
    expect(layoutDotRows([], undefined, SIZE).rows).toEqual([]);
    expect(layoutDotRows([{ id: 'a', label: 'a', dots: [] }], undefined, SIZE).rows[0]?.dots).toEqual([]);
  });
});
