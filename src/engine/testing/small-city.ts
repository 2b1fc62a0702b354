import type { DatasetDescriptor, LoadedDataset } from '../kit/dataset.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { makeTable } from '../table/table.ts';

/** A three-zone city of a few trips for the tests of this family: two travellers, known counts. */
export function smallCity(hours: readonly number[], zones: readonly number[], fares: readonly number[]): TableRelease {
  const rows = hours.length;
  const table = makeTable([
    { name: 'zone', kind: 'category', codes: Uint8Array.from(zones), levels: ['A', 'B', 'elsewhere'] },
    { name: 'when', kind: 'time', zone: 'local', values: Float64Array.from(hours, (hour) => hour * 3600000 + 60000) },
    { name: 'fare', kind: 'number', values: Float64Array.from(fares) },
    { name: 'who', kind: 'integer', values: Uint8Array.from({ length: rows }, (_, i) => (i < rows / 2 ? 1 : 2)) },
  ]);
  const descriptor: DatasetDescriptor = {
    id: 'small-city',
    city: 'nyc',
    label: text('Small city'),
    summary: text('A test'),
    origin: 'synthetic',
    calibration: text('none'),
    licence: 'none',
    source: 'none',
    portal: { url: '', label: text('none') },
    rowUnit: 'trip',
    privacyUnit: 'traveller',
    columns: [
      { name: 'zone', label: text('Zone', 'Zona'), type: 'category', role: 'quasi-identifier', sensitivity: 'high' },
      { name: 'when', label: text('Time', 'Hora'), type: 'time', role: 'quasi-identifier', sensitivity: 'high' },
      {
        name: 'fare',
        label: text('Fare', 'Tarifa'),
        type: 'number',
        role: 'sensitive',
        sensitivity: 'medium',
        bounds: [0, 60],
      },
      { name: 'who', label: text('Traveller', 'Viajero'), type: 'integer', role: 'identifier', sensitivity: 'high' },
    ],
    parts: { place: 'zone', time: 'when', entity: 'who', secret: 'fare', measure: 'fare' },
    rows: { default: rows, min: 1, max: 1000 },
    assumptions: [],
  };
  const dataset: LoadedDataset = {
    descriptor,
    table,
    places: {
      id: 'small',
      coarser: ['side'],
      places: [
        { id: 'A', label: 'A', parents: ['north'] },
        { id: 'B', label: 'B', parents: ['south'] },
        { id: 'C', label: 'C', parents: ['south'] },
      ],
    },
    hierarchies: {},
    checksum: '0',
    report: {
      format: 'test',
      rowsRead: rows,
      rowsKept: rows,
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
    rowOf: Uint32Array.from({ length: rows }, (_, i) => i),
    quasiIdentifiers: ['zone', 'when'],
    sensitive: ['fare'],
    suppressed: new Uint32Array(0),
    guarantee: { kind: 'none', why: 'raw' },
    events: [],
    pictures: [],
    notes: [],
  };
}
