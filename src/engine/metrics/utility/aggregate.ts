import type { Ctx } from '../../kit/context.ts';
import { defineMetric } from '../../kit/measure.ts';
import type { Params } from '../../kit/params.ts';
import type { Release } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { utilityOf, volumeError } from './errors.ts';
import { columnTotals, flat, type Grid, gridOf, noiseInterval, rowTotals } from './grid.ts';
import { utilityScore } from './scores.ts';

export const descriptor = defineMetric({
  id: 'utility-aggregate',
  version: 1,
  kind: 'metric',
  group: 'utility',
  label: text('Utility of totals', 'Utilidad de los totales'),
  summary: text(
    'How right the totals per place and per hour still are: 1 − Σ|released − true| / Σ true.',
    'Cuánto aciertan todavía los totales por lugar y por hora: 1 − Σ|publicado − verdadero| / Σ verdadero.',
  ),
  citations: [
    {
      authors: 'Digital-twin paper',
      year: 2025,
      title: 'Utility on aggregate statistics (97.3 % reported; no formula given)',
    },
  ],
  limits: [text('The paper names no formula; this is ours.', 'El artículo no da fórmula; esta es nuestra.')],
  vetting: 'draft',
  params: {},
  accepts: ['table', 'answers', 'reports', 'shares'],
  needs: [],
});

type P = Params<(typeof descriptor)['params']>;

/** Mean of the tasks the release allows: totals by row (place, bucket) and, with hours, by column. */
export async function run(release: Release, _params: P, ctx: Ctx): Promise<readonly Score[]> {
  const grid = gridOf(release);
  await ctx.checkpoint(0.5);
  const tasks = tasksOf(grid);
  const mean = (released: Float64Array): number =>
    tasks.reduce((sum, task) => sum + utilityOf(volumeError(task.truth, task.totals(released))), 0) / tasks.length;
  const interval = noiseInterval(grid, ctx.rng.fork('noise'), mean);
  const overall = utilityScore({
    id: descriptor.id,
    label: text('Totals', 'Totales'),
    value: mean(grid.released),
    baseline: mean(flat(grid)),
    n: grid.truth.length,
    interval,
    method: text(
      `mean over ${tasks.map((task) => task.name).join(' and ')} of 1 − Σ|released − true| / Σ true`,
      `media de 1 − Σ|publicado − verdadero| / Σ verdadero sobre los totales (${tasks.length})`,
    ),
  });
  const single = tasks.map((task) =>
    utilityScore({
      id: `${descriptor.id}/${task.id}`,
      label: task.label,
      value: utilityOf(volumeError(task.truth, task.totals(grid.released))),
      baseline: utilityOf(volumeError(task.truth, task.totals(flat(grid)))),
      n: task.truth.length,
      interval: undefined,
      method: text(
        `1 − Σ|released − true| / Σ true over ${task.truth.length} totals`,
        `1 − Σ|publicado − verdadero| / Σ verdadero sobre ${task.truth.length} totales`,
      ),
    }),
  );
  return [overall, ...single];
}

function tasksOf(grid: Grid) {
  const byRow = (values: Float64Array): Float64Array => rowTotals(grid, values);
  const byColumn = (values: Float64Array): Float64Array => columnTotals(grid, values);
  const rows = {
    id: 'rows',
    name: `totals by ${grid.rowName}`,
    label: text(`Totals by ${grid.rowName}`, 'Totales por lugar o intervalo'),
    totals: byRow,
    truth: byRow(grid.truth),
  };
  if (grid.columns === 1) return [rows];
  const columns = {
    id: 'columns',
    name: `totals by ${grid.columnName}`,
    label: text(`Totals by ${grid.columnName}`, 'Totales por hora'),
    totals: byColumn,
    truth: byColumn(grid.truth),
  };
  return [rows, columns];
}
