/**
 * How one column is coarsened, as plain data: part of a scenario and of a link. Built against the column's values by
 * table/hierarchy-build.ts; every kind ends in one root "*", which is never written out except in a table.
 */
export type HierarchySpec =
  /** Nested intervals: widths ascending, each a multiple of the one before, starting at `origin`. */
  | { readonly kind: 'interval'; readonly origin: number; readonly widths: readonly number[] }
  /** Characters masked from one side, one level a step; without `steps` one character at a time. */
  | {
      readonly kind: 'mask';
      readonly from: 'right' | 'left';
      /** Characters masked at each level, ascending: [2, 4] masks two, then four, then all. */
      readonly steps?: readonly number[];
    }
  /** Times coarsened to these steps, finest first. */
  | { readonly kind: 'date'; readonly levels: readonly DateStep[] }
  /**
   * Groups of consecutive values in sorted order. `cuts[level]` holds the ascending positions (from 1) in the sorted
   * distinct values where a new group starts; each level's cuts are a subset of the cuts of the level before.
   */
  | { readonly kind: 'order'; readonly names?: readonly string[]; readonly cuts: readonly (readonly number[])[] }
  /** The dataset's place table: zone, borough, city. */
  | { readonly kind: 'place' }
  /** Written out: a row is a base value, then its label at each level; the last label is "*". */
  | { readonly kind: 'table'; readonly names?: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Straight to "*". */
  | { readonly kind: 'suppress' };

export type DateStep = 'minute' | 'hour' | 'daypart' | 'day' | 'week' | 'month' | 'year';

/** Hierarchies chosen by the user, by column; a column without one uses its descriptor's ladder. */
export type HierarchySpecs = Readonly<Record<string, HierarchySpec>>;
