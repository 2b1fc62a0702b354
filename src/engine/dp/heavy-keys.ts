import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { invalidData } from '../kit/errors.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import { choice, columns, integer, type Params } from '../kit/params.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release, TableRelease } from '../kit/release.ts';
import { defineTechnique, type Probe } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { promiseNotes } from './contribution.ts';
import { discreteLaplaceAccuracy } from './noise.ts';
import { gaussianAccuracy } from './gaussian.ts';
import { auditPairs } from './selection/audit-pairs.ts';
import { type HeavyPlan, heavyPlan, keepProbability } from './selection/heavy.ts';
import { type OccurringKeys, occurringKeys } from './selection/key-codes.ts';
import { deltaParam, epsilonParam } from './selection/params.ts';
import { optimalSelection } from './selection/partition.ts';
import { claimFor, type Subject, subjectOf, unitCounts } from './selection/subject.ts';
import { hiddenUnit, protectsParam } from './unit.ts';

export const descriptor = defineTechnique({
  id: 'heavy-keys',
  version: 1,
  family: 'dp',
  label: text('Frequent keys nobody declared', 'Claves frecuentes que nadie declaró'),
  summary: text(
    'Counts keys that are not known in advance, such as pairs of origin and destination. A key is named only if its noisy count passes a threshold, so that a key one person alone has stays unknown but for a chance δ.',
    'Cuenta claves que no se conocen de antemano, como pares de origen y destino. Una clave solo se nombra si su conteo con ruido pasa un umbral, de modo que la clave que solo tiene una persona queda oculta salvo con probabilidad δ.',
  ),
  citations: [
    {
      authors: 'Desfontaines, Voss, Gipson, Mandayam',
      year: 2022,
      title: 'Differentially private partition selection',
      where: 'PoPETS 2022(1)',
      doi: '10.2478/popets-2022-0017',
    },
    {
      authors: 'Korolova, Kenthapadi, Mishra, Ntoulas',
      year: 2009,
      title: 'Releasing search queries and clicks privately',
      where: 'WWW',
      doi: '10.1145/1526709.1526733',
    },
  ],
  limits: [
    text(
      'Rare keys are left out, and with them whoever has only rare keys: totals of what is released are too small.',
      'Las claves raras quedan fuera y, con ellas, quien solo tiene claves raras: los totales de lo publicado son demasiado pequeños.',
    ),
    text(
      'Released counts are those that passed a threshold: small ones are too large on average.',
      'Los conteos publicados son los que pasaron un umbral: los pequeños salen, en promedio, demasiado grandes.',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: count before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: cuente antes de ese paso.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: epsilonParam,
    delta: deltaParam,
    rule: choice({
      label: text('Rule', 'Regla'),
      help: text(
        'Truncated geometric noise keeps the most keys any rule may keep; Gaussian noise is better where one person has many keys.',
        'El ruido geométrico truncado conserva tantas claves como permite cualquier regla; el gaussiano es mejor si una persona tiene muchas claves.',
      ),
      options: [
        { value: 'truncated-geometric', label: text('Truncated geometric (optimal)', 'Geométrico truncado (óptimo)') },
        { value: 'laplace', label: text('Laplace threshold', 'Umbral de Laplace') },
        { value: 'gaussian', label: text('Gaussian threshold', 'Umbral gaussiano') },
      ],
      default: 'truncated-geometric',
    }),
    by: columns({
      label: text('Columns of the key', 'Columnas de la clave'),
      help: text(
        'None chosen: where rows begin and end, or place and hour.',
        'Sin elegir: dónde empiezan y terminan las filas, o lugar y hora.',
      ),
      roles: ['quasi-identifier', 'sensitive', 'other'],
      max: 3,
    }),
    protects: protectsParam,
    keysPerUnit: integer({
      label: text('Keys kept per person', 'Claves por persona'),
      symbol: 'k',
      help: text(
        'When a person is hidden: further keys of hers are left out, a random choice. Each key has the budget divided by this.',
        'Cuando se oculta a una persona: sus demás claves se dejan fuera, al azar. Cada clave tiene el presupuesto dividido por este número.',
      ),
      min: 1,
      max: 100,
      default: 5,
      scale: 'log',
      advanced: true,
    }),
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
    delta: params.delta,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Counts every key that occurs, and releases those whose noisy count passes. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const subject = subjectOf(input, params.protects);
  const keys = await occurringKeys(subject.input, columnsOf(subject.input, params.by), ctx);
  await ctx.checkpoint(0.45);
  const most = mostKeys(params);
  const { counts, truth, dropped } = await unitCounts(subject, { ...keys, axes: [] }, most, ctx.rng, () =>
    ctx.checkpoint(0.45),
  );
  await ctx.checkpoint(0.7);
  const plan = planFor(params);
  const noisy = plan.addNoise(ctx.rng.fork('heavy'), counts);
  await ctx.checkpoint(0.8);
  const kept = keptOf(noisy, plan, keys);
  const answer = answerOf(subject, keys, kept, truth, noisy, plan);
  await ctx.checkpoint(1);
  const release: AnswersRelease = {
    kind: 'answers',
    dataset: subject.input.dataset,
    guarantee: claimFor(subject, params),
    events: [...subject.input.events, eventOf(subject, keys.columns, plan)],
    answers: [answer],
    pictures: [pictureOf(answer)],
    notes: [
      ...notesOf(params, plan, counts, kept.length, dropped),
      ...promiseNotes(subject.input, params.protects, params.delta),
    ],
  };
  return release;
}

/** A row has one key. */
const mostKeys = (params: P): number => (params.protects === 'row' ? 1 : params.keysPerUnit);
const planFor = (params: P): HeavyPlan => heavyPlan(params.rule, params.epsilon, params.delta, mostKeys(params));

function columnsOf({ dataset, table }: TableRelease, names: readonly string[]): readonly string[] {
  if (names.length > 0) return names;
  const { place, destination, time } = dataset.descriptor.parts;
  const there = [place, destination ?? time].filter(
    (name): name is string => name !== undefined && table.columns.some((column) => column.name === name),
  );
  if (there.length > 0) return there;
  throw invalidData('this table has no place and no time to group by', 'choose the columns to group by');
}

/** Keys that passed, largest noisy count first, then by name: never in the order of the rows. */
function keptOf(noisy: Float64Array, plan: HeavyPlan, keys: OccurringKeys): readonly number[] {
  const kept: { readonly key: number; readonly name: string }[] = [];
  noisy.forEach((count, key) => {
    if (count >= plan.threshold) kept.push({ key, name: keys.nameOf(key) });
  });
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  kept.sort((a, b) => (noisy[b.key] as number) - (noisy[a.key] as number) || byName(a.name, b.name));
  return kept.map(({ key }) => key);
}

function answerOf(
  { unit }: Subject,
  keys: OccurringKeys,
  kept: readonly number[],
  truth: Float64Array,
  noisy: Float64Array,
  plan: HeavyPlan,
): AnswerSet {
  return {
    id: 'keys',
    of: 'counts',
    label: text(`Frequent keys: ${keys.label.en}`, `Claves frecuentes: ${keys.label.es ?? keys.label.en}`),
    unit,
    dims: [{ column: keys.columns, label: keys.label, levels: kept.map((key) => keys.nameOf(key)) }],
    truth: Float64Array.from(kept, (key) => truth[key] as number),
    released: Float64Array.from(kept, (key) => noisy[key] as number),
    halfWidth95: halfWidth95(plan),
    sensitivity: 1,
    scale: plan.scale,
    sensitivityClass: 'high',
  };
}

const halfWidth95 = ({ rule, scale }: HeavyPlan): number =>
  rule === 'gaussian' ? gaussianAccuracy(scale, 0.05) : discreteLaplaceAccuracy(scale, 0.05) - 1;

const pictureOf = (answer: AnswerSet): CountsPicture => ({
  view: 'counts',
  id: answer.id,
  label: answer.label,
  unit: answer.unit,
  dims: answer.dims,
  truth: answer.truth,
  released: answer.released,
});

const eventOf = ({ unit }: Subject, on: string, plan: HeavyPlan): PrivacyEvent => ({
  what: 'keys that pass a threshold, and their counts',
  on,
  mechanism: plan.rule,
  epsilon: plan.loss.epsilon,
  delta: plan.loss.delta,
  neighbours: 'add-remove',
  unit,
  sensitivity: 1,
  scale: plan.scale,
  law: plan.loss.law,
  count: plan.loss.times,
});

function notesOf(params: P, plan: HeavyPlan, counts: Float64Array, kept: number, dropped: number): readonly Text[] {
  const expected = counts.reduce((sum, count) => sum + keepProbability(plan, count), 0);
  const best = optimalSelection(plan.loss);
  const most = counts.reduce((sum, count) => sum + best.keep(count), 0);
  const occur = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const chance = keepProbability(plan, 1).toExponential(1);
  const notes = [
    text(
      `A key is named from a noisy count of ${plan.threshold} on: one that a single unit has is named with probability ${chance}. Counts are within ±${halfWidth95(plan).toFixed(0)} in 95 % of cases.`,
      `Una clave se nombra a partir de un conteo con ruido de ${plan.threshold}: la que solo tiene una unidad se nombra con probabilidad ${chance}. Los conteos quedan a ±${halfWidth95(plan).toFixed(0)} en el 95 % de los casos.`,
    ),
    text(
      `${kept} of ${occur} keys that occur are named (${expected.toFixed(1)} expected). The number that occur is exact: a diagnosis for you, not part of the release.`,
      `Se nombran ${kept} de las ${occur} claves que aparecen (se esperaban ${expected.toFixed(1)}). El número de las que aparecen es exacto: un diagnóstico para usted, no parte de lo publicado.`,
    ),
  ];
  if (params.rule === 'laplace') {
    notes.push(
      text(
        `The optimal rule for the same loss would name ${most.toFixed(1)} on average.`,
        `La regla óptima con la misma pérdida nombraría ${most.toFixed(1)} de media.`,
      ),
    );
  }
  if (dropped > 0) {
    notes.push(
      text(
        `At most ${params.keysPerUnit} keys per unit were counted; ${dropped} further appearances were left out (exact, a diagnosis only).`,
        `Se contaron como mucho ${params.keysPerUnit} claves por unidad; ${dropped} apariciones más quedaron fuera (exacto, solo un diagnóstico).`,
      ),
    );
  }
  return notes;
}

/** One key: its noise and the comparison. */
export async function probe(_input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const plan = planFor(params);
  const rng = ctx.rng.fork('probe');
  const one = new Float64Array([plan.threshold]);
  let named = 0;
  return {
    label: text('one key', 'una clave'),
    once: () => {
      if ((plan.addNoise(rng, one)[0] as number) >= plan.threshold) named = (named + 1) % 1_000_000;
    },
  };
}

/** What is seen of one key: its noisy count, or nothing. Tried at the loss of one key, of which a unit may have several. */
export async function audit(params: P): Promise<Audited> {
  const plan = planFor(params);
  const { epsilon, delta } = plan.loss;
  const near = [1, Math.max(2, plan.threshold - 2), plan.threshold, 2 * plan.threshold];
  const pairs = near.map((count) => ({
    label: text(`a key of ${count} against ${count - 1}`, `una clave de ${count} frente a ${count - 1}`),
    worlds: [Float64Array.of(count - 1), Float64Array.of(count)] as const,
  }));
  return auditPairs({ epsilon, delta }, 'discrete', pairs, (rng, counts) => {
    // A key nobody has is never counted, whatever its noise would be.
    if (counts[0] === 0) return 0;
    const noisy = plan.addNoise(rng, counts)[0] as number;
    return noisy >= plan.threshold ? noisy : 0;
  });
}
