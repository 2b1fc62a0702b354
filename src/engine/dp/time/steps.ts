import { infeasible, invalidData } from '../../kit/errors.ts';
import { choice } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import { type Text, text } from '../../kit/text.ts';
import { isRange } from '../../kit/mean.ts';
import { isoText, isValid } from '../../table/table.ts';
import type { Axis } from '../axes.ts';

/** Steps of time of a dataset: hours, days or weeks of the period its time column is declared to lie in. */
export type StepId = 'hour' | 'day' | 'week';

export const stepParam = choice({
  label: text('One step', 'Un paso'),
  help: text('How often an answer is given.', 'Con qué frecuencia se da una respuesta.'),
  options: [
    { value: 'hour', label: text('Hour', 'Hora') },
    { value: 'day', label: text('Day', 'Día') },
    { value: 'week', label: text('Week', 'Semana') },
  ],
  default: 'day',
});

const HOUR = 3_600_000;
const LENGTH: Readonly<Record<StepId, number>> = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR };
/** Characters of "2019-01-31 18:05:09" that name a step. */
const NAMED: Readonly<Record<StepId, number>> = { hour: 13, day: 10, week: 10 };
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** The epoch was a Thursday: three days after a Monday. */
const MONDAY = -72 * HOUR;

export interface Steps extends Axis {
  readonly unit: StepId;
  /** Whether the column declares no period, so that all weeks lie on top of each other. */
  readonly isFolded: boolean;
}

/**
 * The step of every row. Steps are those of the column's declared bounds; rows outside are in none. Without a declared period
 * the hours or days of a week, all weeks taken together: the first and last day present would tell who is in the table.
 * @throws invalid-data without a time column; infeasible for more than `most` steps.
 */
export function stepsOf(input: TableRelease, unit: StepId, most: number): Steps {
  const { descriptor } = input.dataset;
  const column = input.table.columns.find(({ name }) => name === descriptor.parts.time);
  if (column?.kind !== 'time') {
    throw invalidData(
      'this table has no time column, so there are no steps to count in',
      'keep the time as a time in this branch, or choose a dataset with one',
    );
  }
  const declared = descriptor.columns.find(({ name }) => name === column.name);
  const length = LENGTH[unit];
  const bounds = declared?.bounds;
  const isFolded = !isRange(bounds);
  const start = isFolded ? MONDAY : Math.floor(bounds[0] / length) * length;
  const from = unit === 'week' && !isFolded ? bounds[0] : start;
  const steps = isFolded ? Math.max(1, (168 * HOUR) / length) : Math.ceil((bounds[1] - from) / length);
  if (steps > most) {
    throw infeasible(
      `the declared period has ${steps} steps of one ${unit}; at most ${most} are answered`,
      'choose longer steps',
    );
  }
  const codes = new Int32Array(column.values.length);
  for (let i = 0; i < codes.length; i += 1) {
    const since = Math.floor(((column.values[i] as number) - from) / length);
    const code = isFolded ? ((since % steps) + steps) % steps : since;
    // NaN fails both comparisons.
    codes[i] = code >= 0 && code < steps && isValid(column, i) ? code : -1;
  }
  const name = (i: number): string => (isFolded ? weekName(i, unit) : isoText(from + i * length).slice(0, NAMED[unit]));
  return {
    column: column.name,
    label: declared?.label ?? text(column.name, column.name),
    levels: Array.from({ length: steps }, (_, i) => name(i)),
    codes,
    unit,
    isFolded,
  };
}

function weekName(i: number, unit: StepId): string {
  if (unit === 'week') return DAYS[0] as string;
  const day = DAYS[unit === 'day' ? i : Math.floor(i / 24)] as string;
  return unit === 'day' ? day : `${day} ${String(i % 24).padStart(2, '0')}`;
}

export const foldedNote: Text = text(
  'The time column declares no period, so steps are those of a week and all weeks lie on top of each other.',
  'La columna de tiempo no declara un período, así que los pasos son los de una semana y todas las semanas se superponen.',
);
