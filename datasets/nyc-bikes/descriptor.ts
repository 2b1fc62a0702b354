import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { integer, number } from '../../src/engine/kit/params.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, sizes } from '../describe.ts';

/** The generated month: July 2014, New York wall-clock time stored as if UTC. */
export const MONTH_START = Date.UTC(2014, 6, 1);
export const MONTH_DAYS = 31;
const MONTH_END = MONTH_START + MONTH_DAYS * 86400000;

/** Assumptions that no published data can settle. */
export const options = {
  tripsPerRider: number({
    label: text('Rides per rider', 'Trayectos por ciclista'),
    help: text(
      'Mean number of rides of one synthetic subscriber in this table; a day customer makes two.',
      'Número medio de trayectos de un abonado sintético en esta tabla; un cliente de un día hace dos.',
    ),
    min: 1,
    max: 60,
    default: 8,
    step: 1,
  }),
  anchorPercent: integer({
    label: text('Rides tied to home or work', 'Trayectos ligados a casa o trabajo'),
    help: text(
      'Share of rides given to a rider whose home or work station the ride touches.',
      'Proporción de trayectos asignados a un ciclista cuya estación de casa o trabajo toca el trayecto.',
    ),
    unit: '%',
    min: 0,
    max: 100,
    default: 70,
    step: 5,
  }),
} as const;

/** Citi Bike rides of one month with the rider's birth year and gender: the classic re-identification case. */
export const descriptor: DatasetDescriptor = {
  id: 'nyc-bikes',
  city: 'nyc',
  label: text('Bike rides', 'Trayectos en bici'),
  summary: text(
    'Shared-bike rides of one month: station to station, with birth year and gender of the rider.',
    'Trayectos en bici compartida de un mes: de estación a estación, con año de nacimiento y género.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Calibrated on 14,000 real Citi Bike rides of 2013 and 2014: use of 332 stations, distances, speeds, weekly rhythm, ages, genders. The birth year 1969 of riders who gave none comes from two real months of 2020.',
    'Calibrado con 14.000 trayectos reales de Citi Bike de 2013 y 2014: uso de 332 estaciones, distancias, velocidades, ritmo semanal, edades y géneros. El año de nacimiento 1969 de quienes no lo dieron procede de dos meses reales de 2020.',
  ),
  licence: 'Synthetic rows: MIT. Figures: Citi Bike system data.',
  source: 'Citi Bike trip histories 2013-07 to 2014-12 (sample) and Jersey City 2020-03, 2020-04',
  portal: {
    url: 'https://citibikenyc.com/system-data',
    label: text(
      'Citi Bike system data: take a month (CSV) and drop it here',
      'Datos de Citi Bike: descargue un mes (CSV) y suéltelo aquí',
    ),
  },
  rowUnit: 'ride',
  privacyUnit: 'rider',
  columns: [
    describe('rider', ['Rider', 'Ciclista'], 'integer', 'identifier', 'high', {
      bounds: [1, 1000000],
      ladder: { kind: 'suppress' },
      note: text(
        'Synthetic number; real ride records carry none.',
        'Número sintético; los registros reales no lo llevan.',
      ),
    }),
    describe('startTime', ['Start time', 'Hora de inicio'], 'time', 'quasi-identifier', 'high', {
      bounds: [MONTH_START, MONTH_END],
      ladder: { kind: 'time' },
    }),
    describe('stopTime', ['End time', 'Hora de fin'], 'time', 'quasi-identifier', 'high', {
      bounds: [MONTH_START, MONTH_END + 86400000],
      ladder: { kind: 'time' },
    }),
    describe('startStation', ['Start station', 'Estación de inicio'], 'category', 'quasi-identifier', 'high', {
      ladder: { kind: 'place' },
    }),
    describe('endStation', ['End station', 'Estación de fin'], 'category', 'sensitive', 'high', {
      ladder: { kind: 'place' },
    }),
    describe('birthYear', ['Birth year', 'Año de nacimiento'], 'integer', 'quasi-identifier', 'medium', {
      bounds: [1924, 1998],
      ladder: { kind: 'interval', origin: 1900, widths: [5, 10, 20, 100] },
      note: text(
        '1969 often means that no year was given. Missing for some day customers.',
        '1969 suele significar que no se dio el año. Falta en algunos clientes de un día.',
      ),
    }),
    describe('gender', ['Gender', 'Género'], 'category', 'quasi-identifier', 'medium', {
      ladder: { kind: 'suppress' },
    }),
    describe('userType', ['User type', 'Tipo de usuario'], 'category', 'other', 'low', {
      ladder: { kind: 'suppress' },
    }),
    describe('durationSeconds', ['Duration', 'Duración'], 'integer', 'other', 'medium', {
      unit: 's',
      bounds: [60, 7200],
      ladder: { kind: 'interval', origin: 0, widths: [300, 600, 1800, 7200] },
    }),
    describe('bike', ['Bike', 'Bicicleta'], 'integer', 'other', 'low', {
      bounds: [14500, 20352],
      ladder: { kind: 'suppress' },
    }),
  ],
  // The secret is where the ride ended: home, work, a clinic, a friend.
  parts: { place: 'startStation', destination: 'endStation', time: 'startTime', entity: 'rider', secret: 'endStation' },
  rows: sizes(10000),
  places: 'nyc-stations',
  assumptions: [
    text(
      'Riders are invented: rides are given to synthetic riders with a home and a work station, without changing any ride. Birth year and gender belong to the rider.',
      'Los ciclistas son inventados: los trayectos se asignan a ciclistas sintéticos con una estación de casa y otra de trabajo, sin cambiar ningún trayecto. El año de nacimiento y el género son del ciclista.',
    ),
    text(
      'Start and end are linked by their shares and the measured distances, not by real pairs of stations.',
      'Inicio y fin se enlazan por su frecuencia y las distancias medidas, no por pares reales de estaciones.',
    ),
  ],
};
