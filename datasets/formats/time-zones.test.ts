import { describe, expect, it } from 'vitest';
import { utcToWallClock, utcToWallClocks, type ZoneName } from './time-zones.ts';

/** The platform's own zone database as oracle. */
function oracleOf(zone: ZoneName): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return (ms) => {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  };
}

describe('wall clocks', () => {
  it.each(['America/New_York', 'America/Los_Angeles', 'Europe/London', 'Europe/Madrid'] as const)(
    '%s agrees with the zone database on every 97th hour of 1998 to 2030',
    (zone) => {
      const oracle = oracleOf(zone);
      for (let ms = Date.UTC(1998, 0, 1); ms < Date.UTC(2030, 0, 1); ms += 97 * 3_600_000) {
        if (utcToWallClock(ms, zone) !== oracle(ms)) expect.fail(`${zone} at ${new Date(ms).toISOString()}`);
      }
    },
  );

  it('clocks change at two in the morning', () => {
    const before = Date.UTC(2019, 2, 10, 6, 59, 59);
    const [a, b] = utcToWallClocks(Float64Array.of(before, before + 1000), 'America/New_York');
    expect(new Date(a as number).toISOString()).toBe('2019-03-10T01:59:59.000Z');
    expect(new Date(b as number).toISOString()).toBe('2019-03-10T03:00:00.000Z');
  });
});
