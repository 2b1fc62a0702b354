import { bitLength } from './ratio.ts';
import type { Ratio } from './ratio.ts';

/** Proven bounds of a number, both in units of 2^-bits for a `bits` known from the context. */
export interface Enclosure {
  readonly lower: bigint;
  readonly upper: bigint;
}

/**
 * Bounds of exp(-gamma) in units of 2^-bits, for gamma >= 0, two units wide at most. Integer arithmetic throughout, each step rounded
 * outwards: halved until small, the alternating Taylor series cut after a term of either sign, squared back.
 */
export function expNegative(gamma: Ratio, bits: number): Enclosure {
  if (gamma.numerator === 0n) return { lower: 1n << BigInt(bits), upper: 1n << BigInt(bits) };
  // exp(-gamma) < 2^-gamma < 2^-bits.
  if (gamma.numerator > gamma.denominator * BigInt(bits + 1)) return { lower: 0n, upper: 1n };
  const halvings = Math.max(0, bitLength(gamma.numerator) - bitLength(gamma.denominator) + 9);
  const guard = halvings + 16;
  const work = BigInt(bits + guard);
  const scaled = gamma.numerator << work;
  const divisor = gamma.denominator << BigInt(halvings);
  let { lower, upper } = series(scaled / divisor, scaled / divisor + 1n, work);
  for (let i = 0; i < halvings; i += 1) {
    lower = (lower * lower) >> work;
    upper = ((upper * upper) >> work) + 1n;
  }
  return { lower: lower >> BigInt(guard), upper: (upper >> BigInt(guard)) + 1n };
}

/** exp(-y) for y between the given bounds below 2^-8, by 1 - y + y^2/2 - ... */
function series(low: bigint, high: bigint, work: bigint): Enclosure {
  const one = 1n << work;
  let [lower, upper] = [one, one];
  let [termLow, termHigh] = [one, one];
  for (let j = 1n; ; j += 1n) {
    termLow = ((termLow * low) >> work) / j;
    termHigh = ((termHigh * high) >> work) / j + 1n;
    if ((j & 1n) === 1n) {
      lower -= termHigh;
      upper -= termLow;
    } else {
      lower += termLow;
      upper += termHigh;
    }
    // What is left out is smaller than the last term kept, and of the other sign.
    if (termLow === 0n) return { lower: lower - termHigh, upper: upper + termHigh };
  }
}
