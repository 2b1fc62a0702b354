import type { Ctx } from '../../kit/context.ts';
import { text } from '../../kit/text.ts';
import { type LatticeTable, latticeSize, nodeOfLevels } from './lattice-columns.ts';
import {
  type Carried,
  PrefixPartition,
  refinePartition,
  Slots,
  type Suffix,
  suffixes,
  wholePartition,
} from './prefix-partition.ts';

/**
 * Evaluates every node of a generalization lattice once, depth first, one column after the other, so that all nodes with
 * the same levels on the first columns share the work done for these. Splitting a class only makes classes smaller
 * (k-anonymity is monotone), hence two proofs that spare work and lose nothing:
 * - a class that no later question can keep (fewer than `least` rows) is dropped, with everything below it;
 * - once the dropped rows exceed the suppression limit, all finer nodes exceed it too and are excluded unseen.
 */
export interface SolveOptions {
  /** Smallest class any later question can keep. */
  readonly least: number;
  /** Largest suppression limit any later question may name, as a share of the rows. */
  readonly limit: number;
  /** Which share of the lattice: nodes are dealt out by their levels on the first columns. */
  readonly part: number;
  readonly parts: number;
  readonly carried: Carried;
}

export interface SolvedCounts {
  readonly evaluated: number;
  readonly excluded: number;
  readonly nodes: number;
}

/** What becomes of each node that is reached: records of sums, classes one by one, or the best so far. */
export interface NodeSink {
  /** Prepares for all nodes that share the prefix partition: all columns but the last of the order, at `levels`. */
  prefix(partition: PrefixPartition, levels: Uint8Array): void;
  /** One node: last column at `level`. Returns the released rows in classes of at least `least` rows. */
  node(level: number, levels: Uint8Array, index: number): number;
}

/** Columns with few levels first: their partitions are shared by most nodes. The last one is the inner loop. */
export function searchOrder(table: LatticeTable): readonly number[] {
  const columns = table.columns.map((column, j) => ({
    j,
    height: column.levels.length,
    base: column.levels[0]?.count,
  }));
  columns.sort((a, b) => a.height - b.height || (a.base ?? 0) - (b.base ?? 0) || a.j - b.j);
  return columns.map(({ j }) => j);
}

const trying = text('trying combinations of levels', 'probando combinaciones de niveles');

/** Visits the nodes of a share of the lattice. Progress counts nodes reached or excluded. @throws cancelled */
export async function visitLattice(
  table: LatticeTable,
  sink: NodeSink,
  options: SolveOptions,
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<SolvedCounts> {
  const walk = new LatticeWalk(table, sink, options, ctx);
  await walk.visit(0, 0, 1);
  return { evaluated: walk.evaluated, excluded: walk.assigned - walk.evaluated, nodes: latticeSize(walk.heights) };
}

export class LatticeWalk {
  readonly order: readonly number[];
  readonly heights: readonly number[];
  readonly levels: Uint8Array;
  evaluated = 0;
  private only: ArrayLike<number> | undefined;
  /** Nodes of this share. */
  readonly assigned: number;
  private readonly dealtAt: number;
  private readonly slots: Slots;
  private readonly partitions: readonly PrefixPartition[];
  private readonly suffixes: readonly (Suffix | undefined)[];
  private readonly allowed: number;

  constructor(
    private readonly table: LatticeTable,
    private readonly sink: NodeSink,
    private readonly options: SolveOptions,
    private readonly ctx: Pick<Ctx, 'checkpoint'>,
  ) {
    this.order = searchOrder(table);
    this.heights = table.columns.map((column) => column.levels.length);
    this.levels = new Uint8Array(table.columns.length);
    this.slots = new Slots(table);
    this.suffixes = suffixes(table, this.order);
    this.allowed = Math.floor(options.limit * table.rows);
    this.dealtAt = dealingDepth(this.order, this.heights, options.parts);
    const prefixes = this.order.slice(0, this.dealtAt + 1).reduce((all, j) => all * (this.heights[j] as number), 1);
    const own = Math.floor((prefixes - 1 - options.part) / options.parts) + 1;
    this.assigned = (own * latticeSize(this.heights)) / prefixes;
    const whole = wholePartition(table, options.carried);
    const deeper = this.order.slice(1).map((_, d) => new PrefixPartition(table.tuples, d + 1, options.carried));
    this.partitions = [whole, ...deeper];
  }

  /** Visits one node alone. */
  async visitNode(levels: ArrayLike<number>): Promise<void> {
    this.only = levels;
    await this.visit(0, 0, 1);
    this.only = undefined;
  }

  /** @param dealt mixed-radix number of the levels chosen so far; decides whose share a prefix is */
  async visit(depth: number, dealt: number, span: number): Promise<void> {
    const j = this.order[depth];
    if (j === undefined) return;
    const partition = this.partitions[depth] as PrefixPartition;
    const last = depth === this.order.length - 1;
    if (last) this.sink.prefix(partition, this.levels);
    const column = this.table.columns[j];
    const height = this.heights[j] as number;
    let excluded = false;
    for (let level = height - 1; level >= 0; level -= 1) {
      const number = dealt * height + level;
      if (depth === this.dealtAt && number % this.options.parts !== this.options.part) continue;
      if (excluded || (this.only !== undefined && this.only[j] !== level)) continue;
      this.levels[j] = level;
      if (last) {
        const rows = this.sink.node(level, this.levels, nodeOfLevels([...this.levels], this.heights));
        this.evaluated += 1;
        excluded = this.table.rows - rows > this.allowed;
        continue;
      }
      const child = this.partitions[depth + 1] as PrefixPartition;
      const codes = column?.levels[level]?.codes ?? new Uint16Array(0);
      refinePartition(partition, child, codes, this.options.least, this.slots, this.suffixes[depth + 1]);
      // Finer levels of this column drop at least as many rows, whatever the other columns do.
      excluded = this.table.rows - child.rows > this.allowed;
      if (!excluded) await this.visit(depth + 1, number, span * height);
      if (this.only === undefined) await this.ctx.checkpoint(this.progress(number, span * height), trying);
    }
  }

  private progress(number: number, span: number): number {
    // Levels run downwards in every column: what is left of the mixed-radix number is still to do.
    return 1 - number / span;
  }
}

/** First depth at which there are enough prefixes to deal evenly. */
function dealingDepth(order: readonly number[], heights: readonly number[], parts: number): number {
  if (parts === 1) return 0;
  let prefixes = 1;
  for (let depth = 0; depth < order.length; depth += 1) {
    prefixes *= heights[order[depth] as number] as number;
    if (prefixes >= 8 * parts) return depth;
  }
  return order.length - 1;
}
