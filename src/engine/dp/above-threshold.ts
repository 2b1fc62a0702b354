import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import { flag, integer, type Params } from '../kit/params.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique, type Probe } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import type { Rational } from '../rng/samplers-exact.ts';
import type { Axis } from './axes.ts';
import { type Grid, gridOf, keyColumns, keysOf } from './keys.ts';
import { discreteLaplaceAccuracy, discreteLaplaceDraws } from './noise.ts';
import { type AbovePlan, abovePlan, askAbove } from './selection/above.ts';
import { auditPairs, countPairs, quietPair } from './selection/audit-pairs.ts';
import { epsilonParam } from './selection/params.ts';
import { claimFor, type Subject, subjectOf, unitCounts } from './selection/subject.ts';
import { hiddenUnit, protectsParam } from './unit.ts';
import { promiseNotes } from './contribution.ts';

/** Comparisons between two checkpoints. */
const STRIDE = 20_000;

export const descriptor = defineTechnique({
  id: 'above-threshold',
  version: 1,
  family: 'dp',
  label: text('Where it is busy (sparse vector)', 'Dónde hay mucha actividad (vector disperso)'),
  summary: text(
    'Says which places and hours have more rows than a threshold, until a chosen number of them is found. Only what is found costs budget: any number of quiet cells is passed over for free.',
    'Dice qué lugares y horas tienen más filas que un umbral, hasta encontrar el número elegido. Solo lo que se encuentra gasta presupuesto: las celdas tranquilas, cuantas sean, se pasan gratis.',
  ),
  citations: [
    {
      authors: 'Lyu, Su, Li',
      year: 2017,
      title: 'Understanding the sparse vector technique for differential privacy',
      where: 'PVLDB 10(6)',
      doi: '10.14778/3055330.3055331',
    },
    {
      authors: 'Dwork, Naor, Reingold, Rothblum, Vadhan',
      year: 2009,
      title: 'On the complexity of differentially private data release',
      where: 'STOC',
    },
  ],
  limits: [
    text(
      'Where one row is hidden, every row is in one cell only, and noisy counts of all cells have less noise than these comparisons. The method pays where a person is in many cells.',
      'Cuando se oculta una fila, cada fila está en una sola celda y los conteos con ruido de todas las celdas llevan menos ruido que estas comparaciones. El método compensa cuando una persona está en muchas celdas.',
    ),
    text(
      'Cells are asked in random order; after the last one that may be found nothing is said about the rest.',
      'Las celdas se consultan en orden aleatorio; tras la última que puede encontrarse no se dice nada del resto.',
    ),
    text(
      'Four of six published variants of this method are not private; this is the one proven (Algorithm 1 of Lyu, Su and Li).',
      'Cuatro de las seis variantes publicadas de este método no son privadas; esta es la demostrada (algoritmo 1 de Lyu, Su y Li).',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: ask before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: pregunte antes de ese paso.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    threshold: integer({
      label: text('Threshold', 'Umbral'),
      help: text('A cell with at least this many is to be found.', 'Se busca toda celda con al menos este número.'),
      min: 1,
      max: 1_000_000,
      default: 30,
      scale: 'log',
      stops: [10, 30, 100, 1000, 10_000],
    }),
    positives: integer({
      label: text('How many are found at most', 'Cuántas se encuentran como mucho'),
      symbol: 'c',
      help: text(
        'The noise of every comparison grows with this number.',
        'El ruido de cada comparación crece con este número.',
      ),
      min: 1,
      max: 100,
      default: 10,
      scale: 'log',
      stops: [1, 5, 10, 20, 50],
    }),
    by: keyColumns(2),
    withCounts: flag({
      label: text('Release their counts', 'Publicar sus conteos'),
      help: text(
        'Half of the budget goes to the noisy counts of those named.',
        'La mitad del presupuesto se dedica a los conteos con ruido de los nombrados.',
      ),
      default: false,
    }),
    protects: protectsParam,
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
    delta: 0,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Cells in the order they were asked, and whether each was above. */
interface Findings {
  readonly asked: readonly number[];
  readonly above: readonly boolean[];
  /** Noisy counts of the cells above, in the order found. */
  readonly counts?: Float64Array;
}

/** Goes through the cells in random order until enough are found. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const subject = subjectOf(input, params.protects);
  await ctx.checkpoint(0.05);
  const grid = gridOf(keysOf(subject.input, params.by), subject.input.table.rows);
  await ctx.checkpoint(0.2);
  const { counts } = await unitCounts(subject, grid, Number.POSITIVE_INFINITY, ctx.rng, () => ctx.checkpoint(0.2));
  await ctx.checkpoint(0.4);
  const plan = planFor(params);
  const findings = await find(counts, plan, ctx);
  const picture = pictureOf(subject, grid.axes, counts, findings, plan);
  const release: AnswersRelease = {
    kind: 'answers',
    dataset: subject.input.dataset,
    guarantee: claimFor(subject, { epsilon: params.epsilon, delta: 0 }),
    events: [...subject.input.events, ...eventsOf(subject, grid, plan, findings)],
    answers: [answerOf(picture, grid, findings, plan)],
    pictures: [picture],
    notes: [...notesOf(params, plan, counts, findings), ...promiseNotes(subject.input, params.protects)],
  };
  return release;
}

const planFor = (params: P): AbovePlan => abovePlan({ ...params, many: params.protects !== 'row' });

async function find(counts: Float64Array, plan: AbovePlan, ctx: Ctx): Promise<Findings> {
  const order = Uint32Array.from({ length: counts.length }, (_, i) => i);
  const shuffle = ctx.rng.fork('order');
  const rng = ctx.rng.fork('above');
  const isAbove = askAbove(rng, plan);
  const asked: number[] = [];
  const above: boolean[] = [];
  let found = 0;
  for (let left = order.length; left > 0 && found < plan.positives; left -= 1) {
    const at = shuffle.int(left);
    const cell = order[at] as number;
    order[at] = order[left - 1] as number;
    const yes = isAbove(counts[cell] as number);
    asked.push(cell);
    above.push(yes);
    if (yes) found += 1;
    if (left % STRIDE === 0) await ctx.checkpoint(0.4 + 0.5 * (1 - left / order.length));
  }
  await ctx.checkpoint(0.95);
  if (plan.counts === undefined) return { asked, above };
  const draw = discreteLaplaceDraws(rng, plan.counts.scale);
  const cells = asked.filter((_, i) => above[i] === true);
  return { asked, above, counts: Float64Array.from(cells, (cell) => (counts[cell] as number) + draw()) };
}

/** 1 = above, 0 = below; or the noisy counts of those above. Cells never asked are hatched. */
function pictureOf(
  { unit }: Subject,
  axes: readonly Axis[],
  counts: Float64Array,
  findings: Findings,
  plan: AbovePlan,
): CountsPicture {
  const released = new Float64Array(counts.length);
  const suppressed = new Uint8Array(counts.length).fill(1);
  let found = 0;
  findings.asked.forEach((cell, i) => {
    const isAbove = findings.above[i] === true;
    if (findings.counts === undefined || isAbove) suppressed[cell] = 0;
    if (!isAbove) return;
    released[cell] = findings.counts === undefined ? 1 : Math.max(0, findings.counts[found] as number);
    found += 1;
  });
  const en = axes.map((axis) => axis.label.en).join(' × ');
  const es = axes.map((axis) => axis.label.es ?? axis.label.en).join(' × ');
  return {
    view: 'counts',
    id: 'above',
    label: text(`At least ${plan.threshold}: ${en}`, `Al menos ${plan.threshold}: ${es}`),
    unit: plan.counts === undefined ? 'yes or no' : unit,
    dims: axes.map(({ column, label, levels }) => ({ column, label, levels })),
    truth: plan.counts === undefined ? counts.map((count) => (count >= plan.threshold ? 1 : 0)) : counts,
    released,
    suppressed,
    ...(plan.counts === undefined
      ? {}
      : {
          noise: { law: 'laplace' as const, scale: asNumber(plan.counts.scale), halfWidth95: plan.counts.halfWidth95 },
        }),
  };
}

/** What was said, cell by cell: all cells asked, or only those counted. */
function answerOf(picture: CountsPicture, { axes }: Grid, { asked, above }: Findings, plan: AbovePlan): AnswerSet {
  const said = plan.counts === undefined ? asked : asked.filter((_, i) => above[i] === true);
  const [first] = axes;
  return {
    id: picture.id,
    of: plan.counts === undefined ? 'values' : 'counts',
    label: picture.label,
    unit: picture.unit,
    dims: [
      {
        column: axes.map((axis) => axis.column).join(' x '),
        label: axes.length === 1 && first !== undefined ? first.label : text('Cell', 'Celda'),
        levels: said.map((cell) => nameOf(cell, axes)),
      },
    ],
    truth: Float64Array.from(said, (cell) => picture.truth[cell] as number),
    released: Float64Array.from(said, (cell) => picture.released[cell] as number),
    halfWidth95: plan.counts?.halfWidth95 ?? 0,
    sensitivity: plan.counts?.l1 ?? 1,
    scale: plan.counts === undefined ? 0 : asNumber(plan.counts.scale),
    sensitivityClass: 'high',
  };
}

/** "zone · 08": the levels of a cell. */
function nameOf(cell: number, axes: readonly Axis[]): string {
  let rest = cell;
  return [...axes]
    .reverse()
    .map(({ levels }) => {
      const level = levels[rest % levels.length] as string;
      rest = Math.floor(rest / levels.length);
      return level;
    })
    .reverse()
    .join(' · ');
}

const asNumber = ({ numerator, denominator }: Rational): number => numerator / denominator;

function eventsOf(
  { unit }: Subject,
  { axes }: Grid,
  plan: AbovePlan,
  { asked, above }: Findings,
): readonly PrivacyEvent[] {
  const common = { on: axes.map((axis) => axis.column).join(' x '), delta: 0, neighbours: 'add-remove', unit } as const;
  const finding: PrivacyEvent = {
    ...common,
    what: `${asked.length} comparisons with a threshold`,
    mechanism: 'sparse vector',
    epsilon: plan.epsilon,
    sensitivity: 1,
    scale: asNumber(plan.queryNoise),
    law: { kind: 'pure', epsilon: plan.epsilon },
  };
  if (plan.counts === undefined) return [finding];
  const scale = asNumber(plan.counts.scale);
  return [
    finding,
    {
      ...common,
      what: `counts of the ${above.filter(Boolean).length} found`,
      mechanism: 'discrete Laplace',
      epsilon: plan.counts.epsilon,
      sensitivity: plan.counts.l1,
      scale,
      law: { kind: 'discrete-laplace', scale, sensitivity: plan.counts.l1 },
    },
  ];
}

function notesOf(params: P, plan: AbovePlan, counts: Float64Array, { asked, above }: Findings): readonly Text[] {
  const found = above.filter(Boolean).length;
  const wrong = asked.filter((cell, i) => (counts[cell] as number) >= plan.threshold !== above[i]).length;
  const noise = discreteLaplaceAccuracy(asNumber(plan.queryNoise), 0.05) - 1;
  const shared = discreteLaplaceAccuracy(asNumber(plan.thresholdNoise), 0.05) - 1;
  const notes = [
    text(
      `${found} cells were found in ${asked.length} comparisons. Noise of one comparison stays within ±${noise}, and that of the threshold, shared by all, within ±${shared}, in 95 % of cases.`,
      `Se encontraron ${found} celdas en ${asked.length} comparaciones. El ruido de una comparación queda a ±${noise}, y el del umbral, común a todas, a ±${shared}, en el 95 % de los casos.`,
    ),
    text(
      `${wrong} comparisons came out wrong. This number is exact: a diagnosis for you, not part of the release.`,
      `${wrong} comparaciones salieron mal. Este número es exacto: un diagnóstico para usted, no parte de lo publicado.`,
    ),
  ];
  if (params.protects !== 'row') return notes;
  const all = discreteLaplaceAccuracy(1 / params.epsilon, 0.05) - 1;
  return [
    ...notes,
    text(
      `Noisy counts of all cells would be within ±${all} at the same ε: with one row hidden, that is the better question.`,
      `Los conteos con ruido de todas las celdas quedarían a ±${all} con el mismo ε: si se oculta una fila, esa es la mejor pregunta.`,
    ),
  ];
}

/** One comparison. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const subject = subjectOf(input, params.protects);
  const grid = gridOf(keysOf(subject.input, params.by), subject.input.table.rows);
  const { counts } = await unitCounts(subject, grid, Number.POSITIVE_INFINITY, ctx.rng, () => ctx.checkpoint(0.2));
  const isAbove = askAbove(ctx.rng.fork('probe'), planFor(params));
  let cell = 0;
  let found = 0;
  return {
    label: text('one comparison with a threshold', 'una comparación con un umbral'),
    once: () => {
      cell = cell + 1 < counts.length ? cell + 1 : 0;
      if (isAbove(counts[cell] as number)) found = (found + 1) % 1_000_000;
    },
  };
}

/**
 * What is seen: how many cells were asked until one was above, and its count where counts are released. Whoever is hidden, the proof
 * covers a unit that counts once in any number of cells, so that is what is tried; with one positive, where it tells most. Quiet cells
 * lie below the threshold by about the noise of a comparison: nearer or farther, less is told.
 */
export async function audit(params: P): Promise<Audited> {
  const wish = planFor({ ...params, positives: 1, protects: 'entity' });
  const noise = asNumber(wish.queryNoise);
  const [near, far] = [Math.max(1, Math.round(noise / 2)), Math.max(1, Math.round(noise))];
  const plan = { ...wish, threshold: Math.max(5, far) };
  const pairs = [quietPair(plan.threshold, 4, near), quietPair(plan.threshold, 16, far), ...countPairs(true)];
  return auditPairs({ epsilon: params.epsilon, delta: 0 }, 'discrete', pairs, (rng, counts) =>
    firstAbove(rng, counts, plan),
  );
}

/** Cells asked, and the first count in a code of its own; more cells than there are where none was above. */
function firstAbove(rng: Rng, counts: Float64Array, plan: AbovePlan): number {
  const isAbove = askAbove(rng, plan);
  let cell = 0;
  while (cell < counts.length && !isAbove(counts[cell] as number)) cell += 1;
  if (plan.counts === undefined || cell === counts.length) return cell;
  const noisy = (counts[cell] as number) + discreteLaplaceDraws(rng, plan.counts.scale)();
  return cell + 64 * (1000 + Math.max(-999, Math.min(1000, noisy)));
}
