import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, NO_PERSON, sizes } from '../describe.ts';

/** First reading: Monday 11 April 2016, the day of the real snapshot (local time stored as if UTC). */
export const START = Date.UTC(2016, 3, 11);

/** Temperature, light and noise nodes of SmartSantander, faults included. */
export const descriptor: DatasetDescriptor = {
  id: 'santander-environment',
  city: 'santander',
  label: text('Environment', 'Medio ambiente'),
  summary: text(
    'Temperature, light and noise at 651 street nodes, half of them silent or faulty as in the real network.',
    'Temperatura, luz y ruido en 651 nodos de calle, la mitad mudos o averiados como en la red real.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Positions, kinds, silence and spread of values come from one real instant of the SmartSantander nodes (11 April 2016). No daily profile of Santander is published: the daily rhythm of temperature is a stand-in from London in April.',
    'Las posiciones, los tipos, el silencio y la dispersión de valores proceden de un instante real de los nodos SmartSantander (11 de abril de 2016). No hay perfil diario publicado de Santander: el ritmo diario de la temperatura es un sustituto, de Londres en abril.',
  ),
  licence: 'Synthetic rows: MIT. Figures: datos.santander.es open data.',
  source: 'SmartSantander environmental monitoring, snapshot of 2016-04-11 13:24 UTC',
  portal: {
    url: 'http://datos.santander.es/',
    label: text(
      'datos.santander.es, set "sensores_smart_env_monitoring": take the JSON and drop it here',
      'datos.santander.es, conjunto «sensores_smart_env_monitoring»: descargue el JSON y suéltelo aquí',
    ),
  },
  rowUnit: 'reading',
  privacyUnit: 'reading',
  columns: [
    describe('node', ['Node', 'Nodo'], 'category', 'quasi-identifier', 'low', { ladder: { kind: 'place' } }),
    describe('time', ['Time', 'Hora'], 'time', 'quasi-identifier', 'low', {
      bounds: [START, START + 366 * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('kind', ['Kind of node', 'Tipo de nodo'], 'category', 'other', 'low', { ladder: { kind: 'suppress' } }),
    describe('temperatureC', ['Temperature', 'Temperatura'], 'number', 'other', 'low', {
      unit: '°C',
      bounds: [-10, 45],
      ladder: { kind: 'interval', origin: -50, widths: [1, 5, 10, 50] },
      note: text(
        'About one temperature node in eight reports impossible values; -50 is the most frequent.',
        'Aproximadamente un nodo de temperatura de cada ocho da valores imposibles; -50 es el más frecuente.',
      ),
    }),
    describe('lightLux', ['Light', 'Luz'], 'number', 'other', 'low', {
      unit: 'lx',
      bounds: [0, 100000],
      ladder: { kind: 'interval', origin: 0, widths: [100, 1000, 10000, 100000] },
    }),
    describe('noiseDb', ['Noise', 'Ruido'], 'number', 'sensitive', 'low', {
      unit: 'dB',
      bounds: [0, 100],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 20, 100] },
    }),
    describe('batteryPercent', ['Battery', 'Batería'], 'number', 'other', 'low', {
      unit: '%',
      bounds: [0, 100],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 50, 100] },
    }),
  ],
  parts: { place: 'node', time: 'time', measure: 'temperatureC', secret: 'noiseDb' },
  rows: sizes(60000),
  places: 'santander-nodes',
  assumptions: [
    NO_PERSON,
    text(
      'Nodes not heard of for 30 days in the snapshot stay silent: their rows have no values. Light follows half a sine from 7 to 21 h; impossible temperatures other than -50 are drawn evenly from 46 to 100.',
      'Los nodos sin noticias en 30 días en la captura siguen mudos: sus filas no tienen valores. La luz sigue medio seno de 7 a 21 h; las temperaturas imposibles distintas de -50 se sortean por igual entre 46 y 100.',
    ),
  ],
};
