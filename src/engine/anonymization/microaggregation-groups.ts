import type { Ctx } from '../kit/context.ts';
import { clara } from './clara.ts';
import { correlation, moments, type NumberTable, standardized, symmetricEigen } from './matrices.ts';
import { mdav } from './mdav.ts';
import { robustGroups } from './robust-distance.ts';

/**
 * Ways to form groups of at least k rows for microaggregation, by the names of sdcMicro (Templ, Kowarik, Meindl, 2015,
 * "Statistical disclosure control for micro-data using the R package sdcMicro", section 2.3).
 * - `mdav`: see mdav.ts.
 * - `rmd`: the row of largest robust Mahalanobis distance with the k - 1 nearest rows.
 * - `pca`: neighbours in the order of the first principal component of the standardized columns.
 * - `single`: neighbours in the order of the first column.
 * - `simple`: neighbours as they stand in the table; a baseline.
 * - `influence`: CLARA clusters, in each the order of the column in which its medoid is largest.
 */
export const GROUPING_METHODS = ['mdav', 'rmd', 'pca', 'single', 'simple', 'influence'] as const;
export type GroupingMethod = (typeof GROUPING_METHODS)[number];

/** Group of each row. Requires k <= rows; a last group holds up to 2k - 1 rows. */
export async function formGroups(
  table: NumberTable,
  method: GroupingMethod,
  k: number,
  ctx: Ctx,
  from = 0,
  to = 1,
): Promise<Uint32Array> {
  switch (method) {
    case 'mdav':
      return mdav(populationScaled(table), k, ctx, from, to);
    case 'rmd':
      return robustGroups(standardized(table), k, ctx, from, to);
    case 'pca':
      return neighbours(orderBy(firstComponent(table)), k);
    case 'single':
      return neighbours(orderBy(columnOf(table, 0)), k);
    case 'simple':
      return neighbours(
        Uint32Array.from({ length: table.rows }, (_, i) => i),
        k,
      );
    case 'influence':
      return neighbours(influenceOrder(table), k);
  }
}

/** Groups of each column by itself ("individual ranking", `onedims`): one array a column. */
export const formColumnGroups = (table: NumberTable, k: number): readonly Uint32Array[] =>
  Array.from({ length: table.width }, (_, j) => neighbours(orderBy(columnOf(table, j)), k));

/** Runs of k rows in the given order; the last run takes the rest. */
export function neighbours(order: Uint32Array, k: number): Uint32Array {
  const groups = Math.max(1, Math.floor(order.length / k));
  const out = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i += 1) out[order[i] as number] = Math.min(groups - 1, Math.floor(i / k));
  return out;
}

/** Rows by ascending value, equal ones as they stand. */
const orderBy = (values: Float64Array): Uint32Array =>
  Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => (values[a] as number) - (values[b] as number) || a - b,
  );

const columnOf = (table: NumberTable, j: number): Float64Array =>
  Float64Array.from({ length: table.rows }, (_, i) => table.values[i * table.width + j] as number);

/** Scores on the first principal component of the correlations; its first loading is not negative. */
function firstComponent(table: NumberTable): Float64Array {
  const { width } = table;
  const points = standardized(table);
  const loading = symmetricEigen(correlation(table), width).vectors.subarray(0, width);
  const sign = (loading[0] as number) < 0 ? -1 : 1;
  return Float64Array.from({ length: table.rows }, (_, i) => {
    let score = 0;
    for (let j = 0; j < width; j += 1) score += (points.values[i * width + j] as number) * (loading[j] as number);
    return sign * score;
  });
}

/** Values divided by the population deviation, as MDAV measures distances. */
function populationScaled(table: NumberTable): NumberTable {
  const { deviation } = moments(table);
  const shrink = Math.sqrt((table.rows - 1) / table.rows);
  const values = table.values.map((value, i) => {
    const scale = (deviation[i % table.width] as number) * shrink;
    return scale > 0 ? value / scale : 0;
  });
  return { ...table, values };
}

function influenceOrder(table: NumberTable): Uint32Array {
  const { width } = table;
  const { rows: medoids, clusterOf } = clara(table, Math.max(1, Math.min(8, table.rows - 1)));
  const key = new Float64Array(table.rows);
  const leading = medoids.map((row) => {
    const values = table.values.subarray(row * width, (row + 1) * width);
    return values.indexOf(values.reduce((most, value) => Math.max(most, value), -Infinity));
  });
  for (let i = 0; i < table.rows; i += 1) {
    key[i] = table.values[i * width + (leading[clusterOf[i] as number] as number)] as number;
  }
  return Uint32Array.from({ length: table.rows }, (_, i) => i).sort(
    (a, b) => (clusterOf[a] as number) - (clusterOf[b] as number) || (key[a] as number) - (key[b] as number) || a - b,
  );
}
