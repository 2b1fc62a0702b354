import { invalidParam } from '../../kit/errors.ts';
import { exp } from '../../kit/portable-math.ts';
import { largest } from './probabilities.ts';

/**
 * Private quantiles by the exponential mechanism over the gaps between sorted values (Smith, 2011). The score of a point is
 * minus the distance of its rank from quantile x n.
 */

/** Sorted values kept inside the bounds, with the bounds themselves at both ends. */
function gapEnds(data: ArrayLike<number>, lower: number, upper: number): Float64Array {
  const ends = new Float64Array(data.length + 2);
  for (let i = 0; i < data.length; i += 1) ends[i + 1] = Math.min(Math.max(data[i] as number, lower), upper);
  ends[0] = lower;
  ends[data.length + 1] = upper;
  return ends.sort();
}

/** P(gap i) proportional to its length times e^(-epsilon |i - quantile n| / 2). Gaps of no length have probability 0. */
export function intervalProbabilities(
  data: ArrayLike<number>,
  lower: number,
  upper: number,
  epsilon: number,
  quantile: number,
): Float64Array {
  if (!(lower < upper)) throw invalidParam('upper', `a number above ${lower}`, upper);
  const ends = gapEnds(data, lower, upper);
  const n = data.length;
  const score = (i: number): number => (-epsilon * Math.abs(i - quantile * n)) / 2;
  const length = (i: number): number => (ends[i + 1] as number) - (ends[i] as number);
  const scores = Float64Array.from({ length: n + 1 }, (_, i) => (length(i) > 0 ? score(i) : Number.NEGATIVE_INFINITY));
  // Against the best gap that can be chosen at all: far bounds must not make every weight 0.
  const top = largest(scores);
  const weights = scores.map((value, i) => (value === Number.NEGATIVE_INFINITY ? 0 : exp(value - top) * length(i)));
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}

/** Expected released value: the middle of the chosen gap, for it is uniform there. */
export function expectedRelease(
  data: ArrayLike<number>,
  lower: number,
  upper: number,
  epsilon: number,
  quantile: number,
): number {
  const ends = gapEnds(data, lower, upper);
  const probabilities = intervalProbabilities(data, lower, upper, epsilon, quantile);
  let sum = 0;
  probabilities.forEach((p, i) => {
    sum += p * ((ends[i] as number) + ((ends[i + 1] as number) - (ends[i] as number)) / 2);
  });
  return sum;
}

/**
 * How much one more or one fewer row changes the score of any point: its rank moves by 0 or 1 and the wanted rank by `quantile`, so by
 * max(quantile, 1 - quantile). For a median that is half of what the textbook charges.
 */
export const rankSensitivity = (quantile: number): number => Math.max(quantile, 1 - quantile);
