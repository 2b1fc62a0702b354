import { text } from '../../src/engine/kit/text.ts';
import type { Column } from '../../src/engine/table/table.ts';
import { found, put, within } from './columns-ops.ts';
import { column } from './fields.ts';
import { withPlaces } from './file-places.ts';
import type { Draft, FinishTools } from './plan.ts';
import { simpleFormat } from './simple.ts';

export const SANTANDER_LON = [-3.95, -3.7] as const;
export const SANTANDER_LAT = [43.38, 43.52] as const;
const TIMES = [Date.UTC(2010, 0, 1), Date.UTC(2031, 0, 1)] as const;

export const sensorTime = column('time', 'time', text('Time', 'Hora'), {
  role: 'quasi-identifier',
  bounds: TIMES,
  ladder: { kind: 'time' },
});
export const sensorPlace = column('sensor', 'category', text('Sensor', 'Sensor'), {
  role: 'quasi-identifier',
  ladder: { kind: 'place' },
});
export const longitude = column('lon', 'number', text('Longitude', 'Longitud'), {
  unit: '°',
  role: 'quasi-identifier',
  bounds: SANTANDER_LON,
  ladder: { kind: 'interval', origin: 0, widths: [0.001, 0.005, 0.01, 0.05] },
});
export const latitude = column('lat', 'number', text('Latitude', 'Latitud'), {
  unit: '°',
  role: 'quasi-identifier',
  bounds: SANTANDER_LAT,
  ladder: { kind: 'interval', origin: 0, widths: [0.001, 0.005, 0.01, 0.05] },
});

const NO_PERSON = text(
  'A reading is of a sensor, not of a person: per-person privacy does not apply.',
  'Una lectura es de un sensor, no de una persona: no procede la privacidad por persona.',
);
const LICENCE = 'datos.santander.es open data';
const SOURCE = 'Ayuntamiento de Santander, datos abiertos';
const PORTAL = 'https://datos.santander.es/';

/** Clears values outside a physical range and says how many there were. */
export function plausible(
  draft: Draft,
  name: string,
  low: number,
  high: number,
  tools: FinishTools,
  label: { readonly en: string; readonly es: string },
): Draft {
  const { column: cleaned, count } = within(found(draft, name), low, high, draft.rows);
  if (count === 0) return draft;
  tools.decide(
    text(
      `${count} values of ${label.en} outside ${low} to ${high} are faults of sensors and count as missing.`,
      `${count} valores de ${label.es} fuera de ${low} a ${high} son fallos de sensores y cuentan como ausentes.`,
    ),
  );
  return put(draft, [cleaned as Column]);
}

/** datos.santander.es: environmental sensors, one reading per node. */
export const santanderEnvironment = simpleFormat({
  id: 'santander-environment',
  label: text('Santander environmental sensors', 'sensores ambientales de Santander'),
  city: 'santander',
  score: 0.95,
  wallClock: 'Europe/Madrid',
  dataset: {
    id: 'santander-environment-file',
    label: text('Environment (your file)', 'Ambiente (su archivo)'),
    summary: text('Real readings of temperature, noise and light.', 'Lecturas reales de temperatura, ruido y luz.'),
    licence: LICENCE,
    source: SOURCE,
    portal: { url: PORTAL, label: text('Santander open data', 'Datos abiertos de Santander') },
    rowUnit: 'reading',
    privacyUnit: 'reading',
    parts: { place: 'sensor', time: 'time', measure: 'temperatureC', secret: 'noiseDb' },
    places: 'santander-nodes',
    assumptions: [NO_PERSON],
  },
  fields: [
    { keys: ['dcmodified'], needed: true, column: sensorTime, plan: { required: true } },
    { keys: ['dcidentifier'], needed: true, column: sensorPlace, plan: { required: true } },
    {
      keys: ['aytotype'],
      needed: true,
      column: column('kind', 'category', text('Kind', 'Tipo'), { ladder: { kind: 'suppress' } }),
    },
    {
      keys: ['aytotemperature'],
      needed: true,
      column: column('temperatureC', 'number', text('Temperature', 'Temperatura'), {
        unit: '°C',
        role: 'sensitive',
        bounds: [-10, 45],
        ladder: { kind: 'interval', origin: 0, widths: [1, 5, 10, 50] },
      }),
    },
    {
      keys: ['aytonoise'],
      column: column('noiseDb', 'number', text('Noise', 'Ruido'), {
        unit: 'dB',
        role: 'sensitive',
        bounds: [30, 110],
        ladder: { kind: 'interval', origin: 0, widths: [1, 5, 10, 50] },
      }),
    },
    {
      keys: ['aytolight'],
      column: column('lightLux', 'number', text('Light', 'Luz'), {
        unit: 'lx',
        bounds: [0, 130_000],
        ladder: { kind: 'interval', origin: 0, widths: [100, 1000, 10_000, 130_000] },
      }),
    },
    {
      keys: ['aytobattery'],
      column: column('battery', 'number', text('Battery', 'Batería'), {
        unit: '%',
        bounds: [0, 100],
        ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 100] },
      }),
    },
    { keys: ['aytolongitude'], column: longitude },
    { keys: ['aytolatitude'], column: latitude },
  ],
  finish: async (draft, tools) => {
    // -50 stands for "no reading"; up to 268 degrees, 6.5 million lux and a noise of 0 dB occur.
    let out = plausible(draft, 'temperatureC', -30, 55, tools, { en: 'temperature', es: 'temperatura' });
    out = plausible(out, 'noiseDb', 1, 140, tools, { en: 'noise', es: 'ruido' });
    out = plausible(out, 'lightLux', 0, 200_000, tools, { en: 'light', es: 'luz' });
    return withPlaces(
      out,
      [{ place: 'sensor', lon: 'lon', lat: 'lat' }],
      { table: 'santander-nodes', city: 'Santander' },
      tools,
    );
  },
});

/** datos.santander.es: induction loops, one reading per loop and minute. */
export const santanderTraffic = simpleFormat({
  id: 'santander-traffic',
  label: text('Santander traffic loops', 'espiras de tráfico de Santander'),
  city: 'santander',
  score: 0.95,
  wallClock: 'Europe/Madrid',
  dataset: {
    id: 'santander-traffic-file',
    label: text('Traffic (your file)', 'Tráfico (su archivo)'),
    summary: text('Real readings of induction loops.', 'Lecturas reales de espiras.'),
    licence: LICENCE,
    source: SOURCE,
    portal: { url: PORTAL, label: text('Santander open data', 'Datos abiertos de Santander') },
    rowUnit: 'reading',
    privacyUnit: 'reading',
    parts: { place: 'sensor', time: 'time', measure: 'intensityVehH', secret: 'intensityVehH' },
    places: 'santander-loops',
    assumptions: [
      NO_PERSON,
      text(
        'Intensity comes in multiples of 60 vehicles an hour: one vehicle in a minute changes it by 60, not by 1.',
        'La intensidad va en múltiplos de 60 vehículos por hora: un vehículo en un minuto la cambia en 60, no en 1.',
      ),
    ],
  },
  fields: [
    { keys: ['dcmodified'], needed: true, column: sensorTime, plan: { required: true } },
    { keys: ['aytoidsensor', 'aytomedida'], needed: true, column: sensorPlace, plan: { required: true } },
    {
      keys: ['aytointensidad'],
      needed: true,
      column: column('intensityVehH', 'number', text('Intensity', 'Intensidad'), {
        unit: 'veh/h',
        role: 'sensitive',
        bounds: [0, 3600],
        ladder: { kind: 'interval', origin: 0, widths: [60, 300, 600, 3600] },
      }),
    },
    {
      keys: ['aytoocupacion'],
      column: column('occupancyPct', 'number', text('Occupancy', 'Ocupación'), {
        unit: '%',
        bounds: [0, 100],
        ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 100] },
      }),
    },
    {
      keys: ['aytocarga'],
      column: column('load', 'number', text('Load', 'Carga'), {
        unit: '%',
        bounds: [0, 100],
        ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 100] },
      }),
    },
  ],
  finish: async (draft, tools) => {
    // 138 was seen on a scale that ends at 100: kept, since the scale's end is only declared.
    return withPlaces(draft, [{ place: 'sensor' }], { table: 'santander-loops', city: 'Santander' }, tools);
  },
});

const garageTime = column('time', 'time', text('Time', 'Hora'), {
  role: 'quasi-identifier',
  bounds: TIMES,
  ladder: { kind: 'time' },
});
const spaces = (name: string, en: string, es: string, sensitive: boolean) =>
  column(name, 'integer', text(en, es), {
    role: sensitive ? 'sensitive' : 'other',
    bounds: [0, 2000],
    ladder: { kind: 'interval', origin: 0, widths: [10, 50, 100, 500, 2000] },
  });

/** CityPulse parking series of Aarhus: the closest public stand-in for Santander's parking readings. */
export const aarhusParking = simpleFormat({
  id: 'aarhus-parking',
  label: text('Aarhus parking garages (CityPulse)', 'aparcamientos de Aarhus (CityPulse)'),
  city: 'santander',
  score: 0.95,
  dateOrder: 'mdy',
  decisions: [
    text(
      'These garages are in Aarhus, Denmark: a stand-in, since no parking series of Santander is public.',
      'Estos aparcamientos están en Aarhus, Dinamarca: un sustituto, pues no hay serie pública de Santander.',
    ),
  ],
  dataset: {
    id: 'aarhus-parking',
    label: text('Parking in Aarhus (your file)', 'Aparcamiento en Aarhus (su archivo)'),
    summary: text('Vehicles in eight garages, every half hour.', 'Vehículos en ocho aparcamientos, cada media hora.'),
    licence: 'CityPulse / Aarhus open data',
    source: 'CityPulse smart city datasets, Aarhus parking',
    portal: {
      url: 'http://iot.ee.surrey.ac.uk:8080/datasets.html',
      label: text('CityPulse datasets', 'Datos de CityPulse'),
    },
    rowUnit: 'reading',
    privacyUnit: 'reading',
    parts: { place: 'garage', time: 'time', measure: 'vehicles', secret: 'vehicles' },
    assumptions: [NO_PERSON],
  },
  fields: [
    { keys: ['updatetime'], needed: true, column: garageTime, plan: { required: true } },
    {
      keys: ['garagecode'],
      needed: true,
      column: column('garage', 'category', text('Garage', 'Aparcamiento'), {
        role: 'quasi-identifier',
        ladder: { kind: 'suppress' },
      }),
      plan: { required: true },
    },
    { keys: ['vehiclecount'], needed: true, column: spaces('vehicles', 'Vehicles', 'Vehículos', true) },
    { keys: ['totalspaces'], needed: true, column: spaces('spaces', 'Spaces', 'Plazas', false) },
  ],
  finish: async (draft, tools) => {
    const vehicles = found(draft, 'vehicles');
    const total = found(draft, 'spaces');
    if (vehicles?.kind !== 'integer' || total?.kind !== 'integer') return draft;
    let over = 0;
    for (let i = 0; i < draft.rows; i += 1) if ((vehicles.values[i] as number) > (total.values[i] as number)) over += 1;
    if (over > 0)
      tools.decide(
        text(
          `${over} readings count more vehicles than spaces; kept as they are.`,
          `${over} lecturas cuentan más vehículos que plazas; se conservan.`,
        ),
      );
    return draft;
  },
});
