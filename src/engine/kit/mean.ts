import type { ColumnDescriptor, DatasetDescriptor } from './dataset.ts';

/** Declared range of a measured value, as sums are kept: about its middle. */
export interface MeanRange {
  readonly centre: number;
  readonly half: number;
}

/** Ends beyond this, and ranges narrower than its inverse, leave no room for sums and squares of numbers. */
const LARGEST = 1e100;

/** Whether bounds are a range one can clip to: two finite numbers, the smaller one first. */
export const isRange = (bounds: readonly [number, number] | undefined): bounds is readonly [number, number] =>
  bounds !== undefined && bounds[0] >= -LARGEST && bounds[1] <= LARGEST && bounds[1] - bounds[0] >= 1 / LARGEST;

/** The measured value of a dataset with its declared range; undefined where it has none, or no place to map it at. */
export function measuredValue({
  parts,
  columns,
}: DatasetDescriptor): { readonly column: ColumnDescriptor; readonly range: MeanRange } | undefined {
  const column = columns.find(({ name }) => name === parts.measure);
  if (column === undefined || !isRange(column.bounds) || parts.place === undefined) return undefined;
  const [low, high] = column.bounds;
  return { column, range: { centre: (low + high) / 2, half: (high - low) / 2 } };
}

/**
 * Mean from a noisy sum about the middle of the range and a noisy count, kept inside the range: post-processing, costs
 * nothing. NaN below one row: there the release says nothing.
 */
export const noisyMean = (sum: number, rows: number, { centre, half }: MeanRange): number =>
  rows >= 1 ? centre + Math.max(-half, Math.min(half, sum / rows)) : Number.NaN;

/** The same of the truth: nothing is clipped. NaN without rows. */
export const trueMean = (sum: number, rows: number, centre: number): number =>
  rows > 0 ? centre + sum / rows : Number.NaN;
