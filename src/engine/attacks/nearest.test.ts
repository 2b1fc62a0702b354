import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as mondrian from '../anonymization/mondrian.ts';
import { rawRelease, someTrips, toyTrips } from '../anonymization/toy-trips.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import { seededRng } from '../rng/rng.ts';
import { bestConstant } from './constant-guess.ts';
import { type AuxiliaryColumn, auxiliaryColumn, Neighbours } from './nearest.ts';

const numbers = (truth: readonly number[], cells: readonly (readonly [number, number])[], range: number) =>
  ({
    name: 'x',
    truth: Float64Array.from(truth),
    codes: Uint32Array.from(cells.keys()),
    low: Float64Array.from(cells, ([low]) => low),
    high: Float64Array.from(cells, ([, high]) => high),
    missing: new Uint8Array(cells.length),
    range,
  }) satisfies AuxiliaryColumn;

describe('neighbours', () => {
  it('stand at distance 0 inside a released range and at the nearer end outside', () => {
    const column = numbers(
      [5],
      [
        [0, 4],
        [7, 9],
        [5, 5],
        [1, 8],
      ],
      10,
    );
    const near = new Neighbours([column], 4);
    // Rows 2 and 3 cover 5; row 0 is 0.1 away, row 1 is 0.2 away.
    expect([...near.nearest(0, 2, 'lowest row')]).toEqual([2, 3]);
    expect([...near.nearest(0, 3, 'lowest row')].sort()).toEqual([0, 2, 3]);
    expect([...near.nearest(0, 1, 'lowest row', 2)]).toEqual([3]);
  });

  it('measure a set with gaps by its nearest member', () => {
    const column = {
      ...numbers(
        [5],
        [
          [0, 9],
          [4, 6],
          [0, 9],
        ],
        10,
      ),
      members: [
        [0, 9],
        [4, 6],
        [5, 9],
      ].map((set) => Float64Array.from(set)),
    };
    // 5 lies 4, 1 and 0 away.
    expect([...new Neighbours([column], 3).nearest(0, 2, 'lowest row')].sort()).toEqual([1, 2]);
    expect([...new Neighbours([column], 3).nearest(0, 1, 'lowest row')]).toEqual([2]);
  });

  it('are those a sort of all distances finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 })), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 8 }),
        (cells, k) => {
          const near = new Neighbours(
            [
              numbers(
                [3],
                cells.map(([from, width]) => [from, from + width] as const),
                6,
              ),
            ],
            cells.length,
          );
          const distance = ([from, width]: readonly [number, number]) => Math.max(0, from - 3, 3 - from - width) / 6;
          const sorted = cells
            .map((cell, row) => ({ row, d: Math.round(distance(cell) * 1e12) }))
            .sort((a, b) => a.d - b.d || a.row - b.row)
            .slice(0, k)
            .map(({ row }) => row);
          expect([...near.nearest(0, k, 'lowest row')].sort((a, b) => a - b)).toEqual(sorted.sort((a, b) => a - b));
        },
      ),
    );
  });

  it('that tie are chosen by lot, each equally often', () => {
    const near = new Neighbours(
      [
        numbers(
          [1],
          [
            [1, 1],
            [1, 1],
            [0, 2],
            [5, 5],
          ],
          5,
        ),
      ],
      4,
    );
    const rng = seededRng('ties');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 3000; i += 1) for (const row of near.nearest(0, 1, rng)) counts[row] = (counts[row] ?? 0) + 1;
    // Binomial(3000, 1/3), standard deviation 26: outside 4.5 of them in about 1 of 50,000 runs of three such counts.
    for (const row of [0, 1, 2]) expect(Math.abs((counts[row] ?? 0) - 1000)).toBeLessThan(116);
    expect(counts[3]).toBe(0);
  });
});

describe('a column of a generalized release', () => {
  it('covers the true value of every row in the cell released for it', async () => {
    const raw = rawRelease(toyTrips(someTrips(90)));
    const ctx = quietContext(seededRng(1));
    const release = await mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k: 6, l: 2 }, ctx);
    for (const name of ['zone', 'when', 'fare']) {
      const column = auxiliaryColumn(release.kind === 'table' ? release : raw, name);
      if (column === undefined) throw new Error(name);
      for (let row = 0; row < 90; row += 1) {
        const cell = column.codes[row] as number;
        expect(column.low[cell]).toBeLessThanOrEqual(column.truth[row] as number);
        expect(column.high[cell]).toBeGreaterThanOrEqual(column.truth[row] as number);
      }
    }
  });
});

describe('the best constant guess', () => {
  it('lies where most numbers are within the margin, negative ones too', () => {
    const positive = numbers(
      [],
      [
        [100, 100],
        [104, 104],
        [108, 108],
        [500, 500],
      ],
      400,
    );
    const g = bestConstant(positive, 0.05);
    for (const x of [100, 104, 108]) expect(Math.abs(x - g)).toBeLessThanOrEqual(0.05 * g + 1e-9);
    const negative = bestConstant(
      numbers(
        [],
        [
          [-100, -100],
          [-104, -104],
          [3, 3],
        ],
        107,
      ),
      0.05,
    );
    for (const x of [-100, -104]) expect(Math.abs(x - negative)).toBeLessThanOrEqual(0.05 * -negative + 1e-9);
  });
});
