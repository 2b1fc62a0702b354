import type { TimeFormat } from './plan.ts';

/** Milliseconds (as if UTC) of a written time, or NaN. `dayMs` is the midnight that `clock` times are added to. */
export function parseTime(raw: string, format: TimeFormat, dayMs = 0): number {
  const value = raw.trim();
  switch (format) {
    case 'iso':
      return parseIso(value);
    case 'dmy':
      return parseSlashed(value, false);
    case 'mdy':
      return parseSlashed(value, true);
    case 'epoch-ms':
      return /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    case 'epoch-s':
      return /^-?\d{1,11}(\.\d+)?$/.test(value) ? Math.round(Number(value) * 1000) : Number.NaN;
    case 'clock': {
      const match = CLOCK.exec(value);
      return match === null ? Number.NaN : dayMs + timeOfDay(match[1], match[2], match[3], match[4], undefined);
    }
    default:
      return format satisfies never;
  }
}

const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?$/;
const SLASHED =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?: ?([AaPp])\.?[Mm]\.?)?)?$/;
const CLOCK = /^(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;
/** What a spreadsheet leaves of a date and time: minutes, seconds and a tenth; the hour is gone. */
const MANGLED = /^\d{1,2}:\d{2}\.\d$/;

export const isMangledTime = (value: string): boolean => MANGLED.test(value.trim());
export const isClockOnly = (value: string): boolean => CLOCK.test(value.trim());
/** True for ISO text that names its zone (Z or an offset): an instant, not a wall clock. */
export const namesZone = (value: string): boolean => ISO.exec(value.trim())?.[8] !== undefined;

function parseIso(value: string): number {
  const match = ISO.exec(value);
  if (match === null) return Number.NaN;
  const day = dayStart(Number(match[1]), Number(match[2]), Number(match[3]));
  const time = match[4] === undefined ? 0 : timeOfDay(match[4], match[5], match[6], match[7], undefined);
  return day + time - offsetMs(match[8]);
}

function parseSlashed(value: string, monthFirst: boolean): number {
  const match = SLASHED.exec(value);
  if (match === null) return Number.NaN;
  const first = Number(match[1]);
  const second = Number(match[2]);
  const day = dayStart(Number(match[3]), monthFirst ? first : second, monthFirst ? second : first);
  const time = match[4] === undefined ? 0 : timeOfDay(match[4], match[5], match[6], match[7], match[8]);
  return day + time;
}

function dayStart(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const ms = Date.UTC(year, month - 1, day);
  // 31 April would silently become 1 May.
  return new Date(ms).getUTCDate() === day ? ms : Number.NaN;
}

function timeOfDay(
  hourText: string | undefined,
  minuteText: string | undefined,
  secondText: string | undefined,
  fraction: string | undefined,
  half: string | undefined,
): number {
  let hour = Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  // 24:00 is midnight at the end of the day in LAQN and AURN exports.
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return Number.NaN;
  const ms = fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000 + 1e-6);
  return (hour * 3600 + minute * 60 + second) * 1000 + ms;
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replaceAll(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) * 60_000;
}

/** What the sample says about the order of slashed dates: from parts above 12. */
export type DateOrder = 'dmy' | 'mdy' | 'ambiguous' | 'contradictory';

export function dateOrderOf(values: readonly string[]): DateOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const value of values) {
    const match = SLASHED.exec(value.trim());
    if (match === null) continue;
    if (Number(match[1]) > 12) dayFirst += 1;
    if (Number(match[2]) > 12) monthFirst += 1;
  }
  if (dayFirst > 0 && monthFirst > 0) return 'contradictory';
  if (dayFirst > 0) return 'dmy';
  return monthFirst > 0 ? 'mdy' : 'ambiguous';
}

const YEAR_1990_MS = 631_152_000_000;
const YEAR_2100_MS = 4_102_444_800_000;

/**
 * The way the times of a column are written, or undefined when they are no times. At least 90 % of the values must
 * agree (a few junk values are row problems, not another format).
 */
export function timeFormatOf(values: readonly string[]): TimeFormat | 'slashed' | 'mangled' | undefined {
  const counts = { iso: 0, slashed: 0, mangled: 0, clock: 0, epochMs: 0 };
  let n = 0;
  for (const raw of values) {
    const value = raw.trim();
    if (value === '') continue;
    n += 1;
    if (ISO.test(value)) counts.iso += 1;
    else if (SLASHED.test(value)) counts.slashed += 1;
    else if (MANGLED.test(value)) counts.mangled += 1;
    else if (CLOCK.test(value)) counts.clock += 1;
    else if (/^\d{12,13}$/.test(value) && Number(value) >= YEAR_1990_MS && Number(value) < YEAR_2100_MS)
      counts.epochMs += 1;
  }
  const enough = n * 0.9;
  if (n === 0) return undefined;
  if (counts.iso >= enough) return 'iso';
  if (counts.slashed >= enough) return 'slashed';
  if (counts.mangled >= enough) return 'mangled';
  if (counts.clock >= enough) return 'clock';
  return counts.epochMs >= enough ? 'epoch-ms' : undefined;
}
