import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { integer, number } from '../../src/engine/kit/params.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, sizes } from '../describe.ts';

/** First reading: Monday 4 March 2013, inside the period of the stand-in (local time stored as if UTC). */
export const START = Date.UTC(2013, 2, 4);

export const options = {
  daysPerHousehold: integer({
    label: text('Days per household', 'Días por hogar'),
    help: text(
      'Days of half-hourly readings of each household; fewer days mean more households in the same number of rows.',
      'Días de lecturas cada media hora por hogar; menos días significan más hogares con las mismas filas.',
    ),
    unit: 'd',
    min: 1,
    max: 60,
    default: 7,
    step: 1,
  }),
  householdSpread: number({
    label: text('Spread between households', 'Dispersión entre hogares'),
    help: text(
      'Standard deviation of the logarithm of a household’s mean use. The source is one household, so this is assumed.',
      'Desviación típica del logaritmo del consumo medio de un hogar. La fuente es un solo hogar, así que es un supuesto.',
    ),
    min: 0,
    max: 1.5,
    default: 0.5,
    step: 0.1,
  }),
} as const;

/** Half-hourly electricity use of households: the case where a load curve tells when somebody is at home. */
export const descriptor: DatasetDescriptor = {
  id: 'santander-energy',
  city: 'santander',
  label: text('Household energy', 'Energía en hogares'),
  summary: text(
    'Half-hourly electricity use of synthetic households.',
    'Consumo eléctrico cada media hora de hogares sintéticos.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Stand-in: daily profile, season and irregularity come from one London household (2012 to 2013), because no energy readings of Santander are published. How households differ is an assumption you can change.',
    'Sustituto: el perfil diario, la estación y la irregularidad proceden de un hogar de Londres (2012 a 2013), porque no hay lecturas publicadas de Santander. En qué se diferencian los hogares es un supuesto que usted puede cambiar.',
  ),
  licence: 'Synthetic rows: MIT. Figures: UK Power Networks, London Datastore.',
  source: 'Low Carbon London, one household 2012-10 to 2013-08 (stand-in)',
  portal: {
    url: 'https://data.london.gov.uk/dataset/smartmeter-energy-use-data-in-london-households',
    label: text(
      'London Datastore, smart meters: take a household file (CSV) and drop it here',
      'London Datastore, contadores inteligentes: descargue el fichero de un hogar (CSV) y suéltelo aquí',
    ),
  },
  rowUnit: 'reading',
  privacyUnit: 'household',
  columns: [
    describe('household', ['Household', 'Hogar'], 'integer', 'identifier', 'high', {
      bounds: [1, 1000000],
      ladder: { kind: 'suppress' },
      note: text('Synthetic number.', 'Número sintético.'),
    }),
    describe('time', ['Time', 'Hora'], 'time', 'quasi-identifier', 'medium', {
      bounds: [START, START + 62 * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('kwh', ['Energy in half an hour', 'Energía en media hora'], 'number', 'sensitive', 'high', {
      unit: 'kWh',
      bounds: [0, 3],
      ladder: { kind: 'interval', origin: 0, widths: [0.1, 0.5, 1, 3] },
    }),
  ],
  parts: { time: 'time', measure: 'kwh', entity: 'household', secret: 'kwh' },
  rows: sizes(16800),
  assumptions: [
    text(
      'Households are invented: each has a level of its own, a daily rhythm moved by up to two hours, and independent irregularity.',
      'Los hogares son inventados: cada uno tiene su nivel, un ritmo diario desplazado hasta dos horas y una irregularidad independiente.',
    ),
  ],
};
