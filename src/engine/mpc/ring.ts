import { infeasible } from '../kit/errors.ts';
import type { Rng } from '../rng/rng.ts';

/**
 * Vectors over the integers modulo 2^32 or 2^64 as 32-bit words, little-endian limbs: element i of a 64-bit vector is
 * words 2i (low) and 2i + 1 (high). Numbers are fixed point with `fractionBits`, negative ones in two's complement.
 */
export interface Ring {
  readonly bits: 32 | 64;
  readonly fractionBits: number;
}

const wordBase = 4_294_967_296;

export const wordsPer = (ring: Ring): number => ring.bits / 32;

/** Largest magnitude a sum may reach: half the ring, and never beyond what a double holds exactly. */
export const largestSum = (ring: Ring): number =>
  Math.min(ring.bits === 32 ? 2_147_483_647 : 9_007_199_254_740_991, 9_007_199_254_740_991) /
  powerOfTwo(ring.fractionBits);

/**
 * Numbers as ring elements, rounded to the nearest multiple of 2^-fractionBits.
 *
 * @throws infeasible for a number that, times `parties`, could leave the ring.
 */
export function encode(values: Float64Array, ring: Ring, parties: number): Uint32Array {
  const limit = largestSum(ring) / parties;
  const factor = powerOfTwo(ring.fractionBits);
  const step = wordsPer(ring);
  const out = new Uint32Array(values.length * step);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (!(Math.abs(value) <= limit)) {
      throw infeasible(
        `the value ${value} does not fit ${ring.bits} bits with ${ring.fractionBits} fraction bits for ${parties} parties`,
        ring.bits === 32 ? 'use 64-bit words or fewer fraction bits' : 'use fewer fraction bits',
        { param: 'bits' },
      );
    }
    const whole = Math.round(value * factor);
    out[i * step] = whole - Math.floor(whole / wordBase) * wordBase;
    if (step === 2) out[i * 2 + 1] = Math.floor(whole / wordBase);
  }
  return out;
}

/** The numbers that ring elements stand for. Exact up to 2^53 units of the last place. */
export function decode(words: Uint32Array, ring: Ring): Float64Array {
  const factor = powerOfTwo(ring.fractionBits);
  if (ring.bits === 32) return Float64Array.from(words, (word) => (word | 0) / factor);
  const out = new Float64Array(words.length >> 1);
  for (let i = 0; i < out.length; i += 1) {
    out[i] = (((words[2 * i + 1] as number) | 0) * wordBase + (words[2 * i] as number)) / factor;
  }
  return out;
}

/** out += add, element by element in the ring. */
export function addInto(out: Uint32Array, add: Uint32Array, ring: Ring): void {
  if (ring.bits === 32) {
    for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (add[i] as number);
    return;
  }
  for (let i = 0; i < out.length; i += 2) {
    const low = (out[i] as number) + (add[i] as number);
    out[i] = low;
    out[i + 1] = (out[i + 1] as number) + (add[i + 1] as number) + (low >= wordBase ? 1 : 0);
  }
}

/** out -= take, element by element in the ring. */
export function subtractFrom(out: Uint32Array, take: Uint32Array, ring: Ring): void {
  if (ring.bits === 32) {
    for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) - (take[i] as number);
    return;
  }
  for (let i = 0; i < out.length; i += 2) {
    const low = (out[i] as number) - (take[i] as number);
    out[i] = low;
    out[i + 1] = (out[i + 1] as number) - (take[i + 1] as number) - (low < 0 ? 1 : 0);
  }
}

/**
 * Additive shares of a secret vector: all but the last are uniform, the last is the secret minus their sum
 * (Ito, Saito, Nishizeki 1987; Bogdanov et al. 2008, Sharemind). Any `parties - 1` of them are uniform.
 */
export function share(secret: Uint32Array, parties: number, ring: Ring, rng: Rng): readonly Uint32Array[] {
  const last = secret.slice();
  const shares: Uint32Array[] = [];
  for (let p = 0; p < parties - 1; p += 1) {
    const random = new Uint32Array(secret.length);
    for (let i = 0; i < random.length; i += 1) random[i] = rng.u32();
    subtractFrom(last, random, ring);
    shares.push(random);
  }
  shares.push(last);
  return shares;
}

const powerOfTwo = (exponent: number): number => {
  let value = 1;
  for (let i = 0; i < exponent; i += 1) value *= 2;
  return value;
};
