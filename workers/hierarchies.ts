import { canonicalJson } from '../src/engine/kit/canonical.ts';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import { invalidData } from '../src/engine/kit/errors.ts';
import type { HierarchySpecs } from '../src/engine/kit/hierarchy-spec.ts';
import type { Hierarchy } from '../src/engine/table/hierarchy.ts';
import type { Table } from '../src/engine/table/table.ts';

interface Built {
  readonly spec: string;
  readonly hierarchy: Hierarchy;
}

/** Built last for each column of an open table: a slider runs job after job, and a million values take a second. */
const built = new WeakMap<Table, Map<string, Built>>();

/**
 * The dataset with the user's own hierarchies, built against its columns.
 *
 * @throws invalid-data for a column it does not have; what building throws, which names column, value and remedy
 */
export async function withHierarchies(dataset: LoadedDataset, specs: HierarchySpecs = {}): Promise<LoadedDataset> {
  if (Object.keys(specs).length === 0) return dataset;
  const { table } = dataset;
  const { buildHierarchy } = await import('../src/engine/table/hierarchy-build.ts');
  const known = built.get(table) ?? new Map<string, Built>();
  built.set(table, known);
  const own = Object.entries(specs).map(([name, given]): [string, Hierarchy] => {
    if (!table.columns.some((column) => column.name === name)) throw noSuchColumn(name, table);
    const spec = canonicalJson(given);
    const before = known.get(name);
    if (before?.spec === spec) return [name, before.hierarchy];
    const hierarchy = buildHierarchy(given, name, dataset);
    known.set(name, { spec, hierarchy });
    return [name, hierarchy];
  });
  return { ...dataset, hierarchies: { ...dataset.hierarchies, ...Object.fromEntries(own) } };
}

const noSuchColumn = (name: string, table: Table) =>
  invalidData(
    `a hierarchy is set for column "${name.slice(0, 60)}"; the data has ${table.columns.map((column) => column.name).join(', ')}`,
    `remove the hierarchy of ${name.slice(0, 60)}`,
    { column: name },
  );
