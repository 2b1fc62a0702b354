import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { cellText } from '../table/table.ts';
import { descriptor, run, verify } from './k-m-anonymity.ts';
import { isKmAnonymous, type ItemRecords, itemRecords, rareCombinations } from './models/k-m.ts';
import { repairItems } from './models/k-m-repair.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from './toy-trips.ts';

const ctx = quietContext(seededRng('k-m'));

/** Records of items 0..5 under the tree {0 1} {2 3} {4 5}, then all left out. */
const levels = [
  Uint32Array.of(0, 1, 2, 3, 4, 5),
  Uint32Array.of(0, 0, 1, 1, 2, 2),
  Uint32Array.of(0, 0, 0, 0, 0, 0),
] as const;
const recordsOf = (lists: readonly (readonly number[])[]): ItemRecords =>
  itemRecords(
    Uint32Array.from(lists.flatMap((list, r) => list.map(() => r))),
    Uint32Array.from(lists.flat()),
    lists.length,
    6,
  );
const lists = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 5 }), {
  minLength: 1,
  maxLength: 14,
});

/** Combinations of exactly m items and how many lists hold them, one by one. */
function naive(all: readonly (readonly number[])[], m: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (list: readonly number[], from: number, taken: readonly number[]): void => {
    if (taken.length === m) found.set(taken.join(), (found.get(taken.join()) ?? 0) + 1);
    else for (let i = from; i < list.length; i += 1) add(list, i + 1, [...taken, list[i] as number]);
  };
  for (const list of all)
    add(
      list.toSorted((a, b) => a - b),
      0,
      [],
    );
  return found;
}

async function released(input: TableRelease, changes: Partial<Parameters<typeof run>[1]>): Promise<TableRelease> {
  const release = await run(input, { ...defaultsOf(descriptor.params), ...changes }, ctx);
  if (release.kind !== 'table') throw new Error('a table was expected');
  return release;
}

describe('rare combinations', () => {
  it('are those that occur in fewer than k records', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), async (all, k, m) => {
        const expected = [...naive(all, m)].filter(([, count]) => count < k);
        const found = (await rareCombinations(recordsOf(all), k, m)).map((each) => [each.items.join(), each.records]);
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 300 },
    );
  });
  it('are refused where there are too many to count, naming m', async () => {
    const many = { start: Uint32Array.of(0, 600), items: Uint32Array.from({ length: 600 }, (_, i) => i), size: 600 };
    await expect(rareCombinations(many, 2, 3)).rejects.toMatchObject({ code: 'infeasible', place: { param: 'm' } });
  });
});

describe('the greedy repair', () => {
  it('leaves k^m-anonymous records whose siblings are at one level or left out, and raises nothing where nothing is rare', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), async (all, k, m) => {
        const { levelOf, top } = await repairItems(recordsOf(all), levels, k, m, ctx);
        for (const [a, b] of [
          [0, 1],
          [2, 3],
          [4, 5],
        ] as const) {
          if (levelOf[a] !== top && levelOf[b] !== top) expect(levelOf[a]).toBe(levelOf[b]);
        }
        const node = (item: number): number => 6 * (levelOf[item] ?? 0) + (levels[levelOf[item] ?? 0]?.[item] ?? 0);
        const out = all.map((list) => [...new Set(list.filter((item) => levelOf[item] !== top).map(node))]);
        for (let size = 1; size <= m; size += 1) {
          expect([...naive(out, size).values()].every((count) => count >= k)).toBe(true);
        }
        if (await isKmAnonymous(recordsOf(all), k, m)) expect(levelOf.every((level) => level === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('k^m-anonymity', () => {
  it('hides the places of each person: its claim holds, and one more visit to a rare place breaks it', async () => {
    const source = rawRelease(toyTrips(someTrips(60)));
    const release = await released(source, { k: 3, m: 2 });
    expect(release.guarantee).toMatchObject({
      k: 1,
      models: [{ type: 'k-m', k: 3, m: 2, column: 'zone', records: 'person' }],
    });
    expect(verify(release, release.guarantee)).toEqual([]);
    const zone = release.table.columns.find(({ name }) => name === 'zone');
    if (zone?.kind !== 'category') throw new Error('zone is released');
    const odd = {
      ...zone,
      codes: zone.codes.map((code, i) => (i === 0 ? zone.levels.length : code)),
      levels: [...zone.levels, 'Rikers'],
    };
    const columns = release.table.columns.map((each) => (each.name === 'zone' ? odd : each));
    expect(verify({ ...release, table: { ...release.table, columns } }, release.guarantee)).toHaveLength(1);
  });

  it('drops rows of places left out, keeps count of them, and numbers the records', async () => {
    const trips = [
      ...['a', 'b', 'c'].map((person) => ({ zone: '2', to: '2', minute: 0, fare: 5, person })),
      { zone: '5', to: '2', minute: 10, fare: 5, person: 'a' },
      { zone: '1', to: '2', minute: 10, fare: 5, person: 'b' },
    ];
    const release = await released(rawRelease(toyTrips(trips)), { k: 3, m: 1 });
    const zone = release.table.columns.find(({ name }) => name === 'zone');
    expect(zone && Array.from({ length: release.table.rows }, (_, i) => cellText(zone, i))).toEqual(
      Array.from({ length: release.table.rows }, () => expect.not.stringContaining('Astoria')),
    );
    expect(release.table.rows + release.suppressed.length).toBe(5);
    const person = release.table.columns.find(({ name }) => name === 'person');
    expect(person && cellText(person, 0)).toBe('1');
    expect(verify(release, release.guarantee)).toEqual([]);
  });

  it('rewrites lists, generalizing by the hierarchy of the column and leaving the rare out without a trace', async () => {
    const labels = ['ale; bread', 'beer;bread', 'ale;bread;gin', 'bread', 'beer; bread'];
    const table = {
      rows: 5,
      columns: [{ kind: 'category', name: 'basket', codes: Uint8Array.of(0, 1, 2, 3, 4), levels: labels } as const],
    };
    const dataset = toyDataset(table, [{ name: 'basket', type: 'category', role: 'quasi-identifier' }]);
    const base = ['ale', 'beer', 'bread', 'gin'];
    const hierarchy = {
      column: 'basket',
      levels: [
        { name: 'item', codes: Uint32Array.of(0, 1, 2, 3), labels: base },
        { name: 'kind', codes: Uint32Array.of(0, 0, 1, 2), labels: ['brew', 'food', 'spirit'] },
        { name: 'all', codes: new Uint32Array(4), labels: ['*'] },
      ],
    };
    const source = { ...rawRelease({ ...dataset, hierarchies: { basket: hierarchy } }), quasiIdentifiers: [] };
    const release = await released(source, { items: 'basket', k: 3, m: 2 });
    const [basket] = release.table.columns;
    expect(basket && Array.from({ length: 5 }, (_, i) => cellText(basket, i))).toEqual([
      'bread; brew',
      'bread; brew',
      'bread; brew',
      'bread',
      'bread; brew',
    ]);
    expect(verify(release, release.guarantee)).toEqual([]);
  });

  it('says what is missing: items, or records', async () => {
    const source = rawRelease(toyTrips(someTrips(12)));
    await expect(released(source, { k: 100 })).rejects.toMatchObject({ code: 'infeasible', place: { param: 'k' } });
    await expect(released(source, { items: 'fare' })).rejects.toMatchObject({
      code: 'invalid-data',
      place: { column: 'fare' },
    });
    const { columns } = source.table;
    const alone = { ...source, table: { ...source.table, columns: columns.filter(({ name }) => name !== 'person') } };
    await expect(released(alone, {})).rejects.toMatchObject({ code: 'infeasible', place: { param: 'items' } });
  });
});
