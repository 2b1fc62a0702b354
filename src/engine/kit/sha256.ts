/**
 * SHA-256 (FIPS 180-4, section 6.2) for keys, digests and seeds: 1 kB where a general library brings 4 kB into page and
 * worker before the first picture. Not constant-time and keyless; cryptographic techniques use @noble/hashes.
 */
export interface Sha256 {
  /** Takes in more bytes; returns itself. */
  update(bytes: Uint8Array): Sha256;
  /** The 32 bytes of the digest; the hash must not be used afterwards. */
  digest(): Uint8Array;
}

// First 32 bits of the fractional parts of the cube roots of the first 64 primes.
// biome-ignore format: eight a line
const roundConstants = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const initial = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const;
const blockBytes = 64;
const schedule = new Int32Array(64);

/** An incremental hash. */
export function sha256Stream(): Sha256 {
  const state = new Int32Array(initial);
  const block = new Uint8Array(blockBytes);
  let filled = 0;
  let total = 0;
  const hash: Sha256 = {
    update(bytes) {
      total += bytes.length;
      let at = 0;
      if (filled > 0) {
        const taken = Math.min(blockBytes - filled, bytes.length);
        block.set(bytes.subarray(0, taken), filled);
        filled += taken;
        at = taken;
        if (filled < blockBytes) return hash;
        compress(state, block, 0);
        filled = 0;
      }
      for (; at + blockBytes <= bytes.length; at += blockBytes) compress(state, bytes, at);
      block.set(bytes.subarray(at));
      filled = bytes.length - at;
      return hash;
    },
    digest() {
      const bits = total * 8;
      const padded = new Uint8Array(filled < 56 ? blockBytes : 2 * blockBytes);
      padded.set(block.subarray(0, filled));
      padded[filled] = 0x80;
      const view = new DataView(padded.buffer);
      view.setUint32(padded.length - 8, Math.floor(bits / 4294967296));
      view.setUint32(padded.length - 4, bits >>> 0);
      for (let at = 0; at < padded.length; at += blockBytes) compress(state, padded, at);
      const out = new Uint8Array(32);
      const words = new DataView(out.buffer);
      for (let i = 0; i < 8; i += 1) words.setInt32(4 * i, state[i] as number);
      return out;
    },
  };
  return hash;
}

/** Digest of bytes in one go. */
export const sha256 = (bytes: Uint8Array): Uint8Array => sha256Stream().update(bytes).digest();

/** UTF-8 bytes of a text. */
export const utf8 = (source: string): Uint8Array => new TextEncoder().encode(source);

/** Bytes as lower-case hex. */
export function hex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += (byte + 256).toString(16).slice(1);
  return out;
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** One block of 64 bytes into the state. */
function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  const w = schedule;
  for (let i = 0, p = at; i < 16; i += 1, p += 4) {
    w[i] =
      ((bytes[p] as number) << 24) |
      ((bytes[p + 1] as number) << 16) |
      ((bytes[p + 2] as number) << 8) |
      (bytes[p + 3] as number);
  }
  for (let i = 16; i < 64; i += 1) {
    const w15 = w[i - 15] as number;
    const w2 = w[i - 2] as number;
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (roundConstants[i] as number) + (w[i] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}
