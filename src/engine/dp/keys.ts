import type { ColumnDescriptor } from '../kit/dataset.ts';
import { infeasible, invalidData, unsupported } from '../kit/errors.ts';
import { own } from '../kit/own.ts';
import { columns, type ColumnsParam } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { isRange } from '../kit/mean.ts';
import { columnOf } from '../table/table.ts';
import { type Axis, bandAxis, categoryAxis, cellsOf, hourAxis, placeAxis, sizeOf } from './axes.ts';
import { locationAxes, refuseMixedPlaces } from './queries.ts';

/** The grid answers are asked over: chosen key columns with their declared levels. */

/** More cells than this are never laid out. */
export const MOST_CELLS = 1_000_000;

export interface KeyOptions {
  /** Bands of a numeric column over its declared bounds. */
  readonly bands?: number;
  /** Hours in one level of a time column, a divisor of 24. */
  readonly hourStep?: number;
  /** Cells the grid may have at most. */
  readonly most?: number;
}

/** Cells of a grid, row-major over its axes; `cells[i]` is that of row i, -1 = in none. Without axes: one cell of all rows. */
export interface Grid {
  readonly axes: readonly Axis[];
  readonly cells: Int32Array;
  readonly size: number;
}

/** The parameter that chooses key columns; none chosen means place and hour. */
export const keyColumns = (max: number): ColumnsParam =>
  columns({
    label: text('Group by', 'Agrupar por'),
    help: text('None chosen: place and hour of day.', 'Sin elegir: lugar y hora del día.'),
    roles: ['quasi-identifier', 'sensitive', 'other'],
    max,
  });

/**
 * Axes of the named columns, or place and hour of day where none is named. Levels are declared: places of the place
 * table, hours of the clock, bands of declared bounds, labels of a category.
 * @throws invalid-data for a column that is not there, that names people, or has no declared levels; infeasible for too many cells.
 */
export function keysOf(input: TableRelease, names: readonly string[], options: KeyOptions = {}): readonly Axis[] {
  const axes =
    names.length === 0 ? locationAxes(input) : [...new Set(names)].map((name) => keyAxis(input, name, options));
  if (axes.length === 0) {
    throw invalidData('this table has no place and no time to group by', 'choose the columns to group by');
  }
  refuseTooMany(axes, options.most ?? MOST_CELLS);
  return axes.map((axis) => toldApart(axis, axes, input));
}

/** Hours of two columns (of arrival, of departure) are named by their column as well. */
function toldApart(axis: Axis, axes: readonly Axis[], { dataset }: TableRelease): Axis {
  if (!axes.some((other) => other !== axis && other.label.en === axis.label.en)) return axis;
  const column = dataset.descriptor.columns.find(({ name }) => name === axis.column)?.label;
  const { en, es = en } = column ?? text(axis.column, axis.column);
  return { ...axis, label: { en: `${axis.label.en}: ${en}`, es: `${axis.label.es ?? axis.label.en}: ${es}` } };
}

/** The grid over axes of a table with that many rows. */
export const gridOf = (axes: readonly Axis[], rows: number): Grid => ({
  axes,
  cells: cellsOf(axes, rows),
  size: sizeOf(axes),
});

/** One column as an axis. */
export function keyAxis(input: TableRelease, name: string, { bands = 12, hourStep = 1 }: KeyOptions = {}): Axis {
  const column = columnOf(input.table, name);
  const { descriptor, places } = input.dataset;
  const declared = descriptor.columns.find((one) => one.name === name);
  if (declared?.role === 'identifier' || name === descriptor.parts.entity) {
    throw invalidData(
      `column ${name} names people: a cell for each of them would publish who is in the table`,
      'group by another column',
      { column: name },
    );
  }
  const label = declared?.label ?? text(name, name);
  if (name === descriptor.parts.place || name === descriptor.parts.destination) {
    const axis = placeAxis(column, label, places);
    refuseMixedPlaces(input, column, axis);
    return axis;
  }
  if (column.kind === 'time') return hourAxis(column, hourStep);
  if (own(input.generalized, name) !== undefined) {
    throw unsupported(
      `labels of column ${name} were made from the data by an earlier step, so they are not declared`,
      'put this step before it',
    );
  }
  if (column.kind === 'category') return categoryAxis(column, label);
  const axis = declared === undefined ? undefined : bandAxis(column, declared, bands);
  if (axis === undefined) throw withoutBounds(name, declared);
  return axis;
}

/** The clipping range of a numeric column, from its declaration. @throws invalid-data where there is none. */
export function boundsOf(name: string, declared: ColumnDescriptor | undefined): readonly [number, number] {
  const bounds = declared?.bounds;
  if (isRange(bounds)) return bounds;
  throw withoutBounds(name, declared);
}

const withoutBounds = (name: string, declared: ColumnDescriptor | undefined) =>
  declared?.bounds === undefined
    ? invalidData(
        `column ${name} has no declared range, and one read from the data would give people away`,
        'declare the range its values may take, or choose another column',
        { column: name },
      )
    : invalidData(
        `the declared range of column ${name} is reversed, empty or endless, so nothing can be clipped to it`,
        'declare two finite numbers, the smaller one first',
        { column: name },
      );

function refuseTooMany(axes: readonly Axis[], most: number): void {
  const size = sizeOf(axes);
  if (size > 0 && size <= most) return;
  const widths = axes.map((axis) => axis.levels.length).join(' × ');
  if (size === 0) {
    throw invalidData('a column to group by has no levels at all', 'choose a column with declared levels');
  }
  throw infeasible(
    `these columns make ${widths} = ${size} cells; at most ${most} are laid out`,
    'choose fewer columns, wider bands, or a coarser place',
  );
}
