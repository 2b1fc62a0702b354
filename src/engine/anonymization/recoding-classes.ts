import type { Pause } from '../kit/context.ts';
import type { LoadedDataset } from '../kit/dataset.ts';
import { groupRows } from '../table/group.ts';
import { baseSize, type EncodedColumn, valuesCovered } from '../table/hierarchy.ts';
import { type ReleasedCells, rangeColumn } from './cells.ts';
import type { FormedClasses } from './class-release.ts';
import { classCount, type RowClasses } from './greedy-split.ts';
import { setColumn } from './set-cells.ts';

/** Released cells of classes given as lists of rows: the smallest range, or the set of values, of each class. */
export async function coveringCells(
  encoded: readonly EncodedColumn[],
  dataset: LoadedDataset,
  classes: RowClasses,
  asSet: readonly boolean[],
  pause: Pause = async () => undefined,
): Promise<FormedClasses> {
  const classOf = classNumbers(classes);
  const width = encoded.length;
  const { low, high } = bounds(encoded, classes);
  const cells: ReleasedCells[] = [];
  for (const [j, column] of encoded.entries()) {
    await pause();
    cells.push(
      asSet[j] === true
        ? setColumn(column, classes, classOf)
        : rangeColumn(column, dataset, classOf, low, high, width, j),
    );
  }
  await pause();
  return formed(cells, classes);
}

/** Classes with equal cells are one to whoever sees the table: they are joined here. */
export function formed(cells: readonly ReleasedCells[], classes: RowClasses): FormedClasses {
  const count = classCount(classes);
  const first = Uint32Array.from({ length: count }, (_, c) => classes.rows[classes.start[c] as number] as number);
  const joined = groupRows(
    cells.map(({ column }) => first.map((row) => column.codes[row] as number)),
    cells.map(({ column }) => column.levels.length),
    count,
  );
  const classOf = new Uint32Array(classes.rows.length);
  const sizes = new Uint32Array(joined.count);
  for (let c = 0; c < count; c += 1) {
    const to = joined.classOf[c] as number;
    const end = classes.start[c + 1] as number;
    for (let i = classes.start[c] as number; i < end; i += 1) classOf[classes.rows[i] as number] = to;
    sizes[to] = (sizes[to] as number) + end - (classes.start[c] as number);
  }
  return { classOf, sizes, count: joined.count, cells, losses: cells.map(cellLoss) };
}

export function classNumbers(classes: RowClasses): Uint32Array {
  const classOf = new Uint32Array(classes.rows.length);
  for (let c = 0; c < classCount(classes); c += 1) {
    const end = classes.start[c + 1] as number;
    for (let i = classes.start[c] as number; i < end; i += 1) classOf[classes.rows[i] as number] = c;
  }
  return classOf;
}

/** Smallest and largest base code of each class, row-major: class x column. */
function bounds(
  encoded: readonly EncodedColumn[],
  classes: RowClasses,
): { readonly low: Uint32Array; readonly high: Uint32Array } {
  const count = classCount(classes);
  const width = encoded.length;
  const low = new Uint32Array(count * width).fill(0xffffffff);
  const high = new Uint32Array(count * width);
  encoded.forEach(({ codes }, j) => {
    for (let c = 0; c < count; c += 1) {
      const at = c * width + j;
      for (let i = classes.start[c] as number; i < (classes.start[c + 1] as number); i += 1) {
        const code = codes[classes.rows[i] as number] as number;
        if (code < (low[at] as number)) low[at] = code;
        if (code > (high[at] as number)) high[at] = code;
      }
    }
  });
  return { low, high };
}

/** Mean over rows of (values covered - 1) / (base values - 1). */
function cellLoss({ column, cells }: ReleasedCells): number {
  const rest = Math.max(1, baseSize(cells.column) - 1);
  const lossOf = Float64Array.from(column.levels, (_, label) => (valuesCovered(cells, label) - 1) / rest);
  let sum = 0;
  for (let i = 0; i < column.codes.length; i += 1) sum += lossOf[column.codes[i] as number] as number;
  return column.codes.length === 0 ? 0 : sum / column.codes.length;
}

/**
 * Granularity of a release, 1 = every value as it was, 0 = everything "*": 1 - (mean_i A_i / n - mean_i 1 / size_i) /
 * (1 - mean_i 1 / size_i), with A_i the sum over rows of the share of the domain their cell covers (the quality view of
 * ARX; Prasser, Bild, Kuhn, MIE 2016; base values no row has count too).
 * @param losses mean of (values covered - 1) / (base values - 1), per column
 */
export function granularity(losses: readonly number[], sizes: readonly number[]): number {
  let lost = 0;
  let most = 0;
  losses.forEach((loss, j) => {
    const share = 1 - 1 / Math.max(1, sizes[j] as number);
    lost += loss * share;
    most += share;
  });
  return most === 0 ? 1 : 1 - lost / most;
}
