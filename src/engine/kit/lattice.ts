import type { PrivacyModel } from './privacy-model.ts';
import type { SizeHistogram } from './picture.ts';

/**
 * What the page asks a solved lattice, and what comes back. A study of a full-domain technique evaluates every node
 * once; each question is then answered without a new search. A lattice may be split over workers: each part answers
 * for its own nodes and `mergeAnswers` (scenario/lattice.ts) puts the parts together.
 */

/** Utility measures of a node (reference/anonymization.md; lower is better for all of them). */
export type LatticeMetric =
  | 'loss'
  | 'loss-arithmetic'
  | 'discernibility'
  | 'discernibility-monotonic'
  | 'class-size'
  | 'non-uniform-entropy'
  | 'non-uniform-entropy-monotonic'
  | 'normalized-entropy'
  | 'precision'
  | 'precision-monotonic'
  | 'height'
  | 'ambiguity'
  | 'entropy-loss'
  | 'kl';

export interface LatticeQuestion {
  readonly kind: 'optimum';
  readonly models: readonly PrivacyModel[];
  /** Rows that may be suppressed, as a share of all rows. */
  readonly limit: number;
  readonly metric: LatticeMetric;
  /** Attribute weights in the order of `LatticeShape.columns`; all 0.5 when absent. Only the loss measures use them. */
  readonly weights?: readonly number[];
  /** Generalization/suppression factor: 0.5 weighs both alike, below favours suppression, above generalization. */
  readonly gsFactor: number;
}

/** What never changes between questions. Node index: mixed radix over `levels`, the last column fastest. */
export interface LatticeShape {
  readonly columns: readonly string[];
  /** Number of levels of each column. */
  readonly heights: readonly number[];
  readonly levelNames: readonly (readonly string[])[];
  readonly nodes: number;
  readonly rows: number;
  /** What a search over this lattice proves. */
  readonly proof: 'exhaustive' | 'pruned' | 'heuristic';
  /** Nodes whose classes were formed in this part, and those excluded by a proof (monotonicity) instead. */
  readonly evaluated: number;
  readonly excluded: number;
  /** Limit up to which answers are held; larger limits need a new solution. */
  readonly limit: number;
  /** Sensitive columns whose distinct values are counted per class, in order. */
  readonly sensitive: readonly string[];
  /** Distinct values of each sensitive column in the table. */
  readonly sensitiveValues: readonly number[];
}

/** Admissible nodes of one part for one question. Arrays run in parallel, nodes ascending. */
export interface LatticeAnswer {
  readonly nodes: Uint32Array;
  readonly loss: Float64Array;
  readonly suppressed: Uint32Array;
  /** Kept classes, and rows of the smallest kept class. */
  readonly classes: Uint32Array;
  readonly smallest: Uint32Array;
  /** Index of the best node, or -1 where none is admissible; ties (1e-9 relative) in `ties`, the best one first. */
  readonly best: number;
  readonly bestLoss: number;
  readonly ties: readonly number[];
  /** Loss of each column at the best node, and what each column adds to the chosen measure (empty where it is none of columns). */
  readonly lossPerColumn: readonly number[];
  readonly measurePerColumn: readonly number[];
  /** What this answer proves, where it was searched for alone; else what the shape says. */
  readonly proof?: LatticeShape['proof'];
}

/** All there is to know of one node under a question: what the page shows when one is pointed at. */
export interface NodeQuestion {
  readonly kind: 'node';
  readonly node: number;
  readonly question: LatticeQuestion;
}
export interface NodeAnswer {
  readonly node: number;
  readonly levels: readonly number[];
  readonly admissible: boolean;
  readonly loss: number;
  readonly lossPerColumn: readonly number[];
  readonly classes: number;
  readonly smallest: number;
  readonly largest: number;
  readonly suppressed: number;
  readonly rows: number;
  /** Classes by size before suppression. */
  readonly sizes: SizeHistogram;
  /** A few rows at this node: labels per column, or null where the row would be suppressed. */
  readonly sample: readonly (readonly string[] | null)[];
}

export type StudyQuestion = LatticeQuestion | NodeQuestion;
export type StudyAnswer = LatticeAnswer | NodeAnswer;
