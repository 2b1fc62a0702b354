import { cellsOf, hourAxis, placeAxis } from '../../dp/axes.ts';
import type { Ctx } from '../../kit/context.ts';
import type { LoadedDataset } from '../../kit/dataset.ts';
import { infeasible } from '../../kit/errors.ts';
import { defineMetric } from '../../kit/measure.ts';
import type { Params } from '../../kit/params.ts';
import type { Release, TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { own } from '../../kit/own.ts';
import { isValid, type Table } from '../../table/table.ts';
import { utilityOf } from './errors.ts';
import { utilityScore } from './scores.ts';

export const descriptor = defineMetric({
  id: 'utility-values',
  version: 2,
  kind: 'metric',
  group: 'utility',
  label: text('Utility of measured values', 'Utilidad de los valores medidos'),
  summary: text(
    'For sensors: how right the mean value of a place at an hour still is, in proportion to the declared range of the value. A cell the release says nothing about counts as wrong by half the range.',
    'Para sensores: cuánto acierta todavía la media de un lugar a una hora, en proporción al rango declarado del valor. Una celda de la que nada se publica cuenta como un error de medio rango.',
  ),
  citations: [],
  limits: [
    text(
      'Needs places and times as they were: a table with coarser ones is measured by its counts instead.',
      'Necesita lugares y horas tal como estaban: una tabla con versiones más gruesas se mide por sus conteos.',
    ),
  ],
  vetting: 'draft',
  params: {},
  accepts: ['table', 'answers'],
  needs: ['place', 'time'],
});

type P = Params<(typeof descriptor)['params']>;

interface Means {
  readonly truth: Float64Array;
  readonly released: Float64Array;
}

/** 1 - mean |released mean - true mean| / half range, over cells with readings; then the same error in the value's unit. */
export async function run(release: Release, _params: P, ctx: Ctx): Promise<readonly Score[]> {
  const { half, unit, name } = rangeOf(release.dataset);
  const { truth, released } = meansOf(release, name);
  await ctx.checkpoint(0.8);
  const overall = meanOf(truth);
  const flat = new Float64Array(truth.length).fill(overall);
  const gap = gapOf(truth, released, half);
  const cells = truth.reduce((count, value) => (Number.isFinite(value) ? count + 1 : count), 0);
  const error: Score = {
    id: `${descriptor.id}/error`,
    label: text('Mean error of a value', 'Error medio de un valor'),
    value: gap,
    unit,
    direction: 'lower-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    n: cells,
    baseline: gapOf(truth, flat, half),
    method: text(
      `mean of |released − true| mean of ${name} over ${cells} cells; the baseline knows only the overall mean`,
      `media de |publicado − verdadero| de la media de ${name} sobre ${cells} celdas; la referencia solo conoce la media general`,
    ),
  };
  const utility = utilityScore({
    id: descriptor.id,
    label: text('Measured values', 'Valores medidos'),
    value: utilityOf(gap / half),
    baseline: utilityOf(gapOf(truth, flat, half) / half),
    n: cells,
    interval: undefined,
    method: text(
      `1 − mean |released − true| / ${half} (half the declared range) over ${cells} cells`,
      `1 − media de |publicado − verdadero| / ${half} (mitad del rango declarado) sobre ${cells} celdas`,
    ),
  });
  return [{ ...utility, about: 'values' }, error];
}

function rangeOf(dataset: LoadedDataset): { half: number; unit: string; name: string } {
  const { parts, columns } = dataset.descriptor;
  const column = columns.find(({ name }) => name === parts.measure);
  if (column?.bounds === undefined) {
    throw infeasible('this dataset has no measured value with a declared range', 'use the utility of totals and cells');
  }
  return { half: (column.bounds[1] - column.bounds[0]) / 2, unit: column.unit ?? column.label.en, name: column.name };
}

function meansOf(release: Release, measure: string): Means {
  if (release.kind === 'answers') {
    const picture = release.pictures.find((one) => one.view === 'counts' && one.id === 'mean');
    if (picture?.view !== 'counts') {
      throw infeasible('no mean was asked for in these answers', 'let the budget reach the measured value');
    }
    const released = picture.released.map((value, i) => (picture.suppressed?.[i] === 1 ? Number.NaN : value));
    return { truth: picture.truth, released };
  }
  if (release.kind !== 'table') throw infeasible(`a ${release.kind} release has no values`, 'choose another metric');
  const truth = tableMeans(release.dataset.table, release.dataset, measure);
  return { truth, released: tableMeans(intact(release), release.dataset, measure) };
}

function intact(release: TableRelease): Table {
  const { place, time } = release.dataset.descriptor.parts;
  for (const name of [place, time]) {
    if (name !== undefined && own(release.generalized, name) !== undefined) {
      throw infeasible(
        `column ${name} was made coarser, so its cells are no longer single hours and places`,
        'use the utility of totals and cells',
      );
    }
  }
  return release.table;
}

/** Mean of the measure per place x hour; NaN where there is no reading. */
function tableMeans(table: Table, dataset: LoadedDataset, measure: string): Float64Array {
  const { parts } = dataset.descriptor;
  const column = (name: string | undefined) => table.columns.find((one) => one.name === name);
  const place = column(parts.place);
  const time = column(parts.time);
  const value = column(measure);
  if (
    place === undefined ||
    time?.kind !== 'time' ||
    value === undefined ||
    value.kind === 'category' ||
    value.kind === 'time'
  ) {
    throw infeasible(
      'the place, the time or the value is no longer in the table as it was',
      'use the utility of totals and cells',
    );
  }
  const axes = [placeAxis(place, text(place.name), dataset.places), hourAxis(time)];
  const size = (axes[0]?.levels.length ?? 0) * 24;
  const cells = cellsOf(axes, table.rows);
  const sums = new Float64Array(size);
  const counts = new Float64Array(size);
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i] as number;
    const reading = value.values[i] as number;
    if (cell < 0 || reading !== reading || !isValid(value, i)) continue;
    sums[cell] = (sums[cell] as number) + reading;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return sums.map((sum, cell) => sum / (counts[cell] as number));
}

/** Mean absolute gap over cells with a true value; a missing released value is off by `missing`. */
function gapOf(truth: Float64Array, released: Float64Array, missing: number): number {
  let sum = 0;
  let n = 0;
  for (let i = 0; i < truth.length; i += 1) {
    const t = truth[i] as number;
    if (!Number.isFinite(t)) continue;
    const gap = Math.abs((released[i] as number) - t);
    sum += Number.isFinite(gap) ? gap : missing;
    n += 1;
  }
  if (n === 0) throw infeasible('no cell has a reading', 'choose data with measured values');
  return sum / n;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    n += 1;
  }
  return n === 0 ? 0 : sum / n;
}
