import { describe, expect, it } from 'vitest';
import { layoutTries, type TryRow } from './try-dots.layout.ts';

const row = (value: number | undefined): TryRow => ({ id: 'a', label: 'a', sub: '', value, own: false });

describe('a row of a hundred tries', () => {
  it('fills as many dots as tries succeed, from the left', () => {
    const dots = layoutTries([row(0.52)], 500, 16).rows[0]?.dots ?? [];
    expect(dots.filter(({ hit }) => hit)).toHaveLength(52);
    expect(Math.max(...dots.filter(({ hit }) => hit).map(({ x }) => x))).toBeLessThan(
      Math.min(...dots.filter(({ hit }) => !hit).map(({ x }) => x)) + 1e-9,
    );
  });

  it('ends its filled part where the axis puts the value', () => {
    const { rows, x } = layoutTries([row(0.5)], 500, 16);
    const edge = Math.max(...(rows[0]?.dots ?? []).filter(({ hit }) => hit).map((dot) => dot.x));
    expect(Math.abs(edge - x(0.5))).toBeLessThanOrEqual(500 / 50);
  });

  it('fills nothing where nothing is known, and keeps dots apart at 300 px', () => {
    const { rows, radius } = layoutTries([row(undefined), row(1)], 300, 16);
    expect(rows[0]?.dots.some(({ hit }) => hit)).toBe(false);
    expect(2 * radius).toBeLessThan(300 / 50);
    expect(rows[1]?.top).toBeGreaterThan(rows[0]?.subY ?? Number.POSITIVE_INFINITY);
  });
});
