import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/engine/table/table.ts';
import { isValid, columnOf } from '../../src/engine/table/table.ts';
import { generated, mean, quantile, share, uniquePercent, valuesOf } from '../../tools/testing/datasets.ts';
import { MONTH_START } from './descriptor.ts';

/** Percentages of trips unique on (pickup, drop-off) with ever finer time. */
function unicity(table: Table) {
  const pickup = valuesOf(table, 'pickupZone');
  const dropoff = valuesOf(table, 'dropoffZone');
  const time = valuesOf(table, 'pickupTime');
  const pair = (row: number) => (pickup[row] as number) * 265 + (dropoff[row] as number);
  const step = (row: number, minutes: number) => Math.floor(((time[row] as number) - MONTH_START) / (minutes * 60000));
  const within = (minutes: number) => uniquePercent(table.rows, (row) => pair(row) * 50000 + step(row, minutes));
  return {
    pair: () => uniquePercent(table.rows, pair),
    day: () => within(1440),
    hourOfDay: () => uniquePercent(table.rows, (row) => pair(row) * 24 + (step(row, 60) % 24)),
    hour: () => within(60),
    quarter: () => within(15),
    minute: () => within(1),
  };
}

const outside = (value: number, low: number, high: number): number => Math.max(0, low - value, value - high);

describe('synthetic yellow trips', () => {
  // Tolerances of the specification (2 points around the range of six real months). The figures vary between seeds by
  // a standard deviation of about 0.4 points and lie at least 1 point inside, so a false alarm is rarer than 1 in 100.
  test.each([1, 2, 3])('are as unique as real ones in 10,000 (seed %i)', async (seed) => {
    const { table } = await generated('nyc-taxi', 10000, seed);
    const found = unicity(table);
    expect(outside(found.pair(), 13.3, 14.1)).toBeLessThanOrEqual(2);
    expect(outside(found.day(), 75.6, 79.9)).toBeLessThanOrEqual(2);
    expect(outside(found.hourOfDay(), 66.8, 70.3)).toBeLessThanOrEqual(2);
    expect(outside(found.hour(), 98.0, 98.6)).toBeLessThanOrEqual(2);
  });

  // Modelled curve of calibration/unicity.json: day, hour, 15 minutes, minute.
  test.each([
    [20000, 65.95, 96.98, 99.22, 99.95],
    [100000, 29.08, 86.92, 96.27, 99.74],
    [1000000, 5.89, 43.06, 73.44, 97.47],
  ])(
    'follow the modelled uniqueness of a month at %i trips',
    async (rows, day, hour, quarter, minute) => {
      const { table } = await generated('nyc-taxi', rows);
      const found = unicity(table);
      expect(Math.abs(found.hour() - hour)).toBeLessThan(4);
      expect(Math.abs(found.day() - day)).toBeLessThan(2);
      expect(Math.abs(found.quarter() - quarter)).toBeLessThan(2);
      expect(Math.abs(found.minute() - minute)).toBeLessThan(1);
      // A million rows are sorted four times: seconds alone, more beside other work.
    },
    180_000,
  );

  test('carry distances, fares, tips and errors at their measured rates', async () => {
    const rows = 100000;
    const { table } = await generated('nyc-taxi', rows);
    const [pickup, dropoff] = [valuesOf(table, 'pickupZone'), valuesOf(table, 'dropoffZone')];
    const [start, stop] = [valuesOf(table, 'pickupTime'), valuesOf(table, 'dropoffTime')];
    const [fare, tip, total] = [valuesOf(table, 'fare'), valuesOf(table, 'tip'), valuesOf(table, 'total')];
    const [miles, payment] = [valuesOf(table, 'distanceMiles'), valuesOf(table, 'payment')];
    const passengers = columnOf(table, 'passengers');
    const counts = valuesOf(table, 'passengers');
    const unknown = share(rows, (i) => (pickup[i] as number) > 262 || (dropoff[i] as number) > 262);
    expect(unknown).toBeGreaterThan(0.005);
    expect(unknown).toBeLessThan(0.02);
    // Shares: four standard deviations of a binomial share (false alarm 1 in 15,000 each).
    const near = (found: number, p: number) =>
      expect(Math.abs(found - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / rows) + 1e-4);
    near(
      share(rows, (i) => (fare[i] as number) < 0),
      0.001283,
    );
    near(
      share(rows, (i) => miles[i] === 0),
      0.007892,
    );
    near(
      share(rows, (i) => (stop[i] as number) - (start[i] as number) > 72000000),
      0.002121,
    );
    near(
      share(rows, (i) => (stop[i] as number) <= (start[i] as number)),
      0.000833,
    );
    near(
      share(rows, (i) => !isValid(passengers, i)),
      0.00155,
    );
    near(
      share(rows, (i) => counts[i] === 0 && isValid(passengers, i)),
      0.01884,
    );
    near(
      share(rows, (i) => payment[i] === 0),
      0.70681 * (1 - 0.00155 - 0.0012),
    );
    const rounded = share(
      rows,
      (i) =>
        payment[i] === 0 && Math.abs((tip[i] as number) / ((total[i] as number) - (tip[i] as number)) - 0.2) < 0.002,
    );
    expect(rounded / 0.705).toBeGreaterThan(0.48);
    expect(rounded / 0.705).toBeLessThan(0.58);
    // Quantiles of real trips; 15 % (fares step by half dollars).
    const close = (found: number, real: number) => expect(Math.abs(found / real - 1)).toBeLessThan(0.15);
    for (const [p, real] of [
      [0.25, 1],
      [0.5, 1.64],
      [0.75, 3.04],
      [0.95, 11],
    ] as const)
      close(quantile(miles, p), real);
    for (const [p, real] of [
      [0.25, 6.5],
      [0.5, 9.5],
      [0.75, 14.5],
      [0.95, 36.5],
    ] as const)
      close(quantile(fare, p), real);
    const seconds = Float64Array.from(start, (ms, i) => ((stop[i] as number) - (ms as number)) / 1000);
    for (const [p, real] of [
      [0.25, 406],
      [0.5, 676],
      [0.75, 1108],
      [0.95, 2210],
    ] as const)
      close(quantile(seconds, p), real);
  });

  test('give travellers to trips without changing any trip', async () => {
    const few = await generated('nyc-taxi', 5000, 1, { tripsPerTraveller: 20, anchorPercent: 100 });
    const many = await generated('nyc-taxi', 5000, 1, { tripsPerTraveller: 2, anchorPercent: 0 });
    for (const name of ['pickupZone', 'dropoffZone', 'pickupTime', 'fare', 'total']) {
      expect(valuesOf(few.table, name)).toEqual(valuesOf(many.table, name));
    }
    const trips = (table: Table) => table.rows / new Set(Array.from(valuesOf(table, 'traveller'))).size;
    expect(trips(few.table)).toBeGreaterThan(15);
    expect(trips(many.table)).toBeLessThan(2.6);
    expect(mean(valuesOf(few.table, 'traveller'))).toBeGreaterThan(1);
  });
});

const sample = resolve(process.env['EPSILON_ROOT'] ?? '..', 'shared/data/nyc/yellow_sample_2019-10.csv');
if (!existsSync(sample)) process.stdout.write('skipped 1 test: no real taxi sample beside the repository\n');
test.skipIf(!existsSync(sample))('pickups spread over zones as in a real month', async () => {
  const lines = readFileSync(sample, 'utf8').trim().split(/\r?\n/).slice(1);
  const real = new Float64Array(265);
  for (const line of lines) {
    const zone = Number(line.split(',')[7]) - 1;
    real[zone] = (real[zone] as number) + 1 / lines.length;
  }
  const { table } = await generated('nyc-taxi', 100000);
  const ours = new Float64Array(265);
  for (const zone of Array.from(valuesOf(table, 'pickupZone'))) ours[zone] = (ours[zone] as number) + 1 / table.rows;
  let variation = 0;
  for (let zone = 0; zone < 265; zone += 1) variation += Math.abs((real[zone] as number) - (ours[zone] as number)) / 2;
  // Two real months of 10,000 trips differ by 0.063.
  expect(variation).toBeLessThan(0.075);
});
