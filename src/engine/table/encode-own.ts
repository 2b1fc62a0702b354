import type { ColumnDescriptor, PlaceTable } from '../kit/dataset.ts';
import { distinctNumbers } from './distinct.ts';
import type { BaseValues, EncodedColumn, Hierarchy, HierarchyLevel } from './hierarchy.ts';
import { EVERYTHING, MISSING, numberText } from './ladders.ts';
import { minutesOf, minuteText } from './ordered-base.ts';
import { type CategoryColumn, type Column, isValid } from './table.ts';

/** A value of the column that the hierarchy does not name. */
export interface Unnamed {
  readonly unnamed: string;
}

/**
 * A column as base codes of a hierarchy the user gave. Base codes are renumbered depth first, so that every node is a
 * contiguous range; values of numbers and times keep their order wherever the tree allows it. Missing values get a
 * base code of their own. Times count in minutes.
 */
export function encodeOwn(
  column: Column,
  given: Hierarchy,
  descriptor: ColumnDescriptor | undefined,
  places: PlaceTable | undefined,
): EncodedColumn | Unnamed {
  const byNumber = given.base === undefined ? undefined : encodeNumbers(column, given, given.base);
  if (byNumber !== undefined) return byNumber;
  const { values, codes, missing } = column.kind === 'category' ? levelsOf(column) : numbersOf(column);
  const labels = given.levels[0]?.labels ?? [];
  const keyOf = column.kind === 'time' ? minuteKey : (label: string): string => label;
  const numbers = column.kind === 'category' ? undefined : labels.map((label) => numberOf(column.kind, label));
  const order = depthFirst(given, numbers);
  const codeOf = new Map<string, number>();
  order.forEach((original, code) => {
    const key = keyOf(labels[original] as string);
    if (!codeOf.has(key)) codeOf.set(key, code);
  });
  const extend = missing && !codeOf.has(MISSING);
  if (extend) codeOf.set(MISSING, order.length);
  const recode = values.map((value) => codeOf.get(value));
  const missingCode = codeOf.get(MISSING);
  const out = new Uint32Array(codes.length);
  for (let i = 0; i < out.length; i += 1) {
    const code = codes[i] as number;
    const target = code === values.length ? missingCode : recode[code];
    if (target === undefined) return { unnamed: values[code] ?? '' };
    out[i] = target;
  }
  const last = given.levels.length - 1;
  const levels = given.levels.map((level, depth) => reorder(level, order, depth === last, extend));
  const base = baseOf(column, order, labels, numbers, descriptor, places, extend);
  const encoded: EncodedColumn = {
    hierarchy: { column: column.name, levels },
    codes: out,
    ordered: base.kind === 'numbers' || base.kind === 'minutes',
    base,
  };
  return missing && missingCode !== undefined ? { ...encoded, missingCode } : encoded;
}

/** Rows matched to an ascending numeric base: no text is made. Undefined where column and base are of other kinds. */
function encodeNumbers(column: Column, given: Hierarchy, base: BaseValues): EncodedColumn | Unnamed | undefined {
  if (column.kind === 'category' || (base.kind !== 'minutes' && base.kind !== 'numbers')) return undefined;
  if ((column.kind === 'time') !== (base.kind === 'minutes')) return undefined;
  const time = column.kind === 'time';
  const { values, codes, missing } = distinctNumbers(time ? minutesOf(column.values) : column.values, column);
  const size = base.values.length;
  const target = new Uint32Array(values.length + 1);
  let at = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    while (at < size && (base.values[at] as number) < value) at += 1;
    if (base.values[at] !== value) return { unnamed: time ? minuteText(value) : numberText(value) };
    target[i] = at;
  }
  target[values.length] = size;
  const out = new Uint32Array(codes.length);
  for (let i = 0; i < out.length; i += 1) out[i] = target[codes[i] as number] as number;
  const last = given.levels.length - 1;
  const levels = missing ? given.levels.map((level, depth) => withMissing(level, depth === last)) : given.levels;
  const encoded: EncodedColumn = {
    hierarchy: { column: column.name, levels },
    codes: out,
    ordered: true,
    base,
  };
  return missing ? { ...encoded, missingCode: size } : encoded;
}

/** A level with one more base code for missing values; labels stay unread until somebody wants them. */
function withMissing(level: HierarchyLevel, last: boolean): HierarchyLevel {
  const size = level.codes.length;
  const codes = new Uint32Array(size + 1);
  codes.set(level.codes);
  if (!last) codes[size] = size === 0 ? 0 : (level.codes[size - 1] as number) + 1;
  return {
    name: level.name,
    codes,
    get labels() {
      if (last) return level.labels.length === 0 ? [EVERYTHING] : level.labels;
      return [...level.labels, MISSING];
    },
  };
}

/**
 * Base codes so that the members of every node are neighbours. Nodes come in the order of their least number where the
 * column has numbers, else in the order they are first named.
 */
function depthFirst(given: Hierarchy, numbers: readonly number[] | undefined): readonly number[] {
  const size = given.levels[0]?.labels.length ?? 0;
  const base = Array.from({ length: size }, (_, i) => i);
  if (numbers !== undefined) base.sort((a, b) => compareNumbers(numbers[a], numbers[b]) || a - b);
  const rank = new Uint32Array(size);
  base.forEach((original, place) => {
    rank[original] = place;
  });
  const first = given.levels.map((level) => {
    const least = new Uint32Array(level.labels.length).fill(0xffffffff);
    for (let i = 0; i < size; i += 1) {
      const node = level.codes[i] as number;
      least[node] = Math.min(least[node] as number, rank[i] as number);
    }
    return least;
  });
  return base.sort((a, b) => {
    for (let depth = given.levels.length - 1; depth > 0; depth -= 1) {
      const level = given.levels[depth];
      const least = first[depth];
      const difference = (least?.[level?.codes[a] ?? 0] ?? 0) - (least?.[level?.codes[b] ?? 0] ?? 0);
      if (difference !== 0) return difference;
    }
    return (rank[a] as number) - (rank[b] as number);
  });
}

/** Ascending; what is no number comes last. */
function compareNumbers(a = Number.NaN, b = Number.NaN): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

function reorder(level: HierarchyLevel, order: readonly number[], last: boolean, extend: boolean): HierarchyLevel {
  const codes = new Uint32Array(order.length + (extend ? 1 : 0));
  const labels: string[] = [];
  const seen = new Map<number, number>();
  order.forEach((original, i) => {
    const old = level.codes[original] as number;
    let code = seen.get(old);
    if (code === undefined) {
      code = labels.length;
      seen.set(old, code);
      labels.push(level.labels[old] ?? EVERYTHING);
    }
    codes[i] = code;
  });
  if (extend && !last) {
    codes[order.length] = labels.length;
    labels.push(MISSING);
  } else if (extend && labels.length === 0) labels.push(EVERYTHING);
  return { name: level.name, codes, labels };
}

/** What the base codes stand for: numbers and times only where depth-first order is ascending, places where known. */
function baseOf(
  column: Column,
  order: readonly number[],
  labels: readonly string[],
  numbers: readonly number[] | undefined,
  descriptor: ColumnDescriptor | undefined,
  places: PlaceTable | undefined,
  extend: boolean,
): BaseValues {
  if (places !== undefined && descriptor?.ladder?.kind === 'place') {
    const indexOf = new Map<string, number>();
    places.places.forEach((place, index) => indexOf.set(place.id, index));
    places.places.forEach((place, index) => {
      if (!indexOf.has(place.label)) indexOf.set(place.label, index);
    });
    const found = order.map((original) => indexOf.get(labels[original] as string) ?? -1);
    const placeOf = Int32Array.from(extend ? [...found, -1] : found);
    const names = order.map((original, i) => places.places[found[i] as number]?.label ?? (labels[original] as string));
    return { kind: 'places', names: extend ? [...names, MISSING] : names, placeOf };
  }
  if (numbers === undefined || column.kind === 'category') return { kind: 'labels' };
  const values = Float64Array.from(order, (original) => numbers[original] as number);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (!Number.isFinite(value) || (i > 0 && value <= (values[i - 1] as number))) return { kind: 'labels' };
  }
  return column.kind === 'time'
    ? { kind: 'minutes', values }
    : { kind: 'numbers', values, whole: column.kind === 'integer' };
}

interface Labelled {
  readonly values: readonly string[];
  /** `values.length` where missing. */
  readonly codes: Uint32Array;
  readonly missing: boolean;
}

function numbersOf(column: Exclude<Column, CategoryColumn>): Labelled {
  const time = column.kind === 'time';
  const { values, codes, missing } = distinctNumbers(time ? minutesOf(column.values) : column.values, column);
  return { values: Array.from(values, time ? minuteText : numberText), codes, missing };
}

/** Values of a category column with a code per row; the code after the last one is "missing". */
export function levelsOf(column: CategoryColumn): Labelled {
  const out = new Uint32Array(column.codes.length);
  const none = column.levels.length;
  let missing = false;
  for (let i = 0; i < out.length; i += 1) {
    const present = isValid(column, i) && (column.codes[i] as number) < none;
    out[i] = present ? (column.codes[i] as number) : none;
    if (!present) missing = true;
  }
  return { values: column.levels, codes: out, missing };
}

/** Times of a hierarchy file are read to the minute, with a blank or a T between date and clock. */
const minuteKey = (label: string): string => {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/.exec(label.trim());
  return found === null ? label : `${found[1] ?? ''} ${found[2] ?? ''}`;
};

function numberOf(kind: Column['kind'], label: string): number {
  if (kind !== 'time') return label.trim() === '' ? Number.NaN : Number(label);
  const found = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/.exec(minuteKey(label));
  if (found === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}
