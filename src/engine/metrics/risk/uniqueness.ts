import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { sizeHistogram } from '../../table/group.ts';
import { classRisks } from './class-risks.ts';
import { populationUniqueness } from './population-uniqueness.ts';
import { knownColumns, listed, releasedClasses, tableOfPeople } from './released-classes.ts';
import { knownPrecision, knownToOutsider, samplingFraction } from './shared-params.ts';

/** Rows alone in their class: counted in the table, and estimated for the population it came from. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'uniqueness',
  version: 1,
  label: text('unique rows', 'filas únicas'),
  summary: text(
    'How many rows are the only ones of their kind, in this table and, by three estimators, in the population behind it.',
    'Cuántas filas son las únicas de su clase, en esta tabla y, con tres estimadores, en la población de la que viene.',
  ),
  citations: [
    {
      authors: 'Zayatz',
      year: 1991,
      title: 'Estimation of the percent of unique population elements using sample data',
    },
    {
      authors: 'Hoshino',
      year: 2001,
      title: "Applying Pitman's sampling formula to microdata disclosure risk assessment",
    },
    { authors: 'Chen, Keller-McNulty', year: 1998, title: 'Estimation of identification disclosure risk in microdata' },
    {
      authors: 'Dankar, El Emam, Neisa, Roffey',
      year: 2012,
      title: 'Estimating the re-identification risk of clinical data sets',
      doi: '10.1186/1472-6947-12-66',
    },
  ],
  limits: [
    text(
      'Population figures are estimates from a sample; where the three estimators disagree, believe none of them closely.',
      'Las cifras de población son estimaciones a partir de una muestra; si los tres estimadores discrepan, no confíe mucho en ninguno.',
    ),
  ],
  vetting: 'verified',
  params: {
    known: knownToOutsider,
    precision: knownPrecision,
    fraction: samplingFraction,
  },
  accepts: ['table'],
  needs: [],
});

export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const known = knownColumns(table, params.known);
  const { sizes } = releasedClasses(table, known, params.precision);
  const rows = table.table.rows;
  const unique = classRisks(sizes, 1).unique;
  const sample: Score = {
    id: 'uniqueness/sample',
    label: text('unique in this table', 'únicas en esta tabla'),
    value: unique,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: rows,
    method: text(
      `${Math.round(unique * rows)} of ${rows} rows are alone with their ${listed(known, 'and', 'nothing')}.`,
      `${Math.round(unique * rows)} de ${rows} filas son las únicas con su ${listed(known, 'y', 'nada')}.`,
    ),
  };
  if (rows === 0) return [sample];
  await ctx.checkpoint(0.5);
  return [sample, ...populationScores(sizes, rows, Math.max(rows, Math.round(rows / params.fraction)))];
};

/** The estimate that Dankar's rule prefers, with the others beside it: their spread is the honest uncertainty. */
function populationScores(sizes: Uint32Array, rows: number, population: number): readonly Score[] {
  const found = populationUniqueness(sizeHistogram(sizes), population);
  const models = (['zayatz', 'pitman', 'snb'] as const).flatMap((name) => {
    const value = found[name];
    return value === undefined ? [] : [{ name, share: value / population }];
  });
  const spread = models.map((model) => `${NAMES[model.name]} ${(100 * model.share).toFixed(1)} %`).join(', ');
  // Without two rows alike the sample cannot tell rare from unique: every estimator then says "all".
  const blind = sizes.length === rows;
  // Where the rule wants Pitman and Pitman has no solution, the other estimator is known to be far too high.
  const stuck = !blind && rows / population <= 0.1 && found.pitman === undefined;
  const blindEn = blind
    ? 'No two rows of the sample are alike, so this is no more than an upper limit: '
    : stuck
      ? 'Pitman’s estimate, the better one for so small a sample, has no solution here; read this as an upper limit: '
      : '';
  const blindEs = blind
    ? 'No hay dos filas iguales en la muestra, así que esto es solo un límite superior: '
    : stuck
      ? 'La estimación de Pitman, la mejor para una muestra tan pequeña, no tiene solución aquí; léase como límite superior: '
      : '';
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'modelled',
    of: 'population',
    n: rows,
  } as const;
  const chosen: Score = {
    ...common,
    id: 'uniqueness/population',
    label: text('unique in the population', 'únicas en la población'),
    value: found.dankar / population,
    method: text(
      `${blindEn}${NAMES[found.dankarModel]}, chosen by Dankar's rule for ${rows} rows of an assumed ${population}; all estimates: ${spread}.`,
      `${blindEs}${NAMES[found.dankarModel]}, elegido por la regla de Dankar para ${rows} filas de ${population} supuestas; todas las estimaciones: ${spread}.`,
    ),
    source: 'Dankar et al. 2012',
  };
  const others = models
    .filter((model) => model.name !== found.dankarModel)
    .map(
      (model): Score => ({
        ...common,
        id: `uniqueness/population/${model.name}`,
        label: text(`unique in the population (${NAMES[model.name]})`, `únicas en la población (${NAMES[model.name]})`),
        value: model.share,
        method: text(
          `${NAMES[model.name]} from ${rows} rows of an assumed ${population}.`,
          `${NAMES[model.name]} con ${rows} filas de ${population} supuestas.`,
        ),
      }),
    );
  return [chosen, ...others];
}

const NAMES = { zayatz: 'Zayatz', pitman: 'Pitman', snb: 'slid negative binomial' } as const;
