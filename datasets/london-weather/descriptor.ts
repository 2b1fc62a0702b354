import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, NO_PERSON, sizes } from '../describe.ts';

/** First hour: Monday 2 January 2012 (local time stored as if UTC). */
export const START = Date.UTC(2012, 0, 2);

/** Hourly weather by borough. */
export const descriptor: DatasetDescriptor = {
  id: 'london-weather',
  city: 'london',
  label: text('Weather', 'Tiempo'),
  summary: text('Hourly weather in the 33 boroughs.', 'Tiempo meteorológico cada hora en los 33 distritos.'),
  origin: 'synthetic',
  calibration: text(
    'Calibrated on 14,592 real hours of London weather, 2011 to 2013: temperature by month and hour with its persistence, and the spread of humidity, wind, pressure and visibility. The source is one place: boroughs differ by a small invented amount.',
    'Calibrado con 14.592 horas reales del tiempo en Londres, de 2011 a 2013: temperatura por mes y hora con su persistencia, y la dispersión de humedad, viento, presión y visibilidad. La fuente es un solo lugar: los distritos difieren en una pequeña cantidad inventada.',
  ),
  licence: 'Synthetic rows: MIT. Figures: Dark Sky weather as published with the smart-meter set.',
  source: 'Hourly London weather 2011-11 to 2013-06 (Dark Sky)',
  portal: {
    url: 'https://www.kaggle.com/datasets/jeanmidev/smart-meters-in-london',
    label: text(
      'Smart meters in London: take weather_hourly_darksky.csv and drop it here',
      'Smart meters in London: descargue weather_hourly_darksky.csv y suéltelo aquí',
    ),
  },
  rowUnit: 'reading',
  privacyUnit: 'reading',
  columns: [
    describe('borough', ['Borough', 'Distrito'], 'category', 'quasi-identifier', 'low', { ladder: { kind: 'place' } }),
    describe('time', ['Time', 'Hora'], 'time', 'quasi-identifier', 'low', {
      bounds: [START, START + 3660 * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('temperatureC', ['Temperature', 'Temperatura'], 'number', 'sensitive', 'low', {
      unit: '°C',
      bounds: [-15, 40],
      ladder: { kind: 'interval', origin: -20, widths: [1, 5, 10, 60] },
    }),
    describe('humidity', ['Humidity', 'Humedad'], 'number', 'other', 'low', {
      unit: 'share',
      bounds: [0, 1],
      ladder: { kind: 'interval', origin: 0, widths: [0.1, 0.5, 1] },
    }),
    describe('windSpeed', ['Wind speed', 'Velocidad del viento'], 'number', 'other', 'low', {
      unit: 'm/s',
      bounds: [0, 20],
      ladder: { kind: 'interval', origin: 0, widths: [1, 2, 10, 20] },
    }),
    describe('pressure', ['Pressure', 'Presión'], 'number', 'other', 'low', {
      unit: 'hPa',
      bounds: [960, 1060],
      ladder: { kind: 'interval', origin: 960, widths: [5, 10, 50, 100] },
    }),
    describe('visibility', ['Visibility', 'Visibilidad'], 'number', 'other', 'low', {
      unit: 'km',
      bounds: [0, 16],
      ladder: { kind: 'interval', origin: 0, widths: [1, 4, 8, 16] },
    }),
  ],
  parts: { place: 'borough', time: 'time', measure: 'temperatureC', secret: 'temperatureC' },
  rows: sizes(60000),
  places: 'london-boroughs',
  assumptions: [
    NO_PERSON,
    text(
      'Boroughs differ from the city by a slow noise of 0.5 °C and by a tenth of the spread of the other values; the persistence of these others (0.95 an hour) is assumed.',
      'Los distritos difieren de la ciudad en un ruido lento de 0,5 °C y en una décima de la dispersión de los demás valores; la persistencia de estos (0,95 por hora) es un supuesto.',
    ),
  ],
};
