import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { columns, integer } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { encodeColumn, encodeEach } from '../../table/encode.ts';
import { groupRows } from '../../table/group.ts';
import type { EncodedColumn } from '../../table/hierarchy.ts';
import { columnOf, hasColumn } from '../../table/table.ts';
import { tableOf } from '../risk/released-classes.ts';
import { type BinnedColumn, binnedBy, binsOf } from './bins.ts';
import { totalVariationOf } from './distances.ts';

/** Error of the workload of all k-way marginals: the usual yardstick of synthetic data. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'utility',
  id: 'marginal-error',
  version: 1,
  onDemand: true,
  label: text('error of k-way tables', 'error de las tablas de k entradas'),
  summary: text(
    'Counts the original and the release in every table of k columns, and says which share of the rows would have to be moved. The baseline keeps each column exactly and forgets all ties between columns.',
    'Cuenta el original y la publicación en cada tabla de k columnas y dice qué parte de las filas habría que mover. La referencia conserva cada columna con exactitud y olvida todos los lazos entre columnas.',
  ),
  citations: [
    {
      authors: 'Barak, Chaudhuri, Dwork, Kale, McSherry, Talwar',
      year: 2007,
      title: 'Privacy, accuracy, and consistency too: a holistic solution to contingency table release',
      where: 'PODS',
      doi: '10.1145/1265530.1265569',
    },
    {
      authors: 'Tao, McKenna, Hay, Machanavajjhala, Miklau',
      year: 2021,
      title: 'Benchmarking differentially private synthetic data generation algorithms',
    },
  ],
  limits: [
    text(
      'Columns are taken in at most 24 bins, times as the hour of the day. Few rows in many cells differ by chance alone: compare releases, not with zero.',
      'Las columnas se toman en 24 intervalos como máximo, las horas como hora del día. Pocas filas en muchas celdas difieren por puro azar: compare publicaciones, no con cero.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    columns: columns({
      label: text('columns in the tables', 'columnas de las tablas'),
      help: text(
        'Empty: the first eight released columns but identifiers.',
        'Vacío: las ocho primeras columnas publicadas salvo identificadores.',
      ),
      roles: ['quasi-identifier', 'sensitive', 'other'],
      max: 12,
    }),
    ways: integer({
      label: text('columns of a table', 'columnas de una tabla'),
      symbol: 'k',
      help: text('1 looks at columns alone, 2 at pairs...', '1 mira columnas sueltas, 2 pares...'),
      min: 1,
      max: 4,
      default: 2,
    }),
  },
  accepts: ['table'],
  needs: [],
});

const BINS = 24;
const USUAL = 8;

/**
 * Total variation between original and released shares of each k-way table: mean (baseline: the product of the true columns) and
 * worst. A released cell is spread evenly over its values; a column that was not released, over all. O(tables x rows).
 * @throws infeasible without rows, or with fewer than k columns
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOf(release);
  const { rows } = table.dataset.table;
  if (rows === 0 || table.table.rows === 0)
    throw infeasible('there are no rows to compare', 'load data, or release rows');
  const names = namesOf(table, params.columns);
  if (names.length < params.ways) {
    throw infeasible(
      `tables of ${params.ways} columns need as many columns, and ${names.length} can be compared`,
      'ask for smaller tables, or release more columns',
      { param: 'ways' },
    );
  }
  await encodeEach(table, names, () => ctx.checkpoint(0));
  const binned: BinnedColumn[] = [];
  for (const name of names) {
    const truth = encodeColumn(table.dataset, name);
    binned.push(binnedBy(table, truth, hoursOf(truth) ?? binsOf(truth, BINS)));
    await ctx.checkpoint(0);
  }
  const tables = subsets(binned, params.ways);
  const errors: number[] = [];
  const forgetful: number[] = [];
  for (const each of tables) {
    const original = originalCounts(each, rows);
    errors.push(totalVariationOf(original, releasedCounts(each, table.table.rows)));
    forgetful.push(totalVariationOf(original, independent(each, rows)));
    await ctx.checkpoint(errors.length / tables.length);
  }
  return scores(tables, errors, forgetful, params.ways, table.table.rows);
};

function namesOf(table: TableRelease, named: readonly string[]): readonly string[] {
  for (const name of named) columnOf(table.dataset.table, name);
  if (named.length > 0) return [...new Set(named)];
  const { columns: all, parts } = table.dataset.descriptor;
  return all
    .filter(({ name, role }) => role !== 'identifier' && name !== parts.entity)
    .map(({ name }) => name)
    .filter((name) => hasColumn(table.table, name) && hasColumn(table.dataset.table, name))
    .slice(0, USUAL);
}

/** Hours of the day of a column of times, and one bin more for missing ones. */
function hoursOf({ base, missingCode, hierarchy }: EncodedColumn): ReturnType<typeof binsOf> | undefined {
  if (base.kind !== 'minutes') return undefined;
  const { values } = base;
  const size = hierarchy.levels[0]?.codes.length ?? 0;
  const binOf = Uint32Array.from({ length: size }, (_, code) =>
    code === missingCode ? 24 : ((Math.floor((values[code] as number) / 60) % 24) + 24) % 24,
  );
  return { binOf, bins: 25 };
}

function subsets<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

const sizeOf = (table: readonly BinnedColumn[]): number => table.reduce((size, { bins }) => size * bins, 1);

function originalCounts(table: readonly BinnedColumn[], rows: number): Float64Array {
  const out = new Float64Array(sizeOf(table));
  for (let row = 0; row < rows; row += 1) {
    let at = 0;
    for (const { bins, truth } of table) at = at * bins + (truth[row] as number);
    out[at] = (out[at] as number) + 1;
  }
  return out;
}

/** Rows of equal cells are spread once. */
function releasedCounts(table: readonly BinnedColumn[], rows: number): Float64Array {
  const present = table.flatMap(({ cells }) => cells ?? []);
  const classes = groupRows(
    present.map(({ codes }) => codes),
    present.map(({ start }) => start.length - 1),
    rows,
  );
  const out = new Float64Array(sizeOf(table));
  const spread = (column: number, at: number, weight: number, row: number): void => {
    const next = table[column];
    if (next === undefined) {
      out[at] = (out[at] as number) + weight;
      return;
    }
    const { bins, cells } = next;
    if (cells === undefined) {
      for (let bin = 0; bin < bins; bin += 1) spread(column + 1, at * bins + bin, weight / bins, row);
      return;
    }
    const cell = cells.codes[row] as number;
    for (let t = cells.start[cell] as number; t < (cells.start[cell + 1] as number); t += 1) {
      spread(column + 1, at * bins + (cells.bin[t] as number), weight * (cells.weight[t] as number), row);
    }
  };
  for (let c = 0; c < classes.count; c += 1) spread(0, 0, classes.sizes[c] as number, classes.first[c] as number);
  return out;
}

/** Shares if the true columns had nothing to do with each other. */
function independent(table: readonly BinnedColumn[], rows: number): Float64Array {
  let out = Float64Array.of(1);
  for (const column of table) {
    const own = originalCounts([column], rows);
    const next = new Float64Array(out.length * column.bins);
    for (let i = 0; i < next.length; i += 1) {
      next[i] = (out[Math.floor(i / column.bins)] as number) * ((own[i % column.bins] as number) / rows);
    }
    out = next;
  }
  return out;
}

function scores(
  tables: readonly (readonly BinnedColumn[])[],
  errors: readonly number[],
  forgetful: readonly number[],
  ways: number,
  rows: number,
): readonly Score[] {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const worst = errors.indexOf(Math.max(...errors));
  const names = (tables[worst] ?? []).map(({ name }) => name).join(' × ');
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    n: rows,
    source: 'Tao et al. 2021',
  } as const;
  return [
    {
      ...common,
      id: descriptor.id,
      label: text(`error of ${ways}-way tables`, `error de las tablas de ${ways} entradas`),
      value: mean(errors),
      baseline: mean(forgetful),
      method: text(
        `mean over ${tables.length} tables of half the summed differences of shares; baseline: the true columns, independent`,
        `media, sobre ${tables.length} tablas, de la mitad de la suma de diferencias de proporciones; referencia: las columnas verdaderas, independientes`,
      ),
    },
    {
      ...common,
      id: `${descriptor.id}/worst`,
      label: text(`worst ${ways}-way table`, `peor tabla de ${ways} entradas`),
      value: errors[worst] as number,
      baseline: forgetful[worst] as number,
      method: text(`the same in ${names} alone`, `lo mismo solo en ${names}`),
    },
  ];
}
