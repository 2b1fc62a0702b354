import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { VectorAdapter, VectorRow } from '../kit/vectors.ts';
import { type HpkeContext, hpkeContext } from './hpke.ts';
import { open, seal } from './packet.ts';
import * as primitives from './primitives.ts';

/** A field of the row's input given in hex. */
const hex = (row: VectorRow, name: string): Uint8Array => hexToBytes(String(field(row, name)));
const field = (row: VectorRow, name: string): unknown => ((row.input ?? {}) as Readonly<Record<string, unknown>>)[name];

const base64Url = (value: unknown): Uint8Array => Uint8Array.from(Buffer.from(String(value), 'base64url'));

function contextOf(row: VectorRow): HpkeContext {
  const { kem_id: kem, kdf_id: kdf, aead_id: aead } = row.params as Readonly<Record<string, number>>;
  return hpkeContext(
    { kem: Number(kem), kdf: Number(kdf), aead: Number(aead) },
    hex(row, 'enc'),
    { secret: hex(row, 'skRm'), public: hex(row, 'pkRm') },
    hex(row, 'info'),
    row.params.mode === 'auth' ? hex(row, 'pkSm') : undefined,
  );
}

export const vectors: VectorAdapter = {
  quantities: {
    'aes256gcm.encrypt': (row) => bytesToHex(seal(hex(row, 'key'), hex(row, 'iv'), hex(row, 'aad'), hex(row, 'msg'))),
    'aes256gcm.decrypt.accepts': (row) =>
      open(hex(row, 'key'), hex(row, 'iv'), hex(row, 'aad'), hex(row, 'ct')) !== undefined,
    'x25519.shared': (row) => bytesToHex(primitives.x25519Shared(hex(row, 'private'), hex(row, 'public'))),
    'x25519.iterated': (row) =>
      bytesToHex(primitives.x25519Iterated(hex(row, 'k0'), hex(row, 'u0'), row.params.iterations as number)),
    'x25519.lowOrderMustBeRejected': (row) => {
      try {
        primitives.x25519Shared(hex(row, 'private'), hex(row, 'public'));
        return false;
      } catch {
        return true;
      }
    },
    'hkdf-sha256.okm': (row) =>
      bytesToHex(hkdf(sha256, hex(row, 'ikm'), hex(row, 'salt'), hex(row, 'info'), row.params.length as number)),
    'ed25519.verify': (row) => primitives.ed25519Verify(hex(row, 'sig'), hex(row, 'msg'), hex(row, 'pk')),
    'ecdh-p256.shared': (row) => {
      const theirs = field(row, 'public') as Readonly<Record<string, unknown>>;
      const ours = field(row, 'private') as Readonly<Record<string, unknown>>;
      const point = concatBytes(Uint8Array.of(4), base64Url(theirs.x), base64Url(theirs.y));
      return bytesToHex(primitives.p256Shared(base64Url(ours.d), point));
    },
    'chacha20poly1305.encrypt': (row) =>
      bytesToHex(primitives.chachaSeal(hex(row, 'key'), hex(row, 'iv'), hex(row, 'aad'), hex(row, 'msg'))),
    'attack.gcmNonceReuseXor': (row) =>
      bytesToHex(primitives.nonceReuse(hex(row, 'c1'), hex(row, 'c2'), hex(row, 'knownP1'))),
    'e2ee.overheadBytes': (row) => {
      const scheme = String(row.params.scheme);
      if (scheme.startsWith('HPKE')) return primitives.overheadBytes('hpke');
      return primitives.overheadBytes(scheme.includes('counter') ? 'counter nonce' : 'explicit nonce');
    },
    'hpke.seal.ct': (row) => {
      const context = contextOf(row);
      const sealed = context.seal(field(row, 'seq') as number, hex(row, 'aad'), hex(row, 'pt'));
      const back = context.open(field(row, 'seq') as number, hex(row, 'aad'), hexToBytes(String(row.value)));
      return bytesToHex(back) === field(row, 'pt') ? bytesToHex(sealed) : 'the reference does not open';
    },
    'hpke.export': (row) =>
      bytesToHex(contextOf(row).exportSecret(hex(row, 'exporter_context'), field(row, 'L') as number)),
  },
};
