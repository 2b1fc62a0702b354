import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../kernels.ts';
import { quietContext } from '../kit/context.ts';
import type { ColumnDescriptor, DatasetDescriptor } from '../kit/dataset.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf, type ParamRecord, parseParams } from '../kit/params.ts';
import type { Picture } from '../kit/picture.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { techniques } from '../registry.ts';
import { seededRng } from '../rng/rng.ts';
import { type Column, makeTable, type Table } from '../table/table.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { deltaWarning } from './ledger.ts';

/** Every method of this family, asked badly: a sentence with a remedy, or numbers that are numbers. */

const family = techniques.filter(({ family: of, accepts }) => of === 'dp' && accepts.includes('table'));
const ids = family.map(({ id }) => [id] as const);
const schemaOf = (id: string) => family.find((one) => one.id === id)?.params ?? {};
const has = (id: string, name: string): boolean => schemaOf(id)[name] !== undefined;

async function ask(id: string, input: TableRelease, changes: ParamRecord = {}): Promise<Release> {
  const { run, descriptor } = await loadTechnique(id);
  return run(input, { ...defaultsOf(descriptor.params), ...changes }, quietContext(seededRng(1)));
}

/** Where the default takes long for reasons that have nothing to do with rows. */
const quick: Readonly<Record<string, ParamRecord>> = {
  'matrix-workload': { strategy: 'tree', along: 'distance', bands: 16 },
};

/** Every choice of a method taken once, all others as they are by default. */
function variants(id: string): readonly ParamRecord[] {
  const schema = schemaOf(id);
  const base = quick[id] ?? {};
  const changes: ParamRecord[] = [base];
  for (const [name, spec] of Object.entries(schema)) {
    if (spec.kind === 'choice')
      for (const { value } of spec.options) if (value !== spec.default) changes.push({ ...base, [name]: value });
    if (spec.kind === 'flag') changes.push({ ...base, [name]: !spec.default });
  }
  return changes;
}

/** The release of an answer, or undefined where it was refused in words. Anything else fails. */
async function answered(id: string, input: TableRelease, changes: ParamRecord): Promise<Release | undefined> {
  try {
    return await ask(id, input, changes);
  } catch (error) {
    expect(error, `${id} ${JSON.stringify(changes)}: ${String(error)}`).toBeInstanceOf(EngineError);
    const { code, message, remedy = '' } = error as EngineError;
    expect(code, message).toMatch(/^(invalid-param|invalid-data|infeasible|unsupported)$/);
    expect(message, id).toMatch(/^[a-z"δε].{9,}/i);
    expect(remedy, `${id}: ${message}`).toMatch(/.{9,}/);
    for (const words of [message, remedy]) expect(words).not.toMatch(/NaN|undefined|Infinity|\[object/);
    return undefined;
  }
}

const numbers = (values: ArrayLike<number>): boolean => Array.from(values).every(Number.isFinite);

/** What a reader sees holds numbers only; a cell of which nothing is said is marked as such. */
function expectNumbers(release: Release, what: string): void {
  for (const { epsilon, delta, sensitivity, scale = 0 } of release.events) {
    expect(numbers([epsilon, delta, sensitivity, scale]) && epsilon > 0, `${what}: ledger`).toBe(true);
  }
  if (release.kind === 'answers') {
    for (const answer of release.answers) {
      expect(numbers(answer.released), `${what}: ${answer.id}`).toBe(true);
      const figures = [answer.halfWidth95, answer.sensitivity, answer.scale];
      expect(numbers(figures) && figures.every((figure) => figure >= 0), `${what}: ${answer.id}`).toBe(true);
    }
  }
  if (release.kind === 'table') {
    for (const column of release.table.columns) {
      if (column.kind !== 'category') expect(numbers(column.values), `${what}: ${column.name}`).toBe(true);
    }
  }
  for (const picture of release.pictures) expectPicture(picture, what);
  for (const { en, es = '' } of release.notes) {
    expect(`${en} ${es}`, what).not.toMatch(/NaN|undefined|Infinity/);
  }
}

function expectPicture(picture: Picture, what: string): void {
  if (picture.view !== 'counts') return;
  picture.released.forEach((value, i) => {
    if (!Number.isFinite(value)) expect(picture.suppressed?.[i], `${what}: picture ${picture.id}`).toBe(1);
  });
}

const city = (rows: number): TableRelease => tinyRelease(tinyDataset(rows));
const withTable = (input: TableRelease, table: Table): TableRelease => ({
  ...input,
  table,
  rowOf: Uint32Array.from({ length: table.rows }, (_, i) => i),
});
const columnsOf = (input: TableRelease, change: (column: Column) => readonly Column[]): TableRelease =>
  withTable(input, makeTable(input.table.columns.flatMap(change)));
const describedBy = (
  input: TableRelease,
  change: (descriptor: DatasetDescriptor) => Partial<DatasetDescriptor>,
): TableRelease => ({
  ...input,
  dataset: {
    ...input.dataset,
    descriptor: { ...input.dataset.descriptor, ...change(input.dataset.descriptor) },
  },
});
const withBounds = (bounds: readonly [number, number] | undefined): TableRelease =>
  describedBy(city(40), ({ columns }) => ({
    columns: columns.map(
      ({ bounds: declared, ...column }): ColumnDescriptor =>
        declared === undefined || bounds === undefined ? column : { ...column, bounds },
    ),
  }));
/** Numbers and times replaced by those, one after another. */
const withValues = (...values: readonly number[]): TableRelease =>
  columnsOf(city(40), (column) => {
    const wanted = Float64Array.from({ length: 40 }, (_, i) => values[i % values.length] as number);
    if (column.kind === 'number') return [{ ...column, values: wanted }];
    return column.kind === 'time' ? [{ ...column, values: wanted }] : [column];
  });
const nothingValid = (name: string): TableRelease =>
  columnsOf(city(40), (column) => [column.name === name ? { ...column, valid: new Uint8Array(5) } : column]);

const tables: readonly (readonly [string, () => TableRelease])[] = [
  ['an empty table', () => city(0)],
  ['a table of one row', () => city(1)],
  ['a table of two rows', () => city(2)],
  ['a table without columns', () => withTable(city(0), makeTable([]))],
  ['values that are no numbers', () => withValues(Number.NaN)],
  ['infinite values', () => withValues(Infinity, -Infinity, 1)],
  ['values beyond all bounds', () => withValues(1e300, -1e300, 0)],
  ['no value at all', () => tinyRelease(tinyDataset(40, 'nulls'))],
  ['no id at all', () => nothingValid('person')],
  ['no time at all', () => nothingValid('at')],
  ['no place at all', () => nothingValid('from')],
  ['bounds reversed', () => withBounds([80, 0])],
  ['bounds that meet', () => withBounds([5, 5])],
  ['bounds that are no numbers', () => withBounds([Number.NaN, 1])],
  ['infinite bounds', () => withBounds([-Infinity, Infinity])],
  ['bounds as wide as numbers go', () => withBounds([-Number.MAX_VALUE, Number.MAX_VALUE])],
  ['bounds as narrow as numbers go', () => withBounds([0, 5e-324])],
  ['no bounds', () => withBounds(undefined)],
  ['no place, time, id or value declared', () => describedBy(city(40), () => ({ parts: {} }))],
  ['columns nobody declared', () => describedBy(city(40), () => ({ columns: [] }))],
  [
    'declared columns that are gone',
    () => columnsOf(city(40), (column) => (column.name === 'payment' ? [column] : [])),
  ],
  [
    'a category without levels',
    () =>
      columnsOf(city(0), (column) => [
        column.kind === 'category' ? { ...column, levels: [], codes: new Uint8Array(0) } : column,
      ]),
  ],
];

describe.each(ids)('%s, asked badly', (id) => {
  it('refuses a budget that is none, or absurd, with the range it takes', () => {
    for (const name of ['epsilon', 'delta', 'rho']) {
      if (!has(id, name)) continue;
      for (const value of [0, -1, -0, Number.NaN, Infinity, -Infinity, 1e6, '1', null, [1]]) {
        const parsed = parseParams(schemaOf(id), { [name]: value });
        expect(parsed.ok, `${name} = ${String(value)}`).toBe(false);
        if (parsed.ok) continue;
        expect(parsed.errors[0]).toMatchObject({ code: 'invalid-param', place: { param: name } });
        expect(parsed.errors[0]?.remedy).toMatch(/from .* to/);
      }
    }
  });

  it('refuses caps below one row and above any sense', () => {
    for (const [name, spec] of Object.entries(schemaOf(id))) {
      if (spec.kind !== 'integer') continue;
      for (const value of [spec.min - 1, spec.max + 1, spec.min + 0.5, Number.NaN])
        expect(parseParams(schemaOf(id), { [name]: value }).ok, `${name} = ${value}`).toBe(false);
    }
  });

  it.each(tables)('answers or says what to do: %s', { timeout: 60_000 }, async (name, make) => {
    for (const changes of variants(id)) {
      const release = await answered(id, make(), changes);
      if (release !== undefined) expectNumbers(release, `${id}, ${name}, ${JSON.stringify(changes)}`);
    }
  });

  it('previews numbers only, where it previews at all', async () => {
    const { preview, descriptor } = await loadTechnique(id);
    if (preview === undefined) return;
    for (const [name, make] of tables) {
      const work = preview(make(), defaultsOf(descriptor.params), quietContext(seededRng(1)), 3);
      const bank = await work.catch((error: unknown) => {
        expect(error, `${name}: ${String(error)}`).toBeInstanceOf(EngineError);
      });
      if (bank === undefined) continue;
      const { base, unitNoise, factor, unitHalfWidth95, sums, curve } = bank;
      const all = [base ?? bank.picture.truth, unitNoise, sums?.base ?? [], sums?.unitNoise ?? [], curve?.scale ?? []];
      for (const list of all) expect(numbers(list), name).toBe(true);
      expect(numbers([factor, unitHalfWidth95, sums?.factor ?? 1]) && factor > 0, name).toBe(true);
    }
  });

  it('says which column is not there, or holds nothing it can use', async () => {
    for (const [name, spec] of Object.entries(schemaOf(id))) {
      if (spec.kind !== 'column' && spec.kind !== 'columns') continue;
      for (const column of ['nowhere', '__proto__', 'constructor', 'person']) {
        const value = spec.kind === 'column' ? column : [column];
        const others: ParamRecord = has(id, 'statistic') ? { statistic: 'sum' } : {};
        expect(await answered(id, city(40), { ...others, [name]: value }), `${name} = ${column}`).toBeUndefined();
      }
    }
  });

  it.runIf(has(id, 'protects'))('hides nobody as a whole where no column says whose rows belong together', async () => {
    const cases: readonly TableRelease[] = [
      columnsOf(city(40), (column) => (column.name === 'person' ? [] : [column])),
      describedBy(city(40), ({ parts: { entity: _entity, ...parts } }) => ({ parts })),
    ];
    for (const input of cases) {
      for (const protects of ['entity', 'entity-day']) {
        if (!parseParams(schemaOf(id), { protects }).ok) continue;
        await expect(ask(id, input, { protects })).rejects.toMatchObject({
          code: 'unsupported',
          remedy: expect.stringMatching(/"one row"/),
        });
      }
    }
  });

  it('keeps empty groups as numbers like all others', async () => {
    // All rows in one place at one hour: every other cell is empty.
    const input = columnsOf(city(40), (column) => [
      column.kind === 'category'
        ? { ...column, codes: column.codes.map(() => 0) }
        : column.kind === 'time'
          ? { ...column, values: column.values.map(() => column.values[0] as number) }
          : column,
    ]);
    for (const changes of variants(id)) {
      const release = await answered(id, input, changes);
      expect(release, JSON.stringify(changes)).toBeDefined();
      if (release !== undefined) expectNumbers(release, JSON.stringify(changes));
    }
  });

  it('warns loudly of a delta that lets one row go, and does not refuse it', async () => {
    for (const changes of variants(id)) {
      const params = { ...defaultsOf(schemaOf(id)), ...changes, ...(has(id, 'delta') ? { delta: 1e-3 } : {}) };
      const claim = family.find((one) => one.id === id)?.guarantee(params, 'person');
      const delta = claim?.kind === 'dp' ? claim.delta : 0;
      for (const rows of [400, 1000]) {
        const release = await ask(id, city(rows), params);
        const expected = deltaWarning(delta, rows)?.en;
        const warnings = release.notes.filter(({ en }) => /is not below 1 \//.test(en)).map(({ en }) => en);
        expect(warnings, JSON.stringify(changes)).toEqual(expected === undefined ? [] : [expected]);
      }
    }
  });
});
