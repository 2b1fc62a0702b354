import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { p256, p521 } from '@noble/curves/nist.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { unsupported } from '../kit/errors.ts';

/** Hybrid public-key encryption, receiver's side (RFC 9180), modes base and auth. Identifiers as in its section 7. */
export interface HpkeSuite {
  readonly kem: number;
  readonly kdf: number;
  readonly aead: number;
}

/** Both ends of a context hold the same keys, so the receiver's also seals: useful for checking. */
export interface HpkeContext {
  seal(sequence: number, aad: Uint8Array, plain: Uint8Array): Uint8Array;
  /** @throws on a changed packet, as the cipher does. */
  open(sequence: number, aad: Uint8Array, sealed: Uint8Array): Uint8Array;
  exportSecret(context: Uint8Array, length: number): Uint8Array;
}

/** Curves by KEM id: shared x coordinate and its derivation hash. */
const kems = {
  16: { hash: sha256, secretBytes: 32, dh: (sk: Uint8Array, pk: Uint8Array) => p256.getSharedSecret(sk, pk).slice(1) },
  18: { hash: sha512, secretBytes: 64, dh: (sk: Uint8Array, pk: Uint8Array) => p521.getSharedSecret(sk, pk).slice(1) },
  32: { hash: sha256, secretBytes: 32, dh: (sk: Uint8Array, pk: Uint8Array) => x25519.getSharedSecret(sk, pk) },
} as const;
const kdfs = { 1: sha256, 3: sha512 } as const;
const aeads = {
  1: { keyBytes: 16, cipher: gcm },
  2: { keyBytes: 32, cipher: gcm },
  3: { keyBytes: 32, cipher: chacha20poly1305 },
} as const;

type Hash = typeof sha256 | typeof sha512;
const empty = new Uint8Array(0);

/**
 * Context from the encapsulated key `enc`, the receiver's key pair and, in mode auth, the sender's public key.
 *
 * @throws unsupported for a suite this build does not know.
 */
export function hpkeContext(
  suite: HpkeSuite,
  enc: Uint8Array,
  receiver: { readonly secret: Uint8Array; readonly public: Uint8Array },
  info: Uint8Array,
  sender?: Uint8Array,
): HpkeContext {
  const kem = kems[suite.kem as keyof typeof kems];
  const hash = kdfs[suite.kdf as keyof typeof kdfs];
  const aead = aeads[suite.aead as keyof typeof aeads];
  if (kem === undefined || hash === undefined || aead === undefined) {
    throw unsupported(`unknown HPKE suite ${suite.kem}/${suite.kdf}/${suite.aead}`);
  }
  const kemLabels = labelled(kem.hash, concatBytes(utf8ToBytes('KEM'), word(suite.kem)));
  const dh = concatBytes(kem.dh(receiver.secret, enc), sender === undefined ? empty : kem.dh(receiver.secret, sender));
  const kemContext = concatBytes(enc, receiver.public, sender ?? empty);
  const shared = kemLabels.expand(
    kemLabels.extract(empty, 'eae_prk', dh),
    'shared_secret',
    kemContext,
    kem.secretBytes,
  );
  const labels = labelled(hash, concatBytes(utf8ToBytes('HPKE'), word(suite.kem), word(suite.kdf), word(suite.aead)));
  const context = concatBytes(
    Uint8Array.of(sender === undefined ? 0 : 2),
    labels.extract(empty, 'psk_id_hash', empty),
    labels.extract(empty, 'info_hash', info),
  );
  const secret = labels.extract(shared, 'secret', empty);
  const key = labels.expand(secret, 'key', context, aead.keyBytes);
  const baseNonce = labels.expand(secret, 'base_nonce', context, 12);
  const exporter = labels.expand(secret, 'exp', context, hash.outputLen);
  const cipher = (sequence: number, aad: Uint8Array) => aead.cipher(key, nonceAt(baseNonce, sequence), aad);
  return {
    seal: (sequence, aad, plain) => cipher(sequence, aad).encrypt(plain),
    open: (sequence, aad, sealed) => cipher(sequence, aad).decrypt(sealed),
    exportSecret: (exporterContext, length) => labels.expand(exporter, 'sec', exporterContext, length),
  };
}

/** LabeledExtract and LabeledExpand of RFC 9180, section 4. */
function labelled(hash: Hash, suiteId: Uint8Array) {
  const version = utf8ToBytes('HPKE-v1');
  return {
    extract: (salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array =>
      extract(hash, concatBytes(version, suiteId, utf8ToBytes(label), ikm), salt),
    expand: (key: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array =>
      expand(hash, key, concatBytes(word(length), version, suiteId, utf8ToBytes(label), info), length),
  };
}

const word = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value & 255);

/** The base nonce xor the sequence number, big-endian. */
function nonceAt(base: Uint8Array, sequence: number): Uint8Array {
  const out = base.slice();
  let rest = sequence;
  for (let i = out.length - 1; rest > 0; i -= 1) {
    out[i] = (out[i] as number) ^ (rest % 256);
    rest = Math.floor(rest / 256);
  }
  return out;
}
