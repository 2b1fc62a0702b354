import type { Words } from './words.ts';
import { WORD_BITS } from './words.ts';

/**
 * A law on 0, 1, 2... by certified weights. It need not be normalised, and may go on without end.
 */
export interface CertifiedLaw {
  /**
   * Bounds of the first weights in units of 2^-bits, as many as matter at that precision, and a bound of the sum of all others.
   * Relative to the sum of the weights the bounds must close in on the truth as `bits` grows.
   */
  weights(bits: number): CertifiedWeights;
}

export interface CertifiedWeights {
  readonly lower: readonly bigint[];
  readonly upper: readonly bigint[];
  /** The weights not listed sum to `rest` at most; 0 where the list is complete. */
  readonly rest: bigint;
}

/** Bounds of the cumulative probabilities P(X <= i), in units of 2^-bits. */
interface Cumulative {
  readonly bits: number;
  readonly lower: readonly bigint[];
  readonly upper: readonly bigint[];
}

/** Bits of precision beyond those asked for: the bounds of a sum of thousands of weights are that many units apart. */
const GUARD = 40;
/** A table that is still undecided after so many bits has a law that does not close in: a bug of the law, not bad luck. */
const MOST_BITS = 1 << 16;

/**
 * Exact sampling by inversion: X is the first i with U < P(X <= i), U uniform on [0, 1) and read one word at a time. The first word
 * decides unless it falls on the very cell that a cumulative probability lies in (2^-32 an entry); then more words are drawn, and the
 * probabilities computed to more bits, until it is decided. No rounding anywhere: the law is the exact one.
 */
export class CertifiedTable {
  /** Last word that may still mean i: the word's cell begins below P(X <= i). Sentinel 2^bits - 1 at the end. */
  private readonly last: Uint32Array;
  /** 1 where that last word is undecided. */
  private readonly edge: Uint8Array;
  /** First i that a word with these leading bits may mean. */
  private readonly guide: Int32Array;
  private readonly shift: number;
  private finer: Cumulative | undefined;

  constructor(
    private readonly law: CertifiedLaw,
    readonly wordBits = WORD_BITS,
  ) {
    const { last, edge } = entries(law, wordBits);
    this.last = Uint32Array.from(last);
    this.edge = Uint8Array.from(edge);
    const leading = Math.min(9, wordBits);
    this.shift = wordBits - leading;
    this.guide = new Int32Array(1 << leading);
    // Entries without mass have no word; they are passed over.
    let i = last.findIndex((word) => word >= 0);
    for (let bucket = 0; bucket < this.guide.length; bucket += 1) {
      const first = bucket * (1 << this.shift);
      while ((last[i] as number) < first) i += 1;
      this.guide[bucket] = i;
    }
  }

  /** One draw; `words` must have the table's word size. */
  draw(words: Words): number {
    const word = words.next();
    let i = this.guide[word >>> this.shift] as number;
    while (word > (this.last[i] as number)) i += 1;
    return word === this.last[i] && this.edge[i] === 1 ? this.settle(words, word, i) : i;
  }

  /** Draws on, from entry `from`: all before it are ruled out. */
  private settle(words: Words, word: number, from: number): number {
    const step = BigInt(this.wordBits);
    let value = BigInt(word);
    let drawn = this.wordBits;
    let i = from;
    for (;;) {
      value = (value << step) | BigInt(words.next());
      drawn += this.wordBits;
      const { bits, lower, upper } = this.cumulative(drawn);
      const unit = BigInt(bits - drawn);
      while (i < upper.length && value << unit >= (upper[i] as bigint)) i += 1;
      if (i < lower.length && (value + 1n) << unit <= (lower[i] as bigint)) return i;
    }
  }

  private cumulative(drawn: number): Cumulative {
    if (this.finer === undefined || this.finer.bits < drawn + GUARD) {
      if (drawn > MOST_BITS) throw new RangeError('a law whose bounds do not close in');
      this.finer = cumulative(this.law, 2 * drawn + 128);
    }
    return this.finer;
  }
}

/** Thresholds in words, at a precision at which no bounds lie more than a cell apart. */
function entries(law: CertifiedLaw, wordBits: number): { last: number[]; edge: number[] } {
  for (let bits = wordBits + 32; ; bits *= 2) {
    if (bits > MOST_BITS) throw new RangeError('a law whose bounds do not close in');
    const { lower, upper } = cumulative(law, bits, wordBits);
    const shift = BigInt(bits - wordBits);
    const mask = (1n << shift) - 1n;
    const last: number[] = [];
    const edge: number[] = [];
    const whole = 1n << BigInt(wordBits);
    for (let i = 0; i < lower.length; i += 1) {
      const sure = (lower[i] as bigint) >> shift;
      const above = ((upper[i] as bigint) + mask) >> shift;
      if (above - sure > 1n) break;
      last.push(Number(above) - 1);
      edge.push(above === sure ? 0 : 1);
      if (above === whole) return { last, edge };
    }
  }
}

/** `until`: entries beyond the first that ends in the last of 2^until cells are left out. */
function cumulative(law: CertifiedLaw, bits: number, until = bits): Cumulative {
  const { lower, upper, rest } = law.weights(bits + GUARD);
  const n = lower.length;
  let [low, high] = [0n, 0n];
  let highAfter = rest;
  let lowAfter = 0n;
  for (let i = 0; i < n; i += 1) {
    lowAfter += lower[i] as bigint;
    highAfter += upper[i] as bigint;
  }
  const out = { bits, lower: [] as bigint[], upper: [] as bigint[] };
  const unit = BigInt(bits);
  const whole = ((1n << BigInt(until)) - 1n) << BigInt(bits - until);
  for (let i = 0; i < n; i += 1) {
    low += lower[i] as bigint;
    high += upper[i] as bigint;
    lowAfter -= lower[i] as bigint;
    highAfter -= upper[i] as bigint;
    // a / (a + b) rises with a and falls with b.
    const [least, most] = [low + highAfter, high + lowAfter];
    const [lowest, highest] = [
      least === 0n ? 0n : (low << unit) / least,
      most === 0n ? 1n << unit : ((high << unit) + most - 1n) / most,
    ];
    out.lower.push(lowest);
    out.upper.push(highest);
    if (until < bits && lowest >= whole && highest > whole) break;
  }
  return out;
}
