import type { Pause } from '../../kit/context.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import { columnOfModel } from '../../kit/privacy-model.ts';
import type { EncodedColumn } from '../../table/hierarchy.ts';
import { leastRowsOf, makeCriterion, makePopulationCriterion } from '../models/criteria.ts';
import type { SensitiveColumn } from '../models/sensitive-domain.ts';
import type { ClassModel } from './class-records.ts';
import { type LatticeTable, latticeTable, type SampleFlags } from './lattice-columns.ts';
import { type MetricContext, metricContext } from './node-metrics.ts';

/** A table to generalize: quasi-identifiers, and the sensitive columns that models may speak about. */
export interface LatticeProblem {
  readonly columns: readonly EncodedColumn[];
  readonly sensitive: readonly SensitiveColumn[];
  readonly rows: number;
  /** Rows to be released, where the table is the population they are drawn from. */
  readonly sample?: SampleFlags;
}

export interface Prepared {
  readonly table: LatticeTable;
  readonly context: MetricContext;
  readonly problem: LatticeProblem;
}

/** @param pause awaited between columns */
export async function prepare(problem: LatticeProblem, pause: Pause = async () => undefined): Promise<Prepared> {
  const table = await latticeTable(
    problem.columns,
    problem.sensitive.map(({ codes, domain }) => ({ codes, size: domain.size })),
    problem.rows,
    problem.sample,
    pause,
  );
  await pause();
  return { table, context: metricContext(table), problem };
}

/** Criteria of a question's models but plain k, and the smallest class they allow. */
export function classModels(
  problem: LatticeProblem,
  models: readonly PrivacyModel[],
): { readonly least: number; readonly models: readonly ClassModel[] } {
  const made = models.flatMap((model): readonly ClassModel[] => {
    if (model.type === 'k-anonymity') return [];
    const population = makePopulationCriterion(model);
    if (population !== undefined) return [{ kind: 'population', criterion: population }];
    const name = columnOfModel(model);
    const column = problem.sensitive.findIndex(({ domain }) => domain.column === name);
    return [{ kind: 'values', criterion: makeCriterion(model, problem.sensitive[column]?.domain), column }];
  });
  return { least: leastRowsOf(models), models: made };
}
