import type { Place, PlaceTable } from '../src/engine/kit/dataset.ts';
import { invalidParam } from '../src/engine/kit/errors.ts';
import { type Asset, readJson } from './kit.ts';

/** Where the places of a table come from. Place ids are the levels of a dataset's place column, in the same order. */
export interface PlaceSource {
  readonly facts: URL;
  readonly geometry?: URL;
  /** Shapes drawn behind places that are points. */
  readonly outline?: URL;
  readonly coarser: readonly string[];
  readonly read: (facts: unknown) => readonly Place[];
  /** A second facts file `read` needs (names of the coarser places). */
  readonly also?: URL;
}

type Cell = string | number | boolean | null;
type Rows = readonly (readonly Cell[])[];

const NYC_ZONES = new URL('./nyc/facts/zones.json', import.meta.url);
const NYC_SHAPES = new URL('./nyc/facts/zones.geojson', import.meta.url);
const LONDON_SHAPES = new URL('./london/facts/boroughs.geojson', import.meta.url);

/** Place tables of the app by id; read by `loadPlaces`. */
export const placeTables: Readonly<Record<string, PlaceSource>> = {
  /** 265 taxi zones. 57, 104 and 105 have no shape of their own, 264 and 265 mean unknown. */
  'nyc-zones': {
    facts: NYC_ZONES,
    geometry: NYC_SHAPES,
    coarser: ['borough', 'city'],
    read: (facts) => rowsOf(facts, 'zones').map(zonePlace),
  },
  'nyc-stations': {
    facts: new URL('./nyc/facts/stations.json', import.meta.url),
    also: NYC_ZONES,
    outline: NYC_SHAPES,
    coarser: ['zone', 'borough', 'city'],
    read: readStations,
  },
  'nyc-links': {
    facts: new URL('./nyc/facts/links.json', import.meta.url),
    outline: NYC_SHAPES,
    coarser: ['borough', 'city'],
    read: (facts) =>
      rowsOf(facts, 'links').map((row) => place(row[0], row[1], row[3], row[4], [String(row[2]), 'New York City'])),
  },
  'santander-nodes': {
    facts: new URL('./santander/facts/nodes.json', import.meta.url),
    coarser: ['cell', 'area', 'city'],
    read: (facts) =>
      rowsOf(facts, 'nodes').map((row) =>
        place(row[0], `node ${String(row[0])}`, row[2], row[3], santanderCells(row[2], row[3])),
      ),
  },
  'santander-loops': {
    facts: new URL('./santander/facts/loops.json', import.meta.url),
    coarser: ['cell', 'area', 'city'],
    read: (facts) =>
      rowsOf(facts, 'loops').map((row) =>
        place(row[0], `loop ${String(row[0])}`, row[1], row[2], santanderCells(row[1], row[2])),
      ),
  },
  'santander-parking': {
    facts: new URL('./santander/facts/car-parks.json', import.meta.url),
    coarser: ['area', 'city'],
    read: (facts) =>
      rowsOf(facts, 'carParks').map((row) =>
        place(row[0], `car park ${String(row[0])}`, row[1], row[2], santanderCells(row[1], row[2]).slice(1)),
      ),
  },
  'london-sites': {
    facts: new URL('./london/facts/sites.json', import.meta.url),
    also: new URL('./london/facts/boroughs.json', import.meta.url),
    outline: LONDON_SHAPES,
    coarser: ['borough', 'city'],
    read: readSites,
  },
  'london-boroughs': {
    facts: new URL('./london/facts/boroughs.json', import.meta.url),
    geometry: LONDON_SHAPES,
    coarser: ['ring', 'city'],
    read: (facts) =>
      rowsOf(facts, 'boroughs').map((row) =>
        place(row[0], row[1], row[3], row[4], [row[2] === true ? 'Inner London' : 'Outer London', 'London']),
      ),
  },
};

/**
 * Reads a place table.
 * @param id one of `placeTables`
 * @param asset fetches a facts file of the app
 * @throws invalid-param for an unknown id; invalid-data when the file cannot be read
 */
export async function loadPlaces(id: string, asset: Asset): Promise<PlaceTable> {
  const source = Object.hasOwn(placeTables, id) ? placeTables[id] : undefined;
  if (source === undefined) throw invalidParam('places', `one of ${Object.keys(placeTables).join(', ')}`, id);
  const [facts, also] = await Promise.all([
    readJson(source.facts, asset),
    source.also === undefined ? undefined : readJson(source.also, asset),
  ]);
  return {
    id,
    places: source.read(also === undefined ? facts : { ...(also as object), ...(facts as object) }),
    coarser: source.coarser,
    ...(source.geometry === undefined ? {} : { geometry: source.geometry }),
    ...(source.outline === undefined ? {} : { outline: source.outline }),
  };
}

const rowsOf = (facts: unknown, key: string): Rows => (facts as Record<string, Rows>)[key] ?? [];

function place(
  id: Cell | undefined,
  label: Cell | undefined,
  lon: Cell | undefined,
  lat: Cell | undefined,
  parents: readonly string[],
): Place {
  const located = typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : {};
  return { id: String(id), label: String(label), ...located, parents };
}

/** Newark Airport lies in another state; 264 and 265 are nowhere. */
const cityOf = (borough: string): string =>
  borough === 'EWR' ? 'Newark' : borough === 'Unknown' ? 'Unknown' : 'New York City';

function zonePlace(row: readonly Cell[]): Place {
  const borough = String(row[2]);
  const label = row[0] === 264 ? 'Unknown (NV)' : row[0] === 265 ? 'Unknown (NA)' : row[1];
  return place(row[0], label, row[3], row[4], [borough, cityOf(borough)]);
}

/** Stations with the taxi zone they lie in; stations on piers and bridges outside all zones say so. */
function readStations(facts: unknown): readonly Place[] {
  const zones = rowsOf(facts, 'zones');
  return rowsOf(facts, 'stations').map((row) => {
    const zone = typeof row[6] === 'number' ? zones[row[6] - 1] : undefined;
    const parents =
      zone === undefined
        ? ['outside the zones', 'outside the zones', 'New York City']
        : [`${String(zone[1])} (${String(zone[0])})`, String(zone[2]), 'New York City'];
    return place(row[0], row[1], row[3], row[2], parents);
  });
}

function readSites(facts: unknown): readonly Place[] {
  const names = (facts as { names?: Record<string, string> }).names ?? {};
  const boroughs = new Map(rowsOf(facts, 'boroughs').map((row) => [row[0], String(row[1])]));
  return rowsOf(facts, 'sites').map((row) => {
    const code = String(row[0]);
    return place(code, names[code] ?? `${code}, ${String(row[1])}`, row[2], row[3], [
      boroughs.get(row[4] ?? null) ?? 'outside the boroughs',
      'London',
    ]);
  });
}

/** A grid of about 550 m (cell) and one of about 2.2 km (area), counted from the south-west of the municipality. */
function santanderCells(lon: Cell | undefined, lat: Cell | undefined): string[] {
  if (typeof lon !== 'number' || typeof lat !== 'number') return ['no position', 'no position', 'Santander'];
  const column = Math.floor((lon + 3.9) / 0.0068);
  const row = Math.floor((lat - 43.4) / 0.005);
  return [`cell ${column}-${row}`, `area ${Math.floor(column / 4)}-${Math.floor(row / 4)}`, 'Santander'];
}
