import { log2 } from '../../kit/math/log2.ts';
import type { LatticeTable } from './lattice-columns.ts';
import type { PrefixPartition } from './prefix-partition.ts';

/** Above this many rows x log2 x is computed anew instead of being looked up. */
const TABLE_LIMIT = 1 << 21;

/**
 * Sum over labels u of s(u) log2 s(u) per column, s = suppressed rows, while classes of a node are suppressed one after
 * the other, the smallest first: the second half of non-uniform entropy, for every class-size threshold in one pass.
 */
export class SuppressedEntropy {
  /** Current value per column. */
  readonly values: Float64Array;
  /** Suppressed rows by label, for each column at its level. */
  private readonly rows: Float64Array[];
  private readonly xlx: (x: number) => number;
  private codes: Uint32Array = new Uint32Array(0);

  constructor(
    private readonly table: LatticeTable,
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
    this.rows = table.columns.map(() => new Float64Array(0));
  }

  /** Nothing suppressed but what was dropped on the way. @param live rows kept of each prefix class, and of each node of the last column */
  start(levels: Uint8Array, partition: PrefixPartition, live: Float64Array, lastLive: Float64Array): void {
    const width = this.order.length - 1;
    this.codes = partition.codes;
    for (let i = 0; i <= width; i += 1) {
      const j = this.order[i] as number;
      const total = this.table.columns[j]?.levels[levels[j] as number]?.rows ?? new Float64Array(0);
      const left = total.slice();
      if (i < width) {
        for (let c = 0; c < partition.count; c += 1) {
          const node = partition.codes[c * width + i] as number;
          left[node] = (left[node] as number) - (live[c] as number);
        }
      } else {
        for (let node = 0; node < left.length; node += 1) {
          left[node] = (left[node] as number) - (lastLive[node] as number);
        }
      }
      this.rows[j] = left;
    }
  }

  /** Values from the counts as they are. */
  settle(): void {
    for (let j = 0; j < this.values.length; j += 1) {
      const rows = this.rows[j] as Float64Array;
      let sum = 0;
      for (let u = 0; u < rows.length; u += 1) sum += this.xlx(rows[u] as number);
      this.values[j] = sum;
    }
  }

  /** Suppresses a class of `size` rows (or takes it back, below 0): counts only. */
  count(size: number, prefix: number, last: number): void {
    const width = this.order.length - 1;
    for (let i = 0; i <= width; i += 1) {
      const rows = this.rows[this.order[i] as number] as Float64Array;
      const node = i < width ? (this.codes[prefix * width + i] as number) : last;
      rows[node] = (rows[node] as number) + size;
    }
  }

  /** Suppresses a class: counts and values. */
  add(size: number, prefix: number, last: number): void {
    const width = this.order.length - 1;
    for (let i = 0; i <= width; i += 1) {
      const j = this.order[i] as number;
      const rows = this.rows[j] as Float64Array;
      const node = i < width ? (this.codes[prefix * width + i] as number) : last;
      const before = rows[node] as number;
      rows[node] = before + size;
      this.values[j] = (this.values[j] as number) + this.xlx(before + size) - this.xlx(before);
    }
  }
}
