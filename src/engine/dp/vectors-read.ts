import type { VectorRow } from '../kit/vectors.ts';

/** Reads the parameters of reference rows, for the parts of dp.vectors.ts. */
type Read = (name: string) => number;
export const of =
  (compute: (read: Read, row: VectorRow) => unknown) =>
  (row: VectorRow): unknown =>
    compute((name) => {
      const value = row.params[name];
      if (typeof value !== 'number') throw new Error(`parameter ${name} of ${row.id} is not a number`);
      return value;
    }, row);
export const list = (row: VectorRow, name: string): readonly number[] => row.params[name] as readonly number[];
