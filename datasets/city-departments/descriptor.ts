import type { DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { number } from '../../src/engine/kit/params.ts';
import { text } from '../../src/engine/kit/text.ts';
import { describe, sizes } from '../describe.ts';

/** A quarter from Monday 1 January 2024. */
export const START = Date.UTC(2024, 0, 1);
export const DAYS = 91;

export const options = {
  eventsPerPerson: number({
    label: text('Events per person', 'Sucesos por persona'),
    help: text(
      'Mean number of events of one synthetic person over all departments.',
      'Número medio de sucesos de una persona sintética en todos los departamentos.',
    ),
    min: 1,
    max: 40,
    default: 5,
    step: 1,
  }),
} as const;

/** Events of three city departments over one population with a private join key. */
export const descriptor: DatasetDescriptor = {
  id: 'city-departments',
  city: 'departments',
  label: text('City departments', 'Departamentos municipales'),
  summary: text(
    'Health visits, transport cards and safety incidents of one invented population: three departments that may not share their files.',
    'Visitas sanitarias, tarjetas de transporte e incidentes de seguridad de una población inventada: tres departamentos que no pueden compartir sus ficheros.',
  ),
  origin: 'synthetic',
  calibration: text(
    'Invented throughout: no city publishes linked files of its departments. Only the shapes of the districts are real (London boroughs). Use it for how joint computations work, not for what they find.',
    'Inventado por completo: ninguna ciudad publica ficheros enlazados de sus departamentos. Solo son reales las formas de los distritos (de Londres). Sirve para ver cómo funcionan los cálculos conjuntos, no lo que encuentran.',
  ),
  licence: 'Synthetic rows: MIT. District shapes: Open Government Licence v3.',
  source: 'none: invented population',
  portal: {
    url: 'https://data.london.gov.uk/',
    label: text(
      'No city publishes such files; drop a table of your own with a person column here',
      'Ninguna ciudad publica estos ficheros; suelte aquí una tabla propia con una columna de persona',
    ),
  },
  rowUnit: 'event',
  privacyUnit: 'person',
  columns: [
    describe('person', ['Person key', 'Clave de persona'], 'integer', 'identifier', 'high', {
      bounds: [1, 1000000],
      ladder: { kind: 'suppress' },
      note: text(
        'Private join key: the same number in all three departments, never released.',
        'Clave privada de enlace: el mismo número en los tres departamentos, nunca se publica.',
      ),
    }),
    describe('department', ['Department', 'Departamento'], 'category', 'other', 'low', {
      ladder: { kind: 'suppress' },
    }),
    describe('homeDistrict', ['Home district', 'Distrito de residencia'], 'category', 'quasi-identifier', 'high', {
      ladder: { kind: 'place' },
    }),
    describe('age', ['Age', 'Edad'], 'integer', 'quasi-identifier', 'medium', {
      unit: 'years',
      bounds: [0, 100],
      ladder: { kind: 'interval', origin: 0, widths: [5, 10, 20, 100] },
    }),
    describe('gender', ['Gender', 'Género'], 'category', 'quasi-identifier', 'medium', {
      ladder: { kind: 'suppress' },
    }),
    describe('time', ['Time', 'Hora'], 'time', 'quasi-identifier', 'medium', {
      bounds: [START, START + DAYS * 86400000],
      ladder: { kind: 'time' },
    }),
    describe('event', ['Event', 'Suceso'], 'category', 'sensitive', 'high', { ladder: { kind: 'suppress' } }),
    describe('cost', ['Cost to the city', 'Coste para la ciudad'], 'number', 'sensitive', 'medium', {
      unit: 'EUR',
      bounds: [0, 1000],
      ladder: { kind: 'interval', origin: 0, widths: [10, 50, 250, 1000] },
    }),
  ],
  // The secret is the event: a visit to a clinic, an incident reported.
  parts: { place: 'homeDistrict', time: 'time', measure: 'cost', entity: 'person', secret: 'event' },
  rows: sizes(10000),
  places: 'london-boroughs',
  assumptions: [
    text(
      'Shares of departments and kinds of event, costs, ages and hours are invented. A hidden health score makes the same people appear more often in health and less often in transport, so that joint sums differ from separate ones.',
      'Las proporciones de departamentos y tipos de suceso, los costes, las edades y las horas son inventados. Una puntuación de salud oculta hace que las mismas personas aparezcan más en sanidad y menos en transporte, de modo que las sumas conjuntas difieren de las separadas.',
    ),
  ],
};
