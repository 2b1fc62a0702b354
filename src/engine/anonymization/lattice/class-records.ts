import type { ClassValues, Criterion } from '../models/criterion.ts';
import type { PopulationCriterion } from '../models/population.ts';
import type { LatticeTable } from './lattice-columns.ts';
import { log10 } from '../../kit/math/log10.ts';
import { log2 } from '../../kit/math/log2.ts';
import { longer } from './node-records.ts';
import type { NodeSums } from './node-metrics.ts';

/** One model of a question about classes: its criterion, and the sensitive column (index in the table) it reads. */
export type ClassModel =
  | { readonly kind: 'values'; readonly criterion: Criterion; readonly column: number }
  | { readonly kind: 'population'; readonly criterion: PopulationCriterion };

/** The number kept of a class for a model of values. */
export const numberOf = (criterion: Criterion, cls: ClassValues): number =>
  (criterion.published ?? criterion).measure(cls);

export const holdsFor = (model: ClassModel, value: number, size: number): boolean =>
  model.kind === 'values' && model.criterion.published !== undefined
    ? model.criterion.published.holds(value, size)
    : model.criterion.holds(value);

/**
 * The classes of every node, one by one: rows, a tuple that tells the class's labels, and one number a model. A move of
 * any threshold reads them again and forms no class anew.
 */
export class ClassRecords {
  count = 0;
  classes = 0;
  size = new Uint32Array(4096);
  tuple = new Uint32Array(4096);
  mass: Float64Array;
  /** `models` numbers a class. */
  values: Float64Array;
  levels: Uint8Array;
  private node = new Float64Array(256);
  private squares = new Float64Array(256);
  private empty = new Uint8Array(256);
  private starts = new Uint32Array(257);

  constructor(
    readonly columns: number,
    readonly models: number,
    readonly withMass: boolean,
    /** Most classes kept; beyond it `add` answers false. */
    private readonly most: number,
  ) {
    this.values = new Float64Array(4096 * models);
    this.mass = new Float64Array(withMass ? 4096 : 0);
    this.levels = new Uint8Array(256 * columns);
  }

  get isFull(): boolean {
    return this.classes >= this.most;
  }

  /** Starts a node. `emptyCells`: the population has cells without a released row here. */
  begin(node: number, levels: ArrayLike<number>): void {
    if (this.count === this.node.length) {
      const room = 2 * this.count;
      this.node = longer(this.node, room);
      this.squares = longer(this.squares, room);
      this.empty = longer(this.empty, room);
      this.levels = longer(this.levels, room * this.columns);
      this.starts = longer(this.starts, room + 1);
    }
    this.node[this.count] = node;
    for (let j = 0; j < this.columns; j += 1) this.levels[this.count * this.columns + j] = levels[j] as number;
    this.starts[this.count] = this.classes;
  }

  /** A new class; returns its position. */
  add(size: number, tuple: number): number {
    const at = this.classes;
    if (at === this.size.length) {
      const room = Math.ceil(at * 1.5);
      this.size = longer(this.size, room);
      this.tuple = longer(this.tuple, room);
      this.values = longer(this.values, room * this.models);
      if (this.withMass) this.mass = longer(this.mass, room);
    }
    this.size[at] = size;
    this.tuple[at] = tuple;
    this.classes += 1;
    return at;
  }

  /** Keeps the node begun last. */
  end(allSquares: number, emptyCells: boolean): void {
    this.squares[this.count] = allSquares;
    this.empty[this.count] = emptyCells ? 1 : 0;
    this.count += 1;
    this.starts[this.count] = this.classes;
  }

  /** Forgets the node begun last. */
  discard(): void {
    this.classes = this.starts[this.count] as number;
  }

  /** Forgets everything; the room stays. */
  clear(): void {
    this.count = 0;
    this.classes = 0;
  }

  nodeAt(slot: number): number {
    return this.node[slot] as number;
  }
  squaresAt(slot: number): number {
    return this.squares[slot] as number;
  }
  hasEmptyCells(slot: number): boolean {
    return this.empty[slot] === 1;
  }
  levelsAt(slot: number): Uint8Array {
    return this.levels.subarray(slot * this.columns, (slot + 1) * this.columns);
  }
  startOf(slot: number): number {
    return this.starts[slot] as number;
  }
}

/** Sums over the classes of a node that a question keeps. One object for all nodes. */
export class ClassSums implements NodeSums {
  rows = 0;
  classes = 0;
  squares = 0;
  allSquares = 0;
  ambiguity = 0;
  logShare = 0;
  kl = 0;
  klMass = 0;
  smallest = 0;
  readonly covered: Float64Array;
  readonly entropy: Float64Array;
  private readonly left: Float64Array[][];
  private readonly kept: Uint8Array;

  constructor(
    private readonly table: LatticeTable,
    private readonly records: ClassRecords,
    private readonly wantsEntropy: boolean,
  ) {
    const m = table.columns.length;
    this.covered = new Float64Array(m);
    this.entropy = new Float64Array(m);
    this.left = table.columns.map((column) => column.levels.map((level) => new Float64Array(level.count)));
    this.kept = new Uint8Array(table.tuples);
  }

  /**
   * Adds up the kept classes of a node. `models` in the order of the numbers kept; undefined = not asked.
   * @returns false, early, when more than `allowed` rows would be suppressed
   */
  load(slot: number, least: number, models: readonly (ClassModel | undefined)[], allowed: number): boolean {
    const { records, kept } = this;
    const start = records.startOf(slot);
    const end = records.startOf(slot + 1);
    const q = records.models;
    const { rows } = this.table;
    let live = 0;
    for (let c = start; c < end; c += 1) live += records.size[c] as number;
    let suppressed = rows - live;
    if (suppressed > allowed) return false;
    for (let c = start; c < end; c += 1) {
      const size = records.size[c] as number;
      let holds = size >= least;
      for (let i = 0; holds && i < q; i += 1) {
        const model = models[i];
        holds = model === undefined || holdsFor(model, records.values[c * q + i] as number, size);
      }
      kept[c - start] = holds ? 1 : 0;
      if (!holds) {
        suppressed += size;
        if (suppressed > allowed) return false;
      }
    }
    this.rows = rows - suppressed;
    this.sum(slot, start, end);
    return true;
  }

  /** Whether the c-th class of the node loaded last is kept. */
  isKept(c: number): boolean {
    return this.kept[c] === 1;
  }

  private sum(slot: number, start: number, end: number): void {
    const { records, kept, table, covered } = this;
    const levels = records.levelsAt(slot);
    const m = table.columns.length;
    this.classes = 0;
    this.squares = 0;
    this.allSquares = records.squaresAt(slot);
    this.ambiguity = 0;
    this.logShare = 0;
    this.kl = 0;
    this.klMass = 0;
    this.smallest = 0;
    covered.fill(0);
    const steps = table.columns.map((column, j) => column.levels[levels[j] as number]);
    const sizes = table.columns.map((column) => column.size);
    for (let c = start; c < end; c += 1) {
      if (kept[c - start] === 0) continue;
      const size = records.size[c] as number;
      const t = records.tuple[c] as number;
      let product = 1;
      let domain = 1;
      for (let j = 0; j < m; j += 1) {
        const step = steps[j];
        const members = step === undefined ? 1 : (step.members[step.codes[t] as number] as number);
        covered[j] = (covered[j] as number) + size * members;
        product *= members;
        domain *= sizes[j] as number;
      }
      this.classes += 1;
      this.squares += size * size;
      this.ambiguity += size * product;
      this.logShare += size * log10(product / domain);
      if (this.smallest === 0 || size < this.smallest) this.smallest = size;
      if (records.withMass) {
        const mass = records.mass[c] as number;
        this.kl += mass * log2(size / table.rows / product);
        this.klMass += mass;
      }
    }
    if (this.wantsEntropy) this.sumEntropy(start, end, steps);
  }

  private sumEntropy(
    start: number,
    end: number,
    steps: readonly (LatticeTable['columns'][number]['levels'][number] | undefined)[],
  ): void {
    const { records, kept, table } = this;
    for (let j = 0; j < table.columns.length; j += 1) {
      const step = steps[j];
      if (step === undefined) continue;
      const level = table.columns[j]?.levels.indexOf(step) ?? 0;
      const left = this.left[j]?.[level] ?? new Float64Array(step.count);
      left.set(step.rows);
      for (let c = start; c < end; c += 1) {
        if (kept[c - start] === 0) continue;
        const node = step.codes[records.tuple[c] as number] as number;
        left[node] = (left[node] as number) - (records.size[c] as number);
      }
      let sum = 0;
      for (let u = 0; u < left.length; u += 1) {
        const x = left[u] as number;
        if (x > 1) sum += x * log2(x);
      }
      this.entropy[j] = sum;
    }
  }
}
