import { choice, columns, integer, number } from '../../kit/params.ts';
import { text } from '../../kit/text.ts';
import { descriptor as gaussianHistogram } from '../gaussian-histogram.ts';
import { descriptor as laplaceHistogram } from '../laplace-histogram.ts';
import type { Clock } from './domain.ts';

/** Parameters shared by the synthesizers. */

const usual = laplaceHistogram.params;
export const delta = gaussianHistogram.params.delta;

export const synthesizerParams = (clock: Clock, bands: number) => ({
  epsilon: usual.epsilon,
  columns: columns({
    label: text('Columns to imitate', 'Columnas que imitar'),
    help: text(
      'None chosen: up to six with declared levels, place and time first. Fewer columns are imitated better.',
      'Sin elegir: hasta seis con niveles declarados, primero lugar y hora. Cuantas menos columnas, mejor se imitan.',
    ),
    roles: ['quasi-identifier', 'sensitive', 'other'],
    max: 12,
  }),
  clock: choice<Clock>({
    label: text('Times are kept as', 'Las horas se conservan como'),
    help: text(
      'What of a time is imitated; its date and minute are then drawn anywhere in the declared range.',
      'Qué se imita de una hora; la fecha y el minuto se sortean después dentro del rango declarado.',
    ),
    options: [
      { value: 'hour of day', label: text('Hour of day', 'Hora del día') },
      { value: 'hour of week', label: text('Hour of week', 'Hora de la semana') },
    ],
    default: clock,
  }),
  bands: integer({
    label: text('Bands of a number', 'Intervalos de un número'),
    help: text(
      'A declared range is cut into this many bands; drawn numbers lie anywhere in theirs.',
      'El rango declarado se corta en este número de franjas; los números sorteados caen en cualquier punto de la suya.',
    ),
    min: 2,
    max: 100,
    default: bands,
  }),
  protects: usual.protects,
  contributionBound: usual.contributionBound,
  heldOut: number({
    label: text('Rows put aside', 'Filas apartadas'),
    help: text(
      'This share of rows (or persons) is never shown to the method: attacks need them as a control group, models as a fair test.',
      'Esta parte de las filas (o personas) nunca se muestra al método: los ataques las usan como grupo de control y los modelos como prueba limpia.',
    ),
    min: 0,
    max: 0.5,
    default: 0.1,
    advanced: true,
  }),
});
