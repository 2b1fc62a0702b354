import type { Rng } from '../../rng/rng.ts';
import { type CodedTable, countsOver } from './coded-table.ts';
import type { GraphicalModel, Measurement } from './graphical-model.ts';
import { junctionTree } from './junction-tree.ts';
import { withLaplaceNoise } from './private-noise.ts';
import { projectedOnto } from './simplex.ts';

/** A noisy count of every combination of values, and of the rows. */
export interface JointMeasured {
  readonly total: number;
  readonly totalScale: number;
  readonly measurement: Measurement;
  readonly scale: number;
}

export interface JointBudget {
  readonly total: number;
  readonly cells: number;
}

/** A twentieth for the number of rows: the sum of many noisy cells would be far worse. */
export const jointBudget = (epsilon: number): JointBudget => ({ total: epsilon / 20, cells: epsilon - epsilon / 20 });

export function measureJoint(data: CodedTable, budget: JointBudget, sensitivity: number, rng: Rng): JointMeasured {
  const all = Array.from(data.shape.keys());
  const [rows] = withLaplaceNoise(rng.fork('total'), Float64Array.of(data.rows), sensitivity, budget.total);
  return {
    total: rows as number,
    totalScale: sensitivity / budget.total,
    measurement: {
      attributes: all,
      values: withLaplaceNoise(rng.fork('cells'), countsOver(data, all), sensitivity, budget.cells),
      weight: 1,
    },
    scale: sensitivity / budget.cells,
  };
}

/** The non-negative table with the noisy number of rows that is nearest to the noisy cells: small counts are mostly noise and fall to 0. */
export function jointModel(shape: readonly number[], { total, measurement }: JointMeasured): GraphicalModel {
  return {
    tree: junctionTree(shape, [measurement.attributes]),
    total: Math.max(0, total),
    marginals: [projectedOnto(measurement.values, 1, total)],
  };
}
