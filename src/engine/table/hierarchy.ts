/**
 * A generalization hierarchy over the distinct base values of one column: a tree given level by level.
 * Level 0 is the base (one label per base code); the last level has one label ("*"). Monotone: every label has one
 * parent. `shareOf` counts base values of the *hierarchy* (also those not in the data), as ARX's loss does.
 */
export interface Hierarchy {
  readonly column: string;
  readonly levels: readonly HierarchyLevel[];
  /** What the base codes stand for, where the builder knows: ascending, so that rows are matched without any text. */
  readonly base?: BaseValues;
}

export interface HierarchyLevel {
  /** Name of the step: minute, hour, zone, borough... */
  readonly name: string;
  /** Code of this level for each base code. */
  readonly codes: Uint32Array;
  readonly labels: readonly string[];
}

/** A column as base codes of its hierarchy: what grouping, Mondrian and lattice search work on. */
export interface EncodedColumn {
  readonly hierarchy: Hierarchy;
  /** Base code per row. Missing values have a base code of their own, labelled "(missing)". */
  readonly codes: Uint32Array;
  /** Whether base codes are ordered (numbers, times): then intervals of codes are meaningful. */
  readonly ordered: boolean;
  /** What base codes stand for; nodes of every level are contiguous ranges of base codes (table/ladders.ts). */
  readonly base: BaseValues;
  /** Base code of missing values, where the column has any. */
  readonly missingCode?: number;
}

export type BaseValues =
  /** Minutes since 1970 per base code. */
  | { readonly kind: 'minutes'; readonly values: Float64Array }
  | { readonly kind: 'numbers'; readonly values: Float64Array; readonly whole: boolean }
  /** Readable names, and the index into the dataset's place table (-1 where unknown). */
  | { readonly kind: 'places'; readonly names: readonly string[]; readonly placeOf: Int32Array }
  | { readonly kind: 'labels' };

/** Number of base values. */
export const baseSize = (column: EncodedColumn): number => column.hierarchy.levels[0]?.codes.length ?? 0;

/**
 * What the labels of a generalized column stand for, published with them: released level v covers the base codes
 * low[v]..high[v], both included. Lets metrics spread a generalized cell over its members.
 */
export interface GeneralizedCells {
  readonly column: EncodedColumn;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  /** Where cells are sets with gaps: the base codes each label covers, ascending, between its low and its high. */
  readonly members?: readonly Uint32Array[];
}

/** Whether a generalized cell covers a base code. */
export function coversCode(cells: Omit<GeneralizedCells, 'column'>, label: number, code: number): boolean {
  if (code < (cells.low[label] as number) || code > (cells.high[label] as number)) return false;
  return cells.members === undefined || (cells.members[label] as Uint32Array).includes(code);
}

/** Number of base values a generalized cell covers. */
export const valuesCovered = (cells: Omit<GeneralizedCells, 'column'>, label: number): number =>
  cells.members?.[label]?.length ?? (cells.high[label] as number) - (cells.low[label] as number) + 1;
