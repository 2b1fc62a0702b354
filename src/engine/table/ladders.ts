import { isoText } from './table.ts';
import type { Hierarchy, HierarchyLevel } from './hierarchy.ts';
import type { PlaceTable } from '../kit/dataset.ts';

/**
 * Builders of generalization hierarchies from a column's declared ladder. All of them number the base values so that
 * every node of every level is a *contiguous range* of base codes (depth-first order): Mondrian's intervals of codes
 * are then sets that a reader understands ("Manhattan (14 zones)"), and a node is two numbers.
 *
 * Where the column has missing values they take the last base code, labelled "(missing)" up to the last level "*".
 */

export const MISSING = '(missing)';
export const EVERYTHING = '*';

/** One step of a hierarchy while it is built: the node of each base value (ascending along the base) and its label. */
export interface Step {
  readonly name: string;
  /** Node key of base value i; equal neighbours are one node. */
  readonly key: (i: number) => number | string;
  readonly label: (i: number) => string;
}

/** Joins steps into levels: consecutive base values with the same key share a code. Labels are made on first use. */
export function stepsToHierarchy(column: string, size: number, missing: boolean, steps: readonly Step[]): Hierarchy {
  const total = size + (missing ? 1 : 0);
  const levels: HierarchyLevel[] = steps.map((step) => {
    const codes = new Uint32Array(total);
    const firsts: number[] = [];
    let last: number | string | undefined;
    for (let i = 0; i < size; i += 1) {
      const key = step.key(i);
      if (i === 0 || key !== last) firsts.push(i);
      last = key;
      codes[i] = firsts.length - 1;
    }
    if (missing) codes[size] = firsts.length;
    return lazyLevel(step.name, codes, () => {
      const labels = firsts.map(step.label);
      if (missing) labels.push(MISSING);
      return labels;
    });
  });
  levels.push({ name: EVERYTHING, codes: new Uint32Array(total), labels: total === 0 ? [] : [EVERYTHING] });
  return { column, levels };
}

/** A level whose labels are only built when somebody reads them: a year has half a million minutes. */
function lazyLevel(name: string, codes: Uint32Array, make: () => readonly string[]): HierarchyLevel {
  let made: readonly string[] | undefined;
  return {
    name,
    codes,
    get labels() {
      made ??= make();
      return made;
    },
  };
}

const MINUTE = 60_000;
const day = (minute: number): number => Math.floor(minute / 1440);
/** Weeks start on Monday; minute 0 (1970-01-01) was a Thursday. */
const week = (minute: number): number => Math.floor((day(minute) + 3) / 7);
/** Date texts by day: a million labels share a few hundred days, and Date is slow. */
const dayTexts = new Map<number, string>();
export function dayText(minute: number): string {
  const number = day(minute);
  let found = dayTexts.get(number);
  if (found === undefined) {
    if (dayTexts.size > 10_000) dayTexts.clear();
    found = isoText(number * 1440 * MINUTE).slice(0, 10);
    dayTexts.set(number, found);
  }
  return found;
}
const two = (x: number): string => (x < 10 ? `0${x}` : String(x));
export function clock(minute: number): string {
  const ofDay = minute - day(minute) * 1440;
  const hour = Math.floor(ofDay / 60);
  return `${two(hour)}:${two(ofDay - hour * 60)}`;
}
const PARTS = ['night', 'morning', 'afternoon', 'evening'] as const;
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'] as const;
const weekday = (minute: number): string => WEEKDAYS[((day(minute) % 7) + 7) % 7] as string;

/**
 * minute -> hour -> daypart (night 0-6, morning 6-12, afternoon 12-18, evening 18-24) -> day -> week -> "*".
 * @param minutes distinct minutes since 1970, ascending
 */
export function timeHierarchy(column: string, minutes: Float64Array, missing: boolean): Hierarchy {
  return stepsToHierarchy(
    column,
    minutes.length,
    missing,
    timeSteps((i) => minutes[i] as number),
  );
}

/** The steps of a time ladder over ascending minutes since 1970, finest first. */
export const timeSteps = (at: (i: number) => number): readonly Step[] => [
  { name: 'minute', key: at, label: (i) => `${weekday(at(i))} ${dayText(at(i))} ${clock(at(i))}` },
  {
    name: 'hour',
    key: (i) => Math.floor(at(i) / 60),
    label: (i) => `${weekday(at(i))} ${dayText(at(i))} ${clock(at(i)).slice(0, 2)}h`,
  },
  {
    name: 'daypart',
    key: (i) => Math.floor(at(i) / 360),
    label: (i) => `${weekday(at(i))} ${dayText(at(i))} ${PARTS[Math.floor(at(i) / 360) & 3] as string}`,
  },
  { name: 'day', key: (i) => day(at(i)), label: (i) => `${weekday(at(i))} ${dayText(at(i))}` },
  {
    name: 'week',
    key: (i) => week(at(i)),
    label: (i) => `week of ${dayText((week(at(i)) * 7 - 3) * 1440)}`,
  },
];

/** "Fri 2019-01-04 18:00-19:30", with both days where they differ; the upper minute is included. */
export function timeSpanLabel(low: number, high: number): string {
  const start = `${weekday(low)} ${dayText(low)}`;
  if (low === high) return `${start} ${clock(low)}`;
  if (day(low) === day(high)) return `${start} ${clock(low)}-${clock(high)}`;
  return `${start} ${clock(low)} - ${weekday(high)} ${dayText(high)} ${clock(high)}`;
}

/** Base order, readable names and hierarchy of a place column. */
export interface PlaceLadder {
  readonly hierarchy: Hierarchy;
  /** Base code of a value of the column (place id, or label as second choice). */
  readonly codeOf: ReadonlyMap<string, number>;
  /** Label of each base code for people. */
  readonly names: readonly string[];
  /** Index in the place table of each base code, or -1. */
  readonly placeOf: Int32Array;
}

/**
 * zone -> borough -> city (the names are the place table's) -> "*". All places of the table are base values, seen in
 * the data or not, so that a share of the domain does not depend on the data. Values unknown to the table come last.
 */
export function placeLadder(
  column: string,
  places: PlaceTable,
  values: readonly string[],
  missing: boolean,
): PlaceLadder {
  const depth = places.coarser.length;
  const parent = (index: number, level: number): string => places.places[index]?.parents[level] ?? '(unknown)';
  const order = places.places.map((_, index) => index);
  order.sort((a, b) => {
    for (let level = depth - 1; level >= 0; level -= 1) {
      const byParent = compareText(parent(a, level), parent(b, level));
      if (byParent !== 0) return byParent;
    }
    return compareText(places.places[a]?.label ?? '', places.places[b]?.label ?? '') || a - b;
  });
  const codeOf = new Map<string, number>();
  order.forEach((index, code) => codeOf.set(places.places[index]?.id ?? '', code));
  order.forEach((index, code) => {
    const label = places.places[index]?.label ?? '';
    if (!codeOf.has(label)) codeOf.set(label, code);
  });
  const known = order.length;
  const unknown = [...new Set(values.filter((value) => !codeOf.has(value)))].sort(compareText);
  unknown.forEach((value, i) => codeOf.set(value, known + i));
  const shown = new Map(values.map((value) => [codeOf.get(value) as number, value]));
  const names = [...order.map((index) => places.places[index]?.label ?? ''), ...unknown];
  const base = (i: number): string => shown.get(i) ?? (i < known ? (places.places[order[i] as number]?.id ?? '') : '');
  const path = (i: number, level: number): string => (i >= known ? '(unknown)' : parent(order[i] as number, level));
  const steps: Step[] = [{ name: 'place', key: (i) => i, label: base }];
  for (let level = 0; level < depth; level += 1) {
    steps.push({
      name: places.coarser[level] ?? `level ${level + 1}`,
      // The whole path upwards, so that equal names under different parents stay different nodes.
      key: (i) => Array.from({ length: depth - level }, (_, up) => path(i, level + up)).join('\u0000'),
      label: (i) => path(i, level),
    });
  }
  const placeOf = new Int32Array(names.length + (missing ? 1 : 0)).fill(-1);
  placeOf.set(order);
  if (missing) names.push(MISSING);
  return { hierarchy: stepsToHierarchy(column, known + unknown.length, missing, steps), codeOf, names, placeOf };
}

/** Nested intervals [origin + j width, origin + (j + 1) width) over distinct ascending values. */
export function intervalHierarchy(
  column: string,
  values: Float64Array,
  origin: number,
  widths: readonly number[],
  whole: boolean,
  missing: boolean,
): Hierarchy {
  const at = (i: number): number => values[i] as number;
  const steps: Step[] = [{ name: 'value', key: at, label: (i) => numberText(at(i)) }];
  for (const width of widths) {
    const bin = (i: number): number => Math.floor((at(i) - origin) / width);
    steps.push({
      name: `width ${numberText(width)}`,
      key: bin,
      label: (i) => intervalLabel(origin + bin(i) * width, origin + (bin(i) + 1) * width, whole),
    });
  }
  return stepsToHierarchy(column, values.length, missing, steps);
}

/** "20-29" for whole numbers, "10 to <20" otherwise. */
export const intervalLabel = (low: number, high: number, whole: boolean): string =>
  whole && Number.isInteger(low) && Number.isInteger(high)
    ? high - low === 1
      ? numberText(low)
      : `${numberText(low)}-${numberText(high - 1)}`
    : `${numberText(low)} to <${numberText(high)}`;

/** Characters masked from the right, one level a character; values are padded to one length with "_". */
export function maskHierarchy(column: string, values: readonly string[], missing: boolean): Hierarchy {
  const letters = values.map((value) => Array.from(value));
  const width = letters.reduce((most, word) => Math.max(most, word.length), 0);
  const steps: Step[] = [{ name: 'value', key: (i) => i, label: (i) => values[i] as string }];
  for (let cut = 1; cut < width; cut += 1) {
    const masked = (i: number): string => {
      const word = letters[i] as readonly string[];
      const kept = Array.from({ length: width - cut }, (_, j) => word[j] ?? '_').join('');
      return kept + '*'.repeat(cut);
    };
    steps.push({ name: `${cut} masked`, key: masked, label: masked });
  }
  return stepsToHierarchy(column, values.length, missing, steps);
}

/** Value, then "*". `label(i)` names base value i. */
export const suppressHierarchy = (
  column: string,
  size: number,
  label: (i: number) => string,
  missing: boolean,
): Hierarchy => stepsToHierarchy(column, size, missing, [{ name: 'value', key: (i) => i, label }]);

/** Code-unit order: the same in every browser and language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A number for people, without trailing zeros: 6 decimals where they say it but for the noise of binary fractions, else
 * 9 digits, so that different numbers have different texts (1e-9 is not 0).
 */
export function numberText(x: number): string {
  if (Number.isInteger(x)) return String(x);
  const short = Number(x.toFixed(6));
  return String(Math.abs(x - short) <= NOISE * Math.abs(x) ? short : Number(x.toPrecision(9)));
}
/** Half a unit in the last place of a single-precision number. */
const NOISE = 6e-8;
