import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { cellText, type Table } from '../table/table.ts';
import * as generalization from './generalization.ts';
import * as pseudonyms from './pseudonyms.ts';
import { cutSmallClasses } from './small-classes.ts';
import * as suppression from './suppression.ts';
import { rawRelease, someTrips, toyTrips } from './toy-trips.ts';

const ctx = quietContext(seededRng('techniques'));
const cells = (table: Table, name: string): (string | number | null)[] => {
  const column = table.columns.find((each) => each.name === name);
  return column === undefined ? [] : Array.from({ length: table.rows }, (_, row) => cellText(column, row));
};
const generalize = (levels: Record<string, number>, k: number, count = 60) =>
  generalization.run(
    rawRelease(toyTrips(someTrips(count))),
    { levels, k, leftOut: 0.05, quasiIdentifiers: [] },
    ctx,
  ) as Promise<TableRelease>;

describe('suppression of small classes', () => {
  it('promises no l-diversity of a column it leaves out', async () => {
    const l = { value: 3, column: 'fare' };
    const diverse = { ...rawRelease(toyTrips(someTrips(20))), guarantee: { kind: 'k-anonymity', k: 5, l } } as const;
    const out = await suppression.run(diverse, { columns: ['fare'], k: 1, quasiIdentifiers: [] }, ctx);
    expect(out.guarantee).toEqual({ kind: 'k-anonymity', k: 5 });
  });

  it('never keeps a row for a larger k that it drops for a smaller one, and is idempotent', () => {
    const tables = fc.tuple(
      fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(tables, ([rows, k]) => {
        const columns = [Uint8Array.from(rows, (row) => row[0]), Uint8Array.from(rows, (row) => row[1])];
        const cut = cutSmallClasses(columns, [4, 5], rows.length, k);
        const stricter = cutSmallClasses(columns, [4, 5], rows.length, k + 1);
        expect(Array.from(stricter.kept).every((row) => cut.kept.includes(row))).toBe(true);
        const again = cutSmallClasses(
          columns.map((column) => Uint8Array.from(cut.kept, (row) => column[row] as number)),
          [4, 5],
          cut.kept.length,
          k,
        );
        expect(again.dropped.length).toBe(0);
        const counts = new Map<string, number>();
        for (const row of rows) counts.set(row.join(), (counts.get(row.join()) ?? 0) + 1);
        expect(cut.kept.length).toBe(rows.filter((row) => (counts.get(row.join()) as number) >= k).length);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out identifiers by default and promises nothing by that', async () => {
    const raw = rawRelease(toyTrips(someTrips(20)));
    const out = (await suppression.run(raw, { columns: [], k: 1, quasiIdentifiers: [] }, ctx)) as TableRelease;
    expect(out.table.columns.map((column) => column.name)).toEqual(['zone', 'to', 'when', 'fare']);
    expect(out.guarantee.kind).toBe('none');
  });

  it('says that no row would be left instead of releasing an empty table', async () => {
    const raw = rawRelease(toyTrips(someTrips(20)));
    await expect(suppression.run(raw, { columns: [], k: 5, quasiIdentifiers: [] }, ctx)).rejects.toMatchObject({
      code: 'infeasible',
    });
  });
});

describe('generalization', () => {
  it('climbs place and time ladders and proves k again', async () => {
    const out = await generalize({ zone: 1, to: 2, when: 3 }, 5);
    expect(new Set(cells(out.table, 'zone'))).toEqual(new Set(['Manhattan', 'Queens']));
    expect(new Set(cells(out.table, 'to'))).toEqual(new Set(['New York']));
    expect(new Set(cells(out.table, 'when'))).toEqual(new Set(['Fri 2019-01-04', 'Sat 2019-01-05']));
    expect(generalization.verify(out, out.guarantee)).toEqual([]);
    expect(out.rowOf.length + out.suppressed.length).toBe(60);
  });

  it('raises all columns together, no further than needed, while no level is chosen', async () => {
    const out = await generalize({}, 5);
    expect(out.suppressed.length).toBeLessThanOrEqual(3);
    expect(generalization.verify(out, out.guarantee)).toEqual([]);
    const note = out.notes.at(-1)?.en ?? '';
    expect(note).toMatch(/rose together: zone: .+, to: .+, when: .+/);
    await expect(generalize({ zone: 1, to: 1, when: 1 }, 5)).rejects.toThrow('nothing would be released');
  });

  it('names dayparts and weeks', async () => {
    expect(cells((await generalize({ zone: 3, to: 3, when: 2 }, 1, 2)).table, 'when')).toEqual([
      'Fri 2019-01-04 night',
      'Fri 2019-01-04 night',
    ]);
    expect(cells((await generalize({ when: 4 }, 1, 1)).table, 'when')).toEqual(['week of 2018-12-31']);
  });

  it('spreads a borough over its zones and a day over its hours', async () => {
    const out = await generalize({ zone: 1, to: 3, when: 5 }, 1);
    const picture = out.pictures.find((each) => each.view === 'counts');
    if (picture?.view !== 'counts') throw new Error('no counts');
    const row = (place: number): number =>
      picture.released.slice(place * 24, place * 24 + 24).reduce((a, b) => a + b, 0);
    // 36 Manhattan trips over zones 2, 3, 4 and 24 Queens trips over zones 1 and 5.
    expect([0, 1, 2, 3, 4].map(row).map(Math.round)).toEqual([12, 12, 12, 12, 12]);
    expect(picture.truth.reduce((a, b) => a + b, 0)).toBe(60);
  });

  it('refuses levels of columns that are no quasi-identifiers', async () => {
    await expect(generalize({ fare: 1 }, 2)).rejects.toMatchObject({ code: 'invalid-param' });
  });
});

describe('pseudonyms', () => {
  const replaced = async (method: 'plain-hash' | 'keyed-hash' | 'token'): Promise<TableRelease> =>
    (await pseudonyms.run(rawRelease(toyTrips(someTrips(40))), { method, columns: [] }, ctx)) as TableRelease;

  it('keeps who is the same person, and nothing else, in every method', async () => {
    const before = cells(toyTrips(someTrips(40)).table, 'person');
    for (const method of ['plain-hash', 'keyed-hash', 'token'] as const) {
      const after = cells((await replaced(method)).table, 'person');
      const pairs = new Set(before.map((person, i) => `${person}>${after[i]}`));
      expect([pairs.size, new Set(after).size]).toEqual([11, 11]);
    }
  });

  it('shows that a plain hash falls to a dictionary and a keyed one does not', async () => {
    const plain = await replaced('plain-hash');
    expect(cells(plain.table, 'person')[0]).toBe(bytesToHex(sha256(new TextEncoder().encode('p0'))).slice(0, 16));
    expect(plain.notes.at(-1)?.en).toMatch(/finds 11 of 11 codes/);
    expect((await replaced('keyed-hash')).notes.at(-1)?.en).toMatch(/finds 0 of 11 codes/);
    expect((await replaced('token')).notes.at(-1)?.en).toMatch(/finds 0 of 11 codes/);
  });
});
