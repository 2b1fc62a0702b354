import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { encodeColumn } from '../table/encode.ts';
import { coversCode } from '../table/hierarchy.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import * as cells from './k-anonymous-cells.ts';
import { lambertWMinus1, planarLaplaceCdf, planarLaplaceRadius } from './lambert-w.ts';
import { SLOTS } from './location-cells.ts';
import * as laplace from './planar-laplace.ts';
import type { PlacePoints } from './places-plane.ts';
import { quadtreeCells } from './quadtree.ts';
import { mergeRegions } from './region-merging.ts';
import * as cloaking from './spatial-cloaking.ts';
import * as coarsening from './time-coarsening.ts';
import { rawRelease, someTrips, toyTrips } from './toy-trips.ts';
import { achievedClasses } from './verify.ts';

const ctx = quietContext(seededRng('location'));
const source = tinyRelease(tinyDataset(400));

/** Every released label covers the base code of the row it stands for. */
function expectCover(release: TableRelease): void {
  for (const [name, generalized] of Object.entries(release.generalized ?? {})) {
    const column = release.table.columns.find((each) => each.name === name);
    const truth = encodeColumn(release.dataset, name);
    if (column?.kind !== 'category') throw new Error(name);
    for (let row = 0; row < release.table.rows; row += 1) {
      const code = truth.codes[release.rowOf[row] as number] as number;
      expect(coversCode(generalized, column.codes[row] as number, code)).toBe(true);
    }
  }
}

const maps = fc
  .record({
    places: fc.integer({ min: 1, max: 60 }),
    span: fc.integer({ min: 1, max: 1000 }),
    most: fc.nat(8),
    seed: fc.nat(),
  })
  .map(({ places, span, most, seed }) => {
    const rng = seededRng(seed);
    const draw = (n: number): Float64Array => Float64Array.from({ length: places }, () => rng.int(n));
    const points: PlacePoints = { x: draw(span), y: draw(span) };
    return { points, counts: Uint32Array.from({ length: places }, () => rng.int(most + 1)), rng };
  });

describe('quadtree cloaking', () => {
  it('divides all rows into disjoint cells of at least k of them', () => {
    fc.assert(
      fc.property(maps, fc.integer({ min: 1, max: 9 }), ({ points, counts }, k) => {
        const codes = Uint32Array.from(counts.keys());
        const total = counts.reduce((a, b) => a + b, 0);
        fc.pre(total >= k);
        const found = quadtreeCells(points, codes, counts, k);
        const seen = found.flatMap((cell) => Array.from(cell.places));
        expect(new Set(seen).size).toBe(seen.length);
        expect(found.reduce((sum, cell) => sum + cell.rows, 0)).toBe(total);
        expect(new Set(found.map((cell) => cell.path)).size).toBe(found.length);
        for (const cell of found) {
          expect(cell.rows).toBeGreaterThanOrEqual(k);
          expect(cell.places.reduce((sum, code) => sum + (counts[code] as number), 0)).toBe(cell.rows);
        }
      }),
    );
  });

  it('releases k rows alike in place and time, whose labels cover the truth', async () => {
    for (const slot of SLOTS) {
      for (const k of [2, 5, 40]) {
        const out = (await cloaking.run(source, { k, slot, place: '' }, ctx)) as TableRelease;
        expect(cloaking.verify(out, out.guarantee)).toEqual([]);
        expect(achievedClasses(out).k).toBeGreaterThanOrEqual(k);
        expectCover(out);
      }
    }
  });

  it('says that places have no coordinates, or that k is too large', async () => {
    const settings = { k: 5, slot: 'hour', place: '' } as const;
    await expect(cloaking.run(rawRelease(toyTrips(someTrips(60))), settings, ctx)).rejects.toThrow(
      'no places with coordinates',
    );
    await expect(cloaking.run(source, { ...settings, k: 500 }, ctx)).rejects.toMatchObject({ code: 'infeasible' });
  });
});

describe('k-anonymous cells', () => {
  it('merges the whole map into regions, and stops as soon as few enough rows are left', async () => {
    await fc.assert(
      fc.asyncProperty(
        maps,
        fc.integer({ min: 1, max: 6 }),
        fc.nat(20),
        async ({ points, counts, rng }, k, allowed) => {
          const placeOf = Uint32Array.from(
            Array.from(counts).flatMap((count, place) => Array.from({ length: count }, () => place)),
          );
          fc.pre(placeOf.length > 0);
          const slotOf = placeOf.map(() => rng.int(3));
          const merged = await mergeRegions({ points, placeOf, slotOf, slots: 3, k, allowed }, () => Promise.resolve());
          const covered = merged.regions.flatMap((set) => Array.from(set)).sort((a, b) => a - b);
          expect(covered).toEqual(Array.from(counts.keys()));
          const sizes = new Map<string, number>();
          placeOf.forEach((place, i) => {
            const cell = `${merged.regionOf[place]} ${slotOf[i]}`;
            sizes.set(cell, (sizes.get(cell) ?? 0) + 1);
          });
          const small = [...sizes.values()].filter((size) => size < k).reduce((a, b) => a + b, 0);
          expect(merged.small).toBe(small);
          expect(small <= allowed || merged.regions.length === 1).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('releases cells of k rows, and lists what is left out', async () => {
    for (const k of [2, 10]) {
      const out = (await cells.run(source, { k, slot: 'day', leftOut: 0.1, place: 'to' }, ctx)) as TableRelease;
      expect(cells.verify(out, out.guarantee)).toEqual([]);
      expect(out.suppressed.length).toBeLessThanOrEqual(40);
      expect(out.quasiIdentifiers).toEqual(['to', 'at']);
      expectCover(out);
    }
    await expect(cells.run(source, { k: 100, slot: 'hour', leftOut: 0, place: '' }, ctx)).rejects.toThrow(
      'even with all places',
    );
  });
});

describe('time coarsening', () => {
  it('gives slots that cover the truth, fewer the wider they are', async () => {
    let before = Infinity;
    for (const step of ['5', '15', '30', 'hour', 'daypart', 'day', 'week'] as const) {
      const out = (await coarsening.run(source, { step, columns: [] }, ctx)) as TableRelease;
      expectCover(out);
      expect(out.guarantee.kind).toBe('none');
      const column = out.table.columns.find((each) => each.name === 'at');
      const slots = column?.kind === 'category' ? column.levels.length : Infinity;
      expect(slots).toBeLessThanOrEqual(before);
      before = slots;
    }
    await expect(coarsening.run(source, { step: 'hour', columns: ['fare'] }, ctx)).rejects.toMatchObject({
      code: 'invalid-data',
    });
  });
});

describe('planar Laplace', () => {
  it('inverts w e^w and its own distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(Math.abs(planarLaplaceCdf(planarLaplaceRadius(p)) - p)).toBeLessThan(1e-13);
        const w = lambertWMinus1(-p / Math.E);
        expect(Math.abs((w * Math.exp(w)) / (-p / Math.E) - 1)).toBeLessThan(1e-12);
      }),
    );
    expect([lambertWMinus1(-0.4), lambertWMinus1(0.1)]).toEqual([Number.NaN, Number.NaN]);
    expect(lambertWMinus1(-1 / Math.E)).toBe(-1);
  });

  it('draws radii by 1 - (1 + er) e^-er and directions evenly', () => {
    // Kolmogorov-Smirnov: false alarm 1e-6 above sqrt(ln(2e6) / 2n); quadrants are binomial, six deviations.
    const n = 40_000;
    const rng = seededRng('planar');
    const epsilon = 0.01;
    const quadrants = [0, 0, 0, 0];
    const radii = Float64Array.from({ length: n }, () => {
      const [x, y] = laplace.noisyPoint(0, 0, epsilon, rng);
      const q = (x > 0 ? 1 : 0) + (y > 0 ? 2 : 0);
      quadrants[q] = (quadrants[q] as number) + 1;
      return Math.hypot(x, y);
    }).sort();
    const gap = radii.reduce(
      (most, r, i) => Math.max(most, Math.abs(planarLaplaceCdf(epsilon * r) - (i + 0.5) / n)),
      0,
    );
    expect(gap).toBeLessThan(Math.sqrt(Math.log(2e6) / (2 * n)));
    for (const count of quadrants) expect(Math.abs(count - n / 4)).toBeLessThan(6 * Math.sqrt((n * 3) / 16));
  });

  it('finds the nearest place as a scan would', () => {
    fc.assert(
      fc.property(
        maps,
        fc.integer({ min: -50, max: 1050 }),
        fc.integer({ min: -50, max: 1050 }),
        ({ points }, x, y) => {
          const gap = (code: number): number =>
            ((points.x[code] as number) - x) ** 2 + ((points.y[code] as number) - y) ** 2;
          const best = Array.from(points.x.keys()).reduce((a, b) => (gap(b) < gap(a) ? b : a));
          expect(new laplace.NearestPlace(points).nearest(x, y)).toBe(best);
        },
      ),
    );
  });

  it('moves places, claims no differential privacy, and keeps its proven accuracy', async () => {
    const out = (await laplace.run(source, { level: 0.7, radius: 100_000, columns: [] }, ctx)) as TableRelease;
    expect(out.guarantee.kind).toBe('none');
    const text = (name: string): unknown => out.table.columns.find((column) => column.name === name);
    expect(text('from')).not.toEqual(source.table.columns.find((column) => column.name === 'from'));
    const exact = (await laplace.run(source, { level: 10, radius: 10, columns: [] }, ctx)) as TableRelease;
    // Places of the toy map are 100 km apart, the noise a few metres.
    expectCover(exact);
    expect(exact.notes.some((note) => note.en.includes('95 %'))).toBe(true);
  });
});
