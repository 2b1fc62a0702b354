import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { LoadedDataset } from '../kit/dataset.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { defaultsOf } from '../kit/params.ts';
import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { groupRows } from '../table/group.ts';
import type { Hierarchy } from '../table/hierarchy.ts';
import type { CategoryColumn } from '../table/table.ts';
import { descriptor, run as mondrian } from './mondrian.ts';
import { eachClass } from './models/class-values.ts';
import { makeCriterion } from './models/criteria.ts';
import { sensitiveDomain } from './models/sensitive-domain.ts';
import { rawRelease, someTrips, toyDataset, toyTrips } from './toy-trips.ts';
import { verifyClasses } from './verify.ts';
import { checkModels } from './verify-models.ts';

/** Random tables: 1,000 in every run, 10,000 in the nightly one. */
const tables = process.env['EPSILON_FULL'] === '1' ? 10_000 : 1000;
const column = 'secret';

/** Secrets "0".."7" under a tree of pairs and fours. */
const secrets = ['0', '1', '2', '3', '4', '5', '6', '7'];
const tree: Hierarchy = {
  column,
  levels: [1, 2, 4, 8].map((width) => ({
    name: `width ${width}`,
    codes: Uint32Array.from(secrets, (_, i) => Math.floor(i / width)),
    labels: Array.from({ length: 8 / width }, (_, i) =>
      width === 1 ? String(i) : width === 8 ? '*' : `${width}/${i}`,
    ),
  })),
};

const category = (name: string, cells: readonly number[], levels: readonly string[]): CategoryColumn => ({
  kind: 'category',
  name,
  codes: Uint8Array.from(cells),
  levels,
});

/** A dataset of two quasi-identifiers of four values and a secret. */
function datasetOf(a: readonly number[], b: readonly number[], secret: readonly number[]): LoadedDataset {
  const four = ['p', 'q', 'r', 's'];
  const table = {
    rows: a.length,
    columns: [category('a', a, four), category('b', b, four), category(column, secret, secrets)],
  };
  const dataset = toyDataset(table, [
    { name: 'a', type: 'category', role: 'quasi-identifier' },
    { name: 'b', type: 'category', role: 'quasi-identifier' },
    { name: column, type: 'category', role: 'sensitive' },
  ]);
  return { ...dataset, hierarchies: { [column]: tree } };
}

const promise = (models: readonly PrivacyModel[]): Guarantee => ({ kind: 'k-anonymity', k: 1, models });

const model = fc.oneof(
  fc.record({ type: fc.constant('k-anonymity' as const), k: fc.integer({ min: 1, max: 6 }) }),
  fc.record({
    type: fc.constant('distinct-l' as const),
    column: fc.constant(column),
    l: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ type: fc.constant('entropy-l' as const), column: fc.constant(column), l: fc.constantFrom(1, 1.5, 2, 3) }),
  fc.record({
    type: fc.constant('recursive-cl' as const),
    column: fc.constant(column),
    c: fc.constantFrom(0.5, 1, 2, 3),
    l: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    type: fc.constant('t-closeness' as const),
    column: fc.constant(column),
    t: fc.constantFrom(0, 0.1, 0.25, 0.5, 0.75),
    distance: fc.constantFrom('equal' as const, 'ordered' as const, 'hierarchical' as const),
  }),
  fc.record({
    type: fc.constant('delta-disclosure' as const),
    column: fc.constant(column),
    delta: fc.constantFrom(0.5, 1, 2, 3),
  }),
  fc.record({
    type: fc.constantFrom('basic-beta' as const, 'enhanced-beta' as const),
    column: fc.constant(column),
    beta: fc.constantFrom(0, 0.5, 1, 2, 4),
  }),
  fc.record({
    type: fc.constant('alpha-k' as const),
    column: fc.constant(column),
    alpha: fc.constantFrom(0.25, 0.5, 0.75),
    k: fc.integer({ min: 1, max: 4 }),
  }),
);

const made = fc
  .record({
    rows: fc.integer({ min: 4, max: 48 }),
    width: fc.integer({ min: 1, max: 3 }),
    values: fc.integer({ min: 1, max: 8 }),
    seed: fc.nat(),
    models: fc.array(model, { minLength: 1, maxLength: 3 }),
  })
  .map((given) => {
    const rng = seededRng(given.seed);
    const draw = (size: number): number[] => Array.from({ length: given.rows }, () => rng.int(size));
    const secret = draw(given.values).map((value) => Math.min(value, rng.int(given.values)));
    return { dataset: datasetOf(draw(given.width), draw(given.width), secret), models: given.models, rng };
  });

/** What the criteria say of the released classes: true where all models hold in every class. */
function criteriaHold(release: TableRelease, models: readonly PrivacyModel[]): boolean[] {
  return models.map((each) => broken(release, each).every((bad) => !bad));
}

function broken(release: TableRelease, each: PrivacyModel): boolean[] {
  const { domain, codes } = sensitiveDomain(release.dataset, column);
  const keys = release.table.columns.filter(({ name }) => release.quasiIdentifiers.includes(name)) as CategoryColumn[];
  const grouping = groupRows(
    keys.map((key) => key.codes),
    keys.map((key) => key.levels.length),
    release.table.rows,
  );
  const criterion = makeCriterion(each, domain);
  const bad: boolean[] = [];
  const own = release.rowOf.map((row) => codes[row] as number);
  eachClass(grouping, own, domain.size, (cls, c) => {
    bad[c] = !criterion.holds(criterion.measure(cls));
  });
  return Array.from(grouping.classOf, (c) => bad[c] as boolean);
}

/** Suppresses every class that breaks a model. */
function suppressed(release: TableRelease, models: readonly PrivacyModel[]): TableRelease {
  const bad = models.map((each) => broken(release, each));
  const kept = release.rowOf.filter((_, i) => !bad.some((rows) => rows[i] === true));
  const take = (source: CategoryColumn): CategoryColumn => ({
    ...source,
    codes: Uint8Array.from(kept, (row) => source.codes[row] as number),
  });
  return {
    ...release,
    rowOf: kept,
    suppressed: release.rowOf.filter((row) => !kept.includes(row)),
    table: { rows: kept.length, columns: (release.dataset.table.columns as CategoryColumn[]).map(take) },
  };
}

/** The same release over a dataset in which row `row` has another value in the column; released cells follow. */
function altered(release: TableRelease, name: string, row: number, value: number): TableRelease {
  const change = (source: CategoryColumn, at: number): CategoryColumn =>
    source.name === name ? { ...source, codes: source.codes.map((code, i) => (i === at ? value : code)) } : source;
  const place = release.rowOf.indexOf(row);
  const columns = (release.table.columns as CategoryColumn[]).map((each) => change(each, place));
  const source = (release.dataset.table.columns as CategoryColumn[]).map((each) => change(each, row));
  return {
    ...release,
    dataset: { ...release.dataset, table: { ...release.dataset.table, columns: source } },
    table: { ...release.table, columns },
  };
}

describe('the checker', () => {
  it(`accepts what the criteria accept and rejects what they reject, on ${tables} random tables, before and after a mutation`, () => {
    let rejected = 0;
    fc.assert(
      fc.property(made, ({ dataset, models, rng }) => {
        const raw = rawRelease(dataset);
        const claimed = suppressed(raw, models);
        expect(verifyClasses(claimed, promise(models))).toEqual([]);
        const mutants = [raw];
        if (claimed.table.rows > 0) {
          const row = claimed.rowOf[rng.int(claimed.rowOf.length)] as number;
          mutants.push(altered(claimed, column, row, rng.int(8)), altered(claimed, 'a', row, rng.int(4)));
        }
        for (const mutant of mutants) {
          const found = checkModels(mutant, models).map((check) => check.holds);
          expect(found).toEqual(criteriaHold(mutant, models));
          if (found.includes(false)) {
            rejected += 1;
            expect(verifyClasses(mutant, promise(models))).not.toEqual([]);
          }
        }
      }),
      { numRuns: tables },
    );
    expect(rejected).toBeGreaterThan(tables / 4);
  }, 300_000);

  it.each<[string, PrivacyModel]>([
    ['k-anonymity', { type: 'k-anonymity', k: 5 }],
    ['distinct l', { type: 'distinct-l', column, l: 3 }],
    ['entropy l', { type: 'entropy-l', column, l: 2.6 }],
    ['recursive (c, l)', { type: 'recursive-cl', column, c: 1.5, l: 2 }],
    ['t equal', { type: 't-closeness', column, t: 0.2, distance: 'equal' }],
    ['t ordered', { type: 't-closeness', column, t: 0.1, distance: 'ordered' }],
    ['t hierarchical', { type: 't-closeness', column, t: 0.15, distance: 'hierarchical' }],
    ['delta-disclosure', { type: 'delta-disclosure', column, delta: 1 }],
    ['basic beta', { type: 'basic-beta', column, beta: 0.9 }],
    ['enhanced beta', { type: 'enhanced-beta', column, beta: 0.9 }],
    ['(alpha, k)', { type: 'alpha-k', column, alpha: 0.5, k: 4 }],
  ])('finds a planted violation of %s', (_name, planted) => {
    const none = Array.from({ length: 12 }, () => 0);
    const secret = [0, 0, 1, 2, 4, 4, 0, 0, 1, 2, 4, 4];
    const halves = none.map((_, row) => (row < 6 ? 0 : 1));
    expect(verifyClasses(rawRelease(datasetOf(halves, none, secret)), promise([planted]))).toEqual([]);
    // The first two rows, with one secret between them, make a class of their own.
    const pair = none.map((_, row) => (row < 2 ? 0 : 1));
    const bad = rawRelease(datasetOf(pair, none, secret));
    const violations = verifyClasses(bad, promise([planted]));
    expect(violations).toHaveLength(1);
    expect(violations[0]?.es).not.toBe('');
  });

  it('compares bands with the bands of all source rows, and proves the models of a Mondrian release', async () => {
    const ctx = quietContext(seededRng('verify'));
    const settings = { ...defaultsOf(descriptor.params), k: 4, l: 2 };
    const source = rawRelease(toyTrips(someTrips(90)));
    const release = (await mondrian(source, settings, ctx)) as TableRelease;
    const fare = 'fare';
    const models: readonly PrivacyModel[] = [
      { type: 't-closeness', column: fare, t: 0.9, distance: 'ordered' },
      { type: 't-closeness', column: fare, t: 0.9, distance: 'equal' },
      { type: 'basic-beta', column: fare, beta: 5 },
    ];
    for (const check of checkModels(release, models)) {
      expect(check.unproved).toBeUndefined();
      expect(check.worst).toBeGreaterThan(0);
    }
    expect(verifyClasses(release, { kind: 'k-anonymity', k: 4, models })).toEqual([]);
    expect(
      verifyClasses(release, { kind: 'k-anonymity', k: 4, models: [{ ...models[0], t: 0.01 } as PrivacyModel] }),
    ).toHaveLength(1);
  });

  it('says so where values were changed in a way that no level explains', () => {
    const release = rawRelease(datasetOf([0, 0, 0, 0], [0, 0, 0, 0], [0, 1, 2, 3]));
    const swapped = {
      ...release,
      table: {
        ...release.table,
        columns: [...release.table.columns.slice(0, 2), category(column, [1, 0, 3, 2], secrets)],
      },
    };
    const models: readonly PrivacyModel[] = [{ type: 't-closeness', column, t: 1, distance: 'equal' }];
    expect(verifyClasses(swapped, promise(models))[0]?.en).toContain('not those of the source');
    expect(verifyClasses(swapped, promise([{ type: 'entropy-l', column, l: 4 }]))).toEqual([]);
    expect(verifyClasses(release, promise([{ type: 'distinct-l', column: 'gone', l: 1 }]))[0]?.en).toContain(
      'not in the table',
    );
  });

  it('counts population cells for k-map and delta-presence, empty ones too', () => {
    const dataset = datasetOf([0, 0, 0, 0, 1, 1, 2, 2], Array(8).fill(0), Array(8).fill(0));
    const sample = (rows: readonly number[], left: readonly number[] = []): TableRelease => ({
      ...rawRelease(dataset),
      rowOf: Uint32Array.from(rows),
      suppressed: Uint32Array.from(left),
      table: {
        rows: rows.length,
        columns: (dataset.table.columns as CategoryColumn[]).map((each) => ({
          ...each,
          codes: Uint8Array.from(rows, (row) => each.codes[row] as number),
        })),
      },
    });
    const kMap = (k: number): Guarantee => promise([{ type: 'k-map', k }]);
    const presence = (min: number, max: number): Guarantee => promise([{ type: 'delta-presence', min, max }]);
    expect(verifyClasses(sample([0, 4]), kMap(2))).toEqual([]);
    expect(verifyClasses(sample([0, 4]), kMap(3))).toHaveLength(1);
    expect(verifyClasses(sample([0, 4, 6]), presence(0.25, 0.5))).toEqual([]);
    expect(verifyClasses(sample([0, 4, 6]), presence(0.3, 0.5))).toHaveLength(1);
    // Nothing of the cell of rows 6 and 7 is in the sample: it has the share 0. Suppressed, it is none of the release.
    expect(verifyClasses(sample([0, 4]), presence(0.25, 0.5))).toHaveLength(1);
    expect(verifyClasses(sample([0, 4], [6]), presence(0.25, 0.5))).toEqual([]);
    expect(verifyClasses(sample([0, 4]), presence(0, 0.5))).toEqual([]);
  });

  it('counts combinations of items for k^m', () => {
    const items = ['x;y', 'x;z', 'x', 'y'];
    const table = { rows: 6, columns: [category('items', [0, 0, 1, 1, 2, 3], items)] };
    const release = {
      ...rawRelease(toyDataset(table, [{ name: 'items', type: 'category', role: 'other' }])),
      quasiIdentifiers: [],
    };
    const claim = (k: number, m: number): Guarantee =>
      promise([{ type: 'k-m', column: 'items', k, m, separator: ';' }]);
    expect(verifyClasses(release, claim(2, 2))).toEqual([]);
    expect(verifyClasses(release, claim(3, 1))[0]?.en).toContain('1 combinations of at most 1 items');
    expect(verifyClasses(release, claim(3, 2))[0]?.en).toContain('3 combinations');
  });
});
