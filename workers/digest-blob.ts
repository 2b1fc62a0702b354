import type { Ctx } from '../src/engine/kit/context.ts';
import { EngineError } from '../src/engine/kit/errors.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const sliceBytes = 4 << 20;

/**
 * SHA-256 of a blob in hex, 4 MB at a time: WebCrypto has no incremental form, and a file may exceed memory.
 *
 * @throws EngineError `invalid-data` when the file cannot be read (moved, or changed since it was dropped).
 */
export async function digestBlob(blob: Blob, checkpoint: Ctx['checkpoint']): Promise<string> {
  const hash = sha256.create();
  for (let from = 0; from < blob.size; from += sliceBytes) {
    hash.update(await bytesAt(blob, from));
    await checkpoint(Math.min(1, (from + sliceBytes) / blob.size));
  }
  return bytesToHex(hash.digest());
}

async function bytesAt(blob: Blob, from: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(from, from + sliceBytes).arrayBuffer());
  } catch (error) {
    const why = error instanceof Error ? error.message : 'read error';
    throw new EngineError('invalid-data', `the file could not be read (${why})`, 'drop it again from where it is now');
  }
}
