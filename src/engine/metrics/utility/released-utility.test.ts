import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as generalization from '../../anonymization/generalization.ts';
import * as mondrian from '../../anonymization/mondrian.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from '../../anonymization/toy-trips.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import type { Release, TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { seededRng } from '../../rng/rng.ts';
import { makeTable, takeRows } from '../../table/table.ts';
import * as classification from './classification.ts';
import { earthMovers, jensenShannon, totalVariationOf } from './distances.ts';
import * as distribution from './distribution-distance.ts';
import * as queries from './query-workload.ts';
import { medianOf, Workload } from './workload.ts';

const ctx = quietContext(seededRng('utility'));
const byId = (scores: readonly Score[]): Readonly<Record<string, Score>> =>
  Object.fromEntries(scores.map((score) => [score.id, score]));
const ask = async (release: Release) =>
  byId(await queries.run(release, { ...defaultsOf(queries.descriptor.params), queries: 80 }, ctx));
const distance = async (release: Release) =>
  byId(await distribution.run(release, defaultsOf(distribution.descriptor.params), ctx));
const classify = async (release: Release) =>
  byId(await classification.run(release, defaultsOf(classification.descriptor.params), ctx));

const raw = rawRelease(toyTrips(someTrips(200)));
const grouped = (k: number) => mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k, l: 2 }, ctx);

describe('query workload', () => {
  it('spreads a cell over all values of its range, and rows left out over the whole domain', () => {
    // Four values; two original rows of value 0, one of 1, one of 3. Released: cells {0,1} twice and {2,3} once, one left out.
    const workload = new Workload(
      [
        {
          name: 'x',
          size: 4,
          truth: Uint32Array.of(0, 0, 1, 3),
          cells: { codes: Uint32Array.of(0, 0, 1), low: Uint32Array.of(0, 2), high: Uint32Array.of(1, 3) },
        },
      ],
      4,
      3,
      1,
    );
    expect(workload.answer([{ column: 0, wanted: Uint8Array.of(1, 0, 0, 0) }])).toEqual({
      truth: 2,
      estimate: 2 / 2 + 1 / 4,
    });
    expect(workload.answer([{ column: 0, wanted: Uint8Array.of(1, 1, 1, 1) }])).toEqual({ truth: 4, estimate: 4 });
    expect(workload.answer([])).toEqual({ truth: 4, estimate: 4 });
  });

  it('spreads a cell that is a set with gaps over its members', () => {
    const cells = {
      codes: Uint32Array.of(0, 0),
      low: Uint32Array.of(0),
      high: Uint32Array.of(3),
      members: [Uint32Array.of(0, 3)],
    };
    const workload = new Workload([{ name: 'x', size: 4, truth: Uint32Array.of(0, 3), cells }], 2, 2, 0);
    expect(workload.estimate([{ column: 0, wanted: Uint8Array.of(1, 1, 1, 0) }])).toBe(1);
  });

  it('has no error on the original, some on groups, and more when nothing but the number of rows is known', async () => {
    const plain = await ask(raw);
    expect([plain['query-workload']?.value, plain['query-workload/mean']?.value]).toEqual([0, 0]);
    const coarse = (await ask(await grouped(10)))['query-workload/mean'];
    expect(coarse?.value).toBeGreaterThan(0);
    expect(coarse?.value).toBeLessThan(coarse?.baseline ?? 0);
    expect(coarse?.interval?.low).toBeLessThan(coarse?.value ?? 0);
  });

  it('adds up: complementary sets of one column are answered by all rows together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 63 }),
        (values, mask) => {
          const codes = Uint32Array.from(values, (v) => v >> 1);
          const workload = new Workload(
            [
              {
                name: 'x',
                size: 6,
                truth: Uint32Array.from(values),
                cells: { codes, low: Uint32Array.of(0, 2, 4), high: Uint32Array.of(1, 3, 5) },
              },
            ],
            values.length,
            values.length,
            0,
          );
          const wanted = Uint8Array.from({ length: 6 }, (_, v) => (mask >> v) & 1);
          const some = workload.answer([{ column: 0, wanted }]);
          const rest = workload.answer([{ column: 0, wanted: wanted.map((bit) => 1 - bit) }]);
          expect(some.truth + rest.truth).toBe(values.length);
          expect(some.estimate + rest.estimate).toBeCloseTo(values.length, 9);
        },
      ),
    );
  });

  it('takes the mean of the middle two as median', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), medianOf([])]).toEqual([2, 2.5, 0]);
  });
});

describe('distances', () => {
  const weights = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 })
    .filter((w) => w.some((x) => x > 0));

  it('are 0 of a distribution from itself, symmetric, and within 0 and 1', () => {
    fc.assert(
      fc.property(weights, weights, (a, b) => {
        const [p, q] = [Float64Array.from(a), Float64Array.from(b)];
        const places = Float64Array.of(0, 1, 5, 7);
        for (const d of [
          totalVariationOf,
          jensenShannon,
          (x: Float64Array, y: Float64Array) => earthMovers(x, y, places),
        ]) {
          expect(d(p, p)).toBeCloseTo(0, 12);
          expect(d(p, q)).toBeCloseTo(d(q, p), 12);
          expect(d(p, q)).toBeGreaterThanOrEqual(0);
          expect(d(p, q)).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('have their known values', () => {
    const [left, right] = [Float64Array.of(1, 0, 0), Float64Array.of(0, 0, 2)];
    expect([totalVariationOf(left, right), jensenShannon(left, right)]).toEqual([1, 1]);
    expect(earthMovers(left, right, Float64Array.of(0, 3, 10))).toBe(1);
    expect(earthMovers(left, Float64Array.of(0, 1, 0), Float64Array.of(0, 3, 10))).toBeCloseTo(0.3, 12);
  });
});

describe('distribution distance', () => {
  it('is nothing for the original, and for half of its rows left out evenly', async () => {
    const plain = await distance(raw);
    for (const score of Object.values(plain)) expect(score.value).toBeCloseTo(0, 12);
    const kept = Uint32Array.from({ length: 60 }, (_, i) => i);
    const dataset = toyTrips([...someTrips(60), ...someTrips(60)]);
    const half: TableRelease = { ...rawRelease(dataset), table: takeRows(dataset.table, kept), rowOf: kept };
    expect((await distance(half))['distribution-distance']?.value).toBeCloseTo(0, 12);
  });

  it('counts a removed column as spread evenly, and sees what groups do to pairs', async () => {
    const table = { ...raw.table, columns: raw.table.columns.filter(({ name }) => name !== 'to') };
    const removed = (await distance({ ...raw, table }))['distribution-distance/to'];
    expect(removed?.value).toBe(removed?.baseline);
    const pairs = (await distance(await grouped(60)))['distribution-distance/two-way'];
    expect(pairs?.value).toBeGreaterThan(0.1);
    expect(pairs?.n).toBe(6);
  });

  it('spreads a generalized cell over its values', async () => {
    const table = makeTable([{ kind: 'category', name: 'zone', codes: Uint8Array.of(0, 0, 0, 1), levels: ['2', '3'] }]);
    const dataset = toyDataset(table, [
      { name: 'zone', type: 'category', role: 'quasi-identifier', ladder: { kind: 'place' } },
    ]);
    const release = await generalization.run(
      rawRelease(dataset),
      { levels: { zone: 1 }, k: 1, leftOut: 0, quasiIdentifiers: [] },
      ctx,
    );
    const spread = (await distance(release))['distribution-distance/zone'];
    // Manhattan stands for its three zones of the place table: 3/4 and 1/4 against 1/3 each.
    expect(spread?.value).toBeCloseTo((3 / 4 - 1 / 3 + 1 / 12 + 1 / 3) / 2, 12);
  });
});

describe('classification', () => {
  /** A job that follows the zone in nine of ten rows. */
  const jobs = (rows: number): TableRelease => {
    const rng = seededRng('jobs');
    const zone = Uint8Array.from({ length: rows }, () => rng.int(4));
    const job = zone.map((z) => (rng.int(10) === 0 ? rng.int(4) : z));
    const table = makeTable([
      { kind: 'category', name: 'zone', codes: zone, levels: ['1', '2', '3', '4'] },
      { kind: 'category', name: 'job', codes: job, levels: ['a', 'b', 'c', 'd'] },
    ]);
    return rawRelease(
      toyDataset(table, [
        { name: 'zone', type: 'category', role: 'quasi-identifier', ladder: { kind: 'place' } },
        { name: 'job', type: 'category', role: 'sensitive' },
      ]),
    );
  };

  it('keeps all accuracy on the original and none without the column it rests on', async () => {
    const release = jobs(400);
    const plain = await classify(release);
    expect(plain['classification']?.value).toBe(plain['classification/original']?.value);
    expect(plain['classification']?.value).toBeGreaterThan(0.85);
    expect(plain['classification/relative']?.value).toBe(1);
    const table = { ...release.table, columns: release.table.columns.filter(({ name }) => name !== 'zone') };
    const blind = await classify({ ...release, table });
    expect(blind['classification']?.value).toBe(blind['classification']?.baseline);
    expect(blind['classification/relative']?.value).toBe(0);
  });

  it('loses what a coarser level hides', async () => {
    const levels = { levels: { zone: 1 }, k: 2, leftOut: 0, quasiIdentifiers: [] };
    const coarse = await classify(await generalization.run(jobs(400), levels, ctx));
    // Manhattan stands for three zones, so three of the four jobs are confused there.
    expect(coarse['classification']?.value).toBeLessThan(0.75);
    expect(coarse['classification']?.value).toBeGreaterThan(coarse['classification']?.baseline ?? 1);
  });

  it('says why a column cannot be predicted', async () => {
    await expect(
      classification.run(raw, { ...defaultsOf(classification.descriptor.params), target: 'colour' }, ctx),
    ).rejects.toMatchObject({
      code: 'invalid-data',
    });
  });
});
