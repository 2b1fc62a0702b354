import type { LatticeQuestion } from '../../kit/lattice.ts';
import { groupRows, type Grouping, rowsByClass } from '../../table/group.ts';
import type { ClassValues } from '../models/criterion.ts';
import { metricChoice, needsEntropy, type PerColumn, perColumn } from './answer.ts';
import { type ClassModel, ClassRecords, ClassSums, numberOf } from './class-records.ts';
import { type LatticeTable, nodeOfLevels } from './lattice-columns.ts';
import { type MetricContext, nodeMetric } from './node-metrics.ts';

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

export interface Verdict {
  readonly found?: Found;
  /**
   * Every finer node is inadmissible too: the rows in classes too small, or with too few sensitive values, exceed the
   * limit already, and splitting classes adds to them. Other models say nothing about finer nodes once rows are left out.
   */
  readonly excludesFiner: boolean;
}

interface Counts extends ClassValues {
  size: number;
  distinct: number;
}

/** Judges single nodes: classes formed in one sequential pass over the tuples, no partition shared with other nodes. */
export class NodeJudge {
  private readonly records: ClassRecords;
  private readonly sums: ClassSums;
  private readonly heights: readonly number[];
  private readonly allowed: number;
  private readonly scratch: Float64Array;
  private readonly empties: boolean;
  private readonly isUnit: boolean;
  private readonly counts: readonly Counts[];

  constructor(
    private readonly context: MetricContext,
    private readonly question: LatticeQuestion,
    private readonly least: number,
    private readonly models: readonly ClassModel[],
    /** Smallest class that is looked at: below `least` where suppressed classes count in the measure. */
    private readonly lowest: number,
  ) {
    const { table } = context;
    this.records = new ClassRecords(table.columns.length, models.length, question.metric === 'kl', Infinity);
    this.sums = new ClassSums(table, this.records, needsEntropy(question.metric));
    this.heights = table.columns.map((column) => column.levels.length);
    this.allowed = Math.floor(question.limit * table.rows);
    this.scratch = new Float64Array(table.columns.length);
    this.empties = models.every((model) => model.kind === 'values' || model.criterion.emptyCellsHold);
    this.isUnit = table.weight === table.population && table.tuples === table.rows;
    this.counts = table.sensitive.map(({ size }) => ({
      size: 0,
      distinct: 0,
      counts: new Uint32Array(size),
      values: new Uint32Array(size),
    }));
  }

  judge(levels: readonly number[]): Verdict {
    const { table } = this.context;
    const used = table.columns.map((column, j) => column.levels[levels[j] as number]);
    const steps = used.filter((step) => step !== undefined && step.count > 1);
    const grouping = groupRows(
      steps.map((step) => step?.codes ?? new Uint16Array(0)),
      steps.map((step) => step?.count ?? 1),
      table.tuples,
    );
    const sizes = this.isUnit ? grouping.sizes : summed(grouping, table.weight);
    let small = 0;
    for (let c = 0; c < grouping.count; c += 1) {
      if ((sizes[c] as number) < this.least) small += sizes[c] as number;
    }
    if (small > this.allowed) return { excludesFiner: true };
    return this.tryModels(table, levels, grouping, sizes);
  }

  private tryModels(
    table: LatticeTable,
    levels: readonly number[],
    grouping: Grouping,
    sizes: ArrayLike<number>,
  ): Verdict {
    const { records, sums, models, context, question } = this;
    records.clear();
    records.begin(nodeOfLevels(levels, this.heights), levels);
    const place = this.addClasses(grouping, sizes, table.population);
    const poor = this.measure(table, grouping, sizes, place);
    if (poor > this.allowed) return { excludesFiner: true };
    if (!this.empties && records.hasEmptyCells(0)) return { excludesFiner: false };
    if (!sums.load(0, this.least, models, this.allowed)) return { excludesFiner: false };
    const choice = metricChoice(question, levels.length);
    const found: Found = {
      node: records.nodeAt(0),
      levels: [...levels],
      loss: nodeMetric(context, levels, sums, choice, this.scratch),
      perColumn: perColumn(context, levels, sums, choice),
      suppressed: table.rows - sums.rows,
      classes: sums.classes,
      smallest: sums.smallest,
    };
    return { found, excludesFiner: false };
  }

  /** Classes of at least `lowest` rows into the records; returns the position of each class there, or -1. */
  private addClasses(grouping: Grouping, sizes: ArrayLike<number>, population: Uint32Array): Int32Array {
    const { records, models, lowest } = this;
    const place = new Int32Array(grouping.count).fill(-1);
    const people = models.some((model) => model.kind === 'population') ? summed(grouping, population) : undefined;
    let squares = 0;
    let rest = 0;
    let empty = false;
    for (let c = 0; c < grouping.count; c += 1) {
      const size = sizes[c] as number;
      if (size === 0) empty = true;
      if (size === 0 || size < lowest) {
        rest += size;
        continue;
      }
      squares += size * size;
      const at = records.add(size, grouping.first[c] as number);
      place[c] = at;
      models.forEach((model, i) => {
        if (model.kind !== 'population') return;
        records.values[at * models.length + i] = model.criterion.measure(size, people?.[c] ?? size);
      });
    }
    records.end(lowest <= 2 ? squares + rest : Number.NaN, empty);
    return place;
  }

  /** Numbers of the models of values; returns the rows that finer nodes cannot win back. */
  private measure(table: LatticeTable, grouping: Grouping, sizes: ArrayLike<number>, place: Int32Array): number {
    const { records, models } = this;
    models.forEach((model, i) => {
      const column = countedColumn(model, table);
      if (column !== undefined) this.countDistinct(table, grouping, place, i, column);
    });
    const others = models.filter((model) => countedColumn(model, table) === undefined);
    const columns = [...new Set(others.flatMap((model) => (model.kind === 'values' ? [model.column] : [])))];
    if (columns.length > 0 || records.withMass) this.readClasses(table, grouping, sizes, place, columns);
    let lost = 0;
    const distinct = models.flatMap((model, i) =>
      model.kind === 'values' && model.criterion.model.type === 'distinct-l' ? [{ model, i }] : [],
    );
    for (let c = 0; c < grouping.count; c += 1) {
      const size = sizes[c] as number;
      const at = place[c] as number;
      const poor =
        size < this.least ||
        (at >= 0 &&
          distinct.some(({ model, i }) => !model.criterion.holds(records.values[at * models.length + i] as number)));
      if (poor) lost += size;
    }
    return lost;
  }

  /** Different values of a class as bits of one word: one pass over the tuples in their order, no class is laid out. */
  private countDistinct(table: LatticeTable, grouping: Grouping, place: Int32Array, i: number, column: number): void {
    const { records, models } = this;
    const codes = table.sensitive[column]?.codes ?? new Uint32Array(0);
    const { classOf } = grouping;
    const seen = new Uint32Array(grouping.count);
    for (let t = 0; t < classOf.length; t += 1) {
      if (!this.isUnit && table.weight[t] === 0) continue;
      const c = classOf[t] as number;
      seen[c] = (seen[c] as number) | (1 << (codes[t] as number));
    }
    for (let c = 0; c < grouping.count; c += 1) {
      const at = place[c] as number;
      if (at >= 0) records.values[at * models.length + i] = bits(seen[c] as number);
    }
  }

  private readClasses(
    table: LatticeTable,
    grouping: Grouping,
    sizes: ArrayLike<number>,
    place: Int32Array,
    columns: readonly number[],
  ): void {
    const { records, models } = this;
    const { start, rows } = rowsByClass(grouping);
    for (let c = 0; c < grouping.count; c += 1) {
      const at = place[c] as number;
      if (at < 0) continue;
      const from = start[c] as number;
      const to = start[c + 1] as number;
      if (records.withMass) records.mass[at] = massOf(table, rows, from, to);
      for (const column of columns) this.count(table, column, sizes[c] as number, rows, from, to);
      for (let i = 0; i < models.length; i += 1) {
        const model = models[i] as ClassModel;
        if (model.kind !== 'values' || countedColumn(model, table) !== undefined) continue;
        records.values[at * models.length + i] = numberOf(model.criterion, this.counts[model.column] as Counts);
      }
      for (const column of columns) this.clear(column);
    }
  }

  private count(table: LatticeTable, column: number, size: number, rows: Uint32Array, from: number, to: number): void {
    const cls = this.counts[column] as Counts;
    const codes = table.sensitive[column]?.codes ?? new Uint32Array(0);
    cls.size = size;
    for (let i = from; i < to; i += 1) {
      const t = rows[i] as number;
      const weight = table.weight[t] as number;
      if (weight === 0) continue;
      const code = codes[t] as number;
      const before = cls.counts[code] as number;
      if (before === 0) {
        cls.values[cls.distinct] = code;
        cls.distinct += 1;
      }
      cls.counts[code] = before + weight;
    }
  }

  private clear(column: number): void {
    const cls = this.counts[column] as Counts;
    for (let i = 0; i < cls.distinct; i += 1) cls.counts[cls.values[i] as number] = 0;
    cls.distinct = 0;
  }
}

/** Column of a distinct-l model whose values are few enough to be bits of a word. */
function countedColumn(model: ClassModel, table: LatticeTable): number | undefined {
  if (model.kind !== 'values' || model.criterion.model.type !== 'distinct-l') return undefined;
  return (table.sensitive[model.column]?.size ?? Infinity) <= 32 ? model.column : undefined;
}

/** Number of bits set (Warren, Hacker's Delight, 5-1). */
function bits(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function summed(grouping: Grouping, weight: Uint32Array): Float64Array {
  const sums = new Float64Array(grouping.count);
  for (let t = 0; t < weight.length; t += 1) {
    const c = grouping.classOf[t] as number;
    sums[c] = (sums[c] as number) + (weight[t] as number);
  }
  return sums;
}

function massOf(table: LatticeTable, rows: Uint32Array, from: number, to: number): number {
  const cells = table.cellRows();
  let mass = 0;
  for (let i = from; i < to; i += 1) {
    const t = rows[i] as number;
    mass += ((table.weight[t] as number) * (cells[t] as number)) / table.rows;
  }
  return mass;
}
