import type { Loss } from './loss.ts';
import type { Citation } from './technique.ts';
import type { Text } from './text.ts';

/** What every mechanism comes to for one question: its law drawn, its errors, its limits and where it was published. */
export interface MechanismCardsQuestion {
  readonly epsilon: number;
  /** Only for mechanisms that need one. */
  readonly delta: number;
  /** How far one unit moves an answer (or a score), a whole number of steps. */
  readonly sensitivity: number;
  /** Answers that one unit moves. */
  readonly cells: number;
}
export interface MechanismCardsAnswer {
  readonly cards: readonly MechanismCard[];
}

export interface MechanismCard {
  readonly id: string;
  readonly kind: 'additive' | 'selection';
  readonly label: Text;
  readonly summary: Text;
  readonly limits: readonly Text[];
  readonly citations: readonly Citation[];
  /** Noise of a release meant to be used: exact, from whole numbers and fair bits. */
  readonly exact: CardLaw;
  /** Floating-point noise for simulation, where there is any. */
  readonly fast?: CardLaw;
}

/** One law of a mechanism, in steps (of an answer, or of the scores of the candidates). */
export interface CardLaw {
  /**
   * `density` of the error; `mass` of each error that can happen; `choice`: probability that the candidate with score x is chosen; `passes`: probability
   * that an answer x above the threshold is called above it.
   */
  readonly drawn: 'density' | 'mass' | 'choice' | 'passes';
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Parameters of the law by name: scale, sigma, gamma... */
  readonly parameters: Readonly<Record<string, number>>;
  readonly loss: Loss;
  readonly meanAbsolute: number;
  /** Root of the mean squared error; absent for a choice. */
  readonly rootMeanSquare?: number;
  /** Smallest `within` such that the error (the shortfall of the choice) is `within` or more with probability at most `alpha`. */
  readonly accuracy: readonly { readonly alpha: number; readonly within: number }[];
}
