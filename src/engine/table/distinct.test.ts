import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctNumbers } from './distinct.ts';

describe('distinctNumbers', () => {
  it('ranks values as a sorted set does, for times, whole numbers, cents, any numbers and rows without a value', () => {
    const unit = fc.constantFrom(1000, 1, 0.01, 1 / 3, 1e7);
    fc.assert(
      fc.property(unit, fc.array(fc.integer({ min: -90_000, max: 90_000 })), (per, raw) => {
        const values = raw.map((k) => (k % 17 === 0 ? Number.NaN : per === 0.01 ? k / 100 : k * per));
        const source = Float64Array.from(values);
        const set = [...new Set(values.filter((value) => !Number.isNaN(value)).map((value) => value + 0))];
        const sorted = set.sort((a, b) => a - b);
        const got = distinctNumbers(source, { kind: 'number', name: 'x', values: source });
        expect([...got.values]).toEqual(sorted);
        if (sorted.length > 0) {
          const ranks = values.map((value) => (Number.isNaN(value) ? sorted.length : sorted.indexOf(value + 0)));
          expect([...got.codes]).toEqual(ranks);
        }
        expect(got.missing).toBe(values.some(Number.isNaN));
      }),
      { numRuns: 100, seed: 13 },
    );
  });
});
