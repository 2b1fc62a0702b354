import type { DatasetDescriptor, LoadedDataset } from '../kit/dataset.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { seededRng } from '../rng/rng.ts';
import { type Column, makeTable } from '../table/table.ts';

/** Zones of very different size in three districts; trips whose length drives the fare. For the tests of several families. */
export function testCity(rows: number, seed = 1): TableRelease {
  const rng = seededRng(`test-city/${seed}`);
  const zones = ['Z1', 'Z2', 'Z3', 'Z4', 'Z5', 'Z6', 'Z7', 'Z8'];
  const codes = Uint8Array.from({ length: rows }, () => Math.min(rng.int(8), rng.int(8)));
  const distance = Float64Array.from({ length: rows }, () => 10 * rng.uniform());
  return cityOf([
    { name: 'zone', kind: 'category', codes, levels: zones },
    {
      name: 'when',
      kind: 'time',
      zone: 'local',
      values: Float64Array.from({ length: rows }, () => 1_546_300_800_000 + 60_000 * rng.int(43_200)),
    },
    { name: 'distance', kind: 'number', values: distance },
    { name: 'fare', kind: 'number', values: distance.map((d) => 3 + 2.5 * d + 6 * rng.uniform()) },
    { name: 'who', kind: 'integer', values: Uint32Array.from({ length: rows }, (_, i) => i >> 1) },
  ]);
}

/** A release of those columns by a city that knows zones Z1..Z8; columns may be missing, constant or null. */
export function cityOf(columns: readonly Column[]): TableRelease {
  const table = makeTable(columns);
  const descriptor: DatasetDescriptor = {
    id: 'test-city',
    city: 'nyc',
    label: text('Test city'),
    summary: text('A test'),
    origin: 'synthetic',
    calibration: text('none'),
    licence: 'none',
    source: 'none',
    portal: { url: '', label: text('none') },
    rowUnit: 'trip',
    privacyUnit: 'traveller',
    columns: [
      {
        name: 'zone',
        label: text('Zone'),
        type: 'category',
        role: 'quasi-identifier',
        sensitivity: 'high',
        ladder: { kind: 'place' },
      },
      { name: 'when', label: text('Time'), type: 'time', role: 'quasi-identifier', sensitivity: 'high' },
      {
        name: 'distance',
        label: text('Distance'),
        type: 'number',
        role: 'other',
        sensitivity: 'low',
        bounds: [0, 10],
        unit: 'km',
      },
      {
        name: 'fare',
        label: text('Fare', 'Tarifa'),
        type: 'number',
        role: 'sensitive',
        sensitivity: 'medium',
        bounds: [0, 60],
      },
      { name: 'who', label: text('Traveller'), type: 'integer', role: 'identifier', sensitivity: 'high' },
    ],
    parts: { place: 'zone', time: 'when', entity: 'who', secret: 'fare', measure: 'fare' },
    rows: { default: table.rows, min: 0, max: 1_000_000 },
    assumptions: [],
  };
  const dataset: LoadedDataset = {
    descriptor,
    table,
    places: {
      id: 'test',
      coarser: ['district'],
      places: Array.from({ length: 8 }, (_, i) => ({
        id: `Z${i + 1}`,
        label: `Zone ${i + 1}`,
        lon: -74 + i / 100,
        lat: 40.7 + (i % 3) / 100,
        parents: [i < 3 ? 'North' : i < 6 ? 'South' : 'East'],
      })),
    },
    hierarchies: {},
    checksum: '0',
    report: {
      format: 'test',
      rowsRead: table.rows,
      rowsKept: table.rows,
      problems: [],
      problemCounts: {},
      decisions: [],
      warnings: [],
    },
  };
  return {
    kind: 'table',
    dataset,
    table,
    rowOf: Uint32Array.from({ length: table.rows }, (_, i) => i),
    quasiIdentifiers: ['zone', 'when'],
    sensitive: ['fare'],
    suppressed: new Uint32Array(0),
    guarantee: { kind: 'none', why: 'raw' },
    events: [],
    pictures: [],
    notes: [],
  };
}

/** Tables every technique must survive: no rows, one row, all values equal, all missing, no columns. */
export function awkwardCities(): Readonly<Record<string, TableRelease>> {
  const rows = 40;
  const constant: readonly Column[] = [
    { name: 'zone', kind: 'category', codes: new Uint8Array(rows), levels: ['Z1'] },
    { name: 'when', kind: 'time', zone: 'local', values: new Float64Array(rows) },
    { name: 'fare', kind: 'number', values: new Float64Array(rows).fill(7) },
  ];
  return {
    empty: testCity(0),
    'one row': testCity(1),
    constant: cityOf(constant),
    'all missing': cityOf(constant.map((column) => ({ ...column, valid: new Uint8Array(5) }))),
    'no columns': cityOf([]),
  };
}
