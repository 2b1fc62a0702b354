import type { Ctx } from '../kit/context.ts';
import type { Secret } from './class-rules.ts';
import { FurtherModels } from './mondrian-models.ts';

/**
 * Mondrian multidimensional partitioning (LeFevre, DeWitt, Ramakrishnan, ICDE 2006, Fig. 3), strict and relaxed, with
 * distinct l-diversity (Machanavajjhala et al. 2007) checked on every cut.
 *
 * Columns are base codes in depth-first order of their hierarchies, so an interval of codes is a range of numbers or
 * times, or a set of neighbouring leaves. A region is cut in the column of largest normalized width where a cut is
 * allowed, at the allowed cut nearest to the median. Regions are cut while any column allows it.
 */
export interface MondrianInput {
  /** Base codes per quasi-identifier. */
  readonly columns: readonly Uint32Array[];
  /** Number of base values of each quasi-identifier. */
  readonly sizes: readonly number[];
  readonly k: number;
  readonly l: number;
  /** Codes of the sensitive column and their number; needed when l > 1. */
  readonly sensitive?: { readonly codes: Uint32Array; readonly size: number };
  /** Relaxed: equal values may go to both sides of a cut, at the exact median. */
  readonly relaxed: boolean;
  /** Further models of sensitive columns, checked on both sides of every cut; the whole table must satisfy them. */
  readonly further?: readonly Secret[];
}

export interface MondrianPartition {
  /** Class of each row. */
  readonly classOf: Uint32Array;
  readonly sizes: Uint32Array;
  readonly count: number;
  /** Smallest and largest base code of each class (row-major: class x column). */
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Rows looked at between two checkpoints: about 5 ms. */
const CHECK_EVERY = 200_000;

/** Requires 1 <= k <= rows, and l different sensitive values in the table. */
export async function mondrianPartition(input: MondrianInput, ctx: Ctx): Promise<MondrianPartition> {
  const work = new Work(input);
  const n = work.rows.length;
  const pending: number[] = [0, n];
  let seen = 0;
  let done = 0;
  while (pending.length > 0) {
    const end = pending.pop() as number;
    const start = pending.pop() as number;
    const cut = work.cut(start, end);
    seen += end - start;
    if (cut < 0) {
      work.close(start, end);
      done += end - start;
    } else pending.push(cut, end, start, cut);
    if (seen >= CHECK_EVERY) {
      seen = 0;
      await ctx.checkpoint(done / n);
    }
  }
  return work.result();
}

/**
 * Rows and their codes are moved together, so that every region is a contiguous, sequentially read segment: 6 times
 * faster on 1M rows than following row indices into unmoved columns.
 */
class Work {
  readonly rows: Uint32Array;
  private readonly columns: readonly Uint32Array[];
  private readonly sensitive: Uint32Array | undefined;
  private readonly further: FurtherModels | undefined;
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;
  private readonly width: Float64Array;
  private readonly counts: Uint32Array;
  private readonly scratch: Uint32Array;
  private readonly leaves: number[] = [];
  private readonly boxes: number[] = [];
  // Smallest and largest code of each sensitive value present in a region, and the list of those values.
  private readonly sensitiveLow: Uint32Array;
  private readonly sensitiveHigh: Uint32Array;
  private readonly stamp: Uint32Array;
  private readonly present: Uint32Array;
  private readonly extreme: Float64Array;
  private turn = 0;
  private allowedFrom = 0;
  private allowedTo = 0;

  constructor(private readonly input: MondrianInput) {
    const n = input.columns[0]?.length ?? input.sensitive?.codes.length ?? 0;
    this.rows = Uint32Array.from({ length: n }, (_, i) => i);
    this.columns = input.columns.map((column) => column.slice());
    this.sensitive = input.l > 1 ? input.sensitive?.codes.slice() : undefined;
    this.low = new Uint32Array(input.columns.length);
    this.high = new Uint32Array(input.columns.length);
    this.width = new Float64Array(input.columns.length);
    this.counts = new Uint32Array(input.sizes.reduce((a, b) => Math.max(a, b), 1));
    this.scratch = new Uint32Array(n);
    const more = input.further ?? [];
    this.further = more.length === 0 ? undefined : new FurtherModels(more, input.k, this.counts.length);
    const values = input.sensitive?.size ?? 0;
    this.sensitiveLow = new Uint32Array(values);
    this.sensitiveHigh = new Uint32Array(values);
    this.stamp = new Uint32Array(values);
    this.present = new Uint32Array(values);
    this.extreme = new Float64Array(input.l);
  }

  /** Cuts the region in two and returns where the second part starts; -1 when no column allows a cut. */
  cut(start: number, end: number): number {
    const size = end - start;
    this.measure(start, end);
    if (size < 2 * this.input.k) return -1;
    for (;;) {
      const j = this.widest();
      if (j < 0) return -1;
      this.width[j] = 0;
      const at = this.input.relaxed ? this.cutRelaxed(j, start, end) : this.cutStrict(j, start, end);
      if (at > start) return at;
    }
  }

  /** Records the region as a class. */
  close(start: number, end: number): void {
    this.leaves.push(start, end);
    for (let j = 0; j < this.columns.length; j += 1) this.boxes.push(this.low[j] as number, this.high[j] as number);
  }

  result(): MondrianPartition {
    const count = this.leaves.length / 2;
    const width = this.columns.length;
    const classOf = new Uint32Array(this.rows.length);
    const sizes = new Uint32Array(count);
    const low = new Uint32Array(count * width);
    const high = new Uint32Array(count * width);
    for (let c = 0; c < count; c += 1) {
      const start = this.leaves[2 * c] as number;
      const end = this.leaves[2 * c + 1] as number;
      sizes[c] = end - start;
      for (let i = start; i < end; i += 1) classOf[this.rows[i] as number] = c;
      for (let j = c * width; j < (c + 1) * width; j += 1) {
        low[j] = this.boxes[2 * j] as number;
        high[j] = this.boxes[2 * j + 1] as number;
      }
    }
    return { classOf, sizes, count, low, high };
  }

  private measure(start: number, end: number): void {
    for (let j = 0; j < this.columns.length; j += 1) {
      const codes = this.columns[j] as Uint32Array;
      let low = codes[start] as number;
      let high = low;
      for (let i = start + 1; i < end; i += 1) {
        const code = codes[i] as number;
        if (code < low) low = code;
        else if (code > high) high = code;
      }
      this.low[j] = low;
      this.high[j] = high;
      this.width[j] = (high - low) / Math.max(1, (this.input.sizes[j] as number) - 1);
    }
  }

  /** Column of largest normalized width, the first of equals; -1 when all are exhausted. */
  private widest(): number {
    let found = -1;
    let most = 0;
    for (let j = 0; j < this.width.length; j += 1) {
      if ((this.width[j] as number) > most) {
        most = this.width[j] as number;
        found = j;
      }
    }
    return found;
  }

  private cutStrict(j: number, start: number, end: number): number {
    this.allowedFrom = this.low[j] as number;
    this.allowedTo = (this.high[j] as number) - 1;
    if (this.sensitive !== undefined) this.limitByDiversity(j, start, end);
    if (this.allowedFrom > this.allowedTo) return -1;
    const cut = this.further === undefined ? this.nearestToMedian(j, start, end) : this.nearestThatHolds(j, start, end);
    return cut < 0 ? -1 : this.partition(j, start, end, cut);
  }

  /**
   * Distinct l on both sides of a cut "code <= v": the left side holds a sensitive value as soon as v reaches its
   * smallest code, the right side while v is below its largest. So the allowed cuts are one interval.
   */
  private limitByDiversity(j: number, start: number, end: number): void {
    const codes = this.columns[j] as Uint32Array;
    const sensitive = this.sensitive as Uint32Array;
    this.turn += 1;
    let values = 0;
    for (let i = start; i < end; i += 1) {
      const value = sensitive[i] as number;
      const code = codes[i] as number;
      if (this.stamp[value] !== this.turn) {
        this.stamp[value] = this.turn;
        this.sensitiveLow[value] = code;
        this.sensitiveHigh[value] = code;
        this.present[values] = value;
        values += 1;
      } else if (code < (this.sensitiveLow[value] as number)) this.sensitiveLow[value] = code;
      else if (code > (this.sensitiveHigh[value] as number)) this.sensitiveHigh[value] = code;
    }
    if (values < this.input.l) {
      this.allowedTo = -1;
      return;
    }
    this.allowedFrom = Math.max(this.allowedFrom, this.lthExtreme(this.sensitiveLow, values, 1));
    this.allowedTo = Math.min(this.allowedTo, -this.lthExtreme(this.sensitiveHigh, values, -1) - 1);
  }

  /** The l-th smallest of sign * bound over the sensitive values present. */
  private lthExtreme(bound: Uint32Array, values: number, sign: number): number {
    const l = this.input.l;
    const kept = this.extreme;
    kept.fill(Infinity);
    for (let p = 0; p < values; p += 1) {
      const x = sign * (bound[this.present[p] as number] as number);
      if (x >= (kept[l - 1] as number)) continue;
      let i = l - 1;
      while (i > 0 && (kept[i - 1] as number) > x) {
        kept[i] = kept[i - 1] as number;
        i -= 1;
      }
      kept[i] = x;
    }
    return kept[l - 1] as number;
  }

  /** Largest code of the left side for the allowed cut that divides the rows most evenly, or -1. */
  private nearestToMedian(j: number, start: number, end: number): number {
    const low = this.low[j] as number;
    const span = (this.high[j] as number) - low + 1;
    return span <= 4 * (end - start) + 64
      ? this.medianByCounts(j, start, end, low, span)
      : this.medianBySort(j, start, end);
  }

  private nearestThatHolds(j: number, start: number, end: number): number {
    const codes = this.columns[j] as Uint32Array;
    const range = [this.low[j] as number, this.high[j] as number] as const;
    return this.further?.nearestCut(codes, [start, end], range, [this.allowedFrom, this.allowedTo]) ?? -1;
  }

  private medianByCounts(j: number, start: number, end: number, low: number, span: number): number {
    const codes = this.columns[j] as Uint32Array;
    const counts = this.counts;
    counts.fill(0, 0, span);
    for (let i = start; i < end; i += 1) {
      const c = (codes[i] as number) - low;
      counts[c] = (counts[c] as number) + 1;
    }
    const size = end - start;
    let below = 0;
    let found = -1;
    let least = Infinity;
    const last = Math.min(span - 1, this.allowedTo - low);
    for (let c = 0; c <= last; c += 1) {
      const here = counts[c] as number;
      if (here === 0 && c + low !== this.allowedFrom) continue;
      below += here;
      if (c + low < this.allowedFrom || below < this.input.k) continue;
      if (size - below < this.input.k) break;
      const off = Math.abs(2 * below - size);
      if (off < least) {
        least = off;
        found = c + low;
      }
    }
    return found;
  }

  private medianBySort(j: number, start: number, end: number): number {
    const sorted = this.sorted(j, start, end);
    const size = end - start;
    let found = -1;
    let least = Infinity;
    for (let i = this.input.k - 1; i < size - this.input.k; i += 1) {
      const code = sorted[i] as number;
      const next = sorted[i + 1] as number;
      // Any cut in [code, next) divides the rows alike; it is allowed when that range meets the allowed one.
      if (next === code || next - 1 < this.allowedFrom || code > this.allowedTo) continue;
      const off = Math.abs(2 * (i + 1) - size);
      if (off < least) {
        least = off;
        found = Math.max(code, this.allowedFrom);
      }
    }
    return found;
  }

  private sorted(j: number, start: number, end: number): Uint32Array {
    const size = end - start;
    const out = this.scratch.subarray(0, size);
    const codes = this.columns[j] as Uint32Array;
    if (size > 40) {
      out.set(codes.subarray(start, end));
      return out.sort();
    }
    for (let i = 0; i < size; i += 1) {
      const code = codes[start + i] as number;
      let at = i;
      while (at > 0 && (out[at - 1] as number) > code) {
        out[at] = out[at - 1] as number;
        at -= 1;
      }
      out[at] = code;
    }
    return out;
  }

  /** Cut at the exact median row; falls back to the best strict cut where the sides would lack diversity. */
  private cutRelaxed(j: number, start: number, end: number): number {
    const size = end - start;
    const half = size >> 1;
    const value = this.sorted(j, start, end)[half] as number;
    // Rows below the median value, then rows equal to it, then rows above: the middle is shared out by position.
    const equal = value === 0 ? start : this.partition(j, start, end, value - 1);
    this.partition(j, equal, end, value);
    const cut = start + half;
    const good = this.good(start, cut) && this.good(cut, end);
    return good ? cut : this.cutStrict(j, start, end);
  }

  private good(start: number, end: number): boolean {
    return (this.sensitive === undefined || this.diverse(start, end)) && this.further?.holds(start, end) !== false;
  }

  private diverse(start: number, end: number): boolean {
    const sensitive = this.sensitive as Uint32Array;
    this.turn += 1;
    let values = 0;
    for (let i = start; i < end; i += 1) {
      const value = sensitive[i] as number;
      if (this.stamp[value] === this.turn) continue;
      this.stamp[value] = this.turn;
      values += 1;
      if (values >= this.input.l) return true;
    }
    return false;
  }

  /** Moves rows with code <= cut to the front of the region; returns where the others start. */
  private partition(j: number, start: number, end: number, cut: number): number {
    const codes = this.columns[j] as Uint32Array;
    let left = start;
    let right = end - 1;
    for (;;) {
      while (left <= right && (codes[left] as number) <= cut) left += 1;
      while (left <= right && (codes[right] as number) > cut) right -= 1;
      if (left >= right) return left;
      this.swap(left, right);
      left += 1;
      right -= 1;
    }
  }

  private swap(a: number, b: number): void {
    for (let j = 0; j < this.columns.length; j += 1) exchange(this.columns[j] as Uint32Array, a, b);
    exchange(this.rows, a, b);
    if (this.sensitive !== undefined) exchange(this.sensitive, a, b);
    this.further?.swap(a, b);
  }
}

function exchange(values: Uint32Array, a: number, b: number): void {
  const kept = values[a] as number;
  values[a] = values[b] as number;
  values[b] = kept;
}
