import type { LoadedDataset } from '../kit/dataset.ts';
import { invalidData } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Column, columnOf, hasColumn, isValid, type Table } from '../table/table.ts';

/** What each party holds: counts (and sums of a column) per hour of day or per place, cut from its own rows. */
export interface PartyInputs {
  readonly names: readonly string[];
  readonly labels: readonly string[];
  /** `labels.length` values per party; for a mean, counts first and sums after them. */
  readonly inputs: readonly Float64Array[];
}

export interface InputOptions {
  readonly query: 'count' | 'sum' | 'mean';
  readonly by: 'hour' | 'place';
  readonly parties: number;
  /** Column that says which party owns a row; empty = the place's district. */
  readonly partyColumn: string;
  /** Column summed; empty = the dataset's measure or first numeric column. */
  readonly valueColumn: string;
}

const hourMs = 3_600_000;

/** @throws invalid-data when the table has neither times nor places, or nothing to sum. */
export function partyInputs(source: TableRelease, options: InputOptions): PartyInputs {
  const { dataset, table } = source;
  const owners = ownersOf(dataset, table, options);
  const cells = cellsOf(dataset, table, options.by);
  const value = options.query === 'count' ? undefined : valueColumnOf(dataset, table, options.valueColumn);
  const width = cells.labels.length;
  const inputs = owners.names.map(() => new Float64Array(options.query === 'mean' ? 2 * width : width));
  for (let row = 0; row < table.rows; row += 1) {
    const cell = cells.cellOf(row);
    if (cell < 0) continue;
    const input = inputs[owners.ownerOf[row] as number] as Float64Array;
    if (value === undefined) {
      input[cell] = (input[cell] as number) + 1;
      continue;
    }
    const amount = value.values[row] as number;
    if (!isValid(value, row) || !Number.isFinite(amount)) continue;
    const at = options.query === 'mean' ? width + cell : cell;
    input[at] = (input[at] as number) + amount;
    if (options.query === 'mean') input[cell] = (input[cell] as number) + 1;
  }
  return { names: owners.names, labels: cells.labels, inputs };
}

interface Owners {
  readonly names: readonly string[];
  readonly ownerOf: Uint8Array;
}

/**
 * Which party owns each row: the values of the party column (by default one called `department`), or the districts of the places, dealt to the parties so
 * that their numbers of rows are close (largest first to the party with least). Without either, blocks of rows.
 */
function ownersOf(dataset: LoadedDataset, table: Table, options: InputOptions): Owners {
  const own = hasColumn(table, 'department') ? 'department' : dataset.descriptor.parts.place;
  const name = options.partyColumn === '' ? own : options.partyColumn;
  const column =
    name !== undefined && (options.partyColumn !== '' || hasColumn(table, name)) ? columnOf(table, name) : undefined;
  const groups =
    column === undefined ? blocks(table.rows, options.parties) : groupsOf(column, dataset, options.parties);
  const count = new Float64Array(groups.names.length);
  for (let row = 0; row < table.rows; row += 1)
    count[groups.groupOf[row] as number] = (count[groups.groupOf[row] as number] as number) + 1;
  const load = new Float64Array(options.parties);
  const owned: string[][] = Array.from({ length: options.parties }, () => []);
  const partyOf = new Uint8Array(groups.names.length);
  const order = groups.names.map((_, g) => g).sort((a, b) => (count[b] as number) - (count[a] as number) || a - b);
  for (const group of order) {
    let least = 0;
    for (let p = 1; p < options.parties; p += 1)
      if (
        (load[p] as number) < (load[least] as number) ||
        ((load[p] as number) === (load[least] as number) && (owned[p]?.length ?? 0) < (owned[least]?.length ?? 0))
      )
        least = p;
    partyOf[group] = least;
    load[least] = (load[least] as number) + (count[group] as number);
    owned[least]?.push(groups.names[group] as string);
  }
  return {
    names: owned.map((names, p) => nameOf(names, p)),
    ownerOf: Uint8Array.from(groups.groupOf, (group) => partyOf[group] as number),
  };
}

const nameOf = (names: readonly string[], party: number): string => {
  if (names.length === 0) return `party ${party + 1}`;
  return names.length <= 2 ? names.join(' + ') : `${names[0]} + ${names.length - 1} more`;
};

interface Groups {
  readonly names: readonly string[];
  readonly groupOf: Uint32Array;
}

function blocks(rows: number, parties: number): Groups {
  return {
    names: Array.from({ length: parties }, (_, p) => `department ${p + 1}`),
    groupOf: Uint32Array.from({ length: rows }, (_, row) =>
      Math.min(parties - 1, Math.trunc((row * parties) / Math.max(1, rows))),
    ),
  };
}

/** Groups by district where the places have enough of them, else by the column's own values. */
function groupsOf(column: Column, dataset: LoadedDataset, parties: number): Groups {
  const parents = new Map((dataset.places?.places ?? []).map((place) => [place.id, place.parents[0]]));
  const labels = new Map((dataset.places?.places ?? []).map((place) => [place.id, place.label]));
  const districts = new Set(parents.values()).size >= parties;
  const index = new Map<string, number>();
  const groupOfValue = new Map<number, number>();
  const values = column.kind === 'category' ? column.codes : column.values;
  const groupOf = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = isValid(column, row) ? (values[row] as number) : -1;
    let group = groupOfValue.get(value);
    if (group === undefined) {
      const label =
        value === -1 ? '(missing)' : column.kind === 'category' ? (column.levels[value] ?? '?') : String(value);
      const name = districts ? (parents.get(label) ?? label) : (labels.get(label) ?? label);
      group = index.get(name) ?? index.size;
      index.set(name, group);
      groupOfValue.set(value, group);
    }
    groupOf[row] = group;
  }
  return { names: [...index.keys()], groupOf };
}

interface Cells {
  readonly labels: readonly string[];
  cellOf(row: number): number;
}

function cellsOf(dataset: LoadedDataset, table: Table, by: 'hour' | 'place'): Cells {
  const { time, place } = dataset.descriptor.parts;
  const timeColumn = time !== undefined && hasColumn(table, time) ? columnOf(table, time) : undefined;
  const placeColumn = place !== undefined && hasColumn(table, place) ? columnOf(table, place) : undefined;
  const hours = timeColumn?.kind === 'time' ? hourCells(timeColumn, timeColumn.values) : undefined;
  const places =
    placeColumn?.kind === 'category' ? placeCells(placeColumn, placeColumn.codes, placeColumn.levels) : undefined;
  const found = by === 'hour' ? (hours ?? places) : (places ?? hours);
  if (found === undefined) {
    throw invalidData('neither a time nor a place column is left to count by', 'keep one of them in this branch');
  }
  return found;
}

const hourCells = (column: Column, values: Float64Array): Cells => ({
  labels: Array.from({ length: 24 }, (_, hour) => `${hour}:00`),
  cellOf: (row) => {
    const ms = values[row] as number;
    if (!isValid(column, row) || !Number.isFinite(ms)) return -1;
    const hours = Math.floor(ms / hourMs);
    return ((hours % 24) + 24) % 24;
  },
});

const placeCells = (column: Column, codes: ArrayLike<number>, levels: readonly string[]): Cells => ({
  labels: levels,
  cellOf: (row) => (isValid(column, row) ? (codes[row] as number) : -1),
});

function valueColumnOf(dataset: LoadedDataset, table: Table, wanted: string): Exclude<Column, { kind: 'category' }> {
  const { measure, secret } = dataset.descriptor.parts;
  const numeric = (column: Column | undefined): column is Exclude<Column, { kind: 'category' }> =>
    column !== undefined && (column.kind === 'number' || column.kind === 'integer');
  if (wanted !== '') {
    const column = columnOf(table, wanted);
    if (numeric(column)) return column;
    throw invalidData(`column "${wanted}" is not numeric`, 'choose a numeric column to add up', { column: wanted });
  }
  const named = (name: string | undefined): Column | undefined => table.columns.find((column) => column.name === name);
  const about = new Map(dataset.descriptor.columns.map((column) => [column.name, column.role]));
  const found = [
    named(measure),
    named(secret),
    ...table.columns.filter(
      (column) => about.get(column.name) !== 'identifier' && about.get(column.name) !== 'quasi-identifier',
    ),
  ].find(numeric);
  if (found === undefined) throw invalidData('no numeric column to add up', 'ask for counts, or keep a numeric column');
  return found;
}
