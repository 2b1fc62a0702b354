import { invalidData, invalidParam } from '../kit/errors.ts';

/**
 * Numbers as whole steps of a power of two, so that sums are exact in any order, noise is exact, and a released double says nothing beyond
 * its value (Mironov, 2012; Casacuberta, Shoemate, Vadhan, Wagaman, 2022): every *record* is rounded to the grid before it is summed, noise
 * is whole, and the release is a whole number of steps times the step.
 */
export interface Grid {
  /** A power of two: multiplying by it is exact. */
  readonly step: number;
}

/** The noise is 2^20 steps wide, so rounding a record costs less than a millionth of it. */
const FINENESS = 1048576;
/** Steps of scale that noise is allowed for, beside the sum. */
const NOISE_ROOM = 64;
const LARGEST = 9007199254740992;

/**
 * The grid for sums of up to `records` values within [-largest, largest] with noise of `scale`, all declared, never read from the data:
 * 2^k with k = floor(log2 scale) - 20, raised until any sum and its noise stay exact in a double.
 * @throws invalid-param where the scale or largest value is not positive and finite, or no grid is fine enough to be of use.
 */
export function gridFor(scale: number, largest: number, records: number): Grid {
  if (!(scale > 0 && scale < Infinity)) throw invalidParam('scale', 'a positive number', shown(scale));
  if (!(largest >= 0 && largest < Infinity)) throw invalidParam('largest', 'a number of at least 0', shown(largest));
  if (!(records >= 0 && records < Infinity)) throw invalidParam('records', 'a whole number', shown(records));
  let step = Math.max(Number.MIN_VALUE, floorPowerOfTwo(scale) / FINENESS);
  while (!fits(step, scale, largest, records)) step *= 2;
  if (!(step < Infinity)) throw invalidParam('largest', 'a number whose sum over all records is finite', largest);
  return { step };
}

/** Whole rows: a count's grid. */
export const countGrid: Grid = { step: 1 };

const fits = (step: number, scale: number, largest: number, records: number): boolean =>
  // Rounding may add half a step to each record.
  Math.max(1, records) * (largest / step + 1) + NOISE_ROOM * (scale / step) < LARGEST;

/**
 * A record as whole steps, to the nearest. Declared bounds clip it first.
 * @throws invalid-data for NaN and the infinities: a missing value is dropped or filled in before.
 */
export function toSteps(grid: Grid, value: number, lower = -Infinity, upper = Infinity): number {
  if (!Number.isFinite(value)) {
    throw invalidData(`a value is not a finite number (${value})`, 'drop or fill in missing values first');
  }
  const clipped = Math.min(upper, Math.max(lower, value));
  const steps = Math.round(clipped / grid.step);
  if (!(Math.abs(steps) <= LARGEST)) {
    throw invalidData('a value lies beyond the whole steps of its grid', 'declare bounds that clip it');
  }
  // -0 would print, and compare, like no other zero.
  return steps + 0;
}

/** The most that one record within [lower, upper] can move a sum by, in steps; `replace`: one record exchanged for another. */
export function sensitivitySteps(grid: Grid, lower: number, upper: number, replace = false): number {
  if (!(lower <= upper && Number.isFinite(lower) && Number.isFinite(upper))) {
    throw invalidParam('bounds', 'finite numbers, the lower one first', [shown(lower), shown(upper)]);
  }
  const [low, high] = [Math.round(lower / grid.step), Math.round(upper / grid.step)];
  return replace ? high - low : Math.max(Math.abs(low), Math.abs(high));
}

/** Noisy steps as a number: exactly representable, clipped to +-2^53 steps, never -0. */
export const fromSteps = (grid: Grid, steps: number): number =>
  Math.min(LARGEST, Math.max(-LARGEST, steps)) * grid.step + 0;

/** Largest power of two that does not exceed a positive finite double. */
function floorPowerOfTwo(value: number): number {
  let power = 1;
  while (power > value) power /= 2;
  while (power * 2 <= value) power *= 2;
  return power;
}

const shown = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
