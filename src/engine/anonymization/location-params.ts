import { column, integer } from '../kit/params.ts';
import { text } from '../kit/text.ts';

/** Parameters shared by methods that form cells of places and slots of time. */
export const rowsInCell = integer({
  label: text('rows in a cell', 'filas por celda'),
  symbol: 'k',
  help: text('Every released cell holds at least k rows.', 'Cada celda publicada tiene al menos k filas.'),
  ends: [text('more detail', 'más detalle'), text('stronger privacy', 'más privacidad')],
  min: 2,
  max: 1000,
  default: 5,
  scale: 'log',
  stops: [2, 3, 5, 10, 20, 50, 100],
});

export const placeColumn = column({
  label: text('place column', 'columna de lugar'),
  help: text('Empty: the place drawn on the map.', 'Vacío: el lugar que se dibuja en el mapa.'),
  roles: ['quasi-identifier'],
});

/** Slots a time can be released in, finest first. */
export const slotOptions = [
  { value: 'hour', label: text('hour', 'hora') },
  { value: 'daypart', label: text('quarter of a day', 'cuarto de día') },
  { value: 'day', label: text('day', 'día') },
  { value: 'week', label: text('week', 'semana') },
  { value: 'all', label: text('the whole time', 'todo el periodo') },
] as const;
