import { cos } from '../kit/portable-math.ts';

/**
 * Which polygon a point lies in, for many points: even-odd ray casting (Shimrat, 1962) over a uniform grid. Cells that
 * no edge touches belong to one polygon as a whole and answer at once; the others test the polygons near them.
 */

/** Polygon or MultiPolygon coordinates of GeoJSON (RFC 7946): lon, lat in degrees. */
export interface PolygonFeature {
  readonly id?: string | number | undefined;
  readonly geometry: {
    readonly type: string;
    readonly coordinates: unknown;
  } | null;
}

export interface PolygonIndex {
  /** Ids of the polygons, in the order of the features; a repeated id is one polygon. */
  readonly ids: readonly string[];
  /** Number of the polygon that holds the point, or -1. */
  locate(lon: number, lat: number): number;
  /**
   * Number of the polygon whose outline is nearest, within `metres` (at most about the side of a grid cell: 1/256 of
   * the extent), or -1. For points that fall into the gaps that simplified outlines leave between neighbours.
   */
  nearest(lon: number, lat: number, metres: number): number;
}

type Ring = Float64Array;

const SIDE = 256;
const UNKNOWN = -2;
const MIXED = -3;

/** Index over GeoJSON features; other geometries than (multi)polygons are left out. O(edges) to build. */
export function polygonIndex(features: readonly PolygonFeature[]): PolygonIndex {
  const ids: string[] = [];
  const rings: Ring[][] = [];
  for (const feature of features) {
    const found = ringsOf(feature);
    if (found.length === 0) continue;
    const id = String(feature.id ?? ids.length);
    const known = ids.indexOf(id);
    if (known >= 0) {
      rings[known]?.push(...found);
    } else {
      ids.push(id);
      rings.push(found);
    }
  }
  const box = boundsOf(rings.flat());
  const grid = gridOf(rings, box);
  const cells = new Int32Array(SIDE * SIDE).fill(UNKNOWN);
  for (const cell of grid.touched) cells[cell] = MIXED;
  const xScale = SIDE / Math.max(box.east - box.west, 1e-12);
  const yScale = SIDE / Math.max(box.north - box.south, 1e-12);

  const search = (lon: number, lat: number, cell: number): number => {
    for (let k = grid.starts[cell] as number; k < (grid.starts[cell + 1] as number); k += 1) {
      const polygon = grid.members[k] as number;
      if (contains(rings[polygon] as Ring[], lon, lat)) return polygon;
    }
    return -1;
  };
  return {
    ids,
    locate: (lon, lat) => {
      if (!(lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north)) return -1;
      const x = Math.min(SIDE - 1, Math.floor((lon - box.west) * xScale));
      const y = Math.min(SIDE - 1, Math.floor((lat - box.south) * yScale));
      const cell = y * SIDE + x;
      const whole = cells[cell] as number;
      if (whole >= -1) return whole;
      const found = search(lon, lat, cell);
      // No edge passes through an untouched cell, so one of its points decides for all.
      if (whole === UNKNOWN) cells[cell] = found;
      return found;
    },
    nearest: (lon, lat, metres) => {
      const cellX = Math.floor((lon - box.west) * xScale);
      const cellY = Math.floor((lat - box.south) * yScale);
      const lonMetres = METRES_PER_DEGREE * cos((lat * Math.PI) / 180);
      let best = metres * metres;
      let found = -1;
      for (let y = Math.max(0, cellY - 1); y <= Math.min(SIDE - 1, cellY + 1); y += 1) {
        for (let x = Math.max(0, cellX - 1); x <= Math.min(SIDE - 1, cellX + 1); x += 1) {
          const cell = y * SIDE + x;
          for (let k = grid.starts[cell] as number; k < (grid.starts[cell + 1] as number); k += 1) {
            const polygon = grid.members[k] as number;
            const distance = squaredDistance(rings[polygon] as Ring[], lon, lat, lonMetres);
            if (distance < best) {
              best = distance;
              found = polygon;
            }
          }
        }
      }
      return found;
    },
  };
}

const METRES_PER_DEGREE = 111_195;

/** Squared metres from a point to the nearest edge, in a local equirectangular plane. */
function squaredDistance(rings: readonly Ring[], lon: number, lat: number, lonMetres: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    let x1 = ((ring[ring.length - 2] as number) - lon) * lonMetres;
    let y1 = ((ring[ring.length - 1] as number) - lat) * METRES_PER_DEGREE;
    for (let i = 0; i < ring.length; i += 2) {
      const x2 = ((ring[i] as number) - lon) * lonMetres;
      const y2 = ((ring[i + 1] as number) - lat) * METRES_PER_DEGREE;
      const dx = x2 - x1;
      const dy = y2 - y1;
      const length = dx * dx + dy * dy;
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(x1 * dx + y1 * dy) / length));
      const px = x1 + along * dx;
      const py = y1 + along * dy;
      best = Math.min(best, px * px + py * py);
      x1 = x2;
      y1 = y2;
    }
  }
  return best;
}

interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Even-odd rule over all rings of a polygon: holes and parts need no distinction. */
function contains(rings: readonly Ring[], lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings) {
    let x1 = ring[ring.length - 2] as number;
    let y1 = ring[ring.length - 1] as number;
    for (let i = 0; i < ring.length; i += 2) {
      const x2 = ring[i] as number;
      const y2 = ring[i + 1] as number;
      if (y1 > lat !== y2 > lat && lon < ((x1 - x2) * (lat - y2)) / (y1 - y2) + x2) inside = !inside;
      x1 = x2;
      y1 = y2;
    }
  }
  return inside;
}

function ringsOf(feature: PolygonFeature): Ring[] {
  const geometry = feature.geometry;
  if (geometry === null || !Array.isArray(geometry.coordinates)) return [];
  const polygons: unknown[] = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
  const rings: Ring[] = [];
  for (const polygon of polygons) {
    if (!Array.isArray(polygon)) continue;
    for (const ring of polygon as unknown[]) {
      if (!Array.isArray(ring) || ring.length < 3) continue;
      const flat = (ring as number[][]).flatMap((point) => [Number(point[0]), Number(point[1])]);
      if (flat.every((value) => Number.isFinite(value))) rings.push(Float64Array.from(flat));
    }
  }
  return rings;
}

function boundsOf(rings: readonly Ring[]): Box {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i] as number);
      east = Math.max(east, ring[i] as number);
      south = Math.min(south, ring[i + 1] as number);
      north = Math.max(north, ring[i + 1] as number);
    }
  }
  return { west, south, east, north };
}

/** Cells under the bounding box of an edge, and for every cell the polygons whose bounding box covers it. */
function gridOf(
  rings: readonly (readonly Ring[])[],
  box: Box,
): { touched: Set<number>; starts: Uint32Array; members: Uint32Array } {
  const touched = new Set<number>();
  const cellX = (lon: number): number =>
    Math.max(0, Math.min(SIDE - 1, Math.floor(((lon - box.west) * SIDE) / Math.max(box.east - box.west, 1e-12))));
  const cellY = (lat: number): number =>
    Math.max(0, Math.min(SIDE - 1, Math.floor(((lat - box.south) * SIDE) / Math.max(box.north - box.south, 1e-12))));
  const lists: number[][] = Array.from({ length: SIDE * SIDE }, () => []);
  for (let polygon = 0; polygon < rings.length; polygon += 1) {
    const own = rings[polygon] as readonly Ring[];
    const { west, south, east, north } = boundsOf(own);
    for (let y = cellY(south); y <= cellY(north); y += 1)
      for (let x = cellX(west); x <= cellX(east); x += 1) lists[y * SIDE + x]?.push(polygon);
    for (const ring of own) {
      for (let i = 0; i < ring.length; i += 2) {
        const j = i === 0 ? ring.length - 2 : i - 2;
        const x1 = cellX(Math.min(ring[i] as number, ring[j] as number));
        const x2 = cellX(Math.max(ring[i] as number, ring[j] as number));
        const y1 = cellY(Math.min(ring[i + 1] as number, ring[j + 1] as number));
        const y2 = cellY(Math.max(ring[i + 1] as number, ring[j + 1] as number));
        for (let y = y1; y <= y2; y += 1) for (let x = x1; x <= x2; x += 1) touched.add(y * SIDE + x);
      }
    }
  }
  const starts = new Uint32Array(SIDE * SIDE + 1);
  for (let cell = 0; cell < lists.length; cell += 1)
    starts[cell + 1] = (starts[cell] as number) + (lists[cell] as number[]).length;
  const members = Uint32Array.from(lists.flat());
  return { touched, starts, members };
}
