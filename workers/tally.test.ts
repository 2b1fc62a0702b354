import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tally } from './tally.ts';

describe('tally', () => {
  const unit = fc.constantFrom(1000, 1, 0.01, 1 / 3);
  it('counts what a Map counts, for times, whole numbers, hundredths and any other numbers', () => {
    fc.assert(
      fc.property(unit, fc.array(fc.integer({ min: -3_000_000, max: 3_000_000 })), fc.boolean(), (per, raw, far) => {
        const values = raw.map((k) => (per === 0.01 ? k / 100 : k * per));
        if (far) values.push(8.5e15, Number.NaN);
        const valid = new Uint8Array((values.length + 7) >> 3).fill(0b1011_1111);
        const kept = values.filter((value, i) => i % 8 !== 6 && !Number.isNaN(value));
        const expected = new Map<number, number>();
        for (const value of kept.sort((a, b) => a - b)) expected.set(value + 0, (expected.get(value + 0) ?? 0) + 1);
        const got = tally(Float64Array.from(values), valid, values.length);
        expect([...got.values].map((value) => value + 0)).toEqual([...expected.keys()]);
        expect([...got.counts]).toEqual([...expected.values()]);
        expect(got.count).toBe(kept.length);
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});
