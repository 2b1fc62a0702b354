import type { LoadedDataset } from '../kit/dataset.ts';
import { infeasible } from '../kit/errors.ts';
import type { CountsPicture } from '../kit/picture.ts';
import { isSynthetic, type TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { own } from '../kit/own.ts';
import { encodeColumn } from '../table/encode.ts';
import { groupRows } from '../table/group.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { hasColumn } from '../table/table.ts';

/**
 * Rows per place and hour of the day (0-23), the page's map and hour strip: true counts from the dataset, and what an
 * analyst would draw from the released table, spreading every generalized cell uniformly over its members.
 */
export interface PlaceHourCounts {
  /** Ids of the places, in the place table's order (or the column's values where there is no table). */
  readonly places: readonly string[];
  readonly hours: 24;
  /** places x 24, row-major. */
  readonly truth: Float64Array;
  readonly released: Float64Array;
  /** 1 where the release says nothing: the place or time column is gone, or the cell is empty while rows were left out (not of a model). */
  readonly suppressed: Uint8Array;
  /** Rows without a place or time, in the dataset. They are in no cell. */
  readonly unplaced: number;
  /** Share of the released rows that had to be spread over more than one cell. */
  readonly spread: number;
}

/** @throws infeasible where the dataset has no place or no time column */
export function placeHourCounts(release: TableRelease): PlaceHourCounts {
  const { dataset } = release;
  const { place, time } = dataset.descriptor.parts;
  if (place === undefined || time === undefined) {
    throw infeasible('this dataset has no place or no time column', 'choose a dataset with both');
  }
  const grid = gridOf(encodeColumn(dataset, place), dataset);
  const truth = new Float64Array(grid.places.length * 24);
  const base = { column: encodeColumn(dataset, place), low: undefined, high: undefined };
  const clock = { column: encodeColumn(dataset, time), low: undefined, high: undefined };
  const unplaced = spreadInto(truth, grid.cellOf, base, clock, dataset.table.rows).unplaced;
  const released = new Float64Array(truth.length);
  const suppressed = new Uint8Array(truth.length);
  if (!hasColumn(release.table, place) || !hasColumn(release.table, time)) {
    return { places: grid.places, hours: 24, truth, released, suppressed: suppressed.fill(1), unplaced, spread: 0 };
  }
  const where = cellsOf(release, place);
  const when = cellsOf(release, time);
  if (where === undefined || when === undefined) {
    return { places: grid.places, hours: 24, truth, released, suppressed: suppressed.fill(1), unplaced, spread: 0 };
  }
  const { spread } = spreadInto(released, grid.cellOf, where, when, release.table.rows);
  if (release.suppressed.length > 0 && !isSynthetic(release)) {
    for (let c = 0; c < released.length; c += 1) if (released[c] === 0) suppressed[c] = 1;
  }
  return { places: grid.places, hours: 24, truth, released, suppressed, unplaced, spread };
}

/** The same as a picture; `undefined` where the dataset has no place or time. */
export function placeHourPicture(release: TableRelease): CountsPicture | undefined {
  const { descriptor } = release.dataset;
  const { place, time } = descriptor.parts;
  if (place === undefined || time === undefined) return undefined;
  const counts = placeHourCounts(release);
  const columnLabel = (name: string) =>
    descriptor.columns.find((column) => column.name === name)?.label ?? text(name, name);
  return {
    view: 'counts',
    id: 'place-hour',
    label: text('rows per place and hour of the day', 'filas por lugar y hora del día'),
    unit: descriptor.rowUnit,
    dims: [
      { column: place, label: columnLabel(place), levels: counts.places },
      { column: time, label: text('hour of the day', 'hora del día'), levels: HOURS },
    ],
    truth: counts.truth,
    released: counts.released,
    suppressed: counts.suppressed,
  };
}

const HOURS: readonly string[] = Array.from({ length: 24 }, (_, hour) => String(hour));

/** Rows as codes, each code a range of base codes of an encoded column (absent ranges: the code is the base code). */
interface Cells {
  readonly column: EncodedColumn;
  readonly low: Uint32Array | undefined;
  readonly high: Uint32Array | undefined;
  readonly members?: readonly Uint32Array[];
  readonly codes?: Uint32Array;
}

function cellsOf(release: TableRelease, name: string): Cells | undefined {
  const generalized = own(release.generalized, name);
  const column = release.table.columns.find((each) => each.name === name);
  if (generalized !== undefined && column?.kind === 'category') {
    // Labels of labels (two generalizations in a row) no longer say which base values they cover.
    const original = encodeColumn(release.dataset, name);
    const same =
      original.base.kind === generalized.column.base.kind && baseSize(original) === baseSize(generalized.column);
    return same ? { ...generalized, codes: Uint32Array.from(column.codes) } : undefined;
  }
  const encoded = encodeColumn(release.dataset, name, release.table);
  return encoded.base.kind === 'minutes' || name !== release.dataset.descriptor.parts.time
    ? { column: encoded, low: undefined, high: undefined }
    : undefined;
}

/** Cell row of each base code of the place column (or -1 for missing ones), and the places' ids. */
function gridOf(encoded: EncodedColumn, dataset: LoadedDataset): { places: readonly string[]; cellOf: Int32Array } {
  const { base } = encoded;
  const labels = encoded.hierarchy.levels[0]?.labels ?? [];
  const cellOf = Int32Array.from(labels, (_, code) => (code === encoded.missingCode ? -1 : code));
  if (base.kind !== 'places' || dataset.places === undefined) {
    return { places: labels.filter((_, code) => code !== encoded.missingCode), cellOf };
  }
  const places = dataset.places.places.map((place) => place.id);
  for (let code = 0; code < cellOf.length; code += 1) {
    const index = base.placeOf[code] as number;
    if (code === encoded.missingCode) continue;
    if (index >= 0) cellOf[code] = index;
    else {
      cellOf[code] = places.length;
      places.push(labels[code] as string);
    }
  }
  return { places, cellOf };
}

/** Adds every row, spread uniformly over its members, to the grid. One pass per distinct (place, time) pair. */
function spreadInto(
  grid: Float64Array,
  cellOf: Int32Array,
  where: Cells,
  when: Cells,
  rows: number,
): { unplaced: number; spread: number } {
  const a = where.codes ?? where.column.codes;
  const hours = hourWeights(when);
  const places = where.low?.length ?? baseSize(where.column);
  const pairs = groupRows([a, hours.cellOf], [Math.max(1, places), Math.max(1, hours.count)], rows);
  let unplaced = 0;
  let spread = 0;
  const members: number[] = [];
  for (let p = 0; p < pairs.count; p += 1) {
    const row = pairs.first[p] as number;
    const count = pairs.sizes[p] as number;
    const place = a[row] as number;
    const weights = hours.weights.subarray((hours.cellOf[row] as number) * 24, (hours.cellOf[row] as number) * 24 + 24);
    members.length = 0;
    const low = where.low?.[place] ?? place;
    const high = where.high?.[place] ?? place;
    const covered = where.members?.[place];
    for (let code = low; code <= high; code += 1) {
      if ((cellOf[code] ?? -1) >= 0 && covered?.includes(code) !== false) members.push(cellOf[code] as number);
    }
    let mass = 0;
    let cells = 0;
    for (let h = 0; h < 24; h += 1) {
      mass += weights[h] as number;
      if ((weights[h] as number) > 0) cells += 1;
    }
    if (members.length === 0 || mass === 0) {
      unplaced += count;
      continue;
    }
    if (members.length * cells > 1) spread += count;
    for (let h = 0; h < 24; h += 1) {
      const share = (weights[h] as number) / members.length;
      if (share === 0) continue;
      for (const member of members) grid[member * 24 + h] = (grid[member * 24 + h] as number) + count * share;
    }
  }
  return { unplaced, spread: rows === 0 ? 0 : spread / rows };
}

/** Distribution over the hours of the day for each row's time cell. Exact times need 24 cells only. */
function hourWeights(when: Cells): { cellOf: Uint32Array; count: number; weights: Float64Array } {
  const { base, missingCode, codes: own } = when.column;
  const codes = when.codes ?? own;
  const minute = (code: number): number => (base.kind === 'minutes' ? (base.values[code] as number) : Number.NaN);
  const levels = when.low?.length ?? baseSize(when.column);
  if (when.low === undefined) {
    const hourOf = new Uint32Array(levels);
    for (let code = 0; code < levels; code += 1) {
      hourOf[code] = code === missingCode || base.kind !== 'minutes' ? 24 : hourOfDay(minute(code));
    }
    const cellOf = new Uint32Array(codes.length);
    for (let i = 0; i < codes.length; i += 1) cellOf[i] = hourOf[codes[i] as number] as number;
    const weights = new Float64Array(25 * 24);
    for (let h = 0; h < 24; h += 1) weights[h * 24 + h] = 1;
    return { cellOf, count: 25, weights };
  }
  const weights = new Float64Array(levels * 24);
  for (let v = 0; v < levels; v += 1) {
    let high = when.high?.[v] as number;
    const low = when.low[v] as number;
    if (high === missingCode) high -= 1;
    if (high < low || base.kind !== 'minutes') continue;
    spanWeights(weights.subarray(v * 24, v * 24 + 24), minute(low), minute(high));
  }
  return { cellOf: codes, count: levels, weights };
}

const hourOfDay = (minute: number): number => ((Math.floor(minute / 60) % 24) + 24) % 24;

/** Share of the minutes low..high (both included) that fall into each hour of the day. */
function spanWeights(out: Float64Array, low: number, high: number): void {
  const length = high - low + 1;
  const days = Math.floor(length / 1440);
  for (let h = 0; h < 24; h += 1) out[h] = (days * 60) / length;
  let at = low + days * 1440;
  while (at <= high) {
    const end = Math.min(high + 1, (Math.floor(at / 60) + 1) * 60);
    const h = hourOfDay(at);
    out[h] = (out[h] as number) + (end - at) / length;
    at = end;
  }
}
