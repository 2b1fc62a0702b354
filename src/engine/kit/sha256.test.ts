import { sha256 as reference } from '@noble/hashes/sha2.js';
import { assert, nat, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, sha256, sha256Stream, utf8 } from './sha256.ts';

describe('SHA-256', () => {
  it('gives the digests of FIPS 180-4', () => {
    expect(hex(sha256(utf8('')))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hex(sha256(utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  it('agrees with a reviewed library on any bytes, however they are cut', () => {
    assert(
      property(uint8Array({ maxLength: 400 }), nat(400), (bytes, cut) => {
        const at = Math.min(cut, bytes.length);
        const parts = sha256Stream().update(bytes.subarray(0, at)).update(bytes.subarray(at)).digest();
        expect(hex(parts)).toBe(hex(reference(bytes)));
      }),
    );
  });
});
