import { claimAfter } from '../kit/chosen-rows.ts';
import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import type { Loss } from '../kit/loss.ts';
import type { LossLaw } from '../kit/loss-law.ts';
import { noisyMean, trueMean } from '../kit/mean.ts';
import type { AllocationPicture, CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, Release, TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import type { Allocation } from './allocate.ts';
import { countCells } from './axes.ts';
import { type Bounded, boundContributions, hiddenIn } from './contribution.ts';
import type { Noise } from './noise.ts';
import { epsilonsOf, type HourGrid, measureOf, type Query, queriesOf } from './queries.ts';
import type { Protects } from './unit.ts';

/** Steps a half range of values is divided into, so that sums are whole numbers of steps and discrete noise fits. */
const GRID_STEPS = 4096;

/** What the mechanisms that answer a plan of histograms have in common. */
export interface AnswerParams {
  readonly epsilon: number;
  readonly allocation: Allocation;
  readonly hours: HourGrid;
  readonly protects: Protects;
  readonly contributionBound: number;
  readonly round: boolean;
  readonly nonNegative: boolean;
}

/** Everything but the noise: the questions, their budgets, who is hidden, and which rows are kept for that. */
export interface Plan {
  readonly input: TableRelease;
  readonly queries: readonly Query[];
  readonly epsilons: Float64Array;
  readonly bounded?: Bounded;
  readonly unit: string;
}

/**
 * @throws unsupported for a release that is not a table, or to hide a person or a day in a table without ids or times.
 * @throws invalid-data when the table has nothing left to count over.
 */
export async function planOf(input: Release, params: AnswerParams, ctx: Ctx): Promise<Plan> {
  if (input.kind !== 'table') throw unsupported('noisy counts need a table', 'put this step where rows are still rows');
  await ctx.checkpoint(0.05);
  const queries = queriesOf(input, params.allocation, params.hours);
  await ctx.checkpoint(0.3);
  const epsilons = epsilonsOf(queries, params.allocation, params.epsilon);
  const { unit, ids } = hiddenIn(input, params.protects);
  if (ids === undefined) return { input, queries, epsilons, unit };
  const bounded = boundContributions(ids, params.contributionBound, ctx.rng.fork('bound'));
  await ctx.checkpoint(0.4);
  return { input, queries, epsilons, bounded, unit };
}

/** The claim of answers with that loss, as far as earlier steps allow one. */
export const claimOf = ({ input, unit }: Plan, { epsilon, delta }: Loss): Guarantee =>
  claimAfter(input, { kind: 'dp', epsilon, delta, neighbours: 'add-remove', unit, model: 'central' });

/** Step of a question's answers: one row for counts, a fraction of the half range for sums. */
const stepOf = (query: Query): number => (query.sum === undefined ? 1 : query.sum.half / GRID_STEPS);

/** l1 sensitivity in steps: rows per hidden unit, times the steps of a half range for sums. */
export const sensitivitySteps = (query: Query, plan: Plan, params: AnswerParams): number =>
  (plan.bounded === undefined ? 1 : params.contributionBound) * (query.sum === undefined ? 1 : GRID_STEPS);

/** l1 sensitivity of a question in its own unit. */
export const sensitivityOf = (query: Query, plan: Plan, params: AnswerParams): number =>
  sensitivitySteps(query, plan, params) * stepOf(query);

/** Answer over the kept rows with values clipped and on the grid: what noise is added to. */
export function baseOf(query: Query, plan: Plan): Float64Array {
  const step = stepOf(query);
  return baseSteps(query, plan).map((steps) => steps * step);
}

function baseSteps(query: Query, plan: Plan): Float64Array {
  const keep = plan.bounded?.keep;
  if (query.sum === undefined) return countCells(query.cells, query.size, keep);
  const { values, centre } = query.sum;
  const step = stepOf(query);
  const steps = new Float64Array(query.size);
  for (let i = 0; i < query.cells.length; i += 1) {
    const cell = query.cells[i] as number;
    const value = values[i] as number;
    if (cell < 0 || value !== value || (keep !== undefined && keep[i] !== 1)) continue;
    const at = Math.round((value - centre) / step);
    steps[cell] = (steps[cell] as number) + (at > GRID_STEPS ? GRID_STEPS : at < -GRID_STEPS ? -GRID_STEPS : at);
  }
  return steps;
}

/** The true answer: all rows, nothing clipped. */
function truthOf(query: Query): Float64Array {
  if (query.sum === undefined) return countCells(query.cells, query.size);
  const { values, centre } = query.sum;
  const sums = new Float64Array(query.size);
  for (let i = 0; i < query.cells.length; i += 1) {
    const cell = query.cells[i] as number;
    const value = values[i] as number;
    if (cell >= 0 && value === value) sums[cell] = (sums[cell] as number) + value - centre;
  }
  return sums;
}

/** The answer to a question with the given noise (in steps), rounded and cut at zero where asked. Overwrites `noise.draws`. */
export function answerOf(query: Query, noise: Noise, plan: Plan, params: AnswerParams): AnswerSet {
  const step = stepOf(query);
  const truth = truthOf(query);
  const isCount = query.sum === undefined;
  const base = plan.bounded === undefined && isCount ? truth : baseSteps(query, plan);
  const released = noise.draws;
  for (let i = 0; i < released.length; i += 1) {
    let value = (base[i] as number) + (released[i] as number);
    if (isCount && params.round) value = Math.round(value);
    if (isCount && params.nonNegative && value < 0) value = 0;
    released[i] = value * step + 0; // a negative zero would change the digest and show as "-0"
  }
  return {
    id: query.id,
    of: isCount ? 'counts' : 'sums',
    label: query.label,
    unit: query.unit,
    dims: query.axes.map(({ column, label, levels }) => ({ column, label, levels })),
    truth,
    released,
    halfWidth95: noise.halfWidth95 * step,
    sensitivity: sensitivityOf(query, plan, params),
    scale: noise.scale * step,
    sensitivityClass: query.sensitivityClass,
  };
}

/** One event a question: its cells are disjoint, so a row (or the rows kept of a person) is charged once for all of them. */
export const eventOf = (
  answer: AnswerSet,
  query: Query,
  loss: Loss,
  plan: Plan,
  mechanism: string,
  law?: LossLaw,
): PrivacyEvent => ({
  what: `${query.sum === undefined ? 'counts' : 'clipped sums'} in ${query.size} cells`,
  on: query.axes.map((axis) => axis.column).join(' x '),
  mechanism,
  epsilon: loss.epsilon,
  delta: loss.delta,
  neighbours: 'add-remove',
  unit: plan.unit,
  sensitivity: answer.sensitivity,
  scale: answer.scale,
  ...(law === undefined ? {} : { law }),
});

export const pictureOf = (answer: AnswerSet, law: 'laplace' | 'gaussian' = 'laplace'): CountsPicture => ({
  view: 'counts',
  id: answer.id,
  label: answer.label,
  unit: answer.unit,
  dims: answer.dims,
  truth: answer.truth,
  released: answer.released,
  noise: { law, scale: answer.scale, halfWidth95: answer.halfWidth95 },
});

/** Mean per cell from noisy sum and noisy count: post-processing, costs nothing. Says nothing where the count is below 1. */
export function meanPicture(plan: Plan, answers: readonly AnswerSet[]): CountsPicture | undefined {
  const at = plan.queries.findIndex((query) => query.sum !== undefined);
  const counts = answers.find((answer) => answer.id === 'location');
  const sums = answers[at];
  const sum = plan.queries[at]?.sum;
  if (sum === undefined || sums === undefined || counts === undefined) return undefined;
  const truth = new Float64Array(sums.truth.length);
  const released = new Float64Array(truth.length);
  const suppressed = new Uint8Array(truth.length);
  for (let i = 0; i < truth.length; i += 1) {
    const rows = counts.truth[i] as number;
    const noisyRows = counts.released[i] as number;
    truth[i] = trueMean(sums.truth[i] as number, rows, sum.centre);
    released[i] = noisyMean(sums.released[i] as number, noisyRows, sum);
    suppressed[i] = noisyRows >= 1 ? 0 : 1;
  }
  const name = plan.input.dataset.descriptor.columns.find(
    (column) => column.name === plan.input.dataset.descriptor.parts.measure,
  );
  const { en, es } = name?.label ?? sums.label;
  return {
    view: 'counts',
    id: 'mean',
    label: text(`Mean of ${en}`, `Media de ${es ?? en}`),
    unit: sums.unit,
    dims: sums.dims,
    truth,
    released,
    suppressed,
  };
}

export const allocationOf = (answers: readonly AnswerSet[], plan: Plan, total: number): AllocationPicture => ({
  view: 'allocation',
  total,
  parts: answers.map((answer, i) => ({
    id: answer.id,
    label: answer.label,
    share: (plan.epsilons[i] as number) / total,
    epsilon: plan.epsilons[i] as number,
    halfWidth95: answer.halfWidth95,
    unit: answer.unit,
  })),
});

/** What this run did and what to beware of, in plain words. */
export function notesOf(plan: Plan, params: AnswerParams, answers: readonly AnswerSet[]): readonly Text[] {
  const { descriptor } = plan.input.dataset;
  const notes: Text[] = [];
  const first = answers[0];
  if (first !== undefined) {
    const width = first.halfWidth95 < 10 ? first.halfWidth95.toFixed(1) : first.halfWidth95.toFixed(0);
    notes.push(
      text(
        `Each cell of "${first.label.en}" is within ±${width} of its count in 95 % of cases.`,
        `Cada celda de «${first.label.es ?? first.label.en}» queda a ±${width} de su conteo en el 95 % de los casos.`,
      ),
    );
  }
  if (plan.bounded !== undefined) {
    const { dropped, largest } = plan.bounded;
    notes.push(
      text(
        `At most ${params.contributionBound} rows per ${plan.unit} were counted; ${dropped} rows were left out (the most active has ${largest}). These two numbers are exact: a diagnosis for you, not part of the release.`,
        `Se contaron como mucho ${params.contributionBound} filas por unidad (${plan.unit}); ${dropped} quedaron fuera (la más activa tiene ${largest}). Estos dos números son exactos: un diagnóstico para usted, no parte de lo publicado.`,
      ),
    );
  } else if (descriptor.parts.entity !== undefined || descriptor.privacyUnit !== descriptor.rowUnit) {
    notes.push(
      text(
        `Hidden is one ${descriptor.rowUnit}, not one ${descriptor.privacyUnit}: whoever has n rows is protected with n times this ε.`,
        `Se oculta una fila (${descriptor.rowUnit}), no una unidad completa (${descriptor.privacyUnit}): quien tiene n filas queda protegido con n veces este ε.`,
      ),
    );
  }
  const measure = measureOf(plan.input)?.declared;
  if (measure !== undefined) {
    notes.push(
      text(
        `Only rows with a value of "${measure.label.en}" are counted by place and hour.`,
        `Por lugar y hora solo se cuentan las filas con un valor de «${measure.label.es ?? measure.label.en}».`,
      ),
    );
  }
  if (params.allocation === '30-50-20') {
    notes.push(
      text(
        '30 / 50 / 20 gives the low-sensitivity data the smallest budget, so the strongest noise: the reverse of the stated aim.',
        '30 / 50 / 20 da a los datos poco sensibles el presupuesto más pequeño, es decir, el ruido más fuerte: lo contrario de lo que se propone.',
      ),
    );
  }
  return notes;
}
