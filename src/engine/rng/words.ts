/**
 * Uniform words of `bits` bits, read one after another from blocks. Samplers read from this class alone: one class for the seeded
 * source, the cryptographic one and the tapes of the tests, so that a reading is a few instructions and the sampler that a test walks is
 * the sampler that a release runs. The word size is 32 for every generator; tests walk the same samplers with words of 1 to 4 bits.
 */
export class Words {
  private block: Uint32Array = new Uint32Array(0);
  private at = 0;

  /** `refill` gives the next block, of at least one word; it may reuse its buffer. */
  constructor(
    readonly bits: number,
    private readonly refill: () => Uint32Array,
  ) {}

  /** Whole number, uniform on [0, 2^bits). */
  next(): number {
    if (this.at === this.block.length) {
      this.block = this.refill();
      this.at = 0;
    }
    const word = this.block[this.at] as number;
    // A word that made secret noise does not stay in memory.
    this.block[this.at] = 0;
    this.at += 1;
    return word;
  }

  /**
   * Said by a sampler that throws away all it has drawn and begins anew, keeping nothing. It does nothing; a walk over tapes ends a tape
   * here, since what follows has the law of the whole.
   */
  restart(): void {}
}

/** Bits of the words of every generator that is no tape. */
export const WORD_BITS = 32;

const LARGEST = 9007199254740992;

/** 2^count for whole 0 <= count <= 60, exact. */
export function powerOfTwo(count: number): number {
  return count < 31 ? 1 << count : 1073741824 * (1 << (count - 30));
}

/**
 * Whole number uniform on [0, n), by rejection, for whole 1 <= n <= 2^53. Exact.
 * @throws RangeError for any other n.
 */
export function uniformBelow(words: Words, n: number): number {
  if (!(n >= 1 && n <= LARGEST && Number.isInteger(n)))
    throw new RangeError(`uniformBelow: expected 1 <= n <= 2^53, got ${n}`);
  const above = Math.floor((n - 1) / 4294967296);
  const reach = above === 0 ? 32 - Math.clz32(n - 1) : 64 - Math.clz32(above);
  for (;;) {
    const value = uniformBits(words, reach);
    if (value < n) return value;
  }
}

/** Whole number uniform on [0, 2^count), for 0 <= count <= 53. Exact. */
export function uniformBits(words: Words, count: number): number {
  let value = 0;
  let left = count;
  while (left > words.bits) {
    value = value * powerOfTwo(words.bits) + words.next();
    left -= words.bits;
  }
  return left === 0 ? value : value * powerOfTwo(left) + (words.next() >>> (words.bits - left));
}

/** A fair coin, from one word. */
export const fairCoin = (words: Words): boolean => (words.next() & 1) === 1;
