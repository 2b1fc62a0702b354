import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import type { TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { encodeColumn, encodeEach } from '../../table/encode.ts';
import { groupRows } from '../../table/group.ts';
import { baseSize, type EncodedColumn } from '../../table/hierarchy.ts';
import { comparedColumn } from '../released-cells.ts';
import { tableOf } from '../risk/released-classes.ts';
import { type BinnedColumn, binnedColumn } from './bins.ts';
import { columnsCompared, comparedNames } from './compared-names.ts';
import { earthMovers, jensenShannon, totalVariationOf } from './distances.ts';

/** How far the distributions of single columns and of pairs moved. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'utility',
  id: 'distribution-distance',
  version: 1,
  onDemand: true,
  label: text('distance of distributions', 'distancia de distribuciones'),
  summary: text(
    'Share of the rows that would have to be moved to make each column, and each pair of columns, as in the original. A generalized cell is spread evenly over its values.',
    'Parte de las filas que habría que mover para que cada columna, y cada par, quede como en el original. Una celda generalizada se reparte por igual entre sus valores.',
  ),
  citations: [
    {
      authors: 'Lin',
      year: 1991,
      title: 'Divergence measures based on the Shannon entropy',
      doi: '10.1109/18.61115',
    },
    {
      authors: 'Rubner, Tomasi, Guibas',
      year: 2000,
      title: "The earth mover's distance as a metric for image retrieval",
      doi: '10.1023/A:1026543900054',
    },
  ],
  limits: [
    text(
      'Rows left out are not missed as long as the shares of the others stay the same; pairs are compared in at most 64 bins a column.',
      'Las filas omitidas no se echan en falta si las proporciones de las demás no cambian; los pares se comparan en 64 intervalos por columna como máximo.',
    ),
  ],
  vetting: 'reviewed',
  params: { columns: columnsCompared },
  accepts: ['table'],
  needs: [],
});

/** Bins of a column in two-way tables. */
const BINS = 64;

interface Distances {
  readonly variation: number;
  readonly divergence: number;
  /** Of ordered columns. */
  readonly moved?: number;
  /** Of a release that tells nothing: all values alike. */
  readonly blank: number;
}

/**
 * Total variation, Jensen-Shannon divergence (bits) and, for ordered columns, earth mover's distance (share of the range)
 * between original and released marginals over base values; total variation of two-way tables. First score: mean total
 * variation over the columns (baseline: values spread evenly). A column that was not released counts as spread evenly.
 * @throws infeasible without rows or columns
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOf(release);
  if (table.dataset.table.rows === 0) throw infeasible('the data has no rows to compare', 'load data');
  const names = comparedNames(table, params.columns, ['quasi-identifier', 'sensitive']);
  await encodeEach(table, names, () => ctx.checkpoint(0));
  const truths = names.map((name) => encodeColumn(table.dataset, name));
  const singles: Distances[] = [];
  for (const truth of truths) {
    singles.push(ofColumn(table, truth));
    await ctx.checkpoint((0.5 * singles.length) / truths.length);
  }
  const binned = truths.map((truth) => binnedColumn(table, truth, BINS));
  const pairs = binned.flatMap((a, i) => binned.slice(i + 1).map((b) => [a, b] as const));
  const twoWay: number[] = [];
  for (const [a, b] of pairs) {
    twoWay.push(ofPair(a, b, table.table.rows));
    await ctx.checkpoint(0.5 + (0.5 * twoWay.length) / pairs.length);
  }
  return [...singleScores(table, names, singles), ...pairScores(pairs, twoWay)];
};

function ofColumn(table: TableRelease, truth: EncodedColumn): Distances {
  const size = baseSize(truth);
  const original = new Float64Array(size);
  for (const code of truth.codes) original[code] = (original[code] as number) + 1;
  const even = new Float64Array(size).fill(1);
  const released = releasedMarginal(table, truth) ?? even;
  const places = placesOf(truth);
  const end = places?.length ?? 0;
  return {
    variation: totalVariationOf(original, released),
    divergence: jensenShannon(original, released),
    blank: totalVariationOf(original, even),
    ...(places === undefined
      ? {}
      : { moved: earthMovers(original.subarray(0, end), released.subarray(0, end), places) }),
  };
}

/** Released rows by base value, each cell spread evenly over its values. */
function releasedMarginal(table: TableRelease, truth: EncodedColumn): Float64Array | undefined {
  const cells = comparedColumn(table, truth.hierarchy.column);
  if (cells === undefined) return undefined;
  const counts = new Float64Array(cells.low.length);
  for (const cell of cells.codes) counts[cell] = (counts[cell] as number) + 1;
  const out = new Float64Array(cells.size);
  // Steps at both ends of each wide cell, summed up afterwards: a cell may cover half a million minutes.
  const steps = new Float64Array(cells.size + 1);
  counts.forEach((count, cell) => {
    if (count === 0) return;
    const from = cells.low[cell] as number;
    const to = cells.high[cell] as number;
    const members = cells.members?.[cell] ?? (from === to ? [from] : undefined);
    if (members === undefined) {
      const each = count / (to - from + 1);
      steps[from] = (steps[from] as number) + each;
      steps[to + 1] = (steps[to + 1] as number) - each;
      return;
    }
    for (const code of members) out[code] = (out[code] as number) + count / members.length;
  });
  let level = 0;
  for (let code = 0; code < out.length; code += 1) {
    level += steps[code] as number;
    out[code] = (out[code] as number) + Math.max(0, level);
  }
  return out;
}

/** Numbers of the base values, without the missing one at the end; `undefined` for columns without order. */
function placesOf({ base, ordered, missingCode, hierarchy }: EncodedColumn): Float64Array | undefined {
  if (base.kind === 'minutes' || base.kind === 'numbers') return base.values;
  const size = hierarchy.levels[0]?.codes.length ?? 0;
  return ordered ? Float64Array.from({ length: missingCode === undefined ? size : size - 1 }, (_, i) => i) : undefined;
}

function ofPair(a: BinnedColumn, b: BinnedColumn, rows: number): number {
  const original = new Float64Array(a.bins * b.bins);
  for (let i = 0; i < a.truth.length; i += 1) {
    const at = (a.truth[i] as number) * b.bins + (b.truth[i] as number);
    original[at] = (original[at] as number) + 1;
  }
  const released = new Float64Array(a.bins * b.bins);
  // Rows with the same two cells are spread once: a cell of everything lies in all 64 bins.
  const known = [a, b].flatMap(({ cells }) => cells ?? []);
  const alike = groupRows(
    known.map(({ codes }) => codes),
    known.map(({ start }) => start.length - 1),
    rows,
  );
  for (let c = 0; c < alike.count; c += 1) {
    const size = alike.sizes[c] as number;
    const row = alike.first[c] as number;
    eachBin(a, row, (x, p) => {
      eachBin(b, row, (y, q) => {
        released[x * b.bins + y] = (released[x * b.bins + y] as number) + size * p * q;
      });
    });
  }
  return totalVariationOf(original, released);
}

/** Bins of a released row with their weights; all bins alike where the release says nothing. */
function eachBin({ bins, cells }: BinnedColumn, row: number, visit: (bin: number, weight: number) => void): void {
  if (cells === undefined) {
    for (let bin = 0; bin < bins; bin += 1) visit(bin, 1 / bins);
    return;
  }
  const cell = cells.codes[row] as number;
  for (let i = cells.start[cell] as number; i < (cells.start[cell + 1] as number); i += 1) {
    visit(cells.bin[i] as number, cells.weight[i] as number);
  }
}

const common = { direction: 'lower-is-better', meaning: 'utility', provenance: 'measured', of: 'sample' } as const;
const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

function singleScores(table: TableRelease, names: readonly string[], singles: readonly Distances[]): readonly Score[] {
  const n = table.table.rows;
  const labelOf = (name: string) =>
    table.dataset.descriptor.columns.find((column) => column.name === name)?.label ?? text(name, name);
  const each = names.flatMap((name, i): readonly Score[] => {
    const { variation, divergence, moved, blank } = singles[i] as Distances;
    const label = labelOf(name);
    const score = (
      suffix: string,
      en: string,
      es: string,
      value: number,
      unit: string,
      method: Score['method'],
    ): Score => ({
      ...common,
      id: `${descriptor.id}/${name}${suffix}`,
      label: text(`${label.en}: ${en}`, `${label.es ?? label.en}: ${es}`),
      value,
      unit,
      n,
      method,
    });
    const scores = [
      {
        ...score(
          '',
          'total variation',
          'variación total',
          variation,
          'share',
          text(
            `half the summed differences of shares over ${n} released rows`,
            `la mitad de la suma de diferencias de proporciones en ${n} filas publicadas`,
          ),
        ),
        baseline: blank,
      },
      score(
        '/js',
        'Jensen-Shannon',
        'Jensen-Shannon',
        divergence,
        'bits',
        text(
          'mean divergence of both distributions from their mean',
          'divergencia media de ambas distribuciones respecto a su media',
        ),
      ),
    ];
    if (moved === undefined) return scores;
    const way = text('mean way of a row, as a share of the range', 'recorrido medio de una fila, como parte del rango');
    return [...scores, score('/emd', "earth mover's distance", 'distancia de transporte', moved, 'share', way)];
  });
  const mean = meanOf(singles.map(({ variation }) => variation));
  return [
    {
      ...common,
      id: descriptor.id,
      label: descriptor.label,
      value: mean,
      unit: 'share',
      n,
      baseline: meanOf(singles.map(({ blank }) => blank)),
      method: text(
        `mean total variation of ${names.length} columns over ${n} released rows; baseline: every value equally often`,
        `variación total media de ${names.length} columnas en ${n} filas publicadas; referencia: todos los valores por igual`,
      ),
    },
    ...each,
  ];
}

function pairScores(
  pairs: readonly (readonly [BinnedColumn, BinnedColumn])[],
  distances: readonly number[],
): readonly Score[] {
  if (pairs.length === 0) return [];
  const worst = distances.indexOf(Math.max(...distances));
  const [a, b] = pairs[worst] ?? [];
  return [
    {
      ...common,
      id: `${descriptor.id}/two-way`,
      label: text('distance of two-way tables', 'distancia de las tablas de dos entradas'),
      value: meanOf(distances),
      unit: 'share',
      n: pairs.length,
      method: text(
        `mean total variation of ${pairs.length} pairs of columns, in at most ${BINS} bins each`,
        `variación total media de ${pairs.length} pares de columnas, en ${BINS} intervalos como máximo cada una`,
      ),
    },
    {
      ...common,
      id: `${descriptor.id}/two-way/worst`,
      label: text('worst two-way table', 'peor tabla de dos entradas'),
      value: distances[worst] ?? 0,
      unit: 'share',
      n: pairs.length,
      method: text(`${a?.name} and ${b?.name}`, `${a?.name} y ${b?.name}`),
    },
  ];
}
