import { invalidData } from '../../kit/errors.ts';
import { column, integer } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import { text } from '../../kit/text.ts';
import { isRange } from '../../kit/mean.ts';
import { columnOf } from '../../table/table.ts';
import { type Axis, hourOfWeekAxis } from '../axes.ts';
import { keyAxis } from '../keys.ts';

/** The axis ranges are asked along: hours of the week, or equal bands of a number over its declared range. */

export const axisParam = column({
  label: text('Along column', 'A lo largo de la columna'),
  help: text(
    'A time (hours of the week) or a number (equal bands of its declared range). Empty: the time, else the first such number.',
    'Una hora (horas de la semana) o un número (bandas iguales de su rango declarado). Vacío: la hora o, si no, el primer número así.',
  ),
  roles: ['quasi-identifier', 'sensitive', 'other'],
});

export const bandsParam = (most: number) =>
  integer({
    label: text('Bands', 'Bandas'),
    help: text('Cells that a number is cut into.', 'Celdas en que se divide un número.'),
    min: 2,
    max: most,
    default: 64,
    scale: 'log',
    stops: [16, 64, 128, 256],
    advanced: true,
  });

/** @throws invalid-data where the column has no order, or none can be found. */
export function orderedAxis(input: TableRelease, name: string, bands: number): Axis {
  const chosen = columnOf(input.table, name === '' ? defaultColumn(input) : name);
  if (chosen.kind === 'time') return hourOfWeekAxis(chosen);
  if (chosen.kind === 'category') {
    throw invalidData(
      `the labels of column ${chosen.name} have no order, so there are no ranges of them`,
      'choose a time or a number with declared bounds',
      { column: chosen.name },
    );
  }
  return keyAxis(input, chosen.name, { bands });
}

function defaultColumn({ dataset, table }: TableRelease): string {
  const { columns, parts } = dataset.descriptor;
  const has = (name: string): boolean => table.columns.some((one) => one.name === name && one.kind !== 'category');
  if (parts.time !== undefined && has(parts.time)) return parts.time;
  const number = columns.find(
    ({ name, role, type, bounds }) =>
      role !== 'identifier' && (type === 'number' || type === 'integer') && isRange(bounds) && has(name),
  );
  if (number !== undefined) return number.name;
  throw invalidData(
    'this table has no time and no number with declared bounds to ask ranges of',
    'keep such a column in this branch',
  );
}
