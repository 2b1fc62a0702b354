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
