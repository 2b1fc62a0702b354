import { CATEGORY, type ColumnBuilder, INTEGER, ISO_TIME, NUMBER } from '../builder.ts';
import { FIRST_YEAR, integerField, isoField, monthDays, monthStart, numberField, skipField } from './cells.ts';
import { Dictionary } from './dictionary.ts';
import { fourTimes, learnText, plainInteger, plainNumber, slotOf, textTable } from './plain.ts';

/** Rows of a block: its values stay in the second-level cache. */
export const BLOCK_ROWS = 1024;
/** Not a power of two, or the columns of one row would compete for the same lines of the first-level cache. */
const STRIDE = BLOCK_ROWS + 24;
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
  /** The same memory as `ints`. */
  readonly codes: Uint32Array;
  /** Positions of cells without a value. */
  readonly gaps: Int32Array;
  gapCount: number;
  /** Position in the bytes after the last record read. */
  end: number;
}

/** What the fields are. */
interface Fields {
  readonly stop: Uint8Array;
  readonly kinds: Uint8Array;
  /** 1 where an empty field is not plain. */
  readonly required: Uint8Array;
  readonly dictionaries: readonly Dictionary[];
  /** Codes of short texts, of up to three bytes, see `textTable`. */
  readonly texts: Int32Array;
  /** The byte that ends each field, four times over: the separator, and the first of the line break. */
  readonly ends: Int32Array;
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
      stop,
      kinds: new Uint8Array(count),
      // The only field of a record may not be empty: that is a blank line.
      required: Uint8Array.from(builders, (builder) => Number(builder?.plan.required === true || count === 1)),
      dictionaries: builders.map((builder) => builder?.dictionary ?? unused),
      texts: textTable(count),
      ends: new Int32Array(count).fill(fourTimes(separator)),
    };
    const ints = new Int32Array(count * STRIDE);
    this.#block = {
      floats: new Float64Array(count * STRIDE),
      ints,
      codes: new Uint32Array(ints.buffer),
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
    const { kinds, ends } = this.#fields;
    for (let f = 0; f < kinds.length; f += 1) {
      const kind = this.#builders[f]?.kind ?? SKIP;
      kinds[f] = kind <= CATEGORY ? kind : CAREFUL;
    }
    // A file keeps to one kind of line break as a rule; records that do not are read one by one.
    const lineBreak = bytes.indexOf(LF, from);
    ends[ends.length - 1] = fourTimes(bytes[lineBreak - 1] === CR ? CR : LF);
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

/**
 * Longer than functions should be: times and short texts are read here and not by a call, because V8 leaves functions of
 * their size out of line, which cost a fifth of the whole.
 */
function readRecords(
  fields: Fields,
  block: Block,
  bytes: Uint8Array,
  from: number,
  limit: number,
  most: number,
): number {
  const { kinds, ends, texts } = fields;
  const { floats, ints } = block;
  const count = kinds.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pairs = ((ends[count - 1] as number) & 255) === CR;
  let start = from;
  let row = 0;
  block.gapCount = 0;
  while (row < most && start < limit) {
    const gapsBefore = block.gapCount;
    let pos = start;
    let at = row;
    let field = 0;
    for (; field < count; field += 1) {
      const ending = ends[field] as number;
      const end = ending & 255;
      let next = pos;
      switch (kinds[field] as number) {
        case CATEGORY: {
          // The lowest set bit of `zero` marks the first byte equal to the ending (Mycroft's test for a zero byte).
          const word = view.getInt32(pos, true);
          const other = word ^ ending;
          const zero = (other - 0x01010101) & ~other & 0x80808080;
          const low = zero & -zero;
          const length = (31 - Math.clz32(low)) >> 3;
          // Bytes and length are the key: a hit needs no comparing, and no record that ends early can hit.
          const key = (word & ((low >>> 7) - 1)) | (length << 24);
          const slot = slotOf(field, key);
          if (texts[slot] === key) {
            ints[at] = texts[slot + 1] as number;
            next = pos + length + 1;
          }
          break;
        }
        case ISO_TIME: {
          // XOR with "2019-01-31 18:05:09" as a pattern leaves digits as 0..9 and marks as 0; adding 6 carries what is
          // above 9 into the high half of its byte, so one mask checks a word.
          const year = view.getInt32(pos, true) ^ 0x30303030;
          const month = view.getInt32(pos + 4, true) ^ 0x2d30302d;
          const day = view.getInt32(pos + 7, true) ^ 0x2030302d;
          const hour = view.getInt32(pos + 11, true) ^ 0x303a3030;
          const second = view.getInt32(pos + 15, true) ^ 0x30303a30;
          const bad =
            ((year | (year + 0x06060606)) & 0xf0f0f0f0) |
            ((month | (month + 0x00060600)) & 0xfff0f0ff) |
            ((day | (day + 0x00060600)) & 0xfff0f0ff) |
            ((hour | (hour + 0x06000606)) & 0xf0fff0f0) |
            ((second | (second + 0x06060006)) & 0xf0f0fff0);
          if (bad !== 0 || bytes[pos + 19] !== end) break;
          // Tens x 10 + ones of two pairs of digits at once, in bytes 0 and 2.
          const years = Math.imul(year, 10) + (year >>> 8);
          const y = (years & 255) * 100 + ((years >>> 16) & 255);
          const m = ((month >> 8) & 15) * 10 + ((month >> 16) & 15);
          const d = ((day >> 8) & 15) * 10 + ((day >> 16) & 15);
          const h = (hour & 15) * 10 + ((hour >> 8) & 15);
          const min = ((hour >> 24) & 15) * 10 + (second & 15);
          const s = ((second >> 16) & 15) * 10 + ((second >> 24) & 15);
          const index = (y - FIRST_YEAR) * 12 + m - 1;
          if (h > 23 || min > 59 || s > 59 || m < 1 || m > 12 || d < 1) break;
          if (index < 0 || index >= monthDays.length || d > (monthDays[index] as number)) break;
          floats[at] = (monthStart[index] as number) + ((d - 1) * 86_400 + h * 3600 + min * 60 + s) * 1000;
          next = pos + 20;
          break;
        }
        case NUMBER:
          next = plainNumber(bytes, pos, end, floats, at);
          break;
        case INTEGER:
          next = plainInteger(bytes, pos, end, ints, at);
          break;
      }
      if (next === pos) {
        next = otherField(fields, block, bytes, pos, field, at);
        // Declined, or a record of too few or too many fields.
        if (next < 0 || bytes[next] !== end) break;
        next += 1;
      }
      at += STRIDE;
      pos = next;
    }
    // Not plain (a lone carriage return is not, either): the record's empty fields do not count.
    if (field !== count || (pairs && bytes[pos] !== LF)) {
      block.gapCount = gapsBefore;
      break;
    }
    start = pairs ? pos + 1 : pos;
    row += 1;
  }
  block.end = start;
  return row;
}

/** Fields the plain parsers declined. Returns the position of the field's terminator, or -1 for the careful path. */
function otherField(fields: Fields, block: Block, bytes: Uint8Array, pos: number, field: number, at: number): number {
  const { stop, kinds, required } = fields;
  const byte = bytes[pos] as number;
  if (stop[byte] !== 0) {
    if (required[field] !== 0) return -1;
    block.gaps[block.gapCount] = at;
    block.gapCount += 1;
    return pos;
  }
  const kind = kinds[field] as number;
  if (byte === QUOTE || kind === CAREFUL) return -1;
  if (kind === INTEGER) return integerField(bytes, pos, stop, block.ints, at);
  if (kind === NUMBER) return numberField(bytes, pos, stop, block.floats, at);
  if (kind === ISO_TIME) return isoField(bytes, pos, stop, block.floats, at);
  if (kind === CATEGORY) return lookUp(fields, block, bytes, pos, field, at);
  return skipField(bytes, pos, stop);
}

function lookUp(fields: Fields, block: Block, bytes: Uint8Array, pos: number, field: number, at: number): number {
  // Blanks around a text are cut by the careful path.
  if (bytes[pos] === SPACE) return -1;
  const dictionary = fields.dictionaries[field] as Dictionary;
  const next = dictionary.field(bytes, pos, fields.stop);
  if (bytes[next - 1] === SPACE) return -1;
  block.ints[at] = dictionary.code;
  learnText(bytes, pos, next, fields.texts, field, dictionary.code);
  return next;
}
