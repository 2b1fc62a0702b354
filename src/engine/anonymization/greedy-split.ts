import type { Ctx } from '../kit/context.ts';
import { type PackedRows, packRows, leastRows, type Secret, Side } from './class-rules.ts';
import { type CellShape, Cover } from './cover.ts';
import { RowOrder } from './row-order.ts';
import { ValueCounts } from './value-counts.ts';

/**
 * Greedy utility-driven top-down splitting for local recoding (after Xu, Wang, Pei, Wang, Shi, Fu, KDD 2006): a class is
 * cut where the cells of its two sides lose least, summed over all quasi-identifiers, while both sides satisfy every
 * model; until no cut is left. Cells always shrink to the values present.
 */
export interface RecodingInput extends CellShape {
  /** Base codes per quasi-identifier, depth-first order of the hierarchy. */
  readonly columns: readonly Uint32Array[];
  readonly k: number;
  readonly secrets: readonly Secret[];
  /** Whether equal values may go to both sides: closer to k, but classes may then have equal cells. */
  readonly relaxed: boolean;
}

/** Classes as lists of rows: class c holds rows[start[c]] .. rows[start[c + 1] - 1]. */
export interface RowClasses {
  readonly rows: Uint32Array;
  readonly start: Uint32Array;
}

/**
 * Above this many rows a cut is chosen by the cut column's own cells alone: the other columns' cells hardly shrink with
 * it (granularity moves by less than 0.001 either way between 256 and 32,768), and counting values is enough.
 */
const LARGE = 256;
/** From here on a column is a pause. */
const PAUSE_ABOVE = 1 << 16;
/** Row visits between two checkpoints: about 10 ms, in small classes a few times as long. */
const CHECK_EVERY = 200_000;

export const classCount = (classes: RowClasses): number => classes.start.length - 1;

/**
 * Requires that the whole table (or every class of `from`) satisfies the models.
 * @param share part of the progress bar this call fills
 */
export async function greedySplit(
  input: RecodingInput,
  ctx: Ctx,
  share: readonly [number, number] = [0, 1],
  from?: RowClasses,
): Promise<RowClasses> {
  const work = new SplitWork(input, from);
  const n = work.rows.length;
  const pending: number[] = [];
  const bounds = from?.start ?? [0, n];
  for (let c = bounds.length - 2; c >= 0; c -= 1) pending.push(bounds[c] as number, bounds[c + 1] as number);
  const ends: number[] = [0];
  let seen = 0;
  while (pending.length > 0) {
    const end = pending.pop() as number;
    const start = pending.pop() as number;
    const done = ends.at(-1) as number;
    const pause = (): Promise<void> => ctx.checkpoint(share[0] + ((share[1] - share[0]) * done) / Math.max(1, n));
    const at = end - start > PAUSE_ABOVE ? await work.cutLarge(start, end, pause) : work.cut(start, end);
    if (at < 0) ends.push(end);
    else pending.push(at, end, start, at);
    seen += (end - start) * input.columns.length;
    if (seen < CHECK_EVERY) continue;
    seen = 0;
    await pause();
  }
  return { rows: work.rows, start: Uint32Array.from(ends) };
}

class SplitWork {
  readonly rows: Uint32Array;
  private readonly packed: PackedRows;
  private readonly least: number;
  private readonly order: RowOrder;
  private readonly values: ValueCounts;
  private readonly best: Uint32Array;
  private readonly left: Float64Array;
  private readonly cover: Cover;
  private readonly sideA: Side;
  private readonly sideB: Side;
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;
  private scratch = new Uint32Array(0);
  private live: number[] = [];
  private start = 0;
  private end = 0;
  private whole = 0;
  private gain = 0;
  private found = -1;
  private column = 0;

  constructor(
    private readonly input: RecodingInput,
    from: RowClasses | undefined,
  ) {
    const { columns, secrets, k, sizes } = input;
    const n = columns[0]?.length ?? 0;
    this.rows = from === undefined ? Uint32Array.from({ length: n }, (_, i) => i) : from.rows.slice();
    this.packed = packRows(
      from === undefined ? columns : columns.map((codes) => from.rows.map((row) => codes[row] as number)),
      from === undefined
        ? secrets
        : secrets.map((one) => ({ ...one, codes: from.rows.map((row) => one.codes[row] as number) })),
    );
    this.least = leastRows(k, secrets);
    const largest = sizes.reduce((a, b) => Math.max(a, b), 1);
    this.order = new RowOrder(n, largest);
    this.values = new ValueCounts(sizes);
    this.best = new Uint32Array(n);
    this.left = new Float64Array(n + 1);
    this.cover = new Cover(this.packed, input);
    this.sideA = new Side(this.packed, k, secrets);
    this.sideB = new Side(this.packed, k, secrets);
    this.low = new Uint32Array(columns.length);
    this.high = new Uint32Array(columns.length);
  }

  /** Cuts the segment in two and returns where the second begins; -1 when no cut is allowed. */
  cut(start: number, end: number): number {
    if (!this.begin(start, end)) return -1;
    if (end - start > LARGE) {
      this.values.count(this.packed.data, this.packed.stride, this.live, start, end);
      for (const j of this.live) this.glance(j);
      if (this.found >= 0 && this.glanceHolds()) return this.divide();
    } else {
      this.measureWhole();
      for (const j of this.live) this.consider(j, false);
      if (this.found < 0) return -1;
      if (this.bestHolds()) return this.apply();
    }
    this.forget();
    this.measureWhole();
    for (const j of this.live) this.consider(j, true);
    return this.found < 0 ? -1 : this.apply();
  }

  /** The same for segments so large that every column is a pause. */
  async cutLarge(start: number, end: number, pause: () => Promise<void>): Promise<number> {
    if (!this.begin(start, end)) return -1;
    await pause();
    this.values.count(this.packed.data, this.packed.stride, this.live, start, end);
    for (const j of this.live) {
      await pause();
      this.glance(j);
    }
    await pause();
    if (this.found >= 0 && this.glanceHolds()) return this.divide();
    this.forget();
    this.measureWhole();
    for (const j of this.live) {
      await pause();
      this.consider(j, true);
    }
    return this.found < 0 ? -1 : this.apply();
  }

  private begin(start: number, end: number): boolean {
    this.start = start;
    this.end = end;
    this.forget();
    if (end - start < 2 * this.least) return false;
    const { data, stride, width } = this.packed;
    const { low, high } = this;
    for (let j = 0; j < width; j += 1) {
      low[j] = data[start * stride + j] as number;
      high[j] = low[j] as number;
    }
    for (let i = start + 1, at = i * stride; i < end; i += 1, at += stride) {
      for (let j = 0; j < width; j += 1) {
        const value = data[at + j] as number;
        if (value < (low[j] as number)) low[j] = value;
        else if (value > (high[j] as number)) high[j] = value;
      }
    }
    this.live = [];
    for (let j = 0; j < width; j += 1) if ((low[j] as number) < (high[j] as number)) this.live.push(j);
    return this.live.length > 0;
  }

  /** Loss per row of the segment as one class. */
  private measureWhole(): void {
    this.cover.clear();
    for (let i = this.start; i < this.end; i += 1) this.cover.add(i, this.live);
    this.whole = this.cover.width;
  }

  private forget(): void {
    this.found = -1;
    this.gain = 1e-12;
  }

  /** Best cut of column j by the column's own cells, from counts of its values. */
  private glance(j: number): void {
    const isSet = this.input.asSet[j] === true;
    const size = this.end - this.start;
    const cut = this.values.best(j, this.low[j] as number, this.high[j] as number, isSet, size, this.least);
    const gain = cut.gain / (this.input.sizes[j] as number);
    if (gain <= this.gain) return;
    this.gain = gain;
    this.found = cut.rows;
    this.column = j;
    this.values.markLeft(cut);
  }

  private goesLeft(row: number): boolean {
    const { data, stride } = this.packed;
    return this.values.isLeft(data[row * stride + this.column] as number);
  }

  private glanceHolds(): boolean {
    if (this.input.secrets.length === 0) return true;
    this.sideA.clear();
    this.sideB.clear();
    for (let i = this.start; i < this.end; i += 1) (this.goesLeft(i) ? this.sideA : this.sideB).add(i);
    return this.sideA.holds() && this.sideB.holds();
  }

  /** Makes the cut `glance` liked best: two streams, each in the order the rows had. */
  private divide(): number {
    const { data, stride } = this.packed;
    const size = this.end - this.start;
    const spare = this.room(size);
    let front = this.start;
    let back = 0;
    for (let i = this.start; i < this.end; i += 1) {
      const left = this.goesLeft(i);
      const target = left ? data : spare;
      const at = (left ? front : back) * stride;
      for (let q = 0; q < stride; q += 1) target[at + q] = data[i * stride + q] as number;
      if (left) this.rows[front++] = this.rows[i] as number;
      else spare[size * stride + back++] = this.rows[i] as number;
    }
    data.set(spare.subarray(0, back * stride), front * stride);
    this.rows.set(spare.subarray(size * stride, size * stride + back), front);
    return front;
  }

  private room(size: number): Uint32Array {
    const words = size * (this.packed.stride + 1);
    if (this.scratch.length < words) this.scratch = new Uint32Array(words);
    return this.scratch;
  }

  /** Weighs all cuts of column j, in order of its values and, where cells are sets, also by how common values are. */
  private consider(j: number, careful: boolean): void {
    const { data, stride } = this.packed;
    this.order.sort(data, stride, j, this.start, this.end, this.low[j] as number, this.high[j] as number);
    this.weigh(j, careful);
    if (this.input.asSet[j] !== true) return;
    if (this.order.byFrequency(data, stride, j, this.end - this.start)) this.weigh(j, careful);
  }

  private weigh(j: number, careful: boolean): void {
    const size = this.end - this.start;
    const gain = this.gain;
    this.suffix(j, size, careful, this.prefix(j, size, careful));
    if (this.gain !== gain) this.best.set(this.order.rows.subarray(0, size));
  }

  /**
   * left[i] = loss of the first i rows in one class, up to the largest i returned: both losses only grow with rows, so a
   * side that alone loses as much as the best cut ends the search there.
   */
  private prefix(j: number, size: number, careful: boolean): number {
    const relaxed = this.input.relaxed && size <= LARGE;
    const { data, stride } = this.packed;
    const { rows } = this.order;
    const most = this.whole * size - this.gain;
    this.cover.clear();
    if (careful) {
      this.sideA.clear();
      this.sideB.clear();
      for (let i = 0; i < size; i += 1) this.sideA.add(rows[i] as number);
    }
    for (let i = 0; i < size; i += 1) {
      const row = rows[i] as number;
      this.cover.add(row, this.live);
      const open = relaxed || (i + 1 < size && data[(rows[i + 1] as number) * stride + j] !== data[row * stride + j]);
      if (!open) continue;
      const loss = this.cover.width * (i + 1);
      if (loss >= most) return i;
      this.left[i + 1] = loss;
    }
    return size;
  }

  private suffix(j: number, size: number, careful: boolean, last: number): void {
    const relaxed = this.input.relaxed && size <= LARGE;
    const { data, stride } = this.packed;
    const { rows } = this.order;
    this.cover.clear();
    for (let i = size - 1; i >= this.least; i -= 1) {
      const row = rows[i] as number;
      this.cover.add(row, this.live);
      if (careful) {
        this.sideA.remove(row);
        this.sideB.add(row);
      }
      if (i > last || size - i < this.least) continue;
      if (!relaxed && data[(rows[i - 1] as number) * stride + j] === data[row * stride + j]) continue;
      const right = this.cover.width * (size - i);
      if (this.whole * size - right <= this.gain) return;
      const gain = this.whole * size - (this.left[i] as number) - right;
      if (gain <= this.gain || (careful && !(this.sideA.holds() && this.sideB.holds()))) continue;
      this.gain = gain;
      this.found = i;
    }
  }

  /** Whether both sides of the best cut satisfy the models. */
  private bestHolds(): boolean {
    if (this.input.secrets.length === 0) return true;
    const side = this.sideA;
    const holds = (from: number, to: number): boolean => {
      side.clear();
      for (let i = from; i < to; i += 1) side.add(this.best[i] as number);
      return side.holds();
    };
    return holds(0, this.found) && holds(this.found, this.end - this.start);
  }

  /** Moves the rows into the order of the best cut. */
  private apply(): number {
    const { data, stride } = this.packed;
    const size = this.end - this.start;
    const spare = this.room(size);
    const ids = size * stride;
    for (let i = 0; i < size; i += 1) {
      const row = this.best[i] as number;
      for (let q = 0; q < stride; q += 1) spare[i * stride + q] = data[row * stride + q] as number;
      spare[ids + i] = this.rows[row] as number;
    }
    data.set(spare.subarray(0, ids), this.start * stride);
    this.rows.set(spare.subarray(ids, ids + size), this.start);
    return this.start + this.found;
  }
}
