import type { Ctx } from '../src/engine/kit/context.ts';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import { invalidData, toProblem } from '../src/engine/kit/errors.ts';
import type { HierarchySpec } from '../src/engine/kit/hierarchy-spec.ts';
import { buildHierarchy } from '../src/engine/table/hierarchy-build.ts';
import { hierarchyRows, innerNames } from '../src/engine/table/hierarchy-rows.ts';
import { ladderSpec } from '../src/engine/table/ladder-spec.ts';
import { orderedBase } from '../src/engine/table/ordered-base.ts';
import { columnOf } from '../src/engine/table/table.ts';
import type { ColumnTree } from '../src/runtime/protocol.ts';

/** More base values than this are not sent to the page one by one. */
export const maxTreeValues = 20_000;

/**
 * Values of one column with their counts, and the hierarchy a spec (the column's ladder without one) makes of them.
 * A spec that does not fit gives the values and the problem.
 * @throws invalid-data for a column the data does not have
 */
export async function columnTree(
  dataset: LoadedDataset,
  name: string,
  given: HierarchySpec | undefined,
  checkpoint: Ctx['checkpoint'],
): Promise<ColumnTree> {
  const descriptor = dataset.descriptor.columns.find((column) => column.name === name);
  if (descriptor === undefined) {
    throw invalidData(`no column "${name}" in this data`, 'choose a column of the table', { column: name });
  }
  const base = orderedBase(columnOf(dataset.table, name));
  await checkpoint(0.5);
  const spec = given ?? ladderSpec(descriptor, dataset.places !== undefined);
  const places = descriptor.ladder?.kind === 'place' ? dataset.places?.places : undefined;
  const size = Math.min(base.size, maxTreeValues);
  const values: ColumnTree = {
    column: name,
    spec,
    type: descriptor.type,
    hasPlaces: places !== undefined,
    ...(places === undefined ? {} : { placeNames: Object.fromEntries(places.map(({ id, label }) => [id, label])) }),
    numeric: base.at !== undefined && descriptor.type !== 'time',
    distinct: base.size,
    missing: base.missing,
    values: Array.from({ length: size }, (_, i) => base.label(i)),
    counts: base.counts.slice(0, size),
    ...(base.at === undefined || base.size === 0 ? {} : { range: [base.at(0), base.at(base.size - 1)] as const }),
  };
  try {
    const hierarchy = buildHierarchy(spec, name, dataset);
    await checkpoint(0.8);
    if ((hierarchy.levels[0]?.codes.length ?? 0) > maxTreeValues) return values;
    return { ...values, tree: { names: innerNames(hierarchy), rows: hierarchyRows(hierarchy) } };
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'cancelled' || problem.code === 'internal') throw error;
    return { ...values, problem };
  }
}
