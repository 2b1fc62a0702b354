import type { Text } from './text.ts';

/** Attacks that anyone can run without data: what goes wrong without a mechanism, and how far the same attack gets with one. */
export type BreakQuestion = FloatingPointQuestion | AveragingQuestion | ReconstructionQuestion | DifferencingQuestion;
export type BreakAnswer = FloatingPointAnswer | AveragingAnswer | ReconstructionAnswer | DifferencingAnswer;

export interface Adversary {
  readonly who: Text;
  readonly knows: readonly Text[];
  readonly wants: Text;
}

/** A measured success rate with its 95 % interval, and what is reached without the answers. */
export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Independent trials behind it. */
  readonly n: number;
  readonly baseline: number;
}

interface Broken {
  readonly adversary: Adversary;
  /** What was done, in one sentence with this run's numbers. */
  readonly method: Text;
}

/** One output of a mechanism on the answer 0 or 1: does its floating-point form prove which? (Mironov, 2012) */
export interface FloatingPointQuestion {
  readonly attack: 'floating-point';
  /** Scale of the Laplace noise, 1 / epsilon for a count. */
  readonly scale: number;
  /** Releases of each answer. */
  readonly releases: number;
  readonly seed: number;
}
export interface FloatingPointAnswer extends Broken {
  readonly attack: 'floating-point';
  /** Textbook floating-point noise: share of releases that prove the answer, for the answers 0 and 1. */
  readonly naive: readonly [Rate, Rate];
  /** Of these, the share that needs no search: the last bits alone lie off the other answer's grid. */
  readonly byLastBits: readonly [Rate, Rate];
  /** The same decision about this engine's whole-number noise. */
  readonly exact: readonly [Rate, Rate];
  /** Some releases as the attacker sees them, with the verdict: the answer that is proved, or none. */
  readonly examples: readonly { readonly released: number; readonly answer: 0 | 1; readonly proves?: 0 | 1 }[];
}

/** The same question asked again and again, each time with fresh noise. */
export interface AveragingQuestion {
  readonly attack: 'averaging';
  /** Loss of one answer. */
  readonly epsilon: number;
  /** What the ledger allows in all. */
  readonly budget: number;
  /** Attackers simulated. */
  readonly trials: number;
  readonly seed: number;
}
export interface AveragingAnswer extends Broken {
  readonly attack: 'averaging';
  readonly points: readonly {
    readonly answers: number;
    /** By basic composition. */
    readonly epsilonSpent: number;
    /** Mean over the trials of |average of the answers - true count|. */
    readonly error: number;
    /** How often the rounded average is the true count. The baseline is that of a single answer. */
    readonly known: Rate;
  }[];
  /** Answers after which the true count is read off in 95 % of cases (first simulated number of answers that shows it); absent if more than tried. */
  readonly knownAfter?: number;
  /** Answers the ledger gives before it refuses, and what is known then. */
  readonly allowed: number;
  readonly knownAtRefusal: Rate;
}

/** A secret bit each of some people, and noisy counts over random subsets of them (Dinur, Nissim, 2003). */
export interface ReconstructionQuestion {
  readonly attack: 'reconstruction';
  readonly people: number;
  readonly epsilon: number;
  /** Whether each answer costs `epsilon` (nobody keeps a ledger), or all of them together. */
  readonly spending: 'per answer' | 'in all';
  /** Numbers of answers tried; a ladder up to eight times the people when absent. */
  readonly queries?: readonly number[];
  /** Secrets drawn afresh for each number of answers. */
  readonly trials: number;
  readonly seed: number;
}
export interface ReconstructionAnswer extends Broken {
  readonly attack: 'reconstruction';
  readonly points: readonly {
    readonly queries: number;
    /** Scale of the noise in one answer. */
    readonly scale: number;
    /** Loss about one person over all answers, by basic composition. */
    readonly epsilonSpent: number;
    /** Share of bits recovered; its interval is over secrets, not over bits. */
    readonly recovered: Rate;
    /** Proven limit of that share at this loss, e^epsilon / (1 + e^epsilon). */
    readonly bound: number;
  }[];
}

/** Two counts that differ by one person. */
export interface DifferencingQuestion {
  readonly attack: 'differencing';
  /** Loss of both counts together. */
  readonly epsilon: number;
  readonly trials: number;
  readonly seed: number;
}
export interface DifferencingAnswer extends Broken {
  readonly attack: 'differencing';
  /** Exact counts, then noisy ones. */
  readonly exactCounts: Rate;
  readonly noisyCounts: Rate;
  readonly bound: number;
}
