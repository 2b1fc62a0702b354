import { describe, expect, it } from 'vitest';
import { layoutTries, type TryRow, wrap } from './try-dots.layout.ts';

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

  it('breaks labels into lines that fit, and moves the value when there is no room beside them', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    const long = { ...row(0.4), label: 'a scenario with a rather long name: noisy counts of places and hours' };
    const phone = layoutTries([long], 320, 16);
    expect(phone.narrow).toBe(true);
    expect(phone.rows[0]?.lines.length).toBeGreaterThan(1);
    expect(layoutTries([long], 900, 16).narrow).toBe(false);
  });
});
