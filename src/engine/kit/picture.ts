import type { Text } from './text.ts';

/**
 * What a family view draws: small, structured-clone-safe summaries that leave the worker. One kind per view, never per
 * technique, so the page needs no technique ids. Everything true is marked as such: only privileged views may draw it.
 */
export type Picture =
  | CountsPicture
  | ClassesPicture
  | RowsPicture
  | RoundsPicture
  | StreamPicture
  | PartiesPicture
  | PacketsPicture
  | AllocationPicture
  | SeriesPicture;

/** Counts or values over a grid of cells, row-major: the map and the hour strip. */
export interface CountsPicture {
  readonly view: 'counts';
  readonly id: string;
  readonly label: Text;
  readonly unit: string;
  readonly dims: readonly { readonly column: string; readonly label: Text; readonly levels: readonly string[] }[];
  readonly truth: Float64Array;
  readonly released: Float64Array;
  /** 1 = the release says nothing about this cell (hatch). */
  readonly suppressed?: Uint8Array;
  /** Additive noise with a known law: 95 % half width per cell, and the scale in the law's own parameter. */
  readonly noise?: { readonly law: 'laplace' | 'gaussian'; readonly scale: number; readonly halfWidth95: number };
}

/** Equivalence classes by size, before and after. */
export interface ClassesPicture {
  readonly view: 'classes';
  readonly columns: readonly string[];
  readonly before: SizeHistogram;
  readonly after: SizeHistogram;
  readonly k: number;
  readonly suppressedRows: number;
  readonly rows: number;
  /** Generalization applied per column, in words ("pickup zone: borough"), and its information loss 0..1. */
  readonly columnsLoss: readonly { readonly column: string; readonly words: Text; readonly loss: number }[];
}
/** `classes[i]` classes have exactly `size[i]` rows; sizes ascending. */
export interface SizeHistogram {
  readonly size: Uint32Array;
  readonly classes: Uint32Array;
}

/** A few rows before and after, cell by cell. `changed` is 1 where the cell differs; `null` after = suppressed. */
export interface RowsPicture {
  readonly view: 'rows';
  readonly columns: readonly string[];
  readonly before: readonly (readonly (string | number | null)[])[];
  readonly after: readonly (readonly (string | number | null)[] | null)[];
}

/** Training rounds of a model. */
export interface RoundsPicture {
  readonly view: 'rounds';
  readonly clients: readonly { readonly id: string; readonly label: string; readonly rows: number }[];
  readonly rounds: readonly RoundPoint[];
  readonly featureNames: readonly string[];
  readonly weights: Float64Array;
  readonly task: Text;
  /** Same task trained centrally on the pooled raw rows, and the majority guess. */
  readonly central?: { readonly loss: number; readonly accuracy: number; readonly f1: number };
  readonly majority: { readonly accuracy: number };
  /** Rows kept out of training that loss, accuracy and F1 speak about. */
  readonly heldOutRows?: number;
}
export interface RoundPoint {
  readonly round: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly f1: number;
  readonly epsilon?: number;
  /** Norm of each client's update (after clipping), in the order of `clients`; NaN = not taking part. */
  readonly updateNorms: Float64Array;
  readonly bytes: number;
}

/** A live stream of locally randomized answers. `truth`, `estimate` and `halfWidth95` are shares of the answers so far. */
export interface StreamPicture {
  readonly view: 'stream';
  /** What owners are asked about, with its unit: "Fare (USD)". */
  readonly question?: Text;
  readonly buckets: readonly string[];
  readonly epochs: readonly StreamPoint[];
  readonly truth: Float64Array;
  readonly estimate: Float64Array;
  readonly halfWidth95: Float64Array;
  readonly owners: number;
  readonly epsilonPerAnswer: number;
  readonly epsilonSpent: number;
  /** Where answers are made with two coins: P(tell the truth) and P(say yes otherwise), and the parameter that sets each. */
  readonly coins?: { readonly truth: Coin; readonly yes: Coin };
  /**
   * What averaging one owner's answers to one yes-or-no question achieves from a prior of 1/2: the best guess is right
   * with probability `accuracy` after `answers` of them (null: no number of answers gets any further).
   */
  readonly averaging?: { readonly accuracy: number; readonly answers: number | null };
}
export interface Coin {
  readonly param: string;
  readonly probability: number;
}
export interface StreamPoint {
  readonly epoch: number;
  readonly answers: number;
  /** Mean absolute error of the shares, this epoch alone and of the running estimate. */
  readonly error: number;
  readonly runningError: number;
}

/** Parties of a protocol and what went between them. */
export interface PartiesPicture {
  readonly view: 'parties';
  readonly parties: readonly string[];
  readonly messages: readonly {
    readonly from: number;
    readonly to: number;
    readonly round: number;
    readonly bytes: number;
    readonly what: Text;
  }[];
  readonly labels: readonly string[];
  readonly inputs: readonly Float64Array[];
  /** First words each party saw: they look random. */
  readonly seen: readonly { readonly party: number; readonly words: Uint32Array }[];
  readonly opened: Float64Array;
  readonly truth: Float64Array;
  readonly modulus: string;
}

/** Encrypted telemetry. */
export interface PacketsPicture {
  readonly view: 'packets';
  readonly plain: readonly string[];
  readonly cipherHex: readonly string[];
  readonly nonceHex: readonly string[];
  readonly plainBytes: number;
  readonly cipherBytes: number;
  /** Share of each byte value in plain and cipher text (256 each). */
  readonly plainBytesShare: Float64Array;
  readonly cipherBytesShare: Float64Array;
  /** Packets behind the byte counts, and what became of those changed on the way. */
  readonly packets?: number;
  readonly tampered?: { readonly tried: number; readonly rejected: number };
}

/** How a budget was divided; parts always sum to the total exactly. */
export interface AllocationPicture {
  readonly view: 'allocation';
  readonly total: number;
  readonly parts: readonly {
    readonly id: string;
    readonly label: Text;
    readonly share: number;
    readonly epsilon: number;
    readonly halfWidth95: number;
    readonly unit: string;
  }[];
}

/** An answer given again at every step of time. Arrays have one entry a step; steps from `done` on are still to come (zeros). */
export interface SeriesPicture {
  readonly view: 'series';
  readonly id: string;
  readonly label: Text;
  readonly unit: string;
  /** What one step is ("day"), and the name of each, in order. */
  readonly stepUnit: string;
  readonly steps: readonly string[];
  readonly done: number;
  readonly truth: Float64Array;
  readonly released: Float64Array;
  /** 95 % half width of the noise at each step; 0 where nothing can be said of it. */
  readonly halfWidth95: Float64Array;
  /** 1 = a fresh answer, 0 = the last one again; absent where every step is answered afresh. */
  readonly fresh?: Uint8Array;
  /** Epsilon spent in the window of steps that ends here, and what may be spent in any window. */
  readonly spent?: { readonly window: number; readonly epsilon: Float64Array; readonly limit: number };
}
