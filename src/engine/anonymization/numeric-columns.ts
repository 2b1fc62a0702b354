import { infeasible, invalidData } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import {
  type Column,
  columnOf,
  type IntegerColumn,
  isValid,
  type NumberColumn,
  type TimeColumn,
} from '../table/table.ts';
import { chosenColumns } from './table-input.ts';

export type NumericColumn = NumberColumn | IntegerColumn | TimeColumn;

/** Rows with a value, ascending. */
export function presentRows(column: Column): Uint32Array {
  const rows: number[] = [];
  const count = column.kind === 'category' ? column.codes.length : column.values.length;
  for (let row = 0; row < count; row += 1) {
    if (!isValid(column, row)) continue;
    if (column.kind === 'category' || Number.isFinite(column.values[row] as number)) rows.push(row);
  }
  return Uint32Array.from(rows);
}

/**
 * The numeric columns a parameter means: the named ones, or all numbers that are sensitive or could identify. Ids of
 * places are numbers in name only and are passed over.
 * @throws invalid-data for a named column of text or of places; infeasible where there is none
 */
export function chosenNumbers(
  source: TableRelease,
  named: readonly string[],
  times: boolean,
): readonly NumericColumn[] {
  const isPlace = (name: string): boolean =>
    source.dataset.descriptor.columns.find((each) => each.name === name)?.ladder?.kind === 'place';
  const found = chosenColumns(source, named, ['quasi-identifier', 'sensitive']).flatMap((name) => {
    const column = columnOf(source.table, name);
    if (column.kind !== 'category' && !isPlace(name) && (times || column.kind !== 'time')) return [column];
    if (named.length === 0) return [];
    throw invalidData(`column "${name}" has no numbers`, 'choose columns of numbers', { column: name });
  });
  if (found.length === 0) throw infeasible('the table has no column of numbers to change', 'choose another method');
  return found;
}

/** The column with other values: whole numbers stay whole, times are rounded to the second. */
export function renumbered(column: NumericColumn, values: Float64Array): NumericColumn {
  const { name } = column;
  const valid = column.valid === undefined ? {} : { valid: column.valid };
  switch (column.kind) {
    case 'time':
      return {
        kind: 'time',
        name,
        zone: column.zone,
        values: values.map((x) => Math.round(x / 1000) * 1000),
        ...valid,
      };
    case 'integer':
      return { kind: 'integer', name, values: wholeArray(values, column), ...valid };
    case 'number':
      return { kind: 'number', name, values, ...valid };
  }
}

function wholeArray(values: Float64Array, column: IntegerColumn): IntegerColumn['values'] {
  const rounded = values.map((x) => Math.max(-2_147_483_648, Math.min(2_147_483_647, Math.round(x))));
  // Noise can leave the range of a small array, and below zero.
  return rounded.every((x, i) => x === column.values[i]) ? column.values : Int32Array.from(rounded);
}

/** Pearson correlation of two columns over rows where both have values; 0 where one of them is constant. */
export function correlationOf(a: ArrayLike<number>, b: ArrayLike<number>, rows: Uint32Array): number {
  const mean = (x: ArrayLike<number>): number => rows.reduce((sum, row) => sum + (x[row] as number), 0) / rows.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const row of rows) {
    const x = (a[row] as number) - ma;
    const y = (b[row] as number) - mb;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
