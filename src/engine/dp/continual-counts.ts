import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { invalidParam } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, flag, type Params } from '../kit/params.ts';
import type { SeriesPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique, type Probe, type Session } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { descriptor as laplaceHistogram } from './laplace-histogram.ts';
import { eventOf, type NoisePlan, noiseParam, noisePlan, vectorAudit } from './ranges/noise-plan.ts';
import { deltaParam, epsilonParam } from './selection/params.ts';
import { claimFor, type Subject, subjectOf } from './selection/subject.ts';
import { halfWidthOf, type Scheme, type SchemeId, schemeOf, type Spread } from './time/counters.ts';
import { type AxisCounts, axisCounts, unitNote } from './time/step-counts.ts';
import { foldedNote, stepParam, type Steps, stepsOf } from './time/steps.ts';
import { hiddenUnit, protectsParam } from './unit.ts';
import { promiseNotes } from './contribution.ts';

export const descriptor = defineTechnique({
  id: 'continual-counts',
  version: 1,
  family: 'dp',
  label: text('Running totals over time', 'Totales acumulados en el tiempo'),
  summary: text(
    'A total that is published again at every hour, day or week, for one budget over the whole period: noise is shared between steps by a tree of partial sums or by a square-root factorisation, so that it grows with the logarithm of time.',
    'Un total que se vuelve a publicar cada hora, día o semana, con un solo presupuesto para todo el período: el ruido se comparte entre pasos con un árbol de sumas parciales o una factorización de raíz cuadrada, y crece con el logaritmo del tiempo.',
  ),
  citations: [
    {
      authors: 'Chan, Shi, Song',
      year: 2011,
      title: 'Private and continual release of statistics',
      where: 'ACM TISSEC',
      doi: '10.1145/2043621.2043626',
    },
    { authors: 'Honaker', year: 2015, title: 'Efficient use of differentially private binary trees', where: 'TPDP' },
    {
      authors: 'Fichtenberger, Henzinger, Upadhyay',
      year: 2023,
      title: 'Constant matters: fine-grained error bound on differentially private continual observation',
      where: 'ICML',
    },
  ],
  limits: [
    text(
      'The number of steps is fixed beforehand: it decides how much noise each step gets.',
      'El número de pasos se fija de antemano: decide cuánto ruido lleva cada paso.',
    ),
    text(
      'For one row, what is hidden is one appearance. A person who appears every day needs to be hidden as a whole, with the noise that costs.',
      'Para una fila, lo que se oculta es una aparición. Quien aparece todos los días debe ocultarse por completo, con el ruido que eso cuesta.',
    ),
    text(
      'The difference of two neighbouring totals is far noisier than either: for counts of single steps, add noise to each step.',
      'La diferencia entre dos totales consecutivos tiene mucho más ruido que ellos: para conteos de pasos sueltos, añada ruido a cada paso.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    scheme: choice({
      label: text('Scheme', 'Esquema'),
      help: text(
        'How measurements are shared between totals. Square root is best for Gaussian noise, Honaker’s tree for Laplace noise.',
        'Cómo se comparten las medidas entre totales. La raíz cuadrada es mejor con ruido gaussiano; el árbol de Honaker, con ruido de Laplace.',
      ),
      options: [
        { value: 'square-root', label: text('Square-root factorisation', 'Factorización de raíz cuadrada') },
        { value: 'honaker', label: text('Tree, all nodes (Honaker)', 'Árbol, todos los nodos (Honaker)') },
        { value: 'tree', label: text('Binary tree', 'Árbol binario') },
        { value: 'input', label: text('Noise on every step', 'Ruido en cada paso') },
      ],
      default: 'square-root',
    }),
    step: stepParam,
    noise: noiseParam,
    delta: deltaParam,
    protects: protectsParam,
    contributionBound: laplaceHistogram.params.contributionBound,
    revise: flag({
      label: text('Correct earlier totals at the end', 'Corregir al final los totales anteriores'),
      help: text(
        'With Honaker’s tree: later nodes say something of earlier totals too. Costs no privacy.',
        'Con el árbol de Honaker: los nodos posteriores también dicen algo de los totales anteriores. No cuesta privacidad.',
      ),
      default: false,
      advanced: true,
    }),
  },
  stage: 'curator',
  dimensions: { serves: ['query', 'footprint'] },
  view: 'series',
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

/** Exact square roots cost the square of the steps; the others would do with many more. */
const MOST_STEPS = 20_000;

interface Plan {
  readonly subject: Subject;
  readonly steps: Steps;
  readonly counts: AxisCounts;
  readonly scheme: Scheme;
  readonly noise: NoisePlan;
  readonly truth: Float64Array;
  readonly halfWidth95: Float64Array;
}

async function planOf(input: Release, params: P, ctx: Ctx): Promise<Plan> {
  const subject = subjectOf(input, params.protects);
  await ctx.checkpoint(0.02);
  const steps = stepsOf(subject.input, params.step, MOST_STEPS);
  await ctx.checkpoint(0.1);
  const counts = await axisCounts(subject, steps, params.contributionBound, ctx);
  const scheme = schemeOf(params.scheme, steps.levels.length);
  const noise = noisePlan(params, reachOf(scheme), counts.rows, ctx.rng);
  await ctx.checkpoint(0.25);
  return {
    subject,
    steps,
    counts,
    scheme,
    noise,
    truth: totals(counts.truth),
    halfWidth95: widths(scheme.spreads(), noise),
  };
}

/** A row is in one node of every level of a tree. */
const reachOf = (scheme: Scheme) =>
  scheme.id === 'tree' || scheme.id === 'honaker' ? { ...scheme.reach, levels: scheme.reach.cells } : scheme.reach;

const widths = (spreads: readonly Spread[], noise: NoisePlan): Float64Array =>
  Float64Array.from(spreads, (spread) => halfWidthOf(spread, noise.law, noise.figures.variance));

function totals(counts: Float64Array): Float64Array {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}

/** One step of time a step: what a city would publish that evening. Nothing can be changed once the series has begun. */
export async function session(input: Release, params: P, ctx: Ctx): Promise<Session> {
  const plan = await planOf(input, params, ctx);
  const series = seriesOf(plan, ctx);
  const notes = notesOf(plan, params);
  return {
    steps: plan.steps.levels.length,
    step: async (stepCtx) => {
      series.next();
      await stepCtx.checkpoint(series.done() / plan.steps.levels.length);
      return releaseOf(plan, params, series, notes);
    },
    set: (name, value) => {
      throw invalidParam(name, 'to stay as it is: the noise of the whole series was set at its start', value);
    },
  };
}

/** The session stepped to its end. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const series = seriesOf(plan, ctx);
  const steps = plan.steps.levels.length;
  for (let i = 0; i < steps; i += 1) {
    series.next();
    if (i % 128 === 127) await ctx.checkpoint(0.25 + (0.7 * i) / steps);
  }
  await ctx.checkpoint(0.97);
  return releaseOf(plan, params, series, notesOf(plan, params));
}

interface Series {
  /** Takes the next step's count; past the last step it does nothing. */
  next(): void;
  done(): number;
  readonly released: Float64Array;
  revised(): Float64Array | undefined;
}

function seriesOf({ scheme, noise, counts }: Plan, ctx: Ctx): Series {
  const rng = ctx.rng.fork('noise');
  const one = new Float64Array(1);
  const counter = scheme.counter((value) => {
    one[0] = value;
    return noise.measure(rng, one)[0] as number;
  });
  const released = new Float64Array(scheme.steps);
  let done = 0;
  return {
    next: () => {
      if (done === scheme.steps) return;
      released[done] = counter.push(counts.kept[done] as number) + 0;
      done += 1;
    },
    done: () => done,
    released,
    revised: () => counter.revised?.(),
  };
}

function releaseOf(plan: Plan, params: P, series: Series, notes: readonly Text[]): AnswersRelease {
  const { subject, steps, scheme, noise, truth } = plan;
  const done = series.done();
  const revised = params.revise && done === scheme.steps ? series.revised() : undefined;
  const released = revised ?? series.released.slice();
  const halfWidth95 =
    revised === undefined || scheme.revisedSpreads === undefined
      ? plan.halfWidth95.map((width, i) => (i < done ? width : 0))
      : widths(scheme.revisedSpreads(), noise);
  const unit = subject.input.dataset.descriptor.rowUnit;
  const label = text('Total so far', 'Total hasta ahora');
  const picture: SeriesPicture = {
    view: 'series',
    id: 'totals',
    label,
    unit,
    stepUnit: steps.unit,
    steps: steps.levels,
    done,
    truth: truth.map((value, i) => (i < done ? value : 0)),
    released,
    halfWidth95,
  };
  const answer: AnswerSet = {
    id: 'totals',
    of: 'values',
    label,
    unit,
    dims: [{ column: steps.column, label: steps.label, levels: steps.levels.slice(0, done) }],
    truth: truth.slice(0, done),
    released: released.slice(0, done),
    halfWidth95: halfWidth95.reduce((most, width) => Math.max(most, width), 0),
    sensitivity: noise.sensitivity,
    scale: noise.scale,
    sensitivityClass: 'medium',
  };
  return {
    kind: 'answers',
    dataset: subject.input.dataset,
    guarantee: claimFor(subject, noise.loss),
    events: [
      ...subject.input.events,
      eventOf(noise, reachOf(scheme), {
        what: `running totals over ${scheme.steps} steps`,
        on: steps.column,
        unit: subject.unit,
      }),
    ],
    answers: [answer],
    pictures: [picture],
    notes,
  };
}

/** Root mean squared error over all totals of each scheme at the same loss, by exact variances. */
export function schemeErrors(
  asked: { readonly noise: 'laplace' | 'gaussian'; readonly epsilon: number; readonly delta: number },
  steps: number,
  rows = 1,
): Readonly<Record<SchemeId, number>> {
  const error = (id: SchemeId): number => {
    const scheme = schemeOf(id, steps);
    const { figures } = noisePlan(asked, reachOf(scheme), rows, { path: 'simulation' });
    const sum = scheme.spreads().reduce((total, { variance }) => total + variance, 0);
    return Math.sqrt((figures.variance * sum) / steps);
  };
  return { input: error('input'), tree: error('tree'), honaker: error('honaker'), 'square-root': error('square-root') };
}

function notesOf(plan: Plan, params: P): readonly Text[] {
  const { steps, counts, subject } = plan;
  const errors = schemeErrors(params, steps.levels.length, counts.rows);
  const [input, tree, honaker, root] = [errors.input, errors.tree, errors.honaker, errors['square-root']].map((error) =>
    error.toFixed(1),
  );
  return [
    text(
      `Typical error of a total (root mean square, by the exact formula) at this budget: square root ${root}, Honaker ${honaker}, tree ${tree}, noise on every step ${input}.`,
      `Error típico de un total (media cuadrática, por la fórmula exacta) con este presupuesto: raíz cuadrada ${root}, Honaker ${honaker}, árbol ${tree}, ruido en cada paso ${input}.`,
    ),
    unitNote(subject, counts),
    ...promiseNotes(subject.input, params.protects, plan.noise.loss.delta),
    ...(steps.isFolded ? [foldedNote] : []),
  ];
}

/** One step of the series: its measurements and its total. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const plan = await planOf(input, params, ctx);
  let series = seriesOf(plan, ctx);
  return {
    label: text('one step of the series', 'un paso de la serie'),
    once: () => {
      if (series.done() === plan.scheme.steps) series = seriesOf(plan, ctx);
      series.next();
    },
  };
}

/** One row more at the first of four steps, where it is in most measurements; and at the last, beside full and empty steps. */
export async function audit(params: P, ctx: Ctx): Promise<Audited> {
  const scheme = schemeOf(params.scheme, 4);
  const rows = params.protects === 'row' ? 1 : params.contributionBound;
  const noise = noisePlan(params, reachOf(scheme), rows, ctx.rng);
  const measured = (counts: readonly number[]): Float64Array => {
    const values: number[] = [];
    const counter = scheme.counter((value) => {
      values.push(value);
      return value;
    });
    for (const count of counts) counter.push(count);
    return Float64Array.from(values);
  };
  return vectorAudit(noise, [
    {
      label: text('an empty series, and one unit at its first step', 'una serie vacía, y una unidad en su primer paso'),
      worlds: [measured([0, 0, 0, 0]), measured([rows, 0, 0, 0])],
    },
    {
      label: text(
        'a busy series, and one unit more at its last step',
        'una serie concurrida, y una unidad más en su último paso',
      ),
      worlds: [measured([900, 0, 1, 40]), measured([900, 0, 1, 40 + rows])],
    },
  ]);
}
