import { existsSync, openAsBlob } from 'node:fs';
import { readFile as readBytes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';
import { quietContext } from '../../src/engine/kit/context.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { columnOf, isValid } from '../../src/engine/table/table.ts';
import { loadPlaces } from '../places.ts';
import { readFile } from './intake.ts';

const data = join(process.env.EPSILON_ROOT ?? '..', 'shared', 'data');
const present = existsSync(join(data, 'PROVENANCE.md'));
if (!present) console.log('real files: shared/data is absent, 60 files not tested');

const asset = async (url: URL): Promise<Uint8Array> => new Uint8Array(await readBytes(fileURLToPath(url)));
const read = async (path: string, choices: Record<string, string> = {}, limit?: number): Promise<LoadedDataset> =>
  readFile(path.slice(path.lastIndexOf('/') + 1), await openAsBlob(join(data, path)), {
    ctx: { ...quietContext(seededRng(1)), asset },
    choices,
    limit,
    placesOf: (id) => loadPlaces(id, asset),
  });
const missing = (dataset: LoadedDataset, name: string): number => {
  const column = columnOf(dataset.table, name);
  let count = 0;
  for (let i = 0; i < dataset.table.rows; i += 1) count += isValid(column, i) ? 0 : 1;
  return count;
};
const time = (dataset: LoadedDataset, name: string, row: number): string => {
  const column = columnOf(dataset.table, name);
  return column.kind === 'time' ? new Date(column.values[row] as number).toISOString() : '';
};
const said = (dataset: LoadedDataset): string => dataset.report.decisions.map((decision) => decision.en).join('\n');

/** File, format and rows as PROVENANCE.md counts them. */
const FILES: readonly (readonly [string, string, number])[] = [
  ['nyc/yellow_sample_2018_12months.csv', 'TLC trip records', 120_000],
  ['nyc/yellow_sample_2019-01.csv', 'TLC trip records', 10_000],
  ['nyc/yellow_sample_2019-02.csv', 'TLC trip records', 10_000],
  ['nyc/yellow_sample_2019-03.csv', 'TLC trip records', 10_000],
  ['nyc/yellow_sample_2019-05.csv', 'TLC trip records', 10_000],
  ['nyc/yellow_sample_2019-08.csv', 'TLC trip records', 10_000],
  ['nyc/yellow_sample_2019-10.csv', 'TLC trip records', 10_000],
  ['nyc/yellow_sample_2020-04.csv', 'TLC trip records', 10_000],
  ['nyc/yellow_mixed_header_7500_2019-01.csv', 'TLC trip records', 7_500],
  ['nyc/yellow_sample_2021_extra_column.csv', 'TLC trip records', 1_000],
  ['nyc/yellow_2015-01_webmercator.csv', 'TLC trip records', 7_000],
  ['nyc/yellow_2016-01_lonlat.csv', 'TLC trip records', 7_000],
  ['nyc/green_2016-01_lonlat.csv', 'TLC trip records', 7_000],
  ['nyc/green_tripdata_2013-08.csv', 'TLC trip records', 7_623],
  ['nyc/green_tripdata_2025-11.parquet', 'TLC trip records', 46_912],
  ['nyc/taxi_zone_lookup.csv', 'TLC taxi zone lookup', 265],
  ['nyc/taxi_zone_lookup.parquet', 'TLC taxi zone lookup', 265],
  ['nyc/citibike_2013-2014_epochms.csv', 'Citi Bike trip history until 2021', 14_000],
  ['nyc/JC-202003-citibike-tripdata.csv', 'Citi Bike trip history until 2021', 17_719],
  ['nyc/JC-202004-citibike-tripdata.csv', 'Citi Bike trip history until 2021', 9_268],
  ['nyc/JC-202102-citibike-tripdata.csv', 'Citi Bike trip history from 2021', 4_881],
  ['nyc/citibike_2024-09_new.csv', 'Citi Bike trip history from 2021', 7_000],
  ['nyc/dot_traffic_speeds_2019-03-21.csv', 'NYC DOT traffic speeds', 8_941],
  ['nyc/dot_traffic_speeds_2019-03-19_trailing_commas.csv', 'NYC DOT traffic speeds', 1_810],
  ['nyc/dot_speeds_2019-05-07_open_data_header.csv', 'NYC DOT traffic speeds', 12_946],
  ['nyc/dot_speeds_week_2019-05-06.parquet', 'NYC DOT traffic speeds', 234_262],
  ['nyc/dot_speeds_spark_part-00022.parquet', 'NYC DOT traffic speeds', 307_165],
  ['santander/sensores_smart_env_monitoring_2016-04-11.json', 'Santander environmental sensors', 456],
  ['santander/mediciones_trafico_2021-06-01.json', 'Santander traffic loops', 338],
  ['santander/traffic_sensor_locations.csv', 'Santander traffic loop positions', 299],
  ['santander/aarhus_parking_substitute.csv', 'Aarhus parking garages (CityPulse)', 36_944],
  ['santander/organicity_ngsi_v2_examples.json', 'NGSI v2 entities', 4],
  ['london/LaqnData_BL0_2018_hourly.csv', 'London Air export', 43_800],
  ['london/LaqnData_GN3_2011_daily.csv', 'London Air export', 21_918],
  ['london/LaqnData_BL0_2020_daily_provisional.csv', 'London Air export', 186],
  ['london/laqn_sites.csv', 'London Air monitoring sites', 988],
  ['london/openair_marylebone_1998-2001.csv', 'openair table', 35_064],
  ['london/openair_aurn_2009_3sites.csv', 'openair table', 26_280],
  ['london/weather_hourly_darksky.csv', 'hourly weather (Dark Sky)', 14_592],
  ['london/lcl_smart_meter_MAC000002.csv', 'Low Carbon London smart meters', 15_512],
  ['london/erg_api_RawAQData_MY1_NO_2022-12-10.json', 'London Air export', 24],
];

const HEADS = [
  ['fhv_tripdata_2015-01', 'fhv', '2015-01 to 2016-12'],
  ['fhv_tripdata_2017-01', 'fhv', '2017-01 to 2017-06'],
  ['fhv_tripdata_2017-07', 'fhv', '2017-07 to 2017-12'],
  ['fhv_tripdata_2018-01', 'fhv', '2018-01 to 2018-12'],
  ['fhv_tripdata_2019-01', 'fhv', '2019-01 to 2020-06'],
  ['fhvhv_tripdata_2019-02', 'fhvhv', '2019-02 to 2020-06'],
  ['green_tripdata_2013-08', 'green', '2013-08 to 2014-12'],
  ['green_tripdata_2015-01', 'green', '2015-01 to 2015-12'],
  ['green_tripdata_2016-01', 'green', '2016-01 to 2016-06'],
  ['green_tripdata_2016-07', 'green', '2016-07 to 2018-12'],
  ['green_tripdata_2019-01', 'green', '2019-01 to 2020-06'],
  ['yellow_tripdata_2009-01', 'yellow', '2009-01 to 2009-12'],
  ['yellow_tripdata_2010-01', 'yellow', '2010-01 to 2013-12'],
  ['yellow_tripdata_2014-01', 'yellow', '2014-01 to 2014-12'],
  ['yellow_tripdata_2015-01', 'yellow', '2015-01 to 2015-06'],
  ['yellow_tripdata_2015-07', 'yellow', '2015-07 to 2016-06'],
  ['yellow_tripdata_2016-07', 'yellow', '2016-07 to 2016-12'],
  ['yellow_tripdata_2017-01', 'yellow', '2017-01 to 2018-12'],
  ['yellow_tripdata_2019-01', 'yellow', '2019-01 to 2020-06'],
] as const;

describe.skipIf(!present)('real files', () => {
  it.each(FILES)('%s is recognised and all rows are kept', async (path, format, rows) => {
    const dataset = await read(path);
    expect(dataset.report.format).toBe(format);
    expect([dataset.report.rowsRead, dataset.report.rowsKept, dataset.table.rows]).toEqual([rows, rows, rows]);
    expect(dataset.report.problems).toEqual([]);
    expect(dataset.descriptor.origin).toBe('real');
    expect(dataset.descriptor.columns.map((column) => column.name)).toEqual(
      dataset.table.columns.map((column) => column.name),
    );
  });

  it.each(HEADS)(
    'the header of %s is one of the 19 generations; its cut last line is left out',
    async (name, service, months) => {
      const dataset = await read(`nyc/tlc-heads/${name}.csv`);
      expect(dataset.descriptor.id).toBe(`tlc-${service}`);
      expect(said(dataset)).toContain(months);
      expect(dataset.report.problems).toEqual([]);
      expect(dataset.report.rowsKept).toBeGreaterThanOrEqual(3);
      expect(dataset.report.warnings.map((warning) => warning.message).join()).toContain('cut off');
    },
  );

  it('green 2013-08: blank second line, 22 fields under 20 names, 0,0 coordinates', async () => {
    const dataset = await read('nyc/green_tripdata_2013-08.csv');
    expect(said(dataset)).toContain('1 blank line');
    expect(said(dataset)).toContain('7623 rows have more fields');
    expect(missing(dataset, 'pickupLon')).toBe(534);
    expect(dataset.places?.places).toHaveLength(265);
  });

  it('Web Mercator coordinates become zones of New York', async () => {
    const dataset = await read('nyc/yellow_2015-01_webmercator.csv');
    const lon = columnOf(dataset.table, 'pickupLon');
    expect(lon.kind === 'number' && lon.values[0]).toBeCloseTo(-73.965, 2);
    const zone = columnOf(dataset.table, 'pickupZone');
    const unknown = zone.kind === 'category' ? zone.codes.filter((code) => code === 263).length : -1;
    expect(unknown / 7000).toBeLessThan(0.005);
  });

  it('a foreign column of a TLC file is kept and named', async () => {
    const dataset = await read('nyc/yellow_sample_2021_extra_column.csv');
    expect(said(dataset)).toContain('"test_bool" is not a TLC column');
    expect(columnOf(dataset.table, 'test_bool').kind).toBe('category');
  });

  it('green 2025-11 Parquet: nullable counts, an empty column, naive local times', async () => {
    const dataset = await read('nyc/green_tripdata_2025-11.parquet');
    expect(missing(dataset, 'passengers')).toBe(5569);
    expect(missing(dataset, 'ehailFee')).toBe(46_912);
    expect(time(dataset, 'pickupTime', 0)).toBe('2025-11-01T00:34:48.000Z');
  });

  it('"NA" is the name of zone 265 in the CSV lookup and lost in the Parquet copy', async () => {
    const csv = await read('nyc/taxi_zone_lookup.csv');
    const zone = columnOf(csv.table, 'zone');
    expect(zone.kind === 'category' && zone.levels[zone.codes[264] as number]).toBe('NA');
    expect(missing(csv, 'zone')).toBe(0);
    const parquet = await read('nyc/taxi_zone_lookup.parquet');
    expect(missing(parquet, 'zone')).toBe(1);
    expect(missing(parquet, 'serviceZone')).toBe(2);
  });

  it('epoch milliseconds of Citi Bike are put on the clock by the Pacific offset', async () => {
    const dataset = await read('nyc/citibike_2013-2014_epochms.csv');
    expect(time(dataset, 'startTime', 0)).toBe('2013-07-01T00:53:26.000Z');
    const other = await read('nyc/citibike_2013-2014_epochms.csv', { timeZone: 'America/New_York' }, 5);
    expect(time(other, 'startTime', 0)).toBe('2013-07-01T03:53:26.000Z');
    expect(other.table.rows).toBe(5);
  });

  it('station ids of the new schema stay text', async () => {
    const dataset = await read('nyc/citibike_2024-09_new.csv');
    const station = columnOf(dataset.table, 'startStation');
    expect(station.kind === 'category' && station.levels).toContain('6170.02');
    expect(dataset.places?.places.find((place) => place.id === '6170.02')?.label).toBe('Vernon Blvd & 50 Ave');
    expect(time(dataset, 'startTime', 0)).toBe('2024-09-06T16:30:38.511Z');
  });

  it('birth year 1969 without a gender counts as not given', async () => {
    expect(missing(await read('nyc/JC-202003-citibike-tripdata.csv'), 'birthYear')).toBe(1321);
  });

  it('DOT Spark Parquet is UTC: at -4 h it agrees with the New York CSV', async () => {
    const csv = await read('nyc/dot_traffic_speeds_2019-03-21.csv');
    expect(time(csv, 'time', 0)).toBe('2019-03-21T11:18:12.000Z');
    const spark = await read('nyc/dot_speeds_spark_part-00022.parquet', {}, 5000);
    expect(time(spark, 'time', 0)).toBe('2019-05-18T04:18:03.000Z');
    expect(said(spark)).toContain('America/New_York');
  });

  it('DOT status -101 makes speeds missing', async () => {
    const dataset = await read('nyc/dot_speeds_2019-05-07_open_data_header.csv');
    expect(missing(dataset, 'speedMph')).toBe(1557);
  });

  it('times a spreadsheet destroyed are refused, clock times need a day', async () => {
    await expect(read('nyc/citibike_excel_mangled_JC-202001.csv')).rejects.toMatchObject({ code: 'invalid-data' });
    await expect(read('santander/aarhus_parking_excel_mangled.csv')).rejects.toMatchObject({
      remedy: expect.stringContaining('without opening it in a spreadsheet'),
    });
    await expect(read('nyc/dot_traffic_speeds_time_only.csv')).rejects.toMatchObject({
      remedy: expect.stringContaining('date'),
    });
    const dated = await read('nyc/dot_traffic_speeds_time_only.csv', { date: '2019-03-22' });
    expect(dated.table.rows).toBe(234);
    expect(time(dated, 'time', 0)).toBe('2019-03-22T11:38:12.000Z');
  });

  it('Santander: sentinels and impossible values are missing, Z times are on the local clock', async () => {
    const dataset = await read('santander/sensores_smart_env_monitoring_2016-04-11.json');
    expect(time(dataset, 'time', 0)).toBe('2016-04-11T15:24:19.000Z');
    const temperature = columnOf(dataset.table, 'temperatureC');
    if (temperature.kind !== 'number') throw new Error('temperature is no number');
    for (let i = 0; i < dataset.table.rows; i += 1)
      if (isValid(temperature, i)) expect(Math.abs(temperature.values[i] as number)).toBeLessThanOrEqual(55);
    const traffic = await read('santander/mediciones_trafico_2021-06-01.json');
    expect(traffic.places?.places.filter((place) => place.lon !== undefined)).toHaveLength(204);
  });

  it('NGSI geo:point is lon,lat', async () => {
    const dataset = await read('santander/organicity_ngsi_v2_examples.json');
    expect(dataset.places?.places[0]).toMatchObject({ lon: -3.82782, lat: 43.45135 });
  });

  it('LAQN: day first, gaps, one spelling of units; Dark Sky: month first', async () => {
    const laqn = await read('london/LaqnData_GN3_2011_daily.csv');
    expect(time(laqn, 'time', 1)).toBe('2011-01-02T00:00:00.000Z');
    const unit = columnOf(laqn.table, 'unit');
    expect(unit.kind === 'category' && [...unit.levels].sort()).toEqual(['ug/m3', 'ug/m3 as NO2']);
    const provisional = await read('london/LaqnData_BL0_2020_daily_provisional.csv');
    const ratified = columnOf(provisional.table, 'ratified');
    expect(ratified.kind === 'category' && ratified.levels).toEqual(['provisional']);
    const weather = await read('london/weather_hourly_darksky.csv');
    expect(said(weather)).toContain('month first');
    expect(missing(weather, 'pressureHpa')).toBe(4);
  });

  it('openair: NA is missing, negative particulates are kept', async () => {
    const marylebone = await read('london/openair_marylebone_1998-2001.csv');
    expect(time(marylebone, 'time', 24)).toBe('1998-01-02T00:00:00.000Z');
    expect(missing(marylebone, 'no2')).toBeGreaterThan(0);
    expect(said(await read('london/openair_aurn_2009_3sites.csv'))).toContain('below zero');
  });

  it('laqn_sites is semicolon-separated and partly outside London', async () => {
    const dataset = await read('london/laqn_sites.csv');
    expect(said(dataset)).toContain('26 none');
    expect(missing(dataset, 'lon')).toBe(26);
  });

  it('Low Carbon London: padded values, 11 repeated stamps, 1 off the grid', async () => {
    const dataset = await read('london/lcl_smart_meter_MAC000002.csv');
    expect(said(dataset)).toContain('11 readings repeat');
    expect(said(dataset)).toContain('1 readings lie off');
    expect(dataset.descriptor.parts.entity).toBe('household');
  });
});
