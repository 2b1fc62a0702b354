import type { Ctx } from '../kit/context.ts';
import { type Column, columnOf, isValid, type Table } from '../table/table.ts';

/** For each row, how many rows of the table (itself included) agree with it on all the named columns. */
export async function recordCounts(table: Table, names: readonly string[], ctx: Ctx): Promise<Uint32Array> {
  let groups = new Uint32Array(table.rows);
  let size = 1;
  for (let i = 0; i < names.length; i += 1) {
    const refined = refine(groups, size, columnOf(table, names[i] as string));
    groups = refined.groups;
    size = refined.size;
    await ctx.checkpoint((i + 1) / (names.length + 1));
  }
  const counts = new Uint32Array(size);
  for (const group of groups) counts[group] = (counts[group] as number) + 1;
  return groups.map((group) => counts[group] as number);
}

/** Splits groups by the values of one more column; group numbers stay dense, in order of first appearance. */
function refine(groups: Uint32Array, size: number, column: Column): { groups: Uint32Array<ArrayBuffer>; size: number } {
  const codeOf = new Map<number, number>();
  const values = column.kind === 'category' ? column.codes : column.values;
  const out = new Uint32Array(groups.length);
  for (let row = 0; row < groups.length; row += 1) {
    const value = isValid(column, row) ? (values[row] as number) : Number.NaN;
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(value, code);
    }
    out[row] = code;
  }
  const pairs = new Map<number, number>();
  for (let row = 0; row < groups.length; row += 1) {
    const pair = (out[row] as number) * size + (groups[row] as number);
    let group = pairs.get(pair);
    if (group === undefined) {
      group = pairs.size;
      pairs.set(pair, group);
    }
    out[row] = group;
  }
  return { groups: out, size: Math.max(1, pairs.size) };
}
