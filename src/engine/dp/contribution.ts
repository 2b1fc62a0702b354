import type { Rng } from '../rng/rng.ts';
import type { Column } from '../table/table.ts';
import { isValid } from '../table/table.ts';
import { labelsOf } from './axes.ts';

/** Rows kept so that nobody has more than `bound` of them. */
export interface Bounded {
  /** 1 = kept. */
  readonly keep: Uint8Array;
  readonly dropped: number;
  readonly entities: number;
  readonly largest: number;
}

/**
 * Keeps at most `bound` rows of each entity, a uniform random choice among its own rows (selection sampling, Knuth 3.4.2 S),
 * so that adding or removing one entity changes at most `bound` rows. Rows without an id are left out: nobody's rows
 * cannot be bounded.
 */
export function boundContributions(entity: Column, bound: number, rng: Rng): Bounded {
  const { codes, levels } = labelsOf(entity);
  const rows = codes.length;
  const left = new Uint32Array(levels.length);
  for (let i = 0; i < rows; i += 1) {
    if (isValid(entity, i)) left[codes[i] as number] = (left[codes[i] as number] as number) + 1;
  }
  let largest = 0;
  let entities = 0;
  for (const count of left) {
    if (count > largest) largest = count;
    if (count > 0) entities += 1;
  }
  const wanted = left.map((count) => Math.min(count, bound));
  const keep = new Uint8Array(rows);
  let dropped = 0;
  for (let i = 0; i < rows; i += 1) {
    const code = codes[i] as number;
    const need = wanted[code] as number;
    const rest = left[code] as number;
    if (!isValid(entity, i) || need === 0 || (need < rest && rng.int(rest) >= need)) {
      dropped += 1;
    } else {
      keep[i] = 1;
      wanted[code] = need - 1;
    }
    if (rest > 0 && isValid(entity, i)) left[code] = rest - 1;
  }
  return { keep, dropped, entities, largest };
}
