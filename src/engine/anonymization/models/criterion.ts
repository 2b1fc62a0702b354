import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Hierarchy } from '../../table/hierarchy.ts';

/**
 * A sensitive column as models see it: what is known before any class is formed.
 */
export interface SensitiveDomain {
  readonly column: string;
  /** Distinct values (codes 0..size-1). */
  readonly size: number;
  readonly labels: readonly string[];
  /** Rows with each value in the whole table, before suppression. */
  readonly overall: Uint32Array;
  readonly rows: number;
  /** Number of each code, where values are numbers: the order of `ordered` distances. */
  readonly order?: Float64Array;
  /** Tree over the codes (base codes of the hierarchy = codes here), for hierarchical distances. */
  readonly hierarchy?: Hierarchy;
}

/** One equivalence class: rows by sensitive value. `values[0..distinct)` lists the codes that occur, in any order. */
export interface ClassValues {
  readonly size: number;
  /** Rows of the class with each code; zero outside `values[0..distinct)`. */
  readonly counts: Uint32Array;
  readonly values: Uint32Array;
  readonly distinct: number;
}

/**
 * One model made ready for a column: every class has one number, compared with one threshold. So a solved lattice keeps
 * the number per class, and a move of the threshold needs no new classes.
 */
export interface Criterion {
  readonly model: PrivacyModel;
  /** The class's number: distinct values, exp(entropy), r1 / tail, distance, gain... */
  measure(cls: ClassValues): number;
  /**
   * Decision in the published form of the inequality, where that and `measure` may round a tie differently: what a
   * full-domain search keeps per class, and compares together with the class's rows.
   */
  readonly published?: {
    measure(cls: ClassValues): number;
    holds(value: number, size: number): boolean;
  };
  /** Whether a class with that number satisfies the model as parametrized. Ties within 1e-12 relative satisfy `<=`, `>=`. */
  holds(value: number): boolean;
  /** The union of two classes that hold also holds: a coarser node never suppresses more because of it. */
  readonly monotone: boolean;
  /** Classes below this many rows can never hold (k, ceil(l)); 1 when the model says nothing of it. */
  readonly leastRows: number;
}
