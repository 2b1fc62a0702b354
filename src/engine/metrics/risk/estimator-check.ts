import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { integer, number } from '../../kit/params.ts';
import type { Interval, Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { knownColumns, listed, releasedClasses, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider } from './shared-params.ts';
import { estimatesFromSubSamples } from './sub-samples.ts';

/** How far the estimators of population uniqueness are off on samples of this table, where the truth is known. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'estimator-check',
  version: 1,
  onDemand: true,
  label: text('check of the population estimates', 'comprobación de las estimaciones de población'),
  summary: text(
    'Draws samples from this table, estimates its unique rows from each, and reports how far the estimates are off.',
    'Extrae muestras de esta tabla, estima con cada una sus filas únicas y muestra cuánto yerran las estimaciones.',
  ),
  citations: [
    {
      authors: 'Dankar, El Emam, Neisa, Roffey',
      year: 2012,
      title: 'Estimating the re-identification risk of clinical data sets',
      doi: '10.1186/1472-6947-12-66',
    },
  ],
  limits: [
    text(
      'The table stands in for a population; the real one is larger, and its rare rows may be spread otherwise.',
      'La tabla hace de población; la real es mayor y sus filas raras pueden repartirse de otro modo.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
    sampled: number({
      label: text('share of the table in each sample', 'parte de la tabla en cada muestra'),
      symbol: 'f',
      help: text(
        'Take the share this data is of all rows to learn how the estimators do there.',
        'Use la parte que estos datos son del total para saber cómo se comportan ahí los estimadores.',
      ),
      min: 0.01,
      max: 0.9,
      default: 0.1,
      scale: 'log',
    }),
    draws: integer({
      label: text('samples', 'muestras'),
      help: text('More give a narrower interval.', 'Más dan un intervalo más estrecho.'),
      min: 5,
      max: 200,
      default: 20,
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: [],
});

/** @throws infeasible for tables of fewer than 20 rows */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  const { rows } = table.table;
  if (rows < 20) {
    throw infeasible(`${rows} rows are too few to draw samples from (at least 20)`, 'load more rows');
  }
  const known = knownColumns(table, params.known);
  const classes = releasedClasses(table, known, params.precision);
  const truth = classes.sizes.reduce((count, size) => count + (size === 1 ? 1 : 0), 0) / rows;
  const rng = ctx.rng.fork('estimator-check');
  const found = await estimatesFromSubSamples(classes.classOf, classes.count, params.sampled, params.draws, rng, ctx);
  return (['dankar', 'zayatz', 'pitman', 'snb'] as const).flatMap((name) => {
    const answers = found.flatMap((each) => each[name] ?? []).map((count) => count / rows);
    if (answers.length === 0) return [];
    const mean = answers.reduce((sum, each) => sum + each, 0) / answers.length;
    const spread =
      answers.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / Math.max(1, answers.length - 1);
    const percent = (share: number): string => (100 * share).toFixed(1);
    const score: Score = {
      id: `estimator-check/${name}`,
      label: text(`error of the estimate (${NAMES[name].en})`, `error de la estimación (${NAMES[name].es})`),
      value: mean - truth,
      unit: 'share',
      direction: 'neutral',
      meaning: 'risk',
      provenance: 'measured',
      of: 'sample',
      n: answers.length,
      interval: meanInterval(mean - truth, spread, answers.length),
      method: text(
        `${percent(truth)} % of ${rows} rows are unique in ${listed(known, 'and', 'nothing')}; ${answers.length} of ${params.draws} samples of ${params.sampled} of them gave ${percent(mean)} % on average.`,
        `${percent(truth)} % de ${rows} filas son únicas en ${listed(known, 'y', 'nada')}; ${answers.length} de ${params.draws} muestras de ${params.sampled} de ellas dieron ${percent(mean)} % de media.`,
      ),
    };
    return [score];
  });
};

const NAMES = {
  dankar: { en: "Dankar's rule", es: 'regla de Dankar' },
  zayatz: { en: 'Zayatz', es: 'Zayatz' },
  pitman: { en: 'Pitman', es: 'Pitman' },
  snb: { en: 'slid negative binomial', es: 'binomial negativa desplazada' },
} as const;

/** 95 % interval of a mean over samples, normal approximation. */
function meanInterval(mean: number, variance: number, n: number): Interval {
  const half = 1.959963984540054 * Math.sqrt(variance / n);
  return { low: mean - half, high: mean + half, level: 0.95, kind: 'sampling' };
}
