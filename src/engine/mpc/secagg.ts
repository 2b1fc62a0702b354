import { ctr } from '@noble/ciphers/aes.js';

/** Mask words of a seed: AES-256-CTR from a zero counter block, read as little-endian words. */
export function maskWords(seed: Uint8Array, n: number): Uint32Array {
  const stream = ctr(seed, new Uint8Array(16)).encrypt(new Uint8Array(4 * n));
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  return Uint32Array.from({ length: n }, (_, i) => view.getUint32(4 * i, true));
}

/** Masks of a round: one per client for itself, one per pair a < b (Bonawitz et al. 2017). */
export interface RoundMasks {
  readonly self: readonly Uint32Array[];
  pair(a: number, b: number): Uint32Array;
}

/** What each client uploads: input + self mask + masks of pairs (added by the lower, subtracted by the higher), modulo 2^32. */
export const maskedInputs = (inputs: readonly Uint32Array[], masks: RoundMasks): readonly Uint32Array[] =>
  inputs.map((input, a) => {
    const out = input.slice();
    addWords(out, masks.self[a] as Uint32Array, 1);
    inputs.forEach((_, b) => {
      if (a !== b) addWords(out, masks.pair(Math.min(a, b), Math.max(a, b)), a < b ? 1 : -1);
    });
    return out;
  });

/** Sum of the survivors' uploads, and what remains once their self masks and the pair masks with dropped clients are removed. */
export function unmask(
  masked: readonly Uint32Array[],
  masks: RoundMasks,
  dropped: readonly number[],
): { readonly sumOfMasked: Uint32Array; readonly sum: Uint32Array } {
  const survivors = masked.flatMap((_, a) => (dropped.includes(a) ? [] : [a]));
  const sumOfMasked = new Uint32Array(masked[0]?.length ?? 0);
  for (const a of survivors) addWords(sumOfMasked, masked[a] as Uint32Array, 1);
  const sum = sumOfMasked.slice();
  for (const a of survivors) {
    addWords(sum, masks.self[a] as Uint32Array, -1);
    for (const b of dropped) addWords(sum, masks.pair(Math.min(a, b), Math.max(a, b)), a < b ? -1 : 1);
  }
  return { sumOfMasked, sum };
}

function addWords(out: Uint32Array, words: Uint32Array, sign: 1 | -1): void {
  for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + sign * (words[i] as number);
}
