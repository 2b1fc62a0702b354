import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRows } from '../../table/group.ts';
import { classDiversity, multiDiversity } from './l-diversity.ts';

const one = (values: readonly number[]) => {
  const grouping = groupRows([new Uint8Array(values.length)], [1]);
  return { grouping, codes: Uint32Array.from(values), count: Math.max(0, ...values) + 1 };
};

describe('l-diversity of a class', () => {
  it('counts values, their entropy, and how many have to be ruled out', () => {
    // Counts 4, 2, 1, 1: 4 < 2 (2+1+1), 4 is not below 2 (1+1).
    const { grouping, codes, count } = one([0, 0, 0, 0, 1, 1, 2, 3]);
    const found = classDiversity(grouping, codes, count, 2);
    expect([found.distinct[0], found.recursive[0]]).toEqual([4, 2]);
    expect(found.entropy[0]).toBeCloseTo(2 ** 1.75, 12);
  });

  it('puts recursive and entropy diversity between 1 and the number of values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (values, c) => {
          const { grouping, codes, count } = one(values);
          const found = classDiversity(grouping, codes, count, c);
          const distinct = found.distinct[0] as number;
          expect(distinct).toBe(new Set(values).size);
          expect(found.recursive[0]).toBeGreaterThanOrEqual(1);
          expect(found.recursive[0]).toBeLessThanOrEqual(distinct);
          expect(found.entropy[0]).toBeGreaterThanOrEqual(1 - 1e-12);
          expect(found.entropy[0]).toBeLessThanOrEqual(distinct + 1e-9);
        },
      ),
    );
  });

  it('with several secrets is that of the poorest part in which the others are equal', () => {
    const { grouping, codes } = one([0, 0, 1, 1]);
    const independent = { codes: Uint32Array.of(0, 1, 0, 1), count: 2 };
    const copied = { codes: Uint32Array.of(0, 0, 1, 1), count: 2 };
    expect(multiDiversity(grouping, [{ codes, count: 2 }, independent], 2)?.entropy[0]).toBeCloseTo(2, 12);
    expect(multiDiversity(grouping, [{ codes, count: 2 }, copied], 2)?.entropy[0]).toBeCloseTo(1, 12);
    expect(multiDiversity(grouping, [{ codes, count: 2 }], 2)).toBeUndefined();
  });
});
