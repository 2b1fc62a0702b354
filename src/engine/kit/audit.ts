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
}
export interface AuditPair {
  readonly label: Text;
  /** Runs on table 0 or its neighbour 1, once for each element of `out`, and writes what is seen (one number a run). */
  draw(world: 0 | 1, rng: Rng, out: Float64Array): void;
}

/** Bugs that can be planted to see whether the audit would notice. */
export type PlantedBug = 'none' | 'scale halved' | 'sensitivity forgotten' | 'seeded twice';

export interface AuditQuestion {
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
  readonly accused: boolean;
  readonly pairs: readonly {
    readonly label: Text;
    readonly lowerBound: number;
    /** How often the chosen event happened, in each world, of `trials`. */
    readonly hits: readonly [number, number];
    readonly trials: number;
    readonly event: Text;
    /** Empirical trade-off: false-positive and false-negative rates of likelihood-ratio tests on fresh draws. */
    readonly curve: { readonly fpr: Float64Array; readonly fnr: Float64Array };
  }[];
  readonly draws: number;
}
