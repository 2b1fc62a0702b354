import type { Rng } from '../../rng/rng.ts';
import { type CellRanges, type ComparedColumn, comparedColumn } from '../released-cells.ts';
import { isSynthetic, type TableRelease } from '../../kit/release.ts';
import { groupRows } from '../../table/group.ts';

/** One predicate: base codes of a column that are asked for (1) or not (0). */
export interface Asked {
  readonly column: number;
  readonly wanted: Uint8Array;
}
/** COUNT(*) of the rows that satisfy all predicates. */
export type CountQuery = readonly Asked[];

/** True and estimated answer of one query. */
export interface Answer {
  readonly truth: number;
  readonly estimate: number;
}

/** What a column is to a workload; `cells` absent = every released row may have any value of it. */
export interface WorkloadColumn {
  readonly name: string;
  /** Base values, also those that do not occur. */
  readonly size: number;
  /** Base code of each original row. */
  readonly truth: Uint32Array;
  readonly cells?: CellRanges;
}

/**
 * Answers COUNT queries from the original and from a generalized release. Estimate = sum over released rows of the
 * product over predicates of |asked values that the cell covers| / |values the cell covers|, the values counted over the
 * whole hierarchy; a row left out counts with every cell the whole domain. O(classes x predicates) a query.
 */
export class Workload {
  private readonly weights: Float64Array;
  /** Cell of column j in class c at `cellOf[j][c]`. */
  private readonly cellOf: readonly (Uint32Array | undefined)[];
  private readonly truthWeights: Float64Array;
  private readonly truthOf: readonly Uint32Array[];

  constructor(
    readonly columns: readonly WorkloadColumn[],
    readonly rows: number,
    released: number,
    /** Rows the release says were left out. */
    private readonly leftOut: number,
  ) {
    const seen = columns.map(({ cells }) => cells);
    const present = seen.flatMap((cells) => cells ?? []);
    const classes = groupRows(
      present.map(({ codes }) => codes),
      present.map(({ low }) => low.length),
      released,
    );
    this.weights = Float64Array.from(classes.sizes);
    this.cellOf = seen.map((cells) =>
      cells === undefined ? undefined : classes.first.map((row) => cells.codes[row] as number),
    );
    const originals = groupRows(
      columns.map(({ truth }) => truth),
      columns.map(({ size }) => size),
      rows,
    );
    this.truthWeights = Float64Array.from(originals.sizes);
    this.truthOf = columns.map(({ truth }) => originals.first.map((row) => truth[row] as number));
  }

  answer(query: CountQuery): Answer {
    return { truth: this.count(query), estimate: this.estimate(query) };
  }

  /** Original rows that satisfy the query. */
  count(query: CountQuery): number {
    const tests = query.map(({ column, wanted }) => ({ wanted, truth: this.truthOf[column] as Uint32Array }));
    let truth = 0;
    for (let c = 0; c < this.truthWeights.length; c += 1) {
      let fits = true;
      for (let j = 0; fits && j < tests.length; j += 1) {
        const test = tests[j] as (typeof tests)[number];
        fits = test.wanted[test.truth[c] as number] === 1;
      }
      if (fits) truth += this.truthWeights[c] as number;
    }
    return truth;
  }

  estimate(query: CountQuery): number {
    const tests = query.map(({ column, wanted }) => ({ cells: this.cellOf[column], ...this.sharesOf(column, wanted) }));
    let estimate = tests.reduce((product, test) => product * test.ofAll, this.leftOut);
    for (let c = 0; c < this.weights.length; c += 1) {
      let product = this.weights[c] as number;
      for (let j = 0; product > 0 && j < tests.length; j += 1) {
        const { cells, ofCell, ofAll } = tests[j] as (typeof tests)[number];
        product *= cells === undefined ? ofAll : (ofCell[cells[c] as number] as number);
      }
      estimate += product;
    }
    return estimate;
  }

  /** Share of each cell's values, and of all values, that is asked for. */
  private sharesOf(j: number, wanted: Uint8Array): { readonly ofCell: Float64Array; readonly ofAll: number } {
    const { size, cells } = this.columns[j] as WorkloadColumn;
    const below = new Uint32Array(size + 1);
    for (let v = 0; v < size; v += 1) below[v + 1] = (below[v] as number) + (wanted[v] as number);
    const ofCell = Float64Array.from(cells?.low ?? [], (low, cell) => {
      const members = cells?.members?.[cell];
      if (members !== undefined) {
        return members.reduce((sum, code) => sum + (wanted[code] as number), 0) / members.length;
      }
      const end = (cells?.high[cell] as number) + 1;
      return ((below[end] as number) - (below[low] as number)) / (end - low);
    });
    return { ofCell, ofAll: size === 0 ? 0 : (below[size] as number) / size };
  }
}

/** Workload of the named columns of a release; columns that were not released, or say nothing, may hold anything. */
export function workloadOf(release: TableRelease, truths: readonly ComparedColumn['truth'][]): Workload {
  const columns = truths.map((truth): WorkloadColumn => {
    const name = truth.hierarchy.column;
    const cells = comparedColumn(release, name);
    const size = truth.hierarchy.levels[0]?.codes.length ?? 0;
    return { name, size, truth: truth.codes, ...(cells === undefined ? {} : { cells }) };
  });
  const { rows } = release.dataset.table;
  // A synthetic table has as many rows as its model says: none of the data's is left out.
  const leftOut = isSynthetic(release) ? 0 : Math.max(0, rows - release.table.rows);
  return new Workload(columns, rows, release.table.rows, leftOut);
}

/** |estimate - truth| / max(truth, sanity bound). */
export const relativeError = ({ truth, estimate }: Answer, sanityBound: number): number =>
  Math.abs(estimate - truth) / Math.max(truth, sanityBound);

/** Median of values, the mean of the middle two where their number is even; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * A random query over 1 to `most` random columns. Ordered columns: a range between two random base values. Others: by
 * lot a node of a random level of the hierarchy, or a random set of values (each size up to half of them equally likely).
 */
export function randomQuery(truths: readonly ComparedColumn['truth'][], most: number, rng: Rng): CountQuery {
  const width = 1 + rng.int(Math.min(most, truths.length));
  const order = Array.from(truths.keys());
  return Array.from({ length: width }, (_, i): Asked => {
    const other = i + rng.int(order.length - i);
    const column = order[other] as number;
    order[other] = order[i] as number;
    return { column, wanted: randomPredicate(truths[column] as ComparedColumn['truth'], rng) };
  });
}

function randomPredicate({ hierarchy, ordered }: ComparedColumn['truth'], rng: Rng): Uint8Array {
  const size = hierarchy.levels[0]?.codes.length ?? 0;
  const wanted = new Uint8Array(size);
  if (ordered) {
    const a = rng.int(size);
    const b = rng.int(size);
    return wanted.fill(1, Math.min(a, b), Math.max(a, b) + 1);
  }
  const inner = hierarchy.levels.slice(1, -1);
  if (inner.length > 0 && rng.int(2) === 0) {
    const codes = inner[rng.int(inner.length)]?.codes ?? new Uint32Array(0);
    const node = codes[rng.int(size)];
    return wanted.map((_, base) => (codes[base] === node ? 1 : 0));
  }
  let left = 1 + rng.int(Math.max(1, size >> 1));
  for (let base = 0; base < size; base += 1) {
    if (rng.int(size - base) >= left) continue;
    wanted[base] = 1;
    left -= 1;
  }
  return wanted;
}
