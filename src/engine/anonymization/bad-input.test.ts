import { describe, expect, it } from 'vitest';
import { loadMeasure, loadTechnique } from '../kernels.ts';
import { quietContext } from '../kit/context.ts';
import type { LoadedDataset } from '../kit/dataset.ts';
import { EngineError, toProblem } from '../kit/errors.ts';
import type { HierarchySpec } from '../kit/hierarchy-spec.ts';
import { defaultsOf, type ParamRecord } from '../kit/params.ts';
import { attacks, metrics } from '../registry.ts';
import { seededRng } from '../rng/rng.ts';
import { buildHierarchies } from '../table/hierarchy-build.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import { descriptors } from './list.ts';

/** What users get wrong most: each is answered by a sentence with column, value and a remedy, and nothing else breaks. */

const CLASSES = ['full-domain', 'mondrian', 'greedy-recoding', 'cell-recoding'];
const FORMING = [...CLASSES, 'generalization', 'local-suppression', 'microaggregation'];
const LOCATION = ['spatial-cloaking', 'k-anonymous-cells'];

/** The data with no value in the column. */
const emptied =
  (name: string) =>
  (dataset: LoadedDataset): LoadedDataset => ({
    ...dataset,
    table: {
      ...dataset.table,
      columns: dataset.table.columns.map((column) =>
        column.name === name ? { ...column, valid: new Uint8Array((dataset.table.rows + 7) >> 3) } : column,
      ),
    },
  });

/** The data with fifty more quasi-identifiers. */
function widened(dataset: LoadedDataset): LoadedDataset {
  const age = dataset.table.columns.find(({ name }) => name === 'age');
  const about = dataset.descriptor.columns.find(({ name }) => name === 'age');
  if (age === undefined || about === undefined) throw new Error('the tiny city has ages');
  const names = Array.from({ length: 50 }, (_, i) => `q${i}`);
  return {
    ...dataset,
    table: { ...dataset.table, columns: [...dataset.table.columns, ...names.map((name) => ({ ...age, name }))] },
    descriptor: {
      ...dataset.descriptor,
      columns: [...dataset.descriptor.columns, ...names.map((name) => ({ ...about, name }))],
    },
  };
}

const withTree =
  (column: string, spec: HierarchySpec) =>
  (dataset: LoadedDataset): LoadedDataset => ({
    ...dataset,
    hierarchies: buildHierarchies({ [column]: spec }, dataset),
  });

const tree = (rows: readonly string[]): HierarchySpec => ({ kind: 'table', rows: rows.map((row) => row.split(';')) });

interface Case {
  readonly what: string;
  readonly ids: readonly string[];
  readonly params?: ParamRecord;
  readonly rows?: number;
  readonly data?: (dataset: LoadedDataset) => LoadedDataset;
  readonly code: string;
  readonly message: RegExp;
  readonly remedy: RegExp;
}

const nowhere = {
  code: 'invalid-data',
  message: /no column "nowhere"/,
  remedy: /choose one of these columns/,
} as const;

const cases: readonly Case[] = [
  {
    what: 'k above the number of rows',
    ids: [...FORMING, ...LOCATION, 'suppression'],
    params: { k: 41 },
    code: 'infeasible',
    message: /^k = 41 needs at least 41 rows, the table has 40$/,
    remedy: /set k to at most 40/,
  },
  {
    what: 'k above the number of records',
    ids: ['k-m-anonymity'],
    params: { k: 41 },
    code: 'infeasible',
    message: /^k = 41 needs at least 41 records of from, there are 10$/,
    remedy: /set k to at most 10/,
  },
  {
    what: 'l above the number of values',
    ids: CLASSES,
    params: { k: 2, l: 9, sensitive: 'payment' },
    code: 'infeasible',
    message: /^l = 9, but payment has only 4 different values$/,
    remedy: /set l to at most 4/,
  },
  {
    what: 'l above the number of values of a further column',
    ids: CLASSES,
    params: { k: 2, l: 5, sensitive: 'fare', alsoSensitive: ['payment'] },
    code: 'infeasible',
    message: /^l = 5, but payment has only 4/,
    remedy: /set l to at most 4/,
  },
  {
    what: 'a share below what one value takes of all rows',
    ids: CLASSES,
    params: { further: 'alpha-k', alpha: 0.01, sensitive: 'payment' },
    code: 'infeasible',
    message: /^alpha = 0.01, but one value of payment takes a share of 0\.\d+ of all rows$/,
    remedy: /set alpha to at least 0\.\d+/,
  },
  {
    what: 'a c that all rows together exceed',
    ids: CLASSES,
    params: { further: 'recursive-cl', c: 0.1, l: 2 },
    code: 'infeasible',
    message: /c above 0\.\d+ for fare$/,
    remedy: /set c above 0\.\d+/,
  },
  {
    what: 'a column without any value',
    ids: FORMING,
    data: emptied('age'),
    code: 'invalid-data',
    message: /^column "age" has no value in any row$/,
    remedy: /leave age out/,
  },
  {
    what: 'a sensitive column without any value',
    ids: CLASSES,
    params: { l: 2 },
    data: emptied('fare'),
    code: 'invalid-data',
    message: /^column "fare" has no value in any row$/,
    remedy: /leave fare out/,
  },
  {
    what: 'places without any value',
    ids: [...LOCATION, 'k-m-anonymity'],
    data: emptied('from'),
    code: 'inf.*|inv.*',
    message: /\bfrom\b/,
    remedy: /choose/,
  },
  {
    what: 'one row',
    ids: [...FORMING, ...LOCATION],
    rows: 1,
    code: 'infeasible',
    message: /^k = 5 needs at least 5 rows, the table has 1$/,
    remedy: /one row cannot hide among others/,
  },
  {
    what: 'no row',
    ids: [...FORMING, ...LOCATION, 'k-m-anonymity'],
    rows: 0,
    code: 'infeasible',
    message: /^the table has no rows$/,
    remedy: /load data/,
  },
  {
    what: 'fifty quasi-identifiers',
    ids: FORMING,
    data: widened,
    code: 'infeasible',
    message: /^54 quasi-identifiers leave nothing to release \(at most 20\)$/,
    remedy: /keep the columns an outsider can really know/,
  },
  {
    what: 'a limit of 0 that nothing keeps',
    ids: ['full-domain'],
    params: { k: 20, limit: 0, levels: { age: 0 } },
    code: 'infeasible',
    message: /at these levels 100\.0 % of the rows would be left out, more than the 0\.0 % allowed/,
    remedy: /raise the level of a column/,
  },
  {
    what: 'slots of time in which no k rows lie',
    ids: ['k-anonymous-cells'],
    params: { k: 40, leftOut: 0, slot: 'hour' },
    code: 'infeasible',
    message: /40 of 40 rows lie in slots with fewer than 40 rows/,
    remedy: /wider slots of time/,
  },
  { what: 'an unknown known column', ids: CLASSES, params: { quasiIdentifiers: ['nowhere'] }, ...nowhere },
  { what: 'an unknown sensitive column', ids: CLASSES, params: { sensitive: 'nowhere', l: 2 }, ...nowhere },
  { what: 'an unknown further column', ids: CLASSES, params: { alsoSensitive: ['nowhere'], l: 2 }, ...nowhere },
  { what: 'an unknown column to spare', ids: ['local-suppression'], params: { keep: ['nowhere'] }, ...nowhere },
  { what: 'an unknown place column', ids: LOCATION, params: { place: 'nowhere' }, ...nowhere },
  {
    what: 'unknown columns to change',
    ids: ['pseudonyms', 'microaggregation', 'pram', 'rank-swapping', 'noise-addition', 'top-bottom-coding'],
    params: { columns: ['nowhere'] },
    ...nowhere,
  },
  ...(['levels', 'weights'] as const).map(
    (name): Case => ({
      what: `${name} of an unknown column`,
      ids: name === 'levels' ? ['full-domain', 'generalization'] : ['full-domain'],
      params: { [name]: { nowhere: 1 } },
      code: 'invalid-param',
      message: /only the quasi-identifiers from, to, at, age, got "nowhere"/,
      remedy: new RegExp(`set ${name} to`),
    }),
  ),
  {
    what: 'a hierarchy in which a label has two parents',
    ids: FORMING,
    data: withTree('age', tree(['30;a;x;*', '35;a;y;*', '40;b;y;*', '45;b;y;*'])),
    code: 'invalid-data',
    message: /age.*"a"/,
    remedy: /./,
  },
  {
    what: 'a hierarchy that lacks a value',
    ids: FORMING,
    data: withTree('age', tree(['30;young;*', '35;young;*'])),
    code: 'invalid-data',
    message: /^the hierarchy of "age" does not contain the value "4[05]"$/,
    remedy: /add "4[05]" to the hierarchy of age/,
  },
  {
    what: 'intervals that do not nest',
    ids: ['full-domain'],
    data: withTree('age', { kind: 'interval', origin: 0, widths: [5, 12] }),
    code: 'invalid-param',
    message: /width 12 of the hierarchy of age: expected a multiple/,
    remedy: /multiple/,
  },
];

async function problemOf(each: Case, id: string): Promise<ReturnType<typeof toProblem> | undefined> {
  try {
    const plain = tinyDataset(each.rows ?? 40);
    const dataset = each.data === undefined ? plain : each.data(plain);
    const { run, descriptor } = await loadTechnique(id);
    await run(tinyRelease(dataset), { ...defaultsOf(descriptor.params), ...each.params }, quietContext(seededRng(1)));
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    return toProblem(error);
  }
  return undefined;
}

describe('bad input of a technique', () => {
  it.each(cases.flatMap((each) => each.ids.map((id) => [each.what, id, each] as const)))(
    'is named: %s, %s',
    async (_what, id, each) => {
      const problem = await problemOf(each, id);
      expect(problem?.code).toMatch(new RegExp(`^(${each.code})$`));
      expect(problem?.message).toMatch(each.message);
      expect(problem?.message).toMatch(/^[^A-Z]/);
      expect(problem?.remedy).toMatch(each.remedy);
    },
  );

  it('is named where a model would compare with values an earlier step changed', async () => {
    const swapped = await loadTechnique('rank-swapping');
    const before = await swapped.run(
      tinyRelease(tinyDataset(40)),
      { ...defaultsOf(swapped.descriptor.params), columns: ['fare'] },
      quietContext(seededRng(1)),
    );
    for (const id of CLASSES) {
      const { run, descriptor } = await loadTechnique(id);
      const params = { ...defaultsOf(descriptor.params), further: 't-equal', sensitive: 'fare' };
      await expect(run(before, params, quietContext(seededRng(1)))).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringMatching(/changed the values of fare/) as string,
        remedy: expect.stringMatching(/put that step after this one/) as string,
      });
    }
  });

  it('leaves every technique with a typed error or a release, whatever column is empty', async () => {
    for (const { id } of descriptors) {
      for (const { name } of tinyDataset(1).table.columns) {
        const each = { what: '', ids: [id], data: emptied(name), code: '', message: /./, remedy: /./ };
        const problem = await problemOf(each, id);
        if (problem !== undefined) expect(problem.remedy, `${id}, ${name}`).toBeTruthy();
      }
    }
  });
});

const measures = [...metrics, ...attacks].filter(({ accepts }) => accepts.includes('table'));
const odd: readonly (readonly [string, number, (dataset: LoadedDataset) => LoadedDataset])[] = [
  ['no rows', 0, (dataset) => dataset],
  ['one row', 1, (dataset) => dataset],
  ['fifty quasi-identifiers', 40, widened],
  ...tinyDataset(1).table.columns.map(({ name }) => [`nothing in ${name}`, 40, emptied(name)] as const),
];

describe('bad input of a measure', () => {
  it.each(measures.map((descriptor) => [descriptor.id, descriptor] as const))(
    'gives finite scores or a sentence with a remedy: %s',
    { timeout: 60_000 },
    async (id, { params: schema }) => {
      const { run } = await loadMeasure(id);
      const attempt = async (dataset: LoadedDataset, params: ParamRecord): Promise<void> => {
        try {
          for (const score of await run(tinyRelease(dataset), params, quietContext(seededRng(1)))) {
            expect(Number.isFinite(score.value), score.id).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
          const { code, message, remedy } = toProblem(error);
          expect(code).not.toBe('internal');
          expect(message).toMatch(/^[^A-Z]/);
          expect(remedy, message).toBeTruthy();
        }
      };
      for (const [, rows, change] of odd) await attempt(change(tinyDataset(rows)), defaultsOf(schema));
      const unknown: ParamRecord = Object.fromEntries(
        Object.entries(schema)
          .filter(([, { kind }]) => kind === 'column' || kind === 'columns')
          .map(([name, { kind }]) => [name, kind === 'column' ? 'nowhere' : ['nowhere']]),
      );
      await attempt(tinyDataset(40), { ...defaultsOf(schema), ...unknown });
    },
  );
});
