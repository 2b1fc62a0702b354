import type { LoadedDataset, PlaceTable } from '../kit/dataset.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { makeTable, type Table } from '../table/table.ts';

/** A dozen hand-made trips and small tables in the shape of a dataset, for tests of this family. */
export interface ToyTrip {
  readonly zone: string;
  readonly to: string;
  /** Minutes since 2019-01-04 00:00. */
  readonly minute: number;
  readonly fare: number;
  readonly person: string;
}

const ZONES: PlaceTable = {
  id: 'toy',
  coarser: ['borough', 'city'],
  places: [
    ['1', 'Astoria', 'Queens'],
    ['2', 'Chelsea', 'Manhattan'],
    ['3', 'Harlem', 'Manhattan'],
    ['4', 'Soho', 'Manhattan'],
    ['5', 'Jamaica', 'Queens'],
  ].map(([id, label, borough]) => ({
    id: id as string,
    label: label as string,
    parents: [borough as string, 'New York'],
  })),
};

const START = Date.UTC(2019, 0, 4);

function codesOf(values: readonly (string | null)[]): { codes: Uint32Array; levels: string[]; valid?: Uint8Array } {
  const levels = [...new Set(values.filter((value): value is string => value !== null))];
  const codes = Uint32Array.from(values, (value) => (value === null ? 0 : levels.indexOf(value)));
  if (!values.includes(null)) return { codes, levels };
  const valid = new Uint8Array((values.length + 7) >> 3);
  values.forEach((value, i) => {
    if (value !== null) valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
  });
  return { codes, levels, valid };
}

/** Dataset of trips with roles: zone, to, minute quasi-identifying; fare sensitive in bands of 10; person identifying. */
export function toyTrips(trips: readonly ToyTrip[]): LoadedDataset {
  const table = makeTable([
    { kind: 'category', name: 'person', ...codesOf(trips.map((trip) => trip.person)) },
    { kind: 'category', name: 'zone', ...codesOf(trips.map((trip) => trip.zone)) },
    { kind: 'category', name: 'to', ...codesOf(trips.map((trip) => trip.to)) },
    {
      kind: 'time',
      name: 'when',
      zone: 'local',
      values: Float64Array.from(trips, (trip) => START + trip.minute * 60_000),
    },
    { kind: 'number', name: 'fare', values: Float64Array.from(trips, (trip) => trip.fare) },
  ]);
  return toyDataset(table, [
    { name: 'person', type: 'category', role: 'identifier' },
    { name: 'zone', type: 'category', role: 'quasi-identifier', ladder: { kind: 'place' } },
    { name: 'to', type: 'category', role: 'quasi-identifier', ladder: { kind: 'place' } },
    { name: 'when', type: 'time', role: 'quasi-identifier', ladder: { kind: 'time' } },
    { name: 'fare', type: 'number', role: 'sensitive', ladder: { kind: 'interval', origin: 0, widths: [10, 50] } },
  ]);
}

type ToyColumn = Pick<LoadedDataset['descriptor']['columns'][number], 'name' | 'type' | 'role' | 'ladder'>;

export function toyDataset(table: Table, columns: readonly ToyColumn[]): LoadedDataset {
  const has = (name: string): boolean => columns.some((column) => column.name === name);
  return {
    descriptor: {
      id: 'toy',
      city: 'nyc',
      label: text('toy', 'juguete'),
      summary: text('toy', 'juguete'),
      origin: 'synthetic',
      calibration: text('made by hand', 'hecho a mano'),
      licence: 'CC0',
      source: '',
      portal: { url: '', label: text('none', 'ninguno') },
      rowUnit: 'trip',
      privacyUnit: 'trip',
      columns: columns.map((column) => ({
        label: text(column.name, column.name),
        sensitivity: 'medium',
        ...column,
      })),
      parts: {
        ...(has('zone') ? { place: 'zone' } : {}),
        ...(has('to') ? { destination: 'to' } : {}),
        ...(has('when') ? { time: 'when' } : {}),
        ...(has('person') ? { entity: 'person' } : {}),
        ...(has('fare') ? { secret: 'fare' } : {}),
      },
      rows: { default: 10, min: 1, max: 100 },
      assumptions: [],
    },
    table,
    places: ZONES,
    hierarchies: {},
    checksum: '0',
    report: { format: 'toy', rowsRead: 0, rowsKept: 0, problems: [], problemCounts: {}, decisions: [], warnings: [] },
  };
}

/** The dataset as it enters the first step of a branch. */
export function rawRelease(dataset: LoadedDataset): TableRelease {
  const names = (role: string): readonly string[] =>
    dataset.descriptor.columns.filter((column) => column.role === role).map((column) => column.name);
  return {
    kind: 'table',
    dataset,
    guarantee: { kind: 'none', why: 'raw data' },
    events: [],
    pictures: [],
    notes: [],
    table: dataset.table,
    rowOf: Uint32Array.from({ length: dataset.table.rows }, (_, i) => i),
    quasiIdentifiers: names('quasi-identifier'),
    sensitive: names('sensitive'),
    suppressed: new Uint32Array(0),
  };
}

/** `count` trips by fixed arithmetic: no two runs differ. */
export function someTrips(count: number): readonly ToyTrip[] {
  return Array.from({ length: count }, (_, i) => ({
    zone: String((i % 5) + 1),
    to: String(((i * 3) % 4) + 1),
    minute: (i * 37) % 2880,
    fare: (i * 7) % 60,
    person: `p${i % 11}`,
  }));
}
