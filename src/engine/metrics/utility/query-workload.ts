import { normalQuantile } from '../../dp/gaussian.ts';
import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { integer, number } from '../../kit/params.ts';
import type { Interval, Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { encodeColumn, encodeEach } from '../../table/encode.ts';
import { baseSize } from '../../table/hierarchy.ts';
import { listed, tableOf } from '../risk/released-classes.ts';
import { comparedNames, columnsCompared } from './compared-names.ts';
import { medianOf, randomQuery, relativeError, Workload, workloadOf } from './workload.ts';

/** How far counts asked of the release are from counts asked of the original. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'utility',
  id: 'query-workload',
  version: 1,
  onDemand: true,
  label: text('error of counting queries', 'error de las consultas de recuento'),
  summary: text(
    'Asks the original and the release how many rows fall into random ranges and sets, and compares the answers. A generalized cell is spread evenly over its values.',
    'Pregunta al original y a la publicación cuántas filas caen en rangos y conjuntos al azar, y compara las respuestas. Una celda generalizada se reparte por igual entre sus valores.',
  ),
  citations: [
    {
      authors: 'LeFevre, DeWitt, Ramakrishnan',
      year: 2006,
      title: 'Workload-aware anonymization',
      where: 'KDD',
      doi: '10.1145/1150402.1150435',
    },
  ],
  limits: [
    text(
      'Random queries are not those somebody will ask; large errors of rare ones weigh on the mean.',
      'Las consultas al azar no son las que alguien hará; los grandes errores de las raras pesan en la media.',
    ),
  ],
  vetting: 'verified',
  params: {
    columns: columnsCompared,
    queries: integer({
      label: text('queries', 'consultas'),
      help: text('Drawn at random; more give a narrower interval.', 'Al azar; más dan un intervalo más estrecho.'),
      min: 20,
      max: 5000,
      default: 500,
    }),
    predicates: integer({
      label: text('columns in a query at most', 'columnas por consulta como máximo'),
      help: text('Each query asks about 1 up to this many.', 'Cada consulta pregunta por 1 hasta este número.'),
      min: 1,
      max: 6,
      default: 3,
    }),
    sanity: number({
      label: text('smallest count of interest', 'recuento mínimo de interés'),
      help: text(
        'Share of all rows; errors of smaller counts are measured against it.',
        'Parte de todas las filas; los errores de recuentos menores se miden frente a él.',
      ),
      min: 0.0001,
      max: 0.1,
      default: 0.001,
      scale: 'log',
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: [],
});

/**
 * Median and mean over queries of |estimate - true| / max(true, max(1, sanity n)), with 95 % intervals over queries
 * (order statistics; normal). Baseline: a release that tells the number of rows and nothing else. Rows left out count
 * as rows of which nothing is known. O(queries x classes).
 * @throws infeasible without rows or a column to ask about
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOf(release);
  const { rows } = table.dataset.table;
  if (rows === 0) throw infeasible('the data has no rows to count', 'load data');
  const names = comparedNames(table, params.columns, ['quasi-identifier']);
  await encodeEach(table, names, () => ctx.checkpoint(0));
  const truths = names.map((name) => encodeColumn(table.dataset, name)).filter((column) => baseSize(column) > 1);
  if (truths.length === 0) throw infeasible('every column to ask about has one value', 'choose columns that vary');
  await ctx.checkpoint(0);
  const rng = ctx.rng.fork('query-workload');
  const workload = workloadOf(table, truths);
  const blank = new Workload(
    workload.columns.map(({ name, size, truth }) => ({ name, size, truth })),
    rows,
    0,
    rows,
  );
  await ctx.checkpoint(0);
  const sanityBound = Math.max(1, params.sanity * rows);
  const errors: number[] = [];
  const blankErrors: number[] = [];
  for (let q = 0; q < params.queries; q += 1) {
    const query = randomQuery(truths, params.predicates, rng);
    const answer = workload.answer(query);
    errors.push(relativeError(answer, sanityBound));
    blankErrors.push(relativeError({ truth: answer.truth, estimate: blank.estimate(query) }, sanityBound));
    await ctx.checkpoint((q + 1) / params.queries);
  }
  const asked = truths.map(({ hierarchy }) => hierarchy.column);
  const score = (
    id: string,
    label: Score['label'],
    of: (values: readonly number[]) => number,
    interval: Interval,
  ): Score => ({
    id,
    label,
    value: of(errors),
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    n: errors.length,
    interval,
    baseline: of(blankErrors),
    method: text(
      `|estimate - true| / max(true, ${sanityBound.toFixed(1)}) over ${errors.length} random counts of 1 to ${params.predicates} of ${listed(asked, 'and', '')}; baseline: only the number of rows is known.`,
      `|estimación - verdad| / max(verdad, ${sanityBound.toFixed(1)}) en ${errors.length} recuentos al azar de 1 a ${params.predicates} de ${listed(asked, 'y', '')}; referencia: solo se conoce el número de filas.`,
    ),
    source: 'LeFevre et al. 2006',
  });
  return [
    score(
      descriptor.id,
      text('median error of a count', 'error mediano de un recuento'),
      medianOf,
      medianInterval(errors),
    ),
    score(
      `${descriptor.id}/mean`,
      text('mean error of a count', 'error medio de un recuento'),
      meanOf,
      meanInterval(errors),
    ),
  ];
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function meanInterval(values: readonly number[]): Interval {
  const mean = meanOf(values);
  const variance =
    values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / Math.max(1, values.length - 1);
  const half = normalQuantile(0.975) * Math.sqrt(variance / values.length);
  return { low: Math.max(0, mean - half), high: mean + half, level: 0.95, kind: 'sampling' };
}

/** Order statistics at n/2 -+ z sqrt(n)/2 (binomial count of values below the median). */
function medianInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (normalQuantile(0.975) * Math.sqrt(sorted.length)) / 2;
  const low = Math.max(0, Math.floor(sorted.length / 2 - half) - 1);
  const high = Math.min(sorted.length - 1, Math.ceil(sorted.length / 2 + half));
  return { low: sorted[low] ?? 0, high: sorted[high] ?? 0, level: 0.95, kind: 'sampling' };
}
