import { type PackedRows, packRows } from './class-rules.ts';
import { classCount, type RecodingInput, type RowClasses } from './greedy-split.ts';

/** Cells of many classes at once may take this many words (64 MB). */
const MOST_WORDS = 1 << 24;

/**
 * Classes that rows move between: linked lists of rows, and per class the cells that cover it (a bit per value, or a
 * range) with their width (see `Cover`).
 */
export class ClassStore {
  readonly packed: PackedRows;
  readonly classOf: Uint32Array;
  readonly size: Uint32Array;
  readonly width: Float64Array;
  private readonly first: Int32Array;
  private readonly next: Int32Array;
  private readonly before: Int32Array;
  private readonly boxes: Uint32Array;
  private readonly words: number;
  private readonly offset: Uint32Array;
  private readonly weight: Float64Array;
  private readonly isSet: Uint8Array;

  /** Whether cells of that many classes fit in memory. */
  static fits(input: RecodingInput, classes: number): boolean {
    return boxWords(input) * classes <= MOST_WORDS;
  }

  constructor(input: RecodingInput, classes: RowClasses) {
    const count = classCount(classes);
    const n = classes.rows.length;
    this.packed = packRows(input.columns, input.secrets);
    this.classOf = new Uint32Array(n);
    this.size = new Uint32Array(count);
    this.width = new Float64Array(count);
    this.first = new Int32Array(count).fill(-1);
    this.next = new Int32Array(n).fill(-1);
    this.before = new Int32Array(n).fill(-1);
    this.words = boxWords(input);
    this.boxes = new Uint32Array(this.words * count);
    this.weight = Float64Array.from(input.sizes, (size) => 1 / Math.max(1, size));
    this.isSet = Uint8Array.from(input.asSet, Number);
    this.offset = new Uint32Array(input.columns.length);
    for (let j = 1; j < input.columns.length; j += 1) {
      this.offset[j] = (this.offset[j - 1] as number) + columnWords(input, j - 1);
    }
    for (let c = 0; c < count; c += 1) {
      for (let i = classes.start[c] as number; i < (classes.start[c + 1] as number); i += 1) {
        this.link(classes.rows[i] as number, c);
      }
      this.measure(c);
    }
  }

  get count(): number {
    return this.size.length;
  }

  /** Calls `visit` for each row of the class; the visited row may leave the class. */
  each(c: number, visit: (row: number) => void): void {
    let row = this.first[c] as number;
    while (row >= 0) {
      const after = this.next[row] as number;
      visit(row);
      row = after;
    }
  }

  rowsOf(c: number): number[] {
    const rows: number[] = [];
    for (let row = this.first[c] as number; row >= 0; row = this.next[row] as number) rows.push(row);
    return rows;
  }

  value(row: number, j: number): number {
    return this.packed.data[row * this.packed.stride + j] as number;
  }

  /** Width of the class's cells if the row joined it. */
  widthWith(c: number, row: number): number {
    const { data, stride, width } = this.packed;
    let total = this.width[c] as number;
    const base = c * this.words;
    for (let j = 0; j < width; j += 1) {
      const value = data[row * stride + j] as number;
      const at = base + (this.offset[j] as number);
      if (this.isSet[j] === 1) {
        if ((((this.boxes[at + (value >>> 5)] as number) >>> (value & 31)) & 1) === 0)
          total += this.weight[j] as number;
        continue;
      }
      const low = this.boxes[at] as number;
      const high = this.boxes[at + 1] as number;
      if (value < low) total += (low - value) * (this.weight[j] as number);
      else if (value > high) total += (value - high) * (this.weight[j] as number);
    }
    return total;
  }

  /** Width of the class's cells if the row left it. */
  widthWithout(c: number, row: number): number {
    let total = this.width[c] as number;
    for (let j = 0; j < this.packed.width; j += 1) {
      const shrunk = this.isSet[j] === 1 ? this.lostValue(c, row, j) : this.lostRange(c, row, j);
      total -= shrunk * (this.weight[j] as number);
    }
    return total;
  }

  /** Moves a row to another class; cells of both are brought up to date. */
  move(row: number, to: number): void {
    const from = this.classOf[row] as number;
    this.unlink(row);
    this.link(row, to);
    this.measure(from);
    this.stretch(to, row);
  }

  /** Recomputes the cells of a class from its rows. */
  measure(c: number): void {
    this.boxes.fill(0, c * this.words, (c + 1) * this.words);
    this.width[c] = 0;
    let row = this.first[c] as number;
    if (row < 0) return;
    for (let j = 0; j < this.packed.width; j += 1) {
      const value = this.value(row, j);
      const at = c * this.words + (this.offset[j] as number);
      if (this.isSet[j] === 1) this.boxes[at + (value >>> 5)] = 1 << (value & 31);
      else this.boxes.fill(value, at, at + 2);
    }
    for (row = this.next[row] as number; row >= 0; row = this.next[row] as number) this.stretch(c, row);
  }

  /** The classes that still have rows. */
  result(): RowClasses {
    const rows = new Uint32Array(this.classOf.length);
    const start: number[] = [0];
    let at = 0;
    for (let c = 0; c < this.count; c += 1) {
      if (this.size[c] === 0) continue;
      for (let row = this.first[c] as number; row >= 0; row = this.next[row] as number) rows[at++] = row;
      start.push(at);
    }
    return { rows, start: Uint32Array.from(start) };
  }

  private link(row: number, c: number): void {
    const head = this.first[c] as number;
    this.next[row] = head;
    this.before[row] = -1;
    if (head >= 0) this.before[head] = row;
    this.first[c] = row;
    this.classOf[row] = c;
    this.size[c] = (this.size[c] as number) + 1;
  }

  private unlink(row: number): void {
    const c = this.classOf[row] as number;
    const before = this.before[row] as number;
    const after = this.next[row] as number;
    if (before >= 0) this.next[before] = after;
    else this.first[c] = after;
    if (after >= 0) this.before[after] = before;
    this.size[c] = (this.size[c] as number) - 1;
  }

  private stretch(c: number, row: number): void {
    this.width[c] = this.widthWith(c, row);
    for (let j = 0; j < this.packed.width; j += 1) {
      const value = this.value(row, j);
      const at = c * this.words + (this.offset[j] as number);
      if (this.isSet[j] === 1)
        this.boxes[at + (value >>> 5)] = (this.boxes[at + (value >>> 5)] as number) | (1 << (value & 31));
      else if (value < (this.boxes[at] as number)) this.boxes[at] = value;
      else if (value > (this.boxes[at + 1] as number)) this.boxes[at + 1] = value;
    }
  }

  /** 1 where no other row of the class has this row's value. */
  private lostValue(c: number, row: number, j: number): number {
    const value = this.value(row, j);
    for (let other = this.first[c] as number; other >= 0; other = this.next[other] as number) {
      if (other !== row && this.value(other, j) === value) return 0;
    }
    return 1;
  }

  /** How much shorter the class's range is without this row. */
  private lostRange(c: number, row: number, j: number): number {
    const value = this.value(row, j);
    const at = c * this.words + (this.offset[j] as number);
    const low = this.boxes[at] as number;
    const high = this.boxes[at + 1] as number;
    if (low === high || (value !== low && value !== high)) return 0;
    let nearest = value === low ? high : low;
    for (let other = this.first[c] as number; other >= 0; other = this.next[other] as number) {
      if (other === row) continue;
      const seen = this.value(other, j);
      if (seen === value) return 0;
      if (value === low ? seen < nearest : seen > nearest) nearest = seen;
    }
    return Math.abs(nearest - value);
  }
}

const columnWords = (input: RecodingInput, j: number): number =>
  input.asSet[j] === true ? ((input.sizes[j] as number) + 31) >>> 5 : 2;

const boxWords = (input: RecodingInput): number =>
  input.columns.reduce((words, _, j) => words + columnWords(input, j), 0);
