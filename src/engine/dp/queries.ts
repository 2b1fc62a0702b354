import type { ColumnDescriptor, DatasetDescriptor, Sensitivity } from '../kit/dataset.ts';
import { invalidData, unsupported } from '../kit/errors.ts';
import { measuredValue } from '../kit/mean.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { own } from '../kit/own.ts';
import { type Column, isValid } from '../table/table.ts';
import { type Allocation, classWeights, splitExactly } from './allocate.ts';
import { type Axis, bandAxis, categoryAxis, cellsOf, hourAxis, hourOfWeekAxis, placeAxis, sizeOf } from './axes.ts';

/** What a curator is asked: a count or a clipped sum for every cell of a grid. */
export interface Query {
  readonly id: string;
  readonly label: Text;
  readonly unit: string;
  readonly sensitivityClass: Sensitivity;
  readonly axes: readonly Axis[];
  /** Cell of each row, -1 = none. */
  readonly cells: Int32Array;
  readonly size: number;
  /** Sums of a value about the middle of its declared bounds; absent = counts. */
  readonly sum?: { readonly values: ArrayLike<number>; readonly centre: number; readonly half: number };
}

/** How the day is cut for the question about places: fewer cells add up less noise. */
export type HourGrid = 'each hour' | 'four hours' | 'whole day';
const HOUR_STEP: Readonly<Record<HourGrid, number>> = { 'each hour': 1, 'four hours': 4, 'whole day': 24 };

const CLASSES: readonly Sensitivity[] = ['high', 'medium', 'low'];
const BANDS = 12;
const MOST_LEVELS = 2000;
const MOST_CELLS = 400;

/**
 * The questions asked of a table, by sensitivity class: high = rows over place x hour of day; medium = a histogram of
 * behaviour (up to two columns) and, where the dataset has a measured value, its clipped sum per place and hour;
 * low = rows over the hour of the week, or a low-sensitivity column. Under 'values' only places and their measured
 * values are asked for. Uses roles, bounds and declared places only.
 * @throws invalid-data when nothing can be asked of these columns.
 */
export function queriesOf(input: TableRelease, rule: Allocation, hours: HourGrid = 'each hour'): readonly Query[] {
  const weights = classWeights(rule);
  const location = locationQuery(input, hours);
  const queries = [
    ...(location === undefined ? [] : [location]),
    ...measureQuery(input, location),
    ...(rule === 'values' ? [] : [...behaviourQuery(input), ...rhythmQuery(input)]),
  ].filter((query) => (weights[CLASSES.indexOf(query.sensitivityClass)] as number) > 0);
  if (queries.length === 0) {
    throw invalidData(
      'no column with declared levels is left to count over',
      'keep a place, a time or a column with declared bounds in this branch',
    );
  }
  return queries;
}

/**
 * Epsilon of each query: by class weight, equally within a class; classes without a query pass their share on. Under
 * 'values' all questions get the same. Sums exactly.
 */
export function epsilonsOf(queries: readonly Query[], rule: Allocation, epsilon: number): Float64Array {
  const weights = classWeights(rule);
  const perClass = CLASSES.map((name) => queries.filter((query) => query.sensitivityClass === name).length);
  return splitExactly(
    epsilon,
    queries.map((query) => {
      if (rule === 'values') return 1;
      const at = CLASSES.indexOf(query.sensitivityClass);
      return (weights[at] as number) / (perClass[at] as number);
    }),
  );
}

function histogram(id: string, name: Sensitivity, axes: readonly Axis[], unit: string, rows: number): Query {
  const en = axes.map((axis) => axis.label.en).join(' × ');
  const es = axes.map((axis) => axis.label.es ?? axis.label.en).join(' × ');
  return {
    id,
    label: text(en, es),
    unit,
    sensitivityClass: name,
    axes,
    cells: cellsOf(axes, rows),
    size: sizeOf(axes),
  };
}

/** Place and hour of day, whichever of them the table still has; the whole day is one cell where there is a place. */
export function locationAxes(input: TableRelease, hours: HourGrid = 'each hour'): readonly Axis[] {
  const { descriptor, places } = input.dataset;
  const axes: Axis[] = [];
  const place = find(input, descriptor.parts.place);
  if (place !== undefined) {
    const axis = placeAxis(place, labelOf(descriptor, place.name), places);
    refuseMixedPlaces(input, place, axis);
    if (axis.levels.length <= MOST_LEVELS) axes.push(axis);
  } else {
    const stand = descriptor.columns.find((column) => column.sensitivity === 'high' && isCountable(descriptor, column));
    const column = find(input, stand?.name);
    const axis = stand === undefined || column === undefined ? undefined : axisOf(column, stand);
    if (axis !== undefined) axes.push(axis);
  }
  const time = find(input, descriptor.parts.time);
  if (time?.kind === 'time' && (hours !== 'whole day' || axes.length === 0))
    axes.push(hourAxis(time, HOUR_STEP[hours]));
  return axes;
}

/** A place column made coarser in groups of its own (Mondrian) has labels that are no declared place. */
export function refuseMixedPlaces(input: TableRelease, place: Column, axis: Axis): void {
  if (own(input.generalized, place.name) === undefined || place.kind !== 'category') return;
  const declared = new Set(axis.levels);
  const strange = place.levels.find((level) => !declared.has(level));
  if (strange === undefined) return;
  throw unsupported(
    `column ${place.name} was made coarser into groups such as "${strange.slice(0, 60)}", which are no declared places`,
    'count before that step, or generalize places by level instead',
  );
}

/**
 * Where a place has a measured value, its sum per cell; the mean is then sum over count, so both must be about the same
 * rows: those with a value.
 */
function measureQuery(input: TableRelease, location: Query | undefined): readonly Query[] {
  const measure = measureOf(input);
  if (measure === undefined || location === undefined) return [];
  const { column, declared, range } = measure;
  const { centre, half } = range;
  const { en, es } = declared.label;
  return [
    {
      ...location,
      id: 'measure',
      label: text(`Sum of ${en} − ${centre}, by place and hour`, `Suma de ${es ?? en} − ${centre}, por lugar y hora`),
      unit: declared.unit ?? declared.label.en,
      sensitivityClass: declared.sensitivity,
      sum: { values: column.values, centre, half },
    },
  ];
}

/** Rows over place x hour; in a dataset of measured values, only rows that have one. */
function locationQuery(input: TableRelease, hours: HourGrid): Query | undefined {
  const axes = locationAxes(input, hours);
  if (axes.length === 0) return undefined;
  const query = histogram('location', 'high', axes, input.dataset.descriptor.rowUnit, input.table.rows);
  const column = measureOf(input)?.column;
  if (column === undefined) return query;
  for (let i = 0; i < query.cells.length; i += 1) {
    const value = column.values[i] as number;
    if (value !== value || !isValid(column, i)) query.cells[i] = -1;
  }
  return query;
}

/** The dataset's measured value, where the table still has it as a number, a place to map it at, and declared bounds. */
export function measureOf(input: TableRelease) {
  const { descriptor } = input.dataset;
  const column = find(input, descriptor.parts.measure);
  const measured = measuredValue(descriptor);
  if (measured === undefined || find(input, descriptor.parts.place) === undefined) return undefined;
  if (column?.kind !== 'number' && column?.kind !== 'integer') return undefined;
  return { column, declared: measured.column, range: measured.range };
}

function behaviourQuery(input: TableRelease): readonly Query[] {
  const { descriptor } = input.dataset;
  // The secret, then categories: fare band x payment says more than two numbers that grow together.
  const rank = ({ name, type }: ColumnDescriptor): number =>
    name === descriptor.parts.secret ? 0 : type === 'category' ? 1 : 2;
  const candidates = descriptor.columns
    .filter((column) => column.sensitivity === 'medium' && isCountable(descriptor, column))
    .sort((a, b) => rank(a) - rank(b));
  const axes: Axis[] = [];
  for (const candidate of candidates) {
    const column = findDeclared(input, candidate.name);
    const axis = column === undefined ? undefined : axisOf(column, candidate);
    if (axis === undefined || axis.levels.length * sizeOf(axes) > MOST_CELLS) continue;
    axes.push(axis);
    if (axes.length === 2) break;
  }
  return axes.length === 0 ? [] : [histogram('behaviour', 'medium', axes, descriptor.rowUnit, input.table.rows)];
}

function rhythmQuery(input: TableRelease): readonly Query[] {
  const { descriptor } = input.dataset;
  const time = find(input, descriptor.parts.time);
  const rows = input.table.rows;
  if (time?.kind === 'time') return [histogram('rhythm', 'low', [hourOfWeekAxis(time)], descriptor.rowUnit, rows)];
  for (const candidate of descriptor.columns) {
    if (candidate.sensitivity !== 'low' || !isCountable(descriptor, candidate)) continue;
    const column = findDeclared(input, candidate.name);
    const axis = column === undefined ? undefined : axisOf(column, candidate);
    if (axis !== undefined) return [histogram('environment', 'low', [axis], descriptor.rowUnit, rows)];
  }
  return [];
}

function axisOf(column: Column, descriptor: ColumnDescriptor): Axis | undefined {
  if (column.kind === 'category') {
    return column.levels.length >= 2 && column.levels.length <= MOST_CELLS
      ? categoryAxis(column, descriptor.label)
      : undefined;
  }
  return bandAxis(column, descriptor, BANDS);
}

const isCountable = ({ parts }: DatasetDescriptor, { name, role }: ColumnDescriptor): boolean =>
  role !== 'identifier' && name !== parts.place && name !== parts.time && name !== parts.entity;

const find = (input: TableRelease, name: string | undefined): Column | undefined =>
  name === undefined ? undefined : input.table.columns.find((column) => column.name === name);

/** The same, unless its labels were made from the data by a generalization: such labels are not declared. */
const findDeclared = (input: TableRelease, name: string): Column | undefined =>
  own(input.generalized, name) === undefined ? find(input, name) : undefined;

const labelOf = (descriptor: DatasetDescriptor, name: string): Text =>
  descriptor.columns.find((column) => column.name === name)?.label ?? text(name, name);
