import type { Ctx } from '../../kit/context.ts';
import { defineMetric } from '../../kit/measure.ts';
import { integer, type Params } from '../../kit/params.ts';
import type { Release } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { topShare } from './errors.ts';
import { type Grid, gridOf, noiseInterval, rowTotals } from './grid.ts';
import { utilityScore } from './scores.ts';

export const descriptor = defineMetric({
  id: 'map-difference',
  version: 1,
  kind: 'metric',
  group: 'utility',
  label: text('Difference on the map', 'Diferencia en el mapa'),
  summary: text(
    'By how many rows a place on the released map is off, and how many of the busiest places are still named right.',
    'En cuántas filas se desvía un lugar en el mapa publicado, y cuántos de los lugares con más actividad se siguen acertando.',
  ),
  citations: [],
  limits: [
    text(
      'A mean over places says little about the smallest ones.',
      'Una media sobre los lugares dice poco de los más pequeños.',
    ),
  ],
  vetting: 'draft',
  params: {
    top: integer({
      label: text('Busiest places', 'Lugares con más actividad'),
      help: text(
        'How many of the busiest places are compared.',
        'Cuántos de los lugares con más actividad se comparan.',
      ),
      min: 1,
      max: 100,
      default: 10,
    }),
  },
  accepts: ['table', 'answers'],
  needs: ['place'],
});

type P = Params<(typeof descriptor)['params']>;

export async function run(release: Release, params: P, ctx: Ctx): Promise<readonly Score[]> {
  const grid = gridOf(release);
  await ctx.checkpoint(0.5);
  const places = rowTotals(grid, grid.truth);
  const k = Math.min(params.top, grid.rows);
  const perPlace = (released: Float64Array): number => meanGap(places, rowTotals(grid, released));
  const perCell = (released: Float64Array): number => meanGap(grid.truth, released);
  const top = (released: Float64Array): number => topShare(places, rowTotals(grid, released), k);
  return [
    gapScore(grid, ctx, 'place', grid.rows, perPlace),
    gapScore(grid, ctx, 'cell', grid.truth.length, perCell),
    utilityScore({
      id: `${descriptor.id}/top`,
      label: text(`Top ${k} places named right`, `Aciertos entre los ${k} primeros lugares`),
      value: top(grid.released),
      baseline: k / grid.rows,
      n: k,
      interval: noiseInterval(grid, ctx.rng.fork('top'), top),
      method: text(
        `share of the ${k} busiest true places among the ${k} busiest released ones; guessing gets ${k} / ${grid.rows}`,
        `parte de los ${k} lugares verdaderos con más actividad que está entre los ${k} publicados; al azar, ${k} / ${grid.rows}`,
      ),
    }),
  ];
}

function gapScore(
  grid: Grid,
  ctx: Ctx,
  what: 'place' | 'cell',
  n: number,
  gap: (released: Float64Array) => number,
): Score {
  const interval = noiseInterval(grid, ctx.rng.fork(what), gap);
  return {
    id: `${descriptor.id}/${what}`,
    label:
      what === 'place'
        ? text('Mean difference per place', 'Diferencia media por lugar')
        : text('Mean difference per place and hour', 'Diferencia media por lugar y hora'),
    value: gap(grid.released),
    unit: grid.unit,
    direction: 'lower-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    n,
    ...(interval === undefined ? {} : { interval }),
    method: text(
      `mean of |released − true| over ${n} ${what === 'place' ? 'places' : 'cells'}`,
      `media de |publicado − verdadero| sobre ${n} ${what === 'place' ? 'lugares' : 'celdas'}`,
    ),
  };
}

function meanGap(truth: Float64Array, released: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i += 1) sum += Math.abs((released[i] as number) - (truth[i] as number));
  return sum / truth.length;
}
