import type { LoadedDataset } from '../kit/dataset.ts';
import type { LatticeQuestion } from '../kit/lattice.ts';
import { encodeColumn } from '../table/encode.ts';
import { type Grouping, groupRows } from '../table/group.ts';
import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { type ClassModel, holdsFor, numberOf } from './lattice/class-records.ts';
import { classModels, type LatticeProblem } from './lattice/prepared.ts';
import { type Quality, quality } from './lattice/quality.ts';
import { eachClass } from './models/class-values.ts';

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

export function released(
  dataset: LoadedDataset,
  problem: LatticeProblem,
  levels: readonly number[],
  question: LatticeQuestion,
): Released {
  const { columns, sample } = problem;
  const total = dataset.table.rows;
  const rows = Uint32Array.from(
    Array.from({ length: total }, (_, i) => i).filter((i) => sample === undefined || sample[i] === 1),
  );
  const codesAt = (column: EncodedColumn, j: number): Uint32Array => {
    const step = column.hierarchy.levels[levels[j] as number]?.codes ?? new Uint32Array(0);
    return column.codes.map((base) => step[base] as number);
  };
  const all = columns.map(codesAt);
  const sizes = columns.map(baseSize);
  const population = groupRows(all, sizes, total);
  const grouping = groupRows(
    all.map((codes) => rows.map((row) => codes[row] as number)),
    sizes,
    rows.length,
  );
  const { least, models } = classModels(problem, question.models);
  const keep = new Uint8Array(grouping.count).fill(1);
  const populationOf = Float64Array.from(grouping.first, (first) => {
    const row = rows[first] as number;
    return population.sizes[population.classOf[row] as number] as number;
  });
  for (let c = 0; c < grouping.count; c += 1) if ((grouping.sizes[c] as number) < least) keep[c] = 0;
  for (const model of models) drop(model, problem, rows, grouping, populationOf, keep);
  const dropped = keep.some((flag) => flag === 0);
  const roots = rootsOf(columns, levels, grouping, rows);
  // The file adds a class whose every label is "*" to the suppressed rows, where there are any.
  if (dropped) for (const c of roots) keep[c] = 0;
  const kept = Uint8Array.from(grouping.classOf, (c) => keep[c] as number);
  const stay = Array.from(grouping.sizes.keys()).filter((c) => keep[c] === 1);
  const isRoot = stay.length === 1 && roots.includes(stay[0] as number);
  return {
    sizes: stay.map((c) => grouping.sizes[c] as number),
    populations: stay.map((c) => populationOf[c] as number),
    allRoots: isRoot,
    suppressed: kept.reduce((sum, flag) => sum + 1 - flag, 0),
    kept,
    grouping,
    rows,
  };
}

function drop(
  model: ClassModel,
  problem: LatticeProblem,
  rows: Uint32Array,
  grouping: Grouping,
  populationOf: Float64Array,
  keep: Uint8Array,
): void {
  if (model.kind === 'population') {
    for (let c = 0; c < grouping.count; c += 1) {
      const share = model.criterion.measure(grouping.sizes[c] as number, populationOf[c] as number);
      if (!model.criterion.holds(share)) keep[c] = 0;
    }
    return;
  }
  const secret = problem.sensitive[model.column];
  if (secret === undefined) throw new RangeError('a model speaks about a column that is not there');
  const codes = rows.map((row) => secret.codes[row] as number);
  eachClass(grouping, codes, secret.domain.size, (cls, c) => {
    if (!holdsFor(model, numberOf(model.criterion, cls), cls.size)) keep[c] = 0;
  });
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
