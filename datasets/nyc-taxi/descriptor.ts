import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { integer, number } from '../../src/engine/kit/params.ts';
import { text } from '../../src/engine/kit/text.ts';

/** First and last moment of the generated month (October 2019, New York wall-clock time stored as if UTC). */
export const MONTH_START = Date.UTC(2019, 9, 1);
export const MONTH_DAYS = 31;

/** Assumptions that no published data can settle, so the user may change them. */
export const options = {
  tripsPerTraveller: number({
    label: text('Trips per traveller', 'Viajes por viajero'),
    help: text(
      'Mean number of trips of one synthetic traveller in this table. Real taxi data names no traveller.',
      'Número medio de viajes de un viajero sintético en esta tabla. Los datos reales no nombran viajeros.',
    ),
    min: 1,
    max: 40,
    default: 6,
    step: 1,
  }),
  anchorPercent: integer({
    label: text('Trips tied to home or work', 'Viajes ligados a casa o trabajo'),
    help: text(
      'Share of trips given to a traveller whose home or work zone the trip touches; the rest are given at random.',
      'Proporción de viajes asignados a un viajero cuya zona de casa o trabajo toca el viaje; el resto, al azar.',
    ),
    unit: '%',
    min: 0,
    max: 100,
    default: 70,
    step: 5,
  }),
} as const;

/** Yellow taxi trips of one month: the first dataset of the app. */
export const descriptor: DatasetDescriptor = {
  id: 'nyc-taxi',
  city: 'nyc',
  label: text('Taxi trips', 'Viajes en taxi'),
  summary: text(
    'Yellow taxi trips of one month: from which zone to which, when, how far, for how much.',
    'Viajes en taxi amarillo de un mes: de qué zona a cuál, cuándo, qué distancia y a qué precio.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Calibrated on 240,000 real yellow taxi trips of 2018 and 2019: demand by hour of the week, the 400 most frequent zone pairs, a 12-part model of the others, distances, speeds, fares, tips, payments, and recording errors at their real rates.',
    'Calibrado con 240.000 viajes reales de taxi amarillo de 2018 y 2019: demanda por hora de la semana, los 400 pares de zonas más frecuentes, un modelo de 12 partes para los demás, distancias, velocidades, tarifas, propinas, pagos y errores de registro con su frecuencia real.',
  ),
  licence: 'Synthetic rows: MIT. Figures: NYC TLC trip records, open data of the City of New York.',
  source: 'NYC Taxi and Limousine Commission, yellow taxi trip records 2018-01 to 2019-12 (36 samples of 10,000 trips)',
  portal: {
    url: 'https://www.nyc.gov/site/tlc/about/tlc-trip-record-data.page',
    label: text(
      'TLC trip records: take a yellow or green month (Parquet) and drop it here',
      'Registros de viajes TLC: descargue un mes amarillo o verde (Parquet) y suéltelo aquí',
    ),
  },
  rowUnit: 'trip',
  privacyUnit: 'traveller',
  columns: [
    {
      name: 'traveller',
      label: text('Traveller', 'Viajero'),
      type: 'integer',
      role: 'identifier',
      sensitivity: 'high',
      bounds: [1, 1000000],
      ladder: { kind: 'suppress' },
      note: text(
        'Synthetic number; real trip records carry none.',
        'Número sintético; los registros reales no lo llevan.',
      ),
    },
    {
      name: 'pickupTime',
      label: text('Pickup time', 'Hora de recogida'),
      type: 'time',
      role: 'quasi-identifier',
      sensitivity: 'high',
      bounds: [MONTH_START, MONTH_START + MONTH_DAYS * 86400000],
      ladder: { kind: 'time' },
    },
    {
      name: 'dropoffTime',
      label: text('Drop-off time', 'Hora de llegada'),
      type: 'time',
      role: 'quasi-identifier',
      sensitivity: 'high',
      bounds: [MONTH_START, MONTH_START + (MONTH_DAYS + 1) * 86400000],
      ladder: { kind: 'time' },
    },
    {
      name: 'pickupZone',
      label: text('Pickup zone', 'Zona de recogida'),
      type: 'category',
      role: 'quasi-identifier',
      sensitivity: 'high',
      ladder: { kind: 'place' },
    },
    {
      name: 'dropoffZone',
      label: text('Drop-off zone', 'Zona de llegada'),
      type: 'category',
      role: 'quasi-identifier',
      sensitivity: 'high',
      ladder: { kind: 'place' },
    },
    {
      name: 'passengers',
      label: text('Passengers', 'Pasajeros'),
      type: 'integer',
      role: 'other',
      sensitivity: 'low',
      bounds: [0, 6],
      ladder: { kind: 'interval', origin: 0, widths: [2, 4, 8] },
    },
    {
      name: 'distanceMiles',
      label: text('Distance', 'Distancia'),
      type: 'number',
      unit: 'mi',
      role: 'other',
      sensitivity: 'medium',
      bounds: [0, 30],
      ladder: { kind: 'interval', origin: 0, widths: [0.5, 1, 2, 6, 30] },
    },
    {
      name: 'fare',
      label: text('Fare', 'Tarifa'),
      type: 'number',
      unit: 'USD',
      role: 'sensitive',
      sensitivity: 'medium',
      bounds: [0, 100],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 20, 100] },
    },
    {
      name: 'tip',
      label: text('Tip', 'Propina'),
      type: 'number',
      unit: 'USD',
      role: 'sensitive',
      sensitivity: 'medium',
      bounds: [0, 30],
      ladder: { kind: 'interval', origin: 0, widths: [1, 5, 10, 30] },
    },
    {
      name: 'total',
      label: text('Total paid', 'Total pagado'),
      type: 'number',
      unit: 'USD',
      role: 'sensitive',
      sensitivity: 'medium',
      bounds: [0, 150],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 150] },
    },
    {
      name: 'payment',
      label: text('Payment', 'Pago'),
      type: 'category',
      role: 'sensitive',
      sensitivity: 'medium',
      ladder: { kind: 'suppress' },
    },
    {
      name: 'vendor',
      label: text('Meter vendor', 'Proveedor del taxímetro'),
      type: 'category',
      role: 'other',
      sensitivity: 'low',
      ladder: { kind: 'suppress' },
    },
    {
      name: 'rateCode',
      label: text('Rate', 'Tipo de tarifa'),
      type: 'category',
      role: 'other',
      sensitivity: 'low',
      ladder: { kind: 'suppress' },
    },
  ],
  // The secret is the fare: what a trip cost tells where it really went and what its traveller can afford.
  parts: {
    place: 'pickupZone',
    destination: 'dropoffZone',
    time: 'pickupTime',
    entity: 'traveller',
    secret: 'fare',
  },
  rows: { default: 10000, min: 1000, max: 1000000 },
  places: 'nyc-zones',
  assumptions: [
    text(
      'Travellers are invented: trips are given to synthetic travellers with a home and a work zone, without changing any trip. How many trips one traveller makes is an assumption you can change.',
      'Los viajeros son inventados: los viajes se asignan a viajeros sintéticos con una zona de casa y otra de trabajo, sin cambiar ningún viaje. Cuántos viajes hace cada uno es un supuesto que usted puede cambiar.',
    ),
    text(
      'The table is one month (October 2019) whatever its number of rows: fewer rows are a sample of that month. Two trips of one traveller may overlap in time.',
      'La tabla es un mes (octubre de 2019) sea cual sea su número de filas: menos filas son una muestra de ese mes. Dos viajes de un viajero pueden solaparse.',
    ),
  ],
};
