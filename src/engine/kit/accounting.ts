import type { PrivacyEvent } from './guarantee.ts';
import type { CountedLaw, LossLaw } from './loss-law.ts';
import type { Loss } from './loss.ts';
import type { Citation } from './technique.ts';
import type { Text } from './text.ts';

/** Questions about privacy loss that need no data, and their answers: what the page's lens and bound race draw. */

/** A value known to lie between two proven bounds; equal where it is exact. */
export interface Bracket {
  readonly lower: number;
  readonly upper: number;
}

/** What an accountant's figure is worth. A `heuristic` (a limit theorem) is no bound and is shown as a warning only. */
export type Proves = 'exact' | 'bound' | 'heuristic';

export type AccountantId =
  | 'basic'
  | 'advanced'
  | 'advanced-improved'
  | 'kov'
  | 'kov-optimal'
  | 'murtagh-vadhan'
  | 'bounded-range'
  | 'zcdp-classic'
  | 'zcdp'
  | 'rdp'
  | 'pld'
  | 'pld-optimistic'
  | 'gaussian'
  | 'gdp-clt';

export interface AccountantDescriptor {
  readonly id: AccountantId;
  readonly label: Text;
  readonly proves: Proves;
  readonly citation: Citation;
}

/** An accountant's reading of a list of laws at one delta. */
export type Accounted =
  | {
      readonly status: 'ok';
      readonly epsilon: number;
      /** Order of Renyi divergence it was found at, and whether that is the end of the orders tried. */
      readonly order?: number;
      readonly endOfOrders?: boolean;
    }
  | { readonly status: 'unsupported'; readonly why: Text };

/** Everything one composed privacy-loss distribution says. `grid` = width of a cell of loss (1e-3 live, 1e-4 settled). */
export interface LensQuestion {
  readonly laws: readonly CountedLaw[];
  readonly delta: number;
  readonly grid: number;
  /** Prior probability of the fact an attacker wants to know. */
  readonly prior: number;
  /** Points of the two curves. */
  readonly epsilons: readonly number[];
  readonly falsePositiveRates: readonly number[];
}
export interface LensAnswer {
  /** Epsilon at the asked delta. */
  readonly epsilon: Bracket;
  /** Delta at each asked epsilon. */
  readonly profile: { readonly lower: Float64Array; readonly upper: Float64Array };
  /** Least false-negative rate of any attack at each asked false-positive rate; `lower` is the proven promise. */
  readonly tradeoff: { readonly lower: Float64Array; readonly upper: Float64Array };
  /** Largest true-positive minus false-positive rate, delta(0). */
  readonly advantage: Bracket;
  /** Best accuracy of a guess between two equally likely neighbouring tables, (1 + advantage) / 2. */
  readonly accuracy: Bracket;
  /** Best accuracy of guessing a fact of the asked prior. */
  readonly accuracyAtPrior: Bracket;
  /** Largest belief in a fact of that prior that a release may cause, outside an event of probability delta. */
  readonly posterior: Bracket;
}

/** What the user holds on to while the noise is solved for. */
export type LensTarget =
  | { readonly kind: 'epsilon'; readonly value: number; readonly delta: number }
  | { readonly kind: 'delta'; readonly value: number; readonly epsilon: number }
  | { readonly kind: 'advantage'; readonly value: number }
  | { readonly kind: 'accuracy'; readonly value: number }
  | { readonly kind: 'accuracy-at-prior'; readonly value: number; readonly prior: number }
  | { readonly kind: 'posterior'; readonly value: number; readonly prior: number; readonly delta: number }
  | { readonly kind: 'true-positive-rate'; readonly value: number; readonly falsePositiveRate: number };

/** Least factor for all noise of `laws` that meets the target by proven (upper) bounds. */
export interface SolveQuestion {
  readonly laws: readonly CountedLaw[];
  readonly target: LensTarget;
  readonly grid: number;
}
/** `factor` multiplies the noise (kit/loss-law.ts, `withNoiseTimes`). @see infeasible errors where no noise meets it. */
export interface SolveAnswer {
  readonly factor: number;
}

/** All accountants on the same releases, repeated 1, 2, 5... times. */
export interface RaceQuestion {
  readonly laws: readonly CountedLaw[];
  readonly delta: number;
  readonly repeats: readonly number[];
  readonly grid: number;
}
export interface RaceAnswer {
  readonly lanes: readonly {
    readonly id: AccountantId;
    readonly label: Text;
    readonly proves: Proves;
    readonly citation: Citation;
    /** By repeat; an unsupported accountant has none. */
    readonly accounted: readonly Accounted[];
  }[];
  /** Where the truth lies, by repeat. */
  readonly truth: readonly Bracket[];
}

/** A ledger read by every accountant, before and after an event that is not asked yet. */
export interface LedgerQuestion {
  readonly events: readonly PrivacyEvent[];
  readonly asked?: PrivacyEvent;
  readonly budget: Loss;
  readonly grid: number;
}
export interface LedgerAnswer {
  /** At the budget's delta. */
  readonly lanes: readonly {
    readonly id: AccountantId;
    readonly proves: Proves;
    readonly before: Accounted;
    /** With the event that is asked for; as before where none is. */
    readonly after: Accounted;
    /** Whether `after` is proven to stay within the budget; never by a heuristic or a proof from below. */
    readonly fits: boolean;
  }[];
  readonly truth: { readonly before: Bracket; readonly after: Bracket };
  /** Why these events cannot be added up at all (different units or relations). */
  readonly refused?: Text;
  /** Budget that holds although every question was chosen after the answers before; room for one more pure release. */
  readonly filter: { readonly fits: boolean; readonly room: number };
  /** Loss so far that holds at every moment at once. */
  readonly odometer: Loss;
}

/** What sampling, shuffling and groups make of one release. */
export interface AmplifyQuestion {
  readonly law: LossLaw;
  readonly delta: number;
  /** Share of the rows in a secret Poisson sample. */
  readonly rate: number;
  /** Reports that are shuffled, each by this law as a local randomizer. */
  readonly reports: number;
  /** Rows of one person that are to be hidden together. */
  readonly group: number;
}
export interface AmplifyAnswer {
  /** One release as it is. */
  readonly plain: Accounted;
  /** On a secret sample; add/remove of one row. */
  readonly sampled: Accounted;
  /** Without replacement, replace-one: another relation, so another number that must not be mixed with the one above. */
  readonly sampledReplace: Accounted;
  /** After a shuffler; replace-one of one report. */
  readonly shuffled: Accounted;
  readonly group: Accounted;
}
