import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { integer, type Params } from '../kit/params.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswersRelease, Release, TableRelease } from '../kit/release.ts';
import { defineTechnique, type PreviewBank } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { isRange } from '../kit/mean.ts';
import type { Axis } from './axes.ts';
import { projectNonNegative, roundTogether } from './consistency.ts';
import { gridOf, keyColumns, keysOf, MOST_CELLS } from './keys.ts';
import { APPROXIMATE } from './mechanisms/names.ts';
import { descriptor as noisyStatistics } from './noisy-statistics.ts';
import { type Answered, answer, answeringOf, truthOf } from './statistics-answers.ts';
import { auditOf } from './statistics-audit.ts';
import { planOfAsked, type StatisticParams, type StatisticPlan } from './statistics-plan.ts';
import { previewOf } from './statistics-preview.ts';
import { releaseOf } from './statistics-release.ts';
import { hiddenUnit } from './unit.ts';

const shared = noisyStatistics.params;

export const descriptor = defineTechnique({
  id: 'contingency-table',
  version: 1,
  family: 'dp',
  label: text('Contingency table', 'Tabla de contingencia'),
  summary: text(
    'Counts of every combination of two to four columns, with noise added once. Totals by column are then sums of the same cells: they agree with each other, and no cell is negative.',
    'Conteos de cada combinación de dos a cuatro columnas, con ruido añadido una sola vez. Los totales por columna son sumas de esas mismas celdas: concuerdan entre sí y ninguna celda es negativa.',
  ),
  citations: [
    {
      authors: 'Barak, Chaudhuri, Dwork, Kale, McSherry, Talwar',
      year: 2007,
      title: 'Privacy, accuracy, and consistency too: a holistic solution to contingency table release',
      where: 'PODS',
      doi: '10.1145/1265530.1265569',
    },
    {
      authors: 'Hay, Rastogi, Miklau, Suciu',
      year: 2010,
      title: 'Boosting the accuracy of differentially private histograms through consistency',
      where: 'VLDB',
      doi: '10.14778/1920841.1920970',
    },
  ],
  limits: [
    text(
      'Noise is the same in every cell, so a table of many nearly empty cells is mostly noise: choose fewer columns or wider bands.',
      'El ruido es igual en cada celda, así que una tabla con muchas celdas casi vacías es sobre todo ruido: elija menos columnas o intervalos más anchos.',
    ),
    text(
      'Making cells non-negative takes the same amount off all of them: the total stays unbiased, small cells do not.',
      'Evitar negativos quita lo mismo a todas las celdas: el total sigue sin sesgo, las celdas pequeñas no.',
    ),
    text(
      'A seeded run is a simulation, not a private release: who knows the seed can take the noise away. Floating-point noise can betray the answer by its last bits; use the exact noise for a release.',
      'Una ejecución con semilla es una simulación, no una publicación privada: quien conoce la semilla puede quitar el ruido. El ruido en coma flotante puede delatar la respuesta por sus últimos bits; para publicar, use el ruido exacto.',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: count before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: cuente antes de ese paso.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    by: {
      ...keyColumns(4),
      help: text(
        'Two to four columns. None chosen: two are proposed.',
        'De dos a cuatro columnas. Sin elegir: se proponen dos.',
      ),
    },
    bands: integer({
      label: text('Bands of a number', 'Intervalos de un número'),
      help: text(
        'Equal bands over the declared range of each numeric column.',
        'Intervalos iguales sobre el rango declarado de cada columna numérica.',
      ),
      min: 2,
      max: 100,
      default: 8,
      scale: 'log',
    }),
    mechanism: shared.mechanism,
    epsilon: shared.epsilon,
    delta: shared.delta,
    protects: shared.protects,
    rowsPerCell: shared.rowsPerCell,
    cellsPerUnit: shared.cellsPerUnit,
    neighbours: shared.neighbours,
    noise: shared.noise,
  },
  stage: 'curator',
  dimensions: { serves: ['query', 'identity'] },
  view: 'counts',
  accepts: ['table'],
  produces: 'answers',
  randomized: true,
  guarantee: (params, unit): Guarantee => ({
    kind: 'dp',
    epsilon: params.epsilon,
    delta: APPROXIMATE.has(params.mechanism) ? params.delta : 0,
    neighbours: params.neighbours,
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

const isExact = (params: P, ctx: Ctx): boolean => params.noise === 'exact' || ctx.rng.path === 'secure';

/** A table of counts is a count by those columns, finished as a whole. */
const asStatistic = ({ bands: _bands, ...params }: P): StatisticParams => ({
  ...params,
  statistic: 'count',
  value: '',
  grouping: 'columns',
  round: false,
  nonNegative: false,
  consistent: false,
});

async function planOf(input: Release, params: P, ctx: Ctx): Promise<StatisticPlan> {
  if (input.kind !== 'table') throw unsupported('counts need a table', 'put this step where rows are still rows');
  await ctx.checkpoint(0.05);
  const options = { bands: params.bands, most: MOST_CELLS };
  const names = params.by.length > 0 ? params.by : proposed(input, params.bands);
  const grid = gridOf(keysOf(input, names, options), input.table.rows);
  await ctx.checkpoint(0.3);
  const plan = planOfAsked(input, { ...asStatistic(params), by: names }, { grid }, ctx.rng.fork('bound'));
  await ctx.checkpoint(0.5);
  return plan;
}

/** The first two columns with a handful of declared levels, by declaration alone; place and hour where there are none. */
function proposed({ dataset, table }: TableRelease, bands: number): readonly string[] {
  const { columns, parts } = dataset.descriptor;
  const fits = (name: string): boolean => {
    const column = table.columns.find((one) => one.name === name);
    return column?.kind === 'category'
      ? column.levels.length >= 2 && column.levels.length <= 10 * bands
      : column !== undefined;
  };
  const isClock = (name: string): boolean => table.columns.find((one) => one.name === name)?.kind === 'time';
  const isFirstClock = (name: string, all: readonly string[]): boolean => !isClock(name) || all.find(isClock) === name;
  const names = columns
    .filter(
      ({ name, role, type, bounds }) =>
        role !== 'identifier' && name !== parts.entity && (type === 'category' || isRange(bounds)),
    )
    .map(({ name }) => name)
    // Two clocks of one row say much the same.
    .filter(
      (name, _, all) => name !== parts.place && name !== parts.destination && fits(name) && isFirstClock(name, all),
    );
  return names.length >= 2 ? names.slice(0, 2) : [];
}

/** Cells that are whole, not negative, and add up to the noisy sum. Overwrites and returns them. */
function finished(cells: Float64Array): Float64Array {
  const total = cells.reduce((sum, cell) => sum + cell, 0);
  projectNonNegative(cells, Math.round(total));
  roundTogether(cells);
  return cells;
}

const finish = (answered: Answered): Answered => {
  const [cells = new Float64Array()] = answered.parts;
  finished(cells);
  return { parts: [cells], statistic: cells };
};

/** Counts, adds noise once, finishes the table, and shows what it says of each column alone. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const exact = isExact(params, ctx);
  const answering = answeringOf(plan, exact);
  const noisy = answer(plan, answering, exact, (part) => ctx.rng.fork(part.id));
  await ctx.checkpoint(0.7);
  const answered = finish(noisy);
  await ctx.checkpoint(0.85);
  const truth = truthOf(plan);
  const release = releaseOf(plan, answering, answered, truth);
  const margins = plan.grid.axes.length < 2 ? [] : plan.grid.axes.map((_, at) => marginal(plan, at, release));
  await ctx.checkpoint(0.95);
  return { ...release, pictures: [...release.pictures, ...margins] };
}

/** Counts by one column alone: sums of the released cells. */
function marginal(plan: StatisticPlan, at: number, { answers }: AnswersRelease): CountsPicture {
  const { axes } = plan.grid;
  const axis = axes[at] as Axis;
  const [joint] = answers;
  const inner = axes.slice(at + 1).reduce((size, { levels }) => size * levels.length, 1);
  const summed = (cells: ArrayLike<number>): Float64Array => {
    const sums = new Float64Array(axis.levels.length);
    for (let i = 0; i < cells.length; i += 1) {
      const level = Math.floor(i / inner) % sums.length;
      sums[level] = (sums[level] as number) + (cells[i] as number);
    }
    return sums;
  };
  return {
    view: 'counts',
    id: `by-${axis.column}`,
    label: axis.label,
    unit: joint?.unit ?? '',
    dims: [{ column: axis.column, label: axis.label, levels: axis.levels }],
    truth: summed(joint?.truth ?? []),
    released: summed(joint?.released ?? []),
  };
}

/** The cells before they are finished as a whole: cut at zero one by one, which is near enough while a slider moves. */
export async function preview(input: Release, params: P, ctx: Ctx, draws: number): Promise<PreviewBank> {
  const plan = await planOf(input, params, ctx);
  const bank = previewOf(plan, ctx.rng.fork('preview'), draws);
  await ctx.checkpoint(1);
  return { ...bank, rounded: true, nonNegative: true };
}

/** Neighbouring tables counted, noised and finished by the same code. */
export const audit = async (params: P, ctx: Ctx): Promise<Audited> =>
  auditOf({ ...asStatistic(params), by: [] }, isExact(params, ctx), finished);
