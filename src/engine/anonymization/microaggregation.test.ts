import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { type Column, makeTable } from '../table/table.ts';
import { descriptor, run, verify } from './microaggregation.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from './toy-trips.ts';
import { achievedClasses } from './verify.ts';

const ctx = quietContext(seededRng('microaggregation'));
const settings = { k: 5, method: 'mdav', aggregate: 'mean', columns: [] } as const;
const numbers = (column: Column | undefined): number[] =>
  column === undefined || column.kind === 'category' ? [] : Array.from(column.values);

describe('microaggregation', () => {
  it('gives groups of k rows one place, one time and one number, and proves it again', async () => {
    const source = tinyRelease(tinyDataset(300));
    for (const { value: method } of descriptor.params.method.options) {
      if (method === 'onedims') continue;
      const out = (await run(source, { ...settings, method }, ctx)) as TableRelease;
      expect(out.guarantee).toEqual({ kind: 'k-anonymity', k: 5 });
      expect(verify(out, out.guarantee)).toEqual([]);
      expect(achievedClasses(out).k).toBeGreaterThanOrEqual(5);
      expect(out.table.columns.some((column) => column.name === 'person')).toBe(false);
    }
  });

  it('keeps the mean of a number', async () => {
    const source = tinyRelease(tinyDataset(300));
    const out = (await run(source, settings, ctx)) as TableRelease;
    const mean = (release: TableRelease): number => {
      const values = numbers(release.table.columns.find((column) => column.name === 'age'));
      return values.reduce((a, b) => a + b, 0) / values.length;
    };
    expect(mean(out)).toBeCloseTo(mean(source), 9);
  });

  it('promises nothing where each column is grouped by itself', async () => {
    const source = tinyRelease(tinyDataset(300));
    const out = await run(source, { ...settings, method: 'onedims', columns: ['age', 'fare'] }, ctx);
    expect(out.guarantee.kind).toBe('none');
    await expect(run(source, { ...settings, method: 'onedims' }, ctx)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('groups rows that miss the same values, and lists those too few of which do', async () => {
    const valid = Uint8Array.of(0b11111100, 0b00111111, 0b11111111, 0b1);
    const values = Float64Array.from({ length: 25 }, (_, i) => i * i);
    const table = makeTable([
      { kind: 'number', name: 'a', values, valid },
      { kind: 'number', name: 'b', values: values.slice().reverse() },
    ]);
    const roles = ['a', 'b'].map((name) => ({ name, type: 'number', role: 'quasi-identifier' }) as const);
    const out = (await run(rawRelease(toyDataset(table, roles)), { ...settings, k: 4 }, ctx)) as TableRelease;
    expect(verify(out, out.guarantee)).toEqual([]);
    // Rows 0, 1, 14 and 15 miss a: exactly four alike.
    expect(out.suppressed.length).toBe(0);
    const stricter = (await run(rawRelease(toyDataset(table, roles)), settings, ctx)) as TableRelease;
    expect(Array.from(stricter.suppressed)).toEqual([0, 1, 14, 15]);
    expect(verify(stricter, stricter.guarantee)).toEqual([]);
  });

  it('takes the commonest name where names have no order, and says so when there are too many', async () => {
    const out = (await run(
      rawRelease(toyTrips(someTrips(60))),
      { ...settings, columns: ['zone'] },
      ctx,
    )) as TableRelease;
    expect(verify(out, out.guarantee)).toEqual([]);
    const levels = Array.from({ length: 40 }, (_, i) => `name ${i}`);
    const table = makeTable([{ kind: 'category', name: 'name', codes: Uint8Array.from(levels.keys()), levels }]);
    const many = rawRelease(toyDataset(table, [{ name: 'name', type: 'category', role: 'quasi-identifier' }]));
    await expect(run(many, settings, ctx)).rejects.toThrow('40 names without places or order');
    await expect(run(many, { ...settings, k: 50 }, ctx)).rejects.toMatchObject({ code: 'infeasible' });
  });

  it('keeps places without coordinates apart from rows without a place, and alike among themselves', async () => {
    const dataset = tinyDataset(200);
    const places = dataset.places?.places.map((place, i) => {
      const { lon: _lon, lat: _lat, ...rest } = place;
      return i < 2 ? rest : place;
    });
    const valid = new Uint8Array(25).fill(0b11101111);
    const columns = dataset.table.columns.map((column) => (column.name === 'from' ? { ...column, valid } : column));
    const table = makeTable(columns);
    const source = tinyRelease({
      ...dataset,
      table,
      places: { id: 'tiny', coarser: ['borough', 'city'], places: places ?? [] },
    });
    const out = (await run(source, settings, ctx)) as TableRelease;
    expect(verify(out, out.guarantee)).toEqual([]);
  });

  it('takes medians and commonest values too', async () => {
    const source = tinyRelease(tinyDataset(120));
    for (const aggregate of ['median', 'mode'] as const) {
      const out = (await run(source, { ...settings, aggregate }, ctx)) as TableRelease;
      expect(verify(out, out.guarantee)).toEqual([]);
    }
  });
});
