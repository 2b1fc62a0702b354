import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countGrid, fromSteps, gridFor, sensitivitySteps, toSteps } from './grid.ts';

const isPowerOfTwo = (x: number): boolean => {
  let y = x;
  while (y > 1) y /= 2;
  while (y < 1) y *= 2;
  return y === 1;
};

describe('grid', () => {
  it('is a power of two, at most a 2^20th of the scale where sums allow', () => {
    for (const scale of [1e-300, 0.1, 1, 1000 / 3, 1e9]) {
      const { step } = gridFor(scale, scale, 1000);
      expect(isPowerOfTwo(step)).toBe(true);
      expect(step * 1048576).toBeLessThanOrEqual(scale);
      expect(step * 1048576 * 2).toBeGreaterThan(scale);
    }
  });

  it('is coarse enough that any sum of records and noise is exact', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
        fc.double({ min: 0, max: 1e100, noNaN: true }),
        fc.integer({ min: 0, max: 10000000 }),
        (scale, largest, records) => {
          const grid = gridFor(scale, largest, records);
          expect(records * Math.abs(toSteps(grid, largest))).toBeLessThan(9007199254740992);
        },
      ),
    );
  });

  it('sums do not depend on the order, and one record moves them by at most the sensitivity', () => {
    const grid = gridFor(2, 50, 100);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -80, max: 80, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const sum = (xs: readonly number[]): number => xs.reduce((s, x) => s + toSteps(grid, x, -20, 50), 0);
          expect(sum(values)).toBe(sum([...values].reverse()));
          expect(Math.abs(sum(values) - sum(values.slice(1)))).toBeLessThanOrEqual(sensitivitySteps(grid, -20, 50));
          const replaced = [values[0] === 7 ? -20 : 7, ...values.slice(1)];
          expect(Math.abs(sum(values) - sum(replaced))).toBeLessThanOrEqual(sensitivitySteps(grid, -20, 50, true));
        },
      ),
    );
  });

  it('gives back what lies on it, and never a negative zero', () => {
    const grid = gridFor(1, 10, 10);
    fc.assert(
      fc.property(fc.integer({ min: -10000000, max: 10000000 }), (steps) => {
        expect(toSteps(grid, fromSteps(grid, steps))).toBe(steps);
      }),
    );
    expect(Object.is(toSteps(grid, -1e-9), 0)).toBe(true);
    expect(Object.is(fromSteps(grid, -0), 0)).toBe(true);
    expect(fromSteps(countGrid, 1e300)).toBe(9007199254740992);
  });

  it('refuses what is no number, with the remedy', () => {
    const grid = gridFor(1, 10, 10);
    for (const x of [NaN, Infinity, -Infinity]) expect(() => toSteps(grid, x, 0, 10)).toThrow(/finite/);
    expect(() => toSteps(grid, 1e300)).toThrow(/grid/);
    expect(() => gridFor(0, 1, 1)).toThrow(/scale/);
    expect(() => gridFor(1, Infinity, 1)).toThrow(/largest/);
    expect(() => sensitivitySteps(grid, 3, 2)).toThrow(/bounds/);
  });
});
