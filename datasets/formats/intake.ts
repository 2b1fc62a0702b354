import type { IntakeReport, LoadedDataset } from '../../src/engine/kit/dataset.ts';
import { infeasible, invalidData, type Problem } from '../../src/engine/kit/errors.ts';
import { text, type Text } from '../../src/engine/kit/text.ts';
import { makeTable } from '../../src/engine/table/table.ts';
import { loadPlaces } from '../places.ts';
import { ColumnBuilder } from './builder.ts';
import { tableChecksum } from './checksum.ts';
import { readDelimited, sniffDelimited } from './delimited.ts';
import { withPresentColumns } from './fields.ts';
import { genericFormat } from './generic.ts';
import { formats } from './list.ts';
import { openParquet, putBlock, readParquet, sampleParquet } from './parquet.ts';
import { keyOf, type Draft, type FilePlan, type Format, type ReadOptions, type Sniff } from './plan.ts';
import { ProblemList } from './problems.ts';
import { parsedOrUndefined, recordsOf, recordsOfLines, type RecordList } from './records.ts';
import { kindOfFile } from './sniff.ts';
import { blobSource, gzipSource, utf16Source, withHead, type ByteSource } from './source.ts';

const HEAD_BYTES = 256 << 10;
/** JSON has to be held whole, several times over (bytes, text, objects, columns); beyond this it must come as lines or CSV. */
const LARGEST_JSON = 128 << 20;
const SAMPLE_ROWS = 1000;

/** What a reader has filled, before the format's `finish`. */
interface Filled {
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly builders: readonly ColumnBuilder[];
  readonly decisions: readonly Text[];
  readonly warnings: readonly Problem[];
}

/**
 * Reads a user's file: kind from its first bytes, format from its header (see list.ts), else detected column types.
 * Streams; nothing is dropped silently (see the report).
 * @throws EngineError `invalid-data` with what, where and what to do; `cancelled` after a cancel.
 */
export async function readFile(name: string, blob: Blob, given: ReadOptions): Promise<LoadedDataset> {
  const { asset } = given.ctx;
  const options: ReadOptions =
    given.placesOf === undefined && asset !== undefined ? { ...given, placesOf: (id) => loadPlaces(id, asset) } : given;
  try {
    return await readKind(name, blob, options);
  } catch (error) {
    // Typed arrays beyond the tab's memory fail to allocate with a RangeError.
    if (!(error instanceof RangeError)) throw error;
    throw infeasible(`${name} needs more memory than the tab has`, 'read a sample of it: set a limit of rows', {
      file: name,
    });
  }
}

async function readKind(name: string, blob: Blob, options: ReadOptions): Promise<LoadedDataset> {
  const firstBytes = new Uint8Array(await blob.slice(0, 4096).arrayBuffer());
  const kind = kindOfFile(firstBytes, name);
  if (kind === 'parquet') return readParquetFile(name, blob, options);
  const packed = kind === 'gzip';
  let source = packed ? gzipSource(blob, name) : blobSource(blob);
  if (kind === 'utf-16le' || kind === 'utf-16be') source = utf16Source(source, kind);
  const head = await headOf(source);
  const inner = kindOfFile(head.bytes.subarray(0, 4096), name);
  if (inner === 'parquet' || inner === 'gzip') {
    throw invalidData(`${name} holds a packed file inside a gzip file`, 'unpack it once and drop what is inside', {
      file: name,
    });
  }
  const stream = withHead(source, head.chunks);
  if (inner === 'json') return readJsonFile(name, stream, options);
  return readTextFile(name, stream, head, packed || kind !== 'text' ? undefined : blob, options);
}

interface Head {
  readonly bytes: Uint8Array;
  readonly chunks: readonly Uint8Array[];
  /** The head is the whole file. */
  readonly whole: boolean;
}

async function headOf(source: ByteSource): Promise<Head> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const chunk = await source.next();
    if (chunk === undefined) return { bytes: joined(chunks, size), chunks, whole: true };
    chunks.push(chunk);
    size += chunk.length;
  }
  return { bytes: joined(chunks, size), chunks, whole: false };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

async function readTextFile(
  name: string,
  stream: ByteSource,
  head: Head,
  blob: Blob | undefined,
  options: ReadOptions,
): Promise<LoadedDataset> {
  const { sniff, header } = await sniffDelimited(name, head.bytes, head.whole, blob);
  const { format, plan } = planFor(sniff, options);
  const problems = new ProblemList();
  const filled = await readDelimited(name, stream, sniff, header, plan, problems, options);
  return finished(format, sniff, plan, filled, problems, options);
}

async function readParquetFile(name: string, blob: Blob, options: ReadOptions): Promise<LoadedDataset> {
  const source = await openParquet(blob, name);
  const sniff: Sniff = {
    kind: 'parquet',
    file: name,
    header: source.header,
    keys: source.header.map(keyOf),
    sample: await sampleParquet(source, SAMPLE_ROWS),
    sourceTimes: source.sourceTimes,
  };
  const { format, plan } = planFor(sniff, options);
  const problems = new ProblemList();
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const builders = buildersFor(plan, Math.min(source.rows, limit));
  const { read, kept } = await readParquet(source, builders, limit, problems, options.ctx);
  const filled = { rowsRead: read, rowsKept: kept, builders, decisions: [], warnings: [] };
  return finished(format, sniff, plan, filled, problems, options);
}

async function readJsonFile(name: string, stream: ByteSource, options: ReadOptions): Promise<LoadedDataset> {
  const problems = new ProblemList();
  const records = await jsonRecords(name, stream, problems, options);
  const sniff: Sniff = {
    kind: 'json',
    file: name,
    header: records.header,
    keys: records.header.map(keyOf),
    sample: spread(records.rows.length, SAMPLE_ROWS).map((i) =>
      (records.rows[i] ?? []).map((cell) => (cell === null ? null : String(cell))),
    ),
    envelope: records.envelope,
  };
  const { format, plan } = planFor(sniff, options);
  const rows = Math.min(records.rows.length, options.limit ?? Number.POSITIVE_INFINITY);
  const builders = buildersFor(plan, rows);
  const columns = builders.map((builder) =>
    Array.from({ length: rows }, (_, row) => records.rows[row]?.[builder.plan.source] ?? null),
  );
  const bad = problems.total;
  const kept = putBlock(builders, columns, rows, 0, 0, problems);
  const filled = { rowsRead: rows + bad, rowsKept: kept, builders, decisions: [], warnings: [] };
  return finished(format, sniff, plan, filled, problems, options);
}

async function jsonRecords(
  name: string,
  stream: ByteSource,
  problems: ProblemList,
  options: ReadOptions,
): Promise<RecordList> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await stream.next(); chunk !== undefined; chunk = await stream.next()) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_JSON) {
      throw invalidData(
        `${name}: JSON of more than ${LARGEST_JSON >> 20} MiB cannot be held in a tab`,
        'save it as CSV or Parquet, or drop a part of it',
        { file: name },
      );
    }
    await options.ctx.checkpoint(stream.fraction() / 2, text('reading', 'leyendo'));
  }
  const source = new TextDecoder().decode(joined(chunks, size));
  const json = parsedOrUndefined(source);
  if (json !== undefined) return recordsOf(json, name);
  const lines = source.split('\n');
  if (lines.length > 1 && parsedOrUndefined((lines[0] as string).trim()) !== undefined) {
    return recordsOfLines(lines, name, (line, reason) => problems.add(line, undefined, reason));
  }
  throw invalidData(`${name} is not valid JSON; it may be cut off`, 'download the file again', { file: name });
}

/** About `most` positions spread over 0..n-1. */
function spread(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor((i * n) / most));
}

function planFor(sniff: Sniff, options: ReadOptions): { format: Format; plan: FilePlan } {
  let best: Format = genericFormat;
  let score = 0;
  for (const format of formats) {
    const own = format.matches(sniff);
    if (own > score) {
      best = format;
      score = own;
    }
  }
  if (options.choices?.format === 'generic') best = genericFormat;
  return { format: best, plan: best.plan(sniff, options.choices ?? {}) };
}

const buildersFor = (plan: FilePlan, capacity: number): ColumnBuilder[] =>
  plan.fields.map((field) => new ColumnBuilder(field, Math.max(capacity, 8)));

async function finished(
  format: Format,
  sniff: Sniff,
  plan: FilePlan,
  filled: Filled,
  problems: ProblemList,
  options: ReadOptions,
): Promise<LoadedDataset> {
  if (filled.rowsKept === 0) {
    const why = problems.listed[0];
    throw invalidData(
      filled.rowsRead === 0
        ? `${sniff.file} has column names but no rows`
        : `${sniff.file}: none of its ${filled.rowsRead} rows could be read (line ${why?.line}: ${why?.reason})`,
      filled.rowsRead === 0 ? 'drop a file with data' : 'check that the file is what its header says',
      {
        file: sniff.file,
        ...(why === undefined ? {} : { line: why.line }),
        ...(why?.column === undefined ? {} : { column: why.column }),
      },
    );
  }
  const decisions = [...plan.decisions, ...filled.decisions];
  const warnings = [...plan.warnings, ...filled.warnings];
  const columns = filled.builders.map((builder) => builder.finish(filled.rowsKept));
  const draft = { rows: filled.rowsKept, columns };
  const done: Draft =
    plan.finish === undefined
      ? draft
      : await plan.finish(draft, {
          ctx: options.ctx,
          problems,
          decide: (decision) => decisions.push(decision),
          warn: (warning) => warnings.push(warning),
          placesOf: options.placesOf,
        });
  const described = new Set(plan.descriptor.columns.map((column) => column.name));
  const order = new Map(plan.descriptor.columns.map((column, i) => [column.name, i]));
  const kept = done.columns
    .filter((column) => described.has(column.name))
    .sort((a, b) => (order.get(a.name) as number) - (order.get(b.name) as number));
  const table = makeTable(kept);
  const descriptor = withPresentColumns(plan.descriptor, new Set(kept.map((column) => column.name)));
  const report: IntakeReport = {
    format: format.label.en,
    rowsRead: filled.rowsRead,
    rowsKept: table.rows,
    problems: problems.listed,
    problemCounts: problems.beyond(),
    decisions,
    warnings,
  };
  const places =
    done.places ??
    (descriptor.places === undefined || options.placesOf === undefined
      ? undefined
      : await options.placesOf(descriptor.places));
  return {
    descriptor: { ...descriptor, rows: { default: table.rows, min: Math.min(1, table.rows), max: table.rows } },
    table,
    ...(places === undefined ? {} : { places }),
    hierarchies: {},
    checksum: tableChecksum(table),
    report,
  };
}
