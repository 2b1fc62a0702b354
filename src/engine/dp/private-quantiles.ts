import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import { choice, column, integer, type Params } from '../kit/params.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique, type Probe } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { promiseNotes } from './contribution.ts';
import { epsilonParam } from './selection/params.ts';
import {
  drawQuantiles,
  quantileGroup,
  halfWidth,
  positionProbabilities,
  type QuantileOrder,
  type QuantilePlan,
  quantilePlan,
} from './selection/quantile-draw.ts';
import { type Asked, askedOf, positionOf, positionsOf, quantileOf, valuesByGroup } from './selection/quantile-input.ts';
import { claimFor } from './selection/subject.ts';
import { hiddenUnit, protectsParam } from './unit.ts';

const tenths = (numerators: readonly number[]): readonly QuantileOrder[] =>
  numerators.map((numerator) => ({ numerator, parts: 10 }));
const ORDERS: Readonly<Record<'median' | 'quartiles' | 'deciles', readonly QuantileOrder[]>> = {
  median: [{ numerator: 1, parts: 2 }],
  quartiles: [1, 2, 3].map((numerator) => ({ numerator, parts: 4 })),
  deciles: tenths([1, 2, 3, 4, 5, 6, 7, 8, 9]),
};

export const descriptor = defineTechnique({
  id: 'private-quantiles',
  version: 1,
  family: 'dp',
  label: text('Private quantiles', 'Cuantiles privados'),
  summary: text(
    'Median, quartiles or deciles of a measured value, for the whole table or for each place or hour. Every value of the declared range is weighed by how close its rank is to the wanted one, and one is drawn.',
    'Mediana, cuartiles o deciles de un valor medido, de toda la tabla o por lugar u hora. Cada valor del rango declarado se pondera según lo cerca que esté su rango del buscado, y se sortea uno.',
  ),
  citations: [
    {
      authors: 'Smith',
      year: 2011,
      title: 'Privacy-preserving statistical estimation with optimal convergence rates',
      where: 'STOC',
      doi: '10.1145/1993636.1993743',
    },
    {
      authors: 'McSherry, Talwar',
      year: 2007,
      title: 'Mechanism design via differential privacy',
      where: 'FOCS',
      doi: '10.1109/FOCS.2007.66',
    },
  ],
  limits: [
    text(
      'A group of few rows gets almost any value of the declared range: the result does not say how many rows are behind it.',
      'Un grupo de pocas filas recibe casi cualquier valor del rango declarado: el resultado no dice cuántas filas hay detrás.',
    ),
    text(
      'Values are released on a grid of the declared range; a range much wider than the data costs accuracy.',
      'Los valores se publican en una cuadrícula del rango declarado; un rango mucho más ancho que los datos cuesta exactitud.',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: ask before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: pregunte antes de ese paso.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    orders: choice({
      label: text('Quantiles', 'Cuantiles'),
      help: text(
        'The budget is divided equally among them.',
        'El presupuesto se reparte entre ellos a partes iguales.',
      ),
      options: [
        { value: 'median', label: text('Median', 'Mediana') },
        { value: 'quartiles', label: text('Quartiles', 'Cuartiles') },
        { value: 'deciles', label: text('Deciles', 'Deciles') },
      ],
      default: 'quartiles',
    }),
    value: column({
      label: text('Value', 'Valor'),
      help: text(
        'A number with a declared range. Empty: the value shown on the map.',
        'Un número con rango declarado. Vacío: el valor que muestra el mapa.',
      ),
      roles: ['sensitive', 'other', 'quasi-identifier'],
    }),
    groups: choice({
      label: text('For each', 'Para cada'),
      help: text(
        'Groups are disjoint, so each has the whole budget; but small groups have few rows to speak for them.',
        'Los grupos son disjuntos, así que cada uno tiene todo el presupuesto; pero los grupos pequeños tienen pocas filas que los respalden.',
      ),
      options: [
        { value: 'table', label: text('The whole table', 'Toda la tabla') },
        { value: 'place', label: text('Place', 'Lugar') },
        { value: 'hour', label: text('Hour of day', 'Hora del día') },
      ],
      default: 'table',
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
    delta: 0,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Draws every quantile of every group. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const asked = await askedOf(input, params, ctx);
  const plan = planFor(params);
  const { size } = asked.grid;
  const width = plan.orders.length;
  const truth = new Float64Array(size * width);
  const released = new Float64Array(size * width);
  const rng = ctx.rng.fork('quantiles');
  const values = await valuesByGroup(asked, ctx);
  await ctx.checkpoint(0.4);
  let widest = 0;
  for (let group = 0; group < size; group += 1) {
    const positions = positionsOf(values.kept[group] as Float64Array, asked);
    const drawn = drawQuantiles(rng, quantileGroup(positions, plan));
    const all = (values.all[group] as Float64Array).sort();
    plan.orders.forEach((order, k) => {
      truth[group * width + k] = quantileOf(all, order, asked);
      released[group * width + k] = asked.low + (drawn[k] as number) * asked.step + 0;
    });
    if (all.length > 0) widest = Math.max(widest, widthOf(positions, all, plan, asked));
    await ctx.checkpoint(0.4 + (0.6 * (group + 1)) / size);
  }
  const answer = answerOf(asked, plan, truth, released, widest);
  const release: AnswersRelease = {
    kind: 'answers',
    dataset: asked.subject.input.dataset,
    guarantee: claimFor(asked.subject, { epsilon: params.epsilon, delta: 0 }),
    events: [...asked.subject.input.events, eventOf(asked, plan, params)],
    answers: [answer],
    pictures: [pictureOf(answer)],
    notes: [...notesOf(asked, plan, params, widest), ...promiseNotes(asked.subject.input, params.protects)],
  };
  return release;
}

const planFor = (params: P): QuantilePlan =>
  quantilePlan(ORDERS[params.orders], params.epsilon, params.protects === 'row' ? 1 : params.contributionBound);

function widthOf(positions: Uint32Array, sorted: Float64Array, plan: QuantilePlan, asked: Asked): number {
  return plan.orders.reduce((most, order, k) => {
    const scale = plan.scales[k];
    if (scale === undefined) return most;
    const truth = positionOf(quantileOf(sorted, order, asked), asked.low, asked.step);
    return Math.max(most, asked.step * halfWidth(positionProbabilities(positions, order, scale), truth, 0.05));
  }, 0);
}

function answerOf(
  { declared, grid, step }: Asked,
  plan: QuantilePlan,
  truth: Float64Array,
  released: Float64Array,
  widest: number,
): AnswerSet {
  const groups = grid.axes.map(({ column, label, levels }) => ({ column, label, levels }));
  const { en, es } = declared.label;
  return {
    id: 'quantiles',
    of: 'values',
    label: text(`Quantiles of ${en}`, `Cuantiles de ${es ?? en}`),
    unit: declared.unit ?? en,
    dims: [...groups, { column: 'quantile', label: text('Quantile', 'Cuantil'), levels: plan.orders.map(nameOf) }],
    truth,
    released,
    halfWidth95: widest,
    sensitivity: 1,
    scale: step,
    sensitivityClass: declared.sensitivity,
  };
}

const nameOf = ({ numerator, parts }: QuantileOrder): string => `${Math.round((100 * numerator) / parts)} %`;

const pictureOf = (answer: AnswerSet): CountsPicture => ({
  view: 'counts',
  id: answer.id,
  label: answer.label,
  unit: answer.unit,
  dims: answer.dims,
  truth: answer.truth,
  released: answer.released,
});

const eventOf = ({ subject, declared, grid }: Asked, plan: QuantilePlan, params: P): PrivacyEvent => ({
  what: `${plan.orders.length} quantiles in ${grid.size} groups`,
  on: [declared.name, ...grid.axes.map((axis) => axis.column)].join(' x '),
  mechanism: 'exponential',
  epsilon: plan.epsilon,
  delta: 0,
  neighbours: 'add-remove',
  unit: subject.unit,
  sensitivity: params.protects === 'row' ? 1 : params.contributionBound,
  law: { kind: 'bounded-range', epsilon: plan.epsilon },
  count: plan.orders.length,
});

function notesOf(
  { subject, bounded, declared }: Asked,
  plan: QuantilePlan,
  params: P,
  widest: number,
): readonly Text[] {
  const unit = declared.unit ?? '';
  const wide = `${widest.toPrecision(3)} ${unit}`.trim();
  const notes = [
    text(
      `Every quantile has ε = ${plan.epsilon.toPrecision(3)}. The widest 95 % interval of one is ±${wide}: it depends on the data, so it is a diagnosis for you, not part of the release.`,
      `Cada cuantil tiene ε = ${plan.epsilon.toPrecision(3)}. El intervalo del 95 % más ancho es de ±${wide}: depende de los datos, así que es un diagnóstico para usted, no parte de lo publicado.`,
    ),
  ];
  if (bounded === undefined) return notes;
  return [
    ...notes,
    text(
      `At most ${params.contributionBound} rows per ${subject.unit} were counted; ${bounded.dropped} rows were left out (the most active has ${bounded.largest}). These two numbers are exact: a diagnosis for you, not part of the release.`,
      `Se contaron como mucho ${params.contributionBound} filas por unidad (${subject.unit}); ${bounded.dropped} quedaron fuera (la más activa tiene ${bounded.largest}). Estos dos números son exactos: un diagnóstico para usted, no parte de lo publicado.`,
    ),
  ];
}

/** All quantiles of the whole table. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const asked = await askedOf(input, { ...params, groups: 'table' }, ctx);
  const { kept } = await valuesByGroup(asked, ctx);
  const positions = positionsOf(kept[0] ?? new Float64Array(0), asked);
  const group = quantileGroup(positions, planFor(params));
  const rng = ctx.rng.fork('probe');
  return {
    label: text('the quantiles of one group', 'los cuantiles de un grupo'),
    once: () => {
      drawQuantiles(rng, group);
    },
  };
}

/**
 * Rows at the positions of a short grid, with and without all rows of one unit. Tried with the whole budget on a median, where one draw
 * tells most; several quantiles divide it.
 */
export async function audit(params: P): Promise<Audited> {
  const plan = planFor({ ...params, orders: 'median' });
  const rows = params.protects === 'row' ? 1 : params.contributionBound;
  const pair = (label: Text, without: readonly number[], at: number): Audited['pairs'][number] => {
    const base = Uint32Array.from({ length: 32 }, (_, i) => rows * (without[i] ?? 0));
    const more = base.map((n, i) => (i === at ? n + rows : n));
    const worlds = [quantileGroup(base, plan), quantileGroup(more, plan)] as const;
    return {
      label,
      draw: (world, rng, out) => {
        for (let i = 0; i < out.length; i += 1) out[i] = drawQuantiles(rng, worlds[world])[0] as number;
      },
    };
  };
  return {
    claim: { epsilon: params.epsilon, delta: 0 },
    outputs: 'discrete',
    sensitivity: rows,
    pairs: [
      // Between both lie a tenth of the positions: it gains by as much as all others lose, and is still chosen often enough to be seen.
      pair(
        text('one more, some way below a lone value', 'una más, algo por debajo de un valor único'),
        [0, 0, 0, 1],
        0,
      ),
      pair(text('one row against none', 'una fila frente a ninguna'), [], 31),
      pair(text('one more below a lone value', 'una más por debajo de un valor único'), [0, 1], 0),
      pair(text('one more at the lower end', 'una más en el extremo inferior'), [1, 2, 3, 2, 1, 0], 0),
      pair(text('one more at the upper end', 'una más en el extremo superior'), [0, 0, 8], 31),
    ],
  };
}
