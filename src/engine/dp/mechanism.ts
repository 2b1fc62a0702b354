import type { LossLaw } from '../kit/loss-law.ts';
import type { Loss } from '../kit/loss.ts';
import type { Citation } from '../kit/technique.ts';
import type { Text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';

/**
 * Mechanisms that add noise to a vector of answers. One file each in `mechanisms/`, one line in `mechanisms/list.ts`; techniques
 * offer them as a choice. A vector is in whole *steps* of a grid (counts: a step is one row), so that the sum is exact.
 */
export interface AdditiveMechanism {
  readonly id: string;
  readonly label: Text;
  readonly summary: Text;
  readonly citations: readonly Citation[];
  readonly limits: readonly Text[];
  /** Whether it needs delta > 0. */
  readonly approximate: boolean;
  /** Which norm of the change by one unit its noise is set by. */
  readonly norm: 'l1' | 'l2' | 'linf';
  /**
   * Least noise that keeps the claim.
   * @throws invalid-param for a claim or a sensitivity it cannot keep, with the remedy.
   */
  calibrate(claim: Loss, by: Change): Calibrated;
}

/** How much one hidden unit may change a vector of answers, in steps, and the range answers are declared to lie in. */
export interface Change {
  readonly l1: number;
  readonly l2: number;
  readonly linf: number;
  /** Cells one unit may change; 1 makes the exact one-answer laws apply. */
  readonly cells: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** What is known of a noise law. Figures are in steps; where noise depends on the truth they hold for the worst truth. */
export interface Figures {
  /** The law's own parameters, by name (scale, sigma, gamma...). */
  readonly parameters: Readonly<Record<string, number>>;
  /** What this release costs; never more than the claim it was calibrated for. */
  readonly loss: Loss;
  readonly law: LossLaw;
  readonly variance: number;
  readonly meanAbsolute: number;
  /** Smallest a known with P(|released - true| >= a) <= alpha, for one answer. */
  accuracy(alpha: number): number;
  /** Errors are whole numbers of steps: one below `accuracy(alpha)` is at most a step less. */
  readonly whole?: true;
}

/** A mechanism with its noise fixed. The figures are those of `simulate`. */
export interface Calibrated extends Figures {
  /** Figures of `release`, where whole-number noise has a law of its own. Absent = the same. */
  exactly?(): Figures;
  /** Fast seeded floating-point noise, for simulation only: `out[i] = values[i] + noise` (or what the law makes of it). */
  simulate(rng: Rng, values: ArrayLike<number>, out: Float64Array): void;
  /** Exact whole-number noise, for a release meant to be used. `values` are whole. */
  release(rng: Rng, values: ArrayLike<number>, out: Float64Array): void;
}

/** Figures of the noise that is drawn: the exact whole-number one, or the fast one. */
export const figuresOf = (calibrated: Calibrated, exact: boolean): Figures =>
  exact ? (calibrated.exactly?.() ?? calibrated) : calibrated;

/** Half width in steps that an error stays within with probability `level`. */
export const halfWidthAt = (figures: Figures, level: number): number =>
  Math.max(0, figures.accuracy(1 - level) - (figures.whole === true ? 1 : 0));
