import type { Rng } from '../rng/rng.ts';
import type { AuxiliaryColumn } from './nearest.ts';

/** One condition on one column. `=` means inside a released cell: the value itself where the cell is exact. */
export interface Condition {
  readonly column: number;
  readonly operator: '=' | '>=' | '<=' | 'missing';
  readonly low: number;
  readonly high: number;
  /** Where the cell is a set with gaps: what it covers. */
  readonly members?: Float64Array;
}
export type Predicate = readonly Condition[];

/** Counts released and original rows that satisfy predicates; a released row does when its cell lies inside the condition. */
export class Counter {
  constructor(
    readonly columns: readonly AuxiliaryColumn[],
    private readonly released: number,
  ) {}

  /** Released rows that fit, counted up to `limit`. */
  inRelease(predicate: Predicate, limit: number): number {
    let count = 0;
    for (let row = 0; row < this.released && count < limit; row += 1) {
      if (predicate.every((one) => cellInside(this.columns[one.column] as AuxiliaryColumn, one, row))) count += 1;
    }
    return count;
  }

  /** Rows of the source table that fit, counted up to `limit`. */
  among(rows: Uint32Array, predicate: Predicate, limit: number): number {
    let count = 0;
    for (let i = 0; i < rows.length && count < limit; i += 1) {
      const row = rows[i] as number;
      if (predicate.every((one) => holds(one, (this.columns[one.column] as AuxiliaryColumn).truth[row] as number)))
        count += 1;
    }
    return count;
  }
}

function holds({ operator, low, high, members }: Condition, value: number): boolean {
  switch (operator) {
    case '=':
      return members === undefined ? value >= low && value <= high : members.includes(value);
    case '>=':
      return value >= low;
    case '<=':
      return value <= high;
    case 'missing':
      return Number.isNaN(value);
  }
}

function cellInside(column: AuxiliaryColumn, { operator, low, high, members }: Condition, row: number): boolean {
  const cell = column.codes[row] as number;
  const from = column.low[cell] as number;
  if (operator === 'missing') return Number.isNaN(from);
  if (column.missing[cell] === 1) return false;
  const to = column.high[cell] as number;
  switch (operator) {
    case '=':
      return from === low && to === high && sameSet(column.members?.[cell], members);
    case '>=':
      return from >= low;
    case '<=':
      return to <= high;
  }
}

const sameSet = (a: Float64Array | undefined, b: Float64Array | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((value, i) => value === b[i]));

/**
 * All predicates on one column that isolate one released row: a cell that occurs once, "at least the largest", "at most
 * the smallest", a single missing value (Giomi et al. 2023, section 4.1).
 */
export function univariatePredicates(counter: Counter): readonly Predicate[] {
  return counter.columns.flatMap((column, j): readonly Predicate[] => {
    const found: Condition[] = [];
    const counts = new Uint32Array(column.low.length);
    for (const cell of column.codes) counts[cell] = (counts[cell] as number) + 1;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    counts.forEach((count, cell) => {
      const low = column.low[cell] as number;
      if (count === 0) return;
      if (Number.isNaN(low)) {
        if (count === 1) found.push({ column: j, operator: 'missing', low, high: low });
        return;
      }
      const high = column.high[cell] as number;
      if (high < least) least = high;
      if (low > most) most = low;
      if (count === 1) found.push(condition(column, j, cell, '='));
    });
    if (column.range !== undefined && most >= least) {
      found.push({ column: j, operator: '>=', low: most, high: Number.POSITIVE_INFINITY });
      found.push({ column: j, operator: '<=', low: Number.NEGATIVE_INFINITY, high: least });
    }
    return found.map((one) => [one]);
  });
}

/** Middle of the released cells of each column of numbers, by row: half of the rows lie at or below it. */
export function mediansOf(columns: readonly AuxiliaryColumn[]): readonly number[] {
  return columns.map((column) => {
    if (column.range === undefined) return Number.NaN;
    const middles = Float64Array.from(column.codes, (cell) => middleOf(column, cell)).filter((x) => !Number.isNaN(x));
    middles.sort();
    return middles[(middles.length - 1) >> 1] ?? Number.NaN;
  });
}

const middleOf = (column: AuxiliaryColumn, cell: number): number =>
  ((column.low[cell] as number) + (column.high[cell] as number)) / 2;

/**
 * A released row's own cells in `width` random columns: numbers as ">=" above the released median and "<=" otherwise,
 * labels as "=" (Giomi et al. 2023, section 4.1).
 */
export function multivariatePredicate(
  columns: readonly AuxiliaryColumn[],
  medians: readonly number[],
  width: number,
  rng: Rng,
): Predicate {
  const row = rng.int(columns[0]?.codes.length ?? 1);
  return someColumns(columns.length, width, rng).map((j): Condition => {
    const column = columns[j] as AuxiliaryColumn;
    const cell = column.codes[row] as number;
    const above = middleOf(column, cell) > (medians[j] as number);
    return condition(column, j, cell, column.range === undefined ? '=' : above ? '>=' : '<=');
  });
}

/** A predicate that looks at nothing: random columns, operators and released values. */
export function randomPredicate(columns: readonly AuxiliaryColumn[], width: number, rng: Rng): Predicate {
  return someColumns(columns.length, width, rng).map((j): Condition => {
    const column = columns[j] as AuxiliaryColumn;
    const cell = column.codes[rng.int(column.codes.length)] as number;
    const operators = column.range === undefined ? (['='] as const) : (['=', '>=', '<='] as const);
    return condition(column, j, cell, operators[rng.int(operators.length)] ?? '=');
  });
}

function condition(from: AuxiliaryColumn, column: number, cell: number, operator: '=' | '>=' | '<='): Condition {
  const low = from.low[cell] as number;
  const high = from.high[cell] as number;
  const members = operator === '=' ? from.members?.[cell] : undefined;
  return {
    column,
    operator: Number.isNaN(low) ? 'missing' : operator,
    low,
    high,
    ...(members === undefined ? {} : { members }),
  };
}

function someColumns(count: number, width: number, rng: Rng): readonly number[] {
  const order = Array.from({ length: count }, (_, j) => j);
  for (let i = 0; i < Math.min(width, count); i += 1) {
    const other = i + rng.int(count - i);
    const kept = order[i] as number;
    order[i] = order[other] as number;
    order[other] = kept;
  }
  return order.slice(0, width);
}
