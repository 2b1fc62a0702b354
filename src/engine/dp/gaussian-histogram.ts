import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import type { LossLaw } from '../kit/loss-law.ts';
import type { Loss } from '../kit/loss.ts';
import { number, type Params } from '../kit/params.ts';
import { exp, log } from '../kit/portable-math.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique, type PreviewBank } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { fillNormal } from '../rng/samplers.ts';
import { splitExactly } from './allocate.ts';
import {
  allocationOf,
  answerOf,
  baseOf,
  claimOf,
  eventOf,
  meanPicture,
  notesOf,
  pictureOf,
  type Plan,
  planOf,
  sensitivityOf,
  sensitivitySteps,
} from './answers.ts';
import { promiseNotes } from './contribution.ts';
import { analyticSigma, logDeltaOfMu } from './gaussian.ts';
import { descriptor as laplaceHistogram } from './laplace-histogram.ts';
import type { Noise } from './noise.ts';
import type { Query } from './queries.ts';
import { hiddenUnit } from './unit.ts';

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
      'A seeded run is a simulation with floating-point noise; a release meant to be used draws exact whole-number noise.',
      'Una ejecución con semilla es una simulación con ruido en coma flotante; una publicación destinada a usarse emplea ruido entero exacto.',
    ),
    text(
      'The interval of a mean covers the noise only: cutting counts at zero pulls means of places with few rows towards the middle of the declared range.',
      'El intervalo de una media solo cubre el ruido: cortar los recuentos en cero arrastra las medias de lugares con pocas filas hacia el centro del rango declarado.',
    ),
    text(
      'What is hidden is one row (say, one trip), unless rows are bounded per person or vehicle. Someone with a hundred trips is protected a hundred times less.',
      'Lo que se oculta es una fila (por ejemplo, un viaje), salvo que se limiten las filas por persona o vehículo. Quien hace cien viajes queda cien veces menos protegido.',
    ),
    text(
      'The 30 / 50 / 20 split of the digital-twin paper gives low-sensitivity data the smallest ε, so the strongest noise: the reverse of its stated aim.',
      'El reparto 30 / 50 / 20 del artículo de gemelos digitales da a los datos poco sensibles el ε más pequeño, es decir, el ruido más fuerte: lo contrario de lo que se propone.',
    ),
    text(
      'A seeded run is a simulation, not a private release: who knows the seed can take the noise away. Floating-point noise can betray the answer by its last bits; use the exact noise for a release.',
      'Una ejecución con semilla es una simulación, no una publicación privada: quien conoce la semilla puede quitar el ruido. El ruido en coma flotante puede delatar la respuesta por sus últimos bits; para publicar, use el ruido exacto.',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: count before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: cuente antes de ese paso.',
    ),
    text(
      'Cutting at zero makes small cells too large on average. Labels of category columns count as public.',
      'Recortar en cero hace que las celdas pequeñas salgan, en promedio, demasiado grandes. Las etiquetas de las columnas de categorías se consideran públicas.',
    ),
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
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Noise of one question: its law, what the ledger calls it, and a fresh draw of it. */
interface QuestionNoise {
  readonly law: LossLaw;
  readonly mechanism: string;
  draw(rng: Rng, size: number): Noise;
}

/**
 * As the Laplace histogram, with epsilon and delta both divided among the questions by the same rule. From the cryptographic source the
 * noise is the discrete Gaussian, exact to the last bit; from a seed it is floating point.
 */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const losses = lossesOf(plan, params);
  const noiseFor = ctx.rng.path === 'secure' ? await exactly() : floating;
  const answers: AnswerSet[] = [];
  const pictures: CountsPicture[] = [];
  const events: PrivacyEvent[] = [];
  for (let i = 0; i < plan.queries.length; i += 1) {
    const query = plan.queries[i] as Query;
    const loss = losses[i] as Loss;
    const rows = plan.bounded === undefined ? 1 : params.contributionBound;
    const { law, mechanism, draw } = noiseFor(loss, sensitivitySteps(query, plan, params), rows);
    const answer = answerOf(query, draw(ctx.rng.fork(query.id), query.size), plan, params);
    answers.push(answer);
    events.push(eventOf(answer, query, loss, plan, mechanism, law));
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
    notes: [...notesOf(plan, params, answers), ...promiseNotes(plan.input, params.protects, params.delta)],
  };
  return release;
}

/** All rows of one person may fall into one cell: the l2 sensitivity is then the l1 sensitivity. */
function floating({ epsilon, delta }: Loss, steps: number): QuestionNoise {
  const sigma = analyticSigma(epsilon, delta, steps);
  return {
    law: { kind: 'gaussian', mu: steps / sigma },
    mechanism: 'analytic Gaussian',
    draw: (rng, size) => noiseOf(rng, size, sigma),
  };
}

/** Loaded for a release meant to be used: the first map does without. */
async function exactly(): Promise<(loss: Loss, steps: number, cells: number) => QuestionNoise> {
  const [{ calibrateDiscrete }, { halfWidthAt }] = await Promise.all([
    import('./mechanisms/discrete-gaussian.ts'),
    import('./mechanism.ts'),
  ]);
  return (loss, steps, cells) => {
    const { figures, release } = calibrateDiscrete(loss, { l1: steps, l2: steps, linf: steps, cells });
    const halfWidth95 = halfWidthAt(figures, 0.95);
    return {
      law: figures.law,
      mechanism: 'discrete Gaussian',
      draw: (rng, size) => {
        const draws = new Float64Array(size);
        release(rng, draws, draws);
        return { draws, scale: Math.sqrt(figures.variance), halfWidth95 };
      },
    };
  };
}

function noiseOf(rng: Rng, size: number, sigma: number): Noise {
  return {
    draws: fillNormal(rng, new Float64Array(size), sigma),
    scale: sigma,
    halfWidth95: 1.959963984540054 * sigma,
  };
}

/** Points of the curve of noise over epsilon, over the slider's whole range. */
const POINTS = 33;

/**
 * As the Laplace histogram's, with the standard deviation read off a curve: analytic noise does not fall as 1 / epsilon. Sums follow the
 * counts in the ratio they have at this epsilon.
 */
export async function preview(input: Release, params: P, ctx: Ctx, draws: number): Promise<PreviewBank> {
  const plan = await planOf(input, params, ctx);
  const query = plan.queries[0] as Query;
  const share = (plan.epsilons[0] as number) / params.epsilon;
  const { delta } = lossesOf(plan, params)[0] as Loss;
  const { min, max } = descriptor.params.epsilon;
  const sigmaAt = (epsilon: number): number =>
    analyticSigma(epsilon * share, delta, sensitivityOf(query, plan, params));
  const at = Float64Array.from({ length: POINTS }, (_, i) => min * exp((i / (POINTS - 1)) * log(max / min)));
  const sigma = sigmaAt(params.epsilon);
  const picture = pictureOf(
    answerOf(query, noiseOf(ctx.rng.fork(query.id), query.size, sigma), plan, params),
    'gaussian',
  );
  const unitNoise = fillNormal(ctx.rng.fork('preview'), new Float32Array(draws * query.size));
  await ctx.checkpoint(1);
  return {
    picture,
    ...(plan.bounded === undefined ? {} : { base: baseOf(query, plan) }),
    param: 'epsilon',
    factor: sigma * params.epsilon,
    curve: { at, scale: at.map(sigmaAt) },
    unitNoise,
    draws,
    unitHalfWidth95: 1.959963984540054,
    rounded: params.round && query.sum === undefined,
    nonNegative: params.nonNegative && query.sum === undefined,
    ...sumsBank(plan, params, ctx, draws),
  };
}

/** Sums of the measured value over the same cells, where the first question counts them. */
function sumsBank(plan: Plan, params: P, ctx: Ctx, draws: number): Pick<PreviewBank, 'sums'> {
  const at = plan.queries.findIndex((query) => query.sum !== undefined);
  const query = plan.queries[at];
  if (query === undefined || plan.queries[0]?.id !== 'location') return {};
  const { epsilon, delta } = lossesOf(plan, params)[at] as Loss;
  const own = analyticSigma(epsilon, delta, sensitivitySteps(query, plan, params));
  const answer = answerOf(query, noiseOf(ctx.rng.fork(query.id), query.size, own), plan, params);
  return {
    sums: {
      picture: pictureOf(answer, 'gaussian'),
      base: baseOf(query, plan),
      factor: params.epsilon * answer.scale,
      unitNoise: fillNormal(ctx.rng.fork('preview-sums'), new Float32Array(draws * query.size)),
    },
  };
}

/** Tiny neighbouring tables asked the same questions, with noise drawn the same way. */
export async function audit(asked: P, ctx: Ctx): Promise<Audited> {
  const { AUDITED_GRID, auditHistogram } = await import('./histogram-audit.ts');
  const params: P = { ...asked, ...AUDITED_GRID };
  const sigmas = new Map<Plan, Float64Array>();
  return auditHistogram({
    params,
    claim: { epsilon: params.epsilon, delta: params.delta },
    profileOf: (plan) => profileOf(plan, params),
    planOf: (rows) => planOf(rows, params, ctx),
    noiseOf: (plan, i, rng) => {
      let own = sigmas.get(plan);
      if (own === undefined) sigmas.set(plan, (own = sigmasOf(plan, params)));
      return noiseOf(rng, (plan.queries[i] as Query).size, own[i] as number);
    },
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
