import { array, assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '../rng/rng.ts';
import { clampedMoments } from './clamping.ts';
import { projectNonNegative, reconcile, roundTogether } from './consistency.ts';
import { boundCells, countReach, sumReach } from './contribution.ts';
import { releasedShareInterval } from './noisy-proportion.ts';

const sumOf = (cells: Float64Array): number => cells.reduce((a, b) => a + b, 0);

describe('bounding what a unit contributes', () => {
  it('leaves nobody in more cells, or with more rows in a cell, than allowed, and drops no row without need', () => {
    assert(
      property(
        array(integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 }),
        integer({ min: 1, max: 3 }),
        integer({ min: 1, max: 3 }),
        integer({ min: 0, max: 1000 }),
        (who, cellsKept, rowsPerCell, seed) => {
          const cells = Int32Array.from(who, (_, i) => ((i * 7 + seed) % 6) - 1);
          const entity = { kind: 'integer', name: 'who', values: Uint8Array.from(who) } as const;
          const { keep, dropped, largest } = boundCells(
            entity,
            cells,
            { cells: cellsKept, rowsPerCell },
            seededRng(seed),
          );
          const rows = (filter: (i: number) => boolean): number => who.filter((_, i) => filter(i)).length;
          for (const person of new Set(who)) {
            const mine = (i: number): boolean => who[i] === person && (cells[i] as number) >= 0;
            const seen = new Set(
              who
                .map((_, i) => i)
                .filter((i) => mine(i) && keep[i] === 1)
                .map((i) => cells[i]),
            );
            const had = new Set(
              who
                .map((_, i) => i)
                .filter(mine)
                .map((i) => cells[i]),
            );
            expect(seen.size).toBe(Math.min(cellsKept, had.size));
            for (const cell of seen) {
              const here = (i: number): boolean => mine(i) && cells[i] === cell;
              expect(rows((i) => here(i) && keep[i] === 1)).toBe(Math.min(rowsPerCell, rows(here)));
            }
            expect(rows(mine)).toBeLessThanOrEqual(largest);
          }
          expect(dropped).toBe(rows((i) => (cells[i] as number) >= 0 && keep[i] !== 1));
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  it('leaves out rows without an id: nobody’s rows cannot be bounded', () => {
    const entity = {
      kind: 'integer',
      name: 'who',
      values: Uint8Array.of(0, 0, 0),
      valid: Uint8Array.of(0b011),
    } as const;
    const { keep, dropped } = boundCells(entity, Int32Array.of(0, 1, 2), { cells: 5, rowsPerCell: 5 }, seededRng(1));
    expect([...keep, dropped]).toEqual([1, 1, 0, 1]);
  });

  it('changes twice as much when one is replaced, and turns within a cell where values have both signs', () => {
    const caps = { cells: 3, rowsPerCell: 2 };
    expect(countReach(caps)).toEqual({ l1: 6, l2: 2 * Math.sqrt(3), linf: 2, cells: 3 });
    expect(countReach(caps, 'replace-one')).toEqual({ l1: 12, l2: 2 * Math.sqrt(6), linf: 2, cells: 6 });
    expect(sumReach(caps, [-1, 1], 'replace-one')).toMatchObject({ l1: 12, linf: 4 });
    expect(sumReach(caps, [-1, 1], 'replace-one').l2).toBeCloseTo(4 * Math.sqrt(3), 12);
    expect(() => sumReach(caps, [2, 1])).toThrow(/bounds/);
    expect(() => countReach({ cells: 0, rowsPerCell: 1 })).toThrow(/caps/);
  });
});

describe('clipping', () => {
  it('has the moments of the whole law where bounds are far, and of a point where everything is clipped', () => {
    expect(clampedMoments({ kind: 'normal', mean: 3, sd: 2 }, -1e3, 1e3).mean).toBeCloseTo(3, 12);
    expect(clampedMoments({ kind: 'normal', mean: 3, sd: 2 }, -1e3, 1e3).variance).toBeCloseTo(4, 9);
    expect(clampedMoments({ kind: 'normal', mean: 900, sd: 2 }, 0, 10)).toEqual({ mean: 10, variance: 0 });
    expect(clampedMoments({ kind: 'exponential', rate: 2 }, 0, 1e4).variance).toBeCloseTo(0.25, 12);
    expect(clampedMoments({ kind: 'lognormal', mu: 0, sigma: 1 }, 0, 1e9).mean).toBeCloseTo(Math.exp(0.5), 9);
    expect(clampedMoments({ kind: 'lognormal', mu: 0, sigma: 1 }, -5, -1)).toEqual({ mean: -1, variance: 0 });
  });

  it('is the mirror image above the range of what it is below', () => {
    for (const [mean, lower, upper] of [
      [-9, 0, 4],
      [2, 3, 3.5],
      [1, -1, 0],
    ] as const) {
      const below = clampedMoments({ kind: 'normal', mean, sd: 1.5 }, lower, upper);
      const above = clampedMoments({ kind: 'normal', mean: -mean, sd: 1.5 }, -upper, -lower);
      expect(above.mean).toBeCloseTo(-below.mean, 12);
      expect(above.variance).toBeCloseTo(below.variance, 12);
    }
  });
});

describe('a released share read back', () => {
  it('is wider with more noise, fewer rows and more confidence, and stays between 0 and 1', () => {
    const width = (n: number, scale: number, level: number): number => {
      const [low, high] = releasedShareInterval(n, 0.3, scale, level);
      expect(low >= 0 && high <= 1 && low < high).toBe(true);
      return high - low;
    };
    expect(width(100, 0.05, 0.9)).toBeGreaterThan(width(100, 0.01, 0.9));
    expect(width(50, 0.01, 0.9)).toBeGreaterThan(width(5000, 0.01, 0.9));
    expect(width(100, 0.01, 0.99)).toBeGreaterThan(width(100, 0.01, 0.5));
    expect(releasedShareInterval(10, 0, 0.5, 0.9)).toEqual([0, expect.any(Number)]);
    expect(() => releasedShareInterval(0, 0.3, 0.1, 0.9)).toThrow(/n/);
  });
});

describe('agreeing with a total', () => {
  const cells = array(double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 30 }).map((list) =>
    Float64Array.from(list),
  );

  it('splits the gap by variance: a sure total is met, an unsure one ignored', () => {
    const sure = Float64Array.of(1, 2, 3);
    expect(reconcile(sure, 1, 12, 0)).toBeCloseTo(12, 12);
    expect([...sure]).toEqual([3, 4, 5]);
    const unsure = Float64Array.of(1, 2, 3);
    expect(reconcile(unsure, 1, 12, 1e12)).toBeCloseTo(6, 6);
  });

  it('finds the nearest cells that are not negative and add up', () => {
    assert(
      property(cells, double({ min: 0, max: 100, noNaN: true }), (noisy, total) => {
        const fitted = noisy.slice();
        projectNonNegative(fitted, total);
        expect(fitted.every((cell) => cell >= 0)).toBe(true);
        expect(sumOf(fitted)).toBeCloseTo(total, 8);
        // Nearest: what was taken off is the same wherever something is left.
        const cuts = [...fitted].flatMap((cell, i) => (cell > 1e-9 ? [(noisy[i] as number) - cell] : []));
        for (const cut of cuts) expect(cut).toBeCloseTo(cuts[0] as number, 8);
      }),
      { seed: 5 },
    );
  });

  it('rounds together: whole cells, at most one off, that add up to the rounded sum', () => {
    assert(
      property(cells, (noisy) => {
        const rounded = noisy.slice();
        roundTogether(rounded);
        expect(rounded.every(Number.isInteger)).toBe(true);
        expect(Math.abs(sumOf(rounded) - sumOf(noisy))).toBeLessThanOrEqual(0.5 + 1e-9);
        rounded.forEach((cell, i) => expect(Math.abs(cell - (noisy[i] as number))).toBeLessThanOrEqual(1));
      }),
      { seed: 6 },
    );
  });
});
