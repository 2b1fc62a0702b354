import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { invalidData } from '../kit/errors.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import { choice, column, flag, integer, type Params } from '../kit/params.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release, TableRelease } from '../kit/release.ts';
import { defineTechnique, type Probe } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { promiseNotes } from './contribution.ts';
import { gridOf, keyAxis } from './keys.ts';
import { auditPairs, type CountPair, countPairs, evenPairs } from './selection/audit-pairs.ts';
import { deltaParam, epsilonParam, selectorParam } from './selection/params.ts';
import { claimFor, type Subject, subjectOf, unitCounts } from './selection/subject.ts';
import { drawTop, type TopPlan, topPlan, type Winners } from './selection/top.ts';
import { hiddenUnit, protectsParam } from './unit.ts';

/** Candidates one choice is made among at most; choices are made one after another. */
const MOST_CANDIDATES = 20_000;

export const descriptor = defineTechnique({
  id: 'top-keys',
  version: 1,
  family: 'dp',
  label: text('The busiest places (private top k)', 'Los lugares más concurridos (los k primeros, en privado)'),
  summary: text(
    'Names the k places, payments or hours with the most rows, and nothing about the others. Each is chosen among those left by a mechanism that favours large counts; their own counts can be released with noise too.',
    'Nombra los k lugares, pagos u horas con más filas, y nada sobre los demás. Cada uno se elige entre los que quedan con un mecanismo que favorece los conteos grandes; sus propios conteos también pueden publicarse con ruido.',
  ),
  citations: [
    {
      authors: 'McKenna, Sheldon',
      year: 2020,
      title: 'Permute-and-flip: a new mechanism for differentially private selection',
      where: 'NeurIPS',
    },
    {
      authors: 'McSherry, Talwar',
      year: 2007,
      title: 'Mechanism design via differential privacy',
      where: 'FOCS',
      doi: '10.1109/FOCS.2007.66',
    },
    {
      authors: 'Durfee, Rogers',
      year: 2019,
      title: 'Practical differentially private top-k selection with pay-what-you-get composition',
      where: 'NeurIPS',
    },
  ],
  limits: [
    text(
      'Candidates whose counts differ by less than a few noise scales are told apart by chance alone.',
      'Los candidatos cuyos conteos difieren en menos de unas pocas escalas de ruido se distinguen solo por azar.',
    ),
    text(
      'Candidates are the declared values of the column. For values nobody declared, use selection of keys.',
      'Los candidatos son los valores declarados de la columna. Para valores que nadie declaró, use la selección de claves.',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: choose before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: elija antes de ese paso.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    winners: integer({
      label: text('How many are named', 'Cuántos se nombran'),
      symbol: 'k',
      help: text(
        'The budget is divided among them: each further name makes all of them less certain.',
        'El presupuesto se reparte entre ellos: cada nombre más resta certeza a todos.',
      ),
      min: 1,
      max: 100,
      default: 5,
      scale: 'log',
      stops: [1, 3, 5, 10, 20],
    }),
    key: column({
      label: text('Candidates from column', 'Candidatos de la columna'),
      help: text('Empty: the place drawn on the map.', 'Vacío: el lugar que se dibuja en el mapa.'),
      roles: ['quasi-identifier', 'sensitive', 'other'],
    }),
    selector: selectorParam,
    withCounts: flag({
      label: text('Release their counts', 'Publicar sus conteos'),
      help: text(
        'Half of the budget goes to the noisy counts of those named.',
        'La mitad del presupuesto se dedica a los conteos con ruido de los nombrados.',
      ),
      default: true,
    }),
    protects: protectsParam,
    adding: choice({
      label: text('How choices add up', 'Cómo se suman las elecciones'),
      help: text(
        'Adding up their ε never fails. Concentrated accounting allows δ and leaves more for each of many choices.',
        'Sumar sus ε nunca falla. La contabilidad concentrada admite δ y deja más para cada una de muchas elecciones.',
      ),
      options: [
        { value: 'sum', label: text('Sum of ε (δ = 0)', 'Suma de ε (δ = 0)') },
        { value: 'concentrated', label: text('Concentrated, with δ', 'Concentrada, con δ') },
      ],
      default: 'sum',
      advanced: true,
    }),
    delta: { ...deltaParam, advanced: true },
  },
  stage: 'curator',
  dimensions: { serves: ['query', 'location'] },
  view: 'counts',
  accepts: ['table'],
  produces: 'answers',
  randomized: true,
  guarantee: (params, unit): Guarantee => ({
    kind: 'dp',
    epsilon: params.epsilon,
    delta: params.adding === 'sum' ? 0 : params.delta,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Names the winners among the declared values of a column. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const subject = subjectOf(input, params.protects);
  await ctx.checkpoint(0.05);
  const axis = keyAxis(subject.input, keyOf(subject.input, params.key));
  if (axis.levels.length === 0 || axis.levels.length > MOST_CANDIDATES) {
    throw invalidData(
      `column ${axis.column} has ${axis.levels.length} values to choose among; from 1 to ${MOST_CANDIDATES} are possible`,
      'choose another column',
      { column: axis.column },
    );
  }
  await ctx.checkpoint(0.3);
  const grid = gridOf([axis], subject.input.table.rows);
  const { counts } = await unitCounts(subject, grid, Number.POSITIVE_INFINITY, ctx.rng, () => ctx.checkpoint(0.3));
  await ctx.checkpoint(0.7);
  const plan = planFor(params);
  const winners = drawTop(ctx.rng.fork('top'), counts, plan);
  const picture = pictureOf(subject, axis, counts, winners, plan);
  await ctx.checkpoint(1);
  const release: AnswersRelease = {
    kind: 'answers',
    dataset: subject.input.dataset,
    guarantee: claimFor(subject, plan.loss),
    events: [...subject.input.events, ...eventsOf(subject, axis.column, plan, winners)],
    answers: [answerOf(picture, winners, plan)],
    pictures: [picture],
    notes: [
      noteOf(picture, winners, plan),
      truthNote(picture, winners),
      ...promiseNotes(subject.input, params.protects, plan.loss.delta),
    ],
  };
  return release;
}

const planFor = (params: P): TopPlan =>
  topPlan({
    selector: params.selector,
    winners: params.winners,
    epsilon: params.epsilon,
    delta: params.adding === 'sum' ? 0 : params.delta,
    withCounts: params.withCounts,
    many: params.protects !== 'row',
  });

/** The chosen column; else the place, else the first category. */
function keyOf({ dataset, table }: TableRelease, name: string): string {
  if (name !== '') return name;
  const { parts, columns } = dataset.descriptor;
  const has = (one: string | undefined): one is string =>
    one !== undefined && table.columns.some((column) => column.name === one);
  if (has(parts.place)) return parts.place;
  const category = columns.find((one) => one.type === 'category' && one.role !== 'identifier' && has(one.name));
  if (category !== undefined) return category.name;
  throw invalidData(
    'this table has no column whose values could be named',
    'keep a place or a category in this branch',
  );
}

/** All candidates; those not named are hatched. */
function pictureOf(
  { unit }: Subject,
  { column, label, levels }: { column: string; label: Text; levels: readonly string[] },
  truth: Float64Array,
  { chosen, counts }: Winners,
  { noise }: TopPlan,
): CountsPicture {
  const released = new Float64Array(truth.length);
  const suppressed = new Uint8Array(truth.length).fill(1);
  chosen.forEach((candidate, k) => {
    suppressed[candidate] = 0;
    // Without counts the order is all there is: the first of k has k points.
    released[candidate] = counts === undefined ? chosen.length - k : Math.max(0, counts[k] as number);
  });
  return {
    view: 'counts',
    id: 'top',
    label: text(`Most frequent: ${label.en}`, `Más frecuentes: ${label.es ?? label.en}`),
    unit: counts === undefined ? 'points' : unit,
    dims: [{ column, label, levels }],
    truth: counts === undefined ? pointsOf(truth, chosen.length) : truth,
    released,
    suppressed,
    ...(noise === undefined
      ? {}
      : {
          noise: {
            law: 'laplace' as const,
            scale: noise.scale.numerator / noise.scale.denominator,
            halfWidth95: noise.halfWidth95,
          },
        }),
  };
}

/** Points of the true order: k for the largest down to 1 for the k-th, 0 for all others. */
function pointsOf(truth: Float64Array, k: number): Float64Array {
  const points = new Float64Array(truth.length);
  orderOf(truth)
    .slice(0, k)
    .forEach((candidate, at) => {
      points[candidate] = k - at;
    });
  return points;
}

const orderOf = (truth: Float64Array): readonly number[] =>
  Array.from(truth, (_, i) => i).sort((a, b) => (truth[b] as number) - (truth[a] as number) || a - b);

/** Only those named: nothing was released about the others. */
function answerOf(picture: CountsPicture, { chosen }: Winners, { noise }: TopPlan): AnswerSet {
  const dim = picture.dims[0] as CountsPicture['dims'][number];
  return {
    id: picture.id,
    of: noise === undefined ? 'values' : 'counts',
    label: picture.label,
    unit: picture.unit,
    dims: [{ ...dim, levels: Array.from(chosen, (candidate) => dim.levels[candidate] as string) }],
    truth: Float64Array.from(chosen, (candidate) => picture.truth[candidate] as number),
    released: Float64Array.from(chosen, (candidate) => picture.released[candidate] as number),
    halfWidth95: noise?.halfWidth95 ?? 0,
    sensitivity: noise?.l1 ?? 1,
    scale: noise === undefined ? 0 : noise.scale.numerator / noise.scale.denominator,
    sensitivityClass: 'high',
  };
}

function eventsOf({ unit }: Subject, on: string, plan: TopPlan, { chosen }: Winners): readonly PrivacyEvent[] {
  const common = { on, delta: 0, neighbours: 'add-remove', unit } as const;
  const { choice: one, noise } = plan;
  const choices: PrivacyEvent = {
    ...common,
    what: `choice of the largest count, ${chosen.length} times`,
    mechanism: plan.selector,
    epsilon: one.epsilon,
    sensitivity: 1,
    scale: one.scale.numerator / one.scale.denominator,
    law: one.law,
    count: Math.max(1, chosen.length),
  };
  if (noise === undefined) return [choices];
  const scale = noise.scale.numerator / noise.scale.denominator;
  return [
    choices,
    {
      ...common,
      what: `counts of the ${chosen.length} chosen`,
      mechanism: 'discrete Laplace',
      epsilon: noise.epsilon,
      sensitivity: noise.l1,
      scale,
      law: { kind: 'discrete-laplace', scale, sensitivity: noise.l1 },
    },
  ];
}

function noteOf({ label, unit }: CountsPicture, { chosen }: Winners, { choice: one, noise }: TopPlan): Text {
  const scale = one.scale.numerator / one.scale.denominator;
  const apart = (scale * 4.6).toFixed(scale < 2 ? 1 : 0);
  const counts = noise === undefined ? undefined : noise.halfWidth95.toFixed(0);
  return text(
    `${chosen.length} values are named (${label.en}); a candidate ${apart} ${unit} behind beats a given better one in about 1 of 100 runs or less.${counts === undefined ? '' : ` Counts are within ±${counts} in 95 % of cases.`}`,
    `Se nombran ${chosen.length} valores (${label.es ?? label.en}); un candidato ${apart} ${unit} por detrás supera a otro mejor en torno a 1 de cada 100 ejecuciones o menos.${counts === undefined ? '' : ` Los conteos quedan a ±${counts} en el 95 % de los casos.`}`,
  );
}

/** How many of the true top are named: exact, so a diagnosis only. */
function truthNote({ truth }: CountsPicture, { chosen }: Winners): Text {
  const best = new Set(orderOf(truth).slice(0, chosen.length));
  const right = chosen.reduce((sum, candidate) => sum + (best.has(candidate) ? 1 : 0), 0);
  return text(
    `${right} of the ${chosen.length} truly largest are among them. This number is exact: a diagnosis for you, not part of the release.`,
    `Entre ellos están ${right} de los ${chosen.length} realmente mayores. Este número es exacto: un diagnóstico para usted, no parte de lo publicado.`,
  );
}

/** One choice among the counts of the table. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const subject = subjectOf(input, params.protects);
  const grid = gridOf([keyAxis(subject.input, keyOf(subject.input, params.key))], subject.input.table.rows);
  const { counts } = await unitCounts(subject, grid, Number.POSITIVE_INFINITY, ctx.rng, () => ctx.checkpoint(0.3));
  const plan = { ...planFor(params), winners: 1 };
  const rng = ctx.rng.fork('probe');
  return {
    label: text('one private choice', 'una elección privada'),
    once: () => {
      drawTop(rng, counts, plan);
    },
  };
}

/**
 * What is seen: the order of the winners and, with counts, the first one's count. With a single winner, on whom the whole budget is
 * spent, among many equals; with two among a few.
 */
export async function audit(params: P): Promise<Audited> {
  const many = params.protects !== 'row';
  const observed = (pairs: readonly CountPair[], winners: number): Audited => {
    const plan = planFor({ ...params, winners });
    return auditPairs(plan.loss, 'discrete', pairs, (rng, counts) => {
      const { chosen, counts: noisy } = drawTop(rng, counts, plan);
      const order = chosen.reduce((code, candidate) => code * 8 + candidate, 0);
      return noisy === undefined ? order : order + 64 * (1000 + Math.max(-1000, Math.min(1000, noisy[0] as number)));
    });
  };
  const one = observed(evenPairs(16, many), 1);
  return { ...one, pairs: [...one.pairs, ...observed(countPairs(many), Math.min(params.winners, 2)).pairs] };
}
