import type { ColumnDescriptor, DatasetDescriptor } from '../../src/engine/kit/dataset.ts';
import { invalidData, type Problem } from '../../src/engine/kit/errors.ts';
import { text, type Text } from '../../src/engine/kit/text.ts';
import type { FieldPlan, Sniff, TimeFormat } from './plan.ts';
import { dateOrderOf, namesZone, timeFormatOf } from './times.ts';

/** Non-empty sample values of a field. */
export function sampleOf(sniff: Sniff, source: number): string[] {
  const out: string[] = [];
  for (const row of sniff.sample) {
    const value = row[source];
    if (value !== null && value !== undefined && value.trim() !== '') out.push(value);
  }
  return out;
}

/** Position of the first of `keys` in the header, or -1. */
export const sourceOf = (sniff: Sniff, ...keys: readonly string[]): number => {
  for (const key of keys) {
    const at = sniff.keys.indexOf(key);
    if (at >= 0) return at;
  }
  return -1;
};

export interface TimeReading {
  readonly format: TimeFormat;
  /** The text names its zone, or the file says so: an instant. */
  readonly instant: boolean;
  readonly dayMs?: number;
  readonly decisions: readonly Text[];
  readonly warnings: readonly Problem[];
}

/**
 * Decides once per file how a time column is written.
 * `usual`: the order to assume when the file itself leaves it open (undefined = day first, with a question).
 * @throws invalid-data for times a spreadsheet destroyed, and for clock times while no day is chosen.
 */
export function readingOf(
  sniff: Sniff,
  source: number,
  choices: Readonly<Record<string, string>>,
  usual: 'dmy' | 'mdy' | undefined,
): TimeReading {
  const name = sniff.header[source] as string;
  const place = { file: sniff.file, column: name };
  const values = sampleOf(sniff, source);
  const found = timeFormatOf(values);
  if (found === 'mangled') {
    throw invalidData(
      `column "${name}" holds times such as "${values[0]}": a spreadsheet kept minutes and seconds and lost day and hour`,
      'download the original file again and drop it without opening it in a spreadsheet',
      { ...place, line: 2 },
    );
  }
  if (found === 'clock') return clockReading(name, values, choices, place);
  if (found === 'slashed') return slashedReading(name, values, choices, usual, place);
  const sourceTime = sniff.sourceTimes?.[source];
  const instant = found === 'epoch-ms' || sourceTime === 'instant' || (found === 'iso' && values.some(namesZone));
  return { format: found ?? 'iso', instant, decisions: [], warnings: [] };
}

function clockReading(
  name: string,
  values: readonly string[],
  choices: Readonly<Record<string, string>>,
  place: { file: string; column: string },
): TimeReading {
  const day = choices.date === undefined ? Number.NaN : Date.parse(`${choices.date}T00:00:00Z`);
  if (Number.isNaN(day)) {
    throw invalidData(
      `column "${name}" holds times of day such as "${values[0]}" without a date`,
      'say which day it was (choice "date", as 2019-03-22)',
      place,
    );
  }
  const decision = text(
    `"${name}" has times of day only; the day ${choices.date} is your choice.`,
    `"${name}" solo tiene horas; el día ${choices.date} es elección suya.`,
  );
  return { format: 'clock', instant: false, dayMs: day, decisions: [decision], warnings: [] };
}

function slashedReading(
  name: string,
  values: readonly string[],
  choices: Readonly<Record<string, string>>,
  usual: 'dmy' | 'mdy' | undefined,
  place: { file: string; column: string },
): TimeReading {
  const order = dateOrderOf(values);
  const chosen = choices.dateOrder === 'dmy' || choices.dateOrder === 'mdy' ? choices.dateOrder : undefined;
  const said = (format: 'dmy' | 'mdy', en: string, es: string): Text =>
    text(
      `Dates of "${name}" are read ${format === 'dmy' ? 'day' : 'month'} first: ${en}.`,
      `Las fechas de "${name}" se leen con el ${format === 'dmy' ? 'día' : 'mes'} primero: ${es}.`,
    );
  const reading = (format: 'dmy' | 'mdy', decision: Text, warnings: readonly Problem[]): TimeReading => ({
    format,
    instant: false,
    decisions: [decision],
    warnings,
  });
  if (chosen !== undefined) return reading(chosen, said(chosen, 'your choice', 'elección suya'), []);
  if (order === 'dmy' || order === 'mdy')
    return reading(order, said(order, 'the file has parts above 12', 'el archivo tiene partes mayores que 12'), []);
  const format = usual ?? 'dmy';
  const warning: Problem = {
    code: 'invalid-data',
    message: `dates of "${name}" such as "${values[0]}" could be day first or month first`,
    remedy: 'set the choice "dateOrder" to dmy or mdy',
    place,
  };
  const decision =
    usual === undefined
      ? said(format, 'a guess, please check', 'una suposición, compruébela')
      : said(format, 'as this source usually writes them', 'como suele escribirlas esta fuente');
  return reading(format, decision, [warning]);
}

/** A time field read the way `reading` says. */
export const timeField = (
  source: number,
  column: string,
  reading: TimeReading,
  extra: Partial<FieldPlan> = {},
): FieldPlan => ({
  source,
  column,
  kind: 'time',
  time: reading.format,
  ...(reading.dayMs === undefined ? {} : { dayMs: reading.dayMs }),
  ...extra,
});

/** The descriptor with only the columns that are there, and only the parts whose columns are. */
export function withPresentColumns(descriptor: DatasetDescriptor, present: ReadonlySet<string>): DatasetDescriptor {
  const columns = descriptor.columns.filter((column) => present.has(column.name));
  const parts = Object.fromEntries(Object.entries(descriptor.parts).filter(([, name]) => present.has(name as string)));
  return { ...descriptor, columns, parts };
}

export type ColumnOptions = Partial<Omit<ColumnDescriptor, 'name' | 'label' | 'type'>>;

/** Shorthand for a column's description; role `other` and low sensitivity unless said. */
export const column = (
  name: string,
  type: ColumnDescriptor['type'],
  label: Text,
  options: ColumnOptions = {},
): ColumnDescriptor => ({ name, type, label, role: 'other', sensitivity: 'low', ...options });
