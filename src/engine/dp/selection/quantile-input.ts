import type { Ctx } from '../../kit/context.ts';
import type { ColumnDescriptor } from '../../kit/dataset.ts';
import { invalidData } from '../../kit/errors.ts';
import type { Release, TableRelease } from '../../kit/release.ts';
import { isRange } from '../../kit/mean.ts';
import { columnOf, type IntegerColumn, isValid, type NumberColumn } from '../../table/table.ts';
import type { Axis } from '../axes.ts';
import { type Bounded, boundContributions } from '../contribution.ts';
import { boundsOf, type Grid, gridOf, keyAxis } from '../keys.ts';
import type { QuantileOrder } from './quantile-draw.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { Protects } from '../unit.ts';

/** What quantiles are asked of: the value, the grid of its declared range, and the groups. */

/** Steps the declared range is divided into: released values are its multiples. */
const STEPS = 2000;
/** Groups one run may answer for: every group goes through all positions of the grid. */
const MOST_GROUPS = 2000;
const STRIDE = 20_000;

export interface QuantileQuestion {
  readonly value: string;
  readonly groups: 'table' | 'place' | 'hour';
  readonly protects: Protects;
  readonly contributionBound: number;
}

/** The value asked about, its range, and the group of each row. */
export interface Asked {
  readonly subject: Subject;
  readonly column: NumberColumn | IntegerColumn;
  readonly declared: ColumnDescriptor;
  readonly low: number;
  readonly step: number;
  readonly grid: Grid;
  readonly bounded?: Bounded;
}

/** @throws invalid-data for a value without numbers or a declared range, and for too many groups. */
export async function askedOf(input: Release, params: QuantileQuestion, ctx: Ctx): Promise<Asked> {
  const subject = subjectOf(input, params.protects);
  const { table } = subject.input;
  const declared = valueOf(subject.input, params.value);
  const [low, high] = boundsOf(declared.name, declared);
  const found = columnOf(table, declared.name);
  if (found.kind !== 'number' && found.kind !== 'integer') {
    throw invalidData(
      `column ${declared.name} holds no numbers`,
      'choose a column of numbers, before it is coarsened',
      {
        column: declared.name,
      },
    );
  }
  await ctx.checkpoint(0.05);
  const grid = gridOf(groupAxes(subject.input, params.groups), table.rows);
  if (grid.size > MOST_GROUPS) {
    throw invalidData(
      `${grid.size} groups are asked for; at most ${MOST_GROUPS} are possible`,
      'choose a coarser place',
    );
  }
  await ctx.checkpoint(0.1);
  const asked = { subject, column: found, declared, low, step: (high - low) / STEPS, grid };
  if (subject.entity === undefined) return asked;
  const bounded = boundContributions(subject.entity, params.contributionBound, ctx.rng.fork('bound'));
  await ctx.checkpoint(0.2);
  return { ...asked, bounded };
}

/** The chosen column; else the measured value, else the secret, else the first number with a declared range. */
function valueOf({ dataset, table }: TableRelease, name: string): ColumnDescriptor {
  const { columns, parts } = dataset.descriptor;
  const isNumber = (one: ColumnDescriptor): boolean => one.type === 'number' || one.type === 'integer';
  const has = (one: ColumnDescriptor): boolean => table.columns.some((column) => column.name === one.name);
  const usable = columns.filter((one) => isNumber(one) && has(one) && one.role !== 'identifier');
  const found =
    name === ''
      ? (usable.find((one) => one.name === parts.measure) ??
        usable.find((one) => one.name === parts.secret) ??
        usable.find((one) => isRange(one.bounds)))
      : usable.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw invalidData(
    name === '' ? 'this table has no number with a declared range' : `column ${name} holds no numbers`,
    'choose a column of numbers, before it is coarsened',
    name === '' ? {} : { column: name },
  );
}

function groupAxes(input: TableRelease, groups: QuantileQuestion['groups']): readonly Axis[] {
  const { place, time } = input.dataset.descriptor.parts;
  if (groups === 'table') return [];
  const name = groups === 'place' ? place : time;
  if (name === undefined) throw invalidData(`this table has no ${groups}`, 'ask about the whole table');
  return [keyAxis(input, name)];
}

export interface GroupedValues {
  /** All values, and those of the rows kept for the bound. */
  readonly all: readonly Float64Array[];
  readonly kept: readonly Float64Array[];
}

export async function valuesByGroup({ column, grid, bounded }: Asked, ctx: Ctx): Promise<GroupedValues> {
  const all: number[][] = Array.from({ length: grid.size }, () => []);
  const kept: number[][] = Array.from({ length: grid.size }, () => []);
  const rows = grid.cells.length;
  for (let row = 0; row < rows; row += 1) {
    if (row % STRIDE === 0) await ctx.checkpoint(0.2 + (0.2 * row) / rows);
    const group = grid.cells[row] as number;
    const value = column.values[row] as number;
    if (group < 0 || value !== value || !isValid(column, row)) continue;
    all[group]?.push(value);
    if (bounded === undefined || bounded.keep[row] === 1) kept[group]?.push(value);
  }
  return { all: all.map((values) => Float64Array.from(values)), kept: kept.map((values) => Float64Array.from(values)) };
}

/** Rows at each position of the grid; values outside the declared range count at its ends. */
export function positionsOf(values: Float64Array, { low, step }: Asked): Uint32Array {
  const counts = new Uint32Array(STEPS + 1);
  for (const value of values) {
    const at = positionOf(value, low, step);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

export const positionOf = (value: number, low: number, step: number): number =>
  Math.min(STEPS, Math.max(0, Math.round((value - low) / step)));

/** Smallest value with at least that share at or below it; the middle of the range where there is none. */
export function quantileOf(sorted: Float64Array, { numerator, parts }: QuantileOrder, { low, step }: Asked): number {
  const rank = Math.max(1, Math.ceil((numerator * sorted.length) / parts));
  return sorted[rank - 1] ?? low + (STEPS / 2) * step;
}
