import { claimAfter } from '../../kit/chosen-rows.ts';
import type { Pause } from '../../kit/context.ts';
import { unsupported } from '../../kit/errors.ts';
import type { Guarantee } from '../../kit/guarantee.ts';
import type { Loss } from '../../kit/loss.ts';
import type { Release, TableRelease } from '../../kit/release.ts';
import { type Column, isValid } from '../../table/table.ts';
import type { Rng } from '../../rng/rng.ts';
import { countCells, labelsOf } from '../axes.ts';
import { boundCells, hiddenIn } from '../contribution.ts';
import type { Grid } from '../keys.ts';
import type { Protects } from '../unit.ts';

/** Whose presence a selection hides, and the table it is made from. */
export interface Subject {
  readonly input: TableRelease;
  readonly unit: string;
  /** Column of the ids, where whole persons (vehicles, households) are hidden, or their days. */
  readonly entity?: Column;
}

/** @throws unsupported for a release that is not a table, or to hide a person or a day in a table without ids or times. */
export function subjectOf(input: Release, protects: Protects): Subject {
  if (input.kind !== 'table') throw unsupported('this needs a table', 'put this step where rows are still rows');
  const { unit, ids } = hiddenIn(input, protects);
  return { input, unit, ...(ids === undefined ? {} : { entity: ids }) };
}

/** The claim of a release with that loss, as far as earlier steps allow one. */
export const claimFor = ({ input, unit }: Subject, { epsilon, delta }: Loss): Guarantee =>
  claimAfter(input, { kind: 'dp', epsilon, delta, neighbours: 'add-remove', unit, model: 'central' });

/** Hidden units per cell: each counts once in a cell, however many rows it has there, and in at most `most` cells. */
export interface UnitCounts {
  readonly counts: Float64Array;
  /** Without the bound on cells. */
  readonly truth: Float64Array;
  /** Rows (or appearances) left out by the bound. */
  readonly dropped: number;
}
export async function unitCounts(
  { entity }: Subject,
  { cells, size }: Grid,
  most: number,
  rng: Rng,
  pause: Pause,
): Promise<UnitCounts> {
  if (entity === undefined) {
    const counts = countCells(cells, size);
    return { counts, truth: counts, dropped: 0 };
  }
  const truth = await appearances(entity, cells, size, pause);
  if (most === Number.POSITIVE_INFINITY) return { counts: truth, truth, dropped: 0 };
  const bounded = boundCells(entity, cells, { cells: most, rowsPerCell: 1 }, rng.fork('bound'));
  const counts = countCells(cells, size, bounded.keep);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return { counts, truth, dropped: sum(truth) - sum(counts) };
}

const STRIDE = 20_000;

/** Different units in each cell. */
async function appearances(entity: Column, cells: Int32Array, size: number, pause: Pause): Promise<Float64Array> {
  const { codes } = labelsOf(entity);
  await pause();
  const seen = new Set<number>();
  const counts = new Float64Array(size);
  for (let row = 0; row < cells.length; row += 1) {
    if (row % STRIDE === 0) await pause();
    const cell = cells[row] as number;
    if (cell < 0 || !isValid(entity, row)) continue;
    const pair = (codes[row] as number) * size + cell;
    if (seen.has(pair)) continue;
    seen.add(pair);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}
