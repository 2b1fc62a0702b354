import { text } from '../../src/engine/kit/text.ts';
import { isValid } from '../../src/engine/table/table.ts';
import { found } from './columns-ops.ts';
import { column } from './fields.ts';
import { withPlaces } from './file-places.ts';
import type { Draft, FinishTools } from './plan.ts';
import { simpleFormat, type SourceField } from './simple.ts';

const TIMES = [Date.UTC(1970, 0, 1), Date.UTC(2031, 0, 1)] as const;
const NO_PERSON = text(
  'A reading is of a monitoring site, not of a person: per-person privacy does not apply.',
  'Una lectura es de una estación, no de una persona: no procede la privacidad por persona.',
);

const airTime = column('time', 'time', text('Time (GMT)', 'Hora (GMT)'), {
  role: 'quasi-identifier',
  bounds: TIMES,
  ladder: { kind: 'time' },
});
const site = column('site', 'category', text('Site', 'Estación'), {
  role: 'quasi-identifier',
  ladder: { kind: 'place' },
});
/** Concentrations: declared range of urban air; negative particulate values are instrument noise and kept. */
const concentration = (name: string, label: string, most: number) =>
  column(name, 'number', text(label, label), {
    role: 'sensitive',
    bounds: [0, most],
    ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 500] },
  });

/** One spelling for each unit. NOX is reported "as NO2", which is another quantity, so it stays apart. */
function unitLevel(raw: string): string {
  const plain = raw.toLowerCase().replaceAll(/\s+/g, ' ');
  const mass = plain.startsWith('mg') ? 'mg/m3' : plain.startsWith('ug') || plain.startsWith('µg') ? 'ug/m3' : raw;
  return plain.includes('as no2') ? `${mass} as NO2` : mass;
}

const LAQN = {
  licence: 'Open Government Licence',
  source: 'London Air Quality Network, Imperial College London Environmental Research Group',
  portal: {
    url: 'https://www.londonair.org.uk/london/asp/datadownload.asp',
    label: text(
      'London Air: download a site as CSV and drop it here',
      'London Air: descargue una estación en CSV y suéltela aquí',
    ),
  },
} as const;

/** londonair.org.uk export and the api.erg.ic.ac.uk answer: one row per site, species and hour (or day). */
export const laqnLong = simpleFormat({
  id: 'laqn',
  label: text('London Air export', 'exportación de London Air'),
  city: 'london',
  score: 0.95,
  dateOrder: 'dmy',
  decisions: [
    text(
      'Times are GMT all year, as the network writes them.',
      'Las horas son GMT todo el año, como las escribe la red.',
    ),
  ],
  dataset: {
    id: 'london-air-long',
    label: text('Air quality (your file)', 'Calidad del aire (su archivo)'),
    summary: text('Real concentrations at monitoring sites.', 'Concentraciones reales en estaciones.'),
    ...LAQN,
    rowUnit: 'reading',
    privacyUnit: 'reading',
    parts: { place: 'site', time: 'time', measure: 'value', secret: 'value' },
    places: 'london-sites',
    assumptions: [NO_PERSON],
  },
  fields: [
    { keys: ['readingdatetime', 'measurementdategmt'], needed: true, column: airTime, plan: { required: true } },
    { keys: ['site', 'sitecode'], needed: true, column: site, plan: { required: true } },
    {
      keys: ['species', 'speciescode'],
      needed: true,
      column: column('species', 'category', text('Species', 'Contaminante'), { ladder: { kind: 'suppress' } }),
    },
    { keys: ['value'], needed: true, column: concentration('value', 'Value', 500) },
    {
      keys: ['units'],
      column: column('unit', 'category', text('Unit', 'Unidad'), { ladder: { kind: 'suppress' } }),
      plan: { level: unitLevel },
    },
    {
      keys: ['provisionalorratified'],
      column: column('ratified', 'category', text('Ratified', 'Ratificado'), { ladder: { kind: 'suppress' } }),
      plan: { level: (raw) => (raw === 'R' ? 'ratified' : raw === 'P' ? 'provisional' : raw) },
    },
  ],
  finish: async (draft, tools) => {
    noteGaps(draft, 'value', tools);
    return withPlaces(draft, [{ place: 'site' }], { table: 'london-sites', city: 'London' }, tools);
  },
});

function noteGaps(draft: Draft, name: string, tools: FinishTools): void {
  const value = found(draft, name);
  if (value === undefined) return;
  let gaps = 0;
  for (let i = 0; i < draft.rows; i += 1) gaps += isValid(value, i) ? 0 : 1;
  if (gaps > 0)
    tools.decide(
      text(
        `${gaps} readings have no value (gaps of the instrument).`,
        `${gaps} lecturas no tienen valor (huecos del instrumento).`,
      ),
    );
}

const weatherField = (
  keys: readonly string[],
  name: string,
  en: string,
  es: string,
  unit: string,
  bounds: readonly [number, number],
): SourceField => ({
  keys,
  column: column(name, 'number', text(en, es), {
    unit,
    bounds,
    ladder: { kind: 'interval', origin: 0, widths: [1, 5, 10, 100, 1000] },
  }),
});
const gas = (key: string, name: string, label: string, most: number): SourceField => ({
  keys: [key],
  column: concentration(name, label, most),
});

/** openair / AURN wide tables: one row per hour (and site), one column per pollutant, wind beside. */
export const openairWide = simpleFormat({
  id: 'openair',
  label: text('openair table', 'tabla openair'),
  city: 'london',
  score: 0.9,
  dateOrder: 'dmy',
  when: (sniff) => sniff.keys.includes('nox') || sniff.keys.includes('no2') || sniff.keys.includes('pm10'),
  decisions: [
    text(
      "The file names no units: openair's example data has gases in ppb (CO in ppm), AURN exports have µg/m³. Times are GMT.",
      'El archivo no da unidades: los datos de ejemplo de openair tienen gases en ppb (CO en ppm), los de AURN µg/m³. Horas en GMT.',
    ),
  ],
  dataset: {
    id: 'london-air-wide',
    label: text('Air quality by hour (your file)', 'Calidad del aire por hora (su archivo)'),
    summary: text('Real hourly concentrations with wind.', 'Concentraciones horarias reales con viento.'),
    licence: 'Open Government Licence',
    source: 'AURN / LAQN through openair',
    portal: LAQN.portal,
    rowUnit: 'hour',
    privacyUnit: 'hour',
    parts: { place: 'site', time: 'time', measure: 'no2', secret: 'no2' },
    assumptions: [NO_PERSON],
  },
  fields: [
    { keys: ['date'], needed: true, column: airTime, plan: { required: true } },
    { keys: ['site'], column: site },
    gas('nox', 'nox', 'NOx', 1500),
    gas('no2', 'no2', 'NO2', 300),
    gas('no', 'no', 'NO', 800),
    gas('o3', 'o3', 'O3', 250),
    gas('pm10', 'pm10', 'PM10', 300),
    gas('pm25', 'pm25', 'PM2.5', 200),
    gas('so2', 'so2', 'SO2', 200),
    gas('co', 'co', 'CO', 30),
    weatherField(['ws'], 'windSpeed', 'Wind speed', 'Velocidad del viento', 'm/s', [0, 30]),
    weatherField(['wd'], 'windDirection', 'Wind direction', 'Dirección del viento', '°', [0, 360]),
    weatherField(['airtemp'], 'temperatureC', 'Temperature', 'Temperatura', '°C', [-15, 42]),
    weatherField(['visibility'], 'visibilityM', 'Visibility', 'Visibilidad', 'm', [0, 80_000]),
    {
      keys: ['sitetype'],
      column: column('siteType', 'category', text('Site type', 'Tipo de estación'), { ladder: { kind: 'suppress' } }),
    },
    { keys: ['lon'], column: column('lon', 'number', { en: 'lon' }) },
    { keys: ['lat'], column: column('lat', 'number', { en: 'lat' }) },
  ],
  finish: async (draft, tools) => {
    noteNegative(draft, tools);
    const placed = await withPlaces(
      draft,
      [{ place: 'site', lon: 'lon', lat: 'lat' }],
      { table: 'london-sites', city: 'London' },
      tools,
    );
    return { ...placed, columns: placed.columns.filter((each) => each.name !== 'lon' && each.name !== 'lat') };
  },
});

function noteNegative(draft: Draft, tools: FinishTools): void {
  let negative = 0;
  for (const name of ['pm10', 'pm25']) {
    const own = found(draft, name);
    if (own?.kind !== 'number') continue;
    for (let i = 0; i < draft.rows; i += 1) if ((own.values[i] as number) < 0) negative += 1;
  }
  if (negative > 0)
    tools.decide(
      text(
        `${negative} particulate values are below zero: real noise of the instrument, kept.`,
        `${negative} valores de partículas son negativos: ruido real del instrumento, se conservan.`,
      ),
    );
}

/** Hourly weather as Dark Sky wrote it for the London smart-meter set. Month first, although the place is London. */
export const darkSkyWeather = simpleFormat({
  id: 'darksky-weather',
  label: text('hourly weather (Dark Sky)', 'tiempo horario (Dark Sky)'),
  city: 'london',
  score: 0.9,
  dataset: {
    id: 'london-weather-file',
    label: text('Weather (your file)', 'Tiempo (su archivo)'),
    summary: text('Real hourly weather.', 'Tiempo real por horas.'),
    licence: 'Dark Sky terms, as in the Kaggle smart-meters set',
    source: 'Dark Sky, through the Kaggle set "Smart meters in London"',
    portal: {
      url: 'https://www.kaggle.com/datasets/jeanmidev/smart-meters-in-london',
      label: text('Smart meters in London', 'Contadores en Londres'),
    },
    rowUnit: 'hour',
    privacyUnit: 'hour',
    parts: { time: 'time', measure: 'temperatureC', secret: 'temperatureC' },
    assumptions: [NO_PERSON],
  },
  fields: [
    { keys: ['time'], needed: true, column: { ...airTime, label: text('Time', 'Hora') }, plan: { required: true } },
    { ...weatherField(['temperature'], 'temperatureC', 'Temperature', 'Temperatura', '°C', [-15, 42]), needed: true },
    weatherField(['apparenttemperature'], 'feelsLikeC', 'Feels like', 'Sensación', '°C', [-20, 45]),
    { ...weatherField(['dewpoint'], 'dewPointC', 'Dew point', 'Punto de rocío', '°C', [-20, 30]), needed: true },
    weatherField(['humidity'], 'humidity', 'Relative humidity', 'Humedad relativa', 'share', [0, 1]),
    weatherField(['pressure'], 'pressureHpa', 'Pressure', 'Presión', 'hPa', [940, 1060]),
    { ...weatherField(['windspeed'], 'windSpeed', 'Wind speed', 'Velocidad del viento', 'm/s', [0, 30]), needed: true },
    weatherField(['windbearing'], 'windDirection', 'Wind direction', 'Dirección del viento', '°', [0, 360]),
    weatherField(['visibility'], 'visibilityKm', 'Visibility', 'Visibilidad', 'km', [0, 80]),
    {
      keys: ['preciptype'],
      column: column('precipitation', 'category', text('Precipitation', 'Precipitación'), {
        ladder: { kind: 'suppress' },
      }),
    },
    { keys: ['icon'], column: column('sky', 'category', text('Sky', 'Cielo'), { ladder: { kind: 'suppress' } }) },
    {
      keys: ['summary'],
      column: column('summary', 'category', text('Summary', 'Resumen'), { ladder: { kind: 'suppress' } }),
    },
  ],
});
