import type { KeyColumn } from '../metrics/risk/frequency-counts.ts';
import { distinctNumbers } from '../table/distinct.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { type Column, isValid } from '../table/table.ts';

/** A column as an outsider reads it: one code a label or exact number, and the last code for missing cells. */
export function cellCodes(column: Column): KeyColumn & { readonly missing: number } {
  if (column.kind !== 'category') {
    const { values, codes } = distinctNumbers(column.values, column);
    return { codes, count: values.length + 1, missing: values.length };
  }
  const codeOf = new Map<string, number>();
  for (const label of column.levels) if (!codeOf.has(label)) codeOf.set(label, codeOf.size);
  const recode = column.levels.map((label) => codeOf.get(label) as number);
  const missing = codeOf.size;
  const codes = Uint32Array.from(column.codes, (code, i) => (isValid(column, i) ? (recode[code] as number) : missing));
  return { codes, count: missing + 1, missing };
}

/**
 * Base codes of a column that is released as it is: what a hierarchy of the user's own takes for missing may be a value
 * that is written out ("(missing)"), which whoever sees the table can tell from a gap.
 */
export function exactCodes(column: Column, encoded: EncodedColumn): KeyColumn {
  const { codes, missingCode } = encoded;
  if (missingCode !== undefined && codes.some((code, row) => code === missingCode && isValid(column, row))) {
    return cellCodes(column);
  }
  return { codes, count: baseSize(encoded) };
}

/** Times to the minute, the finest at which groups compare them; the same column where it has no seconds. */
export function wholeMinutes(column: Column): Column {
  if (column.kind !== 'time') return column;
  const minute = (value: number): number => Math.floor(value / 60_000) * 60_000;
  if (!column.values.some((value, row) => isValid(column, row) && value !== minute(value))) return column;
  return { ...column, values: column.values.map(minute) };
}

/** The column with flagged cells made missing. What was there is overwritten: a cleared bit alone would still give it away. */
export function withoutCells(column: Column, flags: Uint8Array): Column {
  if (!flags.includes(1)) return column;
  const valid = new Uint8Array((flags.length + 7) >> 3);
  for (let i = 0; i < flags.length; i += 1) {
    if (flags[i] === 0 && isValid(column, i)) valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
  }
  if (column.kind === 'category') {
    const codes = column.codes.slice();
    for (let i = 0; i < flags.length; i += 1) if (flags[i] === 1) codes[i] = 0;
    return { ...column, codes, valid };
  }
  const values = column.values.slice();
  for (let i = 0; i < flags.length; i += 1) if (flags[i] === 1) values[i] = 0;
  return { ...column, values, valid } as Column;
}
