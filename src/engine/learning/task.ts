import type { ColumnDescriptor, LoadedDataset } from '../kit/dataset.ts';
import { invalidData, type EngineError } from '../kit/errors.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { type Column, columnOf, hasColumn, isValid, type Table } from '../table/table.ts';

/**
 * The yes/no question a model learns, by one rule for every dataset: "is the value of the target column above its
 * usual level?", or, for a category, "is it the most common one?". The usual level is the median of a calibration
 * tenth of the rows, which then takes no part in training or testing and counts as public knowledge.
 */
export interface BinaryTask {
  readonly column: string;
  readonly words: Text;
  /** Exactly one of the two is set. */
  readonly threshold?: number;
  readonly level?: number;
}

/**
 * Target column of a dataset: `wanted` if given; else the part `secret`, the part `measure`, the first sensitive column,
 * the first numeric column, the first category, of those the table has. Columns with more than 12
 * categories or less than a tenth of their values known come last; identifiers, times, the place and the entity never qualify.
 *
 * @throws invalid-data when no column qualifies.
 */
export function targetOf(dataset: LoadedDataset, table: Table, wanted: string): string {
  if (wanted !== '') return columnOf(table, wanted).name;
  const { parts, columns } = dataset.descriptor;
  const about = new Map(columns.map((column) => [column.name, column]));
  const open = table.columns.filter((column) => {
    const role = about.get(column.name)?.role;
    return (
      role !== 'identifier' && column.name !== parts.entity && column.kind !== 'time' && column.name !== parts.place
    );
  });
  const numeric = (column: Column): boolean => column.kind === 'number' || column.kind === 'integer';
  const asked = (column: Column): boolean => column.kind !== 'category' || column.levels.length <= mostLevels;
  const fit = open.filter((column) => asked(column) && knownShare(column, table.rows) >= 0.1);
  const named = (name: string | undefined): Column | undefined => fit.find((column) => column.name === name);
  const sensitive = fit.filter((column) => about.get(column.name)?.role === 'sensitive');
  const found = [
    named(parts.secret),
    named(parts.measure),
    sensitive.find(numeric),
    sensitive[0],
    fit.find(numeric),
    fit[0],
    open[0],
  ].find((column) => column !== undefined)?.name;
  if (found === undefined) throw noTarget();
  return found;
}

/** A question about one of very many categories has almost always the answer no. */
const mostLevels = 12;

function knownShare(column: Column, rows: number): number {
  if (column.valid === undefined) return 1;
  let known = 0;
  for (let row = 0; row < rows; row += 1) if (isValid(column, row)) known += 1;
  return known / Math.max(1, rows);
}

const noTarget = (): EngineError =>
  invalidData(
    'no column can be predicted: only identifiers, times and places are left',
    'keep a numeric or a category column, or choose the target column',
  );

/** Fixes the question on the target column from the calibration rows. `cut` in (0, 1] replaces the median by that share of the declared range. */
export function taskOf(
  dataset: LoadedDataset,
  table: Table,
  target: string,
  calibration: Uint32Array,
  cut: number,
): BinaryTask {
  const column = columnOf(table, target);
  const about = dataset.descriptor.columns.find((one) => one.name === target);
  const label: Text = about?.label ?? text(target);
  if (column.kind === 'category') {
    const level = mostCommon(column.codes, column.levels.length, calibration, column);
    const name = column.levels[level] ?? '?';
    return {
      column: target,
      level,
      words: text(`Is "${label.en}" equal to ${name}?`, `¿Es «${label.es ?? label.en}» igual a ${name}?`),
    };
  }
  const threshold =
    cut > 0 && about?.bounds
      ? shareOf(about.bounds, cut)
      : roundFrom(about?.bounds?.[0] ?? 0, medianOf(column, calibration, about));
  const unit = about?.unit === undefined ? '' : ` ${about.unit}`;
  return {
    column: target,
    threshold,
    words: text(
      `Is "${label.en}" above ${threshold}${unit}?`,
      `¿Supera «${label.es ?? label.en}» el valor ${threshold}${unit}?`,
    ),
  };
}

/** 1, 0, or 255 where the target is missing. */
export function labelsOf(table: Table, task: BinaryTask): Uint8Array {
  const column = columnOf(table, task.column);
  const out = new Uint8Array(table.rows);
  const values = column.kind === 'category' ? column.codes : column.values;
  for (let row = 0; row < table.rows; row += 1) {
    const value = values[row] as number;
    if (!isValid(column, row) || Number.isNaN(value)) out[row] = 255;
    else out[row] = (task.level === undefined ? value > (task.threshold ?? 0) : value === task.level) ? 1 : 0;
  }
  return out;
}

/** Splits `rows` row numbers at random: a tenth calibrates, six tenths train, three tenths are held out. */
export function splitRows(
  rows: Uint32Array,
  rng: Rng,
): { readonly calibration: Uint32Array; readonly training: Uint32Array; readonly heldOut: Uint32Array } {
  const shuffled = rows.slice();
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = rng.int(i + 1);
    const held = shuffled[i] as number;
    shuffled[i] = shuffled[j] as number;
    shuffled[j] = held;
  }
  const first = Math.trunc(shuffled.length / 10);
  const second = first + Math.trunc((shuffled.length * 6) / 10);
  return {
    calibration: shuffled.subarray(0, first),
    training: shuffled.subarray(first, second),
    heldOut: shuffled.subarray(second),
  };
}

/** Rows whose target is known, at most `limit` of them, drawn without replacement in row order. */
export function usableRows(table: Table, target: string, limit: number, rng: Rng): Uint32Array {
  const column = columnOf(table, target);
  const known = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row += 1) {
    if (isValid(column, row)) known[count++] = row;
  }
  if (count <= limit) return known.subarray(0, count);
  const out = new Uint32Array(limit);
  let taken = 0;
  // Selection sampling (Knuth, algorithm S): every subset of that size is equally likely.
  for (let i = 0; i < count && taken < limit; i += 1) {
    if (rng.int(count - i) < limit - taken) out[taken++] = known[i] as number;
  }
  return out;
}

export const placeColumnOf = (dataset: LoadedDataset, table: Table): string | undefined => {
  const place = dataset.descriptor.parts.place;
  return place !== undefined && hasColumn(table, place) ? place : undefined;
};

const shareOf = (bounds: readonly [number, number], share: number): number =>
  bounds[0] + share * (bounds[1] - bounds[0]);

function medianOf(column: Column, rows: Uint32Array, about: ColumnDescriptor | undefined): number {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = (column.kind === 'category' ? column.codes[row] : column.values[row]) as number;
    if (Number.isFinite(value)) values[count++] = value;
  }
  const sorted = values.subarray(0, count).sort();
  if (count > 0) return sorted[(count - 1) >> 1] as number;
  return about?.bounds === undefined ? 0 : shareOf(about.bounds, 0.5);
}

/** Distance from the lower bound to two significant digits: a threshold is quoted in words, and a round one says less about single rows. */
const roundFrom = (low: number, value: number): number =>
  Number.isFinite(value) ? Number((low + Number((value - low).toPrecision(2))).toPrecision(12)) : low;

function mostCommon(codes: ArrayLike<number>, levels: number, rows: Uint32Array, column: Column): number {
  const counts = new Uint32Array(Math.max(1, levels));
  for (const row of rows) {
    if (isValid(column, row)) counts[codes[row] as number] = (counts[codes[row] as number] as number) + 1;
  }
  let best = 0;
  for (let level = 1; level < levels; level += 1) {
    if ((counts[level] as number) > (counts[best] as number)) best = level;
  }
  return best;
}
