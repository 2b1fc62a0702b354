import { infeasible } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import { encodeColumn } from '../table/encode.ts';
import { groupRows, rowsByClass } from '../table/group.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import { type Column, columnOf, isValid, type Table } from '../table/table.ts';
import { type NumberTable, square } from './matrices.ts';
import { placePoints } from './places-plane.ts';
import { cutSmallClasses, type SmallClassCut } from './small-classes.ts';

/** Columns of names with more values than this say nothing about nearness. */
const MOST_NAMES = 32;

export type Aggregate = 'mean' | 'median' | 'mode';

export interface Features {
  /** Rows kept: those whose pattern of missing values at least k rows share. */
  readonly cut: SmallClassCut;
  /** Kept rows with one pattern (positions among the kept ones), as points of the columns that have values. */
  readonly patterns: readonly {
    readonly rows: Uint32Array;
    readonly points: NumberTable;
    /** Chosen columns that have values here. */
    readonly used: readonly number[];
  }[];
  /** Coordinates each chosen column takes. */
  readonly width: readonly number[];
}

/** A column as coordinates: `width` of them a row. */
interface Feature {
  readonly width: number;
  /** 1 where the row has coordinates here; other numbers tell kinds of rows without apart. */
  readonly kind: (row: number) => number;
  readonly write: (row: number, out: Float64Array, at: number) => void;
}

/**
 * Rows as points: numbers and times one coordinate, places two (metres east and north), other names one coordinate a
 * value, so that two different ones are equally far whatever they are (MDAV-generic, nominal attributes).
 * @throws infeasible for a column of too many names
 */
export function featuresOf(source: TableRelease, names: readonly string[], k: number): Features {
  const features = names.map((name) => featureOf(source, name));
  const rows = source.table.rows;
  const masks = features.map((feature) => Uint8Array.from({ length: rows }, (_, row) => feature.kind(row)));
  const cut = cutSmallClasses(
    masks,
    masks.map(() => 3),
    rows,
    k,
  );
  const keptMasks = masks.map((mask) => Uint8Array.from(cut.kept, (row) => mask[row] as number));
  const grouping = groupRows(
    keptMasks,
    keptMasks.map(() => 3),
    cut.kept.length,
  );
  const members = rowsByClass(grouping);
  const patterns = Array.from({ length: grouping.count }, (_, pattern) => {
    const positions = members.rows.slice(members.start[pattern], members.start[pattern + 1]).sort();
    const first = positions[0] as number;
    const present = Array.from(features.keys()).filter((j) => keptMasks[j]?.[first] === 1);
    const used = present.map((j) => features[j] as Feature);
    // Rows without any value are all alike: one constant coordinate.
    const width = Math.max(
      1,
      used.reduce((sum, feature) => sum + feature.width, 0),
    );
    const values = new Float64Array(positions.length * width);
    positions.forEach((position, i) => {
      let at = i * width;
      for (const feature of used) {
        feature.write(cut.kept[position] as number, values, at);
        at += feature.width;
      }
    });
    return { rows: positions, points: { rows: positions.length, width, values }, used: present };
  });
  return { cut, patterns, width: features.map((feature) => feature.width) };
}

function featureOf(source: TableRelease, name: string): Feature {
  const column = columnOf(source.table, name);
  const encoded = encodeColumn(source.dataset, name, source.table);
  const points = placePoints(source.dataset, encoded);
  if (points !== undefined) {
    return {
      width: 2,
      // A place without coordinates is not the same as no place.
      kind: (row) => (!isValid(column, row) ? 0 : Number.isFinite(points.x[encoded.codes[row] as number]) ? 1 : 2),
      write: (row, out, at) => {
        out[at] = points.x[encoded.codes[row] as number] as number;
        out[at + 1] = points.y[encoded.codes[row] as number] as number;
      },
    };
  }
  if (column.kind !== 'category') {
    return {
      width: 1,
      kind: (row) => (isValid(column, row) && Number.isFinite(column.values[row] as number) ? 1 : 0),
      write: (row, out, at) => {
        out[at] = column.values[row] as number;
      },
    };
  }
  const size = encoded.hierarchy.levels[0]?.labels.length ?? 0;
  if (size > MOST_NAMES) {
    throw infeasible(
      `column "${name}" has ${size} names without places or order, so no average`,
      `leave ${name} out here, or generalize it first`,
      { column: name },
    );
  }
  return {
    width: size,
    kind: (row) => (isValid(column, row) ? 1 : 0),
    write: (row, out, at) => {
      out[at + (encoded.codes[row] as number)] = 1;
    },
  };
}

export interface Aggregated {
  readonly column: Column;
  /** Share of the column's spread that is lost: of the variance, or of the rows whose name changed. */
  readonly loss: number;
}

/** The column with one value a class. Classes either all have values or none (rows were grouped by what they miss). */
export function aggregated(
  source: TableRelease,
  table: Table,
  name: string,
  aggregate: Aggregate,
  classOf: Uint32Array,
): Aggregated {
  const column = columnOf(table, name);
  const encoded = encodeColumn(source.dataset, name, table);
  const points = placePoints(source.dataset, encoded);
  const count = classOf.reduce((most, c) => Math.max(most, c + 1), 0);
  const members = membersOf(classOf, count);
  if (column.kind !== 'category') {
    if (points !== undefined)
      return numbered(column, placed(encoded, points, members, column.values), classOf, members);
    const value = aggregate === 'mean' ? meanOf : aggregate === 'median' ? medianOf : modeOf;
    return numbered(
      column,
      members.map((rows) =>
        value(rows.filter((row) => isValid(column, row)).map((row) => column.values[row] as number)),
      ),
      classOf,
      members,
    );
  }
  const chosen =
    points === undefined
      ? members.map((rows) => modeOf(rows.map((row) => column.codes[row] as number)))
      : placed(encoded, points, members, column.codes);
  const codes = column.codes.slice();
  let changed = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const code = chosen[classOf[row] as number] as number;
    if (!isValid(column, row) || !Number.isFinite(code)) continue;
    if (code !== codes[row]) changed += 1;
    codes[row] = code;
  }
  return { column: { ...column, codes }, loss: codes.length === 0 ? 0 : changed / codes.length };
}

/** A numeric column with the value of each class, times to the second. */
function numbered(
  column: Exclude<Column, { kind: 'category' }>,
  value: readonly number[],
  classOf: Uint32Array,
  members: readonly (readonly number[])[],
): Aggregated {
  const values = new Float64Array(classOf.length);
  for (let row = 0; row < values.length; row += 1) {
    const found = value[classOf[row] as number] as number;
    values[row] = column.kind === 'time' ? Math.round(found / 1000) * 1000 : found;
  }
  const present = members.flat().filter((row) => isValid(column, row) && Number.isFinite(column.values[row] as number));
  const mean = meanOf(present.map((row) => column.values[row] as number));
  let lost = 0;
  let total = 0;
  for (const row of present) {
    lost += square((column.values[row] as number) - (values[row] as number));
    total += square((column.values[row] as number) - mean);
  }
  const loss = total > 0 ? Math.min(1, lost / total) : 0;
  const valid = column.valid === undefined ? {} : { valid: column.valid };
  const { name } = column;
  if (column.kind === 'time') return { column: { kind: 'time', name, zone: column.zone, values, ...valid }, loss };
  return { column: { kind: 'number', name, values, ...valid }, loss };
}

/**
 * For each class the value of the member whose place is nearest to the middle of its members; the commonest value where
 * no member has coordinates.
 */
function placed(
  encoded: EncodedColumn,
  points: { readonly x: Float64Array; readonly y: Float64Array },
  members: readonly (readonly number[])[],
  values: ArrayLike<number>,
): number[] {
  return members.map((rows) => {
    const code = (row: number): number => encoded.codes[row] as number;
    const known = rows.filter((row) => Number.isFinite(points.x[code(row)]));
    const x = meanOf(known.map((row) => points.x[code(row)] as number));
    const y = meanOf(known.map((row) => points.y[code(row)] as number));
    let best = known.length > 0 ? Number.NaN : modeOf(rows.map((row) => values[row] as number));
    let least = Infinity;
    let bestCode = Infinity;
    for (const row of known) {
      const gap = square((points.x[code(row)] as number) - x) + square((points.y[code(row)] as number) - y);
      if (gap > least || (gap === least && code(row) >= bestCode)) continue;
      least = gap;
      bestCode = code(row);
      best = values[row] as number;
    }
    return best;
  });
}

function membersOf(classOf: Uint32Array, count: number): number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let row = 0; row < classOf.length; row += 1) members[classOf[row] as number]?.push(row);
  return members;
}

const meanOf = (values: readonly number[]): number => {
  if (values.length === 0) return Number.NaN;
  const first = values[0] as number;
  // About the first value, so that the mean of equal numbers is that number.
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
};

const medianOf = (values: readonly number[]): number => {
  if (values.length === 0) return Number.NaN;
  const sorted = values.slice().sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
};

/** The commonest value; of several the smallest. */
const modeOf = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = Number.NaN;
  let most = 0;
  for (const [value, count] of counts) {
    if (count > most || (count === most && value < best)) {
      best = value;
      most = count;
    }
  }
  return best;
};
