import { claimAfter } from '../kit/chosen-rows.ts';
import type { PrivacyEvent } from '../kit/guarantee.ts';
import type { CountsPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { promiseNotes } from './contribution.ts';
import { halfWidthAt } from './mechanism.ts';
import type { Answered, Answering } from './statistics-answers.ts';
import { GRID_STEPS, lossOf, type Part, type StatisticPlan } from './statistics-plan.ts';

/** A release of answered statistics: answer sets, ledger events, pictures and notes. */

export function releaseOf(
  plan: StatisticPlan,
  answering: readonly Answering[],
  answered: Answered,
  truth: Answered,
): AnswersRelease {
  const { input, params, unit } = plan;
  const loss = lossOf(params);
  const answers = plan.parts.map((part, i) =>
    answerSetOf(
      plan,
      part,
      answering[i] as Answering,
      truth.parts[i] as Float64Array,
      answered.parts[i] as Float64Array,
    ),
  );
  const statistic = statisticPicture(plan, answered, truth);
  return {
    kind: 'answers',
    dataset: input.dataset,
    guarantee: claimAfter(input, { kind: 'dp', ...loss, neighbours: params.neighbours, unit, model: 'central' }),
    events: [...input.events, ...plan.parts.map((part, i) => eventOf(plan, part, answering[i] as Answering))],
    answers,
    pictures: [...(statistic === undefined ? [] : [statistic]), ...answers.map((answer) => pictureOf(plan, answer))],
    notes: notesOf(plan, answers),
  };
}

/** Whether noise is normal: what pictures and attackers take its law to be. */
const isNormal = (plan: StatisticPlan): boolean => plan.mechanism.norm === 'l2';

/**
 * Scale and sensitivity in steps. For noise that is not normal they are those of Laplace noise of the same epsilon, which is what
 * readers of an answer may assume of it.
 */
function scaleOf(plan: StatisticPlan, part: Part, { figures }: Answering) {
  const { l1, l2, linf, cells } = part.change;
  if (isNormal(plan)) {
    const { sigma, sigma2 } = figures.parameters as { readonly sigma?: number; readonly sigma2?: number };
    return { sensitivity: l2, scale: sigma ?? Math.sqrt(sigma2 ?? 0) };
  }
  const sensitivity = plan.mechanism.norm === 'l1' ? l1 : linf * cells;
  return { sensitivity, scale: sensitivity / part.loss.epsilon };
}

function answerSetOf(
  plan: StatisticPlan,
  part: Part,
  answering: Answering,
  truth: Float64Array,
  released: Float64Array,
): AnswerSet {
  const { sensitivity, scale } = scaleOf(plan, part, answering);
  return {
    id: idOf(plan, part),
    of: part.id === 'squares' ? 'values' : plan.params.statistic === 'count' || part.id === 'count' ? 'counts' : 'sums',
    label: labelOf(plan, part),
    unit: unitOf(plan, part),
    dims: part.id === 'total' ? [] : dimsOf(plan),
    truth,
    released,
    halfWidth95: halfWidthAt(answering.figures, 0.95) * part.step,
    sensitivity: sensitivity * part.step,
    scale: scale * part.step,
    sensitivityClass: 'high',
  };
}

const dimsOf = (plan: StatisticPlan): AnswerSet['dims'] =>
  plan.grid.axes.map(({ column, label, levels }) => ({ column, label, levels }));

const isPlaceAndHour = ({ params }: StatisticPlan): boolean => params.grouping === 'columns' && params.by.length === 0;

/** Pages know rows by place and hour, and the measured value over them, by these names. */
function idOf(plan: StatisticPlan, part: Part): string {
  if (part.id === 'count') return isPlaceAndHour(plan) ? 'location' : 'count';
  if (part.id === 'centred') return isMeasure(plan) && isPlaceAndHour(plan) ? 'measure' : 'centred';
  return part.id;
}

const isMeasure = ({ values, input }: StatisticPlan): boolean =>
  values?.name === input.dataset.descriptor.parts.measure;

function labelOf(plan: StatisticPlan, part: Part): Text {
  const { axes } = plan.grid;
  const over = axes.length === 0 ? text('the whole table', 'toda la tabla') : joined(axes.map((axis) => axis.label));
  if (part.id === 'count') return over;
  const value = plan.values?.label ?? over;
  const [en, es] = [value.en, value.es ?? value.en];
  switch (part.id) {
    case 'total':
      return text('Total over all cells', 'Total de todas las celdas');
    case 'sum':
      return text(`Sum of ${en}`, `Suma de ${es}`);
    case 'centred':
      return text(`Sum of ${en} − ${plan.values?.centre}`, `Suma de ${es} − ${plan.values?.centre}`);
    case 'squares':
      return text(`Sum of squares of ${en}`, `Suma de cuadrados de ${es}`);
  }
}

const joined = (labels: readonly Text[]): Text =>
  text(labels.map(({ en }) => en).join(' × '), labels.map(({ en, es }) => es ?? en).join(' × '));

function unitOf({ values, params, input }: StatisticPlan, part: Part): string {
  const rows = input.dataset.descriptor.rowUnit;
  if (part.id === 'count' || params.statistic === 'count') return rows;
  return part.id === 'squares' ? `${values?.unit}²` : (values?.unit ?? rows);
}

function eventOf(plan: StatisticPlan, part: Part, answering: Answering): PrivacyEvent {
  const { sensitivity, scale } = scaleOf(plan, part, answering);
  const what = {
    count: 'counts',
    sum: 'clipped sums',
    centred: 'clipped sums',
    squares: 'sums of squares',
    total: 'total',
  }[part.id];
  const { whole } = answering.figures;
  return {
    what: `${what} in ${part.base.length} cells`,
    on: plan.grid.axes.map((axis) => axis.column).join(' x ') || 'all rows',
    mechanism: nameOf(plan.mechanism.id, whole === true),
    epsilon: part.loss.epsilon,
    delta: part.loss.delta,
    neighbours: plan.neighbours,
    unit: plan.unit,
    sensitivity: sensitivity * part.step,
    scale: scale * part.step,
    law: answering.figures.law,
  };
}

/** Name in the ledger; whole noise of a continuous mechanism is its discrete sibling. */
function nameOf(id: string, whole: boolean): string {
  const plain = id.replaceAll('-', ' ').replace('laplace', 'Laplace').replace('gaussian', 'Gaussian');
  return whole && !plain.startsWith('discrete') ? `discrete ${plain}` : plain;
}

const pictureOf = (plan: StatisticPlan, answer: AnswerSet): CountsPicture => ({
  view: 'counts',
  id: answer.id,
  label: answer.label,
  unit: answer.unit,
  dims: answer.dims,
  truth: answer.truth,
  released: answer.released,
  noise: { law: isNormal(plan) ? 'gaussian' : 'laplace', scale: answer.scale, halfWidth95: answer.halfWidth95 },
});

/** Means and variances have no noise law of their own: they are made of noisy sums and counts. */
function statisticPicture(plan: StatisticPlan, answered: Answered, truth: Answered): CountsPicture | undefined {
  const { params, values } = plan;
  if (values === undefined || params.statistic === 'count' || params.statistic === 'sum') return undefined;
  const { en, es } = values.label;
  const isMean = params.statistic === 'mean';
  return {
    view: 'counts',
    id: isMean && isMeasure(plan) ? 'mean' : 'statistic',
    label: isMean
      ? text(`Mean of ${en}`, `Media de ${es ?? en}`)
      : text(`Variance of ${en}`, `Varianza de ${es ?? en}`),
    unit: isMean ? values.unit : `${values.unit}²`,
    dims: dimsOf(plan),
    truth: truth.statistic,
    released: answered.statistic,
    suppressed: Uint8Array.from(answered.statistic, (value) => (value === value ? 0 : 1)),
  };
}

function notesOf(plan: StatisticPlan, answers: readonly AnswerSet[]): readonly Text[] {
  const { params, bounded, values, unit, mechanism, input } = plan;
  const notes: Text[] = [];
  const [first] = answers;
  if (first !== undefined) {
    const width = first.halfWidth95.toFixed(first.halfWidth95 < 10 ? 1 : 0);
    notes.push(
      text(
        `Noise: ${mechanism.label.en}. Each number of "${first.label.en}" is within ±${width} of what was counted in 95 % of cases.`,
        `Ruido: ${mechanism.label.es}. Cada número de «${first.label.es ?? first.label.en}» queda a ±${width} de lo contado en el 95 % de los casos.`,
      ),
    );
  }
  if (bounded !== undefined) {
    notes.push(
      text(
        `At most ${params.rowsPerCell} rows in each of ${params.cellsPerUnit} cells per ${unit} were used; ${bounded.dropped} rows were left out (the most active has ${bounded.largest}). These two numbers are exact: a diagnosis for you, not part of the release.`,
        `Se usaron como mucho ${params.rowsPerCell} filas en cada una de ${params.cellsPerUnit} celdas por unidad (${unit}); ${bounded.dropped} quedaron fuera (la más activa tiene ${bounded.largest}). Estos dos números son exactos: un diagnóstico para usted, no parte de lo publicado.`,
      ),
    );
  }
  if (values !== undefined) {
    const [low, high] = values.bounds;
    notes.push(
      text(
        `Values of "${values.label.en}" were clipped to the declared range ${low} to ${high} (${values.clipped} rows, a diagnosis for you) and kept on a grid of ${GRID_STEPS} steps.`,
        `Los valores de «${values.label.es ?? values.label.en}» se recortaron al rango declarado de ${low} a ${high} (${values.clipped} filas, un diagnóstico para usted) y se guardaron en una rejilla de ${GRID_STEPS} pasos.`,
      ),
    );
  }
  return [...notes, ...promiseNotes(input, params.protects, lossOf(params).delta)];
}
