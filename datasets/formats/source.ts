import { EngineError, invalidData, toProblem } from '../../src/engine/kit/errors.ts';

/** Bytes are taken from a file in slices of this size; nothing larger is held. */
const SLICE = 4 << 20;
/** A compressed file may not unfold beyond this, nor by more than this factor once it is large. */
const LARGEST_OUTPUT = 2 * 1024 * 1024 * 1024;
const LARGEST_RATIO = 200;
const RATIO_CHECKED_FROM = 64 << 20;

/** A file as a stream of byte chunks. */
export interface ByteSource {
  /** The next chunk, or undefined at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Share of the file consumed so far, 0..1. */
  fraction(): number;
  /** Best guess of the total number of bytes. */
  readonly bytes: number;
}

/** A file as it lies on the disk. */
export function blobSource(blob: Blob): ByteSource {
  let offset = 0;
  return {
    bytes: blob.size,
    fraction: () => (blob.size === 0 ? 1 : offset / blob.size),
    next: async () => {
      if (offset >= blob.size) return undefined;
      const end = Math.min(blob.size, offset + SLICE);
      const chunk = new Uint8Array(await blob.slice(offset, end).arrayBuffer());
      offset = end;
      return chunk;
    },
  };
}

/**
 * A gzip file, unpacked while reading.
 * @throws invalid-data when it is damaged, or unfolds like a decompression bomb (over 2 GiB, or over 200 times its
 * size past 64 MiB).
 */
export function gzipSource(blob: Blob, file: string): ByteSource {
  let consumed = 0;
  let produced = 0;
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      if (consumed >= blob.size) {
        controller.close();
        return;
      }
      const end = Math.min(blob.size, consumed + (SLICE >> 2));
      controller.enqueue(new Uint8Array(await blob.slice(consumed, end).arrayBuffer()));
      consumed = end;
    },
  });
  const reader = compressed.pipeThrough(new DecompressionStream('gzip')).getReader();
  return {
    bytes: blob.size * 6,
    fraction: () => (blob.size === 0 ? 1 : consumed / blob.size),
    next: async () => {
      let part: { done: boolean; value?: Uint8Array | undefined };
      try {
        part = await reader.read();
      } catch (error) {
        throw invalidData(
          `${file}: the compressed data is damaged (${toProblem(error).message})`,
          'download the file again',
          {
            file,
          },
        );
      }
      if (part.done || part.value === undefined) return undefined;
      produced += part.value.length;
      if (produced > LARGEST_OUTPUT || (produced > RATIO_CHECKED_FROM && produced > blob.size * LARGEST_RATIO)) {
        await reader.cancel().catch(() => undefined);
        throw bombError(file, produced, blob.size);
      }
      return part.value;
    },
  };
}

const bombError = (file: string, produced: number, size: number): EngineError =>
  invalidData(
    `${file}: ${size} compressed bytes unfold to more than ${Math.round(produced / 1048576)} MiB`,
    'unpack it yourself and drop the table inside, or a part of it',
    { file },
  );

/** The same text in UTF-8, from UTF-16. */
export function utf16Source(source: ByteSource, encoding: 'utf-16le' | 'utf-16be'): ByteSource {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  let ended = false;
  return {
    bytes: source.bytes / 2,
    fraction: () => source.fraction(),
    next: async () => {
      if (ended) return undefined;
      const chunk = await source.next();
      ended = chunk === undefined;
      return encoder.encode(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
    },
  };
}

/** `source` with chunks already taken from it put back in front. */
export function withHead(source: ByteSource, head: readonly Uint8Array[]): ByteSource {
  const waiting = [...head];
  return {
    bytes: source.bytes,
    fraction: () => source.fraction(),
    next: async () => waiting.shift() ?? (await source.next()),
  };
}
