/**
 * Wall clocks of the zones that real files need, from the daylight-saving rules themselves: the engine must not depend
 * on the browser's time-zone database. Rules: US Energy Policy Act of 2005 (from 2007), Uniform Time Act amendments of
 * 1986 (1987-2006) and 1966 (1967-1986); EU directive 2000/84/EC (from 1996; London from 1981 for the spring change).
 * Special years (1974-75 oil crisis, wartime) are not modelled.
 */
export type ZoneName = 'America/New_York' | 'America/Los_Angeles' | 'Europe/London' | 'Europe/Madrid' | 'UTC';

const HOUR = 3_600_000;
const DAY = 86_400_000;

const STANDARD_OFFSET: Readonly<Record<ZoneName, number>> = {
  'America/New_York': -5 * HOUR,
  'America/Los_Angeles': -8 * HOUR,
  'Europe/London': 0,
  'Europe/Madrid': HOUR,
  UTC: 0,
};

/** All zones there are rules for: the values of the choice "timeZone". */
export const zoneNames: readonly ZoneName[] = [
  'America/New_York',
  'America/Los_Angeles',
  'Europe/London',
  'Europe/Madrid',
  'UTC',
];

/** Wall-clock milliseconds (as if UTC) that the zone's clocks show at the instant `utcMs`. */
export function utcToWallClock(utcMs: number, zone: ZoneName): number {
  return utcMs + offsetAt(utcMs, zone);
}

/** The whole array converted; one look at the rules per calendar year, not per value. */
export function utcToWallClocks(instants: Float64Array, zone: ZoneName): Float64Array {
  const out = new Float64Array(instants.length);
  let yearStart = Number.POSITIVE_INFINITY;
  let yearEnd = Number.NEGATIVE_INFINITY;
  let summerStart = 0;
  let summerEnd = 0;
  const standard = STANDARD_OFFSET[zone];
  for (let i = 0; i < instants.length; i += 1) {
    const ms = instants[i] as number;
    if (!(ms >= yearStart && ms < yearEnd)) {
      if (Number.isNaN(ms)) {
        out[i] = ms;
        continue;
      }
      const year = new Date(ms).getUTCFullYear();
      yearStart = Date.UTC(year, 0, 1);
      yearEnd = Date.UTC(year + 1, 0, 1);
      [summerStart, summerEnd] = summerOf(year, zone);
    }
    out[i] = ms + standard + (ms >= summerStart && ms < summerEnd ? HOUR : 0);
  }
  return out;
}

function offsetAt(utcMs: number, zone: ZoneName): number {
  const [start, end] = summerOf(new Date(utcMs).getUTCFullYear(), zone);
  return STANDARD_OFFSET[zone] + (utcMs >= start && utcMs < end ? HOUR : 0);
}

/** First instant and end of daylight-saving time in a year, as UTC milliseconds; equal = none. */
function summerOf(year: number, zone: ZoneName): [number, number] {
  if (zone === 'UTC') return [0, 0];
  if (zone === 'Europe/London' || zone === 'Europe/Madrid') {
    if (year < 1981) return [0, 0];
    const end =
      year >= 1996 ? lastSunday(year, 9) : zone === 'Europe/Madrid' ? lastSunday(year, 8) : fourthSundayOctober(year);
    return [lastSunday(year, 2) + HOUR, end + HOUR];
  }
  if (year < 1967) return [0, 0];
  const standard = STANDARD_OFFSET[zone];
  const twoStandard = 2 * HOUR - standard;
  const twoSummer = HOUR - standard;
  if (year >= 2007) return [nthSunday(year, 2, 2) + twoStandard, nthSunday(year, 10, 1) + twoSummer];
  const start = year >= 1987 ? nthSunday(year, 3, 1) : lastSunday(year, 3);
  return [start + twoStandard, lastSunday(year, 9) + twoSummer];
}

function nthSunday(year: number, month: number, n: number): number {
  const first = Date.UTC(year, month, 1);
  const toSunday = (7 - new Date(first).getUTCDay()) % 7;
  return first + (toSunday + (n - 1) * 7) * DAY;
}

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month + 1, 0);
  return last - new Date(last).getUTCDay() * DAY;
}

/** Before 1996 British summer time ended on the Sunday after the fourth Saturday of October. */
function fourthSundayOctober(year: number): number {
  const first = Date.UTC(year, 9, 1);
  const toSaturday = (6 - new Date(first).getUTCDay() + 7) % 7;
  return first + (toSaturday + 21 + 1) * DAY;
}
