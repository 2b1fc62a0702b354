import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';
import { quietContext } from '../../src/engine/kit/context.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { cellText, columnOf } from '../../src/engine/table/table.ts';
import { readFile } from './intake.ts';
import type { ReadOptions } from './plan.ts';

/** Reads text or bytes as a dropped file. For tests. */
export const readText = (
  content: string | Uint8Array<ArrayBuffer> | Blob,
  options: Partial<ReadOptions> = {},
  name = 'test.csv',
): Promise<LoadedDataset> =>
  readFile(name, content instanceof Blob ? content : new Blob([content]), {
    ctx: quietContext(seededRng('formats')),
    ...options,
  });

/** All cells of a column as plain values. For tests. */
export function cellsOf(dataset: LoadedDataset, name: string): (string | number | null)[] {
  const column = columnOf(dataset.table, name);
  return Array.from({ length: dataset.table.rows }, (_, row) => cellText(column, row));
}
