import type { ColumnDescriptor, LoadedDataset } from '../kit/dataset.ts';
import { invalidData } from '../kit/errors.ts';
import { own } from '../kit/own.ts';
import type { TableRelease } from '../kit/release.ts';
import { distinctNumbers } from './distinct.ts';
import { encodeOwn, levelsOf } from './encode-own.ts';
import { baseSize, type BaseValues, type EncodedColumn, type Hierarchy } from './hierarchy.ts';
import {
  compareText,
  intervalHierarchy,
  maskHierarchy,
  numberText,
  placeLadder,
  suppressHierarchy,
  timeHierarchy,
} from './ladders.ts';
import {
  type CategoryColumn,
  type Column,
  columnOf,
  hasColumn,
  type IntegerColumn,
  type NumberColumn,
  type Table,
  type TimeColumn,
} from './table.ts';

/**
 * A column as base codes of its generalization hierarchy. A user-supplied hierarchy wins; otherwise the column's
 * ladder is built; a column that was already generalized (text where the ladder expects times or numbers) gets "*" only.
 * Linear in rows: typed arrays, no text per row.
 * @param table the table to encode; the dataset's own by default
 * @throws invalid-data for an unknown column, or a value the user's hierarchy does not name
 */
export function encodeColumn(dataset: LoadedDataset, name: string, table: Table = dataset.table): EncodedColumn {
  const column = columnOf(table, name);
  let known = encodings.get(dataset);
  if (known === undefined) {
    known = new WeakMap();
    encodings.set(dataset, known);
  }
  let encoded = known.get(column);
  if (encoded === undefined) {
    encoded = encode(dataset, name, column);
    known.set(column, encoded);
  }
  return encoded;
}

/**
 * Encodes columns of a release and of its data one after the other, so that what comes next finds them done and a cancel
 * gets through in between. Columns that neither has are passed over, and so are labels that say what they cover.
 */
export async function encodeEach(
  release: Pick<TableRelease, 'dataset' | 'table' | 'generalized'>,
  names: readonly string[],
  pause: () => Promise<void>,
): Promise<void> {
  const { dataset, table } = release;
  for (const name of names) {
    const isRead = table !== dataset.table && own(release.generalized, name) === undefined;
    for (const side of isRead ? [dataset.table, table] : [dataset.table]) {
      if (!hasColumn(side, name)) continue;
      encodeColumn(dataset, name, side);
      await pause();
    }
  }
}

/** Columns never change, so an encoding is computed once for all steps, metrics and attacks of a job. */
const encodings = new WeakMap<LoadedDataset, WeakMap<Column, EncodedColumn>>();

function encode(dataset: LoadedDataset, name: string, column: Column): EncodedColumn {
  const descriptor = dataset.descriptor.columns.find((each) => each.name === name);
  const given = own(dataset.hierarchies, name);
  if (given !== undefined) {
    const source = dataset.table.columns.find((each) => each.name === name);
    const found = holdsValuesOf(column, source) ? encodeOwn(column, given, descriptor, dataset.places) : undefined;
    if (found !== undefined && !('unnamed' in found)) return found;
    if (found !== undefined && column === source) throw notNamed(name, found.unnamed);
  }
  switch (column.kind) {
    case 'time':
      return encodeTime(column);
    case 'number':
    case 'integer':
      if (descriptor?.ladder?.kind === 'place' && dataset.places !== undefined) return encodePlaces(column, dataset);
      return encodeNumber(column, descriptor);
    case 'category':
      if (descriptor?.ladder?.kind === 'place' && dataset.places !== undefined && isOriginal(column, dataset)) {
        return encodePlaces(column, dataset);
      }
      return encodeLabels(column, descriptor?.ladder?.kind === 'mask');
  }
}

/** Whether a column of a later step still holds values of the dataset's column: all its rows, or some of them. */
const holdsValuesOf = (column: Column, source: Column | undefined): boolean =>
  column.kind === 'category'
    ? source?.kind === 'category' && source.levels === column.levels
    : source?.kind === column.kind;

/**
 * Generalized labels ("Manhattan (14 zones)") must not be read as unknown places; a synthetic column may list declared places
 * that no row of the data names.
 */
function isOriginal(column: CategoryColumn, dataset: LoadedDataset): boolean {
  const source = dataset.table.columns.find((each) => each.name === column.name);
  if (holdsValuesOf(column, source)) return true;
  const ids = new Set(dataset.places?.places.map(({ id }) => id));
  return source?.kind === 'category' && column.levels.length > 0 && column.levels.every((level) => ids.has(level));
}

const notNamed = (column: string, value: string): Error =>
  invalidData(
    `the hierarchy of "${column}" does not contain the value "${value}"`,
    `add "${value}" to the hierarchy of ${column}, or remove those rows`,
    { column },
  );

function encodeTime(column: TimeColumn): EncodedColumn {
  const minutes = new Float64Array(column.values.length);
  for (let i = 0; i < minutes.length; i += 1) minutes[i] = Math.floor((column.values[i] as number) / 60_000);
  const { values, codes, missing } = distinctNumbers(minutes, column);
  return finish(timeHierarchy(column.name, values, missing), codes, true, { kind: 'minutes', values }, missing);
}

function encodeNumber(column: NumberColumn | IntegerColumn, descriptor?: ColumnDescriptor): EncodedColumn {
  const { values, codes, missing } = distinctNumbers(column.values, column);
  const whole = column.kind === 'integer';
  const ladder = descriptor?.ladder;
  const hierarchy =
    ladder?.kind === 'interval'
      ? intervalHierarchy(column.name, values, ladder.origin, ladder.widths, whole, missing)
      : suppressHierarchy(column.name, values.length, (i) => numberText(values[i] as number), missing);
  return finish(hierarchy, codes, true, { kind: 'numbers', values, whole }, missing);
}

/** Place columns hold place ids, as labels or as whole numbers. */
function encodePlaces(column: Column, dataset: LoadedDataset): EncodedColumn {
  const places = dataset.places;
  if (places === undefined) throw invalidData(`column "${column.name}" has no place table`, 'choose another column');
  const { values, codes, missing } = labelled(column);
  const ladder = placeLadder(column.name, places, values, missing);
  const recode = Uint32Array.from(values, (value) => ladder.codeOf.get(value) as number);
  const size = ladder.names.length;
  const out = new Uint32Array(codes.length);
  for (let i = 0; i < out.length; i += 1) {
    const code = codes[i] as number;
    out[i] = code < recode.length ? (recode[code] as number) : size - 1;
  }
  return finish(
    ladder.hierarchy,
    out,
    false,
    { kind: 'places', names: ladder.names, placeOf: ladder.placeOf },
    missing,
  );
}

function encodeLabels(column: CategoryColumn, mask: boolean): EncodedColumn {
  const { values, codes, missing } = labelled(column);
  const order = values.map((_, i) => i).sort((a, b) => compareText(values[a] as string, values[b] as string));
  const rank = new Uint32Array(values.length + 1);
  order.forEach((code, place) => {
    rank[code] = place;
  });
  rank[values.length] = values.length;
  const sorted = order.map((i) => values[i] as string);
  const out = new Uint32Array(codes.length);
  for (let i = 0; i < out.length; i += 1) out[i] = rank[codes[i] as number] as number;
  const hierarchy = mask
    ? maskHierarchy(column.name, sorted, missing)
    : suppressHierarchy(column.name, sorted.length, (i) => sorted[i] as string, missing);
  return finish(hierarchy, out, false, { kind: 'labels' }, missing);
}

/** Values as text with a dense code per row; the code after the last one is "missing". */
function labelled(column: Column): { values: readonly string[]; codes: Uint32Array; missing: boolean } {
  if (column.kind === 'category') return levelsOf(column);
  const { values, codes, missing } = distinctNumbers(column.values, column);
  return { values: Array.from(values, numberText), codes, missing };
}

function finish(
  hierarchy: Hierarchy,
  codes: Uint32Array,
  ordered: boolean,
  base: BaseValues,
  missing: boolean,
): EncodedColumn {
  const column: EncodedColumn = { hierarchy, codes, ordered, base };
  return missing ? { ...column, missingCode: baseSize(column) - 1 } : column;
}
