import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import type { Params } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import { defineTechnique } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { auditedSynthesizer, type Evidence, excesses, laplaceEvidence } from './synthetic/audited.ts';
import type { CodedTable } from './synthetic/coded-table.ts';
import { laplaceEvent, totalEvent } from './synthetic/events.ts';
import { jointBudget, jointModel, measureJoint } from './synthetic/joint-histogram.ts';
import { synthesizerParams } from './synthetic/params.ts';
import { isExact } from './synthetic/private-noise.ts';
import { recordsFor, syntheticRelease } from './synthetic/release.ts';
import { sampledRecords } from './synthetic/sample.ts';
import { firstThatFit, sourceOf } from './synthetic/source.ts';
import { hiddenUnit } from './unit.ts';

const shared = synthesizerParams('hour of day', 12);

export const descriptor = defineTechnique({
  id: 'synthetic-histogram',
  version: 1,
  family: 'dp',
  label: text('Synthetic table (noisy histogram)', 'Tabla sintética (histograma con ruido)'),
  summary: text(
    'Counts every combination of values of a few columns with noise, takes the nearest possible table, and draws new records from it.',
    'Cuenta con ruido cada combinación de valores de unas pocas columnas, toma la tabla posible más cercana y sortea registros nuevos.',
  ),
  citations: [
    {
      authors: 'Dwork, McSherry, Nissim, Smith',
      year: 2006,
      title: 'Calibrating noise to sensitivity in private data analysis',
      where: 'TCC',
      doi: '10.1007/11681878_14',
    },
    {
      authors: 'Wasserman, Zhou',
      year: 2010,
      title: 'A statistical framework for differential privacy',
      where: 'Journal of the American Statistical Association 105',
      doi: '10.1198/jasa.2009.tm08651',
    },
  ],
  limits: [
    text(
      'Combinations multiply: with more than two or three columns most cells are noise. Use MST for more.',
      'Las combinaciones se multiplican: con más de dos o tres columnas casi todas las celdas son ruido. Para más, use MST.',
    ),
    text(
      'Small cells that do not stand out from the noise are lost, and busy ones shrink a little.',
      'Las celdas pequeñas que no destacan del ruido se pierden, y las concurridas encogen un poco.',
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
  params: shared,
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

const MOST_CELLS = 1 << 20;
/** Without a choice of columns, as many as make no more cells than this. */
const USUAL_CELLS = 20_000;

/** Counts all combinations, takes the nearest table with the noisy number of rows, and draws from it. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  await ctx.checkpoint(0);
  const all = await sourceOf(input, params, ctx.rng, () => ctx.checkpoint(0.05));
  const source = params.columns.length > 0 ? all : firstThatFit(all, USUAL_CELLS);
  const { shape } = source.data;
  const cells = shape.reduce((product, values) => product * values, 1);
  if (cells > MOST_CELLS) {
    throw infeasible(
      `these columns make ${shape.join(' × ')} = ${cells} combinations; at most ${MOST_CELLS} are counted`,
      'choose fewer columns or wider bands, or use MST, which counts pairs only',
      { param: 'columns' },
    );
  }
  await ctx.checkpoint(0.1);
  const rng = ctx.rng.fork('histogram');
  const budget = jointBudget(params.epsilon);
  const measured = measureJoint(source.data, budget, source.sensitivity, rng);
  await ctx.checkpoint(0.4);
  const model = jointModel(shape, measured);
  await ctx.checkpoint(0.7);
  const records = await sampledRecords(model, recordsFor(measured.total, params.heldOut), rng.fork('records'), () =>
    ctx.checkpoint(0.8),
  );
  await ctx.checkpoint(0.9);
  const exact = isExact(rng);
  const names = source.columns.map(({ name }) => name).join(' x ');
  const events = [
    totalEvent(source, budget.total, measured.totalScale, exact),
    laplaceEvent(source, `counts in ${cells} cells`, names, budget.cells, measured.scale, exact),
  ];
  const kept = model.marginals[0]?.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) ?? 0;
  const half = (2.995732273553991 * measured.scale).toFixed(1);
  const note = text(
    `${cells} combinations were counted, each within ±${half} in 95 % of cases; ${kept} of them stand out from the noise.`,
    `Se contaron ${cells} combinaciones, cada una a ±${half} en el 95 % de los casos; ${kept} destacan del ruido.`,
  );
  return syntheticRelease(source, records, { epsilon: params.epsilon, delta: 0 }, events, [note], ctx);
}

/** What the noisy counts of a tiny table tell of one unit: their log likelihood ratio. */
export async function audit(params: P): Promise<Audited> {
  const sensitivity = params.protects === 'row' ? 1 : params.contributionBound;
  const budget = jointBudget(params.epsilon);
  const observe = (table: CodedTable, evidence: Evidence, rng: Rng): number => {
    const measured = measureJoint(table, budget, sensitivity, rng);
    const [cell] = excesses([measured.measurement], evidence);
    return (
      laplaceEvidence(measured.total - evidence.without.rows, sensitivity, measured.totalScale) +
      laplaceEvidence(cell as number, sensitivity, measured.scale)
    );
  };
  return auditedSynthesizer({ epsilon: params.epsilon, delta: 0 }, sensitivity, [
    { columns: 1, crowd: 0, observe },
    { columns: 2, crowd: 2, observe },
  ]);
}
