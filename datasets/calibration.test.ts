import { describe, expect, test } from 'vitest';
import { columnOf, isValid, type Table } from '../src/engine/table/table.ts';
import { fileAsset, generated, mean, quantile, share, valuesOf } from '../tools/testing/datasets.ts';
import { generators } from './generators.ts';
import { readJson } from './kit.ts';
import { weekdayOf } from './sampling.ts';

/** Facts of a dataset as its generator gets them. */
async function factsOf<T>(id: string, name: string): Promise<T> {
  const load = generators[id] as NonNullable<(typeof generators)[string]>;
  return (await readJson((await load()).dataset.facts[name] as URL, fileAsset)) as T;
}

/** Values of the rows that have one and satisfy `holds`. */
function known(table: Table, name: string, holds: (row: number) => boolean = () => true): number[] {
  const column = columnOf(table, name);
  const values = valuesOf(table, name);
  return Array.from(values).filter((_, row) => isValid(column, row) && holds(row));
}

const within = (found: number, expected: number, tolerance: number, what = '') =>
  expect(Math.abs(found - expected), `${what} ${found} near ${expected}`).toBeLessThan(tolerance);

describe('nyc-bikes', () => {
  test('reproduces users, ages, stations, distances and times of real rides', async () => {
    const { table } = await generated('nyc-bikes', 100000);
    const rows = table.rows;
    const facts = await factsOf<{ durationSubscriber: number[]; durationCustomer: number[]; crowKm: number[] }>(
      'nyc-bikes',
      'rides',
    );
    const { stations } = await factsOf<{ stations: [number, string, number, number, number, number][] }>(
      'nyc-bikes',
      'stations',
    );
    const type = valuesOf(table, 'userType');
    const gender = valuesOf(table, 'gender');
    // Binomial shares: four standard deviations (false alarm 1 in 15,000 each); those of riders vary about three times
    // as much, because eight rides share one rider.
    within(
      share(rows, (i) => type[i] === 0),
      0.8759,
      0.005,
    );
    within(share(rows, (i) => type[i] === 0 && gender[i] === 1) / 0.8759, 0.768, 0.02);
    const birth = columnOf(table, 'birthYear');
    const years = valuesOf(table, 'birthYear');
    within(
      share(rows, (i) => years[i] === 1969 && gender[i] === 0),
      0.096,
      0.006,
    );
    within(
      share(rows, (i) => !isValid(birth, i)),
      0.1241 - 0.096,
      0.006,
    );
    const ages = known(table, 'birthYear', (i) => type[i] === 0).map((year) => 2014 - year);
    within(quantile(ages, 0.5), 36, 1.5);
    const start = valuesOf(table, 'startStation');
    const busy = stations.reduce((best, station, i) => (station[4] > (stations[best]?.[4] ?? 0) ? i : best), 0);
    within(
      share(rows, (i) => start[i] === busy),
      stations[busy]?.[4] ?? 0,
      0.002,
    );
    const end = valuesOf(table, 'endStation');
    within(
      share(rows, (i) => start[i] === end[i]),
      0.0241,
      0.002,
    );
    const seconds = valuesOf(table, 'durationSeconds');
    const subscribers = Array.from(seconds).filter((_, i) => type[i] === 0);
    const customers = Array.from(seconds).filter((_, i) => type[i] === 1);
    // Durations follow from distance and speed drawn apart, so 15 % on the middle quantiles.
    for (const [p, at] of [
      [0.25, 3],
      [0.5, 4],
      [0.75, 5],
    ] as const) {
      within(quantile(subscribers, p) / (facts.durationSubscriber[at] as number), 1, 0.15, `subscriber ${p}`);
      within(quantile(customers, p) / (facts.durationCustomer[at] as number), 1, 0.2, `customer ${p}`);
    }
  });
});

describe('nyc-speeds', () => {
  test('keeps the mean of each link and hour, and the share of missing readings', async () => {
    const { table } = await generated('nyc-speeds', 139 * 24 * 28);
    const { links } = await factsOf<{ links: [number[], number[], number, number][] }>('nyc-speeds', 'speeds');
    const [link, time] = [valuesOf(table, 'link'), valuesOf(table, 'time')];
    const errors: number[] = [];
    for (let l = 0; l < links.length; l += 7) {
      const at8 = (i: number) =>
        link[i] === l && ((time[i] as number) / 3600000) % 24 === 8 && weekdayOf(time[i] as number) < 5;
      const speeds = known(table, 'speedMph', at8);
      if (speeds.length > 8) errors.push(mean(speeds) - (links[l]?.[0][8] ?? 0));
    }
    // Mean error over 20 links of about 17 readings with a spread of 8 mph: standard deviation 0.5 mph, four of them;
    // speeds cut at zero raise slow links a little.
    within(mean(errors), 0, 2);
    const missing = 1 - known(table, 'speedMph').length / table.rows;
    within(missing, mean(links.map((one) => one[3])), 0.02);
  });
});

describe('santander', () => {
  test('half of the environment nodes are silent and some thermometers are broken', async () => {
    const { table } = await generated('santander-environment', 651 * 24);
    const time = valuesOf(table, 'time');
    const first = time[0] as number;
    const rowsAt = (hour: number) => (i: number) => (time[i] as number) === first + hour * 3600000;
    within(known(table, 'batteryPercent', rowsAt(15)).length, 651 - 332, 4);
    const warmth = known(table, 'temperatureC', rowsAt(15));
    const broken = warmth.filter((value) => value > 45 || value < -10).length;
    // 70 of 592 thermometers, of which about half are silent: binomial, four standard deviations.
    within(broken / warmth.length, 70 / 592, 4 * Math.sqrt((0.118 * 0.882) / warmth.length));
    const sane = warmth.filter((value) => value <= 45 && value >= -10);
    within(quantile(sane, 0.5), 16.5, 1);
  });

  test('traffic readings are mostly multiples of 60, with the measured level and zeros at the hour of the snapshot', async () => {
    const { table } = await generated('santander-traffic', 482 * 48);
    const [time, count] = [valuesOf(table, 'time'), valuesOf(table, 'vehiclesPerHour')];
    const first = time[0] as number;
    const snapshot = known(table, 'vehiclesPerHour', (i) => (time[i] as number) === first + 44 * 3600000);
    within(
      share(table.rows, (i) => (count[i] as number) % 60 === 0),
      0.92,
      0.05,
    );
    // Median of 482 lognormal levels (sigma 0.93): standard deviation about 5 %, four of them; quantized by 60.
    within(quantile(snapshot, 0.5), 300, 75);
    expect(snapshot.filter((value) => value === 0).length / snapshot.length).toBeGreaterThan(0.08);
    expect(snapshot.filter((value) => value === 0).length / snapshot.length).toBeLessThan(0.25);
  });

  test('car parks fill as the stand-in does', async () => {
    const { table } = await generated('santander-parking', 200000);
    const { garages } = await factsOf<{ garages: { weekday: number[] }[] }>('santander-parking', 'parking');
    const [park, time] = [valuesOf(table, 'carPark'), valuesOf(table, 'arrival')];
    const noon = (i: number) =>
      park[i] === 0 && Math.floor((time[i] as number) / 3600000) % 24 === 13 && weekdayOf(time[i] as number) < 5;
    // Twenty weekdays of noise with standard deviation 0.11 and long memory: 0.024 a mean, four of them.
    within(mean(known(table, 'occupancy', noon)), garages[0]?.weekday[13] ?? 0, 0.1);
  });

  test('households use as much as the stand-in on average', async () => {
    const { table } = await generated('santander-energy', 336 * 500, 1, { householdSpread: 0 });
    const { household } = await factsOf<{
      household: {
        weekday_half_hour_mean: number[];
        weekend_half_hour_mean: number[];
        month_factor: Record<string, number>;
      };
    }>('santander-energy', 'energy');
    const week = (5 * mean(household.weekday_half_hour_mean) + 2 * mean(household.weekend_half_hour_mean)) / 7;
    // 168,000 readings with a coefficient of variation of about 0.8: 0.5 % with their memory; 3 %.
    within(mean(valuesOf(table, 'kwh')) / (week * (household.month_factor['3'] ?? 1)), 1, 0.03);
  });
});

describe('london', () => {
  test('air at the measured sites has their means; a street canyon ignores the wind', async () => {
    const { table } = await generated('london-air', 423 * 24 * 60);
    const { series } = await factsOf<{
      series: {
        site: string;
        pollutant: string;
        hour_mean_weekday_sat_sun: number[][];
        month_factor: Record<string, number>;
      }[];
    }>('london-air', 'air');
    const site = columnOf(table, 'site') as { levels: readonly string[]; codes: ArrayLike<number> };
    for (const code of ['BL0', 'KC1', 'MY1']) {
      const at = site.levels.indexOf(code);
      const found = mean(known(table, 'no2', (i) => site.codes[i] === at));
      const law = series.find((one) => one.site === code && one.pollutant === 'NO2');
      const [weekday, saturday, sunday] = (law?.hour_mean_weekday_sat_sun ?? []).map((hours) => mean(hours)) as [
        number,
        number,
        number,
      ];
      const season = ((law?.month_factor['1'] ?? 1) + (law?.month_factor['2'] ?? 1)) / 2;
      // Sixty days with a memory of about 20 hours: 70 independent values of spread 0.45, 5 % a mean, four of them.
      within(found / (((5 * weekday + saturday + sunday) / 7) * season), 1, 0.22, code);
    }
    const correlation = (code: string) => {
      const at = site.levels.indexOf(code);
      const rows = Array.from({ length: table.rows }, (_, i) => i).filter(
        (i) => site.codes[i] === at && isValid(columnOf(table, 'nox'), i),
      );
      const x = rows.map((i) => valuesOf(table, 'windSpeed')[i] as number);
      const y = rows.map((i) => Math.log(1 + (valuesOf(table, 'nox')[i] as number)));
      const [mx, my] = [mean(x), mean(y)];
      const dot = (a: number[], ma: number, b: number[], mb: number) =>
        a.reduce((sum, v, i) => sum + (v - ma) * ((b[i] as number) - mb), 0);
      return dot(x, mx, y, my) / Math.sqrt(dot(x, mx, x, mx) * dot(y, my, y, my));
    };
    expect(correlation('BL0')).toBeLessThan(-0.2);
    expect(Math.abs(correlation('MY1'))).toBeLessThan(0.35);
  });

  test('weather has the temperature of the month and the spread of humidity', async () => {
    const { table } = await generated('london-weather', 33 * 24 * 365);
    const facts = await factsOf<{ temperature_month_hour_mean: number[][]; humidity: { quantiles_5_50_95: number[] } }>(
      'london-weather',
      'weather',
    );
    // A year with a memory of about 75 hours: 58 independent values of spread 3.3, 0.44 degrees a mean, four of them.
    within(mean(valuesOf(table, 'temperatureC')), mean(facts.temperature_month_hour_mean.flat()), 1.8);
    within(quantile(valuesOf(table, 'humidity'), 0.5), facts.humidity.quantiles_5_50_95[1] ?? 0, 0.05);
  });
});

test('city departments share persons: most people appear in more than one', async () => {
  const { table } = await generated('city-departments', 20000);
  const [person, department, district] = [
    valuesOf(table, 'person'),
    valuesOf(table, 'department'),
    valuesOf(table, 'homeDistrict'),
  ];
  const seen = new Map<number, Set<number>>();
  const home = new Map<number, number>();
  for (let i = 0; i < table.rows; i += 1) {
    const key = person[i] as number;
    seen.set(key, (seen.get(key) ?? new Set()).add(department[i] as number));
    expect(home.get(key) ?? district[i]).toBe(district[i]);
    home.set(key, district[i] as number);
  }
  const joined = Array.from(seen.values()).filter((departments) => departments.size > 1).length;
  expect(joined / seen.size).toBeGreaterThan(0.6);
});
