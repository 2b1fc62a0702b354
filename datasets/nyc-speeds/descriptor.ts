import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { integer } from '../../src/engine/kit/params.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, NO_PERSON, sizes } from '../describe.ts';

/** First reading: Monday 6 May 2019, New York wall-clock time stored as if UTC. */
export const START = Date.UTC(2019, 4, 6);

export const options = {
  stepMinutes: integer({
    label: text('Minutes between readings', 'Minutos entre lecturas'),
    help: text(
      'The real feed has one reading in 5 minutes; longer steps cover more days with the same number of rows.',
      'El servicio real da una lectura cada 5 minutos; con pasos más largos, las mismas filas cubren más días.',
    ),
    unit: 'min',
    min: 5,
    max: 60,
    default: 60,
    step: 5,
    stops: [5, 15, 30, 60],
  }),
} as const;

/** Speeds on 139 instrumented road links. */
export const descriptor: DatasetDescriptor = {
  id: 'nyc-speeds',
  city: 'nyc',
  label: text('Road speeds', 'Velocidad en vías'),
  summary: text('Speed on 139 instrumented road links.', 'Velocidad en 139 tramos de vía con sensores.'),
  origin: 'synthetic',
  calibration: text(
    'Calibrated on 58.9 million real readings, 2017 to 2022: mean speed of each link by hour on weekdays and weekends, spread, persistence, and share of missing readings.',
    'Calibrado con 58,9 millones de lecturas reales, de 2017 a 2022: velocidad media de cada tramo por hora, laborables y fines de semana, dispersión, persistencia y proporción de lecturas perdidas.',
  ),
  licence: 'Synthetic rows: MIT. Figures: NYC Open Data.',
  source: 'NYC DOT traffic speeds (real-time feed archive), 2017-03 to 2022-03',
  portal: {
    url: 'https://data.cityofnewyork.us/Transportation/DOT-Traffic-Speeds-NBE/i4gi-tjb9',
    label: text(
      'NYC Open Data, DOT traffic speeds: export CSV and drop it here',
      'NYC Open Data, velocidades DOT: exporte CSV y suéltelo aquí',
    ),
  },
  rowUnit: 'reading',
  privacyUnit: 'reading',
  columns: [
    describe('link', ['Road link', 'Tramo'], 'category', 'quasi-identifier', 'low', { ladder: { kind: 'place' } }),
    describe('time', ['Time', 'Hora'], 'time', 'quasi-identifier', 'low', {
      bounds: [START, START + 366 * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('speedMph', ['Speed', 'Velocidad'], 'number', 'sensitive', 'low', {
      unit: 'mph',
      bounds: [0, 80],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 20, 80] },
    }),
    describe('travelSeconds', ['Travel time', 'Tiempo de recorrido'], 'integer', 'other', 'low', {
      unit: 's',
      bounds: [0, 3600],
      ladder: { kind: 'interval', origin: 0, widths: [60, 300, 1200, 3600] },
    }),
    describe('status', ['Status', 'Estado'], 'category', 'other', 'low', {
      ladder: { kind: 'suppress' },
      note: text('-101 = no reading.', '-101 = sin lectura.'),
    }),
  ],
  parts: { place: 'link', time: 'time', measure: 'speedMph', secret: 'speedMph' },
  rows: sizes(60000),
  places: 'nyc-links',
  assumptions: [
    NO_PERSON,
    text(
      'Links vary independently of each other, as the measured correlations (median 0.06) nearly say.',
      'Los tramos varían de forma independiente, como casi indican las correlaciones medidas (mediana 0,06).',
    ),
  ],
};
