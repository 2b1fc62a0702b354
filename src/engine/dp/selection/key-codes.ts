import { infeasible, invalidData } from '../../kit/errors.ts';
import type { Ctx } from '../../kit/context.ts';
import type { TableRelease } from '../../kit/release.ts';
import { type Text, text } from '../../kit/text.ts';
import { type Column, columnOf, isValid } from '../../table/table.ts';
import { hourAxis, labelsOf } from '../axes.ts';

/** Keys that occur in the data, as tuples of the values of some columns; nobody declared them. */
export interface OccurringKeys {
  readonly columns: string;
  readonly label: Text;
  /** Key of each row, -1 where a value is missing. */
  readonly cells: Int32Array;
  readonly size: number;
  nameOf(key: number): string;
}

const MOST_KEYS = 2_000_000;
const STRIDE = 20_000;

/**
 * @throws invalid-data for a column that names people: its values would be the ids of those in the table.
 */
export async function occurringKeys(input: TableRelease, names: readonly string[], ctx: Ctx): Promise<OccurringKeys> {
  const parts: Part[] = [];
  for (const name of new Set(names)) {
    parts.push(partOf(input, name));
    await ctx.checkpoint(0.05);
  }
  const rows = input.table.rows;
  const keyOf = new Map<number, number>();
  const codesOf: number[] = [];
  const cells = new Int32Array(rows);
  const size = parts.reduce((product, { levels }) => product * Math.max(1, levels.length), 1);
  if (size > Number.MAX_SAFE_INTEGER) {
    throw infeasible('these columns have too many values together', 'choose fewer columns');
  }
  for (let row = 0; row < rows; row += 1) {
    if (row % STRIDE === 0) await ctx.checkpoint(0.05 + (0.35 * row) / rows);
    let code = 0;
    for (const { codes, levels } of parts) {
      const at = codes[row] as number;
      code = at < 0 || code < 0 ? -1 : code * levels.length + at;
    }
    let key = code < 0 ? -1 : keyOf.get(code);
    if (key === undefined) {
      key = codesOf.length;
      if (key >= MOST_KEYS) throw infeasible(`more than ${MOST_KEYS} different keys occur`, 'choose fewer columns');
      keyOf.set(code, key);
      codesOf.push(code);
    }
    cells[row] = key;
  }
  return {
    columns: parts.map(({ column }) => column).join(' x '),
    label: text(
      parts.map(({ label }) => label.en).join(' × '),
      parts.map(({ label }) => label.es ?? label.en).join(' × '),
    ),
    cells,
    size: codesOf.length,
    nameOf: (key) => nameOf(codesOf[key] as number, parts),
  };
}

interface Part {
  readonly column: string;
  readonly label: Text;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

function partOf(input: TableRelease, name: string): Part {
  const column = columnOf(input.table, name);
  const { descriptor } = input.dataset;
  const declared = descriptor.columns.find((one) => one.name === name);
  if (declared?.role === 'identifier' || name === descriptor.parts.entity) {
    throw invalidData(
      `column ${name} names people: a cell for each of them would publish who is in the table`,
      'group by another column',
      { column: name },
    );
  }
  if (column.kind === 'time') return hourAxis(column);
  const { codes: all, levels } = labelsOf(column);
  const codes = new Int32Array(all.length);
  for (let row = 0; row < codes.length; row += 1) codes[row] = isMissing(column, row) ? -1 : (all[row] as number);
  return { column: name, label: declared?.label ?? text(name, name), codes, levels };
}

function isMissing(column: Column, row: number): boolean {
  if (!isValid(column, row)) return true;
  if (column.kind === 'category') return false;
  const value = column.values[row] as number;
  return value !== value;
}

function nameOf(code: number, parts: readonly Part[]): string {
  let rest = code;
  const names: string[] = [];
  for (const { levels } of [...parts].reverse()) {
    names.push(levels[rest % levels.length] as string);
    rest = Math.floor(rest / levels.length);
  }
  return names.reverse().join(' → ');
}
