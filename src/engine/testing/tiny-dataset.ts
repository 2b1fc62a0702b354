import type { ColumnDescriptor, DatasetDescriptor, LoadedDataset, PlaceTable } from '../kit/dataset.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { seededRng } from '../rng/rng.ts';
import { type Column, makeTable, type Table } from '../table/table.ts';

/** A small city for contract tests: trips with places, times, persons, numbers and a sensitive value. */

const placeIds = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const payments = ['card', 'cash', 'pass', 'other'];

const columns: readonly ColumnDescriptor[] = [
  {
    name: 'person',
    label: text('Person', 'Persona'),
    type: 'integer',
    role: 'identifier',
    sensitivity: 'high',
    ladder: { kind: 'suppress' },
  },
  {
    name: 'from',
    label: text('From', 'Desde'),
    type: 'category',
    role: 'quasi-identifier',
    sensitivity: 'high',
    ladder: { kind: 'place' },
  },
  {
    name: 'to',
    label: text('To', 'Hasta'),
    type: 'category',
    role: 'quasi-identifier',
    sensitivity: 'high',
    ladder: { kind: 'place' },
  },
  {
    name: 'at',
    label: text('Time', 'Hora'),
    type: 'time',
    role: 'quasi-identifier',
    sensitivity: 'high',
    ladder: { kind: 'time' },
  },
  {
    name: 'age',
    label: text('Age', 'Edad'),
    type: 'integer',
    unit: 'years',
    role: 'quasi-identifier',
    sensitivity: 'medium',
    bounds: [0, 100],
    ladder: { kind: 'interval', origin: 0, widths: [5, 10, 20, 100] },
  },
  {
    name: 'distance',
    label: text('Distance', 'Distancia'),
    type: 'number',
    unit: 'km',
    role: 'other',
    sensitivity: 'low',
    bounds: [0, 20],
    ladder: { kind: 'interval', origin: 0, widths: [1, 5, 20] },
  },
  {
    name: 'fare',
    label: text('Fare', 'Tarifa'),
    type: 'number',
    unit: 'EUR',
    role: 'sensitive',
    sensitivity: 'medium',
    bounds: [0, 80],
    ladder: { kind: 'interval', origin: 0, widths: [5, 20, 80] },
  },
  {
    name: 'payment',
    label: text('Payment', 'Pago'),
    type: 'category',
    role: 'sensitive',
    sensitivity: 'medium',
    ladder: { kind: 'suppress' },
  },
];

const descriptor: DatasetDescriptor = {
  id: 'tiny-city',
  city: 'nyc',
  label: text('Tiny city', 'Ciudad diminuta'),
  summary: text('Made for tests', 'Hecha para pruebas'),
  origin: 'synthetic',
  calibration: text('none', 'ninguno'),
  licence: 'CC0',
  source: 'made for tests',
  portal: { url: 'https://example.org', label: text('none', 'ninguno') },
  rowUnit: 'trip',
  privacyUnit: 'trip',
  columns,
  parts: { place: 'from', destination: 'to', time: 'at', measure: 'fare', entity: 'person', secret: 'fare' },
  rows: { default: 400, min: 0, max: 10_000 },
  places: 'tiny',
  assumptions: [],
};

const places: PlaceTable = {
  id: 'tiny',
  places: placeIds.map((id, at) => ({
    id,
    label: `Place ${at + 1}`,
    lon: at,
    lat: at % 3,
    parents: [at < 3 ? 'north' : 'south', 'city'],
  })),
  coarser: ['borough', 'city'],
};

/** `constant` gives every row the same values, `nulls` leaves every value out. */
export type TinyShape = 'varied' | 'constant' | 'nulls';

/** The tiny city with `rows` trips; equal arguments give equal bytes. */
export function tinyDataset(rows: number, shape: TinyShape = 'varied', seed = 1): LoadedDataset {
  const table = tinyTable(rows, shape, seed);
  return {
    descriptor,
    table,
    places,
    hierarchies: {},
    checksum: `tiny-${rows}-${shape}-${seed}`,
    report: {
      format: 'synthetic',
      rowsRead: rows,
      rowsKept: rows,
      problems: [],
      problemCounts: {},
      decisions: [],
      warnings: [],
    },
  };
}

function tinyTable(rows: number, shape: TinyShape, seed: number): Table {
  const rng = seededRng(`tiny-city/${seed}`);
  const draw = (n: number): number => (shape === 'varied' ? rng.int(n) : 0);
  const person = new Uint32Array(rows);
  const from = new Uint8Array(rows);
  const to = new Uint8Array(rows);
  const at = new Float64Array(rows);
  const age = new Uint8Array(rows);
  const distance = new Float64Array(rows);
  const fare = new Float64Array(rows);
  const payment = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    person[row] = row >> 2;
    from[row] = Math.min(draw(6), draw(6));
    to[row] = Math.min(draw(6), draw(6), draw(6));
    // Half of the trips at one hour, so that groups form even without any protection.
    at[row] = 1_546_300_800_000 + 3_600_000 * draw(2) * draw(24 * 7);
    age[row] = 30 + 5 * Math.min(draw(4), draw(4));
    distance[row] = draw(200) / 10;
    fare[row] = 3 + 2 * (distance[row] as number) + draw(100) / 10;
    payment[row] = draw(4);
  }
  const valid = shape === 'nulls' ? { valid: new Uint8Array((rows + 7) >> 3) } : {};
  const made: readonly Column[] = [
    { kind: 'integer', name: 'person', values: person, ...valid },
    { kind: 'category', name: 'from', codes: from, levels: placeIds, ...valid },
    { kind: 'category', name: 'to', codes: to, levels: placeIds, ...valid },
    { kind: 'time', name: 'at', values: at, zone: 'local', ...valid },
    { kind: 'integer', name: 'age', values: age, ...valid },
    { kind: 'number', name: 'distance', values: distance, ...valid },
    { kind: 'number', name: 'fare', values: fare, ...valid },
    { kind: 'category', name: 'payment', codes: payment, levels: payments, ...valid },
  ];
  return makeTable(made);
}

/** The dataset as the first release of a branch. */
export function tinyRelease(dataset: LoadedDataset): TableRelease {
  const withRole = (role: string): readonly string[] =>
    dataset.descriptor.columns.filter((column) => column.role === role).map(({ name }) => name);
  return {
    kind: 'table',
    dataset,
    table: dataset.table,
    rowOf: Uint32Array.from({ length: dataset.table.rows }, (_, row) => row),
    quasiIdentifiers: withRole('quasi-identifier'),
    sensitive: withRole('sensitive'),
    suppressed: new Uint32Array(0),
    guarantee: { kind: 'none', why: 'nothing protects these rows' },
    events: [],
    pictures: [],
    notes: [],
  };
}
