import type { ColumnDescriptor, LoadedDataset } from '../kit/dataset.ts';
import type { HierarchySpec } from '../kit/hierarchy-spec.ts';
import { buildHierarchy } from './hierarchy-build.ts';
import type { Hierarchy } from './hierarchy.ts';

/** The hierarchy a column has while the user gives it none, as the spec an editor starts from. */
export function ladderSpec(column: ColumnDescriptor, hasPlaces: boolean): HierarchySpec {
  if (column.type === 'time') return { kind: 'date', levels: ['hour', 'daypart', 'day', 'week'] };
  const { ladder } = column;
  switch (ladder?.kind) {
    case 'place':
      return hasPlaces ? { kind: 'place' } : { kind: 'suppress' };
    case 'interval':
      return column.type === 'category' ? { kind: 'suppress' } : ladder;
    case 'mask':
      return column.type === 'category' ? { kind: 'mask', from: 'right' } : { kind: 'suppress' };
    default:
      return { kind: 'suppress' };
  }
}

/** Hierarchy of a column as base values a file can name: the user's own, else that of its ladder. */
export function namedHierarchy(dataset: LoadedDataset, name: string): Hierarchy {
  if (Object.hasOwn(dataset.hierarchies, name)) {
    const own = dataset.hierarchies[name];
    if (own !== undefined) return own;
  }
  const column = dataset.descriptor.columns.find((each) => each.name === name);
  const spec = column === undefined ? { kind: 'suppress' as const } : ladderSpec(column, dataset.places !== undefined);
  return buildHierarchy(spec, name, dataset);
}
