import type { Audited, AuditPair } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { infeasible, invalidParam } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, integer, type Params } from '../kit/params.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique, type Probe, type Session } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { columnOf } from '../table/table.ts';
import { type Axis, cellsOf, countCells, placeAxis } from './axes.ts';
import { boundCells } from './contribution.ts';
import { laplaceAccuracy } from './noise.ts';
import { epsilonParam } from './selection/params.ts';
import { claimFor, type Subject, subjectOf } from './selection/subject.ts';
import { foldedNote, stepParam, type Steps, stepsOf } from './time/steps.ts';
import { seriesPicture } from './time/window-picture.ts';
import { type StepOutcome, windowStream } from './time/w-event-stream.ts';
import { rowOrEntityParam } from './unit.ts';

export const descriptor = defineTechnique({
  id: 'w-event',
  version: 1,
  family: 'dp',
  label: text('A stream with a budget per window', 'Un flujo con presupuesto por ventana'),
  summary: text(
    'Counts given again at every step without end: whatever happens within any w steps in a row is hidden with the whole ε. Steps in which little has changed repeat the last answer and save their share for those that need it.',
    'Conteos que se repiten a cada paso sin fin: lo que ocurre en w pasos seguidos cualesquiera se oculta con todo el ε. Los pasos en que poco ha cambiado repiten la última respuesta y guardan su parte para los que la necesitan.',
  ),
  citations: [
    {
      authors: 'Kellaris, Papadopoulos, Xiao, Papadias',
      year: 2014,
      title: 'Differentially private event sequences over infinite streams',
      where: 'VLDB',
      doi: '10.14778/2732977.2732989',
    },
  ],
  limits: [
    text(
      'Nothing is promised over more than w steps: somebody followed for longer loses ε again in every further window.',
      'No se promete nada más allá de w pasos: quien es seguido durante más tiempo vuelve a perder ε en cada ventana siguiente.',
    ),
    text(
      'A repeated answer has no error bar: how far the truth has moved since is what is hidden.',
      'Una respuesta repetida no tiene barra de error: cuánto se ha movido la verdad desde entonces es lo que se oculta.',
    ),
    text(
      'With one row hidden per step, somebody with several rows in a step is protected less.',
      'Si se oculta una fila por paso, quien tiene varias filas en un paso queda menos protegido.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    window: integer({
      label: text('Steps in a window', 'Pasos en una ventana'),
      symbol: 'w',
      help: text(
        'Any so many steps in a row share ε. More steps hide longer stories and need more noise.',
        'Tantos pasos seguidos comparten ε. Más pasos ocultan historias más largas y necesitan más ruido.',
      ),
      min: 1,
      max: 168,
      default: 7,
      scale: 'log',
      stops: [1, 7, 24, 168],
    }),
    method: choice({
      label: text('Division of the window', 'Reparto de la ventana'),
      help: text(
        'Absorption saves the shares of quiet steps; distribution spends half of what is left each time. The last two never look.',
        'La absorción guarda las partes de los pasos tranquilos; la distribución gasta cada vez la mitad de lo que queda. Las dos últimas nunca miran.',
      ),
      options: [
        { value: 'absorption', label: text('Budget absorption', 'Absorción del presupuesto') },
        { value: 'distribution', label: text('Budget distribution', 'Distribución del presupuesto') },
        { value: 'uniform', label: text('The same at every step', 'Lo mismo en cada paso') },
        { value: 'sample', label: text('One step of every window', 'Un paso de cada ventana') },
      ],
      default: 'absorption',
    }),
    step: stepParam,
    cells: choice({
      label: text('What is counted', 'Qué se cuenta'),
      help: text(
        'Places are counted side by side with the same budget: a row is in one of them.',
        'Los lugares se cuentan en paralelo con el mismo presupuesto: una fila está en uno de ellos.',
      ),
      options: [
        { value: 'city', label: text('The whole city', 'La ciudad entera') },
        { value: 'places', label: text('Every place', 'Cada lugar') },
      ],
      default: 'city',
    }),
    protects: rowOrEntityParam,
    rowsPerStep: integer({
      label: text('Rows kept per person and step', 'Filas por persona y paso'),
      help: text(
        'When a person is hidden: rows beyond this many in one step are left out, and noise grows with it.',
        'Cuando se oculta a una persona: las filas que pasen de este número en un paso se dejan fuera, y el ruido crece con él.',
      ),
      min: 1,
      max: 100,
      default: 2,
      scale: 'log',
      advanced: true,
    }),
  },
  stage: 'curator',
  dimensions: { serves: ['query', 'location', 'footprint'] },
  view: 'series',
  accepts: ['table'],
  produces: 'answers',
  randomized: true,
  guarantee: (params, unit): Guarantee => ({
    kind: 'dp',
    epsilon: params.epsilon,
    delta: 0,
    neighbours: 'add-remove',
    unit: unitOf(params, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** What is hidden of a person is what it did within a window; of rows, one a step for as long. */
const unitOf = (params: Pick<P, 'protects' | 'window'>, unit: string): string =>
  params.protects === 'entity' ? `${unit} in any ${params.window} steps` : 'row';

const MOST_STEPS = 20_000;
const MOST_CELLS = 2_000_000;

interface Plan {
  readonly subject: Subject;
  readonly steps: Steps;
  readonly places: Axis | undefined;
  readonly cells: number;
  /** Step by step, cells within: all rows, and those kept. */
  readonly truth: Float64Array;
  readonly kept: Float64Array;
  readonly rows: number;
  readonly dropped: number;
}

async function planOf(input: Release, params: P, ctx: Ctx): Promise<Plan> {
  const found = subjectOf(input, params.protects);
  const subject = { ...found, unit: unitOf(params, found.unit) === 'row' ? found.unit : unitOf(params, found.unit) };
  await ctx.checkpoint(0.02);
  const steps = stepsOf(subject.input, params.step, MOST_STEPS);
  await ctx.checkpoint(0.1);
  const places = params.cells === 'places' ? placesOf(subject) : undefined;
  const cells = places?.levels.length ?? 1;
  const size = cells * steps.levels.length;
  if (size > MOST_CELLS) {
    throw infeasible(
      `${steps.levels.length} steps of ${cells} places are ${size} cells; at most ${MOST_CELLS} are kept`,
      'choose longer steps, or the whole city',
    );
  }
  const at = cellsOf(places === undefined ? [steps] : [steps, places], subject.input.table.rows);
  const truth = countCells(at, size);
  await ctx.checkpoint(0.2);
  const common = { subject, steps, places, cells, truth };
  if (subject.entity === undefined) return { ...common, kept: truth, rows: 1, dropped: 0 };
  // Bounded within each step: any number of steps, `rowsPerStep` rows in each.
  const caps = { cells: Number.POSITIVE_INFINITY, rowsPerCell: params.rowsPerStep };
  const inStep = at.map((cell) => (cell < 0 ? -1 : Math.floor(cell / cells)));
  const { keep, dropped } = boundCells(subject.entity, inStep, caps, ctx.rng.fork('bound'));
  await ctx.checkpoint(0.3);
  return { ...common, kept: countCells(at, size, keep), rows: params.rowsPerStep, dropped };
}

function placesOf({ input }: Subject): Axis {
  const { descriptor: declared, places } = input.dataset;
  const name = declared.parts.place;
  if (name === undefined) throw invalidParam('cells', '"city" in a dataset without places', 'places');
  const column = columnOf(input.table, name);
  return placeAxis(column, declared.columns.find((one) => one.name === name)?.label ?? text(name, name), places);
}

interface Run {
  next(): void;
  done(): number;
  readonly outcomes: readonly StepOutcome[];
}

function streamOf(plan: Plan, params: P, ctx: Ctx): Run {
  const { cells, kept, rows, steps } = plan;
  const stream = windowStream({ ...params, rows }, cells, ctx.rng.fork('stream'));
  const outcomes: StepOutcome[] = [];
  return {
    outcomes,
    done: () => outcomes.length,
    next: () => {
      const at = outcomes.length * cells;
      if (outcomes.length < steps.levels.length) outcomes.push(stream.push(kept.subarray(at, at + cells)));
    },
  };
}

/** One step of time a step. Nothing can be changed once the stream has begun. */
export async function session(input: Release, params: P, ctx: Ctx): Promise<Session> {
  const plan = await planOf(input, params, ctx);
  const stream = streamOf(plan, params, ctx);
  return {
    steps: plan.steps.levels.length,
    step: async (stepCtx) => {
      stream.next();
      await stepCtx.checkpoint(stream.done() / plan.steps.levels.length);
      return releaseOf(plan, params, stream);
    },
    set: (name, value) => {
      throw invalidParam(name, 'to stay as it is: the window under way was promised with it', value);
    },
  };
}

/** The session stepped to its end. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const stream = streamOf(plan, params, ctx);
  const steps = plan.steps.levels.length;
  for (let i = 0; i < steps; i += 1) {
    stream.next();
    if (i % 64 === 63) await ctx.checkpoint(0.3 + (0.65 * i) / steps);
  }
  await ctx.checkpoint(0.97);
  return releaseOf(plan, params, stream);
}

function releaseOf(plan: Plan, params: P, { outcomes }: Run): AnswersRelease {
  const { subject, steps, places, cells, truth } = plan;
  const done = outcomes.length;
  const { rowUnit } = subject.input.dataset.descriptor;
  const label =
    places === undefined
      ? text('Counts by step', 'Conteos por paso')
      : text('Counts by step and place', 'Conteos por paso y lugar');
  const released = new Float64Array(done * cells);
  outcomes.forEach((outcome, i) => {
    for (let j = 0; j < cells; j += 1) released[i * cells + j] = (outcome.released[j] as number) + 0;
  });
  const fresh = outcomes.filter(({ isFresh }) => isFresh);
  const largestScale = fresh.reduce((most, { scale }) => Math.max(most, scale), 0);
  const answer: AnswerSet = {
    id: 'stream',
    of: 'counts',
    label,
    unit: rowUnit,
    dims: [
      { column: steps.column, label: steps.label, levels: steps.levels.slice(0, done) },
      ...(places === undefined ? [] : [{ column: places.column, label: places.label, levels: places.levels }]),
    ],
    truth: truth.slice(0, done * cells),
    released,
    halfWidth95: laplaceAccuracy(largestScale, 0.05),
    sensitivity: plan.rows,
    scale: largestScale,
    sensitivityClass: 'high',
  };
  return {
    kind: 'answers',
    dataset: subject.input.dataset,
    guarantee: claimFor(subject, { epsilon: params.epsilon, delta: 0 }),
    events: [
      ...subject.input.events,
      {
        what: `a stream of ${cells} counts, any ${params.window} steps of it`,
        on: answer.dims.map(({ column }) => column).join(' x '),
        mechanism: `w-event ${params.method}`,
        epsilon: params.epsilon,
        delta: 0,
        neighbours: 'add-remove',
        unit: subject.unit,
        sensitivity: plan.rows,
        law: { kind: 'pure', epsilon: params.epsilon },
      },
    ],
    answers: [answer],
    pictures: [seriesPicture({ steps, cells, truth, unit: rowUnit }, params, outcomes)],
    notes: notesOf(plan, params, outcomes),
  };
}

function notesOf(plan: Plan, params: P, outcomes: readonly StepOutcome[]): readonly Text[] {
  const { subject, steps } = plan;
  const fresh = outcomes.filter(({ isFresh }) => isFresh).length;
  const { window } = params;
  const person = subject.input.dataset.descriptor.privacyUnit;
  return [
    text(
      `${fresh} of ${outcomes.length} steps have a fresh answer; the others repeat the one before.`,
      `${fresh} de ${outcomes.length} pasos tienen una respuesta nueva; los demás repiten la anterior.`,
    ),
    subject.entity === undefined
      ? text(
          `Hidden is one row in each of any ${window} steps in a row.`,
          `Se oculta una fila en cada uno de ${window} pasos seguidos cualesquiera.`,
        )
      : text(
          `Hidden is all that one ${person} did within any ${window} steps in a row; over longer times the loss adds up, ε for every ${window} steps. ${plan.dropped} rows were left out: an exact number, a diagnosis for you.`,
          `Se oculta todo lo que una unidad (${person}) hizo en ${window} pasos seguidos cualesquiera; en más tiempo la pérdida se suma, ε por cada ${window} pasos. Quedaron fuera ${plan.dropped} filas: un número exacto, un diagnóstico para usted.`,
        ),
    ...(steps.isFolded ? [foldedNote] : []),
  ];
}

/** One step of the stream: a look and perhaps a publication. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const plan = await planOf(input, params, ctx);
  let stream = streamOf(plan, params, ctx);
  return {
    label: text('one step of the stream', 'un paso del flujo'),
    once: () => {
      if (stream.done() === plan.steps.levels.length) stream = streamOf(plan, params, ctx);
      stream.next();
    },
  };
}

/**
 * Streams that differ by a unit in every step of one window; what is seen is the sum of that window's answers. In a window of one
 * step, looking and publishing both tell of the same row, and their losses add up in full.
 */
export async function audit(params: P): Promise<Audited> {
  const window = Math.min(params.window, 3);
  const rows = params.protects === 'entity' ? params.rowsPerStep : 1;
  const seen =
    (steps: readonly number[], from: number, length: number): AuditPair['draw'] =>
    (world, rng, out) => {
      const worlds = steps.map((count, step) => {
        return Float64Array.of(count + (step >= from && step < from + length && world === 1 ? rows : 0));
      });
      for (let i = 0; i < out.length; i += 1) {
        const stream = windowStream({ ...params, window: length, rows }, 1, rng);
        let sum = 0;
        worlds.forEach((counts, step) => {
          const { released } = stream.push(counts);
          if (step >= from && step < from + length) sum += released[0] as number;
        });
        out[i] = sum;
      }
    };
  return {
    claim: { epsilon: params.epsilon, delta: 0 },
    outputs: 'continuous',
    sensitivity: rows,
    pairs: [
      {
        label: text(
          'an empty stream, and one unit in a window of one step',
          'un flujo vacío, y una unidad en una ventana de un paso',
        ),
        draw: seen([0], 0, 1),
      },
      {
        label: text(
          'an empty stream, and one unit in every step of a window',
          'un flujo vacío, y una unidad en cada paso de una ventana',
        ),
        draw: seen([0, 0, 0], 0, window),
      },
      {
        label: text(
          'a stream that jumps, and one unit more in a later window',
          'un flujo que salta, y una unidad más en una ventana posterior',
        ),
        draw: seen([40, 0, 40, 40, 0], 2, window),
      },
    ],
  };
}
