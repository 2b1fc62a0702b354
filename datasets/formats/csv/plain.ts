import { POWERS_OF_TEN } from './cells.ts';

/**
 * Parsers of plain numbers for the hot loop of `BlockReader`: each takes the one byte `end` that must follow the field
 * and returns the position after that byte, or `pos` itself when the field is not plain enough (then `cells.ts` reads
 * it). They are small because V8 inlines no function above 460 bytes of its bytecode, and 920 in all.
 */

const ZERO = 48;
const MINUS = 45;
/** One more digit could overflow 32 bits. */
const MOST_DIGITS = 9;
const TEXT_BITS = 11;
/** Tables of neighbouring columns begin on different cache lines, or equal texts would compete for the same ones. */
const TEXT_STRIDE = (1 << TEXT_BITS) + 72;

export function plainInteger(bytes: Uint8Array, pos: number, end: number, out: Int32Array, at: number): number {
  let p = pos;
  let value = 0;
  let digit = (bytes[p] as number) - ZERO;
  while (digit >>> 0 <= 9) {
    value = (value * 10 + digit) | 0;
    p += 1;
    digit = (bytes[p] as number) - ZERO;
  }
  const digits = p - pos;
  if (digits === 0 || digits > MOST_DIGITS || digit + ZERO !== end) return pos;
  out[at] = value;
  return p + 1;
}

/** Same result as `numberField`: the mantissa is exact and divided once. */
export function plainNumber(bytes: Uint8Array, pos: number, end: number, out: Float64Array, at: number): number {
  const negative = bytes[pos] === MINUS;
  let p = negative ? pos + 1 : pos;
  const first = p;
  let mantissa = 0;
  let digit = (bytes[p] as number) - ZERO;
  while (digit >>> 0 <= 9) {
    mantissa = (mantissa * 10 + digit) | 0;
    p += 1;
    digit = (bytes[p] as number) - ZERO;
  }
  let digits = p - first;
  let fraction = 0;
  if (digit === -2) {
    p += 1;
    const point = p;
    digit = (bytes[p] as number) - ZERO;
    while (digit >>> 0 <= 9) {
      mantissa = (mantissa * 10 + digit) | 0;
      p += 1;
      digit = (bytes[p] as number) - ZERO;
    }
    fraction = p - point;
    digits += fraction;
  }
  if (digits === 0 || digits > MOST_DIGITS || digit + ZERO !== end) return pos;
  const value = mantissa / (POWERS_OF_TEN[fraction] as number);
  out[at] = negative ? -value : value;
  return p + 1;
}

/** Entries [key, code] of texts of up to three bytes, by field. Texts come in by `learnText` only. */
export const textTable = (fields: number): Int32Array => new Int32Array(fields * TEXT_STRIDE * 2).fill(-1);

/** The byte four times over, as words are compared with it. */
export const fourTimes = (byte: number): number => Math.imul(byte, 0x01010101);

/** Notes the code of the text bytes[pos, end) in a `textTable`, if it is short enough. */
export function learnText(bytes: Uint8Array, pos: number, end: number, table: Int32Array, field: number, code: number) {
  const length = end - pos;
  if (length < 1 || length > 3) return;
  let key = length << 24;
  for (let i = 0; i < length; i += 1) key |= (bytes[pos + i] as number) << (8 * i);
  const slot = slotOf(field, key);
  table[slot] = key;
  table[slot + 1] = code;
}

/** Place in `textTable` of a key: the bytes of a text and, in the highest byte, how many they are. */
export const slotOf = (field: number, key: number): number =>
  (field * TEXT_STRIDE + (Math.imul(key, 0x9e3779b1) >>> (32 - TEXT_BITS))) << 1;
