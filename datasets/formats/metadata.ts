import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import { isValid } from '../../src/engine/table/table.ts';
import { found, numbersOf } from './columns-ops.ts';
import { column } from './fields.ts';
import { withPlaces } from './file-places.ts';
import { latitude, longitude, sensorPlace } from './santander.ts';
import { simpleFormat, type SourceField } from './simple.ts';

/** Tables that describe places, not events: readable as tables of their own, with nobody's privacy at stake. */

const ABOUT_PLACES: DatasetDescriptor['assumptions'] = [
  text(
    'This table describes places, not people: there is nothing to protect in it.',
    'Esta tabla describe lugares, no personas: no hay nada que proteger.',
  ),
];
const label = (keys: readonly string[], name: string, en: string, es: string, needed = false): SourceField => ({
  keys,
  needed,
  column: column(name, 'category', text(en, es), { ladder: { kind: 'suppress' } }),
});

/** TLC taxi zone lookup. "NA" and "N/A" are names here (zones 264 and 265). */
export const zoneLookup = simpleFormat({
  id: 'taxi-zone-lookup',
  label: text('TLC taxi zone lookup', 'tabla de zonas de taxi TLC'),
  city: 'nyc',
  score: 0.95,
  dataset: {
    id: 'taxi-zone-lookup',
    label: text('Taxi zones (your file)', 'Zonas de taxi (su archivo)'),
    summary: text('Names of the 265 taxi zones.', 'Nombres de las 265 zonas de taxi.'),
    licence: 'NYC Open Data terms of use',
    source: 'NYC Taxi and Limousine Commission, taxi zone lookup',
    portal: { url: 'https://www.nyc.gov/site/tlc/about/tlc-trip-record-data.page', label: text('TLC', 'TLC') },
    rowUnit: 'zone',
    privacyUnit: 'zone',
    parts: { place: 'zoneId' },
    places: 'nyc-zones',
    assumptions: ABOUT_PLACES,
  },
  fields: [
    {
      keys: ['locationid'],
      needed: true,
      column: column('zoneId', 'category', text('Zone id', 'Id de zona'), { ladder: { kind: 'place' } }),
      plan: { required: true },
    },
    label(['borough'], 'borough', 'Borough', 'Distrito', true),
    label(['zone'], 'zone', 'Zone', 'Zona', true),
    label(['servicezone'], 'serviceZone', 'Service zone', 'Zona de servicio'),
  ],
  finish: async (draft, tools) => {
    const zone = found(draft, 'zone');
    let nameless = 0;
    if (zone !== undefined) for (let i = 0; i < draft.rows; i += 1) nameless += isValid(zone, i) ? 0 : 1;
    if (nameless > 0)
      tools.decide(
        text(
          `${nameless} zone has no name here: this copy took the name "NA" for a missing value.`,
          `${nameless} zona no tiene nombre: esta copia tomó el nombre "NA" por un valor ausente.`,
        ),
      );
    return draft;
  },
});

/** Monitoring sites of the London Air Quality Network (semicolon CSV, or the ERG API's JSON). */
export const laqnSites = simpleFormat({
  id: 'laqn-sites',
  label: text('London Air monitoring sites', 'estaciones de London Air'),
  city: 'london',
  score: 0.9,
  dataset: {
    id: 'laqn-sites',
    label: text('Monitoring sites (your file)', 'Estaciones (su archivo)'),
    summary: text('Where air is measured.', 'Dónde se mide el aire.'),
    licence: 'Open Government Licence',
    source: 'London Air Quality Network',
    portal: { url: 'https://www.londonair.org.uk/', label: text('London Air', 'London Air') },
    rowUnit: 'site',
    privacyUnit: 'site',
    parts: { place: 'site' },
    assumptions: ABOUT_PLACES,
  },
  fields: [
    {
      keys: ['sitecode'],
      needed: true,
      column: column('site', 'category', text('Site', 'Estación'), { ladder: { kind: 'place' } }),
      plan: { required: true },
    },
    label(['sitename'], 'name', 'Name', 'Nombre'),
    label(['classification', 'sitetype'], 'siteType', 'Site type', 'Tipo de estación', true),
    label(['localauthorityname', 'laid'], 'authority', 'Local authority', 'Autoridad local'),
    // The ERG API's "WGS84" fields hold Web Mercator metres; @Latitude and @Longitude are degrees.
    {
      keys: ['longitude'],
      needed: true,
      column: column('lon', 'number', text('Longitude', 'Longitud'), {
        unit: '°',
        bounds: [-0.6, 0.4],
        ladder: { kind: 'interval', origin: 0, widths: [0.01, 0.1, 1] },
      }),
    },
    {
      keys: ['latitude'],
      needed: true,
      column: column('lat', 'number', text('Latitude', 'Latitud'), {
        unit: '°',
        bounds: [51.2, 51.75],
        ladder: { kind: 'interval', origin: 0, widths: [0.01, 0.1, 1] },
      }),
    },
    {
      keys: ['openingdate', 'dateopened'],
      column: column('opened', 'time', text('Opened', 'Apertura'), { ladder: { kind: 'time' } }),
    },
    {
      keys: ['closingdate', 'dateclosed'],
      column: column('closed', 'time', text('Closed', 'Cierre'), { ladder: { kind: 'time' } }),
    },
  ],
  finish: async (draft, tools) => {
    const lonColumn = found(draft, 'lon');
    const latColumn = found(draft, 'lat');
    const lon = numbersOf(lonColumn);
    const lat = numbersOf(latColumn);
    if (lonColumn !== undefined && latColumn !== undefined && lon !== undefined && lat !== undefined) {
      let outside = 0;
      let placeholder = 0;
      let unknown = 0;
      for (let i = 0; i < draft.rows; i += 1) {
        const x = lon[i] as number;
        const y = lat[i] as number;
        if (!isValid(lonColumn, i) || !isValid(latColumn, i)) unknown += 1;
        // Grid position 0,0 turned into degrees: south-west of the Scilly Isles.
        else if (Math.abs(x + 7.557) < 0.01 && Math.abs(y - 49.767) < 0.01) placeholder += 1;
        else if (x < -0.52 || x > 0.34 || y < 51.28 || y > 51.7) outside += 1;
      }
      tools.decide(
        text(
          `${outside} sites lie outside Greater London, ${placeholder} have a placeholder position, ${unknown} none; all kept.`,
          `${outside} estaciones están fuera del Gran Londres, ${placeholder} tienen posición ficticia, ${unknown} ninguna; se conservan.`,
        ),
      );
    }
    return withPlaces(
      draft,
      [{ place: 'site', lon: 'lon', lat: 'lat' }],
      { table: 'london-sites', city: 'London' },
      tools,
    );
  },
});

/** Positions of Santander's traffic loops. */
export const loopLocations = simpleFormat({
  id: 'santander-loop-locations',
  label: text('Santander traffic loop positions', 'posiciones de las espiras de Santander'),
  city: 'santander',
  score: 0.7,
  when: (sniff) => sniff.header.length === 3,
  dataset: {
    id: 'santander-loop-locations',
    label: text('Traffic loops (your file)', 'Espiras (su archivo)'),
    summary: text('Where traffic is counted.', 'Dónde se cuenta el tráfico.'),
    licence: 'datos.santander.es open data',
    source: 'Ayuntamiento de Santander, datos abiertos',
    portal: { url: 'https://datos.santander.es/', label: text('Santander open data', 'Datos abiertos de Santander') },
    rowUnit: 'loop',
    privacyUnit: 'loop',
    parts: { place: 'sensor' },
    places: 'santander-loops',
    assumptions: ABOUT_PLACES,
  },
  fields: [
    { keys: ['sensor'], needed: true, column: sensorPlace, plan: { required: true } },
    { keys: ['lon'], needed: true, column: longitude },
    { keys: ['lat'], needed: true, column: latitude },
  ],
  finish: async (draft, tools) => {
    const sensor = found(draft, 'sensor');
    const distinct = sensor?.kind === 'category' ? sensor.levels.length : draft.rows;
    if (distinct < draft.rows)
      tools.decide(
        text(
          `${draft.rows} rows name ${distinct} different loops: some occur twice.`,
          `${draft.rows} filas nombran ${distinct} espiras distintas: algunas se repiten.`,
        ),
      );
    return withPlaces(
      draft,
      [{ place: 'sensor', lon: 'lon', lat: 'lat' }],
      { table: 'santander-loops', city: 'Santander' },
      tools,
    );
  },
});
