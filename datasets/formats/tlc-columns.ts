import type { ColumnDescriptor, Ladder } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import { column } from './fields.ts';

const interval = (...widths: number[]): Ladder => ({ kind: 'interval', origin: 0, widths });
const SUPPRESS = { kind: 'suppress' } as const;
/** Digital trip records begin in 2009. */
const TIMES = [Date.UTC(2009, 0, 1), Date.UTC(2031, 0, 1)] as const;

const time = (name: string, en: string, es: string): ColumnDescriptor =>
  column(name, 'time', text(en, es), {
    role: 'quasi-identifier',
    sensitivity: 'high',
    bounds: TIMES,
    ladder: { kind: 'time' },
  });
const zone = (name: string, en: string, es: string): ColumnDescriptor =>
  column(name, 'category', text(en, es), { role: 'quasi-identifier', sensitivity: 'high', ladder: { kind: 'place' } });
const degree = (name: string, en: string, es: string, bounds: readonly [number, number]): ColumnDescriptor =>
  column(name, 'number', text(en, es), {
    unit: '°',
    role: 'quasi-identifier',
    sensitivity: 'high',
    bounds,
    ladder: { kind: 'interval', origin: 0, widths: [0.001, 0.01, 0.1, 1] },
  });
const money = (name: string, en: string, es: string, most: number, sensitive: boolean, widths: readonly number[]) =>
  column(name, 'number', text(en, es), {
    unit: 'USD',
    role: sensitive ? 'sensitive' : 'other',
    sensitivity: sensitive ? 'medium' : 'low',
    bounds: [0, most],
    ladder: interval(...widths),
  });
const kind = (name: string, en: string, es: string): ColumnDescriptor =>
  column(name, 'category', text(en, es), { ladder: SUPPRESS });

const LON = [-74.3, -73.65] as const;
const LAT = [40.47, 40.95] as const;

/** All canonical columns of TLC files; a file's descriptor keeps those it has. Bounds as in the embedded dataset. */
export const tlcColumns: readonly ColumnDescriptor[] = [
  time('pickupTime', 'Pickup time', 'Hora de recogida'),
  time('dropoffTime', 'Drop-off time', 'Hora de llegada'),
  zone('pickupZone', 'Pickup zone', 'Zona de recogida'),
  zone('dropoffZone', 'Drop-off zone', 'Zona de llegada'),
  degree('pickupLon', 'Pickup longitude', 'Longitud de recogida', LON),
  degree('pickupLat', 'Pickup latitude', 'Latitud de recogida', LAT),
  degree('dropoffLon', 'Drop-off longitude', 'Longitud de llegada', LON),
  degree('dropoffLat', 'Drop-off latitude', 'Latitud de llegada', LAT),
  column('passengers', 'integer', text('Passengers', 'Pasajeros'), { bounds: [0, 6], ladder: interval(2, 4, 8) }),
  column('distanceMiles', 'number', text('Distance', 'Distancia'), {
    unit: 'mi',
    sensitivity: 'medium',
    bounds: [0, 30],
    ladder: interval(0.5, 1, 2, 6, 30),
  }),
  money('fare', 'Fare', 'Tarifa', 100, true, [5, 10, 20, 100]),
  money('tip', 'Tip', 'Propina', 30, true, [1, 5, 10, 30]),
  money('total', 'Total paid', 'Total pagado', 150, true, [5, 10, 50, 150]),
  column('payment', 'category', text('Payment', 'Pago'), {
    role: 'sensitive',
    sensitivity: 'medium',
    ladder: SUPPRESS,
  }),
  kind('vendor', 'Meter vendor', 'Proveedor del taxímetro'),
  kind('rateCode', 'Rate', 'Tipo de tarifa'),
  money('extra', 'Extras', 'Suplementos', 10, false, [1, 5, 10]),
  money('tolls', 'Tolls', 'Peajes', 30, false, [5, 10, 30]),
  money('mtaTax', 'MTA tax', 'Impuesto MTA', 1, false, [0.5, 1]),
  money('improvementSurcharge', 'Improvement surcharge', 'Recargo de mejora', 1, false, [0.5, 1]),
  money('congestionSurcharge', 'Congestion surcharge', 'Recargo por congestión', 3, false, [1, 3]),
  money('congestionFee', 'Congestion zone fee', 'Tasa de zona de congestión', 2, false, [1, 2]),
  money('airportFee', 'Airport fee', 'Tasa de aeropuerto', 2, false, [1, 2]),
  money('ehailFee', 'E-hail fee', 'Tasa de petición electrónica', 2, false, [1, 2]),
  kind('tripType', 'Trip type', 'Tipo de viaje'),
  kind('stored', 'Stored before sending', 'Guardado antes de enviar'),
  column('base', 'category', text('Dispatching base', 'Base que envía'), {
    role: 'quasi-identifier',
    sensitivity: 'medium',
    ladder: SUPPRESS,
  }),
  column('otherBase', 'category', text('Other base', 'Otra base'), { sensitivity: 'medium', ladder: SUPPRESS }),
  kind('company', 'Company licence', 'Licencia de la empresa'),
  kind('shared', 'Shared ride', 'Viaje compartido'),
  kind('sharedMatch', 'Shared with another', 'Compartido con otra persona'),
  time('requestTime', 'Request time', 'Hora de petición'),
  time('onSceneTime', 'Vehicle arrival time', 'Hora de llegada del vehículo'),
  column('durationS', 'integer', text('Duration', 'Duración'), {
    unit: 's',
    sensitivity: 'medium',
    bounds: [0, 7200],
    ladder: interval(60, 300, 1800, 7200),
  }),
  money('driverPay', 'Driver pay', 'Pago al conductor', 100, true, [5, 10, 20, 100]),
];
