import type { Pause } from '../kit/context.ts';
import type { ColumnDescriptor, Role } from '../kit/dataset.ts';
import { infeasible, invalidData, unsupported } from '../kit/errors.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { type EncodedColumn, baseSize } from '../table/hierarchy.ts';
import { encodeColumn } from '../table/encode.ts';
import { type Column, columnOf, hasColumn, isValid, lengthOf } from '../table/table.ts';

/** The input as a table release. @throws unsupported for any other kind */
export function tableInput(input: Release): TableRelease {
  if (input.kind !== 'table') {
    throw unsupported(`this method works on tables, got ${input.kind}`, 'put it before the step that makes answers');
  }
  return input;
}

/** Columns a list parameter means: the named ones, or all of these roles that the table still has. */
export function chosenColumns(
  input: TableRelease,
  named: readonly string[],
  roles: readonly Role[],
): readonly string[] {
  if (named.length > 0) {
    for (const name of named) columnOf(input.table, name);
    return [...new Set(named)];
  }
  return input.dataset.descriptor.columns
    .filter((column) => roles.includes(column.role) && hasColumn(input.table, column.name))
    .map((column) => column.name);
}

/** Identifiers that a method removes: all but the columns it works on. */
export const otherIdentifiers = (input: TableRelease, used: readonly string[]): readonly string[] =>
  chosenColumns(input, [], ['identifier']).filter((name) => !used.includes(name));

export const removedNote = (identifiers: readonly string[]): readonly Text[] =>
  identifiers.length === 0
    ? []
    : [
        text(
          `Identifiers removed: ${identifiers.join(', ')}.`,
          `Identificadores eliminados: ${identifiers.join(', ')}.`,
        ),
      ];

/** Quasi-identifiers a parameter means; falls back to those the release was given. @throws infeasible when there is none */
export function chosenQuasiIdentifiers(input: TableRelease, named: readonly string[]): readonly string[] {
  const inherited = input.quasiIdentifiers.filter((name) => hasColumn(input.table, name));
  const found =
    named.length === 0 && inherited.length > 0 ? inherited : chosenColumns(input, named, ['quasi-identifier']);
  if (found.length === 0) {
    throw infeasible('no column is a quasi-identifier', 'give at least one column the role quasi-identifier');
  }
  if (found.length > 20) {
    throw infeasible(
      `${found.length} quasi-identifiers leave nothing to release (at most 20)`,
      'keep the columns an outsider can really know',
      { param: 'quasiIdentifiers' },
    );
  }
  return found;
}

/** The sensitive column a parameter means, if the table has one. */
export function chosenSensitive(input: TableRelease, named: string): string | undefined {
  if (named !== '') return columnOf(input.table, named).name;
  const secret = input.dataset.descriptor.parts.secret;
  if (secret !== undefined && hasColumn(input.table, secret)) return secret;
  return chosenColumns(input, [], ['sensitive'])[0];
}

/** Encodes quasi-identifiers, one column at a time. @throws invalid-data where a column has no value at all */
export async function encodeAll(
  input: TableRelease,
  names: readonly string[],
  pause: Pause,
): Promise<readonly EncodedColumn[]> {
  const all: EncodedColumn[] = [];
  for (const name of names) {
    const encoded = encodeColumn(input.dataset, name, input.table);
    refuseEmpty(columnOf(input.table, name), encoded);
    all.push(encoded);
    await pause();
  }
  return all;
}

function refuseEmpty(column: Column, encoded: EncodedColumn): void {
  const rows = lengthOf(column);
  if (rows === 0 || encoded.missingCode === undefined) return;
  for (let i = 0; i < rows; i += 1) if (encoded.codes[i] !== encoded.missingCode) return;
  throw invalidData(
    `column "${column.name}" has no value in any row`,
    `leave ${column.name} out, or load a file that fills it`,
    {
      column: column.name,
    },
  );
}

/** @throws infeasible for k larger than the number of rows */
export function requireRows(rows: number, k: number): void {
  if (rows === 0) throw infeasible('the table has no rows', 'load data, or undo the step that removed every row');
  if (k > rows) {
    throw infeasible(
      `k = ${k} needs at least ${k} rows, the table has ${rows}`,
      rows === 1 ? 'one row cannot hide among others: load more rows' : `set k to at most ${rows}, or load more rows`,
      { param: 'k' },
    );
  }
}

/**
 * The sensitive column as diversity counts it: numbers with an interval ladder as bands (its first width), everything
 * else value by value. Missing counts as a value.
 */
export interface SensitiveCodes {
  readonly codes: Uint32Array;
  readonly labels: readonly string[];
  readonly banded: boolean;
}

export function sensitiveCodes(input: TableRelease, name: string): SensitiveCodes {
  const column = columnOf(input.table, name);
  const encoded = encodeColumn(input.dataset, name, input.table);
  refuseEmpty(column, encoded);
  const descriptor: ColumnDescriptor | undefined = input.dataset.descriptor.columns.find((each) => each.name === name);
  const numeric = column.kind === 'number' || column.kind === 'integer' || column.kind === 'time';
  const banded = numeric && (descriptor?.ladder?.kind === 'interval' || column.kind === 'time');
  const level = encoded.hierarchy.levels[banded ? 1 : 0];
  if (level === undefined) return { codes: encoded.codes, labels: [], banded: false };
  const codes = new Uint32Array(encoded.codes.length);
  for (let i = 0; i < codes.length; i += 1) codes[i] = level.codes[encoded.codes[i] as number] as number;
  return { codes, labels: level.labels, banded };
}

/** Number of different codes that occur. */
export function distinctCount(codes: Uint32Array, size: number): number {
  const seen = new Uint8Array(size);
  let count = 0;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    if (seen[code] === 0) {
      seen[code] = 1;
      count += 1;
    }
  }
  return count;
}

export const sizesOf = (columns: readonly EncodedColumn[]): readonly number[] => columns.map(baseSize);

/** Rows of a column that are missing. */
export function missingCount(column: Column): number {
  let count = 0;
  for (let i = 0; i < lengthOf(column); i += 1) if (!isValid(column, i)) count += 1;
  return count;
}
