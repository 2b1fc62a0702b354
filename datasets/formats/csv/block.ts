import { CATEGORY, type ColumnBuilder, INTEGER, ISO_TIME, NUMBER } from '../builder.ts';
import { integerField, isoField, numberField, skipField } from './cells.ts';
import { Dictionary } from './dictionary.ts';

/** Rows of a block: its values stay in the second-level cache. */
export const BLOCK_ROWS = 1024;
/** Not a power of two, or the columns of one row would compete for the same lines of the first-level cache. */
const STRIDE = BLOCK_ROWS + 24;
const SHORT_BITS = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
/** Kinds of fields beyond those of builders. */
const SKIP = 0;
const CAREFUL = 6;

/** Values of a block, one column after the other: column f, row i at f x STRIDE + i. */
interface Block {
  readonly floats: Float64Array;
  readonly ints: Int32Array;
  readonly codes: Uint32Array;
  /** Positions of cells without a value. */
  readonly gaps: Int32Array;
  gapCount: number;
  /** Position in the bytes after the last record read. */
  end: number;
}

/** What the fields are. */
interface Fields {
  readonly separator: number;
  readonly stop: Uint8Array;
  readonly kinds: Uint8Array;
  /** 1 where an empty field is not plain. */
  readonly required: Uint8Array;
  readonly dictionaries: readonly Dictionary[];
  /** Codes of texts of up to three bytes, by column: the bytes are the key, so nothing needs comparing. */
  readonly shortKeys: Int32Array;
  readonly shortCodes: Uint32Array;
}

/**
 * The hot loop of the scanner: plain records (no quotes, every field readable by the fast parsers, as many fields as
 * the header) are read into small buffers shared by all columns and then copied to the builders a block at a time. So
 * the loop touches no builder, and dispatch on the kind of a field costs one byte. It stops before the first record
 * that is not plain; the scanner reads that one.
 */
export class BlockReader {
  readonly #builders: readonly (ColumnBuilder | undefined)[];
  readonly #fields: Fields;
  readonly #block: Block;

  constructor(separator: number, stop: Uint8Array, builders: readonly (ColumnBuilder | undefined)[]) {
    const count = builders.length;
    const unused = new Dictionary();
    this.#builders = builders;
    this.#fields = {
      separator,
      stop,
      kinds: new Uint8Array(count),
      // The only field of a record may not be empty: that is a blank line.
      required: Uint8Array.from(builders, (builder) => Number(builder?.plan.required === true || count === 1)),
      dictionaries: builders.map((builder) => builder?.dictionary ?? unused),
      shortKeys: new Int32Array(count << SHORT_BITS),
      shortCodes: new Uint32Array(count << SHORT_BITS),
    };
    this.#block = {
      floats: new Float64Array(count * STRIDE),
      ints: new Int32Array(count * STRIDE),
      codes: new Uint32Array(count * STRIDE),
      gaps: new Int32Array(count * STRIDE),
      gapCount: 0,
      end: 0,
    };
  }

  /** Position after the last record read. */
  get end(): number {
    return this.#block.end;
  }

  /**
   * Reads up to `most` plain records that begin at `from` and before `limit` into a block; returns how many, at most
   * BLOCK_ROWS. Every record that begins before `limit` must end inside the buffer.
   */
  read(bytes: Uint8Array, from: number, limit: number, most: number): number {
    const { kinds } = this.#fields;
    for (let f = 0; f < kinds.length; f += 1) {
      const kind = this.#builders[f]?.kind ?? SKIP;
      kinds[f] = kind <= CATEGORY ? kind : CAREFUL;
    }
    return readRecords(this.#fields, this.#block, bytes, from, limit, Math.min(most, BLOCK_ROWS));
  }

  /** Copies the block's rows to the builders, from their row `base` on. */
  flush(base: number, rows: number): void {
    const builders = this.#builders;
    const { floats, ints, codes, gaps, gapCount } = this.#block;
    for (let f = 0; f < builders.length; f += 1) {
      const builder = builders[f];
      if (builder === undefined) continue;
      const from = f * STRIDE;
      const to = from + rows;
      if (builder.kind === INTEGER) builder.ints.set(ints.subarray(from, to), base);
      else if (builder.kind === CATEGORY) builder.codes.set(codes.subarray(from, to), base);
      else builder.floats.set(floats.subarray(from, to), base);
    }
    for (let i = 0; i < gapCount; i += 1) {
      const at = gaps[i] as number;
      const field = Math.trunc(at / STRIDE);
      builders[field]?.setMissing(base + at - field * STRIDE);
    }
  }
}

function readRecords(
  fields: Fields,
  block: Block,
  bytes: Uint8Array,
  from: number,
  limit: number,
  most: number,
): number {
  const { separator, stop, kinds, required } = fields;
  const { floats, ints, gaps } = block;
  const count = kinds.length;
  let start = from;
  let row = 0;
  let gapCount = 0;
  while (row < most && start < limit) {
    let pos = start;
    let at = row;
    let field = 0;
    let newGaps = gapCount;
    for (;;) {
      const byte = bytes[pos] as number;
      const kind = kinds[field] as number;
      if (stop[byte] !== 0) {
        if (required[field] !== 0) break;
        gaps[newGaps] = at;
        newGaps += 1;
      } else if (byte === QUOTE || kind === CAREFUL) {
        break;
      } else if (kind === CATEGORY) {
        pos = categoryField(fields, block, bytes, pos, field, at);
      } else if (kind === NUMBER) {
        pos = numberField(bytes, pos, stop, floats, at);
      } else if (kind === ISO_TIME) {
        pos = isoField(bytes, pos, stop, floats, at);
      } else if (kind === INTEGER) {
        pos = integerField(bytes, pos, stop, ints, at);
      } else {
        pos = skipField(bytes, pos, stop);
      }
      if (pos < 0) break;
      field += 1;
      if (bytes[pos] !== separator || field === count) break;
      at += STRIDE;
      pos += 1;
    }
    if (bytes[pos] === CR) pos += 1;
    // A field declined, too many fields, too few, or a lone carriage return: not plain.
    if (pos < 0 || field !== count || bytes[pos] !== LF) break;
    gapCount = newGaps;
    start = pos + 1;
    row += 1;
  }
  block.gapCount = gapCount;
  block.end = start;
  return row;
}

function categoryField(
  fields: Fields,
  block: Block,
  bytes: Uint8Array,
  pos: number,
  field: number,
  at: number,
): number {
  const { stop, shortKeys } = fields;
  let end = pos + 1;
  let key = bytes[pos] as number;
  let byte = bytes[end] as number;
  if (stop[byte] === 0) {
    key |= byte << 8;
    end = pos + 2;
    byte = bytes[end] as number;
    if (stop[byte] === 0) {
      key |= byte << 16;
      end = pos + 3;
      if (stop[bytes[end] as number] === 0) return lookUp(fields, block, bytes, pos, field, at);
    }
  }
  key |= (end - pos) << 24;
  const slot = (field << SHORT_BITS) + (Math.imul(key, 0x9e3779b1) >>> (32 - SHORT_BITS));
  if (shortKeys[slot] === key) {
    block.codes[at] = fields.shortCodes[slot] as number;
    return end;
  }
  const next = lookUp(fields, block, bytes, pos, field, at);
  if (next >= 0) {
    shortKeys[slot] = key;
    fields.shortCodes[slot] = block.codes[at] as number;
  }
  return next;
}

function lookUp(fields: Fields, block: Block, bytes: Uint8Array, pos: number, field: number, at: number): number {
  // Blanks around a text are cut by the careful path.
  if (bytes[pos] === SPACE) return -1;
  const dictionary = fields.dictionaries[field] as Dictionary;
  const next = dictionary.field(bytes, pos, fields.stop);
  block.codes[at] = dictionary.code;
  return bytes[next - 1] === SPACE ? -1 : next;
}
