import type { KeyColumn } from '../metrics/risk/frequency-counts.ts';
import { distinctNumbers } from '../table/distinct.ts';
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
