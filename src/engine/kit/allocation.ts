import type { Sensitivity } from './dataset.ts';

/** What a budget is divided between: public facts about a question, never its answer. */
export interface BudgetedQuestion {
  readonly id: string;
  readonly sensitivityClass: Sensitivity;
  /** Answers in one asking; noise of all of them is set by one share. */
  readonly cells: number;
  /** l1 sensitivity, in the answers' own unit. */
  readonly sensitivity: number;
  /** How much hangs on it, as its owner says; 1 = ordinary. */
  readonly importance: number;
}

/**
 * Rules that divide a budget. All read public things alone: classes, stated importance, and the log of which questions were
 * asked how often.
 */
export type AllocationPolicy =
  | '30-50-20'
  | 'equal'
  | 'frequency'
  | 'importance'
  | 'hierarchical'
  | 'adaptive'
  | 'optimal';

/** The same budget under every rule, over the periods of a query log. Needs no data. */
export interface AllocationQuestion {
  readonly questions: readonly BudgetedQuestion[];
  /** Epsilon of all periods together; each period gets an equal part. */
  readonly total: number;
  /** `log[period][question]` = how often it was asked in that period. */
  readonly log: readonly (readonly number[])[];
  /** Share of a period's count that still counts one period later, 0 to 1. */
  readonly decay: number;
  /** How far the adaptive rule may move a class from its base share, 0 to 1: within base x (1 - room) and base x (1 + room). */
  readonly room: number;
  readonly policies: readonly AllocationPolicy[];
}
export interface AllocationAnswer {
  readonly rows: readonly {
    readonly policy: AllocationPolicy;
    /** Epsilon by period and question, row-major; each period sums exactly to its part of the total. */
    readonly epsilons: Float64Array;
    /** Mean absolute error of one answer of each question in the last period (Laplace noise: sensitivity / epsilon). */
    readonly errors: Float64Array;
    /** The same relative to an equal split, averaged over questions by how often each was asked, times its importance. */
    readonly relativeError: number;
    /** Whether a class of lower sensitivity got less epsilon a question, so stronger noise, than one of higher sensitivity. */
    readonly reversed: boolean;
  }[];
}
