import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, NO_PERSON, sizes } from '../describe.ts';

/** First reading: Monday 5 January 2009, GMT (the network's clock all year). */
export const START = Date.UTC(2009, 0, 5);

/** Hourly air quality at London sites, with wind and temperature. */
export const descriptor: DatasetDescriptor = {
  id: 'london-air',
  city: 'london',
  label: text('Air quality', 'Calidad del aire'),
  summary: text(
    'Hourly nitrogen oxides and particles at London sites, with wind and temperature.',
    'Óxidos de nitrógeno y partículas cada hora en estaciones de Londres, con viento y temperatura.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Calibrated on the hourly readings of three real sites in 2009 (Bloomsbury, North Kensington, Marylebone Road): daily and yearly rhythm, spread, persistence, gaps, links between pollutants, sites and wind. The other sites borrow from these three by their class.',
    'Calibrado con las lecturas horarias de tres estaciones reales en 2009 (Bloomsbury, North Kensington, Marylebone Road): ritmo diario y anual, dispersión, persistencia, huecos y relación entre contaminantes, estaciones y viento. Las demás estaciones toman prestado de estas tres según su clase.',
  ),
  licence: 'Synthetic rows: MIT. Figures: Open Government Licence v3.',
  source: 'London Air Quality Network and AURN, 2009, three sites; site list of the network',
  portal: {
    url: 'https://www.londonair.org.uk/london/asp/datadownload.asp',
    label: text(
      'London Air data download: take the CSV and drop it here',
      'Descarga de datos de London Air: descargue el CSV y suéltelo aquí',
    ),
  },
  rowUnit: 'reading',
  privacyUnit: 'reading',
  columns: [
    describe('site', ['Site', 'Estación'], 'category', 'quasi-identifier', 'low', { ladder: { kind: 'place' } }),
    describe('time', ['Time', 'Hora'], 'time', 'quasi-identifier', 'low', {
      bounds: [START, START + 3660 * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('siteClass', ['Kind of site', 'Tipo de estación'], 'category', 'other', 'low', {
      ladder: { kind: 'suppress' },
    }),
    describe('nox', ['Nitrogen oxides', 'Óxidos de nitrógeno'], 'number', 'other', 'low', {
      unit: 'µg/m³',
      bounds: [0, 1000],
      ladder: { kind: 'interval', origin: 0, widths: [10, 50, 250, 1000] },
    }),
    describe('no2', ['Nitrogen dioxide', 'Dióxido de nitrógeno'], 'number', 'sensitive', 'low', {
      unit: 'µg/m³',
      bounds: [0, 300],
      ladder: { kind: 'interval', origin: 0, widths: [10, 50, 100, 300] },
    }),
    describe('pm10', ['PM10', 'PM10'], 'number', 'other', 'low', {
      unit: 'µg/m³',
      bounds: [-5, 150],
      ladder: { kind: 'interval', origin: -10, widths: [5, 10, 50, 200] },
    }),
    describe('pm25', ['PM2.5', 'PM2,5'], 'number', 'other', 'low', {
      unit: 'µg/m³',
      bounds: [-5, 100],
      ladder: { kind: 'interval', origin: -10, widths: [5, 10, 50, 150] },
    }),
    describe('windSpeed', ['Wind speed', 'Velocidad del viento'], 'number', 'other', 'low', {
      unit: 'm/s',
      bounds: [0, 20],
      ladder: { kind: 'interval', origin: 0, widths: [1, 2, 10, 20] },
    }),
    describe('temperatureC', ['Temperature', 'Temperatura'], 'number', 'other', 'low', {
      unit: '°C',
      bounds: [-15, 40],
      ladder: { kind: 'interval', origin: -20, widths: [1, 5, 10, 60] },
    }),
  ],
  parts: { place: 'site', time: 'time', measure: 'no2', secret: 'no2' },
  rows: sizes(60000),
  places: 'london-sites',
  assumptions: [
    NO_PERSON,
    text(
      'A roadside site lies half-way between Bloomsbury and Marylebone Road, a kerbside site is like Marylebone Road, all others like a background site; each has a level of its own (15 % spread). Gaps last six hours on average.',
      'Una estación junto a la calzada queda a medio camino entre Bloomsbury y Marylebone Road; una en el bordillo es como Marylebone Road; las demás, como una de fondo; cada una tiene su nivel (dispersión del 15 %). Los huecos duran seis horas de media.',
    ),
  ],
};
