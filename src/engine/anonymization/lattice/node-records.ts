import type { NodeSums } from './node-metrics.ts';

/**
 * Everything a solved lattice remembers of its nodes. For each node and each l, a list of entries by descending class
 * size: entry (s) holds the sums over all classes of at least s rows and at least l sensitive values. A question
 * (k, l, limit, metric, weights) is then one binary search a node. Entries beyond the limit of the solution are left out,
 * and the list of l holds only what differs from that of l - 1: large classes are diverse.
 */
export interface RecordLayout {
  readonly columns: number;
  /** Diversities counted: 1 = none. */
  readonly diversities: number;
  readonly entropy: boolean;
}

/** Positions in an entry: base values covered per column first, then these, then entropies per column. */
export const CLASSES = 0;
export const SQUARES = 1;
export const AMBIGUITY = 2;
export const LOG_SHARE = 3;
export const KL = 4;
export const KL_MASS = 5;
export const SUMS = 6;

export class NodeRecords {
  readonly stride: number;
  count = 0;
  entries = 0;
  /** Sums of each entry; size and rows apart, for searches that touch little memory. */
  values: Float64Array;
  sizes: Uint32Array;
  rows: Uint32Array;
  /** Levels of each node, one after the other. */
  levels: Uint8Array;
  private node = new Float64Array(256);
  private squares = new Float64Array(256);
  /** Of node slot i and diversity l: entries `offsets[i * L + l - 1]` up to the next offset. */
  private offsets: Uint32Array;
  /** Largest class size from which on (downwards) the list of l is one of its own; 0 = the same as that of l - 1. */
  private splits: Uint32Array;

  constructor(readonly layout: RecordLayout) {
    this.stride = SUMS + layout.columns * (layout.entropy ? 2 : 1);
    this.values = new Float64Array(this.stride * 1024);
    this.sizes = new Uint32Array(1024);
    this.rows = new Uint32Array(1024);
    this.levels = new Uint8Array(256 * layout.columns);
    this.offsets = new Uint32Array(256 * layout.diversities + 1);
    this.splits = new Uint32Array(256 * layout.diversities);
  }

  get bytes(): number {
    return this.values.byteLength + this.sizes.byteLength * 2 + this.node.byteLength * 2 + this.offsets.byteLength * 2;
  }

  /** Starts a node; its entries follow, l = 1 first. */
  begin(node: number, levels: ArrayLike<number>, allSquares: number): void {
    const { columns, diversities } = this.layout;
    if (this.count === this.node.length) {
      this.node = longer(this.node, 2 * this.count);
      this.squares = longer(this.squares, 2 * this.count);
      this.levels = longer(this.levels, 2 * this.count * columns);
      this.offsets = longer(this.offsets, 2 * this.count * diversities + 1);
      this.splits = longer(this.splits, 2 * this.count * diversities);
    }
    this.node[this.count] = node;
    this.squares[this.count] = allSquares;
    for (let j = 0; j < columns; j += 1) this.levels[this.count * columns + j] = levels[j] as number;
    this.count += 1;
  }

  /** A new entry; returns where its sums start in `values`. */
  add(size: number, rows: number): number {
    if (this.entries === this.sizes.length) {
      // By half, not by two: these arrays may take a good part of a tab's memory.
      const room = Math.ceil(this.entries * 1.5);
      this.values = longer(this.values, room * this.stride);
      this.sizes = longer(this.sizes, room);
      this.rows = longer(this.rows, room);
    }
    const entry = this.entries;
    this.entries += 1;
    this.sizes[entry] = size;
    this.rows[entry] = rows;
    return entry * this.stride;
  }

  /** Closes the list of diversity l of the node begun last; `split` as above. */
  close(l: number, split: number): void {
    const list = (this.count - 1) * this.layout.diversities + l;
    this.offsets[list] = this.entries;
    this.splits[list - 1] = split;
  }

  nodeAt(slot: number): number {
    return this.node[slot] as number;
  }
  squaresAt(slot: number): number {
    return this.squares[slot] as number;
  }
  /** Sum of the node's levels. */
  heightAt(slot: number): number {
    const { columns } = this.layout;
    let height = 0;
    for (let j = slot * columns; j < (slot + 1) * columns; j += 1) height += this.levels[j] as number;
    return height;
  }
  levelsAt(slot: number): Uint8Array {
    const { columns } = this.layout;
    return this.levels.subarray(slot * columns, (slot + 1) * columns);
  }

  /** Slot of a node, or -1 where no question within the limit admits it. */
  slotOf(node: number): number {
    for (let slot = 0; slot < this.count; slot += 1) if (this.node[slot] === node) return slot;
    return -1;
  }

  /** Entry of the smallest class size of at least k rows, or -1 where no class qualifies (or none within the limit). */
  find(slot: number, k: number, l: number): number {
    if (l > 1) {
      const split = this.splits[slot * this.layout.diversities + l - 1] as number;
      if (k > split) return this.find(slot, k, l - 1);
      const own = this.search(slot, k, l);
      // No class of its own is that large: the answer is the last one shared with the list before.
      return own >= 0 ? own : this.find(slot, split + 1, l - 1);
    }
    return this.search(slot, k, l);
  }

  private search(slot: number, k: number, l: number): number {
    const { sizes } = this;
    const list = slot * this.layout.diversities + l - 1;
    const start = this.offsets[list] as number;
    let low = start;
    let high = (this.offsets[list + 1] as number) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((sizes[middle] as number) >= k) low = middle + 1;
      else high = middle - 1;
    }
    return high < start ? -1 : high;
  }
}

/** Sums of one entry, as the measures read them; moved from entry to entry, so that loops over nodes allocate nothing. */
export class SumsCursor implements NodeSums {
  rows = 0;
  classes = 0;
  squares = 0;
  allSquares = 0;
  ambiguity = 0;
  logShare = 0;
  kl = 0;
  klMass = 0;
  readonly covered: Float64Array;
  readonly entropy: Float64Array;

  constructor(private readonly records: NodeRecords) {
    const { columns } = records.layout;
    this.covered = new Float64Array(columns);
    this.entropy = new Float64Array(columns).fill(Number.NaN);
  }

  /** @param entry -1 = every class suppressed */
  moveTo(slot: number, entry: number): this {
    const { records } = this;
    const { columns, entropy } = records.layout;
    const { values } = records;
    this.allSquares = records.squaresAt(slot);
    if (entry < 0) return this.clear();
    const at = entry * records.stride;
    const rest = at + columns;
    this.rows = records.rows[entry] as number;
    this.classes = values[rest + CLASSES] as number;
    this.squares = values[rest + SQUARES] as number;
    this.ambiguity = values[rest + AMBIGUITY] as number;
    this.logShare = values[rest + LOG_SHARE] as number;
    this.kl = values[rest + KL] as number;
    this.klMass = values[rest + KL_MASS] as number;
    for (let j = 0; j < columns; j += 1) this.covered[j] = values[at + j] as number;
    if (entropy) for (let j = 0; j < columns; j += 1) this.entropy[j] = values[rest + SUMS + j] as number;
    return this;
  }

  private clear(): this {
    this.rows = 0;
    this.classes = 0;
    this.squares = 0;
    this.ambiguity = 0;
    this.logShare = 0;
    this.kl = 0;
    this.klMass = 0;
    this.covered.fill(0);
    return this;
  }
}

/** The same array with room for `length` values. */
export function longer<A extends Float64Array | Uint32Array | Uint8Array>(array: A, length: number): A {
  const more = new (array.constructor as new (n: number) => A)(length);
  more.set(array as never);
  return more;
}
