import { basicComposition } from '../dp/ledger.ts';
import { claimAfter } from '../kit/chosen-rows.ts';
import type { Ctx } from '../kit/context.ts';
import { EngineError, invalidParam, unsupported } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, column, integer, number, type Params, type ParamValue, parseParams } from '../kit/params.ts';
import type { StreamPicture } from '../kit/picture.ts';
import type { Release, ReportsRelease, TableRelease } from '../kit/release.ts';
import { defineTechnique, type Probe, type Session } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { ownersOf } from './owners.ts';
import { halfWidths, newStream, type StreamState, stepStream } from './stream.ts';
import { type Coins, epsilonOfOneHot, likelihoods } from './two-coin.ts';
import { averagingAccuracy, reportsNeeded } from './two-coin-plan.ts';

export const descriptor = defineTechnique({
  id: 'randomized-response',
  version: 2,
  family: 'ldp',
  label: text('Randomized response (live stream)', 'Respuesta aleatorizada (en directo)'),
  summary: text(
    'Each vehicle or device flips two coins before it answers: with probability p it tells the truth, else it says yes with probability q. Nobody ever holds a true answer, yet the totals can be estimated.',
    'Cada vehículo o dispositivo lanza dos monedas antes de responder: con probabilidad p dice la verdad; si no, dice «sí» con probabilidad q. Nadie tiene nunca una respuesta verdadera y, aun así, se pueden estimar los totales.',
  ),
  citations: [
    {
      authors: 'Warner',
      year: 1965,
      title: 'Randomized response: a survey technique for eliminating evasive answer bias',
      where: 'JASA',
      doi: '10.1080/01621459.1965.10480775',
    },
    { authors: 'Joy, McGoldrick, Gerla', year: 2016, title: 'Differentially private streams from vehicles' },
  ],
  limits: [
    text(
      'A one-hot answer flips every bucket on its own, so its ε is that of two bits: 2.20 at p = q = 0.5. The paper never states it.',
      'En una respuesta «uno entre muchos» cada intervalo se altera por separado, así que su ε es el de dos bits: 2,20 con p = q = 0,5. El artículo no lo indica.',
    ),
    text(
      'Fresh coins in every round add up without end: after many answers the truth shows through the average. Remembered coins stop that, but make an owner recognisable by its odd answer.',
      'Las monedas nuevas en cada ronda se acumulan sin fin: tras muchas respuestas, la verdad asoma en el promedio. Las monedas recordadas lo evitan, pero hacen reconocible a quien responde de forma peculiar.',
    ),
    text(
      'Relative error is small only for buckets many owners are in; rare buckets drown in noise. Owners are simulated and keep one value for the whole stream.',
      'El error relativo solo es pequeño en los intervalos con muchos dueños; los raros se pierden en el ruido. Los dueños son simulados y mantienen un mismo valor durante todo el flujo.',
    ),
  ],
  vetting: 'verified',
  params: {
    p: number({
      label: text('Probability of the truth', 'Probabilidad de decir la verdad'),
      symbol: 'p',
      help: text(
        'First coin: how often an owner answers truthfully.',
        'Primera moneda: con qué frecuencia se responde con la verdad.',
      ),
      min: 0.01,
      max: 0.99,
      default: 0.5,
      step: 0.01,
      ends: [text('stronger privacy', 'más privacidad'), text('better accuracy', 'más exactitud')],
    }),
    q: number({
      label: text('Probability of a random yes', 'Probabilidad de un «sí» al azar'),
      symbol: 'q',
      help: text(
        'Second coin: how often an owner says yes when it does not tell the truth.',
        'Segunda moneda: con qué frecuencia se dice «sí» cuando no se dice la verdad.',
      ),
      min: 0.01,
      max: 0.99,
      default: 0.5,
      step: 0.01,
    }),
    column: column({
      label: text('Question', 'Pregunta'),
      help: text(
        'The column owners are asked about: by default the measured value, else the secret.',
        'La columna por la que se pregunta: por defecto el valor medido; si no hay, el secreto.',
      ),
      roles: ['sensitive', 'quasi-identifier', 'other'],
    }),
    buckets: integer({
      label: text('Ranges', 'Intervalos'),
      help: text(
        'Number of equal ranges a numeric column is cut into (22 speed ranges in the paper).',
        'En cuántos intervalos iguales se divide una columna numérica (22 intervalos de velocidad en el artículo).',
      ),
      min: 2,
      max: 64,
      default: 22,
      advanced: true,
    }),
    owner: choice({
      label: text('Who answers', 'Quién responde'),
      help: text('One owner per row, or per person or vehicle.', 'Un dueño por fila, o por persona o vehículo.'),
      options: [
        { value: 'row', label: text('Every row', 'Cada fila') },
        { value: 'entity', label: text('Every person or vehicle', 'Cada persona o vehículo') },
      ],
      default: 'row',
      advanced: true,
    }),
    epochs: integer({
      label: text('Epochs', 'Épocas'),
      help: text('Length of the stream; one result per epoch.', 'Duración del flujo; un resultado por época.'),
      min: 1,
      max: 300,
      default: 30,
    }),
    answerEvery: integer({
      label: text('Epochs between answers', 'Épocas entre respuestas'),
      help: text(
        'Owners take turns: each is due once in so many epochs (10 in the paper).',
        'Los dueños se turnan: a cada uno le toca una vez cada tantas épocas (10 en el artículo).',
      ),
      min: 1,
      max: 60,
      default: 10,
      advanced: true,
    }),
    absent: number({
      label: text('Away', 'Ausentes'),
      help: text(
        'Share of the owners due that is out of reach in an epoch.',
        'Parte de los dueños a los que les toca que no está localizable en una época.',
      ),
      min: 0,
      max: 0.95,
      default: 0.1,
      step: 0.05,
    }),
    memory: choice({
      label: text('Coins', 'Monedas'),
      help: text(
        'Fresh coins for every answer, or one answer remembered for ever.',
        'Monedas nuevas para cada respuesta, o una respuesta recordada para siempre.',
      ),
      options: [
        { value: 'fresh', label: text('Fresh each time (paper)', 'Nuevas cada vez (artículo)') },
        { value: 'memoised', label: text('Remembered', 'Recordadas') },
      ],
      default: 'fresh',
    }),
  },
  stage: 'source',
  dimensions: { serves: ['owner', 'footprint', 'query'] },
  view: 'stream',
  accepts: ['table'],
  produces: 'reports',
  randomized: true,
  guarantee: (params, unit): Guarantee => {
    const answers = params.memory === 'memoised' ? 1 : Math.ceil(params.epochs / params.answerEvery);
    return {
      kind: 'dp',
      epsilon: answers * epsilonOfOneHot(params),
      delta: 0,
      neighbours: 'replace-one',
      unit: params.owner === 'entity' ? unit : 'row',
      model: 'local',
    };
  },
});

type P = Params<(typeof descriptor)['params']>;

/** Parameters that may change while the stream runs. */
const IN_FLIGHT: readonly string[] = ['p', 'q', 'absent'];

/** A live stream: one epoch a step. `p`, `q` and `absent` may be changed between steps. */
export async function session(input: Release, params: P, ctx: Ctx): Promise<Session> {
  const table = asTable(input);
  const owners = ownersOf(table, params.column, params.buckets, params.owner);
  const state = newStream(owners);
  const rng = ctx.rng.fork('stream');
  let current = params;
  let averaging = averagingOf(params);
  await ctx.checkpoint(0);
  return {
    steps: params.epochs,
    step: async (stepCtx) => {
      const { p, q, memory, answerEvery, absent } = current;
      const pause = (): Promise<void> => stepCtx.checkpoint(Math.min(1, state.epoch / current.epochs));
      await stepStream(state, { coins: { p, q }, memory, answerEvery, absent }, rng, pause);
      await stepCtx.checkpoint(Math.min(1, state.epoch / current.epochs));
      return releaseOf(table, state, current, averaging);
    },
    set: (name, value) => {
      if (!IN_FLIGHT.includes(name))
        throw invalidParam(name, `to stay as it is; only ${IN_FLIGHT.join(', ')} can change in flight`, value);
      const parsed = parseParams(descriptor.params, { ...current, [name]: value as ParamValue });
      if (!parsed.ok) {
        const problem = parsed.errors[0];
        throw new EngineError('invalid-param', problem?.message ?? name, problem?.remedy, { param: name });
      }
      if (parsed.value.p !== current.p || parsed.value.q !== current.q) averaging = averagingOf(parsed.value);
      current = parsed.value;
    },
  };
}

/** The session stepped to its end. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const live = await session(input, params, ctx);
  let release = await live.step(ctx);
  for (let epoch = 1; epoch < params.epochs; epoch += 1) release = await live.step(ctx);
  return release;
}

/** One owner flips its coins for every bucket of one answer. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const owners = ownersOf(asTable(input), params.column, params.buckets, params.owner);
  const { yesYes, yesNo } = likelihoods(params);
  const rng = ctx.rng.fork('probe');
  const bits = new Uint8Array(owners.buckets.length);
  let owner = 0;
  return {
    label: text('one randomized answer', 'una respuesta aleatorizada'),
    once: () => {
      owner = owner + 1 === owners.bucketOf.length ? 0 : owner + 1;
      const bucket = owners.bucketOf[owner] as number;
      for (let b = 0; b < bits.length; b += 1) bits[b] = rng.uniform() < (b === bucket ? yesYes : yesNo) ? 1 : 0;
    },
  };
}

function asTable(input: Release): TableRelease {
  if (input.kind !== 'table')
    throw unsupported('owners answer from rows of a table', 'put this step first, at the source');
  return input;
}

/** The averaging attack: fresh answers until a guess is right 99 times in 100; remembered ones tell what the first told. */
function averagingOf({ p, q, memory }: Coins & Pick<P, 'memory'>): NonNullable<StreamPicture['averaging']> {
  return memory === 'memoised'
    ? { accuracy: averagingAccuracy({ p, q }, 0.5, 1), answers: null }
    : { accuracy: 0.99, answers: reportsNeeded({ p, q }, 0.5, 0.99) };
}

function releaseOf(
  input: TableRelease,
  state: StreamState,
  { p, q }: Coins,
  averaging: NonNullable<StreamPicture['averaging']>,
): ReportsRelease {
  const { owners } = state;
  const spentSoFar = basicComposition(state.events)?.epsilon ?? Number.POSITIVE_INFINITY;
  const halfWidth95 = halfWidths(state);
  const perAnswer = state.events.at(-1)?.epsilon ?? 0;
  const shares = (counts: Float64Array): Float64Array => counts.map((count) => count / Math.max(1, state.answers));
  const picture: StreamPicture = {
    view: 'stream',
    question: questionOf(input, owners),
    buckets: owners.buckets,
    epochs: [...state.points],
    truth: shares(state.truth),
    estimate: shares(state.estimate),
    halfWidth95: shares(halfWidth95),
    owners: owners.bucketOf.length,
    epsilonPerAnswer: perAnswer,
    epsilonSpent: spentSoFar,
    coins: { truth: { param: 'p', probability: p }, yes: { param: 'q', probability: q } },
    averaging,
  };
  return {
    kind: 'reports',
    dataset: input.dataset,
    guarantee: claimAfter(input, {
      kind: 'dp',
      epsilon: spentSoFar,
      delta: 0,
      neighbours: 'replace-one',
      unit: owners.unit,
      model: 'local',
    }),
    events: [...input.events, ...state.events],
    pictures: [picture],
    notes: notesOf(state, perAnswer, spentSoFar),
    buckets: owners.buckets,
    n: state.answers,
    ones: state.ones.slice(),
    truth: state.truth.slice(),
    estimate: state.estimate.slice(),
    halfWidth95,
  };
}

/** The column in words, with its unit where it has one. */
function questionOf(input: TableRelease, { column, label }: StreamState['owners']): Text {
  const unit = input.dataset.descriptor.columns.find((one) => one.name === column)?.unit;
  return unit === undefined ? label : text(`${label.en} (${unit})`, `${label.es ?? label.en} (${unit})`);
}

function notesOf(state: StreamState, perAnswer: number, spentSoFar: number): readonly Text[] {
  const { owners } = state;
  const each = perAnswer.toFixed(2);
  const all = spentSoFar.toFixed(2);
  const notes = [
    text(
      `One answer costs its owner ε = ${each}; after ${state.epoch} epochs an owner may have spent ${all} in all.`,
      `Una respuesta le cuesta a su dueño ε = ${each}; tras ${state.epoch} épocas puede haber gastado ${all} en total.`,
    ),
  ];
  if (owners.silent > 0) {
    notes.push(
      text(
        `${owners.silent} owners have no value of "${owners.label.en}" and do not answer.`,
        `${owners.silent} dueños no tienen valor de «${owners.label.es ?? owners.label.en}» y no responden.`,
      ),
    );
  }
  return notes;
}
