import { distinctNumbers } from './distinct.ts';
import type { BaseValues } from './hierarchy.ts';
import { clock, compareText, dayText, numberText } from './ladders.ts';
import { type Column, isValid } from './table.ts';

/** Distinct values of a column in their natural order: numbers and times ascending, texts by code unit. */
export interface OrderedBase {
  readonly size: number;
  readonly label: (i: number) => string;
  /** Number behind value i: absent for texts that are not all numbers. Times count in minutes. */
  readonly at?: (i: number) => number;
  /** Whether all numbers are whole. */
  readonly whole: boolean;
  /** What the base stands for, where rows can be matched by number. */
  readonly values?: BaseValues;
  /** Rows per value. */
  readonly counts: Uint32Array;
  /** Rows without a value. */
  readonly missing: number;
}

/** Text of a minute since 1970, as times are written in hierarchies: "2019-01-04 18:05". */
export const minuteText = (minute: number): string => `${dayText(minute)} ${clock(minute)}`;

/** Distinct values that occur in the column, with how many rows have each. Linear in rows. */
export function orderedBase(column: Column): OrderedBase {
  if (column.kind === 'category') return ofLabels(column);
  const time = column.kind === 'time';
  const source = time ? minutesOf(column.values) : column.values;
  const { values, codes } = distinctNumbers(source, column);
  const { counts, missing } = countCodes(codes, values.length);
  const at = (i: number): number => values[i] as number;
  const whole = column.kind === 'integer';
  return {
    size: values.length,
    label: time ? (i) => minuteText(at(i)) : (i) => numberText(at(i)),
    at,
    whole,
    values: time ? { kind: 'minutes', values } : { kind: 'numbers', values, whole },
    counts,
    missing,
  };
}

/** Minutes since 1970 of milliseconds. */
export function minutesOf(milliseconds: Float64Array): Float64Array {
  const out = new Float64Array(milliseconds.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Math.floor((milliseconds[i] as number) / 60_000);
  return out;
}

function ofLabels(column: Extract<Column, { kind: 'category' }>): OrderedBase {
  const used = new Uint32Array(column.levels.length);
  let missing = 0;
  for (let row = 0; row < column.codes.length; row += 1) {
    const code = column.codes[row] as number;
    if (isValid(column, row) && code < used.length) used[code] = (used[code] as number) + 1;
    else missing += 1;
  }
  // Two codes may share a label; they are one value.
  const counts = new Map<string, number>();
  column.levels.forEach((label, code) => {
    const rows = used[code] as number;
    if (rows > 0) counts.set(label, (counts.get(label) ?? 0) + rows);
  });
  const labels = [...counts.keys()];
  const numbers = labels.map((label) => (label.trim() === '' ? Number.NaN : Number(label)));
  const numeric = labels.length > 0 && numbers.every(Number.isFinite);
  const order = labels.map((_, i) => i);
  order.sort((a, b) => {
    const byNumber = numeric ? (numbers[a] as number) - (numbers[b] as number) : 0;
    return byNumber !== 0 ? byNumber : compareText(labels[a] as string, labels[b] as string);
  });
  const label = (i: number): string => labels[order[i] as number] as string;
  return {
    size: labels.length,
    label,
    ...(numeric ? { at: (i: number) => numbers[order[i] as number] as number } : {}),
    whole: numeric && numbers.every(Number.isInteger),
    counts: Uint32Array.from(order, (at) => counts.get(labels[at] as string) ?? 0),
    missing,
  };
}

function countCodes(codes: Uint32Array, size: number): { counts: Uint32Array; missing: number } {
  const counts = new Uint32Array(size + 1);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return { counts: counts.subarray(0, size), missing: counts[size] as number };
}
