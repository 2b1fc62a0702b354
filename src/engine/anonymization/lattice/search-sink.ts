import type { LatticeQuestion } from '../../kit/lattice.ts';
import { AnswerBuilder, metricChoice, needsEntropy, type PerColumn, perColumn, TIE } from './answer.ts';
import { type Bound, boundOf } from './bounds.ts';
import { type ClassModel, ClassSums } from './class-records.ts';
import { ClassSink } from './class-sink.ts';
import { type MetricContext, nodeMetric } from './node-metrics.ts';
import { type NodeSink, searchOrder } from './solve.ts';
import type { PrefixPartition } from './prefix-partition.ts';
import type { LatticeAnswer } from '../../kit/lattice.ts';

/** One node that was looked at and found admissible. */
export interface Found {
  readonly node: number;
  readonly levels: readonly number[];
  readonly loss: number;
  readonly perColumn: PerColumn;
  readonly suppressed: number;
  readonly classes: number;
  readonly smallest: number;
}

/**
 * Answers one question while the lattice is walked, keeping no classes. Branches whose levels alone cost more than the
 * best admissible node so far are left out: they cannot hold the optimum.
 */
export class SearchSink implements NodeSink {
  /** Best first by loss; all admissible nodes that were looked at. */
  readonly found: Found[] = [];
  bestLoss = Infinity;
  private readonly inner: ClassSink;
  private readonly sums: ClassSums;
  private readonly bound: Bound | undefined;
  private readonly order: readonly number[];
  private readonly allowed: number;
  private readonly scratch: Float64Array;
  private readonly empties: boolean;

  constructor(
    private readonly context: MetricContext,
    private readonly question: LatticeQuestion,
    private readonly least: number,
    private readonly models: readonly ClassModel[],
    bounded: boolean,
    /** Smallest class that is looked at: below `least` only where suppressed classes count in the measure. */
    lowest: number,
  ) {
    const { table } = context;
    const kl = question.metric === 'kl';
    this.inner = new ClassSink(table, { least: lowest, limit: question.limit, models, kl, most: Infinity });
    this.sums = new ClassSums(table, this.inner.records, needsEntropy(question.metric));
    this.bound = bounded ? boundOf(context, metricChoice(question, table.columns.length)) : undefined;
    this.order = searchOrder(table);
    this.allowed = Math.floor(question.limit * table.rows);
    this.scratch = new Float64Array(table.columns.length);
    this.empties = models.every((model) => model.kind === 'values' || model.criterion.emptyCellsHold);
  }

  prefix(partition: PrefixPartition): void {
    this.inner.prefix(partition);
  }

  node(level: number, levels: Uint8Array, index: number): number {
    const { records } = this.inner;
    records.clear();
    const live = this.inner.node(level, levels, index);
    if (records.count === 1 && (this.empties || !records.hasEmptyCells(0))) this.judge(levels, index);
    return live;
  }

  skips(levels: Uint8Array, depth: number): boolean {
    if (this.bound === undefined || this.bestLoss === Infinity) return false;
    return this.bound(levels, this.order.slice(0, depth)) > this.bestLoss + TIE * Math.abs(this.bestLoss);
  }

  private judge(levels: Uint8Array, index: number): void {
    const { context, question, sums, scratch } = this;
    if (!sums.load(0, this.least, this.models, this.allowed)) return;
    const choice = metricChoice(question, scratch.length);
    const loss = nodeMetric(context, levels, sums, choice, scratch);
    this.bestLoss = Math.min(this.bestLoss, loss);
    this.found.push({
      node: index,
      levels: [...levels],
      loss,
      perColumn: perColumn(context, levels, sums, choice),
      suppressed: context.table.rows - sums.rows,
      classes: sums.classes,
      smallest: sums.smallest,
    });
  }

  /** The admissible nodes met, with the best and its ties. */
  answer(): LatticeAnswer {
    const all = [...new Map(this.found.map((each) => [each.node, each])).values()].sort((a, b) => a.node - b.node);
    const builder = new AnswerBuilder(all.length);
    for (const { node, levels, loss, suppressed, classes, smallest } of all) {
      const height = levels.reduce((sum, level) => sum + level, 0);
      builder.add(node, height, loss, suppressed, classes, smallest);
    }
    return builder.finish(
      (node) => all.find((each) => each.node === node)?.perColumn ?? { lossPerColumn: [], measurePerColumn: [] },
    );
  }
}
