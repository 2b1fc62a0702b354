import type { Place } from '../../engine/kit/dataset.ts';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import type { MapPlace } from '../../charts/props.ts';
import type { Grid } from './grid.layout.ts';

/** Places in the order of the grid's levels, so that values and places share indices. */
export function placesOf(grid: Grid, known: readonly Place[] | undefined): readonly MapPlace[] {
  const byId = new Map((known ?? []).map((place) => [place.id, place]));
  return grid.places.map((id) => {
    const place = byId.get(id);
    return { id, label: place?.label ?? id, lon: place?.lon, lat: place?.lat };
  });
}

/** A resident among the first rows: the row, where it starts, and what can be seen of it. */
export interface Person {
  readonly row: number;
  readonly place: string;
  readonly cells: readonly (string | number | null)[];
}

/** Rows among the first ones that have a place on the map. */
export function peopleOf(summary: DatasetSummary): readonly Person[] {
  const { place } = summary.descriptor.parts;
  const at = summary.descriptor.columns.findIndex((column) => column.name === place);
  if (at < 0) return [];
  const drawn = new Set(
    (summary.places ?? [])
      .filter((one) => one.lon !== undefined || summary.geometry !== undefined)
      .map((one) => one.id),
  );
  return summary.head.flatMap((cells, row) => {
    const id = cells[at];
    return typeof id === 'string' && (drawn.size === 0 || drawn.has(id)) ? [{ row, place: id, cells }] : [];
  });
}

/** Hour of the person's time column, 0..23. */
export function hourOf(summary: DatasetSummary, person: Person): number | undefined {
  const { time } = summary.descriptor.parts;
  const at = summary.descriptor.columns.findIndex((column) => column.name === time);
  const cell = at < 0 ? null : person.cells[at];
  const found = typeof cell === 'string' ? /\s(\d\d):/.exec(cell) : null;
  return found === null ? undefined : Number(found[1]);
}

/** A round top for the colour scale, so that it stays the same while noise moves. */
export function niceTop(truth: Float64Array): number {
  let top = 1;
  for (const value of truth) if (value > top) top = value;
  const unit = 10 ** Math.floor(Math.log10(top));
  for (const step of [1, 1.5, 2, 3, 4, 5, 6, 8, 10]) if (step * unit >= top) return step * unit;
  return 10 * unit;
}
