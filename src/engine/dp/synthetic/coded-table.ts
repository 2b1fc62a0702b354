import { cellsOver } from './junction-tree.ts';

/** A table as codes: column a has `shape[a]` values, and every row one of them. */
export interface CodedTable {
  readonly rows: number;
  readonly shape: readonly number[];
  readonly columns: readonly Uint16Array[];
}

/** Rows in each cell over some columns, row-major in their order. */
export function countsOver({ rows, shape, columns }: CodedTable, attributes: readonly number[]): Float64Array {
  const counts = new Float64Array(cellsOver(shape, attributes));
  const [first] = attributes;
  if (first !== undefined && attributes.length === 1) {
    const codes = columns[first] as Uint16Array;
    for (let i = 0; i < rows; i += 1) counts[codes[i] as number] = (counts[codes[i] as number] as number) + 1;
    return counts;
  }
  const cells = new Uint32Array(rows);
  for (const attribute of attributes) {
    const codes = columns[attribute] as Uint16Array;
    const values = shape[attribute] as number;
    for (let i = 0; i < rows; i += 1) cells[i] = (cells[i] as number) * values + (codes[i] as number);
  }
  for (let i = 0; i < rows; i += 1) {
    const cell = cells[i] as number;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

/** All pairs of `n` attributes, ascending. */
export const pairsOf = (n: number): readonly (readonly [number, number])[] =>
  Array.from({ length: n }, (_, a) => Array.from({ length: n - a - 1 }, (_, k) => [a, a + 1 + k] as const)).flat();
