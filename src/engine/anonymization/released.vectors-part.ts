import type { LoadedDataset } from '../kit/dataset.ts';
import type { LatticeQuestion } from '../kit/lattice.ts';
import { encodeColumn } from '../table/encode.ts';
import { type Grouping, groupRows } from '../table/group.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { applyLevels } from './lattice/apply.ts';
import type { LatticeProblem } from './lattice/prepared.ts';
import { type Quality, quality } from './lattice/quality.ts';

/** What a full-domain release looks like, computed the plain way: rows grouped at given levels, models tried class by class. */
export interface Released {
  readonly sizes: readonly number[];
  readonly populations: readonly number[];
  readonly suppressed: number;
  /** Nothing but "*" is left: no risk is counted then. */
  readonly allRoots: boolean;
  readonly kept: Uint8Array;
  readonly grouping: Grouping;
  /** Rows of the released sample, by position in the table. */
  readonly rows: Uint32Array;
}

export function released(problem: LatticeProblem, levels: readonly number[], question: LatticeQuestion): Released {
  const { rows, grouping, keep, population } = applyLevels(problem, levels, question.models);
  const roots = rootsOf(problem.columns, levels, grouping, rows);
  // The file adds a class whose every label is "*" to the suppressed rows, where there are any.
  if (keep.some((flag) => flag === 0)) for (const c of roots) keep[c] = 0;
  const kept = Uint8Array.from(grouping.classOf, (c) => keep[c] as number);
  const stay = Array.from(grouping.sizes.keys()).filter((c) => keep[c] === 1);
  return {
    sizes: stay.map((c) => grouping.sizes[c] as number),
    populations: stay.map((c) => population[c] as number),
    allRoots: stay.length === 1 && roots.includes(stay[0] as number),
    suppressed: kept.reduce((sum, flag) => sum + 1 - flag, 0),
    kept,
    grouping,
    rows,
  };
}

/** Classes whose every label is "*". */
function rootsOf(
  columns: readonly EncodedColumn[],
  levels: readonly number[],
  grouping: Grouping,
  rows: Uint32Array,
): readonly number[] {
  return Array.from(grouping.first.keys()).filter((c) => {
    const row = rows[grouping.first[c] as number] as number;
    return columns.every((column, j) => {
      const step = column.hierarchy.levels[levels[j] as number];
      return step?.labels[step.codes[column.codes[row] as number] as number] === '*';
    });
  });
}

/** ARX's quality view. Hierarchies keep the order of their files, which is the scale of the squared errors. */
export function qualityOf(
  dataset: LoadedDataset,
  names: readonly string[],
  levels: readonly number[],
  made: Released,
): Quality {
  const columns = names.map((name) => encodeColumn(dataset, name));
  const hierarchies = names.map((name) => dataset.hierarchies[name]).filter((each) => each !== undefined);
  const base = columns.map((column, j) => {
    const positions = new Map(hierarchies[j]?.levels[0]?.labels.map((label, b) => [label, b] as const));
    const inFile = column.hierarchy.levels[0]?.labels.map((label) => positions.get(label) ?? 0) ?? [];
    return made.rows.map((row) => inFile[column.codes[row] as number] as number);
  });
  const original = groupRows(base, columns.map(baseSize), made.rows.length);
  return quality({
    rows: made.rows.length,
    hierarchies,
    base,
    levels,
    kept: made.kept,
    classOf: made.grouping.classOf,
    originalSizes: original.sizes,
  });
}
