import { number } from '../../kit/params.ts';
import { text } from '../../kit/text.ts';

/** Parameter shared by the risks that speak about a population: what share of it the dataset's rows are. */
export const samplingFraction = number({
  label: text('share of all rows that this data holds', 'parte de todas las filas que contienen estos datos'),
  symbol: 'f',
  help: text(
    'Population risks need it. 10,000 of a month of 7.7 million taxi trips are 0.0013.',
    'Los riesgos de población lo necesitan. 10.000 de los 7,7 millones de viajes de un mes son 0,0013.',
  ),
  min: 0.0001,
  max: 1,
  default: 0.01,
  scale: 'log',
});
