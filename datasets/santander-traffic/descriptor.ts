import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, NO_PERSON, sizes } from '../describe.ts';

/** First reading: Monday 31 May 2021 (local time stored as if UTC); the real snapshot is of the Tuesday evening. */
export const START = Date.UTC(2021, 4, 31);

/** Traffic loops: vehicles an hour, occupancy and load. */
export const descriptor: DatasetDescriptor = {
  id: 'santander-traffic',
  city: 'santander',
  label: text('Traffic loops', 'Espiras de tráfico'),
  summary: text(
    'Vehicles an hour, occupancy and load at 482 traffic loops.',
    'Vehículos por hora, ocupación y carga en 482 espiras de tráfico.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Levels, zero readings, the steps of 60 vehicles an hour and the link between the three values come from one real minute of the loops (1 June 2021). No daily profile of Santander is published: the weekly rhythm is a stand-in from New York taxi demand.',
    'Los niveles, las lecturas nulas, los saltos de 60 vehículos por hora y la relación entre los tres valores proceden de un minuto real de las espiras (1 de junio de 2021). No hay perfil diario publicado de Santander: el ritmo semanal es un sustituto, de la demanda de taxis de Nueva York.',
  ),
  licence: 'Synthetic rows: MIT. Figures: datos.santander.es open data.',
  source: 'Santander traffic measurements, snapshot of 2021-06-01 18:43 UTC',
  portal: {
    url: 'http://datos.santander.es/',
    label: text(
      'datos.santander.es, set "mediciones" (traffic): take the JSON and drop it here',
      'datos.santander.es, conjunto «mediciones» (tráfico): descargue el JSON y suéltelo aquí',
    ),
  },
  rowUnit: 'reading',
  privacyUnit: 'reading',
  columns: [
    describe('loop', ['Loop', 'Espira'], 'category', 'quasi-identifier', 'low', { ladder: { kind: 'place' } }),
    describe('time', ['Time', 'Hora'], 'time', 'quasi-identifier', 'low', {
      bounds: [START, START + 366 * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('vehiclesPerHour', ['Vehicles an hour', 'Vehículos por hora'], 'integer', 'sensitive', 'low', {
      unit: 'veh/h',
      bounds: [0, 2400],
      ladder: { kind: 'interval', origin: 0, widths: [60, 300, 600, 2400] },
      note: text(
        'One vehicle in a minute reads as 60 an hour: one vehicle changes a reading by 60.',
        'Un vehículo en un minuto se lee como 60 por hora: un vehículo cambia la lectura en 60.',
      ),
    }),
    describe('occupancyPercent', ['Occupancy', 'Ocupación'], 'number', 'other', 'low', {
      unit: '%',
      bounds: [0, 100],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 100] },
    }),
    describe('loadPercent', ['Load', 'Carga'], 'number', 'other', 'low', {
      unit: '%',
      bounds: [0, 100],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 100] },
    }),
  ],
  parts: { place: 'loop', time: 'time', measure: 'vehiclesPerHour', secret: 'vehiclesPerHour' },
  rows: sizes(60000),
  places: 'santander-loops',
  assumptions: [
    NO_PERSON,
    text(
      'The weekly rhythm is borrowed; 189 of the 482 loops have no published position and are not on the map.',
      'El ritmo semanal es prestado; 189 de las 482 espiras no tienen posición publicada y no están en el mapa.',
    ),
  ],
};
