import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { number } from '../../kit/params.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { chanceInterval, modelledRisks, sampleParams } from './modelled-risks.ts';
import { listed, tableOfPeople } from './released-classes.ts';

/** Chance that each row is found in the population it was sampled from (Benedetti, Franconi 1998). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'individual-risk',
  version: 1,
  onDemand: true,
  label: text('individual risk', 'riesgo individual'),
  summary: text(
    'How likely each row is to be found by someone who holds the whole population, from sampling weights.',
    'Qué probable es que quien tiene toda la población encuentre cada fila, según los pesos de muestreo.',
  ),
  citations: [
    {
      authors: 'Franconi, Polettini',
      year: 2004,
      title: 'Individual risk estimation in mu-Argus: a review',
      where: 'Privacy in Statistical Databases, LNCS 3050',
    },
  ],
  limits: [
    text(
      'A model: rows with equal keys are a negative binomial sample of their kind. Rare kinds are the least certain.',
      'Un modelo: las filas de igual clave son una muestra binomial negativa de su clase. Las clases raras son las menos seguras.',
    ),
  ],
  vetting: 'verified',
  params: {
    ...sampleParams,
    threshold: number({
      label: text('risk that is too high', 'riesgo demasiado alto'),
      help: text('Rows above it are counted.', 'Se cuentan las filas que lo superan.'),
      min: 0.0001,
      max: 1,
      default: 0.05,
      scale: 'log',
    }),
  },
  accepts: ['table'],
  needs: [],
});

/** @throws invalid-data for sampling weights that are missing or below 1 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const { risks, known, population } = modelledRisks(table, params);
  await ctx.checkpoint(0.9);
  const rows = risks.length;
  const expected = risks.reduce((sum, risk) => sum + risk, 0);
  const variance = risks.reduce((sum, risk) => sum + risk * (1 - risk), 0);
  const highest = risks.reduce((most, risk) => Math.max(most, risk), 0);
  const above = risks.reduce((count, risk) => count + (risk > params.threshold ? 1 : 0), 0);
  const columns = [listed(known, 'and', 'nothing'), listed(known, 'y', 'nada')] as const;
  const size = Math.round(population);
  const en = `${rows} rows stand for ${size}; an outsider knows ${columns[0]} of all of these`;
  const es = `${rows} filas representan ${size}; alguien de fuera sabe ${columns[1]} de todas ellas`;
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'modelled',
    of: 'population',
    n: rows,
    source: 'Franconi, Polettini 2004',
  } as const;
  const scores: Score[] = [
    {
      ...common,
      id: 'individual-risk/mean',
      label: text('chance that a row is found, on average', 'probabilidad de encontrar una fila, de media'),
      value: rows === 0 ? 0 : expected / rows,
      interval: chanceInterval(expected, variance, rows, rows === 0 ? 0 : 1 / rows),
      method: text(`${en}; mean of the rows' risks.`, `${es}; media de los riesgos de las filas.`),
    },
    {
      ...common,
      id: 'individual-risk/expected',
      label: text('rows found, expected', 'filas encontradas, esperadas'),
      value: expected,
      unit: 'count',
      interval: chanceInterval(expected, variance, rows, 1),
      method: text(
        `${en}; sum of the risks. The interval is chance alone, each row found or not by itself.`,
        `${es}; suma de los riesgos. El intervalo es solo azar, cada fila encontrada o no por sí misma.`,
      ),
    },
    {
      ...common,
      id: 'individual-risk/highest',
      label: text('chance that the most exposed row is found', 'probabilidad de encontrar la fila más expuesta'),
      value: highest,
      method: text(`${en}; largest risk.`, `${es}; riesgo mayor.`),
    },
    {
      ...common,
      id: 'individual-risk/above',
      label: text(`rows above a risk of ${params.threshold}`, `filas con riesgo de más de ${params.threshold}`),
      value: rows === 0 ? 0 : above / rows,
      method: text(
        `${en}; ${above} rows have a risk above ${params.threshold}.`,
        `${es}; ${above} filas tienen un riesgo de más de ${params.threshold}.`,
      ),
    },
  ];
  return scores;
};
