import type { CountsPicture } from '../../engine/kit/picture.ts';
import type { HourRange } from '../../store/view-store.ts';
import { byHour, byPlace, type Grid } from '../explore/grid.layout.ts';

/** Cells that are means of a measured value: they may be averaged, never added up. */
export const isMean = (picture: CountsPicture): boolean => picture.id === 'mean';

/** One number per place in the chosen hours: the sum of counts, the mean of means; NaN where no mean is known. */
export const placely = (grid: Grid, cells: Float64Array, hours: HourRange): Float64Array =>
  isMean(grid.picture) ? shareOut(grid, cells, (known) => byPlace(grid, known, hours)) : byPlace(grid, cells, hours);

/** One number per hour, of one place or all: the sum of counts, the mean of means (0 where no mean is known). */
export const hourly = (grid: Grid, cells: Float64Array, place: number | null): Float64Array =>
  isMean(grid.picture)
    ? shareOut(grid, cells, (known) => byHour(grid, known, place)).map((value) => (Number.isNaN(value) ? 0 : value))
    : byHour(grid, cells, place);

/** Sums of the known cells over how many they are. A true mean is unknown without rows, a released one where held back. */
function shareOut(grid: Grid, cells: Float64Array, add: (cells: Float64Array) => Float64Array): Float64Array {
  const held = cells === grid.picture.truth ? undefined : grid.picture.suppressed;
  const known = cells.map((value, i) => (Number.isFinite(value) && held?.[i] !== 1 ? 1 : 0));
  const sums = add(cells.map((value, i) => (known[i] === 1 ? value : 0)));
  const counts = add(known);
  return sums.map((sum, i) => ((counts[i] as number) > 0 ? sum / (counts[i] as number) : Number.NaN));
}
