import { invalidParam } from '../../kit/errors.ts';

/** Relative width within which a class's number counts as equal to its limit: roundings of a last place never decide. */
const TIE = 1e-12;

/** value >= limit, ties included. */
export const atLeast = (value: number, limit: number): boolean => value >= limit - TIE * Math.abs(limit);

/** Least whole number that counts as at least the limit. */
export const wholeAtLeast = (limit: number): number => Math.ceil(limit - TIE * Math.abs(limit));

/** value <= limit, ties included. */
export const atMost = (value: number, limit: number): boolean => value <= limit + TIE * Math.abs(limit);

/** value < limit, ties excluded. */
export const below = (value: number, limit: number): boolean => value < limit - TIE * Math.abs(limit);

/** @throws invalid-param unless `value` is a whole number of at least `least` */
export function requireWhole(param: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least) {
    throw invalidParam(param, `a whole number of at least ${least}`, value);
  }
}

/** @throws invalid-param unless `value` is a number in [low, high] */
export function requireWithin(param: string, value: number, low: number, high = Infinity): void {
  if (!(value >= low && value <= high)) {
    throw invalidParam(param, high === Infinity ? `at least ${low}` : `between ${low} and ${high}`, value);
  }
}
