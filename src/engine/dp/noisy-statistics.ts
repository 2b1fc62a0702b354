import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, column, flag, integer, type Params } from '../kit/params.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { defineTechnique, type PreviewBank, type Probe } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import { descriptor as gaussianHistogram } from './gaussian-histogram.ts';
import { keyColumns } from './keys.ts';
import { descriptor as laplaceHistogram } from './laplace-histogram.ts';
import { APPROXIMATE, type MechanismId, mechanismOptions } from './mechanisms/names.ts';
import { answer, answeringOf, truthOf } from './statistics-answers.ts';
import { auditOf } from './statistics-audit.ts';
import { askedOf, planOfAsked, type StatisticPlan } from './statistics-plan.ts';
import { previewOf } from './statistics-preview.ts';
import { releaseOf } from './statistics-release.ts';
import { hiddenUnit } from './unit.ts';

const shared = laplaceHistogram.params;

export const descriptor = defineTechnique({
  id: 'noisy-statistics',
  version: 1,
  family: 'dp',
  label: text('Ask for a statistic', 'Pedir una estadística'),
  summary: text(
    'A count, sum, mean or variance for every group of rows, with the noise of your choice. Values are clipped to their declared range, and what one person adds is bounded first.',
    'Un conteo, suma, media o varianza por grupo de filas, con el ruido que elija. Los valores se recortan a su rango declarado y antes se limita lo que aporta cada persona.',
  ),
  citations: [
    {
      authors: 'Dwork, Roth',
      year: 2014,
      title: 'The algorithmic foundations of differential privacy',
      where: 'Foundations and Trends in Theoretical Computer Science 9',
      doi: '10.1561/0400000042',
    },
    {
      authors: 'Wilson, Zhang, Lam, Desfontaines, Simmons-Marengo, Gipson',
      year: 2020,
      title: 'Differentially private SQL with bounded user contribution',
      where: 'PoPETs',
      doi: '10.2478/popets-2020-0025',
    },
    {
      authors: 'Casacuberta, Shoemate, Vadhan, Wagaman',
      year: 2022,
      title: 'Widespread underestimation of sensitivity in differentially private libraries and how to fix it',
      where: 'CCS',
      doi: '10.1145/3548606.3560708',
    },
  ],
  limits: [
    text(
      'Clipping to the declared range biases sums and means of values outside it; a range too wide costs noise.',
      'Recortar al rango declarado sesga las sumas y medias de los valores que quedan fuera; un rango demasiado ancho cuesta ruido.',
    ),
    text(
      'A mean needs a noisy sum and a noisy count, a variance one more: the budget is divided among them.',
      'Una media necesita una suma y un conteo con ruido, y una varianza uno más: el presupuesto se reparte entre ellos.',
    ),
    text(
      'A seeded run is a simulation, not a private release: who knows the seed can take the noise away. Floating-point noise can betray the answer by its last bits; use the exact noise for a release.',
      'Una ejecución con semilla es una simulación, no una publicación privada: quien conoce la semilla puede quitar el ruido. El ruido en coma flotante puede delatar la respuesta por sus últimos bits; para publicar, use el ruido exacto.',
    ),
    text(
      'After a step that left rows out or formed groups by looking at the data, nothing is promised: count before it.',
      'Tras un paso que omitió filas o formó grupos mirando los datos no se promete nada: cuente antes de ese paso.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    statistic: choice({
      label: text('Statistic', 'Estadística'),
      help: text('What is asked about each group of rows.', 'Qué se pregunta sobre cada grupo de filas.'),
      options: [
        { value: 'count', label: text('Count', 'Conteo') },
        { value: 'sum', label: text('Sum', 'Suma') },
        { value: 'mean', label: text('Mean', 'Media') },
        { value: 'variance', label: text('Variance', 'Varianza') },
      ],
      default: 'count',
    }),
    value: column({
      label: text('Of which number', 'De qué número'),
      help: text(
        'Not needed for a count. Empty: the measured value, else the secret.',
        'No hace falta para un conteo. Vacío: el valor medido; si no hay, el secreto.',
      ),
      roles: ['sensitive', 'other', 'quasi-identifier'],
    }),
    grouping: choice({
      label: text('Groups', 'Grupos'),
      help: text(
        'One answer for each group, or one for all rows.',
        'Una respuesta por grupo, o una para todas las filas.',
      ),
      options: [
        { value: 'columns', label: text('By columns', 'Por columnas') },
        { value: 'whole table', label: text('The whole table', 'Toda la tabla') },
      ],
      default: 'columns',
    }),
    by: keyColumns(2),
    mechanism: choice<MechanismId>({
      label: text('Mechanism', 'Mecanismo'),
      help: text(
        'The law of the noise. Gaussian and truncated noise may fail with probability δ.',
        'La ley del ruido. El gaussiano y el truncado pueden fallar con probabilidad δ.',
      ),
      options: mechanismOptions,
      default: 'laplace',
    }),
    epsilon: shared.epsilon,
    delta: gaussianHistogram.params.delta,
    protects: shared.protects,
    rowsPerCell: integer({
      label: text('Rows per person in a group', 'Filas por persona en un grupo'),
      help: text(
        'When a person is hidden: further rows in the same group are left out, and noise grows with this number.',
        'Cuando se oculta a una persona: las demás filas del mismo grupo se dejan fuera, y el ruido crece con este número.',
      ),
      min: 1,
      max: 1000,
      default: 2,
      scale: 'log',
      advanced: true,
    }),
    cellsPerUnit: integer({
      label: text('Groups per person', 'Grupos por persona'),
      help: text(
        'When a person is hidden: rows in further groups are left out. Gaussian noise grows with its square root only.',
        'Cuando se oculta a una persona: las filas en más grupos se dejan fuera. El ruido gaussiano solo crece con su raíz cuadrada.',
      ),
      min: 1,
      max: 1000,
      default: 10,
      scale: 'log',
      advanced: true,
    }),
    neighbours: choice({
      label: text('Neighbouring tables', 'Tablas vecinas'),
      help: text(
        'What is hidden: that somebody is in the table at all, or what is said about them where their presence is known.',
        'Qué se oculta: que alguien esté en la tabla, o lo que se dice de esa persona cuando su presencia se conoce.',
      ),
      options: [
        { value: 'add-remove', label: text('With one more or one fewer', 'Con una más o una menos') },
        { value: 'replace-one', label: text('With one replaced by another', 'Con una sustituida por otra') },
      ],
      default: 'add-remove',
      advanced: true,
    }),
    noise: choice({
      label: shared.noise.label,
      help: text(
        'Fast floating-point noise is for simulation. A release meant to be used always draws exact whole-number noise.',
        'El ruido rápido en coma flotante es para simular. Una publicación para usar siempre sortea ruido entero exacto.',
      ),
      options: [
        { value: 'fast', label: text('Fast (simulation)', 'Rápido (simulación)') },
        { value: 'exact', label: text('Exact whole numbers', 'Enteros exactos') },
      ],
      default: 'fast',
      advanced: true,
    }),
    round: shared.round,
    nonNegative: shared.nonNegative,
    consistent: flag({
      label: text('Add up to a noisy total', 'Que sumen un total con ruido'),
      help: text(
        'Counts and sums: a fifth of the budget asks for the total, and the groups are fitted to it.',
        'Conteos y sumas: una quinta parte del presupuesto pide el total y los grupos se ajustan a él.',
      ),
      default: false,
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
    delta: APPROXIMATE.has(params.mechanism) ? params.delta : 0,
    neighbours: params.neighbours,
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Exact noise where it was asked for, and always from the cryptographic source. */
const isExact = (params: P, ctx: Ctx): boolean => params.noise === 'exact' || ctx.rng.path === 'secure';

async function planOf(input: Release, params: P, ctx: Ctx): Promise<StatisticPlan> {
  const asked = askedOf(tableOf(input), params);
  await ctx.checkpoint(0.25);
  const plan = planOfAsked(tableOf(input), params, asked, ctx.rng.fork('bound'));
  await ctx.checkpoint(0.5);
  return plan;
}

function tableOf(input: Release): TableRelease {
  if (input.kind === 'table') return input;
  throw unsupported('a statistic needs a table', 'put this step where rows are still rows');
}

/** Counts, clips, adds noise to every part of the statistic, and puts it together. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const plan = await planOf(input, params, ctx);
  const answering = answeringOf(plan, isExact(params, ctx));
  await ctx.checkpoint(0.6);
  const answered = answer(plan, answering, isExact(params, ctx), (part) => ctx.rng.fork(part.id));
  await ctx.checkpoint(0.8);
  const truth = truthOf(plan);
  await ctx.checkpoint(0.95);
  return releaseOf(plan, answering, answered, truth);
}

/** The first part of the statistic and noise of its law, for the slider. */
export async function preview(input: Release, params: P, ctx: Ctx, draws: number): Promise<PreviewBank> {
  const plan = await planOf(input, params, ctx);
  const bank = previewOf(plan, ctx.rng.fork('preview'), draws);
  await ctx.checkpoint(1);
  return bank;
}

/** One noisy number. */
export async function probe(input: Release, params: P, ctx: Ctx): Promise<Probe> {
  const plan = await planOf(input, params, ctx);
  const exact = isExact(params, ctx);
  const [first] = answeringOf(plan, exact);
  const rng = ctx.rng.fork('probe');
  const base = plan.parts[0]?.base ?? new Float64Array(1);
  const [one, out] = [new Float64Array(1), new Float64Array(1)];
  let cell = 0;
  return {
    label: text('one noisy number', 'un número con ruido'),
    once: () => {
      one[0] = base[cell] ?? 0;
      cell = cell + 1 < base.length ? cell + 1 : 0;
      if (exact) first?.calibrated.release(rng, one, out);
      else first?.calibrated.simulate(rng, one, out);
    },
  };
}

/** Neighbouring tables asked the same statistic, by the same code. */
export const audit = async (params: P, ctx: Ctx): Promise<Audited> => auditOf(params, isExact(params, ctx));
