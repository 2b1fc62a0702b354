import type { TableRelease } from '../kit/release.ts';
import type { Rng } from '../rng/rng.ts';
import { type Grouping, groupRows, rowsByClass } from '../table/group.ts';
import { comparedColumn, type ComparedColumn } from '../metrics/released-cells.ts';

/**
 * One column the adversary knows of a target, beside the released cells of that column. Numbers lie on a scale; labels
 * are places in a list, equal or not.
 */
export interface AuxiliaryColumn {
  readonly name: string;
  /** What is known of each source row; NaN = known to be missing. */
  readonly truth: Float64Array;
  /** Cell of each released row. */
  readonly codes: Uint32Array;
  /** What each cell covers, both ends included; NaN = covers the missing value only. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Where cells are sets with gaps: what each covers, ascending, without the missing value. */
  readonly members?: readonly Float64Array[];
  /** 1 where a cell covers the missing value. */
  readonly missing: Uint8Array;
  /** Largest less smallest number of the two tables; absent for labels. */
  readonly range?: number;
}

/** The named column as numbers (numbers, times) or labels; `undefined` where the release says nothing about it. */
export function auxiliaryColumn(release: TableRelease, name: string): AuxiliaryColumn | undefined {
  const column = comparedColumn(release, name);
  return column === undefined ? undefined : auxiliary(column);
}

function auxiliary(column: ComparedColumn): AuxiliaryColumn {
  const { name, truth, size, codes } = column;
  const { base, missingCode } = truth;
  const numbers = base.kind === 'minutes' || base.kind === 'numbers' ? base.values : undefined;
  const last = missingCode === undefined ? size - 1 : size - 2;
  const place = (code: number): number =>
    code === missingCode ? Number.NaN : numbers === undefined ? code : (numbers[code] as number);
  const members = column.members?.map((set) =>
    Float64Array.from(
      set.filter((code) => code !== missingCode),
      place,
    ),
  );
  return {
    name,
    codes,
    truth: Float64Array.from(truth.codes, place),
    low: Float64Array.from(column.low, place),
    high: Float64Array.from(column.high, (code, cell) => {
      if (column.low[cell] === missingCode) return Number.NaN;
      return members?.[cell]?.at(-1) ?? place(Math.min(code, last));
    }),
    missing: Uint8Array.from(column.high, (code) => (code === missingCode ? 1 : 0)),
    ...(members === undefined ? {} : { members }),
    ...(numbers === undefined ? {} : { range: last < 0 ? 0 : (numbers[last] as number) - (numbers[0] as number) }),
  };
}

/** How ties at the last place are settled: by the lowest row, or by lot. */
export type Ties = 'lowest row' | Rng;

/**
 * The k released rows nearest to what is known of a target. Distance (Gower 1971, as Anonymeter uses it): the sum over
 * columns of |a - b| / range for numbers, and 0 or 1 for labels. A generalized cell covers a range: whatever lies inside
 * is at distance 0, outside it the nearer end counts, so the adversary rules out only what the cell rules out. Distances
 * are rounded to 12 decimals, so that sums that are equal on paper tie. Rows of equal cells are measured once:
 * O(distinct rows x columns) a target.
 */
export class Neighbours {
  private readonly classes: Grouping;
  private readonly members: ReturnType<typeof rowsByClass>;
  private readonly cells: readonly Uint32Array[];
  private readonly sums: Float64Array;
  private readonly tables: readonly Float64Array[];

  constructor(
    private readonly columns: readonly AuxiliaryColumn[],
    private readonly rows: number,
  ) {
    this.classes = groupRows(
      columns.map(({ codes }) => codes),
      columns.map(({ low }) => low.length),
      rows,
    );
    this.members = rowsByClass(this.classes);
    this.cells = columns.map(({ codes }) => this.classes.first.map((row) => codes[row] as number));
    this.sums = new Float64Array(this.classes.count);
    this.tables = columns.map((column) => new Float64Array(column.low.length));
  }

  /** @param without a released row that is not looked at (-1 = none) */
  nearest(target: number, k: number, ties: Ties, without = -1): Uint32Array {
    this.measure(target);
    const wanted = Math.min(k, this.rows - (without >= 0 ? 1 : 0));
    return wanted <= 0 ? new Uint32Array(0) : this.smallest(wanted, ties, without);
  }

  /** Distance to the nearest released row, as `nearest` measures it; infinite without rows. */
  distance(target: number): number {
    this.measure(target);
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.sums.length; c += 1) if ((this.sums[c] as number) < least) least = this.sums[c] as number;
    return least / 1e12;
  }

  /** Distances to all classes, in units of 1e-12. A table per column first: cells are fewer than classes. */
  private measure(target: number): void {
    const { sums } = this;
    sums.fill(0);
    this.columns.forEach((column, j) => {
      const table = this.tables[j] as Float64Array;
      const cells = this.cells[j] as Uint32Array;
      const value = column.truth[target] as number;
      for (let cell = 0; cell < table.length; cell += 1) table[cell] = cellDistance(column, value, cell);
      for (let c = 0; c < sums.length; c += 1) sums[c] = (sums[c] as number) + (table[cells[c] as number] as number);
    });
    for (let c = 0; c < sums.length; c += 1) sums[c] = Math.round((sums[c] as number) * 1e12);
  }

  private smallest(k: number, ties: Ties, without: number): Uint32Array {
    const limit = this.kthSmallest(k, without);
    const near: number[] = [];
    const tied: number[] = [];
    for (let c = 0; c < this.sums.length; c += 1) {
      const distance = this.sums[c] as number;
      if (distance > limit) continue;
      const into = distance < limit ? near : tied;
      for (let i = this.members.start[c] as number; i < (this.members.start[c + 1] as number); i += 1) {
        const row = this.members.rows[i] as number;
        if (row !== without) into.push(row);
      }
    }
    if (ties === 'lowest row') tied.sort((a, b) => a - b);
    // Selection sampling (Knuth, algorithm S) among the rows that tie for the last places.
    for (let i = 0; near.length < k; i += 1) {
      if (ties === 'lowest row' || ties.int(tied.length - i) < k - near.length) near.push(tied[i] as number);
    }
    return Uint32Array.from(near);
  }

  private kthSmallest(k: number, without: number): number {
    const best = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
    const own = without < 0 ? -1 : (this.classes.classOf[without] as number);
    for (let c = 0; c < this.sums.length; c += 1) {
      const distance = this.sums[c] as number;
      const size = (this.classes.sizes[c] as number) - (c === own ? 1 : 0);
      for (let copy = 0; copy < Math.min(size, k) && distance < (best[k - 1] as number); copy += 1) {
        let at = k - 1;
        while (at > 0 && (best[at - 1] as number) > distance) {
          best[at] = best[at - 1] as number;
          at -= 1;
        }
        best[at] = distance;
      }
    }
    return best[k - 1] as number;
  }
}

function cellDistance(column: AuxiliaryColumn, value: number, cell: number): number {
  if (Number.isNaN(value)) return column.missing[cell] === 1 ? 0 : 1;
  const low = column.low[cell] as number;
  const high = column.high[cell] as number;
  if (Number.isNaN(low)) return 1;
  const off = column.members?.[cell]?.reduce((least, each) => Math.min(least, Math.abs(value - each)), Infinity);
  const gap = off ?? Math.max(0, low - value, value - high);
  if (gap === 0) return 0;
  if (column.range === undefined) return 1;
  return column.range === 0 ? 0 : gap / column.range;
}

/** Rows that are in both lists. */
export function sharedRows(a: Uint32Array, b: Uint32Array): Uint32Array {
  const other = new Set(b);
  return a.filter((row) => other.has(row));
}
