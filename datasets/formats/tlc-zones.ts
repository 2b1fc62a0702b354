import type { Column } from '../../src/engine/table/table.ts';
import { isValid } from '../../src/engine/table/table.ts';
import { atan2, exp } from '../../src/engine/kit/portable-math.ts';
import { text } from '../../src/engine/kit/text.ts';
import type { PlaceTable } from '../../src/engine/kit/dataset.ts';
import { polygonIndex, type PolygonFeature, type PolygonIndex } from '../../src/engine/table/point-in-polygon.ts';
import { fullBitmap, numbersOf } from './columns-ops.ts';
import type { FinishTools } from './plan.ts';

/** Simplified polygons of the 260 taxi zones that have a shape. */
const ZONES = new URL('../nyc/facts/zones.geojson', import.meta.url);

/** Ids "1".."265" of the TLC zone lookup; 264 and 265 are unknown. */
export const zoneLevels: readonly string[] = Array.from({ length: 265 }, (_, i) => String(i + 1));
const UNKNOWN_CODE = 263;

/** Outlines are simplified to 60 m, so neighbours leave gaps of up to about twice that. */
const GAP_METRES = 150;

const EARTH_RADIUS_M = 6378137;
const DEGREES = 180 / Math.PI;

/** Zone ids as written in files: "236", "236.0", "0236"; anything else is unknown (264). */
export function zoneLevel(raw: string): string {
  const id = Number(raw);
  return Number.isInteger(id) && id >= 1 && id <= 265 ? String(id) : '264';
}

/** Loads the zone polygons, or undefined when there is no way to (no asset loader). */
export async function loadZoneIndex(tools: FinishTools): Promise<PolygonIndex | undefined> {
  if (tools.ctx.asset === undefined) return undefined;
  const places: PlaceTable | undefined = await tools.placesOf?.('nyc-zones');
  const bytes = await tools.ctx.asset(places?.geometry ?? ZONES);
  const json = JSON.parse(new TextDecoder().decode(bytes)) as { features: PolygonFeature[] };
  return polygonIndex(json.features);
}

/** Coordinates in degrees. Values beyond any degree are Web Mercator metres (EPSG:3857) and are converted. */
export function toDegrees(lon: Column, lat: Column): { lon: Column; lat: Column; converted: number } {
  const x = numbersOf(lon);
  const y = numbersOf(lat);
  if (x === undefined || y === undefined) return { lon, lat, converted: 0 };
  const outX = Float64Array.from(x);
  const outY = Float64Array.from(y);
  let converted = 0;
  for (let i = 0; i < outX.length; i += 1) {
    // A degree is never beyond 180; New York in metres is about -8.2 and 5.0 million.
    if (!(Math.abs(outX[i] as number) > 10_000 && Math.abs(outY[i] as number) > 10_000)) continue;
    outX[i] = ((outX[i] as number) / EARTH_RADIUS_M) * DEGREES;
    outY[i] = 2 * atan2(exp((outY[i] as number) / EARTH_RADIUS_M), 1) * DEGREES - 90;
    converted += 1;
  }
  if (converted === 0) return { lon, lat, converted };
  return {
    lon: { kind: 'number', name: lon.name, values: outX, ...(lon.valid === undefined ? {} : { valid: lon.valid }) },
    lat: { kind: 'number', name: lat.name, values: outY, ...(lat.valid === undefined ? {} : { valid: lat.valid }) },
    converted,
  };
}

/** Coordinates 0,0 stand for "unknown" in TLC files: made missing. Returns how many. */
export function withoutZeros(lon: Column, lat: Column, rows: number): { lon: Column; lat: Column; zeros: number } {
  const x = numbersOf(lon) as ArrayLike<number>;
  const y = numbersOf(lat) as ArrayLike<number>;
  const valid = fullBitmap(rows);
  let zeros = 0;
  let missing = 0;
  for (let i = 0; i < rows; i += 1) {
    const absent = !isValid(lon, i) || !isValid(lat, i);
    // Mercator zero is within a metre of 0 in x and -7e-10 in y.
    const zero = !absent && Math.abs(x[i] as number) < 1e-3 && Math.abs(y[i] as number) < 1e-3;
    if (!absent && !zero) continue;
    valid[i >> 3] = (valid[i >> 3] as number) & ~(1 << (i & 7));
    zeros += zero ? 1 : 0;
    missing += 1;
  }
  return missing === 0 ? { lon, lat, zeros } : { lon: { ...lon, valid }, lat: { ...lat, valid }, zeros };
}

/** Zone of every point as a place column; outside all zones or missing = 264. */
export async function zonesOfPoints(
  name: string,
  lon: Column,
  lat: Column,
  rows: number,
  index: PolygonIndex,
  tools: FinishTools,
): Promise<{ column: Column; outside: number; nearest: number }> {
  const x = numbersOf(lon) as ArrayLike<number>;
  const y = numbersOf(lat) as ArrayLike<number>;
  const codeOf = index.ids.map((id) => Number(id) - 1);
  const codes = new Uint16Array(rows);
  let outside = 0;
  let nearest = 0;
  for (let i = 0; i < rows; i += 1) {
    let polygon = isValid(lon, i) ? index.locate(x[i] as number, y[i] as number) : -1;
    if (polygon < 0 && isValid(lon, i)) {
      polygon = index.nearest(x[i] as number, y[i] as number, GAP_METRES);
      if (polygon >= 0) nearest += 1;
    }
    if (polygon < 0) {
      codes[i] = UNKNOWN_CODE;
      outside += isValid(lon, i) ? 1 : 0;
    } else {
      codes[i] = codeOf[polygon] as number;
    }
    if ((i & 0x3fff) === 0x3fff) await tools.ctx.checkpoint(i / rows, text('finding zones', 'buscando zonas'));
  }
  return { column: { kind: 'category', name, codes, levels: zoneLevels }, outside, nearest };
}
