import { invalidParam } from '../kit/errors.ts';

/**
 * Exact rational numbers. Every finite double is one, so a privacy parameter enters an exact sampler without being rounded, and the
 * quotient sensitivity / epsilon is never a hair too small.
 */
export interface Ratio {
  readonly numerator: bigint;
  /** Positive. Lowest terms. */
  readonly denominator: bigint;
}

/**
 * `numerator / denominator` exactly, each a finite double, a whole bigint or a ratio.
 * @throws invalid-param for a value that is not finite, or a denominator of zero.
 */
export function ratio(numerator: number | bigint | Ratio, denominator: number | bigint | Ratio = 1n): Ratio {
  const [a, b] = [exactly(numerator), exactly(denominator)];
  if (b.numerator === 0n) throw invalidParam('denominator', 'a number other than zero', 0);
  const sign = b.numerator < 0n ? -1n : 1n;
  return lowest(sign * a.numerator * b.denominator, sign * a.denominator * b.numerator);
}

/** Product of two ratios. */
export const times = (a: Ratio, b: Ratio): Ratio => lowest(a.numerator * b.numerator, a.denominator * b.denominator);

/** Sign of a - b. */
export function compare(a: Ratio, b: Ratio): number {
  const gap = a.numerator * b.denominator - b.numerator * a.denominator;
  return gap < 0n ? -1 : gap > 0n ? 1 : 0;
}

/**
 * Nearest double, up to two units in the last place; the largest double for anything above it.
 * Zero only for a ratio of zero or below 2^-1074.
 */
export function toNumber({ numerator, denominator }: Ratio): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  // 64 significant bits of the quotient, then the power of two in steps that neither overflow nor underflow early.
  let power = bitLength(size) - bitLength(denominator) - 64;
  let value = Number(power >= 0 ? size / (denominator << BigInt(power)) : (size << BigInt(-power)) / denominator);
  for (; power > 0 && value < Infinity; power -= 1) value *= 2;
  for (; power < 0 && value > 0; power += 1) value /= 2;
  value = Math.min(value, Number.MAX_VALUE);
  return numerator < 0n ? -value : value;
}

/** Number of binary digits of a bigint that is not negative; 0 for 0. */
export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const digits = value.toString(16);
  return 4 * digits.length - Math.clz32(Number(`0x${digits[0]}`)) + 28;
}

/** A positive ratio, or the error that says which parameter is not. */
export function positive(name: string, value: number | Ratio): Ratio {
  const exact = typeof value === 'number' && !Number.isFinite(value) ? undefined : ratio(value);
  if (exact === undefined || exact.numerator <= 0n) throw invalidParam(name, 'a positive number', shown(value));
  return exact;
}

const shown = (value: number | Ratio): string | number =>
  typeof value === 'number'
    ? Number.isFinite(value)
      ? value
      : String(value)
    : `${value.numerator}/${value.denominator}`;

function lowest(numerator: bigint, denominator: bigint): Ratio {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

function exactly(value: number | bigint | Ratio): Ratio {
  if (typeof value === 'bigint') return { numerator: value, denominator: 1n };
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) throw invalidParam('value', 'a finite number', String(value));
  const size = Math.abs(value);
  let whole = size;
  let shift = 0;
  // Doubling a double is exact, and below 1075 doublings every one of them is whole.
  while (!Number.isInteger(whole)) {
    whole *= 2;
    shift += 1;
  }
  return lowest(value < 0 ? -BigInt(whole) : BigInt(whole), 1n << BigInt(shift));
}
