import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, type Params } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import { defineTechnique, type Study } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { descriptor as laplaceHistogram } from './laplace-histogram.ts';
import { MOST_CELLS_SOLVED, workloadOf } from './ranges/factorisation.ts';
import { hierarchyOf } from './ranges/hierarchy.ts';
import { noisePlan } from './ranges/noise-plan.ts';
import { axisParam, bandsParam, orderedAxis } from './ranges/ordered-axis.ts';
import { estimated, rangeAudit, type RangePlan, rangeRelease, rangeStudy } from './ranges/range-release.ts';
import {
  hierarchyStrategy,
  identityStrategy,
  optimalStrategy,
  squareRootStrategy,
  type Strategy,
  workloadVariance,
} from './ranges/strategy.ts';
import { deltaParam, epsilonParam } from './selection/params.ts';
import { subjectOf } from './selection/subject.ts';
import { axisCounts, unitNote } from './time/step-counts.ts';
import { hiddenUnit, protectsParam } from './unit.ts';
import { promiseNotes } from './contribution.ts';

export const descriptor = defineTechnique({
  id: 'matrix-workload',
  version: 1,
  family: 'dp',
  label: text('Matrix mechanism', 'Mecanismo matricial'),
  summary: text(
    'For questions known beforehand (all running totals, all ranges, or the total and every cell): finds the combinations of cells to measure so that no other choice answers them with less Gaussian noise, and proves it by a bound from below.',
    'Para preguntas conocidas de antemano (todos los totales acumulados, todos los rangos, o el total y cada celda): encuentra qué combinaciones de celdas medir para que ninguna otra elección las responda con menos ruido gaussiano, y lo prueba con una cota inferior.',
  ),
  citations: [
    {
      authors: 'Li, Hay, Rastogi, Miklau, McGregor',
      year: 2010,
      title: 'Optimizing linear counting queries under differential privacy',
      where: 'PODS',
      doi: '10.1145/1807085.1807104',
    },
    {
      authors: 'Denisov, McMahan, Rush, Smith, Thakurta',
      year: 2022,
      title: 'Improved differential privacy for SGD via optimal private linear operators on adaptive streams',
      where: 'NeurIPS',
    },
  ],
  limits: [
    text(
      'Best on average over the questions, not for each of them; and among strategies with Gaussian noise only.',
      'Es la mejor en promedio sobre las preguntas, no para cada una; y solo entre estrategias con ruido gaussiano.',
    ),
    text(
      'The search costs the cube of the cells: up to 512 of them.',
      'La búsqueda cuesta el cubo del número de celdas: hasta 512.',
    ),
    text(
      'Cells are not cut at zero: ranges would no longer be right on average.',
      'Las celdas no se recortan en cero: los rangos dejarían de acertar en promedio.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    delta: deltaParam,
    workload: choice({
      label: text('Questions', 'Preguntas'),
      help: text(
        'What the release is to answer best, all with the same weight.',
        'Qué debe responder mejor lo publicado, todo con el mismo peso.',
      ),
      options: [
        { value: 'ranges', label: text('All ranges', 'Todos los rangos') },
        { value: 'prefixes', label: text('All running totals', 'Todos los totales acumulados') },
        { value: 'total and cells', label: text('The total and every cell', 'El total y cada celda') },
      ],
      default: 'ranges',
    }),
    strategy: choice({
      label: text('What is measured', 'Qué se mide'),
      help: text(
        'The optimum is searched for; the others are known and for comparison.',
        'El óptimo se busca; las demás son conocidas y sirven de comparación.',
      ),
      options: [
        { value: 'optimal', label: text('The optimum', 'El óptimo') },
        { value: 'square-root', label: text('Square-root factorisation', 'Factorización de raíz cuadrada') },
        { value: 'tree', label: text('Binary tree', 'Árbol binario') },
        { value: 'identity', label: text('Cells alone', 'Solo las celdas') },
      ],
      default: 'optimal',
    }),
    along: axisParam,
    protects: protectsParam,
    contributionBound: laplaceHistogram.params.contributionBound,
    bands: bandsParam(512),
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
    delta: params.delta,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** The search ends when at most this share of the squared error could still be gained: half of it in the error itself. */
const GAP = 1e-5;

interface Found {
  readonly strategy: Strategy;
  readonly proof?: { readonly gap: number; readonly iterations: number };
}

async function strategyFor(params: Pick<P, 'strategy' | 'workload'>, cells: number, ctx: Ctx): Promise<Found> {
  switch (params.strategy) {
    case 'optimal': {
      const { strategy, ...proof } = await optimalStrategy(workloadOf(params.workload, cells), GAP, ctx, 0.2, 0.8);
      return { strategy, proof };
    }
    case 'square-root':
      return { strategy: squareRootStrategy(cells) };
    case 'tree':
      return { strategy: hierarchyStrategy(hierarchyOf(cells, 2)) };
    case 'identity':
      return { strategy: identityStrategy(cells) };
  }
}

async function planOf(input: Release, params: P, ctx: Ctx): Promise<RangePlan & Pick<Found, 'proof'>> {
  const subject = subjectOf(input, params.protects);
  await ctx.checkpoint(0.02);
  const axis = orderedAxis(subject.input, params.along, params.bands);
  if (axis.levels.length > MOST_CELLS_SOLVED) {
    throw infeasible(
      `the optimum is searched for up to ${MOST_CELLS_SOLVED} cells, not ${axis.levels.length}`,
      'choose fewer bands',
    );
  }
  await ctx.checkpoint(0.1);
  const counts = await axisCounts(subject, axis, params.contributionBound, ctx);
  const { strategy, proof } = await strategyFor(params, axis.levels.length, ctx);
  await ctx.checkpoint(0.8);
  const noise = noisePlan({ ...params, noise: 'gaussian' }, strategy.reach, counts.rows, ctx.rng);
  return { subject, axis, counts, strategy, noise, ...(proof === undefined ? {} : { proof }) };
}

/** Measures the strategy once and estimates all cells, which add up to the answers of the workload. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const released = estimated(plan, ctx);
  await ctx.checkpoint(0.85);
  return rangeRelease(plan, released, 'workload', notesOf(plan, params), ctx);
}

/** Any range of one release, with its exact error. */
export async function study(input: Release, params: P, ctx: Ctx): Promise<Study> {
  const plan = await planOf(input, params, ctx);
  return rangeStudy(plan, estimated(plan, ctx));
}

function notesOf(plan: RangePlan & Pick<Found, 'proof'>, params: P): readonly Text[] {
  const { strategy, counts, subject, proof } = plan;
  const workload = { id: params.workload, n: strategy.cells };
  const error = (other: Strategy): string => {
    const { figures } = noisePlan({ ...params, noise: 'gaussian' }, other.reach, counts.rows, { path: 'simulation' });
    return Math.sqrt(figures.variance * workloadVariance(workload, other)).toFixed(2);
  };
  const [here, tree, root, cells] = [
    strategy,
    hierarchyStrategy(hierarchyOf(strategy.cells, 2)),
    squareRootStrategy(strategy.cells),
    identityStrategy(strategy.cells),
  ].map(error);
  return [
    text(
      `Typical error of an answer (root mean square over the questions, exact): ${here}; binary tree ${tree}, square root ${root}, cells alone ${cells}.`,
      `Error típico de una respuesta (media cuadrática sobre las preguntas, exacto): ${here}; árbol binario ${tree}, raíz cuadrada ${root}, solo celdas ${cells}.`,
    ),
    ...(proof === undefined
      ? []
      : [
          text(
            `Proven after ${proof.iterations} rounds: no strategy has an error smaller by more than ${(50 * proof.gap).toPrecision(2)} %.`,
            `Probado tras ${proof.iterations} rondas: ninguna estrategia tiene un error menor en más de un ${(50 * proof.gap).toPrecision(2)} %.`,
          ),
        ]),
    unitNote(subject, counts),
    ...promiseNotes(subject.input, params.protects, plan.noise.loss.delta),
  ];
}

export async function audit(params: P, ctx: Ctx): Promise<Audited> {
  const { strategy } = await strategyFor(params, 8, ctx);
  const rows = params.protects === 'row' ? 1 : params.contributionBound;
  return rangeAudit(strategy, noisePlan({ ...params, noise: 'gaussian' }, strategy.reach, rows, ctx.rng), rows);
}
