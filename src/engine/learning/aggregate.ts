import { infeasible } from '../kit/errors.ts';
import { cos, log } from '../kit/portable-math.ts';
import type { Rng } from '../rng/rng.ts';

/** Euclidean norm. */
export function norm(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] as number) * (values[i] as number);
  return Math.sqrt(sum);
}

/** Scales `update` in place so that its norm is at most `clip`; returns the norm it has then. */
export function clipInPlace(update: Float64Array, clip: number): number {
  const length = norm(update);
  if (length <= clip) return length;
  const factor = clip / length;
  for (let i = 0; i < update.length; i += 1) update[i] = (update[i] as number) * factor;
  return clip;
}

/** out += factor * update. */
export function addScaled(out: Float64Array, update: Float64Array, factor: number): void {
  for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + factor * (update[i] as number);
}

/** A standard normal draw (Box, Muller 1958) from portable functions; the uniform is never 0. */
export function gaussian(rng: Rng): number {
  const radius = Math.sqrt(-2 * log(1 - rng.uniform()));
  return radius * cos(6.283185307179586 * rng.uniform());
}

/** Fixed point of secure aggregation: 20 fraction bits leave sums below 2048 in 32 bits; one is kept for rounding. */
const scale = 1_048_576;
const largestSum = 2047;
/** Largest rounding error of one value. */
export const fixedPointStep: number = 1 / (2 * scale);

/**
 * Sum of the clients' vectors as the server learns it under pairwise masking (Bonawitz et al. 2017, without dropouts):
 * each vector in fixed point plus masks that cancel, modulo 2^32. `masked[c]` is all the server sees of client c.
 *
 * Shapes: `updates` clients x length. Rounding moves each sum by at most clients * 2^-21.
 * @throws infeasible when a value is so large that the sum of as large ones would not fit the fixed point.
 */
export function maskedSum(
  updates: readonly Float64Array[],
  rng: Rng,
): { readonly sum: Float64Array; readonly masked: readonly Uint32Array[] } {
  const length = updates[0]?.length ?? 0;
  const limit = largestSum / Math.max(1, updates.length);
  const masked = updates.map((update) => Uint32Array.from(update, (value) => fixedPoint(value, limit)));
  for (let a = 0; a < updates.length; a += 1) {
    // One stream a client, not one a pair: K forks instead of K^2 / 2, and the masks are as independent.
    const pair = rng.fork(`client-${a}`);
    for (let b = a + 1; b < updates.length; b += 1) {
      const left = masked[a] as Uint32Array;
      const right = masked[b] as Uint32Array;
      for (let i = 0; i < length; i += 1) {
        const mask = pair.u32();
        left[i] = ((left[i] as number) + mask) >>> 0;
        right[i] = ((right[i] as number) - mask) >>> 0;
      }
    }
  }
  const total = new Uint32Array(length);
  for (const words of masked) {
    for (let i = 0; i < length; i += 1) total[i] = ((total[i] as number) + (words[i] as number)) >>> 0;
  }
  return { sum: Float64Array.from(total, (word) => (word | 0) / scale), masked };
}

function fixedPoint(value: number, limit: number): number {
  if (!(Math.abs(value) < limit)) {
    throw infeasible(
      `a client's update of ${value} does not fit the fixed point of secure aggregation`,
      'lower the learning rate, or turn on clipping',
      { param: 'learningRate' },
    );
  }
  return Math.round(value * scale) >>> 0;
}

/** Bytes a client uploads in one complete secure-aggregation round: two public keys, one 104-byte share ciphertext per peer, the masked vector. */
export const secureUploadBytes = (clients: number, length: number): number => 64 + 104 * (clients - 1) + 4 * length;
