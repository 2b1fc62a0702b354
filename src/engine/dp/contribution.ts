import { invalidParam, unsupported } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { type Column, columnOf, hasColumn, type IntegerColumn, isValid, type TimeColumn } from '../table/table.ts';
import { labelsOf } from './axes.ts';
import { deltaWarning } from './ledger.ts';
import { hiddenUnit, type Protects } from './unit.ts';

/** Whom an answer hides: its name, and the column that says which rows are of one hidden unit (absent: each row is one). */
export interface Hidden {
  readonly unit: string;
  readonly ids?: Column;
}

/**
 * @throws unsupported to hide a person in a table without ids, or a person's day in one without times.
 */
export function hiddenIn({ dataset, table }: TableRelease, protects: Protects): Hidden {
  const { parts, privacyUnit, rowUnit } = dataset.descriptor;
  const unit = hiddenUnit(protects, privacyUnit, rowUnit);
  if (protects === 'row') return { unit };
  const { entity, time } = parts;
  if (entity === undefined || !hasColumn(table, entity)) {
    throw unsupported(
      'no column of this table says whose rows belong together, so a person cannot be hidden as a whole',
      `choose "one row", or keep ${entity === undefined ? 'an id column' : `column ${entity}`} in this branch`,
    );
  }
  const ids = columnOf(table, entity);
  if (protects === 'entity') return { unit, ids };
  const times = time !== undefined && hasColumn(table, time) ? columnOf(table, time) : undefined;
  if (times?.kind !== 'time') {
    throw unsupported(
      'no column of this table says on which day a row was, so one day of a person cannot be hidden',
      `choose another answer to who is hidden, or keep ${time === undefined ? 'a time column' : `column ${time} as it was`} in this branch`,
    );
  }
  return { unit, ids: daysOf(ids, times) };
}

const DAY_MS = 86_400_000;
/** Days a time may lie from 1970, either way. */
const MOST_DAYS = 1e8;

/** One id for each person and calendar day, on the clock times are kept in; none for rows without an id or a time. */
export function daysOf(ids: Column, times: TimeColumn): IntegerColumn {
  const { codes } = labelsOf(ids);
  const rows = codes.length;
  const values = new Uint32Array(rows);
  const valid = new Uint8Array((rows + 7) >> 3);
  const codeOf = new Map<number, number>();
  for (let i = 0; i < rows; i += 1) {
    const day = Math.floor((times.values[i] as number) / DAY_MS);
    if (!(Math.abs(day) <= MOST_DAYS) || !isValid(times, i) || !isValid(ids, i)) continue;
    const pair = (codes[i] as number) * (2 * MOST_DAYS + 1) + day + MOST_DAYS;
    let code = codeOf.get(pair);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(pair, code);
    }
    values[i] = code;
    valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
  }
  return { kind: 'integer', name: ids.name, values, valid };
}

/**
 * What to beware of in a promise, beside its figures: days of one person add up, and a delta may be too large for the table. Rows stand
 * for units there: their number is known without counting anybody, and is not below that of persons.
 */
export function promiseNotes({ dataset, table }: TableRelease, protects: Protects, delta = 0): readonly Text[] {
  const { privacyUnit } = dataset.descriptor;
  const notes: Text[] = [];
  if (protects === 'entity-day') {
    const [en, es] = delta > 0 ? [' and d e^((d − 1) ε) times this δ', ' y d e^((d − 1) ε) veces este δ'] : ['', ''];
    notes.push(
      text(
        `Hidden is what one ${privacyUnit} did on one calendar day: whoever is active on d days is protected with d times this ε${en}. Rows without an id or a time were left out.`,
        `Se oculta lo que una unidad (${privacyUnit}) hizo en un día natural: quien está activo d días queda protegido con d veces este ε${es}. Las filas sin identificador o sin hora quedaron fuera.`,
      ),
    );
  }
  const tooLarge = deltaWarning(delta, table.rows);
  return tooLarge === undefined ? notes : [...notes, tooLarge];
}

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
