import { choice } from '../kit/params.ts';
import { text } from '../kit/text.ts';

/** The unit of privacy: what two neighbouring tables differ by. */

/**
 * One row; all rows of one person, vehicle or household; or all its rows of one calendar day (user-day privacy: Wilson et al.,
 * PoPETs 2020, call such units privacy units).
 */
export type Protects = 'row' | 'entity' | 'entity-day';

const row = { value: 'row', label: text('One row', 'Una fila') } as const;
const entity = {
  value: 'entity',
  label: text('One person, vehicle or household', 'Una persona, un vehículo o un hogar'),
} as const;
const label = text('Who is hidden', 'A quién se oculta');

export const protectsParam = choice<Protects>({
  label,
  help: text(
    'One row; all that one person, vehicle or household contributed (needs an id column); or all of it on one calendar day (needs a time too).',
    'Una fila; todo lo que aportó una persona, un vehículo o un hogar (hace falta una columna de identificación); o todo lo suyo en un día natural (hace falta además una hora).',
  ),
  options: [
    row,
    entity,
    {
      value: 'entity-day',
      label: text('One day of a person, vehicle or household', 'Un día de una persona, un vehículo o un hogar'),
    },
  ],
  default: 'row',
});

/** The same where time is divided in another way already. */
export const rowOrEntityParam = choice({
  label,
  help: text(
    'One row, or everything one person, vehicle or household contributed (needs an id column).',
    'Una fila, o todo lo que aportó una persona, un vehículo o un hogar (hace falta una columna de identificación).',
  ),
  options: [row, entity],
  default: 'row',
});

/** Name of what is hidden, of a dataset whose rows belong to a `unit`. Pages find words for it by its ending. */
export const hiddenUnit = (protects: Protects, unit: string, ofRow = 'row'): string =>
  protects === 'row' ? ofRow : protects === 'entity' ? unit : `${unit}-day`;
