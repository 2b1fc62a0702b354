import { invalidParam } from '../kit/errors.ts';

/**
 * Splits a budget in proportion to `weights` so that the parts add up to `total` exactly, in any order of addition.
 *
 * A double is a whole number of units in its last place; these units are handed out whole (largest remainder), and sums
 * of whole units below 2^53 do not round. A part deviates from its ideal share by at most one such unit.
 * @throws invalid-param for a total that is not a positive finite number, or weights that are not >= 0 with a positive sum.
 */
export function splitExactly(total: number, weights: readonly number[]): Float64Array {
  if (!(total > 0 && total < 1e300)) throw invalidParam('epsilon', 'a positive number', total);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!(sum > 0) || weights.some((weight) => !(weight >= 0))) {
    throw invalidParam('weights', 'numbers >= 0 with a positive sum', weights);
  }
  const unit = lastPlace(total);
  const units = total / unit;
  const parts = new Float64Array(weights.length);
  let left = units;
  let heaviest = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const part = Math.min(left, Math.floor((units / sum) * (weights[i] as number)));
    parts[i] = part;
    left -= part;
    if ((weights[i] as number) > (weights[heaviest] as number)) heaviest = i;
  }
  // What rounding left over is a handful of units: the largest part takes it.
  parts[heaviest] = (parts[heaviest] as number) + left;
  for (let i = 0; i < parts.length; i += 1) parts[i] = (parts[i] as number) * unit;
  return parts;
}

/** Unit in the last place of a positive double. */
function lastPlace(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const exponent = view.getUint16(0) >>> 4;
  if (exponent <= 52) return Number.MIN_VALUE;
  view.setUint32(0, (exponent - 52) << 20);
  view.setUint32(4, 0);
  return view.getFloat64(0);
}

export type Allocation = '30-50-20' | 'equal' | 'location only' | 'values';

/**
 * Weight of each sensitivity class (high, medium, low) under a rule. Twin: location 30, behaviour 50, environment 20.
 * 'values' weighs questions, not classes: see `epsilonsOf`.
 */
export function classWeights(rule: Allocation): readonly [high: number, medium: number, low: number] {
  switch (rule) {
    case '30-50-20':
      return [30, 50, 20];
    case 'equal':
    case 'values':
      return [1, 1, 1];
    case 'location only':
      return [1, 0, 0];
  }
}
