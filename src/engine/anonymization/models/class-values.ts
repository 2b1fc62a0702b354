import { type Codes, type Grouping, rowsByClass } from '../../table/group.ts';
import type { ClassValues } from './criterion.ts';

/**
 * Goes through the classes of a table in order of their numbers, with the sensitive values of each. The object handed
 * over is reused: read it, do not keep it. Linear in rows.
 * @param cardinality number of sensitive codes
 */
export function eachClass(
  grouping: Grouping,
  secret: Codes,
  cardinality: number,
  visit: (cls: ClassValues, number: number) => void,
): void {
  const { start, rows } = rowsByClass(grouping);
  const counts = new Uint32Array(cardinality);
  const values = new Uint32Array(cardinality);
  for (let c = 0; c < grouping.count; c += 1) {
    let distinct = 0;
    const end = start[c + 1] as number;
    for (let i = start[c] as number; i < end; i += 1) {
      const code = secret[rows[i] as number] as number;
      if (counts[code] === 0) {
        values[distinct] = code;
        distinct += 1;
      }
      counts[code] = (counts[code] as number) + 1;
    }
    visit({ size: grouping.sizes[c] as number, counts, values, distinct }, c);
    for (let i = 0; i < distinct; i += 1) counts[values[i] as number] = 0;
  }
}
