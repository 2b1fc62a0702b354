/** A cut of one column: how many rows and values go left, and what it gains in (values x rows). */
export interface ColumnCut {
  readonly gain: number;
  readonly rows: number;
  /** Number of values that go left. */
  readonly values: number;
}

/** Counts the values of all columns in one pass over the rows, and finds each column's best cut by its own cells. */
export class ValueCounts {
  private readonly offset: Uint32Array;
  private readonly counts: Uint32Array;
  private readonly present: Uint32Array;
  private readonly met: Uint32Array;
  private readonly left: Uint8Array;
  private order: Uint32Array;

  /** @param sizes number of codes of each column */
  constructor(sizes: readonly number[]) {
    this.offset = new Uint32Array(sizes.length);
    for (let j = 1; j < sizes.length; j += 1)
      this.offset[j] = (this.offset[j - 1] as number) + (sizes[j - 1] as number);
    const all = sizes.reduce((sum, size) => sum + size, 0);
    this.counts = new Uint32Array(all);
    this.present = new Uint32Array(all);
    this.met = new Uint32Array(sizes.length);
    this.left = new Uint8Array(sizes.reduce((a, b) => Math.max(a, b), 1));
    this.order = this.present;
  }

  /** Counts the records start..end-1; `best` of each of these columns must follow. */
  count(data: Uint32Array, stride: number, columns: readonly number[], start: number, end: number): void {
    const { counts, offset, present, met } = this;
    met.fill(0);
    for (let i = start, at = start * stride; i < end; i += 1, at += stride) {
      for (let x = 0; x < columns.length; x += 1) {
        const j = columns[x] as number;
        const base = offset[j] as number;
        const value = data[at + j] as number;
        const before = counts[base + value] as number;
        counts[base + value] = before + 1;
        if (before > 0) continue;
        const place = met[j] as number;
        present[base + place] = value;
        met[j] = place + 1;
      }
    }
  }

  /**
   * @param size rows counted
   * @param least rows each side needs
   */
  best(j: number, low: number, high: number, isSet: boolean, size: number, least: number): ColumnCut {
    const base = this.offset[j] as number;
    const values = this.met[j] as number;
    const present = this.present.subarray(base, base + values);
    const counts = this.counts.subarray(base, base + high + 1);
    if (high - low < 8 * values) {
      let at = 0;
      for (let value = low; value <= high; value += 1) if ((counts[value] as number) > 0) present[at++] = value;
    } else present.sort();
    this.order = present;
    let cut = isSet ? setCut(present, counts, size, least) : rangeCut(present, counts, size, least);
    if (isSet && values > 2) {
      const common = present.slice().sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
      const other = setCut(common, counts, size, least);
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

  isLeft(value: number): boolean {
    return this.left[value] === 1;
  }
}

/** Cells are ranges: low..v on the left, the next value present..high on the right. */
function rangeCut(present: Uint32Array, counts: Uint32Array, size: number, least: number): ColumnCut {
  const low = present[0] ?? 0;
  const high = present.at(-1) ?? 0;
  let best: ColumnCut = { gain: 0, rows: 0, values: 0 };
  let rows = 0;
  for (let i = 0; i + 1 < present.length; i += 1) {
    const value = present[i] as number;
    rows += counts[value] as number;
    if (rows < least) continue;
    if (size - rows < least) break;
    const gain = rows * (high - value) + (size - rows) * ((present[i + 1] as number) - low);
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
