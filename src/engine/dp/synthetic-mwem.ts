import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import { integer, type Params } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import { defineTechnique } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import {
  auditedSynthesizer,
  type Evidence,
  excesses,
  laplaceEvidence,
  pureProfile,
  type SynthesizerView,
} from './synthetic/audited.ts';
import type { CodedTable } from './synthetic/coded-table.ts';
import { laplaceEvent, totalEvent } from './synthetic/events.ts';
import { type MwemBudget, mwemBudget, type MwemMeasured, mwemSteps } from './synthetic/mwem.ts';
import { synthesizerParams } from './synthetic/params.ts';
import { isExact } from './synthetic/private-noise.ts';
import { recordsFor, syntheticRelease } from './synthetic/release.ts';
import { sampledRecords } from './synthetic/sample.ts';
import { type Source, sourceOf } from './synthetic/source.ts';
import { hiddenUnit } from './unit.ts';

const shared = synthesizerParams('hour of day', 32);

export const descriptor = defineTechnique({
  id: 'synthetic-mwem',
  version: 1,
  family: 'dp',
  label: text('Synthetic table (MWEM)', 'Tabla sintética (MWEM)'),
  summary: text(
    'Starts from a table that knows nothing. In each round it looks, privately, for the column or pair of columns it is most wrong about, counts that with noise, and learns from the counts; then it draws new records.',
    'Parte de una tabla que no sabe nada. En cada ronda busca, en privado, la columna o el par de columnas en que más se equivoca, lo cuenta con ruido y aprende de esos conteos; después sortea registros nuevos.',
  ),
  citations: [
    {
      authors: 'Hardt, Ligett, McSherry',
      year: 2012,
      title: 'A simple and practical algorithm for differentially private data release',
      where: 'NeurIPS',
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
      'What no round asked about is taken as if columns were independent and values alike. More rounds ask more, each with more noise.',
      'Lo que ninguna ronda preguntó se toma como si las columnas fueran independientes y los valores iguales. Más rondas preguntan más, cada una con más ruido.',
    ),
    text(
      'The model of the paper is a table of all combinations; here it is a graphical model, so that many columns fit in a tab.',
      'El modelo del artículo es una tabla de todas las combinaciones; aquí es un modelo gráfico, para que quepan muchas columnas en una pestaña.',
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
    rounds: integer({
      label: text('Rounds', 'Rondas'),
      help: text(
        'How many columns or pairs are counted, one after the other; the budget is divided among them.',
        'Cuántas columnas o pares se cuentan, uno tras otro; el presupuesto se reparte entre ellos.',
      ),
      min: 1,
      max: 40,
      default: 8,
    }),
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
    delta: 0,
    neighbours: 'add-remove',
    unit: hiddenUnit(params.protects, unit),
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

/** Rounds of choosing, counting and fitting; then records drawn from the last fit. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  await ctx.checkpoint(0);
  const source = await sourceOf(input, params, ctx.rng, () => ctx.checkpoint(0.02));
  const rng = ctx.rng.fork('mwem');
  const budget = mwemBudget(params.epsilon, params.rounds);
  const steps = mwemSteps(source.data, budget, source.sensitivity, rng);
  let measured: MwemMeasured;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      measured = value;
      break;
    }
    await ctx.checkpoint(0.05 + 0.75 * value);
  }
  const records = await sampledRecords(
    measured.model,
    recordsFor(measured.total, params.heldOut),
    rng.fork('records'),
    () => ctx.checkpoint(0.8),
  );
  await ctx.checkpoint(0.9);
  const events = eventsOf(source, budget, measured, isExact(rng));
  return syntheticRelease(
    source,
    records,
    { epsilon: params.epsilon, delta: 0 },
    events,
    notesOf(source, measured),
    ctx,
  );
}

function eventsOf(
  source: Source,
  budget: MwemBudget,
  { totalScale, scale, measurements }: MwemMeasured,
  exact: boolean,
): readonly PrivacyEvent[] {
  const names = source.columns.map(({ name }) => name);
  return [
    totalEvent(source, budget.total, totalScale, exact),
    {
      what: 'choice of a column or pair of columns',
      on: names.join(', '),
      mechanism: 'exponential mechanism',
      epsilon: budget.choice,
      delta: 0,
      neighbours: 'add-remove',
      unit: source.unit,
      sensitivity: source.sensitivity,
      law: { kind: 'bounded-range', epsilon: budget.choice },
      count: measurements.length,
    },
    {
      ...laplaceEvent(
        source,
        'counts of a chosen column or pair',
        measurements.map(({ attributes }) => attributes.map((a) => names[a]).join(' x ')).join(', '),
        budget.counts,
        scale,
        exact,
      ),
      count: measurements.length,
    },
  ];
}

function notesOf(source: Source, { measurements, scale }: MwemMeasured): readonly Text[] {
  const names = source.columns.map(({ name }) => name);
  const asked = measurements.map(({ attributes }) => attributes.map((a) => names[a]).join('–')).join(', ');
  const half = (2.995732273553991 * scale).toFixed(1);
  return [
    text(
      `Counted in turn: ${asked}. Each count is within ±${half} in 95 % of cases.`,
      `Se contaron por turno: ${asked}. Cada conteo queda a ±${half} en el 95 % de los casos.`,
    ),
  ];
}

/** Rows in a cell beyond which a table would only be counted more slowly. */
const MOST_CROWD = 200;

/**
 * What the noisy counts of a tiny table tell of one unit: their log likelihood ratio. The fits between the rounds are left out. In one
 * round over one column there is nothing to choose and the counts have half of the budget; more rounds divide it.
 */
export async function audit(params: P): Promise<Audited> {
  const sensitivity = params.protects === 'row' ? 1 : params.contributionBound;
  const view = (columns: 1 | 2, crowd: number, rounds: number): SynthesizerView => {
    const budget = mwemBudget(params.epsilon, rounds);
    const observe = (table: CodedTable, evidence: Evidence, rng: Rng): number => {
      const { noisyRows, totalScale, measurements, scale } = measured(
        mwemSteps(table, budget, sensitivity, rng, { round: 0, last: 0 }),
      );
      return excesses(measurements, evidence).reduce(
        (sum, excess) => sum + laplaceEvidence(excess, sensitivity, scale),
        laplaceEvidence(noisyRows - evidence.without.rows, sensitivity, totalScale),
      );
    };
    const choices = columns === 1 ? 0 : rounds;
    const profile = pureProfile([
      { epsilon: budget.total, count: 1 },
      { epsilon: budget.counts, count: rounds + choices },
    ]);
    return { columns, crowd, observe, profile };
  };
  return auditedSynthesizer({ epsilon: params.epsilon, delta: 0 }, sensitivity, [
    view(1, 0, 1),
    view(2, Math.min(MOST_CROWD, 3 * sensitivity), Math.min(params.rounds, 2)),
  ]);
}

function measured(steps: ReturnType<typeof mwemSteps>): MwemMeasured {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
