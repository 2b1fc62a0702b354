import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { integer, number } from '../../src/engine/kit/params.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, sizes } from '../describe.ts';

/** Four weeks from Monday 2 June 2014, inside the period of the stand-in (local time stored as if UTC). */
export const START = Date.UTC(2014, 5, 2);
export const DAYS = 28;

export const options = {
  staysPerVehicle: number({
    label: text('Stays per vehicle', 'Estancias por vehículo'),
    help: text(
      'Mean number of parking stays of one synthetic vehicle in this table.',
      'Número medio de estancias de un vehículo sintético en esta tabla.',
    ),
    min: 1,
    max: 40,
    default: 8,
    step: 1,
  }),
  medianMinutes: integer({
    label: text('Median stay', 'Estancia mediana'),
    help: text(
      'Half of the stays are shorter. The source counts cars, not stays.',
      'La mitad de las estancias son más cortas. La fuente cuenta coches, no estancias.',
    ),
    unit: 'min',
    min: 15,
    max: 480,
    default: 90,
    step: 15,
  }),
} as const;

/** Parking stays in eight car parks: who parked where, when, how long. */
export const descriptor: DatasetDescriptor = {
  id: 'santander-parking',
  city: 'santander',
  label: text('Parking', 'Aparcamiento'),
  summary: text(
    'Stays in eight car parks: which vehicle, where, when, how long, and how full the place was.',
    'Estancias en ocho aparcamientos: qué vehículo, dónde, cuándo, cuánto tiempo y lo lleno que estaba.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Stand-in: how full each car park is by hour comes from eight garages of Aarhus (2014), because no parking readings of Santander are published. Positions are borrowed from Santander traffic loops.',
    'Sustituto: la ocupación de cada aparcamiento por hora procede de ocho garajes de Aarhus (2014), porque no hay lecturas publicadas de Santander. Las posiciones se toman de espiras de tráfico de Santander.',
  ),
  licence: 'Synthetic rows: MIT. Figures: CityPulse, Aarhus open data.',
  source: 'CityPulse Aarhus parking 2014-05 to 2014-09 (stand-in)',
  portal: {
    url: 'http://datos.santander.es/',
    label: text(
      'datos.santander.es, parking sensors: take the JSON and drop it here',
      'datos.santander.es, sensores de aparcamiento: descargue el JSON y suéltelo aquí',
    ),
  },
  rowUnit: 'stay',
  privacyUnit: 'vehicle',
  columns: [
    describe('vehicle', ['Vehicle', 'Vehículo'], 'integer', 'identifier', 'high', {
      bounds: [1, 1000000],
      ladder: { kind: 'suppress' },
      note: text('Synthetic number.', 'Número sintético.'),
    }),
    describe('carPark', ['Car park', 'Aparcamiento'], 'category', 'quasi-identifier', 'high', {
      ladder: { kind: 'place' },
    }),
    describe('arrival', ['Arrival', 'Llegada'], 'time', 'quasi-identifier', 'high', {
      bounds: [START, START + DAYS * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('minutes', ['Length of stay', 'Duración'], 'integer', 'sensitive', 'medium', {
      unit: 'min',
      bounds: [0, 1440],
      ladder: { kind: 'interval', origin: 0, widths: [15, 60, 240, 1440] },
    }),
    describe('occupancy', ['How full', 'Ocupación'], 'number', 'other', 'low', {
      unit: 'share',
      bounds: [0, 1.1],
      ladder: { kind: 'interval', origin: 0, widths: [0.1, 0.5, 1, 2] },
      note: text(
        'Share of spaces taken on arrival; can pass 1.',
        'Proporción de plazas ocupadas al llegar; puede pasar de 1.',
      ),
    }),
  ],
  // The secret is how long somebody stayed: a doctor's visit, a working day, a night.
  parts: { place: 'carPark', time: 'arrival', measure: 'occupancy', entity: 'vehicle', secret: 'minutes' },
  rows: sizes(10000),
  places: 'santander-parking',
  assumptions: [
    text(
      'Vehicles and lengths of stay are invented: three stays in four are given to a vehicle whose usual car park it is.',
      'Los vehículos y las duraciones son inventados: tres de cada cuatro estancias se asignan a un vehículo que usa ese aparcamiento.',
    ),
    text(
      'Arrivals follow the growth of occupancy plus a quarter of the cars present each half hour.',
      'Las llegadas siguen el aumento de ocupación más un cuarto de los coches presentes cada media hora.',
    ),
  ],
};
