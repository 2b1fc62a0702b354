import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Job } from '../src/engine/kit/job.ts';
import { parseHierarchyCsv } from '../src/engine/table/hierarchy-csv.ts';
import { cellText, type Table } from '../src/engine/table/table.ts';
import { tinyDataset } from '../src/engine/testing/tiny-dataset.ts';
import { certificate } from './certificate.ts';
import { columnTree } from './column-tree.ts';
import { exportFile } from './export.ts';
import type { ExecuteDeps } from './pipeline.ts';
import { crc32, zipParts } from './zip.ts';

const ref = { kind: 'embedded', id: 'tiny', rows: 80, seed: 1 } as const;
const job: Job = {
  key: 'k',
  dataset: ref,
  roles: {},
  branch: { id: 'a', steps: [] },
  metrics: [],
  attacks: [],
  seed: 1,
  repetition: 0,
};
const depsOn = (table?: Table): ExecuteDeps => ({
  open: async () => (table === undefined ? tinyDataset(80, 'nulls') : { ...tinyDataset(0), table }),
  clock: () => 0,
  checkpoint: async () => undefined,
});
const bytesOf = async (format: 'parquet' | 'arx', deps: ExecuteDeps, of: Job = job): Promise<Uint8Array> =>
  new Uint8Array(await new Blob([...(await exportFile(of, format, deps)).parts]).arrayBuffer());

/** Files of a stored archive, read back from its central directory, checksums verified. */
function unzip(bytes: Uint8Array): ReadonlyMap<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, length: number): string => new TextDecoder().decode(bytes.subarray(from, from + length));
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const files = new Map<string, string>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < view.getUint16(end + 10, true); i += 1) {
    const size = view.getUint32(at + 24, true);
    const name = text(at + 46, view.getUint16(at + 28, true));
    const local = view.getUint32(at + 42, true);
    expect(view.getUint32(local, true)).toBe(0x04034b50);
    const from = local + 30 + view.getUint16(local + 26, true);
    expect(crc32([bytes.subarray(from, from + size)])).toBe(view.getUint32(at + 16, true));
    files.set(name, text(from, size));
    at += 46 + view.getUint16(at + 28, true);
  }
  return files;
}

describe('Parquet', () => {
  it('comes back value by value, missing ones too, and times without a zone', async () => {
    const dataset = tinyDataset(80, 'nulls');
    const bytes = await bytesOf('parquet', depsOn());
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    expect(rows).toHaveLength(80);
    for (const column of dataset.table.columns) {
      const expected = Array.from({ length: 80 }, (_, row) => cellText(column, row));
      const found = rows.map((row) => {
        const value: unknown = row[column.name];
        if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ');
        return typeof value === 'bigint' ? Number(value) : (value ?? null);
      });
      expect(found, column.name).toEqual(expected);
    }
  });

  it('holds whole numbers beyond 31 bits and a table without rows', async () => {
    const columns: Table['columns'] = [{ kind: 'integer', name: 'n', values: Uint32Array.of(4_000_000_000) }];
    const [row] = await parquetReadObjects({
      file: (await bytesOf('parquet', depsOn({ rows: 1, columns }))).slice().buffer,
    });
    expect(row).toEqual({ n: 4_000_000_000n });
    const none = await bytesOf('parquet', depsOn(tinyDataset(0).table));
    expect(await parquetReadObjects({ file: none.slice().buffer })).toEqual([]);
  });
});

describe('a CSV for spreadsheets', () => {
  it('puts an apostrophe before text that would be run as a formula, and leaves numbers alone', async () => {
    const columns: Table['columns'] = [
      { kind: 'category', name: 'c', codes: Uint8Array.of(0, 1), levels: ['=1+1', 'plain'] },
      { kind: 'number', name: 'n', values: Float64Array.of(-1, 2) },
    ];
    const { parts } = await exportFile(job, 'csv-spreadsheet', depsOn({ rows: 2, columns }));
    expect(parts.join('')).toBe("c,n\r\n'=1+1,-1\r\nplain,2\r\n");
  });
});

describe('the archive for ARX', () => {
  it('holds the input, a hierarchy a quasi-identifier that covers every value, and the settings', async () => {
    const branch = { id: 'a', steps: [{ id: 'mondrian', params: { k: 4 } }] };
    const files = unzip(await bytesOf('arx', depsOn(), { ...job, branch }));
    const [head = '', ...lines] = (files.get('data.csv') ?? '').trimEnd().split('\n');
    const names = head.split(';');
    const settings = files.get('settings.csv') ?? '';
    expect(lines).toHaveLength(80);
    expect(settings).toContain('k-Anonymity, k = 4');
    expect(settings).toContain('attribute type;person;Identifying');
    // ARX refuses a sensitive attribute without a model.
    for (const [, column = ''] of settings.matchAll(/^attribute type;([^;]+);Sensitive$/gm)) {
      expect(settings).toMatch(new RegExp(`^privacy model;${column};`, 'm'));
    }
    const quasi = tinyDataset(80).descriptor.columns.filter(({ role }) => role === 'quasi-identifier');
    expect(quasi.length).toBeGreaterThan(2);
    for (const { name } of quasi) {
      const parsed = parseHierarchyCsv(files.get(`hierarchies/${name}.csv`) ?? '', name);
      expect(parsed.rootAdded).toBe(false);
      const known = new Set(parsed.rows.map((row) => row[0]));
      const at = names.indexOf(name);
      for (const line of lines) expect(known.has(line.split(';')[at]), `${name}: ${line}`).toBe(true);
      expect(settings).toContain(`attribute type;${name};Quasi-identifying`);
    }
    expect(files.get('README.txt')).toContain('.deid');
  });

  it('gives equal bytes for equal contents, and keeps names beyond ASCII', () => {
    const entries = [{ name: 'año.csv', parts: ['a;', 'b'] }];
    expect(zipParts(entries)).toEqual(zipParts(entries));
    const bytes = zipParts(entries).flatMap((part) => [...part]);
    expect(unzip(Uint8Array.from(bytes)).get('año.csv')).toBe('a;b');
    expect(crc32([new TextEncoder().encode('123456789')])).toBe(0xcbf43926);
  });
});

describe('a column for the editor', () => {
  const quiet = async (): Promise<void> => undefined;

  it('has its values, their rows and the tree of its ladder or of the spec', async () => {
    const dataset = tinyDataset(80, 'nulls');
    const ages = await columnTree(dataset, 'age', undefined, quiet);
    expect(ages.spec.kind).toBe('interval');
    expect(ages.counts.reduce((sum, n) => sum + n, 0) + ages.missing).toBe(80);
    expect(ages.tree?.rows.map((row) => row[0])).toEqual(ages.values);
    expect((await columnTree(dataset, 'at', undefined, quiet)).tree?.names).toEqual(['hour', 'daypart', 'day', 'week']);
    expect((await columnTree(dataset, 'age', { kind: 'suppress' }, quiet)).tree?.names).toEqual([]);
  });

  it('says why a spec does not fit, and keeps the values', async () => {
    const tree = await columnTree(tinyDataset(80), 'age', { kind: 'date', levels: ['day'] }, quiet);
    expect(tree.problem?.code).toBe('invalid-param');
    expect(tree.values.length).toBeGreaterThan(0);
    await expect(columnTree(tinyDataset(8), 'nope', undefined, quiet)).rejects.toMatchObject({ code: 'invalid-data' });
  });
});

describe('a certificate', () => {
  const steps = [{ id: 'mondrian', params: { k: 4 } }];

  it('says what the checker found of the release of this branch, and how it was made', async () => {
    const found = await certificate({ ...job, branch: { id: 'a', steps } }, depsOn(tinyDataset(80).table));
    expect(found).toMatchObject({ holds: true, accounted: true, seed: 1, steps: [{ id: 'mondrian' }] });
    expect(found.claims[0]).toMatchObject({ model: { type: 'k-anonymity', k: 4 }, holds: true });
  });

  it('is not given of a release that is drawn anew at every export, nor of what is no table', async () => {
    const file = { kind: 'file', sha256: 'f', name: 'f.csv' } as const;
    const noisy = { id: 'a', steps: [{ id: 'laplace-histogram' }] };
    await expect(certificate({ ...job, dataset: file, branch: noisy }, depsOn())).rejects.toThrow(/draws anew/);
    await expect(certificate({ ...job, branch: noisy }, depsOn())).rejects.toThrow(/releases answers/);
  });
});
