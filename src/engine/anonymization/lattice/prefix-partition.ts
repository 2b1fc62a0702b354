import { groupRows } from '../../table/group.ts';
import type { LatticeTable } from './lattice-columns.ts';

/** What is carried along for every entry beside its rows. */
export interface Carried {
  /** Rows of the population. */
  readonly population: boolean;
  /** Rows x cell frequency (KL divergence). */
  readonly mass: boolean;
}

/**
 * Entries grouped by the first columns of the search order, class by class. An entry stands for all tuples of a class
 * that agree in everything still to come (later columns, sensitive values): the further down, the fewer are left.
 * Classes that no later question can keep are dropped whole: splitting them further only makes them smaller.
 * Buffers of one depth are reused by all its partitions.
 */
export class PrefixPartition {
  /** A tuple of each entry, class by class, and the entry's released rows. */
  readonly tuples: Uint32Array;
  readonly weight: Uint32Array;
  readonly population: Uint32Array;
  readonly mass: Float64Array;
  /** First position of each class; `starts[count]` closes the last one. */
  readonly starts: Uint32Array;
  /** Node codes of the first columns, `depth` a class. */
  readonly codes: Uint32Array;
  count = 0;
  /** Released rows in live classes. */
  rows = 0;

  constructor(
    tuples: number,
    readonly depth: number,
    carried: Carried,
  ) {
    this.tuples = new Uint32Array(tuples);
    this.weight = new Uint32Array(tuples);
    this.population = new Uint32Array(carried.population ? tuples : 0);
    this.mass = new Float64Array(carried.mass ? tuples : 0);
    this.starts = new Uint32Array(tuples + 1);
    this.codes = new Uint32Array(tuples * depth);
  }

  get length(): number {
    return this.starts[this.count] as number;
  }
}

/** All tuples in one class; those without a row to release only where the population matters. */
export function wholePartition(table: LatticeTable, carried: Carried): PrefixPartition {
  const part = new PrefixPartition(table.tuples, 0, carried);
  let length = 0;
  const cells = carried.mass ? table.cellRows() : new Float64Array(0);
  for (let t = 0; t < table.tuples; t += 1) {
    const weight = table.weight[t] as number;
    if (!carried.population && weight === 0) continue;
    part.tuples[length] = t;
    part.weight[length] = weight;
    if (carried.population) part.population[length] = table.population[t] as number;
    if (carried.mass) part.mass[length] = (weight * (cells[t] as number)) / table.rows;
    length += 1;
  }
  part.count = length === 0 ? 0 : 1;
  part.starts[1] = length;
  part.rows = table.rows;
  return part;
}

/** What is still to come after a depth, as one number a tuple: equal numbers may be merged. */
export interface Suffix {
  readonly of: Uint32Array;
  readonly count: number;
}

/** Suffix of each depth; undefined where too few tuples agree for merging to pay. */
export function suffixes(table: LatticeTable, order: readonly number[]): readonly (Suffix | undefined)[] {
  const secrets = table.sensitive.map((each) => ({ codes: each.codes, count: each.size }));
  return order.map((_, depth) => {
    const rest = order.slice(depth).map((j) => {
      const base = table.columns[j]?.levels[0];
      return { codes: base?.codes ?? new Uint16Array(0), count: base?.count ?? 1 };
    });
    const all = [...rest, ...secrets];
    const grouping = groupRows(
      all.map((each) => each.codes),
      all.map((each) => each.count),
      table.tuples,
    );
    return grouping.count * 2 > table.tuples ? undefined : { of: grouping.classOf, count: grouping.count };
  });
}

/** Working memory of `refinePartition`, one for all depths. */
export class Slots {
  readonly rows: Float64Array;
  readonly length: Uint32Array;
  readonly touched: Uint32Array;
  /** Node of each entry of the class at hand, and its entries sorted by node. */
  readonly nodeAt: Uint32Array;
  readonly sorted: Uint32Array;
  /** Last entry of `out` that stands for a suffix, and the class it is of (counted over all refinements). */
  readonly entryOf: Uint32Array;
  readonly classOf: Float64Array;
  classes = 0;

  constructor(table: LatticeTable) {
    const most = table.columns.reduce(
      (all, column) => column.levels.reduce((each, level) => Math.max(each, level.count), all),
      1,
    );
    this.rows = new Float64Array(most);
    this.length = new Uint32Array(most);
    this.touched = new Uint32Array(most);
    this.nodeAt = new Uint32Array(table.tuples);
    this.sorted = new Uint32Array(table.tuples);
    this.entryOf = new Uint32Array(table.tuples);
    this.classOf = new Float64Array(table.tuples);
  }
}

const DROPPED = 0xffffffff;

/**
 * Splits every class of `parent` by one column at one level into `out`, dropping classes of fewer than `least` rows and
 * merging entries with the same suffix. O(entries of live classes).
 */
export function refinePartition(
  parent: PrefixPartition,
  out: PrefixPartition,
  codes: Uint16Array | Uint32Array,
  least: number,
  slots: Slots,
  suffix: Suffix | undefined,
): void {
  const { rows, length, touched, nodeAt, sorted } = slots;
  const { tuples, weight, starts, depth } = parent;
  let next = 0;
  let count = 0;
  let kept = 0;
  for (let c = 0; c < parent.count; c += 1) {
    const start = starts[c] as number;
    const end = starts[c + 1] as number;
    let used = 0;
    for (let i = start; i < end; i += 1) {
      const node = codes[tuples[i] as number] as number;
      nodeAt[i] = node;
      const before = length[node] as number;
      if (before === 0) {
        touched[used] = node;
        used += 1;
      }
      length[node] = before + 1;
      rows[node] = (rows[node] as number) + (weight[i] as number);
    }
    let place = 0;
    for (let j = 0; j < used; j += 1) {
      const node = touched[j] as number;
      const width = length[node] as number;
      if ((rows[node] as number) < least) {
        length[node] = DROPPED;
      } else {
        length[node] = place;
        place += width;
      }
    }
    if (place > 0) {
      for (let i = start; i < end; i += 1) {
        const node = nodeAt[i] as number;
        const at = length[node] as number;
        if (at === DROPPED) continue;
        sorted[at] = i;
        length[node] = at + 1;
      }
    }
    let from = 0;
    for (let j = 0; j < used; j += 1) {
      const node = touched[j] as number;
      const size = rows[node] as number;
      const to = length[node] as number;
      rows[node] = 0;
      length[node] = 0;
      if (to === DROPPED) continue;
      kept += size;
      out.starts[count] = next;
      for (let i = 0; i < depth; i += 1) out.codes[count * (depth + 1) + i] = parent.codes[c * depth + i] as number;
      out.codes[count * (depth + 1) + depth] = node;
      count += 1;
      slots.classes += 1;
      next = copyEntries(parent, out, slots, from, to, next, suffix);
      from = to;
    }
  }
  out.starts[count] = next;
  out.count = count;
  out.rows = kept;
}

/** Copies entries `sorted[from..to)` to `out` from `next` on, one for each suffix; returns the position after the last. */
function copyEntries(
  parent: PrefixPartition,
  out: PrefixPartition,
  slots: Slots,
  from: number,
  to: number,
  next: number,
  suffix: Suffix | undefined,
): number {
  if (suffix !== undefined && to - from > 1) return mergeEntries(parent, out, slots, from, to, next, suffix.of);
  const { sorted } = slots;
  const withPopulation = out.population.length > 0;
  const withMass = out.mass.length > 0;
  for (let s = from; s < to; s += 1) {
    const i = sorted[s] as number;
    out.tuples[next] = parent.tuples[i] as number;
    out.weight[next] = parent.weight[i] as number;
    if (withPopulation) out.population[next] = parent.population[i] as number;
    if (withMass) out.mass[next] = parent.mass[i] as number;
    next += 1;
  }
  return next;
}

function mergeEntries(
  parent: PrefixPartition,
  out: PrefixPartition,
  slots: Slots,
  from: number,
  to: number,
  next: number,
  suffixOf: Uint32Array,
): number {
  const { sorted, entryOf, classOf, classes } = slots;
  const { tuples, weight } = parent;
  const withPopulation = out.population.length > 0;
  const withMass = out.mass.length > 0;
  for (let s = from; s < to; s += 1) {
    const i = sorted[s] as number;
    const t = tuples[i] as number;
    const key = suffixOf[t] as number;
    if (classOf[key] === classes) {
      const known = entryOf[key] as number;
      out.weight[known] = (out.weight[known] as number) + (weight[i] as number);
      if (withPopulation) out.population[known] = (out.population[known] as number) + (parent.population[i] as number);
      if (withMass) out.mass[known] = (out.mass[known] as number) + (parent.mass[i] as number);
      continue;
    }
    classOf[key] = classes;
    entryOf[key] = next;
    out.tuples[next] = t;
    out.weight[next] = weight[i] as number;
    if (withPopulation) out.population[next] = parent.population[i] as number;
    if (withMass) out.mass[next] = parent.mass[i] as number;
    next += 1;
  }
  return next;
}
