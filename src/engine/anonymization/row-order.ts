/** Orders the rows of one segment by the codes of a column; buffers are kept, so that small segments cost nothing but their rows. */
export class RowOrder {
  /** Positions of the rows, in order, in the first entries. */
  readonly rows: Uint32Array;
  private readonly spare: Uint32Array;
  private readonly counts: Uint32Array;
  private readonly runs: Float64Array;

  constructor(n: number, largest: number) {
    this.rows = new Uint32Array(n);
    this.spare = new Uint32Array(n);
    this.runs = new Float64Array(n);
    this.counts = new Uint32Array(Math.max(largest, 1) + 1);
  }

  /**
   * Stable order of the records start..end-1 by word `j`, values low..high.
   * Counting sort where the range of values is not much larger than the segment, else a sort of (value, place) keys.
   */
  sort(data: Uint32Array, stride: number, j: number, start: number, end: number, low: number, high: number): void {
    const size = end - start;
    const span = high - low + 1;
    if (span <= 4 * size + 64 && span < this.counts.length) this.count(data, stride, j, start, end, low, span);
    else if (size <= 40) this.insert(data, stride, j, start, end);
    else this.keyed(data, stride, j, start, end, low);
  }

  /** Reorders values by how often they occur, commonest first; false where they were in such an order. */
  byFrequency(data: Uint32Array, stride: number, j: number, size: number): boolean {
    const { rows, spare, runs } = this;
    let count = 0;
    let from = 0;
    let falling = true;
    for (let i = 1; i <= size; i += 1) {
      if (i < size && data[this.at(i, stride, j)] === data[this.at(from, stride, j)]) continue;
      // Length in the high digits, so that plain numeric order is: longest first, then first in order of values.
      runs[count] = -(i - from) * 4294967296 + from;
      if (count > 0 && (runs[count] as number) < (runs[count - 1] as number)) falling = false;
      count += 1;
      from = i;
    }
    if (falling) return false;
    const sorted = runs.subarray(0, count).sort();
    let out = 0;
    for (let r = 0; r < count; r += 1) {
      const length = Math.ceil(-(sorted[r] as number) / 4294967296);
      const start = (sorted[r] as number) + length * 4294967296;
      for (let i = start; i < start + length; i += 1, out += 1) spare[out] = rows[i] as number;
    }
    rows.set(spare.subarray(0, size));
    return true;
  }

  private at(i: number, stride: number, j: number): number {
    return (this.rows[i] as number) * stride + j;
  }

  private count(
    data: Uint32Array,
    stride: number,
    j: number,
    start: number,
    end: number,
    low: number,
    span: number,
  ): void {
    const { counts, rows } = this;
    counts.fill(0, 0, span + 1);
    for (let i = start, at = start * stride + j; i < end; i += 1, at += stride) {
      const next = (data[at] as number) - low + 1;
      counts[next] = (counts[next] as number) + 1;
    }
    for (let v = 1; v <= span; v += 1) counts[v] = (counts[v] as number) + (counts[v - 1] as number);
    for (let i = start, at = start * stride + j; i < end; i += 1, at += stride) {
      const value = (data[at] as number) - low;
      const place = counts[value] as number;
      rows[place] = i;
      counts[value] = place + 1;
    }
  }

  private insert(data: Uint32Array, stride: number, j: number, start: number, end: number): void {
    const { rows } = this;
    for (let i = start; i < end; i += 1) {
      const value = data[i * stride + j] as number;
      let at = i - start;
      while (at > 0 && (data[this.at(at - 1, stride, j)] as number) > value) {
        rows[at] = rows[at - 1] as number;
        at -= 1;
      }
      rows[at] = i;
    }
  }

  private keyed(data: Uint32Array, stride: number, j: number, start: number, end: number, low: number): void {
    const size = end - start;
    const keys = new Float64Array(size);
    for (let i = 0; i < size; i += 1) keys[i] = ((data[(start + i) * stride + j] as number) - low) * size + i;
    keys.sort();
    for (let i = 0; i < size; i += 1) this.rows[i] = start + ((keys[i] as number) % size);
  }
}

/** A cut of one column: how many rows and values go left, and what it gains in (values x rows). */
export interface ColumnCut {
  readonly gain: number;
  readonly rows: number;
  /** Number of values that go left. */
  readonly values: number;
}

/** Best cut of a column by its own cells, from counts of values alone. */
export class ValueCounts {
  private readonly counts: Uint32Array;
  private readonly present: Uint32Array;
  private readonly left: Uint8Array;
  private order: Uint32Array;

  constructor(n: number, largest: number) {
    this.counts = new Uint32Array(largest);
    this.present = new Uint32Array(Math.min(n, largest));
    this.left = new Uint8Array(largest);
    this.order = this.present;
  }

  /** @param least rows each side needs */
  best(
    data: Uint32Array,
    stride: number,
    j: number,
    start: number,
    end: number,
    low: number,
    isSet: boolean,
    least: number,
  ): ColumnCut {
    const { counts } = this;
    let values = 0;
    for (let i = start, at = start * stride + j; i < end; i += 1, at += stride) {
      const value = (data[at] as number) - low;
      if (counts[value] === 0) this.present[values++] = value;
      counts[value] = (counts[value] as number) + 1;
    }
    const present = this.present.subarray(0, values).sort();
    this.order = present;
    let cut = isSet ? setCut(present, counts, end - start, least) : rangeCut(present, counts, end - start, least);
    if (isSet && values > 2) {
      const common = present.slice().sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
      const other = setCut(common, counts, end - start, least);
      if (other.gain > cut.gain) {
        cut = other;
        this.order = common;
      }
    }
    for (let i = 0; i < values; i += 1) counts[present[i] as number] = 0;
    return cut;
  }

  /** Keeps which values go left in the cut last found. */
  markLeft(cut: ColumnCut): void {
    for (let i = 0; i < this.order.length; i += 1) this.left[this.order[i] as number] = i < cut.values ? 1 : 0;
  }

  /** @param value code less the smallest code of the segment */
  isLeft(value: number): boolean {
    return this.left[value] === 1;
  }
}

/** Cells are ranges: low..v on the left, the next value present..high on the right. */
function rangeCut(present: Uint32Array, counts: Uint32Array, size: number, least: number): ColumnCut {
  const high = present.at(-1) ?? 0;
  let best: ColumnCut = { gain: 0, rows: 0, values: 0 };
  let rows = 0;
  for (let i = 0; i + 1 < present.length; i += 1) {
    const value = present[i] as number;
    rows += counts[value] as number;
    if (rows < least) continue;
    if (size - rows < least) break;
    const gain = rows * (high - value) + (size - rows) * (present[i + 1] as number);
    if (gain > best.gain) best = { gain, rows, values: i + 1 };
  }
  return best;
}

/** Cells are sets: the first values on the left, the others on the right. */
function setCut(order: Uint32Array, counts: Uint32Array, size: number, least: number): ColumnCut {
  let best: ColumnCut = { gain: 0, rows: 0, values: 0 };
  let rows = 0;
  for (let i = 0; i + 1 < order.length; i += 1) {
    rows += counts[order[i] as number] as number;
    if (rows < least) continue;
    if (size - rows < least) break;
    const gain = rows * (order.length - i - 1) + (size - rows) * (i + 1);
    if (gain > best.gain) best = { gain, rows, values: i + 1 };
  }
  return best;
}
