import { invalidParam } from '../kit/errors.ts';
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

/** How much of one hidden unit may reach the answers: cells it may be in, and rows of it in each of them. */
export interface Caps {
  readonly cells: number;
  readonly rowsPerCell: number;
}

/** A row is in one cell, once. */
export const ONE_ROW: Caps = { cells: 1, rowsPerCell: 1 };

/**
 * Keeps each entity's rows in at most `caps.cells` cells, at most `caps.rowsPerCell` in each: its rows are taken in an
 * order drawn at random, which never depends on anybody else's rows. Rows in no cell (-1) or without an id are left out; only
 * rows in a cell count as dropped. `largest` is the most rows any entity had in cells.
 */
export function boundCells(entity: Column, cells: Int32Array, caps: Caps, rng: Rng): Bounded {
  const { codes, levels } = labelsOf(entity);
  const had = new Uint32Array(levels.length);
  const cellsOfEntity = new Uint32Array(levels.length);
  const order: number[] = [];
  let dropped = 0;
  for (let i = 0; i < cells.length; i += 1) {
    if ((cells[i] as number) < 0) continue;
    if (isValid(entity, i)) order.push(i);
    else dropped += 1;
  }
  const rowsIn = new Map<number, number>();
  const keep = new Uint8Array(cells.length);
  let size = 0;
  for (const cell of cells) if (cell >= size) size = cell + 1;
  for (let left = order.length; left > 0; left -= 1) {
    // Fisher and Yates: the next row of a uniform order.
    const at = rng.int(left);
    const row = order[at] as number;
    order[at] = order[left - 1] as number;
    const code = codes[row] as number;
    had[code] = (had[code] as number) + 1;
    const pair = code * size + (cells[row] as number);
    const rows = rowsIn.get(pair) ?? 0;
    const isNew = rows === 0;
    if (isNew ? (cellsOfEntity[code] as number) >= caps.cells : rows >= caps.rowsPerCell) {
      dropped += 1;
      continue;
    }
    if (isNew) cellsOfEntity[code] = (cellsOfEntity[code] as number) + 1;
    rowsIn.set(pair, rows + 1);
    keep[row] = 1;
  }
  return {
    keep,
    dropped,
    entities: had.reduce((sum, rows) => sum + (rows > 0 ? 1 : 0), 0),
    largest: had.reduce((most, rows) => Math.max(most, rows), 0),
  };
}

/** How much one unit may change a vector of answers, by norm; `cells` of them at once. */
export interface Reach {
  readonly l1: number;
  readonly l2: number;
  readonly linf: number;
  readonly cells: number;
}

/**
 * Change of sums of values within [lower, upper] by one unit within its caps. Adding or removing it changes `caps.cells`
 * cells by at most M = max(|lower|, |upper|) rowsPerCell each. Replacing it by another may empty as many cells and fill as many
 * others, or turn the same cells from one end to the other.
 * @throws invalid-param for reversed bounds or caps below one.
 */
export function sumReach(
  caps: Caps,
  [lower, upper]: readonly [number, number],
  neighbours: 'add-remove' | 'replace-one' = 'add-remove',
): Reach {
  if (!(lower <= upper)) throw invalidParam('bounds', 'a lower end not above the upper end', [lower, upper]);
  if (!(caps.cells >= 1 && caps.rowsPerCell >= 1)) throw invalidParam('caps', 'at least one cell and one row', caps);
  const most = Math.max(Math.abs(lower), Math.abs(upper)) * caps.rowsPerCell;
  if (neighbours === 'add-remove') {
    return { l1: caps.cells * most, l2: Math.sqrt(caps.cells) * most, linf: most, cells: caps.cells };
  }
  const turned = lower < 0 && upper > 0 ? (upper - lower) * caps.rowsPerCell : 0;
  return {
    l1: 2 * caps.cells * most,
    l2: Math.max(Math.sqrt(2 * caps.cells) * most, Math.sqrt(caps.cells) * turned),
    linf: Math.max(most, turned),
    cells: 2 * caps.cells,
  };
}

/** The same for counts: every row counts one. */
export const countReach = (caps: Caps, neighbours: 'add-remove' | 'replace-one' = 'add-remove'): Reach =>
  sumReach(caps, [0, 1], neighbours);
