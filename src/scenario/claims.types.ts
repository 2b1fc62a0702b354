import type { Text } from '../engine/kit/text.ts';
import type { Preset } from './spec.ts';

export type Paper = NonNullable<Preset['paper']>;

interface Where {
  readonly preset: string;
  readonly branch: string;
}

/** Where a figure comes from: a standard scenario's branch, and what of it. */
export type Source =
  | (Where & { readonly kind: 'score'; readonly score: string })
  /** Bytes counted between the parties. */
  | (Where & { readonly kind: 'bytes' })
  | (Where & { readonly kind: 'latency'; readonly stat: 'minMs' | 'avgMs' | 'p95Ms' })
  /** What the federated model loses against the same model trained centrally, in points (1 = one hundredth). */
  | (Where & { readonly kind: 'model-loss'; readonly of: 'f1' | 'accuracy' })
  | (Where & { readonly kind: 'epsilon' })
  /** 95 % relative half width of the commonest answer, scaled to this many answers. */
  | (Where & { readonly kind: 'stream-error'; readonly answers: number })
  | (Where & { readonly kind: 'stream-epsilon' })
  /** Budget of the class with the smallest share, over that of the class with the largest. */
  | (Where & { readonly kind: 'allocation' })
  /** Rows through the protection of a branch in a second, in this browser. */
  | (Where & { readonly kind: 'throughput' })
  /** Relative change from one figure to another: to / from - 1. */
  | { readonly kind: 'change'; readonly from: Source; readonly to: Source };

/** When a measured value agrees with the claim. `alone`: the paper states no figure to hold it against. */
export type Expectation =
  | { readonly at: 'most' | 'least'; readonly value: number }
  | { readonly at: 'about'; readonly value: number; readonly within: number }
  | { readonly at: 'alone' };

export interface Test {
  readonly source: Source;
  /** What exactly is measured: attack, metric and population, in words. */
  readonly measures: Text;
  readonly expect: Expectation;
}

/** The paper's own numbers held against each other. */
export interface Arithmetic {
  readonly agrees: boolean;
  readonly says: Text;
}

/** A claim of a paper as data: what it says, and how it is tested here, or why it cannot be. */
export interface Claim {
  readonly id: string;
  readonly paper: Paper;
  readonly statement: Text;
  /** The paper's figure as printed, where it has one. */
  readonly figure?: string;
  readonly test?: Test;
  /** Why it cannot be tested here; required where there is no test and no arithmetic. */
  readonly cannot?: Text;
  readonly arithmetic?: Arithmetic;
  /** What to bear in mind when reading the measured value. */
  readonly caveat?: Text;
}
