import type { Ctx } from '../src/engine/kit/context.ts';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import type { ColumnStats, DatasetRef, DatasetSummary } from '../src/engine/kit/job.ts';
import {
  type Bitmap,
  type CategoryColumn,
  type Column,
  cellText,
  isoText,
  type Table,
} from '../src/engine/table/table.ts';
import { type Tally, tally } from './tally.ts';

const headRows = 50;
const topValues = 8;
const binCount = 24;

/** Describes a loaded dataset for the page: first rows and per-column statistics, exact over all rows. */
export async function summarize(
  ref: DatasetRef,
  dataset: LoadedDataset,
  checkpoint: Ctx['checkpoint'],
): Promise<DatasetSummary> {
  const { table, descriptor, checksum, report, places } = dataset;
  const columnStats: ColumnStats[] = [];
  for (const [at, column] of table.columns.entries()) {
    columnStats.push(statsOf(column, table.rows));
    await checkpoint(0.7 + (0.3 * (at + 1)) / table.columns.length);
  }
  return {
    ref,
    descriptor,
    rows: table.rows,
    checksum,
    report,
    head: headOf(table),
    columnStats,
    ...(places?.geometry === undefined ? {} : { geometry: places.geometry.href }),
    ...(places?.outline === undefined ? {} : { outline: places.outline.href }),
    ...(places === undefined ? {} : { places: places.places }),
  };
}

const headOf = (table: Table): DatasetSummary['head'] =>
  Array.from({ length: Math.min(headRows, table.rows) }, (_, row) =>
    table.columns.map((column) => cellText(column, row)),
  );

/** Statistics of one column, exact, from its distinct values and how often each occurs. */
export function statsOf(column: Column, rows: number): ColumnStats {
  if (column.kind === 'category') return categoryStats(column, rows);
  const found = tally(column.values, column.valid, rows);
  const { values, count } = found;
  if (count === 0) return { name: column.name, missing: rows, distinct: 0, top: [] };
  const min = values[0] as number;
  const max = values[values.length - 1] as number;
  const show = (value: number): string => (column.kind === 'time' ? isoText(value) : String(value));
  return {
    name: column.name,
    missing: rows - count,
    distinct: values.length,
    min,
    max,
    mean: found.sum / count,
    top: topOf(found).map(([value, n]): readonly [string, number] => [show(value), n]),
    bins: binsOf(found, min, max),
  };
}

function categoryStats(column: CategoryColumn, rows: number): ColumnStats {
  const counts = new Uint32Array(column.levels.length);
  const missing = countCodes(column.codes, column.valid, rows, counts);
  const used = [...counts.keys()].filter((code) => (counts[code] as number) > 0);
  const top = used.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b).slice(0, topValues);
  return {
    name: column.name,
    missing,
    distinct: used.length,
    top: top.map((code): readonly [string, number] => [column.levels[code] ?? '', counts[code] as number]),
  };
}

/** Adds up the rows of each code; returns how many rows have no value. */
function countCodes(
  codes: CategoryColumn['codes'],
  valid: Bitmap | undefined,
  rows: number,
  counts: Uint32Array,
): number {
  let missing = 0;
  for (let row = 0; row < rows; row += 1) {
    if (valid !== undefined && ((valid[row >> 3] as number) & (1 << (row & 7))) === 0) {
      missing += 1;
      continue;
    }
    const code = codes[row] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return missing;
}

/** The most frequent values; ties go to the smaller value. */
function topOf({ values, counts }: Tally): (readonly [number, number])[] {
  const top: (readonly [number, number])[] = [];
  let least = 0;
  for (let i = 0; i < values.length; i += 1) {
    const run = counts[i] as number;
    if (top.length >= topValues && run <= least) continue;
    const at = top.findIndex(([, n]) => n < run);
    top.splice(at < 0 ? top.length : at, 0, [values[i] as number, run]);
    if (top.length > topValues) top.pop();
    least = top[top.length - 1]?.[1] ?? 0;
  }
  return top;
}

function binsOf({ values, counts }: Tally, min: number, max: number): Float64Array {
  const bins = new Float64Array(binCount);
  const width = (max - min) / binCount;
  for (let i = 0; i < values.length; i += 1) {
    const bin = width > 0 ? Math.min(binCount - 1, Math.floor(((values[i] as number) - min) / width)) : 0;
    bins[bin] = (bins[bin] as number) + (counts[i] as number);
  }
  return bins;
}
