import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { WORD_BITS, Words } from './words.ts';

/**
 * Seeded, forkable randomness for simulations, and the same interface over a cryptographic source for releases.
 *
 * A generator is named by its path from the seed; `fork(label)` depends on the path alone, never on how many numbers
 * were drawn before, so results do not depend on the order of work or the number of workers.
 *
 * Source: xoshiro128++ 1.0 (Blackman, Vigna, 2019), seeded with SHA-256 of the path.
 */
export interface Rng {
  /** Path from the seed, for provenance; `secure` for the cryptographic source. */
  readonly path: string;
  /** Uniform 32-bit words a block at a time, for samplers. Seeded: a stream of its own, which `u32` and its kin do not advance. */
  readonly words: Words;
  /** Uniform 32-bit unsigned integer. */
  u32(): number;
  /** Uniform double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Uniform integer in [0, n), without modulo bias; 1 <= n <= 2^32. */
  int(n: number): number;
  /** An independent generator named by `label`. */
  fork(label: string): Rng;
}

/** Words of a seeded generator's first and largest block. */
const FIRST_BLOCK = 16;
const LAST_BLOCK = 1024;
/** 64 KiB: the most that one call of `crypto.getRandomValues` gives. */
const SECURE_BLOCK = 16384;

/** Seeded generator. The same seed and labels give the same numbers in every browser. */
export function seededRng(seed: string | number): Rng {
  return fromKey(sha256(utf8ToBytes(`epsilon-city/${seed}`)), String(seed));
}

function fromKey(key: Uint8Array, path: string): Rng {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  let a = view.getUint32(0, true) | 0;
  let b = view.getUint32(4, true) | 0;
  let c = view.getUint32(8, true) | 0;
  let d = view.getUint32(12, true) | 1 | 0; // never the all-zero state
  const u32 = (): number => {
    const sum = (a + d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + a) | 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
  let words: Words | undefined;
  return {
    path,
    get words() {
      words ??= wordsFromKey(childKey(key, WORDS));
      return words;
    },
    u32,
    uniform: () => toUniform(u32(), u32()),
    int: (n) => boundedInt(u32, n),
    fork: (label) => fromKey(childKey(key, label), `${path}/${label}`),
  };
}

/** No label that a caller would think of. */
const WORDS = '\u0000words';

function childKey(key: Uint8Array, label: string): Uint8Array {
  const name = utf8ToBytes(label);
  const input = new Uint8Array(key.length + 1 + name.length);
  input.set(key);
  input[key.length] = 0x2f;
  input.set(name, key.length + 1);
  return sha256(input);
}

/** The same generator with its state in locals for a block: about one nanosecond a word. */
function wordsFromKey(key: Uint8Array): Words {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  let a = view.getUint32(0, true) | 0;
  let b = view.getUint32(4, true) | 0;
  let c = view.getUint32(8, true) | 0;
  let d = view.getUint32(12, true) | 1 | 0;
  let block = new Uint32Array(0);
  return new Words(WORD_BITS, () => {
    // A generator is often forked for a handful of numbers, so blocks start small.
    if (block.length < LAST_BLOCK) block = new Uint32Array(Math.max(FIRST_BLOCK, 4 * block.length));
    let [s0, s1, s2, s3] = [a, b, c, d];
    for (let i = 0; i < block.length; i += 1) {
      const sum = (s0 + s3) | 0;
      block[i] = ((sum << 7) | (sum >>> 25)) + s0;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    [a, b, c, d] = [s0, s1, s2, s3];
    return block;
  });
}

/**
 * The cryptographic source behind the same interface. Not repeatable: used only for releases meant to be used.
 * `fill` is `crypto.getRandomValues` bound by the caller, because the engine itself reaches for no globals.
 */
export function secureRng(fill: (buffer: Uint32Array) => void): Rng {
  const buffer = new Uint32Array(SECURE_BLOCK);
  const words = new Words(WORD_BITS, () => {
    fill(buffer);
    return buffer;
  });
  const u32 = (): number => words.next();
  const rng: Rng = {
    path: 'secure',
    words,
    u32,
    uniform: () => toUniform(u32(), u32()),
    int: (n) => boundedInt(u32, n),
    fork: () => rng,
  };
  return rng;
}

const toUniform = (high: number, low: number): number => ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;

/**
 * Rejection of the incomplete last block keeps every residue equally likely. That block is shorter than n and lies at
 * the top, so most numbers need no look at where it begins; 32-bit arithmetic, for floating remainders are slow.
 */
function boundedInt(u32: () => number, n: number): number {
  const size = n >>> 0;
  if (size !== n || size === 0) {
    if (n === 4294967296) return u32();
    throw new RangeError(`int(n): expected 1 <= n <= 2^32, got ${n}`);
  }
  const safe = (0 - size) >>> 0;
  for (;;) {
    const value = u32() >>> 0;
    if (value < safe || value < 4294967296 - (safe % size)) return value % size;
  }
}
