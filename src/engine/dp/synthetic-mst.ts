import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import type { LossLaw } from '../kit/loss-law.ts';
import type { Params } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import { defineTechnique } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { zcdpEpsilon } from './composition.ts';
import { gaussianEpsilon } from './gaussian.ts';
import type { Rng } from '../rng/rng.ts';
import { gaussianProfile } from './audit/profile.ts';
import { auditedSynthesizer, type Evidence, excesses, type SynthesizerView } from './synthetic/audited.ts';
import type { CodedTable } from './synthetic/coded-table.ts';
import { expanded, type Compression } from './synthetic/compression.ts';
import { fitModel } from './synthetic/graphical-model.ts';
import { MOST_PAIR_CELLS, type MstBudget, mstBudget, type MstMeasured, measureMst } from './synthetic/mst.ts';
import { delta, synthesizerParams } from './synthetic/params.ts';
import { isExact } from './synthetic/private-noise.ts';
import { recordsFor, syntheticRelease } from './synthetic/release.ts';
import { sampledRecords } from './synthetic/sample.ts';
import { type Source, sourceOf } from './synthetic/source.ts';
import { hiddenUnit } from './unit.ts';

const shared = synthesizerParams('hour of week', 32);

export const descriptor = defineTechnique({
  id: 'synthetic-mst',
  version: 1,
  family: 'dp',
  label: text('Synthetic table (MST)', 'Tabla sintética (MST)'),
  summary: text(
    'Measures every column with noise, chooses privately which pairs of columns to measure too (a spanning tree of the strongest ties), fits a graphical model to all of it and draws new records from it.',
    'Mide cada columna con ruido, elige en privado qué pares de columnas medir también (un árbol con los lazos más fuertes), ajusta un modelo gráfico a todo ello y sortea registros nuevos.',
  ),
  citations: [
    {
      authors: 'McKenna, Miklau, Sheldon',
      year: 2021,
      title: 'Winning the NIST contest: a scalable and general approach to differentially private synthetic data',
      where: 'Journal of Privacy and Confidentiality 11(3)',
      doi: '10.29012/jpc.778',
    },
    {
      authors: 'McKenna, Sheldon, Miklau',
      year: 2019,
      title: 'Graphical-model based estimation and inference for differential privacy',
      where: 'ICML',
    },
  ],
  limits: [
    text(
      'Only ties between the chosen pairs survive: what three columns have to do with each other is imitated through pairs.',
      'Solo sobreviven los lazos entre los pares elegidos: la relación entre tres columnas se imita a través de pares.',
    ),
    text(
      'Values too rare to stand out from the noise are drawn alike: a place nobody visits and one few visit look the same.',
      'Los valores demasiado raros para destacar del ruido se sortean por igual: un lugar que nadie visita y otro que visitan pocos parecen iguales.',
    ),
    text(
      'Labels of category columns and declared ranges count as public. No two records hang together: a person has no history.',
      'Las etiquetas de las categorías y los rangos declarados se consideran públicos. Ningún registro se une a otro: una persona no tiene historia.',
    ),
    text(
      'A seeded run is a simulation with floating-point noise; a release meant to be used draws exact whole-number noise.',
      'Una ejecución con semilla es una simulación con ruido en coma flotante; una publicación destinada a usarse emplea ruido entero exacto.',
    ),
  ],
  vetting: 'verified',
  params: {
    epsilon: shared.epsilon,
    delta,
    columns: shared.columns,
    clock: shared.clock,
    bands: shared.bands,
    protects: shared.protects,
    contributionBound: shared.contributionBound,
    heldOut: shared.heldOut,
  },
  stage: 'curator',
  dimensions: { serves: ['identity', 'location', 'footprint'] },
  view: 'counts',
  accepts: ['table'],
  produces: 'table',
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

const ITERATIONS = 200;

/** Measure, choose, measure, fit, draw (McKenna, Miklau, Sheldon, 2021, Algorithm 2). */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  await ctx.checkpoint(0);
  const source = await sourceOf(input, params, ctx.rng, () => ctx.checkpoint(0.02));
  const budget = mstBudget(params.epsilon, params.delta, source.columns.length);
  const rng = ctx.rng.fork('mst');
  const steps = measureMst(source.data, budget, source.sensitivity, rng);
  let measured: MstMeasured;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      measured = value;
      break;
    }
    await ctx.checkpoint(0.05 + 0.25 * value);
  }
  const { model } = await fitModel(measured.shape, measured.measurements, measured.total, {
    iterations: ITERATIONS,
    tolerance: 1e-5,
    start: measured.start,
    pause: (fraction) => ctx.checkpoint(0.3 + 0.45 * fraction),
  });
  await ctx.checkpoint(0.75);
  const records = await sampledRecords(model, recordsFor(measured.total, params.heldOut), rng.fork('records'), () =>
    ctx.checkpoint(0.8),
  );
  await ctx.checkpoint(0.85);
  const codes = records.map((own, a) =>
    expanded(own, measured.compressions[a] as Compression, rng.fork(`expand ${a}`)),
  );
  await ctx.checkpoint(0.9);
  return syntheticRelease(
    source,
    codes,
    params,
    eventsOf(source, budget, measured, params, isExact(rng)),
    notesOf(source, measured),
    ctx,
  );
}

function eventsOf(
  source: Source,
  budget: MstBudget,
  { edges, columnSigma, pairSigma }: MstMeasured,
  params: P,
  exact: boolean,
): readonly PrivacyEvent[] {
  const names = source.columns.map(({ name }) => name);
  const attributes = names.length;
  const common = { neighbours: 'add-remove', unit: source.unit, sensitivity: source.sensitivity } as const;
  const gaussian = (what: string, on: string, scale: number, mu: number): PrivacyEvent => {
    const law: LossLaw = exact ? { kind: 'zcdp', rho: (mu * mu) / 2 } : { kind: 'gaussian', mu };
    const half = params.delta / 2;
    const epsilon = law.kind === 'zcdp' ? zcdpEpsilon(law.rho, half) : gaussianEpsilon(1 / mu, half, 1);
    const mechanism = exact ? 'discrete Gaussian' : 'Gaussian';
    return { ...common, what, on, mechanism, epsilon, delta: half, scale, law };
  };
  const first = gaussian(
    'counts of every column',
    names.join(', '),
    columnSigma,
    (source.sensitivity * Math.sqrt(attributes)) / columnSigma,
  );
  if (edges.length === 0) return [first];
  return [
    first,
    {
      ...common,
      what: 'choice of a pair of columns',
      on: names.join(', '),
      mechanism: 'exponential mechanism',
      epsilon: budget.edgeEpsilon,
      delta: 0,
      law: { kind: 'bounded-range', epsilon: budget.edgeEpsilon },
      count: edges.length,
    },
    gaussian(
      `counts of ${edges.length} pairs of columns`,
      edges.map(([a, b]) => `${names[a]} x ${names[b]}`).join(', '),
      pairSigma,
      (source.sensitivity * Math.sqrt(edges.length)) / pairSigma,
    ),
  ];
}

function notesOf(source: Source, { edges, columnSigma, pairSigma, shape }: MstMeasured): readonly Text[] {
  const names = source.columns.map(({ name }) => name);
  const pairs = edges.map(([a, b]) => `${names[a]}–${names[b]}`).join(', ');
  const merged = source.columns.reduce((sum, { levels }, a) => sum + levels.length - (shape[a] as number), 0);
  const notes = [
    text(
      `Counts of a column are within ±${(1.96 * columnSigma).toFixed(1)} in 95 % of cases, of a pair within ±${(1.96 * pairSigma).toFixed(1)}. Pairs measured: ${pairs === '' ? 'none' : pairs}. ${merged} values were too rare to stand out and are drawn alike.`,
      `Los conteos de una columna quedan a ±${(1.96 * columnSigma).toFixed(1)} en el 95 % de los casos, los de un par a ±${(1.96 * pairSigma).toFixed(1)}. Pares medidos: ${pairs === '' ? 'ninguno' : pairs}. ${merged} valores eran demasiado raros para destacar y se sortean por igual.`,
    ),
  ];
  if (edges.length < names.length - 1) {
    notes.push(
      text(
        `Pairs of more than ${MOST_PAIR_CELLS} combinations were left out, so some columns are imitated as if they had nothing to do with the others. Make them coarser first.`,
        `Se dejaron fuera los pares con más de ${MOST_PAIR_CELLS} combinaciones, así que algunas columnas se imitan como si no tuvieran relación con las demás. Hágalas antes más gruesas.`,
      ),
    );
  }
  return notes;
}

/** Rows that stand out from the noise, so that values are not merged: deviations of a count, and no more rows than are counted quickly. */
const STANDING_OUT = 6;
const MOST_CROWD = 2000;

/**
 * What the noisy counts of a tiny table tell of one unit: the sum of excesses, each by its variance. One column has all of the budget;
 * of two, each and the pair are seen. The choice between pairs is not: with two columns there is none.
 */
export async function audit(params: P): Promise<Audited> {
  const { epsilon, delta: failure } = params;
  const sensitivity = params.protects === 'row' ? 1 : params.contributionBound;
  const view = (columns: 1 | 2): SynthesizerView => {
    const budget = mstBudget(epsilon, failure, columns);
    const observe = (table: CodedTable, evidence: Evidence, rng: Rng): number =>
      evidenceOf(measured(measureMst(table, budget, sensitivity, rng)), evidence);
    const crowd = Math.min(MOST_CROWD, Math.ceil((STANDING_OUT * budget.sigma * sensitivity) / columns));
    // rho is mu^2 / 2: all of it for a column alone, two thirds for columns and the pair.
    return { columns, crowd, observe, profile: gaussianProfile(Math.sqrt(columns === 1 ? 3 : 2) / budget.sigma) };
  };
  return auditedSynthesizer({ epsilon, delta: failure }, sensitivity, [view(1), view(2)]);
}

function measured(steps: ReturnType<typeof measureMst>): MstMeasured {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function evidenceOf({ measurements, compressions }: MstMeasured, evidence: Evidence): number {
  return excesses(measurements, evidence, compressions).reduce((sum, excess, m) => {
    const { weight } = measurements[m] as MstMeasured['measurements'][number];
    const own = compressions[m]?.codeOf[0] ?? 0;
    return sum + excess * (typeof weight === 'number' ? weight : (weight[own] as number));
  }, 0);
}
