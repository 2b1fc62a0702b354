import type { LoadedDataset } from '../kit/dataset.ts';
import { infeasible } from '../kit/errors.ts';
import { cos } from '../kit/portable-math.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';

/** Mean radius of the Earth in metres (IUGG). */
const EARTH = 6_371_008.8;

/** Positions of the base values of a place column, in metres east and north; NaN where a place has none. */
export interface PlacePoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Base values of a place column on a plane: equirectangular about the mean latitude of all places, good to a per mille
 * within a city. `undefined` where the column holds no places, or none of them has coordinates.
 */
export function placePoints(dataset: LoadedDataset, encoded: EncodedColumn): PlacePoints | undefined {
  const { base } = encoded;
  const places = dataset.places?.places;
  if (base.kind !== 'places' || places === undefined) return undefined;
  const known = places.filter((place) => place.lon !== undefined && place.lat !== undefined);
  if (known.length === 0) return undefined;
  const middle = known.reduce((sum, place) => sum + (place.lat as number), 0) / known.length;
  const degree = (EARTH * Math.PI) / 180;
  const east = degree * cos((middle * Math.PI) / 180);
  const x = new Float64Array(base.placeOf.length).fill(Number.NaN);
  const y = x.slice();
  base.placeOf.forEach((index, code) => {
    const place = places[index];
    if (place?.lon === undefined || place.lat === undefined) return;
    x[code] = place.lon * east;
    y[code] = place.lat * degree;
  });
  return { x, y };
}

/** The same, or a sentence that says what is missing. @throws infeasible */
export function requirePlacePoints(dataset: LoadedDataset, encoded: EncodedColumn): PlacePoints {
  const points = placePoints(dataset, encoded);
  if (points === undefined) {
    const name = encoded.hierarchy.column;
    throw infeasible(
      `column "${name}" has no places with coordinates`,
      'load data with longitudes and latitudes, or choose another method',
      { column: name },
    );
  }
  return points;
}
