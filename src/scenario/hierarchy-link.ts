import type { HierarchySpec, HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import type { ScenarioSpec } from './spec.ts';

/**
 * Hierarchies in links. Rules (widths, dates, masks) are short and travel whole; in a table, a label equal to the one
 * above it is written as 0. What is too long, or lists the values of the user's own file (data never enter a link), is
 * named by its digest only, and found again in the scenario this browser holds or in a scenario file.
 */
export const packHierarchies = (specs: HierarchySpecs): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(specs).map(([column, spec]) => [
      column,
      spec.kind === 'table' ? { ...spec, rows: withoutRepeats(spec.rows) } : spec,
    ]),
  );

const withoutRepeats = (rows: readonly (readonly string[])[]): unknown =>
  rows.map((row, at) => row.map((label, level) => (label === rows[at - 1]?.[level] ? 0 : label)));

/** The reverse, on plain JSON that is checked afterwards. */
export function unpackHierarchies(packed: unknown): unknown {
  if (typeof packed !== 'object' || packed === null || Array.isArray(packed)) return packed;
  return Object.fromEntries(
    Object.entries(packed).map(([column, spec]: [string, unknown]) => {
      const rows = typeof spec === 'object' && spec !== null && 'rows' in spec ? spec.rows : undefined;
      return [column, Array.isArray(rows) ? { ...(spec as object), rows: withRepeats(rows) } : spec];
    }),
  );
}

function withRepeats(rows: readonly unknown[]): readonly unknown[] {
  let above: readonly unknown[] = [];
  return rows.map((row: unknown) => {
    if (!Array.isArray(row)) return row;
    const before = above;
    above = row.map((label: unknown, level) => (label === 0 ? before[level] : label));
    return above;
  });
}

/** Whether hierarchies may be written into a link at all: tables over a file list its values. */
export const mayTravel = (dataset: ScenarioSpec['dataset'], specs: HierarchySpecs): boolean =>
  dataset.kind !== 'file' || Object.values(specs).every((spec: HierarchySpec) => spec.kind !== 'table');
