import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText } from './ladders.ts';

describe('numberText', () => {
  it('shows no noise of binary fractions, in double or single precision', () => {
    expect([0.1 + 0.2, 8.6 * 3, Math.fround(0.1), Math.fround(73.98765)].map(numberText)).toEqual([
      '0.3',
      '25.8',
      '0.1',
      '73.987648',
    ]);
    expect([12, -0.5, 1e21, 1 / 3].map(numberText)).toEqual(['12', '-0.5', '1e+21', '0.333333333']);
  });

  it('names numbers differently that differ by more than one part in ten million', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(numbers, fc.double({ min: 1e-6, max: 1, noNaN: true }), (x, part) => {
        const y = x * (1 + part);
        if (Math.abs(x) > 1e-300 && Number.isFinite(y)) expect(numberText(y)).not.toBe(numberText(x));
      }),
      { numRuns: 2000 },
    );
  });
});
