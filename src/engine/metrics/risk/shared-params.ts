import { choice, columns, integer, number } from '../../kit/params.ts';
import { text } from '../../kit/text.ts';

/** Parameter shared by the risks that speak about a population: what share of it the dataset's rows are. */
export const samplingFraction = number({
  label: text('share of all rows that this data holds', 'parte de todas las filas que contienen estos datos'),
  symbol: 'f',
  help: text(
    'An assumption the population risks rest on, unless you know it. 10,000 of a month of 7.7 million taxi trips are 0.0013.',
    'Un supuesto en el que se apoyan los riesgos de población, salvo que usted la conozca. 10.000 de los 7,7 millones de viajes de un mes son 0,0013.',
  ),
  min: 0.0001,
  max: 1,
  default: 0.01,
  scale: 'log',
});

/** Parameter shared by the class risks: how exactly the outsider knows times that were released to the minute. */
export const knownPrecision = choice({
  label: text('times known to the', 'horas conocidas por'),
  help: text(
    'Times that were released exactly are compared at this precision; generalized times as released.',
    'Las horas publicadas exactas se comparan con esta precisión; las generalizadas, tal como se publican.',
  ),
  options: [
    { value: 'minute', label: text('minute', 'minuto') },
    { value: 'hour', label: text('hour', 'hora') },
    { value: 'day', label: text('day', 'día') },
  ],
  default: 'hour',
});

/** Parameter shared by the class risks: the columns an outsider knows. */
export const knownToOutsider = columns({
  label: text('what the outsider knows', 'lo que sabe quien ataca'),
  help: text('Empty: all quasi-identifiers.', 'Vacío: todos los cuasi-identificadores.'),
  roles: ['quasi-identifier'],
});

/** Parameter shared by the class risks: below this many rows a group counts as at risk. */
export const smallestGroup = integer({
  label: text('smallest acceptable group', 'grupo mínimo aceptable'),
  help: text('Rows in smaller groups count as at risk.', 'Las filas de grupos menores cuentan como en riesgo.'),
  min: 2,
  max: 1000,
  default: 5,
});
