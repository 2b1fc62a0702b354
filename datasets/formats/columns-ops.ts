import type { Column, NumberColumn, TimeColumn } from '../../src/engine/table/table.ts';
import { isValid } from '../../src/engine/table/table.ts';
import type { Draft } from './plan.ts';
import { utcToWallClocks, type ZoneName } from './time-zones.ts';

/** Steps that `finish` functions share. Columns are never changed in place: each returns a new one. */

export const found = (draft: Draft, name: string): Column | undefined =>
  draft.columns.find((column) => column.name === name);

/** The draft with columns replaced (same name) or added. */
export function put(draft: Draft, columns: readonly (Column | undefined)[]): Draft {
  const byName = new Map<string, Column>();
  for (const column of columns) if (column !== undefined) byName.set(column.name, column);
  const kept = draft.columns.map((column) => {
    const replacement = byName.get(column.name);
    byName.delete(column.name);
    return replacement ?? column;
  });
  return { ...draft, columns: [...kept, ...byName.values()] };
}

export const without = (draft: Draft, names: readonly string[]): Draft => ({
  ...draft,
  columns: draft.columns.filter((column) => !names.includes(column.name)),
});

/** A time column of instants as the wall clock of a zone. */
export function toWallClock(column: Column | undefined, zone: ZoneName): TimeColumn | undefined {
  if (column === undefined || column.kind !== 'time') return undefined;
  return { ...column, values: utcToWallClocks(column.values, zone), zone: 'local' };
}

/** The column with the marked rows missing (mark[i] = 1), and how many of them had a value before. */
export function cleared(column: Column, mark: Uint8Array, rows: number): { column: Column; count: number } {
  const valid = column.valid?.slice() ?? fullBitmap(rows);
  let count = 0;
  for (let i = 0; i < rows; i += 1) {
    if (mark[i] === 0 || !isValid(column, i)) continue;
    valid[i >> 3] = (valid[i >> 3] as number) & ~(1 << (i & 7));
    count += 1;
  }
  return count === 0 ? { column, count } : { column: { ...column, valid }, count };
}

/** The number column without values outside [low, high]; how many there were. */
export function within(
  column: Column | undefined,
  low: number,
  high: number,
  rows: number,
): { column: Column | undefined; count: number } {
  if (column === undefined || (column.kind !== 'number' && column.kind !== 'integer')) return { column, count: 0 };
  const mark = new Uint8Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const value = column.values[i] as number;
    mark[i] = value < low || value > high ? 1 : 0;
  }
  return cleared(column, mark, rows);
}

export function fullBitmap(rows: number): Uint8Array {
  const valid = new Uint8Array((rows + 7) >> 3).fill(255);
  if ((rows & 7) !== 0) valid[valid.length - 1] = (1 << (rows & 7)) - 1;
  return valid;
}

/** Values of a number column (an integer column as numbers). */
export const numbersOf = (column: Column | undefined): NumberColumn['values'] | undefined =>
  column === undefined
    ? undefined
    : column.kind === 'number'
      ? column.values
      : column.kind === 'integer'
        ? Float64Array.from(column.values)
        : undefined;
