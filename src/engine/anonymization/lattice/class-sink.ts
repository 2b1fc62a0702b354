import type { ClassValues } from '../models/criterion.ts';
import { type ClassModel, ClassRecords, numberOf } from './class-records.ts';
import type { LatticeTable } from './lattice-columns.ts';
import type { PrefixPartition } from './prefix-partition.ts';
import { type NodeSink, searchOrder } from './solve.ts';

export interface ClassOptions {
  readonly least: number;
  readonly limit: number;
  readonly models: readonly ClassModel[];
  readonly kl: boolean;
  /** Most classes kept in memory. */
  readonly most: number;
}

interface Counts extends ClassValues {
  size: number;
  distinct: number;
}

/** Fills class records: every class of every node with the number that each model compares with its threshold. */
export class ClassSink implements NodeSink {
  readonly records: ClassRecords;
  private readonly last: number;
  private readonly allowed: number;
  private partition: PrefixPartition | undefined;
  private readonly base: Uint32Array;
  private readonly length: Uint32Array;
  private readonly touched: Uint32Array;
  private readonly sorted: Uint32Array;
  private readonly counts: readonly Counts[];
  private readonly counted: readonly number[];
  private live = 0;
  private squares = 0;
  private emptyCells = false;

  constructor(
    private readonly table: LatticeTable,
    private readonly options: ClassOptions,
  ) {
    this.records = new ClassRecords(table.columns.length, options.models.length, options.kl, options.most);
    this.last = searchOrder(table).at(-1) ?? 0;
    this.allowed = Math.floor(options.limit * table.rows);
    const nodes = table.columns[this.last]?.levels.reduce((most, level) => Math.max(most, level.count), 1) ?? 1;
    this.base = new Uint32Array(table.tuples);
    this.length = new Uint32Array(nodes);
    this.touched = new Uint32Array(nodes);
    this.sorted = new Uint32Array(table.tuples);
    this.counted = [...new Set(options.models.flatMap((model) => (model.kind === 'values' ? [model.column] : [])))];
    this.counts = table.sensitive.map(({ size }) => ({
      size: 0,
      distinct: 0,
      counts: new Uint32Array(size),
      values: new Uint32Array(size),
    }));
  }

  prefix(partition: PrefixPartition): void {
    this.partition = partition;
    const codes = this.table.columns[this.last]?.levels[0]?.codes ?? new Uint16Array(0);
    const { length } = partition;
    for (let i = 0; i < length; i += 1) this.base[i] = codes[partition.tuples[i] as number] as number;
  }

  node(level: number, levels: Uint8Array, index: number): number {
    const { partition, records } = this;
    if (partition === undefined || records.isFull) return 0;
    const nodeOf = this.table.columns[this.last]?.levels[level]?.nodeOf ?? new Uint32Array(0);
    this.live = 0;
    this.squares = 0;
    this.emptyCells = false;
    records.begin(index, levels);
    for (let c = 0; c < partition.count; c += 1) {
      this.split(partition, nodeOf, partition.starts[c] as number, partition.starts[c + 1] as number);
    }
    if (this.table.rows - this.live > this.allowed) records.discard();
    else {
      const squares = this.options.least <= 2 ? this.squares + this.table.rows - this.live : Number.NaN;
      records.end(squares, this.emptyCells);
    }
    return this.live;
  }

  /** Classes below one prefix class: entries sorted by their node of the last column. */
  private split(partition: PrefixPartition, nodeOf: Uint32Array, start: number, end: number): void {
    const { base, length, touched, sorted } = this;
    let used = 0;
    for (let i = start; i < end; i += 1) {
      const node = nodeOf[base[i] as number] as number;
      if (length[node] === 0) {
        touched[used] = node;
        used += 1;
      }
      length[node] = (length[node] as number) + 1;
    }
    let place = 0;
    for (let j = 0; j < used; j += 1) {
      const node = touched[j] as number;
      const width = length[node] as number;
      length[node] = place;
      place += width;
    }
    for (let i = start; i < end; i += 1) {
      const node = nodeOf[base[i] as number] as number;
      sorted[length[node] as number] = i;
      length[node] = (length[node] as number) + 1;
    }
    let from = 0;
    for (let j = 0; j < used; j += 1) {
      const node = touched[j] as number;
      const to = length[node] as number;
      length[node] = 0;
      this.addClass(partition, from, to);
      from = to;
    }
  }

  private addClass(partition: PrefixPartition, from: number, to: number): void {
    const { sorted, records, options } = this;
    let size = 0;
    let population = 0;
    let mass = 0;
    for (let s = from; s < to; s += 1) {
      const i = sorted[s] as number;
      size += partition.weight[i] as number;
      if (partition.population.length > 0) population += partition.population[i] as number;
      if (options.kl) mass += partition.mass[i] as number;
    }
    if (size === 0) {
      this.emptyCells = true;
      return;
    }
    if (size < options.least) return;
    this.live += size;
    this.squares += size * size;
    const at = records.add(size, partition.tuples[sorted[from] as number] as number);
    if (options.kl) records.mass[at] = mass;
    for (const column of this.counted) this.count(partition, column, size, from, to);
    const { models } = options;
    for (let i = 0; i < models.length; i += 1) {
      const model = models[i] as ClassModel;
      records.values[at * models.length + i] =
        model.kind === 'values'
          ? numberOf(model.criterion, this.counts[model.column] as Counts)
          : model.criterion.measure(size, partition.population.length > 0 ? population : size);
    }
    for (const column of this.counted) this.clear(column);
  }

  private count(partition: PrefixPartition, column: number, size: number, from: number, to: number): void {
    const { sorted } = this;
    const cls = this.counts[column] as Counts;
    const codes = this.table.sensitive[column]?.codes ?? new Uint32Array(0);
    cls.size = size;
    for (let s = from; s < to; s += 1) {
      const i = sorted[s] as number;
      const weight = partition.weight[i] as number;
      if (weight === 0) continue;
      const code = codes[partition.tuples[i] as number] as number;
      if (cls.counts[code] === 0) {
        cls.values[cls.distinct] = code;
        cls.distinct += 1;
      }
      cls.counts[code] = (cls.counts[code] as number) + weight;
    }
  }

  private clear(column: number): void {
    const cls = this.counts[column] as Counts;
    for (let i = 0; i < cls.distinct; i += 1) cls.counts[cls.values[i] as number] = 0;
    cls.distinct = 0;
  }
}
