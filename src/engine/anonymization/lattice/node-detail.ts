import type { NodeAnswer, NodeQuestion } from '../../kit/lattice.ts';
import { sizeHistogram } from '../../table/group.ts';
import { metricChoice, needsEntropy } from './answer.ts';
import { type ClassRecords, ClassSums } from './class-records.ts';
import { ClassSink } from './class-sink.ts';
import { levelsOfNode } from './lattice-columns.ts';
import { columnLosses, nodeMetric } from './node-metrics.ts';
import { classModels, type Prepared } from './prepared.ts';
import { LatticeWalk } from './solve.ts';

const SAMPLE = 8;

/** The classes of one node under a question, formed on request: sizes, measures and a few rows. */
export async function nodeDetail(prepared: Prepared, { node, question }: NodeQuestion): Promise<NodeAnswer> {
  const { table, context, problem } = prepared;
  const heights = table.columns.map((column) => column.levels.length);
  const levels = levelsOfNode(node, heights);
  const { least, models } = classModels(problem, question.models);
  const kl = question.metric === 'kl';
  const sink = new ClassSink(table, { least: 1, limit: 1, models, kl, most: Infinity });
  const population = models.some((model) => model.kind === 'population');
  const walk = new LatticeWalk(
    table,
    sink,
    { least: population ? 0 : 1, limit: 1, part: 0, parts: 1, carried: { population, mass: kl } },
    { checkpoint: async () => undefined },
  );
  await walk.visitNode(levels);
  const { records } = sink;
  const sums = new ClassSums(table, records, needsEntropy(question.metric));
  sums.load(0, least, models, table.rows);
  const scratch = new Float64Array(levels.length);
  const empties = models.every((model) => model.kind === 'values' || model.criterion.emptyCellsHold);
  const suppressed = table.rows - sums.rows;
  let largest = 0;
  for (let c = 0; c < records.classes; c += 1) {
    if (sums.isKept(c)) largest = Math.max(largest, records.size[c] as number);
  }
  return {
    node,
    levels,
    admissible: suppressed <= Math.floor(question.limit * table.rows) && (empties || !records.hasEmptyCells(0)),
    loss: nodeMetric(context, levels, sums, metricChoice(question, levels.length), scratch),
    lossPerColumn: [...columnLosses(context, levels, sums, question.gsFactor, scratch)],
    classes: sums.classes,
    smallest: sums.smallest,
    largest,
    suppressed,
    rows: table.rows,
    sizes: sizeHistogram(records.size.slice(0, records.classes)),
    sample: sampleRows(prepared, levels, records, sums),
  };
}

/** A few rows, evenly spread over the table, as they read at these levels; null where their class is suppressed. */
function sampleRows(
  { table, problem }: Prepared,
  levels: readonly number[],
  records: ClassRecords,
  sums: ClassSums,
): NodeAnswer['sample'] {
  const { tupleOf } = table;
  const count = Math.min(SAMPLE, tupleOf.length);
  const codes = table.columns.map((column, j) => column.levels[levels[j] as number]?.codes ?? new Uint16Array(0));
  const classOf = (tuple: number): number => {
    for (let c = 0; c < records.classes; c += 1) {
      const other = records.tuple[c] as number;
      if (codes.every((each) => each[other] === each[tuple])) return c;
    }
    return -1;
  };
  return Array.from({ length: count }, (_, i) => {
    const tuple = tupleOf[Math.floor((i * tupleOf.length) / count)] as number;
    const own = classOf(tuple);
    if (own < 0 || !sums.isKept(own)) return null;
    return problem.columns.map((column, j) => {
      const label = column.hierarchy.levels[levels[j] as number]?.labels[codes[j]?.[tuple] as number];
      return label ?? '';
    });
  });
}
