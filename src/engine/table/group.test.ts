import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctPerClass, groupRows, refine, rowsByClass, sizeHistogram } from './group.ts';
import { joinCodes, unifyLevels } from './join.ts';
import { sortByValue, sortIndices } from './sort.ts';

/** Partition as sets of rows, independent of class numbers. */
const partition = (classOf: ArrayLike<number | string>): string[] => {
  const sets = new Map<number | string, number[]>();
  for (let i = 0; i < classOf.length; i += 1) {
    const key = classOf[i] as number | string;
    sets.set(key, [...(sets.get(key) ?? []), i]);
  }
  return [...sets.values()].map((rows) => rows.join(',')).sort();
};

const tables = fc
  .tuple(
    fc.integer({ min: 1, max: 60 }),
    fc.array(fc.constantFrom(1, 2, 3, 200, 5000, 70000, 900000), { maxLength: 5 }),
  )
  .chain(([rows, cardinalities]) =>
    fc.record({
      rows: fc.constant(rows),
      cardinalities: fc.constant(cardinalities),
      columns: fc.tuple(
        ...cardinalities.map((c) =>
          fc
            .array(fc.oneof(fc.integer({ min: 0, max: Math.min(c - 1, 2) }), fc.integer({ min: 0, max: c - 1 })), {
              minLength: rows,
              maxLength: rows,
            })
            .map((codes) => Uint32Array.from(codes)),
        ),
      ),
    }),
  );

describe('groupRows', () => {
  it('equals grouping by a text key, whatever the cardinalities', () => {
    fc.assert(
      fc.property(tables, ({ rows, columns, cardinalities }) => {
        const got = groupRows(columns as Uint32Array[], cardinalities, rows);
        const keys = Array.from({ length: rows }, (_, i) => (columns as Uint32Array[]).map((c) => c[i]).join('|'));
        expect(partition(got.classOf)).toEqual(partition(keys));
        expect(got.count).toBe(new Set(keys).size);
        for (let c = 0; c < got.count; c += 1) {
          const members = Array.from(got.classOf).filter((id) => id === c).length;
          expect(got.sizes[c]).toBe(members);
          expect(Array.from(got.classOf).indexOf(c)).toBe(got.first[c]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('refines a grouping to the same classes as grouping by all columns at once', () => {
    fc.assert(
      fc.property(tables, ({ rows, columns, cardinalities }) => {
        let step = groupRows([], [], rows);
        (columns as Uint32Array[]).forEach((codes, j) => {
          step = refine(step, codes, cardinalities[j] as number);
        });
        const whole = groupRows(columns as Uint32Array[], cardinalities, rows);
        expect(partition(step.classOf)).toEqual(partition(whole.classOf));
      }),
      { numRuns: 200 },
    );
  });

  it('counts class sizes, members and distinct values', () => {
    const grouping = groupRows([Uint8Array.of(0, 1, 0, 2, 1, 0)], [3]);
    expect(Array.from(sizeHistogram(grouping.sizes).size)).toEqual([1, 2, 3]);
    expect(Array.from(sizeHistogram(grouping.sizes).classes)).toEqual([1, 1, 1]);
    const { start, rows } = rowsByClass(grouping);
    const zero = grouping.classOf[0] as number;
    expect(Array.from(rows.subarray(start[zero], start[zero + 1]))).toEqual([0, 2, 5]);
    expect(distinctPerClass(grouping, Uint8Array.of(7, 1, 7, 1, 2, 3), 8)[zero]).toBe(2);
  });
});

describe('sort and join', () => {
  it('orders rows by columns, first column first, keeping ties in row order', () => {
    expect(Array.from(sortIndices([Uint8Array.of(1, 0, 1, 0), Uint8Array.of(0, 2, 0, 1)], [2, 3]))).toEqual([
      3, 1, 0, 2,
    ]);
    expect(Array.from(sortByValue([3, Number.NaN, 1, 3]))).toEqual([2, 0, 3, 1]);
  });

  it('joins every matching pair once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 20 }), fc.array(fc.nat(5), { maxLength: 20 }), (a, b) => {
        const { left, right } = joinCodes(Uint8Array.from(a), Uint8Array.from(b), 6);
        const naive = a.flatMap((x, l) => b.flatMap((y, r) => (x === y ? [`${l}-${r}`] : [])));
        expect(Array.from(left, (l, i) => `${l}-${right[i]}`)).toEqual(naive);
      }),
    );
    expect(unifyLevels(['a', 'b'], ['b', 'c'])).toEqual({
      levels: ['a', 'b', 'c'],
      left: Uint32Array.of(0, 1),
      right: Uint32Array.of(1, 2),
    });
  });
});
