import type { Proves } from './accounting.ts';
import type { Text } from './text.ts';

/**
 * The same statistic released again and again: what one unit loses over the horizon under every policy, and what a release
 * still says some days later. A longitudinal view that needs no data.
 */
export interface OverTimeQuestion {
  /** Hours between two releases: 1, 24, 168... */
  readonly everyHours: number;
  readonly days: number;
  /** Noise of one release: its loss alone is `epsilon` (and `delta` for Gaussian noise) about one appearance of one unit. */
  readonly mechanism: 'laplace' | 'gaussian';
  readonly epsilon: number;
  readonly releaseDelta: number;
  /** Share of the releases one unit is part of: 1 = somebody who is there every time; 0 = exactly one of them (an event). */
  readonly presence: number;
  /** Days after which the `renewed` policy counts from zero again. */
  readonly renewDays: number;
  /** Days of the window a promise is wanted for. */
  readonly windowDays: number;
  /** Share of a unit's habits that is still the same a day later (lag-one autocorrelation), 0..1. */
  readonly persistence: number;
  /** An attacker's belief in a fact about the unit before any release. */
  readonly prior: number;
  /** Delta the composed loss is read at, and width of a cell of loss. */
  readonly delta: number;
  readonly grid: number;
}

/**
 * `fresh`: every release has noise of its own. `renewed`: the same noise, with a budget that is counted anew every period.
 * `window`: a stream that spends that epsilon in any `windowDays` days, shared between the answers in them. `memoised`: one noisy
 * answer, repeated. `tree`, `square-root`: running totals by binary tree or by square-root
 * factorisation, with the same whole loss about one appearance as one fresh release.
 */
export type TimePolicyId = 'fresh' | 'renewed' | 'window' | 'memoised' | 'tree' | 'square-root';

/** How losses are added up. */
export type TimeAccountant = 'basic' | 'advanced' | 'zcdp' | 'pld';

export interface TimeLane {
  readonly id: TimePolicyId;
  readonly label: Text;
  /** Loss of one unit from the start to each of `days`, by accountant; those that cannot read the policy are left out. */
  readonly loss: readonly { readonly id: TimeAccountant; readonly proves: Proves; readonly epsilon: Float64Array }[];
  /** What the policy's own books say has been spent by each of `days`: a renewed budget starts again at zero. */
  readonly booked: Float64Array;
  /** Tightest proven epsilon at the asked delta: about one release, one renewal period, any window, the whole horizon. */
  readonly promises: {
    readonly release: number;
    readonly period: number;
    readonly window: number;
    readonly lifetime: number;
  };
  /** Standard deviation of the noise of one period's count, and of the total over the whole horizon, in units. */
  readonly periodError: number;
  readonly totalError: number;
  /** What it really promises, in a sentence. */
  readonly says: Text;
  /** How much one appearance changes the answer given that many days later (sensitivity per lag), by `lags`. */
  readonly effect: Float64Array;
}

export interface OverTimeAnswer {
  /** Moments drawn, in days from the start; one entry of each lane's series. */
  readonly days: Float64Array;
  readonly releases: number;
  readonly lanes: readonly TimeLane[];
  /** What one release says about the unit as it is `lags` days later. */
  readonly degradation: {
    readonly lags: Float64Array;
    /** Largest belief in the fact that one release may cause. */
    readonly belief: Float64Array;
    /** Loss about the later state: largest log odds ratio. Falls from `epsilon` to 0. */
    readonly epsilon: Float64Array;
    /** Days until half of epsilon is left; infinite where habits never change. */
    readonly halfLifeDays: number;
    /** Belief after all releases up to that day, each of them read for what it still says; never above certainty. */
    readonly accumulated: Float64Array;
  };
  /** What these figures take for granted. */
  readonly assumptions: readonly Text[];
}

/** Running totals published at every step, at one whole loss about one appearance: how far off each scheme is. Needs no data. */
export interface TotalsErrorQuestion {
  /** 1 to 20,000. */
  readonly steps: number;
  readonly noise: 'laplace' | 'gaussian';
  readonly epsilon: number;
  readonly delta: number;
  /** Series drawn of every scheme to check the formula: 0 to 2,000. */
  readonly draws: number;
}

export interface TotalsErrorAnswer {
  /** Steps drawn, from 1, ascending: all of them where there are few. */
  readonly steps: Float64Array;
  readonly lanes: readonly TotalsErrorLane[];
  /** Root mean squared error over all totals that no way to share Gaussian noise can beat; absent where not searched for. */
  readonly leastRms?: number;
}

export interface TotalsErrorLane {
  /** `optimal`: the best factorisation for the mean over all totals, found by search and proven by a bound. */
  readonly id: 'input' | 'tree' | 'honaker' | 'square-root' | 'optimal';
  readonly label: Text;
  /** Standard deviation of the total at each of `steps`, by the exact formula, in rows; and as drawn. */
  readonly exact: Float64Array;
  readonly simulated: Float64Array;
  /** Root mean squared error over all totals, by formula and as drawn. */
  readonly rms: number;
  readonly simulatedRms: number;
}
