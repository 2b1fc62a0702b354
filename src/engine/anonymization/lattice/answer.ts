import type { LatticeAnswer, LatticeMetric, LatticeQuestion } from '../../kit/lattice.ts';
import type { Ctx } from '../../kit/context.ts';
import { type ClassModel, type ClassRecords, ClassSums } from './class-records.ts';
import {
  columnLosses,
  columnMeasures,
  type MetricChoice,
  type MetricContext,
  nodeMetric,
  type NodeSums,
} from './node-metrics.ts';
import { CLASSES, type NodeRecords, SumsCursor } from './node-records.ts';

/** Losses equal within this are a tie. */
export const TIE = 1e-9;

/** Weights divided by their maximum; all alike where none is given (or all are 0). */
export function normalizedWeights(weights: readonly number[] | undefined, columns: number): readonly number[] {
  const given = Array.from({ length: columns }, (_, j) => weights?.[j] ?? 0.5);
  const most = Math.max(...given);
  return most > 0 ? given.map((weight) => weight / most) : given.map(() => 1);
}

export const metricChoice = (question: LatticeQuestion, columns: number): MetricChoice => ({
  metric: question.metric,
  gsFactor: question.gsFactor,
  weights: normalizedWeights(question.weights, columns),
});

export type PerColumn = Pick<LatticeAnswer, 'lossPerColumn' | 'measurePerColumn'>;

/** Loss, and the chosen measure where it is one of columns, of each column. */
export function perColumn(
  context: MetricContext,
  levels: ArrayLike<number>,
  sums: NodeSums,
  choice: MetricChoice,
): PerColumn {
  const losses = columnLosses(context, levels, sums, choice.gsFactor, new Float64Array(levels.length));
  return { lossPerColumn: [...losses], measurePerColumn: columnMeasures(context, levels, sums, choice) };
}

/** Collects admissible nodes and finds the best: least loss, then least sum of levels, then lowest index. */
export class AnswerBuilder {
  private readonly nodes: Uint32Array;
  private readonly loss: Float64Array;
  private readonly suppressed: Uint32Array;
  private readonly classes: Uint32Array;
  private readonly smallest: Uint32Array;
  private readonly height: Uint32Array;
  private count = 0;

  constructor(most: number) {
    this.nodes = new Uint32Array(most);
    this.loss = new Float64Array(most);
    this.suppressed = new Uint32Array(most);
    this.classes = new Uint32Array(most);
    this.smallest = new Uint32Array(most);
    this.height = new Uint32Array(most);
  }

  add(node: number, height: number, loss: number, suppressed: number, classes: number, smallest: number): void {
    const at = this.count;
    this.count += 1;
    this.nodes[at] = node;
    this.loss[at] = loss;
    this.suppressed[at] = suppressed;
    this.classes[at] = classes;
    this.smallest[at] = smallest;
    this.height[at] = height;
  }

  /** @param perColumn loss and measure of each column at the best node */
  finish(perColumn: (node: number) => PerColumn): LatticeAnswer {
    const { count, loss, height, nodes } = this;
    let bestLoss = Infinity;
    for (let i = 0; i < count; i += 1) if ((loss[i] as number) < bestLoss) bestLoss = loss[i] as number;
    const margin = bestLoss + TIE * Math.abs(bestLoss);
    const ties: number[] = [];
    for (let i = 0; i < count; i += 1) if ((loss[i] as number) <= margin) ties.push(i);
    ties.sort((a, b) => (height[a] as number) - (height[b] as number) || (nodes[a] as number) - (nodes[b] as number));
    const best = ties[0] === undefined ? -1 : (nodes[ties[0]] as number);
    return {
      nodes: nodes.slice(0, count),
      loss: loss.slice(0, count),
      suppressed: this.suppressed.slice(0, count),
      classes: this.classes.slice(0, count),
      smallest: this.smallest.slice(0, count),
      best,
      bestLoss,
      ties: ties.map((i) => nodes[i] as number),
      ...(best < 0 ? { lossPerColumn: [], measurePerColumn: [] } : perColumn(best)),
    };
  }
}

/** k and distinct l of a question: what records can answer. Models on other columns or of other kinds: `undefined`. */
export interface SizeQuestion {
  readonly k: number;
  readonly l: number;
}

export function sizeQuestion(question: LatticeQuestion, diversityColumn: string | undefined): SizeQuestion | undefined {
  let k = 1;
  let l = 1;
  for (const model of question.models) {
    if (model.type === 'k-anonymity') k = Math.max(k, model.k);
    else if (model.type === 'distinct-l' && (model.l <= 1 || model.column === diversityColumn)) {
      l = Math.max(l, Math.ceil(model.l));
      k = Math.max(k, Math.ceil(model.l));
    } else return undefined;
  }
  return { k, l };
}

/** Answers a question about k, distinct l, limit, metric, weights and factor from the records. O(nodes log sizes). */
export function answerFromRecords(
  records: NodeRecords,
  context: MetricContext,
  question: LatticeQuestion,
  size: SizeQuestion,
): LatticeAnswer {
  const { rows, columns } = context.table;
  const allowed = Math.floor(question.limit * rows);
  const choice = metricChoice(question, columns.length);
  const answer = new AnswerBuilder(records.count);
  const scratch = new Float64Array(columns.length);
  const fast = fastLoss(records, context, choice);
  const cursor = new SumsCursor(records);
  const classesAt = columns.length + CLASSES;
  for (let slot = 0; slot < records.count; slot += 1) {
    const entry = records.find(slot, size.k, size.l);
    if (entry < 0 && allowed < rows) continue;
    const suppressed = entry < 0 ? rows : rows - (records.rows[entry] as number);
    if (suppressed > allowed) continue;
    const loss =
      fast === undefined || entry < 0
        ? nodeMetric(context, records.levelsAt(slot), moved(cursor, context, records, slot, entry), choice, scratch)
        : fast(entry, suppressed);
    const classes = entry < 0 ? 0 : (records.values[entry * records.stride + classesAt] as number);
    const smallest = entry < 0 ? 0 : (records.sizes[entry] as number);
    answer.add(records.nodeAt(slot), records.heightAt(slot), loss, suppressed, classes, smallest);
  }
  return answer.finish((node) => {
    const slot = records.slotOf(node);
    const sums = moved(cursor, context, records, slot, records.find(slot, size.k, size.l));
    return perColumn(context, records.levelsAt(slot), sums, choice);
  });
}

/** The sums of an entry; where every class is suppressed, the entropies of all rows. */
function moved(
  cursor: SumsCursor,
  context: MetricContext,
  records: NodeRecords,
  slot: number,
  entry: number,
): SumsCursor {
  cursor.moveTo(slot, entry);
  if (entry >= 0) return cursor;
  const levels = records.levelsAt(slot);
  for (let j = 0; j < levels.length; j += 1) {
    cursor.entropy[j] = context.labelEntropy[j]?.[levels[j] as number] ?? 0;
  }
  return cursor;
}

/**
 * The loss measures at the default factor without a temporary object: (A - n/size) / (n - n/size) with both sides times
 * `size`, so that numerator and denominator are whole numbers; the m-th root by Newton from the node before.
 */
function fastLoss(
  records: NodeRecords,
  context: MetricContext,
  choice: MetricChoice,
): ((entry: number, suppressed: number) => number) | undefined {
  const geometric = choice.metric === 'loss';
  if ((!geometric && choice.metric !== 'loss-arithmetic') || choice.gsFactor !== 0.5) return undefined;
  const { rows, columns } = context.table;
  const m = columns.length;
  const sizes = Float64Array.from(columns, (column) => column.size);
  const range = Float64Array.from(columns, (column) => (column.size > 1 ? rows * (column.size - 1) : Infinity));
  const weights = Float64Array.from(choice.weights);
  const { values, stride } = records;
  let guess = 1.5;
  return (entry, suppressed) => {
    const at = entry * stride;
    let product = 1;
    let sum = 0;
    for (let i = 0; i < m; i += 1) {
      const cost = (values[at + i] as number) + suppressed * (sizes[i] as number) - rows;
      const loss = (Math.floor(Math.max(0, cost / (range[i] as number)) * 1e10) / 1e10) * (weights[i] as number);
      product *= loss + 1;
      sum += loss;
    }
    if (!geometric) return sum / m;
    guess = root(product, m, guess);
    return guess - 1;
  };
}

/** m-th root of x >= 1 by Newton's iteration: the same bits everywhere, and a third of the time of a power. */
export function root(x: number, m: number, guess: number): number {
  let y = guess;
  for (let step = 0; step < 60; step += 1) {
    let power = 1;
    for (let i = 1; i < m; i += 1) power *= y;
    const next = y + (x / power - y) / m;
    if (Math.abs(next - y) <= 1e-16 * y || next === y) return next;
    // Two values that alternate in the last bit are as good as each other; the smaller one is the answer.
    if (step > 8 && Math.abs(next - y) <= 4e-16 * y) return Math.min(next, y);
    y = next;
  }
  return y;
}

/** Measures that need sums kept on request only. */
export const needsEntropy = (metric: LatticeMetric): boolean =>
  metric === 'non-uniform-entropy' || metric === 'normalized-entropy';

/** Answers a question about any models from the classes themselves. O(classes of nodes within the limit). */
export async function answerFromClasses(
  records: ClassRecords,
  context: MetricContext,
  question: LatticeQuestion,
  least: number,
  models: readonly (ClassModel | undefined)[],
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<LatticeAnswer> {
  const { rows, columns } = context.table;
  const allowed = Math.floor(question.limit * rows);
  const choice = metricChoice(question, columns.length);
  const scratch = new Float64Array(columns.length);
  const sums = new ClassSums(context.table, records, needsEntropy(question.metric));
  const answer = new AnswerBuilder(records.count);
  const empties = models.every((model) => model?.kind !== 'population' || model.criterion.emptyCellsHold);
  let bestLoss = Infinity;
  const columnsOf = new Map<number, PerColumn>();
  for (let slot = 0; slot < records.count; slot += 1) {
    if ((slot & 63) === 0) await ctx.checkpoint(slot / records.count);
    if ((!empties && records.hasEmptyCells(slot)) || !sums.load(slot, least, models, allowed)) continue;
    const levels = records.levelsAt(slot);
    const node = records.nodeAt(slot);
    const loss = nodeMetric(context, levels, sums, choice, scratch);
    if (loss <= bestLoss + TIE * Math.abs(bestLoss)) {
      bestLoss = Math.min(loss, bestLoss);
      columnsOf.set(node, perColumn(context, levels, sums, choice));
    }
    const height = levels.reduce((sum, level) => sum + level, 0);
    answer.add(node, height, loss, rows - sums.rows, sums.classes, sums.smallest);
  }
  return answer.finish((node) => columnsOf.get(node) ?? { lossPerColumn: [], measurePerColumn: [] });
}
