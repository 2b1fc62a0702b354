import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { log } from '../../kit/math/log.ts';
import { roundedLog } from './rounded-log.ts';

describe('a rounded logarithm', () => {
  it('is the nearest double where the ordinary one is not', () => {
    // ln 3 = 1.098612288668109691395..., ln 6 = 1.791759469228055000812...
    expect(roundedLog(3)).toBe(1.0986122886681098);
    expect(roundedLog(6)).toBe(1.791759469228055);
    expect(roundedLog(1)).toBe(0);
    expect(roundedLog(2)).toBe(Math.LN2);
    expect(roundedLog(10)).toBe(Math.LN10);
  });

  it('agrees with the ordinary one to one part in 2^52', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (x) => {
        const ordinary = log(x);
        expect(Math.abs(roundedLog(x) - ordinary)).toBeLessThanOrEqual(2.3e-16 * Math.max(1, Math.abs(ordinary)));
      }),
    );
  });

  it('decides even classes as published optima do', () => {
    const even = (sizes: readonly number[], l: number): boolean => {
      const size = sizes.reduce((a, b) => a + b, 0);
      const sum = sizes.reduce((all, x) => all + x * roundedLog(x), 0);
      return sum <= size * (roundedLog(size) - roundedLog(l));
    };
    expect([even([3, 3], 2), even([2, 2, 2], 3), even([3, 3, 3], 3), even([2, 2], 2)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
