import type { LatticeAnswer, LatticeQuestion } from '../../kit/lattice.ts';
import { AnswerBuilder, metricChoice, needsEntropy, perColumn } from './answer.ts';
import { type ClassModel, ClassSums } from './class-records.ts';
import { ClassSink } from './class-sink.ts';
import type { Found } from './node-judge.ts';
import { type MetricContext, nodeMetric } from './node-metrics.ts';
import type { PrefixPartition } from './prefix-partition.ts';
import type { NodeSink } from './solve.ts';

/** Answers one question while the whole lattice is walked, keeping no classes. */
export class SearchSink implements NodeSink {
  /** All admissible nodes. */
  readonly found: Found[] = [];
  private readonly inner: ClassSink;
  private readonly sums: ClassSums;
  private readonly allowed: number;
  private readonly scratch: Float64Array;
  private readonly empties: boolean;

  constructor(
    private readonly context: MetricContext,
    private readonly question: LatticeQuestion,
    private readonly least: number,
    private readonly models: readonly ClassModel[],
    /** Smallest class that is looked at: below `least` only where suppressed classes count in the measure. */
    lowest: number,
  ) {
    const { table } = context;
    const kl = question.metric === 'kl';
    this.inner = new ClassSink(table, { least: lowest, limit: question.limit, models, kl, most: Infinity });
    this.sums = new ClassSums(table, this.inner.records, needsEntropy(question.metric));
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

  private judge(levels: Uint8Array, index: number): void {
    const { context, question, sums, scratch } = this;
    if (!sums.load(0, this.least, this.models, this.allowed)) return;
    const choice = metricChoice(question, scratch.length);
    const loss = nodeMetric(context, levels, sums, choice, scratch);
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
}

/** Admissible nodes as an answer, with the best and its ties. */
export function answerOf(found: readonly Found[]): LatticeAnswer {
  const all = found.toSorted((a, b) => a.node - b.node);
  const builder = new AnswerBuilder(all.length);
  for (const { node, levels, loss, suppressed, classes, smallest } of all) {
    const height = levels.reduce((sum, level) => sum + level, 0);
    builder.add(node, height, loss, suppressed, classes, smallest);
  }
  return builder.finish(
    (node) => all.find((each) => each.node === node)?.perColumn ?? { lossPerColumn: [], measurePerColumn: [] },
  );
}
