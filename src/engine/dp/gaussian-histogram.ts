import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import type { Loss } from '../kit/loss.ts';
import { number, type Params } from '../kit/params.ts';
import { exp } from '../kit/portable-math.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { fillNormal } from '../rng/samplers.ts';
import { splitExactly } from './allocate.ts';
import {
  allocationOf,
  answerOf,
  claimOf,
  eventOf,
  meanPicture,
  notesOf,
  pictureOf,
  type Plan,
  planOf,
  sensitivitySteps,
} from './answers.ts';
import { analyticSigma, logDeltaOfMu } from './gaussian.ts';
import { descriptor as laplaceHistogram } from './laplace-histogram.ts';
import type { Noise } from './noise.ts';
import type { Query } from './queries.ts';

const shared = laplaceHistogram.params;

export const descriptor = defineTechnique({
  id: 'gaussian-histogram',
  version: 1,
  family: 'dp',
  label: text('Noisy counts (Gaussian)', 'Conteos con ruido (gaussiano)'),
  summary: text(
    'The same counts with Gaussian noise, as small as the exact formula allows. The guarantee may fail with the small probability δ.',
    'Los mismos conteos con ruido gaussiano, tan pequeño como permite la fórmula exacta. La garantía puede fallar con la pequeña probabilidad δ.',
  ),
  citations: [
    {
      authors: 'Balle, Wang',
      year: 2018,
      title: 'Improving the Gaussian mechanism for differential privacy: analytical calibration and optimal denoising',
      where: 'ICML',
    },
  ],
  limits: [
    text(
      'For one row in one cell, Laplace noise is usually smaller; Gaussian noise pays off when one person touches many cells.',
      'Para una fila en una celda, el ruido de Laplace suele ser menor; el gaussiano compensa cuando una persona toca muchas celdas.',
    ),
    text(
      'The noise is floating point, for simulation: your own file cannot be exported with it.',
      'El ruido es de coma flotante, para simular: no se puede exportar con él su propio archivo.',
    ),
    ...laplaceHistogram.limits,
  ],
  vetting: 'verified',
  params: {
    epsilon: shared.epsilon,
    delta: number({
      label: text('Chance of failure', 'Probabilidad de fallo'),
      symbol: 'δ',
      help: text(
        'How likely the promise may fail; keep it far below one over the number of rows.',
        'Con qué probabilidad puede fallar la promesa; manténgala muy por debajo de uno entre el número de filas.',
      ),
      min: 1e-12,
      max: 0.01,
      default: 0.00001,
      scale: 'log',
      warnAbove: 0.0001,
    }),
    allocation: shared.allocation,
    hours: shared.hours,
    protects: shared.protects,
    contributionBound: shared.contributionBound,
    round: shared.round,
    nonNegative: shared.nonNegative,
  },
  stage: 'curator',
  dimensions: { serves: ['query', 'location', 'footprint'] },
  view: 'counts',
  accepts: ['table'],
  produces: 'answers',
  randomized: true,
  guarantee: (params, unit): Guarantee => ({
    kind: 'dp',
    epsilon: params.epsilon,
    delta: params.delta,
    neighbours: 'add-remove',
    unit: params.protects === 'entity' ? unit : 'row',
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/**
 * As the Laplace histogram, with epsilon and delta both divided among the questions by the same rule.
 * @throws unsupported for a release meant to be used: its noise has to be exact, and this is floating point.
 */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  if (ctx.rng.path === 'secure') {
    throw unsupported(
      'Gaussian noise is drawn in floating point, whose last bits can betray the counts: it is for simulation only',
      'export noisy counts (Laplace), whose noise is exact',
    );
  }
  const plan = await planOf(input, params, ctx);
  const losses = lossesOf(plan, params);
  const sigmas = sigmasOf(plan, params);
  const answers: AnswerSet[] = [];
  const pictures: CountsPicture[] = [];
  const events: PrivacyEvent[] = [];
  for (let i = 0; i < plan.queries.length; i += 1) {
    const query = plan.queries[i] as Query;
    const loss = losses[i] as Loss;
    // All rows of one person may fall into one cell: the l2 sensitivity is then the l1 sensitivity.
    const mu = sensitivitySteps(query, plan, params) / (sigmas[i] as number);
    const noise = noiseOf(ctx.rng.fork(query.id), query, sigmas[i] as number);
    const answer = answerOf(query, noise, plan, params);
    answers.push(answer);
    events.push(eventOf(answer, query, loss, plan, 'analytic Gaussian', { kind: 'gaussian', mu }));
    pictures.push(pictureOf(answer, 'gaussian'));
    await ctx.checkpoint(0.4 + (0.6 * (i + 1)) / plan.queries.length);
  }
  const mean = meanPicture(plan, answers);
  const release: AnswersRelease = {
    kind: 'answers',
    dataset: plan.input.dataset,
    guarantee: claimOf(plan, { epsilon: params.epsilon, delta: params.delta }),
    events: [...plan.input.events, ...events],
    answers,
    pictures: [...pictures, ...(mean === undefined ? [] : [mean]), allocationOf(answers, plan, params.epsilon)],
    notes: [...notesOf(plan, params, answers), ...warnings(params.delta, plan.input.table.rows)],
  };
  return release;
}

function noiseOf(rng: Rng, { size }: Query, sigma: number): Noise {
  return {
    draws: fillNormal(rng, new Float64Array(size), sigma),
    scale: sigma,
    halfWidth95: 1.959963984540054 * sigma,
  };
}

/** Tiny neighbouring tables asked the same questions, with noise drawn the same way. */
export async function audit(asked: P, ctx: Ctx): Promise<Audited> {
  const [{ AUDITED_GRID, auditHistogram }, { tinyTable }] = await Promise.all([
    import('./histogram-audit.ts'),
    import('./neighbour-tables.ts'),
  ]);
  const params: P = { ...asked, ...AUDITED_GRID };
  const sigmas = new Map<Plan, Float64Array>();
  return auditHistogram({
    params,
    claim: { epsilon: params.epsilon, delta: params.delta },
    profile: profileOf(await planOf(tinyTable([]), params, ctx), params),
    planOf: async (rows) => {
      const plan = await planOf(rows, params, ctx);
      sigmas.set(plan, sigmasOf(plan, params));
      return plan;
    },
    noiseOf: (plan, i, rng) => noiseOf(rng, plan.queries[i] as Query, sigmas.get(plan)?.[i] as number),
  });
}

/** Delta over epsilon of all questions together: Gaussian losses add up in squares. */
function profileOf(plan: Plan, params: P): (epsilon: number) => number {
  const sigmas = sigmasOf(plan, params);
  const squares = plan.queries.reduce((sum, query, i) => {
    const mu = sensitivitySteps(query, plan, params) / (sigmas[i] as number);
    return sum + mu * mu;
  }, 0);
  return (epsilon) => exp(logDeltaOfMu(Math.sqrt(squares), epsilon));
}

/** Noise of every question, from its share of epsilon and delta. */
function sigmasOf(plan: Plan, params: P): Float64Array {
  return Float64Array.from(lossesOf(plan, params), ({ epsilon, delta }, i) =>
    analyticSigma(epsilon, delta, sensitivitySteps(plan.queries[i] as Query, plan, params)),
  );
}

/** Epsilon and delta of every question, both divided by the same rule. */
function lossesOf(plan: Plan, params: P): readonly Loss[] {
  const deltas = splitExactly(params.delta, [...plan.epsilons]);
  return Array.from(plan.epsilons, (epsilon, i) => ({ epsilon, delta: deltas[i] as number }));
}

/** A delta of one over the rows or more permits publishing somebody outright. */
function warnings(delta: number, rows: number): readonly Text[] {
  if (!(delta * rows >= 1)) return [];
  return [
    text(
      `δ = ${delta} is not below 1 / ${rows}: a method that publishes a random row in the clear would satisfy it. Choose a smaller δ.`,
      `δ = ${delta} no es menor que 1 / ${rows}: lo cumpliría un método que publicara una fila al azar. Elija un δ menor.`,
    ),
  ];
}
