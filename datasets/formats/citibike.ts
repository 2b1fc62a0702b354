import { text } from '../../src/engine/kit/text.ts';
import { isValid } from '../../src/engine/table/table.ts';
import { cleared, found, put } from './columns-ops.ts';
import { column } from './fields.ts';
import { withPlaces } from './file-places.ts';
import type { Draft, FinishTools } from './plan.ts';
import { simpleFormat, type SourceField } from './simple.ts';

const RIDE_TIMES = [Date.UTC(2013, 0, 1), Date.UTC(2031, 0, 1)] as const;
const GENDERS: readonly string[] = ['unknown', 'male', 'female'];
const DAY_S = 86_400;

const time = (name: string, en: string, es: string) =>
  column(name, 'time', text(en, es), {
    role: 'quasi-identifier',
    sensitivity: 'high',
    bounds: RIDE_TIMES,
    ladder: { kind: 'time' },
  });
const suppressed = (name: string, en: string, es: string) =>
  column(name, 'category', text(en, es), { ladder: { kind: 'suppress' } });
/** Read to locate the stations, not kept. */
const helper = (name: string, type: 'number' | 'category') => column(name, type, { en: name });

const stations: readonly SourceField[] = [
  {
    keys: ['startstationid'],
    needed: true,
    column: column('startStation', 'category', text('Start station', 'Estación de inicio'), {
      role: 'quasi-identifier',
      sensitivity: 'high',
      ladder: { kind: 'place' },
    }),
  },
  {
    keys: ['endstationid'],
    column: column('endStation', 'category', text('End station', 'Estación de fin'), {
      role: 'sensitive',
      sensitivity: 'high',
      ladder: { kind: 'place' },
    }),
  },
  { keys: ['startstationname'], column: helper('startName', 'category') },
  { keys: ['endstationname'], column: helper('endName', 'category') },
  { keys: ['startstationlatitude', 'startlat'], column: helper('startLat', 'number') },
  { keys: ['startstationlongitude', 'startlng'], column: helper('startLon', 'number') },
  { keys: ['endstationlatitude', 'endlat'], column: helper('endLat', 'number') },
  { keys: ['endstationlongitude', 'endlng'], column: helper('endLon', 'number') },
];

const HELPERS = ['startName', 'endName', 'startLat', 'startLon', 'endLat', 'endLon'];

const dataset = {
  id: 'citibike',
  label: text('Bike rides (your file)', 'Trayectos en bici (su archivo)'),
  summary: text(
    'Real shared-bike rides: from station to station.',
    'Trayectos reales en bici: de estación a estación.',
  ),
  licence: 'Citi Bike data licence agreement',
  source: 'Citi Bike system data',
  portal: { url: 'https://citibikenyc.com/system-data', label: text('Citi Bike system data', 'Datos de Citi Bike') },
  rowUnit: 'ride',
  // Ride files name no rider: the ride is the largest unit a promise can be made for.
  privacyUnit: 'ride',
  parts: { place: 'startStation', destination: 'endStation', time: 'startTime', secret: 'endStation' },
  places: 'nyc-stations',
  assumptions: [
    text(
      'The file has no rider id: unicity of several points of one person and per-person privacy are not available.',
      'El archivo no identifica ciclistas: no hay unicidad de varios puntos de una persona ni privacidad por persona.',
    ),
  ],
};

/** Trip histories until January 2021: birth year and gender of the rider. */
export const citibikeOld = simpleFormat({
  id: 'citibike-old',
  label: text('Citi Bike trip history until 2021', 'Viajes Citi Bike hasta 2021'),
  city: 'nyc',
  score: 0.95,
  dateOrder: 'mdy',
  // Official files hold local times; epoch milliseconds come from exports whose parser was set to US Pacific time.
  wallClock: 'America/Los_Angeles',
  dataset,
  fields: [
    {
      keys: ['starttime'],
      needed: true,
      column: time('startTime', 'Start time', 'Hora de inicio'),
      plan: { required: true },
    },
    { keys: ['stoptime'], needed: true, column: time('stopTime', 'End time', 'Hora de fin') },
    ...stations,
    {
      keys: ['birthyear'],
      column: column('birthYear', 'integer', text('Birth year', 'Año de nacimiento'), {
        role: 'quasi-identifier',
        sensitivity: 'medium',
        bounds: [1924, 2006],
        ladder: { kind: 'interval', origin: 1900, widths: [5, 10, 20, 100] },
      }),
    },
    {
      keys: ['gender'],
      column: column('gender', 'category', text('Gender', 'Género'), {
        role: 'quasi-identifier',
        sensitivity: 'medium',
        ladder: { kind: 'suppress' },
      }),
      plan: { level: (raw: string) => GENDERS[Number(raw)] ?? 'unknown', levels: GENDERS },
    },
    { keys: ['usertype'], column: suppressed('userType', 'User type', 'Tipo de usuario') },
    {
      keys: ['tripduration'],
      column: column('durationSeconds', 'integer', text('Duration', 'Duración'), {
        unit: 's',
        sensitivity: 'medium',
        bounds: [60, 7200],
        ladder: { kind: 'interval', origin: 0, widths: [300, 600, 1800, 7200] },
      }),
    },
    {
      keys: ['bikeid'],
      column: column('bike', 'integer', text('Bike', 'Bicicleta'), {
        bounds: [1, 100_000],
        ladder: { kind: 'suppress' },
      }),
    },
  ],
  finish: finishOld,
});

async function finishOld(draft: Draft, tools: FinishTools): Promise<Draft> {
  let out = await located(draft, tools);
  const birth = found(out, 'birthYear');
  const gender = found(out, 'gender');
  if (birth?.kind === 'integer' && gender?.kind === 'category') {
    const mark = new Uint8Array(out.rows);
    for (let i = 0; i < out.rows; i += 1) mark[i] = birth.values[i] === 1969 && gender.codes[i] === 0 ? 1 : 0;
    const without1969 = cleared(birth, mark, out.rows);
    if (without1969.count > 0) {
      tools.decide(
        text(
          `${without1969.count} rides with birth year 1969 and no gender: the year was not given, so it is missing.`,
          `${without1969.count} trayectos con año 1969 y sin género: el año no se dio, así que falta.`,
        ),
      );
      out = put(out, [without1969.column]);
    }
    noteOldRiders(out, tools);
  }
  noteLongRides(out, tools);
  return out;
}

function noteOldRiders(draft: Draft, tools: FinishTools): void {
  const birth = found(draft, 'birthYear');
  if (birth?.kind !== 'integer') return;
  let old = 0;
  for (let i = 0; i < draft.rows; i += 1) if (isValid(birth, i) && (birth.values[i] as number) < 1924) old += 1;
  if (old === 0) return;
  tools.decide(
    text(
      `${old} birth years before 1924 are kept as they are (beyond the declared range).`,
      `${old} años de nacimiento anteriores a 1924 se conservan (fuera del rango declarado).`,
    ),
  );
}

function noteLongRides(draft: Draft, tools: FinishTools): void {
  const duration = found(draft, 'durationSeconds');
  if (duration?.kind !== 'integer') return;
  let long = 0;
  for (let i = 0; i < draft.rows; i += 1) if ((duration.values[i] as number) > DAY_S) long += 1;
  if (long > 0)
    tools.decide(
      text(`${long} rides last more than a day; kept.`, `${long} trayectos duran más de un día; se conservan.`),
    );
}

/** Trip histories from February 2021: ride id and bike type, station ids are text (6170.02, JC105). */
export const citibikeNew = simpleFormat({
  id: 'citibike-new',
  label: text('Citi Bike trip history from 2021', 'Viajes Citi Bike desde 2021'),
  city: 'nyc',
  score: 0.95,
  dateOrder: 'mdy',
  dataset,
  fields: [
    {
      keys: ['rideid'],
      needed: true,
      column: column('rideId', 'category', text('Ride id', 'Id del trayecto'), {
        role: 'identifier',
        sensitivity: 'high',
        ladder: { kind: 'suppress' },
      }),
    },
    {
      keys: ['startedat'],
      needed: true,
      column: time('startTime', 'Start time', 'Hora de inicio'),
      plan: { required: true },
    },
    { keys: ['endedat'], column: time('stopTime', 'End time', 'Hora de fin') },
    ...stations,
    { keys: ['rideabletype'], column: suppressed('rideableType', 'Bike type', 'Tipo de bicicleta') },
    { keys: ['membercasual'], column: suppressed('userType', 'User type', 'Tipo de usuario') },
  ],
  finish: located,
});

/** Stations get their names and positions; missing end stations are counted. */
async function located(draft: Draft, tools: FinishTools): Promise<Draft> {
  const end = found(draft, 'endStation');
  let lost = 0;
  if (end !== undefined) for (let i = 0; i < draft.rows; i += 1) lost += isValid(end, i) ? 0 : 1;
  if (lost > 0)
    tools.decide(text(`${lost} rides have no end station.`, `${lost} trayectos no tienen estación de fin.`));
  const placed = await withPlaces(
    draft,
    [
      { place: 'startStation', lon: 'startLon', lat: 'startLat', label: 'startName' },
      { place: 'endStation', lon: 'endLon', lat: 'endLat', label: 'endName' },
    ],
    { table: 'nyc-stations', city: 'New York City' },
    tools,
  );
  return { ...placed, columns: placed.columns.filter((each) => !HELPERS.includes(each.name)) };
}
