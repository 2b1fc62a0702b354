import { invalidData, unsupported } from '../kit/errors.ts';
import type { Neighbours } from '../kit/guarantee.ts';
import type { Loss } from '../kit/loss.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { isRange } from '../kit/mean.ts';
import type { Rng } from '../rng/rng.ts';
import { columnOf, isValid, type IntegerColumn, type NumberColumn } from '../table/table.ts';
import { splitExactly } from './allocate.ts';
import { countCells } from './axes.ts';
import {
  type Bounded,
  boundCells,
  type Caps,
  countReach,
  hiddenIn,
  ONE_ROW,
  type Reach,
  sumReach,
} from './contribution.ts';
import { boundsOf, type Grid, gridOf, keysOf } from './keys.ts';
import type { AdditiveMechanism, Change } from './mechanism.ts';
import { mechanisms } from './mechanisms/list.ts';
import type { Protects } from './unit.ts';

/** What a statistic needs to be asked: its noisy parts, what a unit may change in each, and the rows kept for that. */

export type Statistic = 'count' | 'sum' | 'mean' | 'variance';

export interface StatisticParams {
  readonly statistic: Statistic;
  readonly value: string;
  readonly grouping: 'columns' | 'whole table';
  readonly by: readonly string[];
  readonly mechanism: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly protects: Protects;
  readonly rowsPerCell: number;
  readonly cellsPerUnit: number;
  readonly neighbours: 'add-remove' | 'replace-one';
  readonly noise: 'fast' | 'exact';
  readonly nonNegative: boolean;
  readonly round: boolean;
  readonly consistent: boolean;
}

/** Steps from the middle of the declared range to its end: sums are whole numbers of steps, so they are exact. */
export const GRID_STEPS = 4096;
/** Rows a cell is taken to hold at most, where a mechanism needs the range of its answers. Declared, never looked up. */
const MOST_ROWS = 1_048_576;

/** The number of a row, clipped to its declared range, and its place on the grid of steps. */
export interface Values {
  readonly name: string;
  readonly label: Text;
  readonly unit: string;
  readonly bounds: readonly [number, number];
  readonly centre: number;
  readonly half: number;
  readonly column: NumberColumn | IntegerColumn;
  /** Rows whose value had to be clipped. */
  readonly clipped: number;
}

/** One vector of answers that gets noise of its own. */
export interface Part {
  readonly id: 'count' | 'sum' | 'centred' | 'squares' | 'total';
  /** Answers before noise, in whole steps. */
  readonly base: Float64Array;
  /** What one step is worth in the part's own unit. */
  readonly step: number;
  readonly change: Change;
  readonly loss: Loss;
}

export interface StatisticPlan {
  readonly input: TableRelease;
  readonly params: StatisticParams;
  readonly mechanism: AdditiveMechanism;
  readonly grid: Grid;
  readonly unit: string;
  readonly neighbours: Neighbours;
  readonly values?: Values;
  readonly bounded?: Bounded;
  readonly parts: readonly Part[];
}

/** The mechanism of that id. @throws unsupported for an unknown one. */
function mechanismOf(id: string): AdditiveMechanism {
  const found = mechanisms.find((mechanism) => mechanism.id === id);
  if (found === undefined) throw unsupported(`unknown noise "${id.slice(0, 40)}"`, 'choose one of the list');
  return found;
}

/** What the whole answer may cost: no delta where the mechanism never fails. */
export const lossOf = ({
  epsilon,
  delta,
  mechanism,
}: Pick<StatisticParams, 'epsilon' | 'delta' | 'mechanism'>): Loss => ({
  epsilon,
  delta: mechanismOf(mechanism).approximate ? delta : 0,
});

/** What is asked of the table, before anything is counted. */
export interface Asked {
  readonly grid: Grid;
  readonly values?: Values;
}

/**
 * The grid and the values. Rows without a value are in no cell where a value is asked for.
 * @throws invalid-data for columns that are missing, not numeric, or without declared levels or range.
 */
export function askedOf(input: TableRelease, params: StatisticParams): Asked {
  const { rows } = input.table;
  const axes = params.grouping === 'whole table' ? [] : keysOf(input, params.by);
  const grid = gridOf(axes, rows);
  if (params.statistic === 'count') return { grid };
  const values = valuesOf(input, params.value);
  const cells = grid.cells.map((cell, i) => (isNumber(values.column, i) ? cell : -1));
  return { grid: { ...grid, cells }, values };
}

/** Bounds what each unit contributes and sums up what noise will be added to. */
export function planOfAsked(input: TableRelease, params: StatisticParams, asked: Asked, rng: Rng): StatisticPlan {
  const { grid, values } = asked;
  const { unit, ids } = hiddenIn(input, params.protects);
  const caps =
    ids === undefined ? ONE_ROW : { cells: Math.min(params.cellsPerUnit, grid.size), rowsPerCell: params.rowsPerCell };
  const bounded = ids === undefined ? undefined : boundCells(ids, grid.cells, caps, rng);
  return {
    input,
    params,
    mechanism: mechanismOf(params.mechanism),
    grid,
    unit,
    neighbours: params.neighbours,
    ...(values === undefined ? {} : { values }),
    ...(bounded === undefined ? {} : { bounded }),
    parts: partsOf(params, grid, values, bounded?.keep, caps),
  };
}

/** The value column: the one named, else the measured value, the secret, or the first number with a declared range. */
function valuesOf(input: TableRelease, asked: string): Values {
  const { descriptor } = input.dataset;
  const { measure, secret } = descriptor.parts;
  const numeric = (name: string | undefined): boolean =>
    descriptor.columns.some((column) => column.name === name && isRange(column.bounds)) &&
    input.table.columns.some(({ name: own, kind }) => own === name && (kind === 'number' || kind === 'integer'));
  const name =
    asked !== '' ? asked : [measure, secret, ...descriptor.columns.map((column) => column.name)].find(numeric);
  if (name === undefined) {
    throw invalidData('this table has no number with a declared range', 'ask for a count, or declare a range');
  }
  const column = columnOf(input.table, name);
  if (column.kind !== 'number' && column.kind !== 'integer') {
    throw invalidData(`column ${name} holds no numbers`, 'choose a column of numbers, or ask for a count', {
      column: name,
    });
  }
  const declared = descriptor.columns.find((one) => one.name === name);
  const bounds = boundsOf(name, declared);
  let clipped = 0;
  for (let i = 0; i < column.values.length; i += 1) {
    const value = column.values[i] as number;
    if (isNumber(column, i) && (value < bounds[0] || value > bounds[1])) clipped += 1;
  }
  return {
    name,
    label: declared?.label ?? text(name, name),
    unit: declared?.unit ?? name,
    bounds,
    centre: bounds[0] / 2 + bounds[1] / 2,
    half: bounds[1] / 2 - bounds[0] / 2,
    column,
    clipped,
  };
}

/** Whether row i has a number; infinities are numbers, and are clipped. */
export const isNumber = (column: NumberColumn | IntegerColumn, i: number): boolean => {
  const value = column.values[i] as number;
  return value === value && isValid(column, i);
};

function partsOf(
  params: StatisticParams,
  grid: Grid,
  values: Values | undefined,
  keep: Uint8Array | undefined,
  caps: Caps,
): readonly Part[] {
  const made: (Omit<Part, 'loss'> & { readonly weight: number })[] = [];
  const counts = (): Omit<Part, 'loss'> => ({
    id: 'count',
    base: countCells(grid.cells, grid.size, keep),
    step: 1,
    change: changeOf(grid.size, caps, [0, 1], params.neighbours),
  });
  const sums = (id: Part['id'], [from, to]: readonly [number, number], step: number, steps: (x: number) => number) => ({
    id,
    base: sumSteps(grid, values as Values, keep, steps),
    step,
    change: changeOf(grid.size, caps, [from, to], params.neighbours),
  });
  if (params.statistic === 'count') made.push({ ...counts(), weight: 1 });
  if (params.statistic === 'sum' && values !== undefined) {
    const [low, high] = values.bounds;
    const step = Math.max(Math.abs(low), Math.abs(high)) / GRID_STEPS;
    const at = (x: number): number => Math.round(Math.max(low, Math.min(high, x)) / step);
    made.push({ ...sums('sum', [at(low), at(high)], step, at), weight: 1 });
  }
  if ((params.statistic === 'mean' || params.statistic === 'variance') && values !== undefined) {
    made.push({ ...counts(), weight: 1 });
    const { centre, half } = values;
    const at = (x: number): number => Math.round(Math.max(-1, Math.min(1, (x - centre) / half)) * GRID_STEPS);
    made.push({ ...sums('centred', [-GRID_STEPS, GRID_STEPS], half / GRID_STEPS, at), weight: 1 });
    if (params.statistic === 'variance') {
      // Squares on a grid of their own, about the middle of 0..half^2.
      const squared = (x: number): number => Math.round((at(x) * at(x)) / GRID_STEPS) - GRID_STEPS / 2;
      const end = GRID_STEPS / 2;
      made.push({ ...sums('squares', [-end, end], (half * half) / GRID_STEPS, squared), weight: 1 });
    }
  }
  const [first] = made;
  if (hasTotal(params, grid) && first !== undefined) {
    const { lower = 0, upper = 1 } = first.change;
    const perRow: readonly [number, number] = [lower / MOST_ROWS, upper / MOST_ROWS];
    const total = first.base.reduce((sum, steps) => sum + steps, 0);
    made.push({
      id: 'total',
      base: Float64Array.of(total),
      step: first.step,
      change: changeOf(1, { cells: 1, rowsPerCell: caps.cells * caps.rowsPerCell }, perRow, params.neighbours),
      weight: 1 / 4,
    });
  }
  const { epsilon, delta } = lossOf(params);
  const weights = made.map(({ weight }) => weight);
  const epsilons = splitExactly(epsilon, weights);
  const deltas = delta === 0 ? new Float64Array(made.length) : splitExactly(delta, weights);
  return made.map(({ weight: _weight, ...part }, i) => ({
    ...part,
    loss: { epsilon: epsilons[i] as number, delta: deltas[i] as number },
  }));
}

/** Whether a noisy total is asked for beside the cells, so that they can be made to add up to it. */
const hasTotal = ({ consistent, statistic }: StatisticParams, grid: Pick<Grid, 'size'>): boolean =>
  consistent && grid.size > 1 && (statistic === 'count' || statistic === 'sum');

/** What one unit may change, and the range of the answers. A single cell cannot be left for another. */
function changeOf(
  size: number,
  caps: Caps,
  perRow: readonly [number, number],
  neighbours: 'add-remove' | 'replace-one',
): Change {
  const [from, to] = perRow;
  const reach: Reach = from === 0 && to === 1 ? countReach(caps, neighbours) : sumReach(caps, perRow, neighbours);
  const range = { lower: Math.min(0, from) * MOST_ROWS, upper: Math.max(0, to) * MOST_ROWS };
  return size === 1
    ? { l1: reach.linf, l2: reach.linf, linf: reach.linf, cells: 1, ...range }
    : { ...reach, cells: Math.min(size, reach.cells), ...range };
}

function sumSteps(
  grid: Grid,
  { column }: Values,
  keep: Uint8Array | undefined,
  steps: (x: number) => number,
): Float64Array {
  const sums = new Float64Array(grid.size);
  for (let i = 0; i < grid.cells.length; i += 1) {
    const cell = grid.cells[i] as number;
    if (cell < 0 || (keep !== undefined && keep[i] !== 1)) continue;
    sums[cell] = (sums[cell] as number) + steps(column.values[i] as number);
  }
  return sums;
}
