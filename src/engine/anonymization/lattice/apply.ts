import type { PrivacyModel } from '../../kit/privacy-model.ts';
import { type Grouping, groupRows } from '../../table/group.ts';
import { baseSize, type EncodedColumn } from '../../table/hierarchy.ts';
import { eachClass } from '../models/class-values.ts';
import { type ClassModel, holdsFor, numberOf } from './class-records.ts';
import { classModels, type LatticeProblem } from './prepared.ts';

/** Classes of a table at given levels, and which of them satisfy the models. */
export interface AppliedLevels {
  /** Positions in the table of the rows to be released: all, or the sample. */
  readonly rows: Uint32Array;
  /** Classes of these rows. */
  readonly grouping: Grouping;
  /** 1 = the class satisfies every model. */
  readonly keep: Uint8Array;
  /** Rows of the population in the cell of each class. */
  readonly population: Float64Array;
}

/** Forms the classes of one node and tries every model on each: what the optimum of a search is released with. */
export function applyLevels(
  problem: LatticeProblem,
  levels: readonly number[],
  asked: readonly PrivacyModel[],
): AppliedLevels {
  const { columns, sample } = problem;
  const sizes = columns.map(baseSize);
  const codes = columns.map((column, j) => codesAt(column, levels[j] as number));
  const all = groupRows(codes, sizes, problem.rows);
  const rows = sampledRows(problem.rows, sample);
  const grouping =
    sample === undefined
      ? all
      : groupRows(
          codes.map((each) => rows.map((row) => each[row] as number)),
          sizes,
          rows.length,
        );
  const population = Float64Array.from(grouping.first, (first) => {
    const row = rows[first] as number;
    return all.sizes[all.classOf[row] as number] as number;
  });
  const { least, models } = classModels(problem, asked);
  const keep = Uint8Array.from(grouping.sizes, (size) => (size >= least ? 1 : 0));
  for (const model of models) tryModel(model, problem, { rows, grouping, keep, population });
  return { rows, grouping, keep, population };
}

function sampledRows(count: number, sample: Uint8Array | undefined): Uint32Array {
  const rows = new Uint32Array(count);
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    if (sample !== undefined && sample[i] !== 1) continue;
    rows[length] = i;
    length += 1;
  }
  return rows.subarray(0, length);
}

function codesAt(column: EncodedColumn, level: number): Uint32Array {
  const step = column.hierarchy.levels[level]?.codes ?? new Uint32Array(0);
  const out = new Uint32Array(column.codes.length);
  for (let i = 0; i < out.length; i += 1) out[i] = step[column.codes[i] as number] as number;
  return out;
}

function tryModel(model: ClassModel, problem: LatticeProblem, applied: AppliedLevels): void {
  const { rows, grouping, keep, population } = applied;
  if (model.kind === 'population') {
    for (let c = 0; c < grouping.count; c += 1) {
      const number = model.criterion.measure(grouping.sizes[c] as number, population[c] as number);
      if (!model.criterion.holds(number)) keep[c] = 0;
    }
    return;
  }
  const secret = problem.sensitive[model.column];
  if (secret === undefined) return;
  const codes = rows.map((row) => secret.codes[row] as number);
  eachClass(grouping, codes, secret.domain.size, (cls, c) => {
    if (!holdsFor(model, numberOf(model.criterion, cls), cls.size)) keep[c] = 0;
  });
}
