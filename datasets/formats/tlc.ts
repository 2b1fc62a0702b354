import type { ColumnDescriptor, DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import { found, put } from './columns-ops.ts';
import { readingOf, sourceOf, timeField } from './fields.ts';
import { detectColumn, type DetectedColumn } from './generic.ts';
import type { Draft, FieldPlan, FilePlan, FinishTools, Format, Sniff } from './plan.ts';
import { tlcColumns } from './tlc-columns.ts';
import { tlcColumnOf, tlcVariants, type TlcService } from './tlc-variants.ts';
import { loadZoneIndex, toDegrees, withoutZeros, zoneLevel, zoneLevels, zonesOfPoints } from './tlc-zones.ts';

const PAYMENTS: readonly string[] = ['card', 'cash', 'no charge', 'dispute', 'unknown', 'voided'];

/** Payment as number (from 2015) or as the words and codes before. */
function paymentLevel(raw: string): string {
  const number = Number(raw);
  // 0 = "flex fare" of 2025 files: no payment known.
  if (Number.isInteger(number)) return PAYMENTS[number - 1] ?? 'unknown';
  switch (raw.toLowerCase().slice(0, 3)) {
    case 'crd':
    case 'cre':
      return 'card';
    case 'cas':
    case 'csh':
      return 'cash';
    case 'noc':
    case 'no ':
      return 'no charge';
    case 'dis':
      return 'dispute';
    case 'voi':
      return 'voided';
    default:
      return 'unknown';
  }
}

const RATES: readonly string[] = ['standard', 'JFK', 'Newark', 'Nassau or Westchester', 'negotiated', 'group ride'];

/** Rate code 1-6; 99 and 0 mean "not recorded". */
const rateLevel = (raw: string): string | undefined => RATES[Number(raw) - 1];

/** "2.0" of a nullable number column is the id "2". */
const idLevel = (raw: string): string => raw.replace(/\.0+$/, '');

const levelOf: Readonly<Record<string, Partial<FieldPlan>>> = {
  pickupZone: { level: zoneLevel, levels: zoneLevels },
  dropoffZone: { level: zoneLevel, levels: zoneLevels },
  payment: { level: paymentLevel, levels: PAYMENTS },
  rateCode: { level: rateLevel, levels: RATES },
  vendor: { level: idLevel },
  tripType: { level: idLevel },
};

/** Trip records of the NYC Taxi and Limousine Commission, every generation. */
export const tlcFormat: Format = {
  id: 'tlc',
  label: text('TLC trip records', 'registros de viajes TLC'),
  matches: (sniff) => {
    const names = columnsOf(sniff);
    const trip = names.has('pickupTime') && (names.has('pickupZone') || names.has('pickupLon'));
    const dispatched = names.has('pickupTime') && names.has('base');
    const taxi = trip && (names.has('distanceMiles') || names.has('fare') || names.has('vendor'));
    return taxi || dispatched ? 0.9 : 0;
  },
  plan: planTlc,
};

function columnsOf(sniff: Sniff): Map<string, number> {
  const at = new Map<string, number>();
  sniff.keys.forEach((key, source) => {
    const name = tlcColumnOf.get(key);
    if (name !== undefined && !at.has(name)) at.set(name, source);
  });
  return at;
}

function planTlc(sniff: Sniff, choices: Readonly<Record<string, string>>): FilePlan {
  const at = columnsOf(sniff);
  const fields: FieldPlan[] = [];
  const decisions = [];
  const warnings = [];
  const extras: DetectedColumn[] = [];
  for (const [name, source] of at) {
    const described = tlcColumns.find((each) => each.name === name) as ColumnDescriptor;
    const extra = levelOf[name] ?? {};
    if (described.type === 'time') {
      const reading = readingOf(sniff, source, choices, 'mdy');
      decisions.push(...reading.decisions);
      warnings.push(...reading.warnings);
      // TLC times are naive New York wall clock in all generations, Parquet included.
      fields.push(
        timeField(source, name, reading, { zone: 'local', ...(name === 'pickupTime' ? { required: true } : {}) }),
      );
    } else {
      fields.push({ source, column: name, kind: described.type, ...extra });
    }
  }
  sniff.keys.forEach((key, source) => {
    if (key !== '' && !tlcColumnOf.has(key)) extras.push(detectColumn(sniff, source, choices));
  });
  for (const extra of extras) {
    fields.push(extra.field);
    decisions.push(
      text(
        `"${extra.field.column}" is not a TLC column; it is kept with a detected type.`,
        `"${extra.field.column}" no es una columna de la TLC; se conserva con un tipo detectado.`,
      ),
    );
  }
  const service = serviceOf(sniff, at);
  decisions.unshift(generationOf(sniff, service, at));
  return {
    descriptor: describe(
      service,
      extras.map((extra) => extra.descriptor),
    ),
    fields,
    decisions,
    warnings,
    finish: finishTlc,
  };
}

function serviceOf(sniff: Sniff, at: ReadonlyMap<string, number>): TlcService {
  if (at.has('company')) return 'fhvhv';
  if (at.has('base') && !at.has('fare')) return 'fhv';
  return sourceOf(sniff, 'lpeppickupdatetime', 'ehailfee', 'triptype') >= 0 ? 'green' : 'yellow';
}

function generationOf(sniff: Sniff, service: TlcService, at: ReadonlyMap<string, number>): ReturnType<typeof text> {
  const own = sniff.keys.filter((key) => key !== '').join(' ');
  const exact = tlcVariants.filter((variant) => variant.keys === own);
  const months = exact.map((variant) => variant.months);
  const places = at.has('pickupZone') ? 'zone ids' : at.has('pickupLon') ? 'coordinates' : 'no places';
  const first = exact[0];
  if (first !== undefined) {
    return text(
      `Header of TLC ${first.service} files of ${months.join(' or ')} (${places}).`,
      `Cabecera de los archivos TLC ${first.service} de ${months.join(' o ').replaceAll(' to ', ' a ')}.`,
    );
  }
  return text(
    `Header not of an official CSV month; read by column names as TLC ${service} trips (${places}).`,
    `La cabecera no es de un mes oficial en CSV; se lee por nombres de columna como viajes TLC ${service}.`,
  );
}

const SERVICE_LABEL = {
  yellow: text('Taxi trips (your file)', 'Viajes en taxi (su archivo)'),
  green: text('Green taxi trips (your file)', 'Viajes en taxi verde (su archivo)'),
  fhv: text('For-hire vehicle trips (your file)', 'Viajes en vehículo de alquiler (su archivo)'),
  fhvhv: text('App-hailed trips (your file)', 'Viajes pedidos por aplicación (su archivo)'),
} as const;

function describe(service: TlcService, extras: readonly ColumnDescriptor[]): DatasetDescriptor {
  return {
    id: `tlc-${service}`,
    city: 'nyc',
    label: SERVICE_LABEL[service],
    summary: text(
      'Real trips of New York: from where to where, when, how far, for how much.',
      'Viajes reales de Nueva York: de dónde a dónde, cuándo, qué distancia y a qué precio.',
    ),
    origin: 'real',
    calibration: text('Rows of your file, nothing added.', 'Filas de su archivo, sin añadir nada.'),
    licence: 'NYC Open Data terms of use',
    source: 'NYC Taxi and Limousine Commission trip records',
    portal: {
      url: 'https://www.nyc.gov/site/tlc/about/tlc-trip-record-data.page',
      label: text('TLC trip record data', 'Datos de viajes TLC'),
    },
    rowUnit: 'trip',
    // Files name no traveller, so the only unit a promise can be made for is the trip.
    privacyUnit: 'trip',
    columns: [...tlcColumns, ...extras],
    parts: { place: 'pickupZone', destination: 'dropoffZone', time: 'pickupTime', secret: 'fare' },
    rows: { default: 0, min: 0, max: 0 },
    places: 'nyc-zones',
    assumptions: [
      text(
        'The file has no traveller id: unicity of several points of one person and per-person privacy are not available.',
        'El archivo no identifica viajeros: no hay unicidad de varios puntos de una persona ni privacidad por persona.',
      ),
    ],
  };
}

async function finishTlc(draft: Draft, tools: FinishTools): Promise<Draft> {
  let out = draft;
  for (const [end, en, es] of [
    ['pickup', 'pickups', 'recogidas'],
    ['dropoff', 'drop-offs', 'llegadas'],
  ] as const) {
    const lon = found(out, `${end}Lon`);
    const lat = found(out, `${end}Lat`);
    if (lon === undefined || lat === undefined) continue;
    const degrees = toDegrees(lon, lat);
    if (degrees.converted > 0) {
      tools.decide(
        text(
          `${degrees.converted} ${en} were in Web Mercator metres (EPSG:3857) and are converted to degrees.`,
          `${degrees.converted} ${es} estaban en metros Web Mercator (EPSG:3857) y se pasan a grados.`,
        ),
      );
    }
    const known = withoutZeros(degrees.lon, degrees.lat, out.rows);
    if (known.zeros > 0) {
      tools.decide(
        text(
          `${known.zeros} ${en} at 0,0 have no known place: zone 264.`,
          `${known.zeros} ${es} en 0,0 no tienen lugar conocido: zona 264.`,
        ),
      );
    }
    out = put(out, [known.lon, known.lat]);
    const index = found(out, `${end}Zone`) === undefined ? await loadZoneIndex(tools) : undefined;
    if (index === undefined) continue;
    const zones = await zonesOfPoints(`${end}Zone`, known.lon, known.lat, out.rows, index, tools);
    tools.decide(
      text(
        `Zones of ${en} were found from coordinates (outlines simplified to 60 m; ${zones.nearest} in gaps between them went to the nearest within 150 m); ${zones.outside} lie outside all zones (264).`,
        `Las zonas de las ${es} se hallaron por coordenadas (contornos simplificados a 60 m; ${zones.nearest} en huecos entre ellos fueron a la más cercana, a menos de 150 m); ${zones.outside} quedan fuera de todas (264).`,
      ),
    );
    out = put(out, [zones.column]);
  }
  return out;
}
