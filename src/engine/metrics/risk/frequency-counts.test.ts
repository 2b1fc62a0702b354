import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequencyCounts, type KeyColumn } from './frequency-counts.ts';

const MISSING = 3;

/** Tables of up to 3 key variables with values 0..2 and missing ones. */
const tables = fc
  .integer({ min: 1, max: 3 })
  .chain((m) => fc.array(fc.array(fc.nat(MISSING), { minLength: m, maxLength: m }), { minLength: 1, maxLength: 25 }));

const keysOf = (rows: readonly (readonly number[])[]): readonly KeyColumn[] =>
  (rows[0] ?? []).map((_, j) => ({
    codes: Uint32Array.from(rows, (row) => row[j] as number),
    count: MISSING + 1,
    missing: MISSING,
  }));

describe('frequency counts', () => {
  it('are the counts of equal rows and the sums of their weights where nothing is missing', () => {
    // The eight-row example of Capobianchi, Polettini, Lucarelli (2001).
    const rows = [
      [1, 2, 5, 1],
      [1, 2, 1, 1],
      [1, 2, 1, 1],
      [3, 3, 1, 5],
      [4, 3, 1, 4],
      [4, 3, 1, 1],
      [6, 2, 1, 5],
      [1, 2, 5, 1],
    ];
    const keys = [0, 1, 2, 3].map((j) => ({ codes: Uint8Array.from(rows, (row) => row[j] as number), count: 7 }));
    const found = frequencyCounts(keys, 8, Float64Array.of(18, 45.5, 39, 17, 541, 8, 5, 92));
    expect([...found.sample]).toEqual([2, 2, 2, 1, 1, 1, 1, 2]);
    expect([...found.population]).toEqual([110, 84.5, 84.5, 17, 541, 8, 5, 110]);
  });

  it('agree with comparing every pair of rows, for any weight of a missing value', () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(0, 0.25, 1), (rows, alpha) => {
        const found = frequencyCounts(keysOf(rows), rows.length, undefined, alpha);
        const complete = rows.map((row) => !row.includes(MISSING));
        const plain = rows.map((row) =>
          rows.reduce((sum, other, i) => {
            if (row.join() === other.join()) return sum + 1;
            const fits = row.every((value, j) => value === other[j] || value === MISSING || other[j] === MISSING);
            return fits ? sum + (complete[i] === true ? 1 : alpha) : sum;
          }, 0),
        );
        expect([...found.sample]).toEqual(plain);
      }),
    );
  });

  it('never fall as a missing value counts for more', () => {
    fc.assert(
      fc.property(tables, fc.double({ min: 0, max: 1, noNaN: true }), (rows, alpha) => {
        const less = frequencyCounts(keysOf(rows), rows.length, undefined, alpha / 2).sample;
        const more = frequencyCounts(keysOf(rows), rows.length, undefined, alpha).sample;
        expect(less.every((count, i) => count <= (more[i] as number))).toBe(true);
      }),
    );
  });
});
