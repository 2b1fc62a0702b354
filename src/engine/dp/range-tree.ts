import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, type Params } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import { defineTechnique, type Probe, type Study } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { descriptor as laplaceHistogram } from './laplace-histogram.ts';
import { bestBranching, hierarchyOf } from './ranges/hierarchy.ts';
import { noiseParam, noisePlan } from './ranges/noise-plan.ts';
import { axisParam, bandsParam, orderedAxis } from './ranges/ordered-axis.ts';
import { estimated, rangeAudit, rangeError, type RangePlan, rangeRelease, rangeStudy } from './ranges/range-release.ts';
import { hierarchyStrategy, identityStrategy, type Strategy } from './ranges/strategy.ts';
import { deltaParam, epsilonParam } from './selection/params.ts';
import { subjectOf } from './selection/subject.ts';
import { axisCounts, unitNote } from './time/step-counts.ts';
import { hiddenUnit, protectsParam } from './unit.ts';
import { promiseNotes } from './contribution.ts';

export const descriptor = defineTechnique({
  id: 'range-tree',
  version: 1,
  family: 'dp',
  label: text('Ranges by a tree of counts', 'Rangos con un árbol de conteos'),
  summary: text(
    'Counts along an axis (hours of the week, bands of a fare) for any later question "how many from here to there". A tree of sums is measured and made consistent by least squares, so that long ranges add up little noise.',
    'Conteos a lo largo de un eje (horas de la semana, bandas de una tarifa) para cualquier pregunta posterior «cuántos de aquí a allá». Se mide un árbol de sumas y se hace coherente por mínimos cuadrados, de modo que los rangos largos acumulan poco ruido.',
  ),
  citations: [
    {
      authors: 'Hay, Rastogi, Miklau, Suciu',
      year: 2010,
      title: 'Boosting the accuracy of differentially private histograms through consistency',
      where: 'VLDB',
      doi: '10.14778/1920841.1920970',
    },
    {
      authors: 'Qardaji, Yang, Li',
      year: 2013,
      title: 'Understanding hierarchical methods for differentially private histograms',
      where: 'VLDB',
      doi: '10.14778/2556549.2556576',
    },
  ],
  limits: [
    text(
      'Single cells get worse: the budget is shared with the sums above them. Where only cells are asked for, measure cells alone.',
      'Las celdas sueltas empeoran: el presupuesto se comparte con las sumas de arriba. Si solo se preguntan celdas, mida solo celdas.',
    ),
    text(
      'Cells are not cut at zero: ranges would no longer be right on average.',
      'Las celdas no se recortan en cero: los rangos dejarían de acertar en promedio.',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: count before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: cuente antes de ese paso.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    strategy: choice({
      label: text('What is measured', 'Qué se mide'),
      help: text(
        'A wider tree has fewer levels to share the budget, but longer ranges need more of its nodes.',
        'Un árbol más ancho tiene menos niveles entre los que repartir el presupuesto, pero los rangos largos necesitan más nodos.',
      ),
      options: [
        { value: 'best', label: text('Tree of the best width', 'Árbol de la mejor anchura') },
        { value: 'binary', label: text('Binary tree', 'Árbol binario') },
        { value: 'flat', label: text('Cells alone', 'Solo las celdas') },
      ],
      default: 'best',
    }),
    along: axisParam,
    noise: noiseParam,
    delta: deltaParam,
    protects: protectsParam,
    contributionBound: laplaceHistogram.params.contributionBound,
    bands: bandsParam(1024),
  },
  stage: 'curator',
  dimensions: { serves: ['query', 'footprint'] },
  view: 'counts',
  accepts: ['table'],
  produces: 'answers',
  randomized: true,
  guarantee: (params, unit): Guarantee => ({
    kind: 'dp',
    epsilon: params.epsilon,
    delta: params.noise === 'laplace' ? 0 : params.delta,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

function strategyFor(
  kind: P['strategy'],
  cells: number,
  noise: P['noise'],
): Strategy & { readonly branching?: number } {
  if (kind === 'flat' || cells === 1) return identityStrategy(cells);
  const branching = kind === 'binary' ? 2 : bestBranching(cells, noise === 'laplace' ? 'l1' : 'l2');
  return { ...hierarchyStrategy(hierarchyOf(cells, branching)), branching };
}

interface Plan extends RangePlan {
  readonly branching?: number | undefined;
}

async function planOf(input: Release, params: P, ctx: Ctx): Promise<Plan> {
  const subject = subjectOf(input, params.protects);
  await ctx.checkpoint(0.02);
  const axis = orderedAxis(subject.input, params.along, params.bands);
  await ctx.checkpoint(0.1);
  const counts = await axisCounts(subject, axis, params.contributionBound, ctx);
  const strategy = strategyFor(params.strategy, axis.levels.length, params.noise);
  await ctx.checkpoint(0.5);
  return {
    subject,
    axis,
    counts,
    strategy,
    noise: noisePlan(params, strategy.reach, counts.rows, ctx.rng),
    branching: strategy.branching,
  };
}

/** Measures the tree once; every range is then a sum of consistent cells. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const released = estimated(plan, ctx);
  await ctx.checkpoint(0.7);
  return rangeRelease(plan, released, 'ranges', notesOf(plan, params), ctx);
}

/** Any range of one release, with its exact error. */
export async function study(input: Release, params: P, ctx: Ctx): Promise<Study> {
  const plan = await planOf(input, params, ctx);
  return rangeStudy(plan, estimated(plan, ctx));
}

function notesOf(plan: Plan, params: P): readonly Text[] {
  const { strategy, counts, subject, branching } = plan;
  const flat = identityStrategy(strategy.cells);
  const beside = { ...plan, strategy: flat, noise: noisePlan(params, flat.reach, counts.rows, { path: 'simulation' }) };
  const middle = [strategy.cells >> 2, Math.max((strategy.cells >> 2) + 1, (3 * strategy.cells) >> 2)] as const;
  const of = (which: RangePlan, [start, end]: readonly [number, number]): string =>
    rangeError(which, start, end).deviation.toFixed(1);
  const whole = [0, strategy.cells] as const;
  const one = [0, 1] as const;
  return [
    text(
      `Standard deviation of one cell ${of(plan, one)}, of the middle half ${of(plan, middle)}, of the whole ${of(plan, whole)}; measuring cells alone: ${of(beside, one)}, ${of(beside, middle)}, ${of(beside, whole)}.`,
      `Desviación típica de una celda ${of(plan, one)}, de la mitad central ${of(plan, middle)}, del total ${of(plan, whole)}; midiendo solo celdas: ${of(beside, one)}, ${of(beside, middle)}, ${of(beside, whole)}.`,
    ),
    ...(branching === undefined
      ? []
      : [text(`Every node of the tree has ${branching} children.`, `Cada nodo del árbol tiene ${branching} hijos.`)]),
    unitNote(subject, counts),
    ...promiseNotes(subject.input, params.protects, plan.noise.loss.delta),
  ];
}

/** One range read off the consistent cells. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const plan = await planOf(input, params, ctx);
  return {
    label: text('one tree measured and made consistent', 'un árbol medido y hecho coherente'),
    once: () => {
      estimated(plan, ctx);
    },
  };
}

export async function audit(params: P, ctx: Ctx): Promise<Audited> {
  const strategy = strategyFor(params.strategy, 8, params.noise);
  const rows = params.protects === 'row' ? 1 : params.contributionBound;
  return rangeAudit(strategy, noisePlan(params, strategy.reach, rows, ctx.rng), rows);
}
