import { describe, expect, it } from 'vitest';
import type { DatasetDescriptor, LoadedDataset } from '../../kit/dataset.ts';
import { quietContext } from '../../kit/context.ts';
import type { TableRelease } from '../../kit/release.ts';
import { text } from '../../kit/text.ts';
import { seededRng } from '../../rng/rng.ts';
import { encodeColumn } from '../../table/encode.ts';
import { makeTable } from '../../table/table.ts';
import { run } from './candidates.ts';

const descriptor: DatasetDescriptor = {
  id: 'small',
  city: 'file',
  label: text('Small'),
  summary: text('Small'),
  origin: 'synthetic',
  calibration: text('none'),
  licence: 'MIT',
  source: 'here',
  portal: { url: '', label: text('') },
  rowUnit: 'row',
  privacyUnit: 'row',
  columns: [
    { name: 'zone', label: text('Zone'), type: 'category', role: 'quasi-identifier', sensitivity: 'high' },
    {
      name: 'time',
      label: text('Time'),
      type: 'time',
      role: 'quasi-identifier',
      sensitivity: 'high',
      ladder: { kind: 'time' },
    },
  ],
  parts: {},
  rows: { default: 4, min: 4, max: 4 },
  assumptions: [],
};
const table = makeTable([
  { name: 'zone', kind: 'category', codes: Uint8Array.of(0, 0, 0, 1), levels: ['a', 'b'] },
  // 10:05, 10:50, 11:00, 10:10
  {
    name: 'time',
    kind: 'time',
    zone: 'local',
    values: Float64Array.of(36_300_000, 39_000_000, 39_600_000, 36_600_000),
  },
]);
const dataset: LoadedDataset = {
  descriptor,
  table,
  hierarchies: {},
  checksum: '00',
  report: { format: 'x', rowsRead: 4, rowsKept: 4, problems: [], problemCounts: {}, decisions: [], warnings: [] },
};
const raw: TableRelease = {
  kind: 'table',
  dataset,
  guarantee: { kind: 'none', why: 'raw' },
  events: [],
  pictures: [],
  notes: [],
  table,
  rowOf: Uint32Array.of(0, 1, 2, 3),
  quasiIdentifiers: ['zone', 'time'],
  sensitive: [],
  suppressed: new Uint32Array(),
};
const values = async (release: TableRelease, row: number) =>
  (await run(release, { row, known: [] }, quietContext(seededRng(1)))).map(({ id, value }) => [id, value]);

describe('candidates', () => {
  it('shrink with every known column, times known to the hour', async () => {
    expect(await values(raw, 0)).toEqual([
      ['candidates', 2],
      ['candidates/1', 3],
      ['candidates/2', 2],
      ['candidates/kept', 1],
    ]);
  });
  it('grow when a label covers more than the true value', async () => {
    const column = encodeColumn(dataset, 'zone');
    const merged: TableRelease = {
      ...raw,
      table: makeTable([
        { name: 'zone', kind: 'category', codes: new Uint8Array(4), levels: ['*'] },
        table.columns[1]!,
      ]),
      generalized: { zone: { column, low: Uint32Array.of(0), high: Uint32Array.of(1) } },
    };
    expect((await values(merged, 0))[0]).toEqual(['candidates', 3]);
  });
  it('tell when the row itself is held back', async () => {
    const without: TableRelease = { ...raw, table: makeTable([]), rowOf: new Uint32Array() };
    expect((await values(without, 0)).at(-1)).toEqual(['candidates/kept', 0]);
  });
  it('refuse a row the table does not have', async () => {
    await expect(values(raw, 9)).rejects.toMatchObject({ code: 'invalid-param' });
  });
});
