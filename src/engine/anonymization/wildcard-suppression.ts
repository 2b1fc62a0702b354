import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import { text } from '../kit/text.ts';
import { frequencyCounts, type KeyColumn } from '../metrics/risk/frequency-counts.ts';
import { groupRows } from '../table/group.ts';

/** Cells to leave out: for each column one flag a row. */
export type SuppressedCells = readonly Uint8Array[];

/**
 * Columns in the order in which cells are left out: those with many different values first, as each value says less of
 * the rest (sdcMicro's default importance). Equal numbers of values: the later column first.
 */
export function expendableFirst(columns: readonly KeyColumn[]): readonly number[] {
  const values = columns.map(({ codes, count, missing }) => {
    const seen = new Uint8Array(count);
    for (let i = 0; i < codes.length; i += 1) seen[codes[i] as number] = 1;
    return seen.reduce((sum, each, code) => sum + (code === missing ? 0 : each), 0);
  });
  return columns.map((_, j) => j).sort((a, b) => (values[b] as number) - (values[a] as number) || b - a);
}

/**
 * Local suppression by sweeps, with a missing value read as any value (Templ, Kowarik, Meindl 2015): while some key has
 * fewer than k matches, each such row, rarest first, loses one cell, in the first column of `order` in which it differs
 * from a row nearest to it (fewest columns in which both have values that differ, at least one). Of equal rows only the
 * first k are looked at; the rest need no help.
 *
 * The result has at least k matches a row **under the wildcard reading only**: an outsider who takes the gaps for a value
 * of their own sees classes as small as one row. O(sweeps x rows below k x rows x columns).
 * @throws infeasible where that would take hours
 */
export async function wildcardSuppression(
  columns: readonly KeyColumn[],
  rows: number,
  k: number,
  order: readonly number[],
  ctx: Ctx,
): Promise<SuppressedCells> {
  const kept = firstOfEachKey(columns, rows, k);
  const work = new Sweep(columns, kept);
  // Each sweep is taken for half of what is left.
  for (let left = 1; ; left /= 2) {
    const below = work.below(k);
    if (below.length === 0) break;
    if (below.length * kept.length > MOST_PAIRS) {
      throw infeasible(
        `${below.length} rows stand out among ${kept.length} different ones: too many to compare each with each`,
        'take gaps for a value of their own, generalize first, or use fewer columns',
        { param: 'gaps' },
      );
    }
    for (const [i, row] of below.entries()) {
      if (i % 16 === 0) {
        const done = 1 - left * (1 - i / (2 * below.length));
        await ctx.checkpoint(done, text('Leaving out cells', 'Omitiendo celdas'));
      }
      work.leaveOutOne(row, order);
    }
  }
  const out = columns.map(() => new Uint8Array(rows));
  for (const [i, row] of kept.entries()) {
    for (const [j, flags] of out.entries()) if (work.leftOut(i, j)) flags[row] = 1;
  }
  return out;
}

/** Row numbers, ascending: the first `k` of every key. */
function firstOfEachKey(columns: readonly KeyColumn[], rows: number, k: number): Uint32Array {
  const { classOf, count } = groupRows(
    columns.map(({ codes }) => codes),
    columns.map((column) => column.count),
    rows,
  );
  const seen = new Uint32Array(count);
  const kept: number[] = [];
  for (let i = 0; i < rows; i += 1) {
    const c = classOf[i] as number;
    if ((seen[c] as number) < k) kept.push(i);
    seen[c] = (seen[c] as number) + 1;
  }
  return Uint32Array.from(kept);
}

const NONE = -1;

/** Pairs of rows compared in one sweep: minutes of work. */
const MOST_PAIRS = 2e10;

class Sweep {
  /** Codes by column; NONE where a value is missing or left out. */
  private readonly codes: readonly Int32Array[];
  private readonly given: readonly Uint8Array[];
  private readonly distance: Uint8Array;
  private readonly rows: number;

  constructor(
    private readonly columns: readonly KeyColumn[],
    kept: Uint32Array,
  ) {
    this.rows = kept.length;
    this.codes = columns.map(({ codes, missing }) =>
      Int32Array.from(kept, (row) => (codes[row] === missing ? NONE : (codes[row] as number))),
    );
    this.given = this.codes.map((codes) => Uint8Array.from(codes, (code) => (code === NONE ? 0 : 1)));
    this.distance = new Uint8Array(kept.length);
  }

  leftOut(i: number, j: number): boolean {
    return this.given[j]?.[i] === 1 && this.codes[j]?.[i] === NONE;
  }

  /** Rows with fewer than k matches, fewest first, in row order among equals. */
  below(k: number): number[] {
    const keys = this.columns.map(({ count }, j): KeyColumn => {
      const codes = Uint32Array.from(this.codes[j] ?? [], (code) => (code === NONE ? count : code));
      return { codes, count: count + 1, missing: count };
    });
    const { sample } = frequencyCounts(keys, this.rows);
    const found = Array.from({ length: this.rows }, (_, i) => i).filter((i) => (sample[i] as number) < k);
    return found.sort((a, b) => (sample[a] as number) - (sample[b] as number) || a - b);
  }

  leaveOutOne(row: number, order: readonly number[]): void {
    const nearest = this.measure(row);
    for (const j of order) {
      const codes = this.codes[j] as Int32Array;
      const own = codes[row] as number;
      if (own === NONE) continue;
      for (let i = 0; i < this.rows; i += 1) {
        if (this.distance[i] !== nearest || codes[i] === own || codes[i] === NONE) continue;
        codes[row] = NONE;
        return;
      }
    }
  }

  /** Distances of all rows from this one; returns the least above 0, or the number of columns. */
  private measure(row: number): number {
    const { distance } = this;
    distance.fill(0);
    for (const codes of this.codes) {
      const own = codes[row] as number;
      if (own === NONE) continue;
      // Without a branch: whether two values differ cannot be predicted, and this loop is nearly all of the work.
      for (let i = 0; i < distance.length; i += 1) {
        const other = codes[i] as number;
        distance[i] = (distance[i] as number) + (Number(other !== own) & Number(other !== NONE));
      }
    }
    let least = this.columns.length;
    for (let i = 0; i < this.rows; i += 1) {
      const d = distance[i] as number;
      if (d > 0 && d < least) least = d;
    }
    return least;
  }
}
