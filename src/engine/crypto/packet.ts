import { gcm } from '@noble/ciphers/aes.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { EngineError } from '../kit/errors.ts';
import type { Rng } from '../rng/rng.ts';

/** Bytes of a nonce, and of the authentication tag every packet ends with. */
export const nonceBytes = 12;
export const tagBytes = 16;

/** What both ends of a session share: 32 bytes from X25519 (RFC 7748). Simulation: the private keys come from `rng`. */
export function agreeOnSecret(rng: Rng): Uint8Array {
  const gateway = randomBytes(32, rng.fork('gateway'));
  const server = randomBytes(32, rng.fork('server'));
  return x25519.getSharedSecret(gateway, x25519.getPublicKey(server));
}

/** AES-256 key of one device: HKDF-SHA256 (RFC 5869) of the session secret with the device's name as context. */
export const deviceKey = (secret: Uint8Array, device: string): Uint8Array =>
  hkdf(sha256, secret, utf8ToBytes('epsilon-city/telemetry'), utf8ToBytes(`device/${device}`), 32);

/**
 * Nonce of packet `counter` of a device: 4 bytes of zero, then the counter as 8 bytes, big-endian (NIST SP 800-38D,
 * section 8.2.1; the device field may be empty because each device has a key of its own).
 *
 * @throws internal past 2^32 packets, long before a counter could come round.
 */
export function nonceOf(counter: number): Uint8Array {
  if (!(Number.isInteger(counter) && counter >= 0 && counter < 4_294_967_296)) {
    throw new EngineError('internal', `packet counter ${counter} is outside 0..2^32-1: renew the key`);
  }
  const nonce = new Uint8Array(nonceBytes);
  new DataView(nonce.buffer).setUint32(8, counter);
  return nonce;
}

/** Additional data bound to a packet and sent in the clear: the device's name and the counter. */
export const headerOf = (device: string, counter: number): Uint8Array => utf8ToBytes(`${device}|${counter}`);

/** AES-256-GCM (NIST SP 800-38D): cipher text, then the 16-byte tag. */
export const seal = (key: Uint8Array, nonce: Uint8Array, header: Uint8Array, plain: Uint8Array): Uint8Array =>
  gcm(key, nonce, header).encrypt(plain);

/** The plain text, or `undefined` when anything was changed. */
export function open(
  key: Uint8Array,
  nonce: Uint8Array,
  header: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  try {
    return gcm(key, nonce, header).decrypt(sealed);
  } catch {
    return undefined;
  }
}

/** The text as UTF-8, filled with spaces to a multiple of `block` bytes so that lengths say less; 0 = as it is. */
export function padded(line: string, block: number): Uint8Array {
  const bytes = utf8ToBytes(line);
  if (block === 0) return bytes;
  const out = new Uint8Array(Math.max(1, Math.ceil(bytes.length / block)) * block).fill(0x20);
  out.set(bytes);
  return out;
}

export function randomBytes(length: number, rng: Rng): Uint8Array {
  const out = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) out[i] = rng.u32() >>> 24;
  return out;
}
