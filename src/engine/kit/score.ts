import type { Text } from './text.ts';

/** Two-sided interval at `level` (0.95 = 95 %). `kind` says what varies: noise of the mechanism, or sampling. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly kind: 'sampling' | 'noise' | 'repeats';
}

/** Nothing is drawn that is not a `Score` or a column: a number with all it needs to be understood. */
export interface Score {
  /** Stable id, unique in an outcome: metric or attack id, then what it was measured on, e.g. `unicity/p=2`. */
  readonly id: string;
  readonly label: Text;
  readonly value: number;
  /** `share` (0..1), `ms`, `bytes`, `trips`, `bits`, `nats`, `count`, or a physical unit. */
  readonly unit: string;
  readonly direction: 'higher-is-better' | 'lower-is-better' | 'neutral';
  readonly meaning: 'privacy' | 'risk' | 'utility' | 'cost';
  readonly provenance: 'measured' | 'modelled';
  /** What the number speaks about: this table, or the population it came from. Never mixed up. */
  readonly of?: 'sample' | 'population';
  /** What a utility is about, where that is not the counts: the measured values of sensors. */
  readonly about?: 'values';
  /** Number of independent observations behind the value. */
  readonly n?: number;
  readonly interval?: Interval;
  /** What guessing without the release achieves, for attacks: the bar the value must be read against. */
  readonly baseline?: number;
  /** Proven limit for this value, where the guarantee gives one. */
  readonly bound?: number;
  /** How it was computed, in one sentence with this run's numbers ("1 - |released - true| / true over 6,240 cells"). */
  readonly method: Text;
  /** Literature or file the definition comes from. */
  readonly source?: string;
}
