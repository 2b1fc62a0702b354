import Papa from 'papaparse';
import { ColumnBuilder } from '../../datasets/formats/builder.ts';
import { DelimitedScanner } from '../../datasets/formats/csv/scanner.ts';
import type { FieldKind } from '../../datasets/formats/plan.ts';
import { ProblemList } from '../../datasets/formats/problems.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { makeTable, type Table } from '../../src/engine/table/table.ts';
import type { BenchRow } from '../bench-kit.ts';

const ROWS = 1_000_000;
const COLUMNS: readonly (readonly [string, FieldKind])[] = [
  ['vendor', 'category'],
  ['pickup', 'time'],
  ['dropoff', 'time'],
  ['passengers', 'integer'],
  ['distance', 'number'],
  ['rate', 'integer'],
  ['stored', 'category'],
  ['pickupZone', 'category'],
  ['dropoffZone', 'category'],
  ['payment', 'category'],
  ['fare', 'number'],
  ['total', 'number'],
];

const two = (n: number): string => String(n).padStart(2, '0');

/** Trips in the shape of TLC files: 12 columns, seeded. */
function sampleCsv(rows: number): string {
  const rng = seededRng('bench/csv');
  const parts = [COLUMNS.map(([name]) => name).join(',')];
  for (let i = 0; i < rows; i += 1) {
    const time = (): string =>
      `2019-01-${two(1 + rng.int(31))} ${two(rng.int(24))}:${two(rng.int(60))}:${two(rng.int(60))}`;
    parts.push(
      `${1 + rng.int(2)},${time()},${time()},${1 + rng.int(6)},${rng.int(20)}.${two(rng.int(100))},${1 + rng.int(6)},N,${1 + rng.int(265)},${1 + rng.int(265)},${1 + rng.int(4)},${rng.int(60)}.${rng.int(2) * 5},${rng.int(80)}.${two(rng.int(100))}`,
    );
  }
  return `${parts.join('\n')}\n`;
}

/** File to typed columns by the app's scanner, through 4 MiB slices as in the worker. */
async function readOurs(blob: Blob, headerBytes: number): Promise<Table> {
  const capacity = Math.ceil(blob.size / 60);
  const builders = COLUMNS.map(([column, kind], source) => new ColumnBuilder({ source, column, kind }, capacity));
  const header = COLUMNS.map(([name]) => name);
  const layout = {
    file: 'bench',
    separator: 44,
    header,
    builders,
    problems: new ProblemList(),
    limit: Infinity,
    firstLine: 2,
  };
  const scanner = new DelimitedScanner(layout, capacity);
  for (let from = headerBytes; from < blob.size; from += 4 << 20) {
    const to = Math.min(blob.size, from + (4 << 20));
    scanner.push(new Uint8Array(await blob.slice(from, to).arrayBuffer()), to === blob.size);
  }
  return makeTable(builders.map((builder) => builder.finish(scanner.rows)));
}

/** The same columns by PapaParse and the usual conversions of its strings. */
async function readPapa(blob: Blob): Promise<Float64Array[]> {
  const rows = Papa.parse<string[]>(await blob.text(), { skipEmptyLines: true }).data;
  const n = rows.length - 1;
  return COLUMNS.map(([, kind], c) => {
    const out = new Float64Array(n);
    const codes = new Map<string, number>();
    for (let i = 0; i < n; i += 1) {
      const value = rows[i + 1]?.[c] as string;
      if (kind === 'time') {
        out[i] = Date.parse(`${value.replace(' ', 'T')}Z`);
      } else if (kind === 'category') {
        let code = codes.get(value);
        if (code === undefined) {
          code = codes.size;
          codes.set(value, code);
        }
        out[i] = code;
      } else {
        out[i] = Number(value);
      }
    }
    return out;
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

/** CSV of 1M rows x 12 columns to typed columns, beside PapaParse; best of five (ours) and of two (peer) after a warm-up. */
export async function bench(): Promise<BenchRow[]> {
  const csv = sampleCsv(ROWS);
  const blob = new Blob([csv]);
  const headerBytes = csv.indexOf('\n') + 1;
  await readOurs(blob.slice(0, 8 << 20), headerBytes);
  const ours = [];
  for (let i = 0; i < 5; i += 1) ours.push(await timed(() => readOurs(blob, headerBytes)));
  const peers = [];
  for (let i = 0; i < 2; i += 1) peers.push(await timed(() => readPapa(blob)));
  const table = ours[0]?.value as Table;
  const check = peers[0]?.value as Float64Array[];
  const total = table.columns[11];
  if (table.rows !== ROWS || total?.kind !== 'number' || !total.values.every((value, i) => value === check[11]?.[i]))
    throw new Error('the two readers disagree');
  const ms = Math.min(...ours.map((run) => run.ms));
  const peer = Math.min(...peers.map((run) => run.ms));
  return [
    {
      name: 'csv-1M-x-12',
      ours: { ms },
      peer: { name: 'PapaParse 5.7.1 and typed conversion', ms: peer },
      ratio: peer / ms,
    },
  ];
}
