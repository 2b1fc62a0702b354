import { round } from './files.ts';

export type Ring = [number, number][];
export interface Feature {
  readonly type: 'Feature';
  readonly id: string | number;
  readonly geometry: { readonly type: 'MultiPolygon'; readonly coordinates: Ring[][] };
}
export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: Feature[];
}

/**
 * Polygons as the app fetches them: id as text, no properties, `decimals` decimals, consecutive duplicates dropped.
 * Rings are wound as d3-geo wants them on the sphere (exterior clockwise in longitude-latitude, holes the other way);
 * GeoJSON's own rule is the opposite, and a wrong ring fills the globe.
 */
export function compactGeometry(source: FeatureCollection, decimals: number, attribution: string): object {
  return {
    type: 'FeatureCollection',
    attribution,
    features: source.features.map((feature) => ({
      type: 'Feature',
      id: String(feature.id),
      properties: null,
      geometry: {
        type: 'MultiPolygon',
        coordinates: feature.geometry.coordinates.map((polygon) =>
          polygon.map((ring, index) => wound(thinned(ring, decimals), index === 0)).filter((ring) => ring.length >= 4),
        ),
      },
    })),
  };
}

function thinned(ring: Ring, decimals: number): Ring {
  const out: Ring = [];
  for (const [x, y] of ring) {
    const point: [number, number] = [round(x, decimals), round(y, decimals)];
    const last = out.at(-1);
    if (last === undefined || last[0] !== point[0] || last[1] !== point[1]) out.push(point);
  }
  return out;
}

function wound(ring: Ring, exterior: boolean): Ring {
  const clockwise = signedArea(ring) < 0;
  return clockwise === exterior ? ring : ring.toReversed();
}

/** Positive for counterclockwise rings (x to the east, y to the north). */
export function signedArea(ring: Ring): number {
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0, y0] = ring[i] as [number, number];
    const [x1, y1] = ring[i + 1] as [number, number];
    twice += x0 * y1 - x1 * y0;
  }
  return twice / 2;
}

/** Id of the feature that holds a point (even-odd rule over all rings), or undefined. */
export function featureAt(shapes: FeatureCollection, lon: number, lat: number): string | undefined {
  for (const feature of shapes.features) {
    let inside = false;
    for (const polygon of feature.geometry.coordinates) {
      for (const ring of polygon) if (crossesOdd(ring, lon, lat)) inside = !inside;
    }
    if (inside) return String(feature.id);
  }
  return undefined;
}

function crossesOdd(ring: Ring, x: number, y: number): boolean {
  let odd = false;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0, y0] = ring[i] as [number, number];
    const [x1, y1] = ring[i + 1] as [number, number];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) odd = !odd;
  }
  return odd;
}
