import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Canonical JSON: keys sorted by code unit, no spaces, `undefined` members dropped, numbers as ECMAScript prints them
 * (the rules of RFC 8785 as far as scenarios need them). -0 is 0. Equal values give equal text on every engine.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return JSON.stringify(value === 0 ? 0 : value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return 'null';
}

/** SHA-256 of text (as UTF-8) or bytes, in hex. Synchronous, the same everywhere. */
export const sha256Hex = (data: string | Uint8Array): string =>
  bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));

/**
 * Digest of a structured-clone-safe value: canonical JSON with typed arrays taken by type name, length and bytes
 * (NaN in one canonical form, so that engines cannot differ), and non-finite numbers by name.
 */
export function contentDigest(value: unknown): string {
  const hash = sha256.create();
  const feed = (text: string): void => {
    hash.update(utf8ToBytes(text));
  };
  const walk = (item: unknown): void => {
    if (ArrayBuffer.isView(item)) {
      feed(`\u0001${item.constructor.name}:${item.byteLength}:`);
      hash.update(bytesOf(item));
    } else if (typeof item === 'number' && !Number.isFinite(item)) {
      feed(String(item));
    } else if (Array.isArray(item)) {
      feed('[');
      for (const member of item) {
        walk(member);
        feed(',');
      }
      feed(']');
    } else if (typeof item === 'object' && item !== null) {
      feed('{');
      const names = Object.keys(item).sort();
      for (const name of names) {
        const member = (item as Record<string, unknown>)[name];
        if (member === undefined) continue;
        feed(`${JSON.stringify(name)}:`);
        walk(member);
        feed(',');
      }
      feed('}');
    } else {
      feed(canonicalJson(item));
    }
  };
  walk(value);
  return bytesToHex(hash.digest());
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  const floats = view instanceof Float64Array || view instanceof Float32Array;
  const source = floats ? withOneNaN(view) : view;
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

/** NaN has many bit patterns, and engines differ in which one an operation leaves behind. */
function withOneNaN(values: Float64Array | Float32Array): Float64Array | Float32Array {
  let out: Float64Array | Float32Array | undefined;
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isNaN(values[i])) continue;
    out ??= values.slice();
    new DataView(out.buffer).setUint32(
      i * out.BYTES_PER_ELEMENT + (out.BYTES_PER_ELEMENT === 8 ? 4 : 0),
      out.BYTES_PER_ELEMENT === 8 ? 0x7ff80000 : 0x7fc00000,
      true,
    );
    if (out.BYTES_PER_ELEMENT === 8) new DataView(out.buffer).setUint32(i * 8, 0, true);
  }
  return out ?? values;
}
