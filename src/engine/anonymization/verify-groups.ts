import type { TableRelease } from '../kit/release.ts';
import { distinctNumbers } from '../table/distinct.ts';
import { sortIndices } from '../table/sort.ts';
import { type Column, isValid } from '../table/table.ts';

/** Runs of released rows with equal labels: class c is `order[start[c]] .. order[start[c + 1] - 1]`. */
export interface LabelGroups {
  readonly order: Uint32Array;
  readonly start: Uint32Array;
  readonly count: number;
}

export interface Coded {
  readonly codes: Uint32Array;
  readonly count: number;
}

/**
 * Classes of a released table as an outsider sees them: rows are sorted by the *labels* of the quasi-identifiers and runs
 * of equal rows are taken. Shares no code with the methods that formed the classes (they group by radix tables or by
 * cutting) and never looks at their class numbers.
 */
export function groupsByLabel(release: TableRelease): LabelGroups {
  const present = release.table.columns.filter((column) => release.quasiIdentifiers.includes(column.name));
  return groupsOf(present.map(labelCodes), release.table.rows);
}

/** Runs of rows with equal codes in every key. */
export function groupsOf(keys: readonly Coded[], rows: number): LabelGroups {
  const order = sortIndices(
    keys.map((key) => key.codes),
    keys.map((key) => key.count),
    rows,
  );
  const differs = new Uint8Array(rows);
  for (const key of keys) markChanges(order, key.codes, differs);
  let count = rows === 0 ? 0 : 1;
  for (let i = 1; i < rows; i += 1) count += differs[i] as number;
  const start = new Uint32Array(count + 1);
  let next = 1;
  for (let i = 1; i < rows; i += 1) {
    if (differs[i] === 0) continue;
    start[next] = i;
    next += 1;
  }
  start[count] = rows;
  return { order, start, count };
}

/** One code per distinct label an outsider sees; two codes with one label are one. Missing is a label of its own. */
export function labelCodes(column: Column): Coded {
  if (column.kind !== 'category') {
    const { values, codes } = distinctNumbers(column.values, column);
    return { codes, count: values.length + 1 };
  }
  const codeOf = new Map<string, number>();
  for (const label of column.levels) if (!codeOf.has(label)) codeOf.set(label, codeOf.size);
  const recode = Uint32Array.from(column.levels, (label) => codeOf.get(label) as number);
  const codes = new Uint32Array(column.codes.length);
  for (let i = 0; i < codes.length; i += 1) codes[i] = recode[column.codes[i] as number] as number;
  if (column.valid !== undefined) {
    for (let i = 0; i < codes.length; i += 1) if (!isValid(column, i)) codes[i] = codeOf.size;
  }
  return { codes, count: codeOf.size + 1 };
}

/** Sets `differs[i]` where the code of row order[i] is not that of the row before. */
function markChanges(order: Uint32Array, codes: Uint32Array, differs: Uint8Array): void {
  let before = codes[order[0] as number];
  for (let i = 1; i < order.length; i += 1) {
    const code = codes[order[i] as number];
    if (code !== before) differs[i] = 1;
    before = code;
  }
}
