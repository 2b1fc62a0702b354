import { invalidData, toProblem } from '../../src/engine/kit/errors.ts';
import { text } from '../../src/engine/kit/text.ts';
import type { Ctx } from '../../src/engine/kit/context.ts';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaElement } from 'hyparquet';
import type { ColumnBuilder } from './builder.ts';
import { CATEGORY, ISO_TIME, OTHER_TIME } from './builder.ts';
import type { SourceTime } from './plan.ts';
import type { ProblemList } from './problems.ts';
import { cellOf, sampleCellOf } from './values.ts';

/** A Parquet file opened for reading: footer parsed, nothing else read. */
export interface ParquetFile {
  readonly file: string;
  readonly header: readonly string[];
  readonly sourceTimes: readonly SourceTime[];
  readonly rows: number;
  readonly groups: readonly number[];
  /** Reads rows [start, end) of some columns; each column is an array-like of values. */
  readonly read: (columns: readonly string[], start: number, end: number) => Promise<readonly ArrayLike<unknown>[]>;
}

/**
 * Opens a Parquet file (Apache Parquet format 2; SNAPPY, GZIP, ZSTD, LZ4, BROTLI). The library is loaded only now.
 * @throws invalid-data when the footer is missing (truncated download), damaged, or the table is nested.
 */
export async function openParquet(blob: Blob, file: string): Promise<ParquetFile> {
  const tail = new Uint8Array(await blob.slice(Math.max(0, blob.size - 4)).arrayBuffer());
  if (blob.size < 12 || new TextDecoder().decode(tail) !== 'PAR1') {
    throw invalidData(`${file} is a truncated Parquet file: its end is missing`, 'download the file again', { file });
  }
  const [library, { compressors }] = await Promise.all([import('hyparquet'), import('hyparquet-compressors')]);
  const buffer: AsyncBuffer = {
    byteLength: blob.size,
    slice: (start, end) => blob.slice(start, end ?? blob.size).arrayBuffer(),
  };
  const metadata = await damaged(file, () => library.parquetMetadataAsync(buffer));
  const leaves = metadata.schema.slice(1);
  if (leaves.some((leaf) => (leaf.num_children ?? 0) > 0 || leaf.repetition_type === 'REPEATED')) {
    throw invalidData(`${file} has nested columns`, 'flatten it: one plain value per column and row', { file });
  }
  const groups = metadata.row_groups.map((group) => Number(group.num_rows));
  if (groups.some((rows) => !(rows >= 0 && rows <= MOST_ROWS))) {
    throw invalidData(`${file} is a damaged Parquet file (impossible number of rows)`, 'download the file again', {
      file,
    });
  }
  return {
    file,
    header: leaves.map((leaf) => leaf.name),
    sourceTimes: leaves.map(sourceTimeOf),
    rows: groups.reduce((sum, n) => sum + n, 0),
    groups,
    read: (columns, start, end) =>
      damaged(file, () => readColumns(library.parquetRead, { buffer, metadata, compressors, columns, start, end })),
  };
}

/** INT96 is written by Spark and Impala as UTC; INT64 says itself whether it is adjusted to UTC. */
function sourceTimeOf(leaf: SchemaElement): SourceTime {
  if (leaf.type === 'INT96') return 'instant';
  if (leaf.logical_type?.type === 'TIMESTAMP') return leaf.logical_type.isAdjustedToUTC ? 'instant' : 'wall-clock';
  if (leaf.converted_type === 'TIMESTAMP_MILLIS' || leaf.converted_type === 'TIMESTAMP_MICROS') return 'wall-clock';
  return leaf.converted_type === 'DATE' || leaf.logical_type?.type === 'DATE' ? 'wall-clock' : undefined;
}

interface ColumnRead {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
  readonly columns: readonly string[];
  readonly start: number;
  readonly end: number;
}

async function readColumns(
  read: typeof import('hyparquet').parquetRead,
  { buffer, metadata, compressors, columns, start, end }: ColumnRead,
): Promise<readonly ArrayLike<unknown>[]> {
  const out = columns.map((): unknown[] => Array.from({ length: end - start }, () => null));
  const at = new Map(columns.map((name, i) => [name, i]));
  await read({
    file: buffer,
    metadata,
    compressors,
    columns: [...columns],
    rowStart: start,
    rowEnd: end,
    onChunk: (chunk) => {
      const target = out[at.get(chunk.columnName) ?? -1];
      if (target === undefined) return;
      // Chunks may reach beyond the rows asked for.
      const from = Math.max(chunk.rowStart, start);
      const to = Math.min(chunk.rowEnd, end);
      for (let row = from; row < to; row += 1) target[row - start] = chunk.columnData[row - chunk.rowStart];
    },
  });
  return out;
}

/** Rows of a few places of the file as sample text. */
export async function sampleParquet(source: ParquetFile, rows: number): Promise<(string | null)[][]> {
  const n = Math.min(rows, source.rows);
  if (n === 0) return [];
  const columns = await source.read(source.header, 0, n);
  return Array.from({ length: n }, (_, row) => columns.map((column) => sampleCellOf(column[row])));
}

const BLOCK = 50_000;
/** More rows than any tab can hold in one row group. */
const MOST_ROWS = 2_000_000_000;

/** Reads all rows (at most `limit`) into the builders; returns rows read and kept. */
export async function readParquet(
  source: ParquetFile,
  builders: readonly ColumnBuilder[],
  limit: number,
  problems: ProblemList,
  ctx: Ctx,
): Promise<{ read: number; kept: number }> {
  const total = Math.min(source.rows, limit);
  const names = builders.map((builder) => source.header[builder.plan.source] as string);
  let kept = 0;
  for (let start = 0; start < total; ) {
    const end = Math.min(total, start + BLOCK, groupEnd(source.groups, start));
    const columns = await source.read(names, start, end);
    kept = putBlock(builders, columns, end - start, start, kept, problems);
    start = end;
    await ctx.checkpoint(start / total, text(`${start} of ${total} rows read`, `${start} de ${total} filas leídas`));
  }
  return { read: total, kept };
}

/** End of the row group that holds `row`: a block never spans two groups. */
function groupEnd(groups: readonly number[], row: number): number {
  let end = 0;
  for (const rows of groups) {
    end += rows;
    if (row < end) return end;
  }
  return end;
}

/** Stores a block of rows given column by column; rows with an unreadable required cell are left out. */
export function putBlock(
  builders: readonly ColumnBuilder[],
  columns: readonly ArrayLike<unknown>[],
  rows: number,
  firstRow: number,
  kept: number,
  problems: ProblemList,
): number {
  const leftOut = new Uint8Array(rows);
  for (let b = 0; b < builders.length; b += 1) {
    if ((builders[b] as ColumnBuilder).plan.required === true)
      markUnreadable(builders[b] as ColumnBuilder, columns[b] as ArrayLike<unknown>, leftOut, firstRow, problems);
  }
  let next = kept;
  for (let row = 0; row < rows; row += 1) next += leftOut[row] === 0 ? 1 : 0;
  for (let b = 0; b < builders.length; b += 1) {
    const builder = builders[b] as ColumnBuilder;
    const values = columns[b] as ArrayLike<unknown>;
    let to = kept;
    for (let row = 0; row < rows; row += 1) {
      if (leftOut[row] !== 0) continue;
      const reason = putCell(builder, values[row], to);
      if (reason !== undefined)
        problems.add(firstRow + row + 1, builder.plan.column, reason, String(cellOf(values[row])));
      to += 1;
    }
  }
  return next;
}

/** A required cell is tried on row 0 of a throw-away builder of the same plan. */
function markUnreadable(
  builder: ColumnBuilder,
  values: ArrayLike<unknown>,
  leftOut: Uint8Array,
  firstRow: number,
  problems: ProblemList,
): void {
  const trial = builder.trial();
  for (let row = 0; row < leftOut.length; row += 1) {
    const value = values[row];
    if (leftOut[row] !== 0 || (value instanceof Date && !Number.isNaN(value.getTime()))) continue;
    trial.clearMark(0);
    const reason =
      putCell(trial, value, 0) ?? (trial.isMissing(0) ? 'no value in a column every row needs' : undefined);
    if (reason === undefined) continue;
    leftOut[row] = 1;
    problems.add(firstRow + row + 1, builder.plan.column, reason, value === null ? undefined : String(cellOf(value)));
  }
}

function putCell(builder: ColumnBuilder, value: unknown, row: number): string | undefined {
  if (value === null || value === undefined) {
    builder.setMissing(row);
    return undefined;
  }
  if (typeof value === 'string') return builder.putText(value, row);
  const cell = cellOf(value);
  if (cell === null) {
    builder.setMissing(row);
    return undefined;
  }
  const timed = builder.kind === ISO_TIME || builder.kind === OTHER_TIME;
  if (typeof cell === 'number') {
    // A whole number in a time column is epoch milliseconds only when the plan says so.
    if (timed && !(value instanceof Date)) return builder.putText(String(cell), row);
    return builder.kind === CATEGORY ? builder.putText(String(cell), row) : builder.putNumber(cell, row);
  }
  return builder.putText(cell, row);
}

async function damaged<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw invalidData(`${file} is a damaged Parquet file (${toProblem(error).message})`, 'download the file again', {
      file,
    });
  }
}
