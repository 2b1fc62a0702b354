import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { quietContext } from '../../src/engine/kit/context.ts';
import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { type Column, columnOf, type Table } from '../../src/engine/table/table.ts';
import type { Asset } from '../../datasets/kit.ts';
import { loadEmbedded } from '../../datasets/load.ts';

/** Helpers of this folder's tests; never imported by the app. */

export const fileAsset: Asset = async (url) => new Uint8Array(await readFile(fileURLToPath(url.href)));

export const testContext = { ...quietContext(seededRng('test')), asset: fileAsset };

export const generated = (
  id: string,
  rows: number,
  seed = 1,
  options: Record<string, number> = {},
): Promise<LoadedDataset> => loadEmbedded({ kind: 'embedded', id, rows, seed, options }, testContext);

/** Values (codes for categories) of a column. */
export function valuesOf(table: Table, name: string): ArrayLike<number> {
  const column: Column = columnOf(table, name);
  return column.kind === 'category' ? column.codes : column.values;
}

/** Percentage of rows whose key no other row has. */
export function uniquePercent(rows: number, key: (row: number) => number): number {
  // Sorted keys instead of a map: a million rows are counted in a fraction of a second.
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) keys[row] = key(row);
  keys.sort();
  let unique = 0;
  for (let i = 0; i < rows; i += 1) {
    if (keys[i] !== keys[i - 1] && keys[i] !== keys[i + 1]) unique += 1;
  }
  return (100 * unique) / rows;
}

export function quantile(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] as number;
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return sum / values.length;
}

/** Share of rows for which `holds` is true. */
export function share(rows: number, holds: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < rows; row += 1) if (holds(row)) count += 1;
  return count / rows;
}
