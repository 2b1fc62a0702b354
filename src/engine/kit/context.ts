import type { Rng } from '../rng/rng.ts';
import { cancelled } from './errors.ts';
import type { Text } from './text.ts';

/** What a protocol or a training round moved, counted (never slept). Network time is modelled from it, elsewhere. */
export interface CostTotals {
  readonly messages: number;
  readonly bytes: number;
  readonly rounds: number;
}

export interface CostMeter {
  /** Counts `messages` messages with `bytes` bytes in all. */
  send(messages: number, bytes: number): void;
  /** Counts `n` sequential rounds of communication. */
  round(n?: number): void;
  totals(): CostTotals;
}

/** All that is impure, handed to an engine module. */
export interface Ctx {
  readonly rng: Rng;
  readonly cost: CostMeter;
  /**
   * Reports progress (fraction 0..1, never falling), may hand over a partial result, yields a macrotask at most every
   * ~20 ms so that a cancel gets through, and throws `cancelled` after one. Await it in every loop over data.
   */
  checkpoint(fraction: number, note?: Text, partial?: unknown): Promise<void>;
  /** Lazily loads a facts file of a dataset or the tfjs oracle: bytes by name, from the page's own origin. */
  readonly asset?: (url: URL) => Promise<Uint8Array>;
}

/** A checkpoint inside a step whose progress is not told apart: between columns, between pictures. */
export type Pause = () => Promise<void>;

export function costMeter(): CostMeter {
  let messages = 0;
  let bytes = 0;
  let rounds = 0;
  return {
    send: (m, b) => {
      messages += m;
      bytes += b;
    },
    round: (n = 1) => {
      rounds += n;
    },
    totals: () => ({ messages, bytes, rounds }),
  };
}

/** A context that neither reports nor yields, for tests and synchronous tools. `isCancelled` is polled at checkpoints. */
export function quietContext(rng: Rng, isCancelled: () => boolean = () => false): Ctx {
  return {
    rng,
    cost: costMeter(),
    checkpoint: async () => {
      if (isCancelled()) throw cancelled();
    },
  };
}
