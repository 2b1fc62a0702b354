import type { Ctx } from '../kit/context.ts';
import type { Audited } from '../kit/audit.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import type { LossLaw } from '../kit/loss-law.ts';
import { choice, flag, integer, number, type Params } from '../kit/params.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique, type PreviewBank, type Probe } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { fillLaplace, laplace } from '../rng/samplers.ts';
import { discreteLaplace, rationalScale } from '../rng/samplers-exact.ts';
import {
  allocationOf,
  answerOf,
  baseOf,
  claimOf,
  eventOf,
  meanPicture,
  notesOf,
  pictureOf,
  planOf,
  type Plan,
  sensitivityOf,
  sensitivitySteps,
} from './answers.ts';
import { promiseNotes } from './contribution.ts';
import { drawNoise, laplaceAccuracy, type Noise, noiseKindFor } from './noise.ts';
import type { Query } from './queries.ts';
import { hiddenUnit, protectsParam } from './unit.ts';

export const descriptor = defineTechnique({
  id: 'laplace-histogram',
  version: 1,
  family: 'dp',
  label: text('Noisy counts (Laplace)', 'Conteos con ruido (Laplace)'),
  summary: text(
    'A trusted curator counts the rows in every cell of a grid of places and hours, and adds Laplace noise just large enough to hide any one of them. The budget ε is divided between location, behaviour and environment.',
    'Un custodio de confianza cuenta las filas de cada celda de una cuadrícula de lugares y horas, y añade el ruido de Laplace justo para ocultar cualquiera de ellas. El presupuesto ε se reparte entre localización, comportamiento y entorno.',
  ),
  citations: [
    {
      authors: 'Dwork, McSherry, Nissim, Smith',
      year: 2006,
      title: 'Calibrating noise to sensitivity in private data analysis',
      where: 'TCC',
      doi: '10.1007/11681878_14',
    },
    {
      authors: 'Canonne, Kamath, Steinke',
      year: 2020,
      title: 'The discrete Gaussian for differential privacy',
      where: 'NeurIPS',
    },
    {
      authors: 'Mironov',
      year: 2012,
      title: 'On significance of the least significant bits for differential privacy',
      where: 'CCS',
    },
  ],
  limits: [
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
    epsilon: number({
      label: text('Privacy budget', 'Presupuesto de privacidad'),
      symbol: 'ε',
      help: text(
        'How much one row may change the odds of any answer: at most by the factor e^ε, over all answers together.',
        'Cuánto puede cambiar una fila la probabilidad de cualquier respuesta: como mucho por el factor e^ε, sumando todas las respuestas.',
      ),
      min: 0.01,
      max: 20,
      default: 1,
      scale: 'log',
      stops: [0.1, 0.5, 1, 2.1, 5, 10],
      warnAbove: 10,
      ends: [text('stronger privacy', 'más privacidad'), text('better accuracy', 'más exactitud')],
    }),
    allocation: choice({
      label: text('Division of the budget', 'Reparto del presupuesto'),
      help: text(
        'How ε is divided between location (place × hour), behaviour and environment.',
        'Cómo se reparte ε entre localización (lugar × hora), comportamiento y entorno.',
      ),
      options: [
        {
          value: '30-50-20',
          label: text('30 / 50 / 20 (digital-twin paper)', '30 / 50 / 20 (artículo de gemelos digitales)'),
        },
        { value: 'equal', label: text('Equal', 'A partes iguales') },
        { value: 'location only', label: text('All on location', 'Todo para la localización') },
        {
          value: 'values',
          label: text(
            'Half on places, half on measured values',
            'La mitad para los lugares, la mitad para los valores medidos',
          ),
        },
      ],
      default: '30-50-20',
    }),
    hours: choice({
      label: text('Hours in one cell', 'Horas en una celda'),
      help: text(
        'Longer cells hold more rows under the same noise, and adding up fewer of them adds up less noise.',
        'Las celdas más largas reúnen más filas con el mismo ruido, y sumar menos celdas suma menos ruido.',
      ),
      options: [
        { value: 'each hour', label: text('Each hour', 'Cada hora') },
        { value: 'four hours', label: text('Four hours', 'Cuatro horas') },
        { value: 'whole day', label: text('The whole day', 'El día entero') },
      ],
      default: 'each hour',
    }),
    protects: protectsParam,
    contributionBound: integer({
      label: text('Rows kept per person', 'Filas por persona'),
      help: text(
        'When a person is hidden: rows beyond this many are left out, and noise grows with it.',
        'Cuando se oculta a una persona: las filas que pasen de este número se dejan fuera, y el ruido crece con él.',
      ),
      min: 1,
      max: 1000,
      default: 10,
      scale: 'log',
      advanced: true,
    }),
    noise: choice({
      label: text('Noise', 'Ruido'),
      help: text(
        'Fast floating-point noise is for simulation. Exact integer noise has precisely the stated law; an export of your own file always uses it.',
        'El ruido rápido en coma flotante es para simular. El ruido entero exacto sigue con precisión la ley indicada; al exportar su propio archivo se usa siempre.',
      ),
      options: [
        { value: 'laplace', label: text('Laplace (simulation)', 'Laplace (simulación)') },
        { value: 'discrete', label: text('Discrete Laplace (exact)', 'Laplace discreta (exacta)') },
      ],
      default: 'laplace',
      advanced: true,
    }),
    round: flag({
      label: text('Round counts', 'Redondear conteos'),
      help: text('Release whole numbers. Costs no privacy.', 'Publicar números enteros. No cuesta privacidad.'),
      default: true,
      advanced: true,
    }),
    nonNegative: flag({
      label: text('No negative counts', 'Sin conteos negativos'),
      help: text(
        'Cut at zero. Costs no privacy, but biases small cells upward.',
        'Recortar en cero. No cuesta privacidad, pero sesga al alza las celdas pequeñas.',
      ),
      default: true,
      advanced: true,
    }),
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
    delta: 0,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Asks all questions of the table and answers each with its share of the budget. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const mechanism = noiseKindFor(params.noise, ctx.rng) === 'discrete' ? 'discrete Laplace' : 'Laplace';
  const answers: AnswerSet[] = [];
  const pictures: CountsPicture[] = [];
  const events: PrivacyEvent[] = [];
  for (let i = 0; i < plan.queries.length; i += 1) {
    const query = plan.queries[i] as Query;
    const epsilon = plan.epsilons[i] as number;
    const noise = noiseFor(query, epsilon, plan, params, ctx);
    const answer = answerOf(query, noise, plan, params);
    answers.push(answer);
    const law: LossLaw =
      mechanism === 'Laplace'
        ? { kind: 'laplace', epsilon }
        : { kind: 'discrete-laplace', scale: noise.scale, sensitivity: sensitivitySteps(query, plan, params) };
    events.push(eventOf(answer, query, { epsilon, delta: 0 }, plan, mechanism, law));
    pictures.push(pictureOf(answer));
    await ctx.checkpoint(0.4 + (0.6 * (i + 1)) / plan.queries.length);
  }
  const mean = meanPicture(plan, answers);
  const release: AnswersRelease = {
    kind: 'answers',
    dataset: plan.input.dataset,
    guarantee: claimOf(plan, { epsilon: params.epsilon, delta: 0 }),
    events: [...plan.input.events, ...events],
    answers,
    pictures: [...pictures, ...(mean === undefined ? [] : [mean]), allocationOf(answers, plan, params.epsilon)],
    notes: [...notesOf(plan, params, answers), ...promiseNotes(plan.input, params.protects)],
  };
  return release;
}

const noiseFor = (query: Query, epsilon: number, plan: Plan, params: P, ctx: Ctx): Noise =>
  drawNoise(
    ctx.rng.fork(query.id),
    noiseKindFor(params.noise, ctx.rng),
    query.size,
    sensitivitySteps(query, plan, params),
    epsilon,
  );

/**
 * Truth of the first question (place x hour of day) and unit Laplace noise, for the slider: noise of a cell is
 * factor / epsilon * unit noise, with factor = sensitivity / the question's share of the budget.
 */
export async function preview(input: Release, params: P, ctx: Ctx, draws: number): Promise<PreviewBank> {
  const plan = await planOf(input, params, ctx);
  const query = plan.queries[0] as Query;
  const factor = (sensitivityOf(query, plan, params) * params.epsilon) / (plan.epsilons[0] as number);
  const answer = answerOf(query, noiseFor(query, plan.epsilons[0] as number, plan, params, ctx), plan, params);
  const unitNoise = fillLaplace(ctx.rng.fork('preview'), new Float32Array(draws * query.size));
  await ctx.checkpoint(1);
  return {
    picture: pictureOf(answer),
    ...(plan.bounded === undefined ? {} : { base: baseOf(query, plan) }),
    param: 'epsilon',
    factor,
    unitNoise,
    draws,
    unitHalfWidth95: laplaceAccuracy(1, 0.05),
    rounded: params.round && query.sum === undefined,
    nonNegative: params.nonNegative && query.sum === undefined,
    ...sumsBank(plan, params, ctx, draws),
  };
}

/** Sums of the measured value over the same cells, so that a mean can follow the slider too. */
function sumsBank(plan: Plan, params: P, ctx: Ctx, draws: number): Pick<PreviewBank, 'sums'> {
  const at = plan.queries.findIndex((query) => query.sum !== undefined);
  const query = plan.queries[at];
  if (query === undefined || plan.queries[0]?.id !== 'location') return {};
  const epsilon = plan.epsilons[at] as number;
  return {
    sums: {
      picture: pictureOf(answerOf(query, noiseFor(query, epsilon, plan, params, ctx), plan, params)),
      base: baseOf(query, plan),
      factor: (sensitivityOf(query, plan, params) * params.epsilon) / epsilon,
      unitNoise: fillLaplace(ctx.rng.fork('preview-sums'), new Float32Array(draws * query.size)),
    },
  };
}

/** One noisy answer: what a curator does per question once the count is known. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const plan = await planOf(input, params, ctx);
  const query = plan.queries[0] as Query;
  const truth = baseOf(query, plan);
  const scale = sensitivityOf(query, plan, params) / (plan.epsilons[0] as number);
  const rational = rationalScale(scale);
  const rng = ctx.rng.fork('probe');
  let cell = 0;
  let sink = 0;
  return {
    label: text('one noisy count', 'un conteo con ruido'),
    once: () => {
      cell = cell + 1 === truth.length ? 0 : cell + 1;
      const noise = params.noise === 'discrete' ? discreteLaplace(rng, rational) : laplace(rng, scale);
      sink += Math.max(0, Math.round((truth[cell] as number) + noise));
      if (sink > 1e15) sink = 0;
    },
  };
}

/** Tiny neighbouring tables asked the same questions, with noise drawn the same way. */
export async function audit(asked: P, ctx: Ctx): Promise<Audited> {
  // Loaded when somebody doubts: the first map does not wait for it.
  const { AUDITED_GRID, auditHistogram } = await import('./histogram-audit.ts');
  const params: P = { ...asked, ...AUDITED_GRID };
  const kind = noiseKindFor(params.noise, ctx.rng);
  return auditHistogram({
    params,
    claim: { epsilon: params.epsilon, delta: 0 },
    planOf: (rows) => planOf(rows, params, ctx),
    noiseOf: (plan, i, rng) => {
      const query = plan.queries[i] as Query;
      return drawNoise(rng, kind, query.size, sensitivitySteps(query, plan, params), plan.epsilons[i] as number);
    },
  });
}
