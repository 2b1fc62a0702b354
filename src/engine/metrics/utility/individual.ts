import type { Ctx } from '../../kit/context.ts';
import { defineMetric } from '../../kit/measure.ts';
import { number, type Params } from '../../kit/params.ts';
import type { Release } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { cellError, utilityOf } from './errors.ts';
import { flat, gridOf, noiseInterval } from './grid.ts';
import { utilityScore } from './scores.ts';

export const descriptor = defineMetric({
  id: 'utility-individual',
  version: 1,
  kind: 'metric',
  group: 'utility',
  label: text('Utility of single cells', 'Utilidad de cada celda'),
  summary: text(
    'How right one place at one hour still is: 1 − the mean over cells of |released − true| / max(true, sanity bound), each at most 1.',
    'Cuánto acierta todavía un lugar a una hora: 1 − la media, sobre las celdas, de |publicado − verdadero| / máx(verdadero, cota de sensatez), cada una como mucho 1.',
  ),
  citations: [
    {
      authors: 'Xiao, Wang, Gehrke',
      year: 2010,
      title: 'Differential privacy via wavelet transforms',
      where: 'ICDE (sanity bound)',
    },
    {
      authors: 'Digital-twin paper',
      year: 2025,
      title: 'Utility on individual queries (89.4 % reported; no formula given)',
    },
  ],
  limits: [
    text(
      'Empty cells count: a release that says zero everywhere scores well on a sparse grid, so read the value against its baseline and the share over busy cells.',
      'Las celdas vacías cuentan: publicar cero en todas puntúa bien en una cuadrícula dispersa; léase junto a su referencia y al valor sobre celdas con actividad.',
    ),
  ],
  vetting: 'draft',
  params: {
    sanity: number({
      label: text('Sanity bound', 'Cota de sensatez'),
      help: text(
        'Smallest count an error is divided by, as a share of all rows.',
        'El menor conteo por el que se divide un error, como parte de todas las filas.',
      ),
      min: 0.00001,
      max: 0.1,
      default: 0.001,
      scale: 'log',
      advanced: true,
    }),
  },
  accepts: ['table', 'answers', 'reports', 'shares'],
  needs: [],
});

type P = Params<(typeof descriptor)['params']>;

/** Utility over all cells and over the cells that really hold something. */
export async function run(release: Release, params: P, ctx: Ctx): Promise<readonly Score[]> {
  const grid = gridOf(release);
  await ctx.checkpoint(0.5);
  let total = 0;
  let busy = 0;
  for (const count of grid.truth) {
    total += Math.abs(count);
    if (count > 0) busy += 1;
  }
  const sanity = Math.max(1, params.sanity * total);
  const all = (released: Float64Array): number => utilityOf(cellError(grid.truth, released, sanity));
  const busyOnly = (released: Float64Array): number => utilityOf(busyError(grid.truth, released, sanity));
  const cells = grid.truth.length;
  const score = (id: string, en: string, es: string, n: number, utility: (released: Float64Array) => number): Score =>
    utilityScore({
      id,
      label: text(en, es),
      value: utility(grid.released),
      baseline: utility(flat(grid)),
      n,
      interval: noiseInterval(grid, ctx.rng.fork(id), utility),
      method: text(
        `1 − mean of min(1, |released − true| / max(true, ${sanity.toFixed(1)})) over ${n} cells`,
        `1 − media de mín(1, |publicado − verdadero| / máx(verdadero, ${sanity.toFixed(1)})) sobre ${n} celdas`,
      ),
      source: 'Xiao, Wang, Gehrke 2010',
    });
  return [
    score(descriptor.id, 'Single cells', 'Celdas sueltas', cells, all),
    score(`${descriptor.id}/busy`, 'Single cells that hold rows', 'Celdas con filas', busy, busyOnly),
  ];
}

function busyError(truth: Float64Array, released: Float64Array, sanity: number): number {
  const kept: number[] = [];
  const seen: number[] = [];
  for (let i = 0; i < truth.length; i += 1) {
    if ((truth[i] as number) <= 0) continue;
    kept.push(truth[i] as number);
    seen.push(released[i] as number);
  }
  return cellError(kept, seen, sanity);
}
