import type { NumberTable } from './matrices.ts';

const LEAF = 16;

/**
 * k-d tree over rows from which rows are taken out: nearest and farthest rows by squared Euclidean distance, exactly as
 * a scan of all rows would answer, ties included (a box is passed over only when it is *strictly* out of reach, and its
 * bound is summed in the same order as a distance, so rounding cannot lift it above one).
 */
export class KdTree {
  /** Rows not taken out, and rows at the time of building. */
  left: number;
  readonly built: number;
  /** Coordinates looked at since the caller last set it to 0. */
  work = 0;
  private readonly width: number;
  private readonly values: Float64Array;
  /** Rows in tree order; a node owns a contiguous segment, its live rows first in leaves. */
  private readonly rows: Uint32Array;
  private readonly coordinates: Float64Array;
  private readonly start: number[] = [];
  private readonly end: number[] = [];
  private readonly alive: number[] = [];
  private readonly parent: number[] = [];
  private readonly childA: number[] = [];
  private readonly low: number[] = [];
  private readonly high: number[] = [];
  private readonly leafOf: Int32Array;
  private readonly sum: Float64Array;
  private readonly shift: Float64Array;

  constructor(
    private readonly table: NumberTable,
    rows?: Uint32Array,
  ) {
    this.width = table.width;
    this.values = table.values;
    this.rows = rows ?? Uint32Array.from({ length: table.rows }, (_, i) => i);
    this.built = this.rows.length;
    this.left = this.built;
    this.leafOf = new Int32Array(table.rows).fill(-1);
    this.sum = new Float64Array(this.width);
    this.shift = new Float64Array(this.width);
    // Before the rows are put in tree order: the same rows give the same sum.
    for (const row of this.rows) {
      for (let j = 0; j < this.width; j += 1) this.sum[j] = (this.sum[j] as number) + this.at(row, j);
    }
    if (this.built > 0) this.build();
    this.coordinates = new Float64Array(this.built * this.width);
    for (let i = 0; i < this.built; i += 1) this.copy(i, this.rows[i] as number);
  }

  /** The same rows in a tree with tight boxes. */
  rebuilt(): KdTree {
    const rows: number[] = [];
    this.eachLeft((row) => rows.push(row));
    return new KdTree(this.table, Uint32Array.from(rows).sort());
  }

  /** Mean of the rows left, into `out`. Rows taken out are subtracted with a compensation (Neumaier). */
  mean(out: Float64Array): void {
    for (let j = 0; j < this.width; j += 1) {
      out[j] = ((this.sum[j] as number) + (this.shift[j] as number)) / this.left;
    }
  }

  /** Row farthest from a point; the lowest row number among equals. */
  farthest(point: Float64Array): number {
    let best = -1;
    let bestDistance = -1;
    const stack: number[] = [0];
    while (stack.length > 0) {
      const node = stack.pop() as number;
      if (this.alive[node] === 0 || this.reach(node, point) < bestDistance) continue;
      const child = this.childA[node] as number;
      if (child >= 0) {
        // The farther child is looked at first.
        const a = this.reach(child, point);
        const b = this.reach(child + 1, point);
        if (a > b) stack.push(child + 1, child);
        else stack.push(child, child + 1);
        continue;
      }
      const first = this.start[node] as number;
      const last = first + (this.alive[node] as number);
      for (let i = first; i < last; i += 1) {
        const distance = this.distance(i, point);
        const row = this.rows[i] as number;
        if (distance > bestDistance || (distance === bestDistance && row < best)) {
          best = row;
          bestDistance = distance;
        }
      }
    }
    return best;
  }

  farthestFromRow(row: number): number {
    return this.farthest(this.values.slice(row * this.width, (row + 1) * this.width));
  }

  /** The k rows nearest to a row, itself among them; of equally near ones the highest row numbers. */
  nearest(row: number, k: number): readonly number[] {
    const point = this.values.slice(row * this.width, (row + 1) * this.width);
    const found: number[] = [];
    const distances: number[] = [];
    const visit = (node: number): void => {
      if (this.alive[node] === 0) return;
      if (found.length === k && this.gap(node, point) > (distances[k - 1] as number)) return;
      const child = this.childA[node] as number;
      if (child >= 0) {
        const nearFirst = this.gap(child, point) <= this.gap(child + 1, point);
        visit(nearFirst ? child : child + 1);
        visit(nearFirst ? child + 1 : child);
        return;
      }
      const first = this.start[node] as number;
      const last = first + (this.alive[node] as number);
      for (let i = first; i < last; i += 1)
        insert(found, distances, k, this.rows[i] as number, this.distance(i, point));
    };
    visit(0);
    return found;
  }

  remove(row: number): void {
    const leaf = this.leafOf[row] as number;
    const last = (this.start[leaf] as number) + (this.alive[leaf] as number) - 1;
    let place = this.start[leaf] as number;
    while (this.rows[place] !== row) place += 1;
    const other = this.rows[last] as number;
    this.rows[place] = other;
    this.rows[last] = row;
    this.copy(place, other);
    this.leafOf[row] = -1;
    for (let node = leaf; node >= 0; node = this.parent[node] as number) {
      this.alive[node] = (this.alive[node] as number) - 1;
      this.tighten(node);
    }
    for (let j = 0; j < this.width; j += 1) {
      const before = this.sum[j] as number;
      const term = -this.at(row, j);
      const after = before + term;
      const lost = Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
      this.shift[j] = (this.shift[j] as number) + lost;
      this.sum[j] = after;
    }
    this.left -= 1;
  }

  eachLeft(visit: (row: number) => void): void {
    for (let row = 0; row < this.leafOf.length; row += 1) if (this.leafOf[row] !== -1) visit(row);
  }

  /** Boxes shrink to the rows left: rows are taken from the outside in, and loose boxes would never be passed over. */
  private tighten(node: number): void {
    const { width } = this;
    const child = this.childA[node] as number;
    const first = this.start[node] as number;
    const last = first + (this.alive[node] as number);
    for (let j = 0; j < width; j += 1) {
      let low = Infinity;
      let high = -Infinity;
      if (child >= 0) {
        low = Math.min(this.low[child * width + j] as number, this.low[(child + 1) * width + j] as number);
        high = Math.max(this.high[child * width + j] as number, this.high[(child + 1) * width + j] as number);
      } else {
        for (let i = first; i < last; i += 1) {
          const value = this.coordinates[i * width + j] as number;
          if (value < low) low = value;
          if (value > high) high = value;
        }
      }
      this.low[node * width + j] = low;
      this.high[node * width + j] = high;
    }
  }

  private at(row: number, j: number): number {
    return this.values[row * this.width + j] as number;
  }

  private copy(place: number, row: number): void {
    for (let j = 0; j < this.width; j += 1) this.coordinates[place * this.width + j] = this.at(row, j);
  }

  private distance(place: number, point: Float64Array): number {
    let sum = 0;
    const from = place * this.width;
    for (let j = 0; j < this.width; j += 1) {
      const gap = (this.coordinates[from + j] as number) - (point[j] as number);
      sum += gap * gap;
    }
    this.work += this.width;
    return sum;
  }

  /** Smallest squared distance a row of the box can have. */
  private gap(node: number, point: Float64Array): number {
    let sum = 0;
    for (let j = 0; j < this.width; j += 1) {
      const low = (this.low[node * this.width + j] as number) - (point[j] as number);
      const high = (point[j] as number) - (this.high[node * this.width + j] as number);
      const gap = low > 0 ? low : high > 0 ? high : 0;
      sum += gap * gap;
    }
    this.work += this.width;
    return sum;
  }

  /** Largest squared distance a row of the box can have. */
  private reach(node: number, point: Float64Array): number {
    let sum = 0;
    for (let j = 0; j < this.width; j += 1) {
      const low = (point[j] as number) - (this.low[node * this.width + j] as number);
      const high = (this.high[node * this.width + j] as number) - (point[j] as number);
      const gap = low > high ? low : high;
      sum += gap * gap;
    }
    this.work += this.width;
    return sum;
  }

  private build(): void {
    this.node(0, this.built, -1);
    for (let node = 0; node < this.start.length; node += 1) {
      const first = this.start[node] as number;
      const last = this.end[node] as number;
      const axis = this.widest(node);
      if (last - first <= LEAF || axis < 0) {
        for (let i = first; i < last; i += 1) this.leafOf[this.rows[i] as number] = node;
        continue;
      }
      const middle = (first + last) >> 1;
      this.halve(first, last, middle, axis);
      this.childA[node] = this.start.length;
      this.node(first, middle, node);
      this.node(middle, last, node);
    }
  }

  /** Puts the rows with the smaller values of a column (the lower row number first) before `middle`, in linear time. */
  private halve(first: number, last: number, middle: number, axis: number): void {
    const { rows } = this;
    let low = first;
    let high = last - 1;
    while (low < high) {
      const pivot = rows[(low + high) >> 1] as number;
      const value = this.at(pivot, axis);
      let i = low;
      let j = high;
      while (i <= j) {
        while (this.isBefore(rows[i] as number, axis, value, pivot)) i += 1;
        while (this.isAfter(rows[j] as number, axis, value, pivot)) j -= 1;
        if (i > j) break;
        const swapped = rows[i] as number;
        rows[i] = rows[j] as number;
        rows[j] = swapped;
        i += 1;
        j -= 1;
      }
      if (middle <= j) high = j;
      else if (middle >= i) low = i;
      else return;
    }
  }

  private isBefore(row: number, axis: number, value: number, other: number): boolean {
    const own = this.at(row, axis);
    return own < value || (own === value && row < other);
  }

  private isAfter(row: number, axis: number, value: number, other: number): boolean {
    const own = this.at(row, axis);
    return own > value || (own === value && row > other);
  }

  private node(first: number, last: number, parent: number): void {
    this.start.push(first);
    this.end.push(last);
    this.alive.push(last - first);
    this.parent.push(parent);
    this.childA.push(-1);
    for (let j = 0; j < this.width; j += 1) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = first; i < last; i += 1) {
        const value = this.at(this.rows[i] as number, j);
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.low.push(low);
      this.high.push(high);
    }
  }

  /** Column in which the box is widest, or -1 where all its rows are one point. */
  private widest(node: number): number {
    let axis = -1;
    let most = 0;
    for (let j = 0; j < this.width; j += 1) {
      const width = (this.high[node * this.width + j] as number) - (this.low[node * this.width + j] as number);
      if (width > most) {
        most = width;
        axis = j;
      }
    }
    return axis;
  }
}

/** Keeps the k smallest by (distance, row number descending), ascending. */
function insert(found: number[], distances: number[], k: number, row: number, distance: number): void {
  let at = found.length;
  while (
    at > 0 &&
    ((distances[at - 1] as number) > distance || (distances[at - 1] === distance && (found[at - 1] as number) < row))
  ) {
    at -= 1;
  }
  if (at >= k) return;
  found.splice(at, 0, row);
  distances.splice(at, 0, distance);
  if (found.length > k) {
    found.pop();
    distances.pop();
  }
}
