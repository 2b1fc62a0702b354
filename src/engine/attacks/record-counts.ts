import type { Ctx } from '../kit/context.ts';
import { distinctNumbers } from '../table/distinct.ts';
import { type Codes, groupRows } from '../table/group.ts';
import { type CategoryColumn, columnOf, isValid, type Table } from '../table/table.ts';

/** For each row, how many rows of the table (itself included) agree with it on all the named columns. */
export async function recordCounts(table: Table, names: readonly string[], ctx: Ctx): Promise<Uint32Array> {
  const columns: Codes[] = [];
  const cardinalities: number[] = [];
  for (const [i, name] of names.entries()) {
    const column = columnOf(table, name);
    if (column.kind === 'category') {
      const coded = codesWithMissing(column);
      columns.push(coded.codes);
      cardinalities.push(coded.cardinality);
    } else {
      const { codes, values } = distinctNumbers(column.values, column);
      columns.push(codes);
      cardinalities.push(values.length + 1);
    }
    await ctx.checkpoint((i + 1) / (names.length + 1));
  }
  const { classOf, sizes } = groupRows(columns, cardinalities, table.rows);
  return classOf.map((group) => sizes[group] as number);
}

/** Codes of a category column, with one more code for rows without a value. */
function codesWithMissing(column: CategoryColumn): { codes: Codes; cardinality: number } {
  let highest = 0;
  for (let row = 0; row < column.codes.length; row += 1) highest = Math.max(highest, column.codes[row] as number);
  if (column.valid === undefined) return { codes: column.codes, cardinality: highest + 1 };
  const missing = highest + 1;
  const codes = Uint32Array.from(column.codes);
  for (let row = 0; row < codes.length; row += 1) if (!isValid(column, row)) codes[row] = missing;
  return { codes, cardinality: missing + 1 };
}
