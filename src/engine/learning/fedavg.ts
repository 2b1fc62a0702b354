import { claimAfter } from '../kit/chosen-rows.ts';
import type { Ctx } from '../kit/context.ts';
import { invalidParam, unsupported } from '../kit/errors.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import { choice, column, flag, integer, number, type Params } from '../kit/params.ts';
import type { RoundPoint, RoundsPicture } from '../kit/picture.ts';
import type { Examples, ModelRelease, Release, TableRelease } from '../kit/release.ts';
import { defineTechnique, type Probe, type Session } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { probabilities, type Quality } from './logistic.ts';
import { type Federation, prepareFederation, someRows } from './prepare.ts';
import { playRound, type Settings, spentAfter, start, type Training, trainCentrally } from './rounds.ts';

export const descriptor = defineTechnique({
  id: 'fedavg',
  version: 2,
  family: 'learning',
  label: text('Federated averaging', 'Promedio federado'),
  summary: text(
    'Each area trains a small model on its own rows and sends only the change of its weights; a server averages the changes, round after round. Raw rows never leave their area. With noise, the participation of a whole area is hidden as well.',
    'Cada zona entrena un modelo pequeño con sus propias filas y solo envía el cambio de sus pesos; un servidor promedia los cambios, ronda tras ronda. Las filas nunca salen de su zona. Con ruido, también queda oculta la participación de una zona entera.',
  ),
  citations: [
    {
      authors: 'McMahan, Moore, Ramage, Hampson, Agüera y Arcas',
      year: 2017,
      title: 'Communication-Efficient Learning of Deep Networks from Decentralized Data',
      where: 'AISTATS',
    },
    {
      authors: 'McMahan, Ramage, Talwar, Zhang',
      year: 2018,
      title: 'Learning Differentially Private Recurrent Language Models',
      where: 'ICLR',
    },
    {
      authors: 'Mironov, Talwar, Zhang',
      year: 2019,
      title: 'Rényi Differential Privacy of the Sampled Gaussian Mechanism',
      where: 'arXiv:1908.10530',
    },
    {
      authors: 'Bonawitz et al.',
      year: 2017,
      title: 'Practical Secure Aggregation for Privacy-Preserving Machine Learning',
      where: 'CCS',
      doi: '10.1145/3133956.3133982',
    },
  ],
  limits: [
    text(
      'Without noise there is no formal guarantee: updates of small areas can give rows away.',
      'Sin ruido no hay garantía formal: los cambios de zonas pequeñas pueden delatar filas.',
    ),
    text(
      'Clients, server and network are simulated in this tab; every area takes part in every round.',
      'Clientes, servidor y red se simulan en esta pestaña; todas las zonas participan en cada ronda.',
    ),
    text(
      'Noise is added by the server, which is trusted for that; the number of areas, their row counts, which of their rows were drawn and the threshold of the task count as public.',
      'El ruido lo añade el servidor, en quien se confía para ello; el número de zonas, cuántas filas tienen, cuáles se sortearon y el umbral de la tarea se consideran públicos.',
    ),
    text(
      'Loss and accuracy on screen come from raw held-out rows and are not part of the release.',
      'La pérdida y la exactitud en pantalla proceden de filas reservadas sin proteger y no forman parte de la publicación.',
    ),
  ],
  vetting: 'verified',
  params: {
    rounds: integer({
      label: text('Rounds', 'Rondas'),
      symbol: 'T',
      help: text(
        'How often the areas train and the server averages.',
        'Cuántas veces entrenan las zonas y promedia el servidor.',
      ),
      min: 1,
      max: 200,
      default: 20,
    }),
    clients: integer({
      label: text('Areas at most', 'Zonas como máximo'),
      help: text(
        'The places with most rows each become a client; the rest joins one client per district.',
        'Los lugares con más filas son un cliente cada uno; el resto se une en uno por distrito.',
      ),
      min: 1,
      max: 300,
      default: 50,
    }),
    minRows: integer({
      label: text('Fewest rows of an area', 'Filas mínimas por zona'),
      help: text('Places with fewer training rows are merged.', 'Los lugares con menos filas se unen.'),
      min: 1,
      max: 1000,
      default: 20,
      advanced: true,
    }),
    localEpochs: integer({
      label: text('Passes per round', 'Pasadas por ronda'),
      symbol: 'E',
      help: text(
        'How often each area goes through its rows before it answers.',
        'Cuántas veces recorre cada zona sus filas antes de responder.',
      ),
      min: 1,
      max: 10,
      default: 2,
    }),
    batchSize: integer({
      label: text('Batch size', 'Tamaño de lote'),
      symbol: 'B',
      help: text('Rows per gradient step.', 'Filas por paso de gradiente.'),
      min: 1,
      max: 1024,
      default: 20,
      advanced: true,
    }),
    learningRate: number({
      label: text('Learning rate', 'Tasa de aprendizaje'),
      symbol: 'η',
      help: text(
        'Size of a gradient step; may be changed while training runs.',
        'Tamaño de un paso; puede cambiarse durante el entrenamiento.',
      ),
      min: 0.001,
      max: 5,
      default: 0.5,
      scale: 'log',
      warnAbove: 2,
    }),
    noiseMultiplier: number({
      label: text('Noise multiplier', 'Multiplicador de ruido'),
      symbol: 'z',
      help: text(
        'Standard deviation of the noise on the summed updates, in clipping norms. 0 = no noise, no guarantee.',
        'Desviación típica del ruido sobre la suma de cambios, en normas de recorte. 0 = sin ruido ni garantía.',
      ),
      min: 0,
      max: 50,
      default: 0,
      step: 0.1,
      ends: [text('better accuracy', 'más exactitud'), text('stronger privacy', 'más privacidad')],
    }),
    clip: number({
      label: text('Clipping norm', 'Norma de recorte'),
      symbol: 'C',
      help: text(
        'Longest update an area may send when noise is on.',
        'Cambio más largo que puede enviar una zona cuando hay ruido.',
      ),
      min: 0.001,
      max: 100,
      default: 0.5,
      scale: 'log',
    }),
    delta: number({
      label: text('Delta', 'Delta'),
      symbol: 'δ',
      help: text(
        'Small probability with which epsilon may fail.',
        'Pequeña probabilidad con que epsilon puede fallar.',
      ),
      min: 1e-12,
      max: 0.01,
      default: 1e-5,
      scale: 'log',
      advanced: true,
    }),
    secureAggregation: flag({
      label: text('Secure aggregation', 'Agregación segura'),
      help: text(
        'Masks every update so that the server learns their sum only.',
        'Enmascara cada cambio para que el servidor solo conozca la suma.',
      ),
      default: true,
    }),
    rows: integer({
      label: text('Rows used at most', 'Filas usadas como máximo'),
      help: text('A random sample of the rows is used beyond this.', 'Por encima se usa una muestra aleatoria.'),
      min: 100,
      max: 200_000,
      default: 20_000,
      scale: 'log',
      advanced: true,
    }),
    target: column({
      label: text('Column to predict', 'Columna que se predice'),
      help: text('Empty: the sensitive value of the dataset.', 'Vacío: el valor sensible del conjunto.'),
      roles: ['sensitive', 'other', 'quasi-identifier'],
      advanced: true,
    }),
    cut: number({
      label: text('Threshold', 'Umbral'),
      help: text(
        'Share of the declared range above which the answer is yes; 0 = the usual level (median of a calibration tenth of the rows).',
        'Parte del rango declarado a partir de la cual la respuesta es sí; 0 = el nivel habitual (mediana de un décimo de calibración).',
      ),
      min: 0,
      max: 1,
      default: 0,
      advanced: true,
    }),
    weighting: choice({
      label: text('Weight of an area', 'Peso de una zona'),
      help: text(
        'With noise on, all areas weigh the same whatever is chosen here.',
        'Con ruido, todas las zonas pesan igual.',
      ),
      options: [
        { value: 'rows', label: text('by its rows', 'por sus filas') },
        { value: 'equal', label: text('all equal', 'todas igual') },
      ],
      default: 'rows',
      advanced: true,
    }),
  },
  stage: 'edge',
  dimensions: { serves: ['owner', 'identity'], threatens: ['footprint'] },
  view: 'rounds',
  accepts: ['table'],
  produces: 'model',
  randomized: true,
  guarantee: (params) =>
    params.noiseMultiplier === 0
      ? noGuarantee
      : dpGuarantee(
          spentAfter(params.rounds / (2 * params.noiseMultiplier * params.noiseMultiplier), params.delta).epsilon,
          params.delta,
        ),
});

export type FedAvgParams = Params<typeof descriptor.params>;

const noGuarantee: Guarantee = {
  kind: 'none',
  why: 'updates carry no noise; keeping rows local is not a formal guarantee',
};

/** `unit` names the client: one place with all its rows. A single row's presence costs at most twice this epsilon. */
const dpGuarantee = (epsilon: number, delta: number): Extract<Guarantee, { kind: 'dp' }> => ({
  kind: 'dp',
  epsilon,
  delta,
  neighbours: 'add-remove',
  unit: 'client',
  model: 'central',
});

/** Rows of each side handed to membership attacks. */
const attackRows = 4000;

/** Trains round by round; one step is one round. Learning rate, noise and local passes can change in flight. */
export async function session(input: Release, params: FedAvgParams, ctx: Ctx): Promise<Session> {
  const source = tableOf(input);
  await ctx.checkpoint(0, text('Preparing the areas', 'Preparando las zonas'));
  const federation = prepareFederation(source.dataset, source.table, params, ctx.rng.fork('fedavg'));
  const members = someRows(federation.training, attackRows, ctx.rng.fork('members'));
  const nonMembers = someRows(federation.heldOut, attackRows, ctx.rng.fork('non-members'));
  const central = await trainCentrally(federation, params, ctx);
  const training = start(federation, params);
  const settings: Settings = { ...params };
  const points: RoundPoint[] = [];
  return {
    steps: params.rounds,
    step: async (step) => {
      await step.checkpoint(
        Math.min(1, training.round / params.rounds),
        text('Training round', 'Ronda de entrenamiento'),
      );
      points.push(await playRound(training, settings, ctx.rng.fork('fedavg/rounds'), step));
      return releaseOf(source, training, members, nonMembers, points, central);
    },
    set: (name, value) => setInFlight(settings, name, value),
  };
}

/** The session stepped to its end. */
export async function run(input: Release, params: FedAvgParams, ctx: Ctx): Promise<ModelRelease> {
  const live = await session(input, params, ctx);
  let release: Release | undefined;
  for (let round = 0; round < params.rounds; round += 1) release = await live.step(ctx);
  if (release?.kind !== 'model') throw unsupported('training needs at least one round');
  return release;
}

/** One training round from the start: all areas train, the server averages. */
export async function probe(input: Release, params: FedAvgParams, ctx: Ctx): Promise<Probe> {
  const source = tableOf(input);
  const federation = prepareFederation(source.dataset, source.table, params, ctx.rng.fork('fedavg'));
  const rng = ctx.rng.fork('probe');
  return {
    label: text('One training round', 'Una ronda de entrenamiento'),
    once: async () => {
      await playRound(start(federation, params), params, rng, ctx);
    },
  };
}

function releaseOf(
  source: TableRelease,
  training: Training,
  members: Examples,
  nonMembers: Examples,
  points: readonly RoundPoint[],
  central: Quality,
): ModelRelease {
  const { federation, params } = training;
  const weights = training.weights.slice();
  const width = federation.training.width;
  const spent = spentAfter(training.rho, params.delta).epsilon;
  const bounded = Number.isFinite(spent);
  const event: PrivacyEvent = {
    what: `federated model, ${training.round} rounds`,
    on: federation.task.en,
    mechanism: 'gaussian on summed updates',
    epsilon: spent,
    delta: params.delta,
    neighbours: 'add-remove',
    unit: 'client',
    sensitivity: params.clip,
    // The one noise multiplier that would have cost the same, should it have changed in flight.
    scale: params.clip * Math.sqrt(training.round / (2 * training.rho)),
  };
  return {
    kind: 'model',
    dataset: source.dataset,
    guarantee: bounded ? claimAfter(source, dpGuarantee(spent, params.delta)) : noGuarantee,
    events: bounded ? [...source.events, event] : source.events,
    pictures: [pictureOf(federation, points, weights, central)],
    notes: [noteOf(federation, points, central)],
    weights,
    members,
    nonMembers,
    predict: (features) => probabilities(weights, features, width),
  };
}

function pictureOf(
  federation: Federation,
  points: readonly RoundPoint[],
  weights: Float64Array,
  central: Quality,
): RoundsPicture {
  return {
    view: 'rounds',
    clients: federation.clients,
    rounds: [...points],
    featureNames: federation.featureNames,
    weights,
    task: federation.task,
    central,
    majority: { accuracy: majorityOf(federation) },
    heldOutRows: federation.heldOut.rows,
  };
}

/** Accuracy on the held-out rows of always saying what most training rows say. */
function majorityOf({ training, heldOut }: Federation): number {
  let ones = 0;
  for (const label of training.labels) ones += label;
  const guess = 2 * ones > training.rows ? 1 : 0;
  let right = 0;
  for (const label of heldOut.labels) right += label === guess ? 1 : 0;
  return heldOut.rows === 0 ? 0 : right / heldOut.rows;
}

function noteOf(federation: Federation, points: readonly RoundPoint[], central: Quality): Text {
  const last = points[points.length - 1];
  const share = (value: number): string => (100 * value).toFixed(1);
  const [ours, pooled, guess] = [share(last?.accuracy ?? 0), share(central.accuracy), share(majorityOf(federation))];
  return text(
    `${federation.clients.length} areas, ${points.length} rounds: right on ${ours} % of ${federation.heldOut.rows} held-out rows; pooled training ${pooled} %, always the commonest answer ${guess} %.`,
    `${federation.clients.length} zonas, ${points.length} rondas: acierta en el ${ours} % de ${federation.heldOut.rows} filas reservadas; con las filas reunidas, ${pooled} %; siempre la respuesta más común, ${guess} %.`,
  );
}

function setInFlight(settings: Settings, name: string, value: unknown): void {
  if (name !== 'learningRate' && name !== 'noiseMultiplier' && name !== 'localEpochs') {
    throw invalidParam(name, 'learningRate, noiseMultiplier or localEpochs (the others need a new start)', value);
  }
  const spec = descriptor.params[name];
  if (typeof value !== 'number' || !(value >= spec.min && value <= spec.max)) {
    throw invalidParam(name, `a number from ${spec.min} to ${spec.max}`, value);
  }
  if (spec.kind === 'integer' && !Number.isInteger(value)) throw invalidParam(name, 'a whole number', value);
  settings[name] = value;
}

function tableOf(input: Release): TableRelease {
  if (input.kind !== 'table')
    throw unsupported(`federated averaging needs a table, got ${input.kind}`, 'put it first in its branch');
  return input;
}
