import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Digest of any value with typed arrays taken by their bytes, for "the same bytes" in tests. Functions do not count. */
export function contentDigest(value: unknown): string {
  const hash = sha256.create();
  const walk = (item: unknown): void => {
    if (ArrayBuffer.isView(item)) {
      hash.update(utf8ToBytes(`<${item.constructor.name}${item.byteLength}>`));
      hash.update(new Uint8Array(item.buffer, item.byteOffset, item.byteLength));
    } else if (typeof item === 'object' && item !== null) {
      hash.update(utf8ToBytes('{'));
      for (const [name, member] of Object.entries(item)) {
        hash.update(utf8ToBytes(`${name}:`));
        walk(member);
      }
      hash.update(utf8ToBytes('}'));
    } else if (typeof item !== 'function') {
      hash.update(utf8ToBytes(`${typeof item}=${String(item)};`));
    }
  };
  walk(value);
  return bytesToHex(hash.digest());
}
