import type { PackedRows } from './class-rules.ts';

/** How cells of the quasi-identifiers are measured. */
export interface CellShape {
  /** Base values of each column: those of its hierarchy, also unused ones. */
  readonly sizes: readonly number[];
  /** Columns whose cells are sets of values; the others' cells are ranges. */
  readonly asSet: readonly boolean[];
}

/**
 * Smallest cells that cover a growing list of rows. `width` is the sum over columns of (values covered - 1) / base
 * values: rows * width / columns is what these rows add to the loss that granularity measures (anonymization
 * reference, quality view). O(columns) a row.
 */
export class Cover {
  width = 0;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly met: Uint32Array;
  private readonly offset: Uint32Array;
  private readonly weight: Float64Array;
  private readonly stamp: Uint32Array;
  private readonly isSet: Uint8Array;
  private turn = 0;

  constructor(
    private readonly packed: PackedRows,
    shape: CellShape,
  ) {
    const { width } = packed;
    this.low = new Float64Array(width);
    this.high = new Float64Array(width);
    this.met = new Uint32Array(width);
    this.weight = Float64Array.from(shape.sizes, (size) => 1 / Math.max(1, size));
    this.isSet = Uint8Array.from(shape.asSet, Number);
    this.offset = new Uint32Array(width);
    let values = 0;
    for (let j = 0; j < width; j += 1) {
      this.offset[j] = values;
      if (this.isSet[j] === 1) values += shape.sizes[j] as number;
    }
    this.stamp = new Uint32Array(values);
  }

  clear(): void {
    this.turn += 1;
    this.width = 0;
    this.met.fill(0);
    this.high.fill(-1);
  }

  /**
   * @param row position of the record in the packed rows
   * @param live columns to look at: those in which the rows differ
   */
  add(row: number, live: readonly number[]): void {
    const at = row * this.packed.stride;
    const { data } = this.packed;
    for (let x = 0; x < live.length; x += 1) {
      const j = live[x] as number;
      const value = data[at + j] as number;
      if (this.isSet[j] === 1) {
        const i = (this.offset[j] as number) + value;
        if (this.stamp[i] === this.turn) continue;
        this.stamp[i] = this.turn;
        if ((this.met[j] as number) > 0) this.width += this.weight[j] as number;
        this.met[j] = 1;
        continue;
      }
      const high = this.high[j] as number;
      if (high < 0) {
        this.low[j] = value;
        this.high[j] = value;
      } else if (value > high) {
        this.width += (value - high) * (this.weight[j] as number);
        this.high[j] = value;
      } else if (value < (this.low[j] as number)) {
        this.width += ((this.low[j] as number) - value) * (this.weight[j] as number);
        this.low[j] = value;
      }
    }
  }
}
