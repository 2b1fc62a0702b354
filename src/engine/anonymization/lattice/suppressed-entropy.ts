import { log2 } from '../../kit/math/log2.ts';
import type { LatticeTable } from './lattice-columns.ts';

/** Above this many rows x log2 x is computed anew instead of being looked up. */
const TABLE_LIMIT = 1 << 21;

/**
 * Sum over labels u of s(u) log2 s(u) per column, s = suppressed rows, while classes are taken back one by one from an
 * all-suppressed node: the second half of non-uniform entropy, for every class-size threshold in one pass.
 */
export class SuppressedEntropy {
  /** Current value per column. */
  readonly values: Float64Array;
  private readonly left: readonly Float64Array[][];
  private readonly totals: readonly Float64Array[];
  private readonly xlx: (x: number) => number;
  private levels: Uint8Array = new Uint8Array(0);

  constructor(
    table: LatticeTable,
    private readonly order: readonly number[],
  ) {
    if (table.rows <= TABLE_LIMIT) {
      const known = new Float64Array(table.rows + 1);
      for (let x = 2; x <= table.rows; x += 1) known[x] = x * log2(x);
      this.xlx = (x) => known[x] as number;
    } else {
      this.xlx = (x) => (x > 1 ? x * log2(x) : 0);
    }
    this.values = new Float64Array(table.columns.length);
    this.left = table.columns.map((column) => column.levels.map((level) => Float64Array.from(level.rows)));
    this.totals = table.columns.map((column) =>
      Float64Array.from(column.levels, (level) => level.rows.reduce((sum, rows) => sum + this.xlx(rows), 0)),
    );
  }

  /** Everything suppressed, at these levels. */
  start(levels: Uint8Array): void {
    this.levels = levels;
    for (let j = 0; j < this.values.length; j += 1) {
      this.values[j] = this.totals[j]?.[levels[j] as number] ?? 0;
    }
  }

  /** Takes a class of `size` rows back. `codes[at..]` are its nodes on the first columns of the order, `last` on the last. */
  keep(size: number, codes: Uint32Array, at: number, last: number): void {
    const width = this.order.length - 1;
    for (let i = 0; i <= width; i += 1) {
      const j = this.order[i] as number;
      const left = this.left[j]?.[this.levels[j] as number];
      if (left === undefined) continue;
      const node = i < width ? (codes[at + i] as number) : last;
      const before = left[node] as number;
      left[node] = before - size;
      this.values[j] = (this.values[j] as number) + this.xlx(before - size) - this.xlx(before);
    }
  }

  /** Undoes `keep` on the counts, not on the values. */
  restore(size: number, codes: Uint32Array, at: number, last: number): void {
    const width = this.order.length - 1;
    for (let i = 0; i <= width; i += 1) {
      const j = this.order[i] as number;
      const left = this.left[j]?.[this.levels[j] as number];
      const node = i < width ? (codes[at + i] as number) : last;
      if (left !== undefined) left[node] = (left[node] as number) + size;
    }
  }
}
