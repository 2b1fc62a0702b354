/** Geometry and colours of the city map: pure numbers and strings. World units: the starting frame is 1,000 wide. */
import type { MapFeature, MapGeometry, MapMode, MapPlace } from './props.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface MapShape {
  /** Index in `places`. */
  readonly place: number;
  readonly d: string;
}
export interface MapLayout {
  readonly shapes: readonly MapShape[];
  readonly outlines: readonly string[];
  /** Centre of each place in world units; NaN where it has neither shape nor coordinates. */
  readonly cx: Float64Array;
  readonly cy: Float64Array;
  /** Indices of places that are not on the map. */
  readonly unmapped: readonly number[];
  /** What must be visible at the start. */
  readonly frame: Box;
  /** Everything drawn. */
  readonly bounds: Box;
  /** Metres a world unit, in the middle of the frame. */
  readonly metres: number;
}

/** West, south, east, north of the first view of New York: Manhattan centred, parts of all boroughs around it. */
export const NYC_FRAME = [-74.06, 40.665, -73.845, 40.885] as const;

/** Web Mercator in radians, y down. A city is far from poles and the date line, so no clipping is needed. */
export function mercator(lon: number, lat: number): [number, number] {
  const phi = (lat * Math.PI) / 180;
  return [(lon * Math.PI) / 180, -Math.log(Math.tan(Math.PI / 4 + phi / 2))];
}

const rings = (feature: MapFeature) =>
  feature.geometry.type === 'Polygon' ? [feature.geometry.coordinates] : feature.geometry.coordinates;

interface Projector {
  (lon: number, lat: number): [number, number];
}

/** Projects once; resizing, zooming and recolouring reuse the result. O(vertices). */
export function layoutMap(
  places: readonly MapPlace[],
  geometry: MapGeometry | undefined,
  outlines: MapGeometry | undefined,
  frame: readonly [number, number, number, number] | undefined,
): MapLayout {
  const extent = extentOf(places, geometry, outlines);
  const [west, south, east, north] = frame ?? (geometry === undefined ? pointFrame(places) : undefined) ?? extent;
  const [x0, y0] = mercator(west, north);
  const [x1, y1] = mercator(east, south);
  const scale = 1000 / Math.max(x1 - x0, 1e-9);
  const project: Projector = (lon, lat) => {
    const [x, y] = mercator(lon, lat);
    return [(x - x0) * scale, (y - y0) * scale];
  };
  const cx = new Float64Array(places.length).fill(Number.NaN);
  const cy = new Float64Array(places.length).fill(Number.NaN);
  const shapes: MapShape[] = [];
  const at = new Map(places.map((place, i) => [place.id, i]));
  for (const feature of geometry?.features ?? []) {
    const place = at.get(String(feature.id ?? feature.properties?.['id']));
    if (place === undefined) continue;
    shapes.push({ place, d: pathOf(feature, project) });
    [cx[place], cy[place]] = centreOf(feature, project);
  }
  if (geometry === undefined) {
    places.forEach(({ lon, lat }, i) => {
      if (lon !== undefined && lat !== undefined && Number.isFinite(lon + lat)) [cx[i], cy[i]] = project(lon, lat);
    });
  }
  const [bx0, by0] = project(extent[0], extent[3]);
  const [bx1, by1] = project(extent[2], extent[1]);
  return {
    shapes,
    outlines: (outlines?.features ?? []).map((feature) => pathOf(feature, project)),
    cx,
    cy,
    unmapped: places.flatMap((_, i) => (Number.isNaN(cx[i]) ? [i] : [])),
    frame: { x: 0, y: 0, width: 1000, height: Math.max((y1 - y0) * scale, 1) },
    metres: (EARTH_RADIUS * Math.cos((((south + north) / 2) * Math.PI) / 180)) / scale,
    bounds: { x: bx0, y: by0, width: bx1 - bx0, height: by1 - by0 },
  };
}

/** Metres; Web Mercator stretches lengths by 1 / cos(latitude). */
const EARTH_RADIUS = 6378137;

/**
 * First view of points: the 2nd to 98th percentile of their coordinates with a margin, so that a few stray sensors do
 * not squeeze the rest; the others are reached by zooming out. Undefined below two points.
 */
export function pointFrame(places: readonly MapPlace[]): [number, number, number, number] | undefined {
  const range = (all: readonly (number | undefined)[], least: number): [number, number] | undefined => {
    const sorted = all.filter((one): one is number => one !== undefined && Number.isFinite(one)).sort((a, b) => a - b);
    if (sorted.length < 2) return undefined;
    const cut = Math.floor(0.02 * (sorted.length - 1));
    const low = sorted[cut] as number;
    const high = sorted[sorted.length - 1 - cut] as number;
    const pad = Math.max((high - low) * 0.06, least);
    return [low - pad, high + pad];
  };
  const x = range(
    places.map((place) => place.lon),
    0.002,
  );
  const y = range(
    places.map((place) => place.lat),
    0.0015,
  );
  return x === undefined || y === undefined ? undefined : [x[0], y[0], x[1], y[1]];
}

/** Radius of a point in px: covers about a twentieth of the ground whatever their number; larger when near. */
export function pointRadius(points: number, width: number, height: number, zoom: number): number {
  const even = 0.12 * Math.sqrt((width * height) / Math.max(1, points));
  return Math.min(14, Math.min(10, Math.max(3.2, even)) * Math.sqrt(Math.max(1, zoom)));
}

/** Indices so that the highest values are drawn last, on top of their neighbours; unknown ones first. */
export function drawOrder(values: Float64Array): readonly number[] {
  const rank = (i: number): number => (Number.isNaN(values[i]) ? -Infinity : (values[i] as number));
  return Array.from(values, (_, i) => i).sort((a, b) => rank(a) - rank(b) || a - b);
}

/** Longest round distance (1, 2 or 5 times a power of ten) that fits in `widest` px. */
export function scaleBar(
  metresPerPixel: number,
  widest: number,
): { readonly metres: number; readonly pixels: number } | undefined {
  const most = metresPerPixel * widest;
  if (!(most > 0) || !Number.isFinite(most)) return undefined;
  const unit = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2].find((step) => step * unit <= most) ?? 1) * unit;
  return { metres, pixels: metres / metresPerPixel };
}

function extentOf(
  places: readonly MapPlace[],
  geometry?: MapGeometry,
  outlines?: MapGeometry,
): [number, number, number, number] {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  const see = (lon: number, lat: number) => {
    if (!Number.isFinite(lon + lat)) return;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  };
  for (const feature of [...(geometry?.features ?? []), ...(outlines?.features ?? [])]) {
    for (const polygon of rings(feature))
      for (const point of polygon[0] ?? []) see(point[0] as number, point[1] as number);
  }
  if (geometry === undefined && outlines === undefined) {
    for (const { lon, lat } of places) if (lon !== undefined && lat !== undefined) see(lon, lat);
  }
  if (west > east) return [-1, -1, 1, 1];
  // A single point still needs a frame.
  const pad = Math.max((east - west) * 0.02, 0.002);
  return [west - pad, south - pad, east + pad, north + pad];
}

function pathOf(feature: MapFeature, project: Projector): string {
  let d = '';
  for (const polygon of rings(feature)) {
    for (const ring of polygon) {
      let pen = 'M';
      for (const point of ring) {
        const [x, y] = project(point[0] as number, point[1] as number);
        d += `${pen}${Math.round(x * 100) / 100},${Math.round(y * 100) / 100}`;
        pen = 'L';
      }
      d += 'Z';
    }
  }
  return d;
}

/** Area centroid of the largest part. */
function centreOf(feature: MapFeature, project: Projector): [number, number] {
  let best: [number, number] = [Number.NaN, Number.NaN];
  let largest = -1;
  for (const polygon of rings(feature)) {
    const ring = (polygon[0] ?? []).map((point) => project(point[0] as number, point[1] as number));
    let area = 0;
    let x = 0;
    let y = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[j] as [number, number];
      const [bx, by] = ring[i] as [number, number];
      const cross = ax * by - bx * ay;
      area += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (Math.abs(area) <= largest || area === 0) continue;
    largest = Math.abs(area);
    best = [x / (3 * area), y / (3 * area)];
  }
  return best;
}

/** The view box of `size` pixels that contains the frame inside the insets (top, right, bottom, left), centred. */
export function fitView(
  frame: Box,
  size: { readonly width: number; readonly height: number },
  insets: readonly [number, number, number, number] = [0, 0, 0, 0],
): Box {
  const width = Math.max(1, size.width);
  const height = Math.max(1, size.height);
  // Insets may never eat more than 60 % of a small screen.
  const shrink = (a: number, b: number, whole: number) => Math.min(1, (whole * 0.6) / Math.max(1, a + b));
  const sx = shrink(insets[1], insets[3], width);
  const sy = shrink(insets[0], insets[2], height);
  const [top, right, bottom, left] = [insets[0] * sy, insets[1] * sx, insets[2] * sy, insets[3] * sx];
  const units = Math.max(frame.width / (width - left - right), frame.height / (height - top - bottom));
  const middleX = frame.x + frame.width / 2 - ((left - right) / 2) * units;
  const middleY = frame.y + frame.height / 2 - ((top - bottom) / 2) * units;
  return {
    x: middleX - (width * units) / 2,
    y: middleY - (height * units) / 2,
    width: width * units,
    height: height * units,
  };
}

/** Number of colour steps of a ramp (classes `ec-s0`..`ec-s16`). */
export const STEPS = 17;
const classes = (letter: string) => Array.from({ length: STEPS }, (_, i) => `ec-place ec-${letter}${i}`);
const CLASS = { released: classes('s'), true: classes('i'), difference: classes('d') };

/** Position 0..1 of a value in the locked domain; outside values take the end colours. */
export function rampPosition(
  value: number,
  domain: readonly [number, number],
  mode: MapMode,
  scale: 'linear' | 'sqrt',
): number {
  if (mode === 'difference') {
    const reach = Math.max(Math.abs(domain[0]), Math.abs(domain[1])) || 1;
    return Math.min(1, Math.max(0, 0.5 + value / (2 * reach)));
  }
  const share = Math.min(1, Math.max(0, (value - domain[0]) / (domain[1] - domain[0] || 1)));
  return scale === 'sqrt' ? Math.sqrt(share) : share;
}

/**
 * Class of every place, written into `out`. Order of precedence: suppressed (hatch), no data (blank), zero or less where
 * the domain starts at 0 (outline), then the ramp. `values` are what the mode shows, see `shownValues`.
 */
export function placeClasses(
  values: Float64Array,
  suppressed: Uint8Array | undefined,
  mode: MapMode,
  domain: readonly [number, number],
  scale: 'linear' | 'sqrt',
  out: string[],
): string[] {
  const ramp = CLASS[mode];
  const zeroAsOutline = mode !== 'difference' && domain[0] === 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (mode !== 'true' && suppressed?.[i] === 1) out[i] = 'ec-hatched';
    else if (Number.isNaN(value)) out[i] = 'ec-blank';
    else if (zeroAsOutline && value <= 0) out[i] = 'ec-zero';
    else out[i] = ramp[Math.round(rampPosition(value, domain, mode, scale) * (STEPS - 1))] as string;
  }
  return out;
}

/** What the mode shows: released values, true values, or released minus true. Without truth, always the release. */
export function shownValues(values: Float64Array, truth: Float64Array | undefined, mode: MapMode): Float64Array {
  if (mode === 'released' || truth === undefined) return values;
  if (mode === 'true') return truth;
  return values.map((value, i) => value - (truth[i] as number));
}

/** Exact values for 3 legend ticks: both ends and the colour in the middle. */
export function legendTicks(
  domain: readonly [number, number],
  mode: MapMode,
  scale: 'linear' | 'sqrt',
): [number, number, number] {
  if (mode === 'difference') {
    const reach = Math.max(Math.abs(domain[0]), Math.abs(domain[1]));
    return [-reach, 0, reach];
  }
  const middle = scale === 'sqrt' ? 0.25 : 0.5;
  return [domain[0], domain[0] + middle * (domain[1] - domain[0]), domain[1]];
}

/** Nearest place in a direction (dx, dy one of -1, 0, 1); sideways distance counts double. -1 = none. */
export function neighbour(layout: Pick<MapLayout, 'cx' | 'cy'>, from: number, dx: number, dy: number): number {
  const x = layout.cx[from] as number;
  const y = layout.cy[from] as number;
  let best = -1;
  let cost = Infinity;
  for (let i = 0; i < layout.cx.length; i++) {
    const ax = (layout.cx[i] as number) - x;
    const ay = (layout.cy[i] as number) - y;
    const along = ax * dx + ay * dy;
    if (i === from || !(along > 0)) continue;
    const aside = Math.abs(ax * dy) + Math.abs(ay * dx);
    if (aside > along * 2) continue;
    const now = along + 2 * aside;
    if (now < cost) {
      cost = now;
      best = i;
    }
  }
  return best;
}

/** Place nearest to a world point, at most `reach` away; -1 = none. For points and for entering the map by keyboard. */
export function nearestPlace(layout: Pick<MapLayout, 'cx' | 'cy'>, x: number, y: number, reach = Infinity): number {
  let best = -1;
  let least = reach * reach;
  for (let i = 0; i < layout.cx.length; i++) {
    const ax = (layout.cx[i] as number) - x;
    const ay = (layout.cy[i] as number) - y;
    const far = ax * ax + ay * ay;
    if (far <= least) {
      least = far;
      best = i;
    }
  }
  return best;
}
