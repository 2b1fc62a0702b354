import { EngineError } from '../kit/errors.ts';

/**
 * Immutable columnar tables on typed arrays. Columns never change after construction (typed arrays cannot be frozen,
 * so this is kept by type and by the contract test's checksums). Null is a cleared bit of `valid`.
 */

/** Bit i (little-endian within bytes) set = row i has a value. Absent = every row has one. */
export type Bitmap = Uint8Array;

interface ColumnBase {
  readonly name: string;
  readonly valid?: Bitmap;
}

export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  readonly values: Float64Array | Float32Array;
}
export interface IntegerColumn extends ColumnBase {
  readonly kind: 'integer';
  readonly values: Int32Array | Int16Array | Uint8Array | Uint16Array | Uint32Array;
}
/** Milliseconds. Wall-clock times of the city are stored as if UTC (`zone: 'local'`), true instants as UTC. */
export interface TimeColumn extends ColumnBase {
  readonly kind: 'time';
  readonly values: Float64Array;
  readonly zone: 'local' | 'utc';
}
/** Dictionary-coded text or labels; also the outcome of generalization (levels are then node labels such as "20-29"). */
export interface CategoryColumn extends ColumnBase {
  readonly kind: 'category';
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  readonly levels: readonly string[];
}

export type Column = NumberColumn | IntegerColumn | TimeColumn | CategoryColumn;

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** Builds a table and checks that all columns have the same length. */
export function makeTable(columns: readonly Column[]): Table {
  const rows = columns.length === 0 ? 0 : lengthOf(columns[0] as Column);
  for (const column of columns) {
    if (lengthOf(column) !== rows) {
      throw new EngineError('internal', `column ${column.name} has ${lengthOf(column)} rows, expected ${rows}`);
    }
  }
  return { rows, columns };
}

export const lengthOf = (column: Column): number =>
  column.kind === 'category' ? column.codes.length : column.values.length;

/** The column of that name, or a typed error that lists what there is. */
export function columnOf(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) {
    const names = table.columns.map((column) => column.name).join(', ');
    throw new EngineError(
      'invalid-data',
      `no column "${name}"; the table has ${names || 'no columns'}`,
      'choose one of these columns',
      {
        column: name,
      },
    );
  }
  return found;
}

export const hasColumn = (table: Table, name: string): boolean => table.columns.some((column) => column.name === name);

/** The table with `replacements` put in place of (or added after) the columns of the same names. */
export function withColumns(table: Table, replacements: readonly Column[]): Table {
  const byName = new Map(replacements.map((column) => [column.name, column]));
  const kept = table.columns.map((column) => {
    const replacement = byName.get(column.name);
    byName.delete(column.name);
    return replacement ?? column;
  });
  return makeTable([...kept, ...byName.values()]);
}

/** The table without the named columns. */
export const withoutColumns = (table: Table, names: readonly string[]): Table =>
  makeTable(table.columns.filter((column) => !names.includes(column.name)));

export const isValid = (column: Column, row: number): boolean =>
  column.valid === undefined || ((column.valid[row >> 3] as number) & (1 << (row & 7))) !== 0;

/** Rows `indices` of every column, in that order. */
export function takeRows(table: Table, indices: Uint32Array): Table {
  return { rows: indices.length, columns: table.columns.map((column) => takeColumn(column, indices)) };
}

function takeColumn(column: Column, indices: Uint32Array): Column {
  const valid = column.valid === undefined ? {} : { valid: takeBitmap(column, indices) };
  if (column.kind === 'category') return { ...column, ...valid, codes: takeArray(column.codes, indices) };
  return { ...column, ...valid, values: takeArray(column.values as Float64Array, indices) } as Column;
}

function takeArray<A extends Float64Array | Uint8Array | Uint16Array | Uint32Array>(
  source: A,
  indices: Uint32Array,
): A {
  const out = new (source.constructor as new (n: number) => A)(indices.length);
  for (let i = 0; i < indices.length; i += 1) out[i] = source[indices[i] as number] as number;
  return out;
}

function takeBitmap(column: Column, indices: Uint32Array): Bitmap {
  const out = new Uint8Array((indices.length + 7) >> 3);
  for (let i = 0; i < indices.length; i += 1) {
    if (isValid(column, indices[i] as number)) out[i >> 3] = (out[i >> 3] as number) | (1 << (i & 7));
  }
  return out;
}

/** Smallest unsigned array for `count` different codes. */
export const codesFor = (rows: number, count: number): Uint8Array | Uint16Array | Uint32Array =>
  count <= 256 ? new Uint8Array(rows) : count <= 65536 ? new Uint16Array(rows) : new Uint32Array(rows);

/** Plain value of a cell, for previews and exports; `null` where missing. Times come as ISO text without a zone. */
export function cellText(column: Column, row: number): string | number | null {
  if (!isValid(column, row)) return null;
  switch (column.kind) {
    case 'category':
      return column.levels[column.codes[row] as number] ?? null;
    case 'time':
      return isoText(column.values[row] as number);
    default:
      return column.values[row] as number;
  }
}

/** "2019-01-31 18:05:09" of milliseconds taken as UTC. */
export const isoText = (ms: number): string =>
  Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 19).replace('T', ' ') : '';
