import type { ColumnDescriptor, PlaceTable } from '../kit/dataset.ts';
import { isRange } from '../kit/mean.ts';
import { type Text, text } from '../kit/text.ts';
import type { CategoryColumn, Column, TimeColumn } from '../table/table.ts';
import { isValid } from '../table/table.ts';

/**
 * Axes of a grid of cells: every row's position along one dimension. Levels come from declarations (place table,
 * bounds, the clock), never from which values occur in the data: else the shape of the answer would tell.
 */
export interface Axis {
  readonly column: string;
  readonly label: Text;
  readonly levels: readonly string[];
  /** Level of each row; -1 where the value is missing or outside the declared levels. */
  readonly codes: Int32Array;
}

export const HOURS: readonly string[] = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const HOUR_MS = 3600000;
/** The epoch was a Thursday: three days after a Monday. */
const EPOCH_HOUR_OF_WEEK = 72;

/**
 * Hour of the day of a time column, on the clock the column is kept in.
 * @param step hours in one level, a divisor of 24; levels are named by the hour they begin with.
 */
export function hourAxis(column: TimeColumn, step = 1): Axis {
  const axis = clockAxis(column, 24, 0, text('Hour of day', 'Hora del día'), HOURS);
  if (step === 1) return axis;
  const codes = axis.codes.map((hour) => (hour < 0 ? -1 : Math.floor(hour / step)));
  return { ...axis, codes, levels: HOURS.filter((_, hour) => hour % step === 0) };
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const WEEK_HOURS: readonly string[] = DAYS.flatMap((day) => HOURS.map((hour) => `${day} ${hour}`));

/** Hour of the week (Monday 00 to Sunday 23). */
export function hourOfWeekAxis(column: TimeColumn): Axis {
  return clockAxis(column, 168, EPOCH_HOUR_OF_WEEK, text('Hour of week', 'Hora de la semana'), WEEK_HOURS);
}

function clockAxis(column: TimeColumn, period: number, offset: number, label: Text, levels: readonly string[]): Axis {
  const { values } = column;
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i += 1) {
    const hour = (Math.floor((values[i] as number) / HOUR_MS) + offset) % period;
    // NaN stays out by the comparison.
    codes[i] = hour >= 0 ? hour : hour < 0 ? hour + period : -1;
  }
  return { column: column.name, label, levels, codes: maskMissing(column, codes) };
}

/**
 * Places of a column: all declared places, also those no row names; a column already coarsened (zone to borough) is
 * counted at the coarser level it shows. Without a place table the column's own labels are taken as public.
 */
export function placeAxis(column: Column, label: Text, places: PlaceTable | undefined): Axis {
  const named = labelsOf(column);
  const levels = places === undefined ? named.levels : placeLevels(places, named.levels);
  const position = new Map(levels.map((level, i) => [level, i]));
  const map = Int32Array.from(named.levels, (level) => position.get(level) ?? -1);
  return { column: column.name, label, levels, codes: maskMissing(column, mapped(named.codes, map)) };
}

function placeLevels(places: PlaceTable, seen: readonly string[]): readonly string[] {
  const ids = places.places.map((place) => place.id);
  const finest = new Set(ids);
  if (seen.length === 0 || seen.some((level) => finest.has(level))) return ids;
  for (let depth = 0; depth < places.coarser.length; depth += 1) {
    const names = [...new Set(places.places.map((place) => place.parents[depth] ?? ''))];
    if (seen.some((level) => names.includes(level))) return names;
  }
  return ids;
}

/** A category column as it is; its dictionary counts as declared. */
export function categoryAxis(column: CategoryColumn, label: Text): Axis {
  return {
    column: column.name,
    label,
    levels: column.levels,
    codes: maskMissing(column, Int32Array.from(column.codes)),
  };
}

/** Equal bands of a numeric column over its declared bounds; values outside are clipped to the end bands. */
export function bandAxis(column: Column, descriptor: ColumnDescriptor, bands: number): Axis | undefined {
  if (column.kind !== 'number' && column.kind !== 'integer') return undefined;
  const bounds = descriptor.bounds;
  if (!isRange(bounds)) return undefined;
  const [low, high] = bounds;
  const width = (high - low) / bands;
  const { values } = column;
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i += 1) {
    const value = values[i] as number;
    const band = Math.floor((value - low) / width);
    codes[i] = value !== value ? -1 : band < 0 ? 0 : band >= bands ? bands - 1 : band;
  }
  const levels = Array.from(
    { length: bands },
    (_, i) => `${shortNumber(low + i * width)}–${shortNumber(low + (i + 1) * width)}`,
  );
  return { column: column.name, label: descriptor.label, levels, codes: maskMissing(column, codes) };
}

/** Row-major cell number of each row over several axes; -1 where any axis has no level. */
export function cellsOf(axes: readonly Axis[], rows: number): Int32Array {
  const cells = new Int32Array(rows);
  for (const axis of axes) {
    const { codes } = axis;
    const width = axis.levels.length;
    for (let i = 0; i < rows; i += 1) {
      const cell = cells[i] as number;
      const code = codes[i] as number;
      cells[i] = cell < 0 || code < 0 ? -1 : cell * width + code;
    }
  }
  return cells;
}

/** Rows per cell, over the rows with `keep[i] = 1` where given. */
export function countCells(cells: Int32Array, size: number, keep?: Uint8Array): Float64Array {
  const counts = new Float64Array(size);
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i] as number;
    if (cell >= 0 && (keep === undefined || keep[i] === 1)) counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

export const sizeOf = (axes: readonly Pick<Axis, 'levels'>[]): number =>
  axes.reduce((size, axis) => size * axis.levels.length, 1);

/** Any column as codes into a list of labels; numbers in order of first appearance. */
export function labelsOf(column: Column): { readonly codes: ArrayLike<number>; readonly levels: readonly string[] } {
  if (column.kind === 'category') return { codes: column.codes, levels: column.levels };
  const { values } = column;
  const codeOf = new Map<number, number>();
  const codes = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(value, code);
    }
    codes[i] = code;
  }
  return { codes, levels: Array.from(codeOf.keys(), String) };
}

function mapped(codes: ArrayLike<number>, map: Int32Array): Int32Array {
  const out = new Int32Array(codes.length);
  for (let i = 0; i < out.length; i += 1) out[i] = map[codes[i] as number] ?? -1;
  return out;
}

function maskMissing(column: Column, codes: Int32Array): Int32Array {
  if (column.valid === undefined) return codes;
  for (let i = 0; i < codes.length; i += 1) if (!isValid(column, i)) codes[i] = -1;
  return codes;
}

const shortNumber = (value: number): string => String(Math.round(value * 100) / 100);
