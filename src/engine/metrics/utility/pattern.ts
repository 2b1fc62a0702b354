import type { Ctx } from '../../kit/context.ts';
import { defineMetric } from '../../kit/measure.ts';
import type { Params } from '../../kit/params.ts';
import type { Release } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { correlation, totalVariation, utilityOf } from './errors.ts';
import { columnTotals, flat, type Grid, gridOf, noiseInterval, rowTotals } from './grid.ts';
import { utilityScore } from './scores.ts';

export const descriptor = defineMetric({
  id: 'utility-pattern',
  version: 1,
  kind: 'metric',
  group: 'utility',
  label: text('Utility of patterns', 'Utilidad de los patrones'),
  summary: text(
    'How well the shape of the day and of the city survives: 1 − the total variation distance between true and released shares, over hours and over places.',
    'Cuánto se conserva la forma del día y de la ciudad: 1 − la distancia de variación total entre proporciones verdaderas y publicadas, por horas y por lugares.',
  ),
  citations: [
    {
      authors: 'Digital-twin paper',
      year: 2025,
      title: 'Utility on pattern analysis (96.1 % reported; no formula given)',
    },
  ],
  limits: [text('The paper names no formula; this is ours.', 'El artículo no da fórmula; esta es nuestra.')],
  vetting: 'draft',
  params: {},
  accepts: ['table', 'answers', 'reports', 'shares'],
  needs: [],
});

type P = Params<(typeof descriptor)['params']>;

/** Overall pattern utility, then the correlation of the daily profile where there are hours. */
export async function run(release: Release, _params: P, ctx: Ctx): Promise<readonly Score[]> {
  const grid = gridOf(release);
  await ctx.checkpoint(0.5);
  const pattern = (released: Float64Array): number => patternUtility(grid, released);
  const overall = utilityScore({
    id: descriptor.id,
    label: text('Patterns', 'Patrones'),
    value: pattern(grid.released),
    baseline: pattern(flat(grid)),
    n: grid.rows + (grid.columns > 1 ? grid.columns : 0),
    interval: noiseInterval(grid, ctx.rng.fork('noise'), pattern),
    method: text(
      `1 − total variation distance of shares by ${grid.rowName}${grid.columns > 1 ? ` and by ${grid.columnName} (mean)` : ''}`,
      '1 − distancia de variación total de las proporciones (media por lugar y hora)',
    ),
  });
  if (grid.columns === 1) return [overall];
  const value = correlation(columnTotals(grid, grid.truth), columnTotals(grid, grid.released));
  if (!Number.isFinite(value)) return [overall];
  const profile: Score = {
    id: `${descriptor.id}/profile`,
    label: text('Correlation of the daily profile', 'Correlación del perfil diario'),
    value,
    unit: 'correlation',
    direction: 'higher-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    n: grid.columns,
    baseline: 0,
    method: text(
      `Pearson correlation of ${grid.columns} true and released totals`,
      `correlación de Pearson de ${grid.columns} totales verdaderos y publicados`,
    ),
  };
  return [overall, profile];
}

function patternUtility(grid: Grid, released: Float64Array): number {
  const rows = utilityOf(totalVariation(rowTotals(grid, grid.truth), rowTotals(grid, released)));
  if (grid.columns === 1) return rows;
  return (rows + utilityOf(totalVariation(columnTotals(grid, grid.truth), columnTotals(grid, released)))) / 2;
}
