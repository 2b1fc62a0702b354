/**
 * Parsers of single fields straight from bytes. Each reads from `pos`, writes row `row` of `out` and returns the
 * position of the field's terminator, or -1 when the field needs the careful path (quotes, blanks, long numbers, other
 * date forms). `stop[byte]` is 1 for the separator, LF and CR. Buffers must end in a terminator and 32 spare bytes.
 */

export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
export const FIRST_YEAR = 1900;
const LAST_YEAR = 2099;
/** Milliseconds at the first day of each month of 1900..2099, and days per month. */
export const monthStart = new Float64Array((LAST_YEAR - FIRST_YEAR + 1) * 12);
export const monthDays = new Uint8Array(monthStart.length);
for (let m = 0; m < monthStart.length; m += 1) {
  const year = FIRST_YEAR + Math.trunc(m / 12);
  monthStart[m] = Date.UTC(year, m % 12, 1);
  monthDays[m] = (Date.UTC(year, (m % 12) + 1, 1) - (monthStart[m] as number)) / 86_400_000;
}

/** Bytes that end an unquoted field. */
export function stopBytes(separator: number): Uint8Array {
  const stop = new Uint8Array(256);
  stop[separator] = 1;
  stop[10] = 1;
  stop[13] = 1;
  return stop;
}

export function skipField(bytes: Uint8Array, pos: number, stop: Uint8Array): number {
  let p = pos;
  while (stop[bytes[p] as number] === 0) p += 1;
  return p;
}

export function integerField(bytes: Uint8Array, pos: number, stop: Uint8Array, out: Int32Array, row: number): number {
  let p = pos;
  const negative = bytes[p] === 45;
  if (negative) p += 1;
  const first = p;
  let value = 0;
  let digit = (bytes[p] as number) - 48;
  while (digit >= 0 && digit <= 9) {
    value = (value * 10 + digit) | 0;
    p += 1;
    digit = (bytes[p] as number) - 48;
  }
  // Nine digits cannot overflow 32 bits.
  if (p === first || p - first > 9 || stop[bytes[p] as number] === 0) return -1;
  out[row] = negative ? -value : value;
  return p;
}

/** Exact: a mantissa below 2^53 divided by a power of ten up to 1e22 is correctly rounded (Clinger 1990). */
export function numberField(bytes: Uint8Array, pos: number, stop: Uint8Array, out: Float64Array, row: number): number {
  let p = pos;
  const negative = bytes[p] === 45;
  if (negative) p += 1;
  const first = p;
  let mantissa = 0;
  let digit = (bytes[p] as number) - 48;
  while (digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    p += 1;
    digit = (bytes[p] as number) - 48;
  }
  let digits = p - first;
  if (digit === -2) {
    p += 1;
    const point = p;
    digit = (bytes[p] as number) - 48;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      p += 1;
      digit = (bytes[p] as number) - 48;
    }
    const fraction = p - point;
    digits += fraction;
    if (digits > 15) return -1;
    mantissa /= POWERS_OF_TEN[fraction] as number;
  }
  if (digits === 0 || digits > 15 || stop[bytes[p] as number] === 0) return -1;
  out[row] = negative ? -mantissa : mantissa;
  return p;
}

/** "2019-01-31 18:05:09" (or with T, and a fraction of up to three digits) of the years 1900 to 2099. */
export function isoField(bytes: Uint8Array, pos: number, stop: Uint8Array, out: Float64Array, row: number): number {
  const b = bytes;
  const gap = b[pos + 10];
  if (b[pos + 4] !== 45 || b[pos + 7] !== 45 || (gap !== 32 && gap !== 84) || b[pos + 13] !== 58 || b[pos + 16] !== 58)
    return -1;
  const century = pair(b, pos);
  const year = pair(b, pos + 2);
  const month = pair(b, pos + 5);
  const day = pair(b, pos + 8);
  const hour = pair(b, pos + 11);
  const minute = pair(b, pos + 14);
  const second = pair(b, pos + 17);
  const m = (century * 100 + year - FIRST_YEAR) * 12 + month - 1;
  if ((century | year | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return -1;
  if (month < 1 || month > 12 || m < 0 || m >= monthStart.length || day < 1 || day > (monthDays[m] as number))
    return -1;
  let ms = (monthStart[m] as number) + ((day - 1) * 86_400 + hour * 3600 + minute * 60 + second) * 1000;
  let p = pos + 19;
  if (b[p] === 46) {
    p += 1;
    let unit = 100;
    let digit = (b[p] as number) - 48;
    while (digit >= 0 && digit <= 9) {
      ms += digit * unit;
      unit = unit >= 10 ? unit / 10 : 0;
      p += 1;
      digit = (b[p] as number) - 48;
    }
  }
  if (stop[b[p] as number] === 0) return -1;
  out[row] = ms;
  return p;
}

/** Two digits, or a negative number. */
function pair(bytes: Uint8Array, pos: number): number {
  const tens = (bytes[pos] as number) - 48;
  const ones = (bytes[pos + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -100_000;
}
