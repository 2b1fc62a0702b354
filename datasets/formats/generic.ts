import type { ColumnDescriptor, DatasetDescriptor, Role, Sensitivity } from '../../src/engine/kit/dataset.ts';
import { text } from '../../src/engine/kit/text.ts';
import type { Text } from '../../src/engine/kit/text.ts';
import { invalidData, type Problem } from '../../src/engine/kit/errors.ts';
import { readingOf, sampleOf, timeField } from './fields.ts';
import { keyOf, type FieldPlan, type FilePlan, type Format, type Sniff } from './plan.ts';
import { timeFormatOf } from './times.ts';

/** A column whose type was detected from a sample. */
export interface DetectedColumn {
  readonly field: FieldPlan;
  readonly descriptor: ColumnDescriptor;
  readonly decisions: readonly Text[];
  readonly warnings: readonly Problem[];
  /** Different values in the sample, as a share of it. */
  readonly distinct: number;
}

const MISSING = /^(na|n\/a|nan|null|none|\\n|--?)?$/i;
const INTEGER = /^[+-]?\d{1,10}$/;
/** Each digit can be matched in one way only: with `\d+\.?\d*` a long cell of digits and a letter took quadratic time. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;

/** Names that usually tell people apart in combination (Sweeney 2000), and names of delicate values. */
const QUASI =
  /age|edad|birth|nacim|gender|sex|zip|postal|postcode|zone|zona|borough|district|barrio|station|lat|lon|lng|street|street|race|ethnic|educat|occupation|job|marital|citizen|country|municip|city|ciudad|region|site|location|place/;
const DELICATE =
  /salar|income|wage|ingres|disease|diagnos|health|salud|religion|fare|tip|total|amount|price|kwh|energy|consum|payment/;
const IDENTIFYING =
  /^(id|uuid|guid|ssn|dni|nif|passport|plate|matricula|licen[cs]e.*|email|phone|telefono|name|nombre|.*userid|.*personid|.*rideid|.*tripid|.*vehicleid|.*bikeid|.*customerid|.*deviceid|.*sensorid)$/;

/** Detects type, role and ladder of the field at `source`. */
export function detectColumn(sniff: Sniff, source: number, choices: Readonly<Record<string, string>>): DetectedColumn {
  const header = sniff.header[source] as string;
  const key = keyOf(header);
  const values = sampleOf(sniff, source).filter((value) => !MISSING.test(value.trim()));
  const distinct = values.length === 0 ? 0 : new Set(values).size / values.length;
  const base = { source, column: header };
  const form = timeFormatOf(values);
  const sourceTime = sniff.sourceTimes?.[source];
  if (
    values.length > 0 &&
    (sourceTime !== undefined || (form !== undefined && form !== 'clock' && form !== 'mangled'))
  ) {
    const reading = readingOf(sniff, source, choices, undefined);
    const field = timeField(source, header, reading, { zone: reading.instant ? 'utc' : 'local' });
    const descriptor = described(header, 'time', 'quasi-identifier', 'high', { ladder: { kind: 'time' } });
    return { field, descriptor, decisions: reading.decisions, warnings: reading.warnings, distinct };
  }
  const warnings = form === 'mangled' ? [mangledWarning(sniff, header, values[0] as string)] : [];
  const plain = { decisions: [], warnings, distinct };
  const numeric = values.length > 0 && values.every((value) => NUMBER.test(value.trim()));
  if (numeric && values.every((value) => INTEGER.test(value.trim()) && Math.abs(Number(value)) <= 2147483647)) {
    const padded = values.some((value) => /^[+-]?0\d/.test(value.trim()));
    if (!padded) {
      const field: FieldPlan = { ...base, kind: 'integer', mayWiden: true };
      return { ...plain, field, descriptor: numericColumn(header, key, 'integer', distinct, values) };
    }
  } else if (numeric) {
    return {
      ...plain,
      field: { ...base, kind: 'number' },
      descriptor: numericColumn(header, key, 'number', distinct, values),
    };
  }
  const unique = values.length >= 20 && distinct > 0.98;
  const role: Role =
    unique || IDENTIFYING.test(key)
      ? 'identifier'
      : DELICATE.test(key)
        ? 'sensitive'
        : QUASI.test(key)
          ? 'quasi-identifier'
          : 'other';
  const descriptor = described(header, 'category', role, sensitivityOf(role), {
    ladder: { kind: unique ? 'mask' : 'suppress' },
  });
  return { ...plain, field: { ...base, kind: 'category' }, descriptor };
}

function mangledWarning(sniff: Sniff, header: string, value: string): Problem {
  const { message, remedy, place } = invalidData(
    `column "${header}" looks like times that a spreadsheet destroyed ("${value}"); it is kept as text`,
    'use the original file if you need the times',
    { file: sniff.file, column: header },
  );
  return {
    code: 'invalid-data',
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(place === undefined ? {} : { place }),
  };
}

function numericColumn(
  header: string,
  key: string,
  type: 'integer' | 'number',
  distinct: number,
  values: readonly string[],
): ColumnDescriptor {
  const looksId =
    type === 'integer' && (IDENTIFYING.test(key) || (key.endsWith('id') && distinct > 0.98 && values.length >= 20));
  const role: Role = looksId
    ? 'identifier'
    : DELICATE.test(key)
      ? 'sensitive'
      : QUASI.test(key)
        ? 'quasi-identifier'
        : 'other';
  const ladder = looksId
    ? ({ kind: 'suppress' } as const)
    : ({ kind: 'interval', origin: 0, widths: widthsFor(values) } as const);
  return described(header, type, role, sensitivityOf(role), {
    ladder,
    note: text(
      'No declared range: differential privacy needs one, set it before use.',
      'Sin rango declarado: la privacidad diferencial necesita uno; fíjelo antes de usarla.',
    ),
  });
}

/** Interval widths 1, 5, 10, 50... from a scale of the sample upwards: display ladders only, never noise bounds. */
function widthsFor(values: readonly string[]): number[] {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(Number(value)));
  let width = 1;
  while (width * 50 < largest) width *= 10;
  while (width > largest && width > 1e-6) width /= 10;
  return [width, width * 5, width * 10, width * 50];
}

const sensitivityOf = (role: Role): Sensitivity =>
  role === 'identifier' ? 'high' : role === 'quasi-identifier' ? 'high' : role === 'sensitive' ? 'medium' : 'low';

const described = (
  name: string,
  type: ColumnDescriptor['type'],
  role: Role,
  sensitivity: Sensitivity,
  extra: Partial<ColumnDescriptor>,
): ColumnDescriptor => ({ name, label: { en: name, es: name }, type, role, sensitivity, ...extra });

/** Any table of the user's own: types detected from a sample, roles proposed, all of it open to change on the page. */
export const genericFormat: Format = {
  id: 'generic',
  label: text('table of your own', 'tabla propia'),
  matches: () => 0,
  plan: genericPlan,
};

function genericPlan(sniff: Sniff, choices: Readonly<Record<string, string>>): FilePlan {
  const columns: DetectedColumn[] = [];
  for (let source = 0; source < sniff.header.length; source += 1) {
    if (sniff.header[source] !== '') columns.push(detectColumn(sniff, source, choices));
  }
  const time = columns.find((column) => column.descriptor.type === 'time');
  const entity = columns.find((column) => column.descriptor.role === 'identifier' && column.distinct < 0.9);
  const place = columns.find(
    (column) =>
      column.descriptor.type === 'category' &&
      /zone|station|site|sensor|borough|location|place|zona/.test(keyOf(column.descriptor.name)),
  );
  const secret = columns.find((column) => column.descriptor.role === 'sensitive');
  const measure = columns.find(
    (column) => column.descriptor.type === 'number' && column.descriptor.role !== 'quasi-identifier',
  );
  const descriptor: DatasetDescriptor = {
    id: 'own-file',
    city: 'file',
    label: { en: sniff.file, es: sniff.file },
    summary: text('A table of your own. It never leaves this tab.', 'Una tabla propia. No sale de esta pestaña.'),
    origin: 'real',
    calibration: text('Rows of your file, nothing added.', 'Filas de su archivo, sin añadir nada.'),
    licence: 'yours',
    source: sniff.file,
    portal: { url: '', label: text('your own file', 'su propio archivo') },
    rowUnit: 'row',
    // Whose rows an id column joins is known by the column's name only.
    privacyUnit: entity === undefined ? 'row' : entity.descriptor.name,
    columns: columns.map((column) => column.descriptor),
    parts: {
      ...(time === undefined ? {} : { time: time.descriptor.name }),
      ...(entity === undefined ? {} : { entity: entity.descriptor.name }),
      ...(place === undefined ? {} : { place: place.descriptor.name }),
      ...(secret === undefined ? {} : { secret: secret.descriptor.name }),
      ...(measure === undefined ? {} : { measure: measure.descriptor.name }),
    },
    rows: { default: 0, min: 0, max: 0 },
    assumptions: [],
  };
  return {
    descriptor,
    fields: columns.map((column) => column.field),
    decisions: [
      text(
        'Column types were detected from a sample of rows; roles are proposals, please check them.',
        'Los tipos de columna se detectaron en una muestra de filas; los papeles son propuestas, compruébelos.',
      ),
      ...columns.flatMap((column) => column.decisions),
    ],
    warnings: columns.flatMap((column) => column.warnings),
  };
}
