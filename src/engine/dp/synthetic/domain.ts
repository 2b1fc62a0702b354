import type { ColumnDescriptor, DatasetDescriptor } from '../../kit/dataset.ts';
import type { Pause } from '../../kit/context.ts';
import { infeasible, invalidData } from '../../kit/errors.ts';
import { own } from '../../kit/own.ts';
import type { TableRelease } from '../../kit/release.ts';
import { type Text, text } from '../../kit/text.ts';
import { isRange } from '../../kit/mean.ts';
import type { Rng } from '../../rng/rng.ts';
import { type Column, columnOf, codesFor, hasColumn, isValid, type TimeColumn } from '../../table/table.ts';
import { type Axis, hourAxis, hourOfWeekAxis } from '../axes.ts';
import { boundsOf, keyAxis } from '../keys.ts';

/**
 * Columns as a synthesizer sees them: declared levels and one more for missing values, and the way back from levels to cells.
 * Levels never depend on which values occur.
 */
export interface SyntheticColumn {
  readonly name: string;
  readonly label: Text;
  /** Names of the levels; the last one is "missing". */
  readonly levels: readonly string[];
  /** Level of each row of the input. */
  readonly codes: Uint16Array;
  /** A column of cells for drawn levels: numbers and times anywhere in their band. */
  decode(codes: Uint16Array, rng: Rng): Column;
}

export type Clock = 'hour of day' | 'hour of week';
export interface DomainOptions {
  readonly clock: Clock;
  readonly bands: number;
}

const MOST_LEVELS = 4000;
const HOUR_MS = 3600000;
const MINUTE_MS = 60000;
/** The epoch was a Thursday: three days after a Monday. */
const EPOCH_HOUR_OF_WEEK = 72;

/**
 * The chosen columns, or where none is chosen the first six of: place, time, destination, the secret, then quasi-identifiers,
 * sensitive and other columns as they are declared.
 * @throws invalid-data for a column that is not there, names people or has no declared levels; infeasible where none is left
 */
export async function syntheticColumns(
  input: TableRelease,
  chosen: readonly string[],
  options: DomainOptions,
  pause: Pause,
): Promise<readonly SyntheticColumn[]> {
  const names = chosen.length > 0 ? [...new Set(chosen)] : usualNames(input).slice(0, USUAL);
  if (names.length === 0) {
    throw infeasible(
      'no column of this table has declared levels or a declared range',
      'declare the range of a column, or keep a place or a category in this branch',
    );
  }
  const out: SyntheticColumn[] = [];
  for (const name of names) {
    out.push(syntheticColumn(input, name, options));
    await pause();
  }
  return out;
}

const USUAL = 6;

function usualNames(input: TableRelease): readonly string[] {
  const { descriptor } = input.dataset;
  const { place, time, destination, secret } = descriptor.parts;
  const parts = [place, time, destination, secret];
  // A second time says little that the first does not, once both have lost their dates.
  const rank = ({ name, role, type }: ColumnDescriptor): number =>
    parts.includes(name) ? parts.indexOf(name) : type === 'time' ? 9 : 4 + ROLES.indexOf(role);
  return descriptor.columns
    .filter((column) => isUsable(input, descriptor, column))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name }) => name);
}

const ROLES: readonly ColumnDescriptor['role'][] = ['quasi-identifier', 'sensitive', 'other', 'identifier'];

function isUsable(input: TableRelease, { parts }: DatasetDescriptor, declared: ColumnDescriptor): boolean {
  const { name } = declared;
  if (declared.role === 'identifier' || name === parts.entity || !hasColumn(input.table, name)) return false;
  const column = columnOf(input.table, name);
  const isPlace = name === parts.place || name === parts.destination;
  if (isPlace) return input.dataset.places !== undefined || own(input.generalized, name) === undefined;
  if (own(input.generalized, name) !== undefined) return false;
  if (column.kind === 'category') return column.levels.length >= 1 && column.levels.length <= MOST_LEVELS;
  return isRange(declared.bounds);
}

function syntheticColumn(input: TableRelease, name: string, options: DomainOptions): SyntheticColumn {
  const column = columnOf(input.table, name);
  const { descriptor } = input.dataset;
  const declared = descriptor.columns.find((each) => each.name === name);
  const isPlace = name === descriptor.parts.place || name === descriptor.parts.destination;
  const made =
    isPlace || column.kind === 'category'
      ? labelled(keyAxis(input, name), column)
      : column.kind === 'time'
        ? clocked(column, declared, options.clock)
        : banded(column, declared, options.bands);
  if (made.levels.length <= MOST_LEVELS) return made;
  throw invalidData(
    `column ${name} has ${made.levels.length - 1} declared values; at most ${MOST_LEVELS - 1} are modelled`,
    'choose another column, or make it coarser first',
    { column: name },
  );
}

/** Axis codes with missing values in a level of their own, at the end. */
function withMissing({ codes, levels }: Axis): Uint16Array {
  const out = new Uint16Array(codes.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (codes[i] as number) < 0 ? levels.length : (codes[i] as number);
  return out;
}

const MISSING_NAME = '(missing)';

function labelled(axis: Axis, column: Column): SyntheticColumn {
  const { levels, label } = axis;
  const name = column.name;
  return {
    name,
    label,
    levels: [...levels, MISSING_NAME],
    codes: withMissing(axis),
    decode: (codes) => {
      const valid = validOf(codes, levels.length);
      if (column.kind === 'integer' || column.kind === 'number') {
        const numbers = levels.map(Number);
        const values = Float64Array.from(codes, (code) => numbers[code] ?? 0);
        return column.kind === 'number'
          ? { kind: 'number', name, values, ...valid }
          : { kind: 'integer', name, values: Int32Array.from(values), ...valid };
      }
      // The data's own list of labels where it has them all: later steps know a place column by it.
      const known = column.kind === 'category' ? column.levels : [];
      const at = new Map(known.map((level, code) => [level, code]));
      const isKnown = levels.every((level) => at.has(level));
      const own = isKnown && column.kind === 'category' ? column.levels : levels;
      const map = Uint32Array.from(levels, (level, code) => (isKnown ? (at.get(level) as number) : code));
      const out = codesFor(codes.length, own.length);
      for (let i = 0; i < out.length; i += 1) out[i] = map[codes[i] as number] ?? 0;
      return { kind: 'category', name, codes: out, levels: own, ...valid };
    },
  };
}

/** Hours of the day or of the week; a drawn one becomes any such minute of the declared range of times. */
function clocked(column: TimeColumn, declared: ColumnDescriptor | undefined, clock: Clock): SyntheticColumn {
  const { name } = column;
  const [from, to] = boundsOf(name, declared);
  const axis = clock === 'hour of day' ? hourAxis(column) : hourOfWeekAxis(column);
  const period = axis.levels.length;
  const offset = clock === 'hour of day' ? 0 : EPOCH_HOUR_OF_WEEK;
  const first = Math.ceil(from / HOUR_MS);
  const last = Math.max(first, Math.floor(to / HOUR_MS) - 1);
  return {
    name,
    label: axis.label,
    levels: [...axis.levels, MISSING_NAME],
    codes: withMissing(axis),
    decode: (codes, rng) => {
      const values = new Float64Array(codes.length);
      for (let i = 0; i < values.length; i += 1) {
        const code = codes[i] as number;
        if (code >= period) continue;
        const start = first + ((((code - first - offset) % period) + period) % period);
        const times = Math.max(1, Math.floor((last - start) / period) + 1);
        values[i] = (start + period * rng.int(times)) * HOUR_MS + rng.int(60) * MINUTE_MS;
      }
      return { kind: 'time', name, values, zone: column.zone, ...validOf(codes, period) };
    },
  };
}

/** Equal bands of the declared range, values outside in the end bands; of whole numbers never more than there are. */
function banded(
  column: Exclude<Column, TimeColumn | { kind: 'category' }>,
  declared: ColumnDescriptor | undefined,
  wanted: number,
): SyntheticColumn {
  const { name, values } = column;
  const [low, high] = boundsOf(name, declared);
  const isWhole = column.kind === 'integer';
  const [least, size] = isWhole ? [Math.ceil(low), Math.floor(high) - Math.ceil(low) + 1] : [low, high - low];
  const bands = isWhole ? Math.max(1, Math.min(wanted, size)) : wanted;
  const edge = (band: number): number =>
    isWhole ? least + Math.floor((band * size) / bands) : least + (band * size) / bands;
  const codes = new Uint16Array(values.length);
  for (let i = 0; i < codes.length; i += 1) {
    const value = values[i] as number;
    const at = Math.floor(((value - least) * bands + (isWhole ? bands - 1 : 0)) / size);
    codes[i] = value !== value || !isValid(column, i) ? bands : at < 0 ? 0 : at >= bands ? bands - 1 : at;
  }
  const step = isWhole ? 1 : resolution(size / bands);
  return {
    name,
    label: declared?.label ?? text(name, name),
    levels: [
      ...Array.from({ length: bands }, (_, band) => bandName(edge(band), edge(band + 1), isWhole)),
      MISSING_NAME,
    ],
    codes,
    decode: (drawn, rng) => {
      const out = new Float64Array(drawn.length);
      for (let i = 0; i < out.length; i += 1) {
        const band = drawn[i] as number;
        if (band >= bands) continue;
        const start = edge(band);
        const width = edge(band + 1) - start;
        out[i] = isWhole ? start + rng.int(width) : Math.max(start, roundedDown(start + rng.uniform() * width, step));
      }
      const valid = validOf(drawn, bands);
      return isWhole
        ? { kind: 'integer', name, values: Int32Array.from(out), ...valid }
        : { kind: 'number', name, values: out, ...valid };
    },
  };
}

/** A step of about a hundredth of a band, so that drawn numbers look no more exact than they are. */
function resolution(width: number): number {
  let step = 1;
  while (step > width / 100) step /= 10;
  while (step * 10 <= width / 100) step *= 10;
  return step;
}

/** A multiple of a power of ten; divided by its inverse where that is whole, so that 0.3 is the double 0.3. */
const roundedDown = (value: number, step: number): number =>
  step >= 1 ? Math.floor(value / step) * step : Math.floor(value * Math.round(1 / step)) / Math.round(1 / step);

const short = (value: number): string => String(Math.round(value * 100) / 100);
const bandName = (from: number, to: number, isWhole: boolean): string =>
  isWhole && to - from === 1 ? short(from) : `${short(from)}–${short(isWhole ? to - 1 : to)}`;

/** Bitmap of the rows whose level is not the missing one; nothing where every row has a value. */
function validOf(codes: Uint16Array, missing: number): { valid?: Uint8Array } {
  const valid = new Uint8Array((codes.length + 7) >> 3);
  let gaps = 0;
  for (let i = 0; i < codes.length; i += 1) {
    if (codes[i] === missing) gaps += 1;
    else valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
  }
  return gaps === 0 ? {} : { valid };
}
