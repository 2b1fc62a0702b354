import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';

/** X25519 shared secret (RFC 7748). @throws on a low-order key, whose secret would be all zero. */
export const x25519Shared = (secret: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  x25519.getSharedSecret(secret, publicKey);

/** k, u = X25519(k, u), k so many times (RFC 7748, section 5.2); the last k. */
export function x25519Iterated(k0: Uint8Array, u0: Uint8Array, iterations: number): Uint8Array {
  let [k, u] = [k0, u0];
  for (let i = 0; i < iterations; i += 1) [k, u] = [x25519.scalarMult(k, u), k];
  return k;
}

/** Strict Ed25519 verification (RFC 8032: s < L, canonical encodings); malformed input is simply not valid. */
export function ed25519Verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** x coordinate of the P-256 Diffie-Hellman point. `publicKey` uncompressed (65 bytes). */
export const p256Shared = (secret: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  p256.getSharedSecret(secret, publicKey).slice(1);

/** ChaCha20-Poly1305 (RFC 8439): cipher text, then the tag. */
export const chachaSeal = (key: Uint8Array, nonce: Uint8Array, header: Uint8Array, plain: Uint8Array): Uint8Array =>
  chacha20poly1305(key, nonce, header).encrypt(plain);

/** Same key and nonce twice: c1 xor c2 = p1 xor p2, so one known plain text gives the other (tags left out by the caller). */
export const nonceReuse = (c1: Uint8Array, c2: Uint8Array, knownP1: Uint8Array): Uint8Array =>
  knownP1.map((byte, i) => byte ^ (c1[i] as number) ^ (c2[i] as number));

/** Bytes a scheme adds to a message: 16 for the tag, 12 for a nonce that is sent, 32 for an encapsulated X25519 key. */
export const overheadBytes = (scheme: 'explicit nonce' | 'counter nonce' | 'hpke'): number =>
  16 + (scheme === 'explicit nonce' ? 12 : scheme === 'hpke' ? 32 : 0);
