import type { Ctx } from '../src/engine/kit/context.ts';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import type { ColumnStats, DatasetRef, DatasetSummary } from '../src/engine/kit/job.ts';
import { type CategoryColumn, type Column, cellText, isoText, isValid, type Table } from '../src/engine/table/table.ts';

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
    ...(places === undefined ? {} : { places: places.places }),
  };
}

const headOf = (table: Table): DatasetSummary['head'] =>
  Array.from({ length: Math.min(headRows, table.rows) }, (_, row) =>
    table.columns.map((column) => cellText(column, row)),
  );

/** Statistics of one column; sorting a copy gives distinct values and the most frequent ones in one pass. */
export function statsOf(column: Column, rows: number): ColumnStats {
  if (column.kind === 'category') return categoryStats(column, rows);
  const present = new Float64Array(rows);
  let count = 0;
  let sum = 0;
  const { values } = column;
  for (let row = 0; row < rows; row += 1) {
    if (!isValid(column, row)) continue;
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    present[count] = value;
    sum += value;
    count += 1;
  }
  const sorted = present.subarray(0, count).sort();
  if (count === 0) return { name: column.name, missing: rows, distinct: 0, top: [] };
  const min = sorted[0] as number;
  const max = sorted[count - 1] as number;
  const { distinct, top } = runsOf(sorted);
  const show = (value: number): string => (column.kind === 'time' ? isoText(value) : String(value));
  return {
    name: column.name,
    missing: rows - count,
    distinct,
    min,
    max,
    mean: sum / count,
    top: top.map(([value, n]): readonly [string, number] => [show(value), n]),
    bins: binsOf(sorted, min, max),
  };
}

function categoryStats(column: CategoryColumn, rows: number): ColumnStats {
  const counts = new Uint32Array(column.levels.length);
  let missing = 0;
  for (let row = 0; row < rows; row += 1) {
    if (!isValid(column, row)) {
      missing += 1;
      continue;
    }
    const code = column.codes[row] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  const used = [...counts.keys()].filter((code) => (counts[code] as number) > 0);
  const top = used.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b).slice(0, topValues);
  return {
    name: column.name,
    missing,
    distinct: used.length,
    top: top.map((code): readonly [string, number] => [column.levels[code] ?? '', counts[code] as number]),
  };
}

/** Distinct values and the most frequent ones of a sorted array; ties go to the smaller value. */
function runsOf(sorted: Float64Array): { distinct: number; top: (readonly [number, number])[] } {
  const top: (readonly [number, number])[] = [];
  let distinct = 0;
  let start = 0;
  for (let i = 1; i <= sorted.length; i += 1) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    distinct += 1;
    const run = i - start;
    if (top.length < topValues || run > (top.at(-1)?.[1] ?? 0)) {
      const at = top.findIndex(([, n]) => n < run);
      top.splice(at < 0 ? top.length : at, 0, [sorted[start] as number, run]);
      if (top.length > topValues) top.pop();
    }
    start = i;
  }
  return { distinct, top };
}

function binsOf(sorted: Float64Array, min: number, max: number): Float64Array {
  const bins = new Float64Array(binCount);
  const width = (max - min) / binCount;
  for (const value of sorted) {
    const bin = width > 0 ? Math.min(binCount - 1, Math.floor((value - min) / width)) : 0;
    bins[bin] = (bins[bin] as number) + 1;
  }
  return bins;
}
