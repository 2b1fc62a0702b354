import { invalidData } from '../kit/errors.ts';
import { checkHierarchy } from './hierarchy-check.ts';
import type { Hierarchy, HierarchyLevel } from './hierarchy.ts';

/** A hierarchy written out: a row is a base value, then its label at each level. What files and the editor hold. */
export type HierarchyRows = readonly (readonly string[])[];

/** Name of a level where nobody gave one. */
export const levelName = (level: number, depth: number, names?: readonly string[]): string =>
  level === 0 ? 'value' : level === depth - 1 ? '*' : (names?.[level - 1] ?? `level ${level}`);

/**
 * The hierarchy of written-out rows; a base value written twice in the same way counts once.
 * @param names of the levels between the base and the root
 * @throws invalid-data for the first thing `checkHierarchy` finds wrong in the rows themselves
 */
export function rowsToHierarchy(column: string, rows: HierarchyRows, names?: readonly string[]): Hierarchy {
  const wrong = checkHierarchy({ column, rows, ...(names === undefined ? {} : { names }) }).find(
    (problem) => problem.severity === 'error',
  );
  if (wrong !== undefined) throw invalidData(wrong.message.en, wrong.remedy.en, { column });
  const seen = new Set<string>();
  const kept = rows.filter((row) => {
    const value = row[0] ?? '';
    return !seen.has(value) && seen.add(value);
  });
  const depth = rows[0]?.length ?? 1;
  const levels = Array.from({ length: depth }, (_, level): HierarchyLevel => {
    const codeOf = new Map<string, number>();
    const codes = Uint32Array.from(kept, (row) => {
      const label = row[level] ?? '';
      const code = codeOf.get(label) ?? codeOf.size;
      codeOf.set(label, code);
      return code;
    });
    return { name: levelName(level, depth, names), codes, labels: [...codeOf.keys()] };
  });
  return { column, levels };
}

/** The rows of a hierarchy, in the order of its base codes. */
export function hierarchyRows(hierarchy: Hierarchy): HierarchyRows {
  const size = hierarchy.levels[0]?.codes.length ?? 0;
  return Array.from({ length: size }, (_, base) =>
    hierarchy.levels.map((level) => level.labels[level.codes[base] as number] ?? ''),
  );
}

/** Names of the levels between the base and the root. */
export const innerNames = (hierarchy: Hierarchy): readonly string[] =>
  hierarchy.levels.slice(1, -1).map((level) => level.name);
