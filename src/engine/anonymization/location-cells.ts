import { infeasible, invalidData } from '../kit/errors.ts';
import type { TableRelease } from '../kit/release.ts';
import { encodeColumn } from '../table/encode.ts';
import { type EncodedColumn, type HierarchyLevel } from '../table/hierarchy.ts';
import { type CategoryColumn, codesFor, hasColumn } from '../table/table.ts';
import type { ReleasedCells } from './cells.ts';
import { type PlacePoints, requirePlacePoints } from './places-plane.ts';

/** Rows of a table release as places on a plane and slots of time: what the location methods work on. */
export interface LocatedRows {
  readonly place: EncodedColumn;
  readonly points: PlacePoints;
  /** Absent where the table has no time: one slot for all. */
  readonly time?: EncodedColumn;
  /** Slot of each row, ascending in time; `slots` where its time is missing. */
  readonly slotOf: Uint32Array;
  readonly slots: number;
  /** Rows with a place that has coordinates, and a time. */
  readonly located: Uint32Array;
}

export const SLOTS = ['hour', 'daypart', 'day', 'week', 'all'] as const;
export type Slot = (typeof SLOTS)[number];

/** @throws infeasible where there is no place column with coordinates, or no row has a place and a time */
export function locatedRows(source: TableRelease, named: string, slot: Slot): LocatedRows {
  const place = placeColumn(source, named);
  const points = requirePlacePoints(source.dataset, place);
  const time = timeColumn(source);
  const level = time === undefined ? undefined : levelOf(time, slot);
  const rows = source.table.rows;
  const slots = level === undefined ? 1 : level.labels.length;
  const slotOf = new Uint32Array(rows);
  const located: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const minute = time?.codes[row] ?? 0;
    const known = time === undefined || minute !== time.missingCode;
    slotOf[row] = known ? (level?.codes[minute] ?? 0) : slots;
    if (known && Number.isFinite(points.x[place.codes[row] as number])) located.push(row);
  }
  if (located.length === 0) {
    throw infeasible(
      `no row has a place with coordinates in ${place.hierarchy.column}${time === undefined ? '' : ` and a time in ${time.hierarchy.column}`}`,
      'load rows with places and times, or choose another column',
      { column: place.hierarchy.column },
    );
  }
  return { place, points, ...(time === undefined ? {} : { time }), slotOf, slots, located: Uint32Array.from(located) };
}

/** The place column meant: the named one, or that of the dataset. @throws infeasible where there is none */
export function placeColumn(source: TableRelease, named: string): EncodedColumn {
  const name = named === '' ? (source.dataset.descriptor.parts.place ?? '') : named;
  if (name === '' || (named === '' && !hasColumn(source.table, name))) {
    throw infeasible('the table has no place column', 'choose data with places');
  }
  return encodeColumn(source.dataset, name, source.table);
}

/** The dataset's time column, where the release still has it. @throws invalid-data where it was generalized before */
function timeColumn(source: TableRelease): EncodedColumn | undefined {
  const name = source.dataset.descriptor.parts.time;
  if (name === undefined || !hasColumn(source.table, name)) return undefined;
  const encoded = encodeColumn(source.dataset, name, source.table);
  if (encoded.base.kind !== 'minutes') {
    throw invalidData(`column "${name}" no longer holds times`, 'put this step before the one that generalized it', {
      column: name,
    });
  }
  return encoded;
}

/** The level of a time hierarchy by name; "all" is its last one. */
export function levelOf(time: EncodedColumn, slot: string): HierarchyLevel {
  const { levels } = time.hierarchy;
  return (levels.find((level) => level.name === slot) ?? levels.at(-1)) as HierarchyLevel;
}

/** A released column of labels for sets of base codes, with what each label covers. Sets with gaps are listed. */
export function setColumn(
  encoded: EncodedColumn,
  labelOfRow: Uint32Array,
  labels: readonly string[],
  sets: readonly Uint32Array[],
): ReleasedCells {
  const codes = codesFor(labelOfRow.length, labels.length);
  codes.set(labelOfRow);
  const column: CategoryColumn = { kind: 'category', name: encoded.hierarchy.column, codes, levels: labels };
  const low = Uint32Array.from(sets, (set) => set[0] as number);
  const high = Uint32Array.from(sets, (set) => set[set.length - 1] as number);
  const gaps = sets.some((set) => (set[set.length - 1] as number) - (set[0] as number) + 1 !== set.length);
  return { column, cells: { column: encoded, low, high, ...(gaps ? { members: sets } : {}) } };
}

/** "Chelsea" for one place; "14 zones: Alphabet City - East Village [021]" otherwise, the mark making it unique. */
export function regionLabel(place: EncodedColumn, set: Uint32Array, mark: string): string {
  const first = set[0] as number;
  if (set.length === 1) return place.hierarchy.levels[0]?.labels[first] as string;
  const names = place.base.kind === 'places' ? place.base.names : [];
  return `${set.length} places: ${names[first]} - ${names[set[set.length - 1] as number]}${mark === '' ? '' : ` [${mark}]`}`;
}
