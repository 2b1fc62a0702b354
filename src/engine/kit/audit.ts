import type { Rate } from './breaking.ts';
import type { ParamRecord } from './params.ts';
import type { Loss } from './loss.ts';
import type { Text } from './text.ts';
import type { Rng } from '../rng/rng.ts';

/**
 * A mechanism made testable from outside: pairs of neighbouring tables, and what one run on each lets an observer see. It must draw
 * through the same code as a release does; an audit of a copy proves nothing.
 */
export interface Audited {
  readonly claim: Loss;
  /** Whether outputs are whole cells (events are sets of values) or points on a line (events are half lines and bins). */
  readonly outputs: 'discrete' | 'continuous';
  readonly pairs: readonly AuditPair[];
  /**
   * How far one unit moves an answer, in what a hasty author would take for it (1): "sensitivity forgotten" draws with that much
   * less noise. Absent or 1: nothing to forget here, so parameters under which there is are looked for.
   */
  readonly sensitivity?: number;
  /**
   * The claim's whole curve, delta(epsilon), where the mechanism's law is known (mu of Gaussian noise): it is tested at small epsilons too,
   * where wrong noise shows in far fewer draws than at a tiny delta.
   */
  profile?(epsilon: number): number;
  /** Pairs with a bug planted by the author's own hand, for a technique whose noise is not set by a parameter `epsilon` or `rho`. */
  plant?(bug: PlantedBug): readonly AuditPair[] | undefined;
}
export interface AuditPair {
  readonly label: Text;
  /** Curve of the claim for this pair, where it is another than the whole technique's: all of the budget spent on one question. */
  profile?(epsilon: number): number;
  /** Runs on table 0 or its neighbour 1, once for each element of `out`, and writes what is seen (one number a run). */
  draw(world: 0 | 1, rng: Rng, out: Float64Array): void;
}

/** Bugs that can be planted to see whether the audit would notice. */
export type PlantedBug = 'none' | 'scale halved' | 'sensitivity forgotten' | 'seeded twice';

export interface AuditQuestion {
  /**
   * A technique of the registry with an `audit` export; `mechanism/<id>` for an additive mechanism (params: epsilon, delta,
   * sensitivity, noise 'exact' | 'fast'); `known/<id>` for a built-in one (dp/audit/known.ts; params: epsilon, delta, sensitivity).
   */
  readonly technique: string;
  readonly params: ParamRecord;
  readonly bug: PlantedBug;
  /** Runs per world and pair: half to choose the event, half to test it. */
  readonly draws: number;
  /** Chance that a correct mechanism is accused, over all pairs together. */
  readonly alpha: number;
  readonly seed: number;
}
export interface AuditAnswer {
  readonly claim: Loss;
  /** Largest lower bound over the pairs, at confidence 1 - alpha. Never below 0. */
  readonly lowerBound: number;
  /** Whether a bound lies above the claim: epsilon's, or that of a point of its curve. */
  readonly accused: boolean;
  /** The most this many draws could certify, even of a mechanism that hides nothing: a bound near it says little of what lies above. */
  readonly ceiling: number;
  /** What was planted, in words; absent without a bug. */
  readonly planted?: Text;
  readonly pairs: readonly {
    readonly label: Text;
    readonly lowerBound: number;
    /** How often the chosen event happened, in each world, of `trials`. */
    readonly hits: readonly [number, number];
    readonly trials: number;
    readonly event: Text;
    /** Where the claim's curve is known: certified lower bounds on delta at some epsilons, beside what is claimed there. */
    readonly profile?: readonly { readonly epsilon: number; readonly delta: number; readonly claimed: number }[];
    /** Empirical trade-off: false-positive and false-negative rates of likelihood-ratio tests on fresh draws. */
    readonly curve: { readonly fpr: Float64Array; readonly fnr: Float64Array };
  }[];
  /** Runs per world and pair that were really made (fewer than asked where a planted bug makes runs slow). */
  readonly draws: number;
}

/** The same audit with its planted bug, `audits` times over with fresh draws. */
export interface AuditPowerQuestion extends AuditQuestion {
  readonly audits: number;
}
export interface AuditPowerAnswer {
  /** How often the bug is noticed; the baseline is the chance that a correct mechanism is accused. */
  readonly caught: Rate;
  /** Middle one of the lower bounds. */
  readonly middleBound: number;
}
