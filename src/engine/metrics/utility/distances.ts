import { log2 } from '../../kit/portable-math.ts';

/** Distances between two lists of non-negative weights, each taken as a distribution; 1 where one of them is all zero. */

/** Half of the summed absolute differences of the shares, 0..1. */
export function totalVariationOf(p: Float64Array, q: Float64Array): number {
  const [a, b] = [sumOf(p), sumOf(q)];
  if (a === 0 || b === 0) return a === b ? 0 : 1;
  let sum = 0;
  for (let i = 0; i < p.length; i += 1) sum += Math.abs((p[i] as number) / a - (q[i] as number) / b);
  return sum / 2;
}

/** Jensen-Shannon divergence in bits, 0..1 (Lin 1991): mean divergence of both from their mean. */
export function jensenShannon(p: Float64Array, q: Float64Array): number {
  const [a, b] = [sumOf(p), sumOf(q)];
  if (a === 0 || b === 0) return a === b ? 0 : 1;
  let sum = 0;
  for (let i = 0; i < p.length; i += 1) {
    const x = (p[i] as number) / a;
    const y = (q[i] as number) / b;
    const mean = (x + y) / 2;
    if (x > 0) sum += x * log2(x / mean);
    if (y > 0) sum += y * log2(y / mean);
  }
  return Math.min(1, Math.max(0, sum / 2));
}

/**
 * Earth mover's distance on a line, as a share of its length: the mean way a unit of weight is moved, 0..1. `places`
 * ascending, one for each weight.
 */
export function earthMovers(p: Float64Array, q: Float64Array, places: Float64Array): number {
  const [a, b] = [sumOf(p), sumOf(q)];
  const length = places.length < 2 ? 0 : (places[places.length - 1] as number) - (places[0] as number);
  if (a === 0 || b === 0) return a === b ? 0 : 1;
  if (length === 0) return 0;
  let gap = 0;
  let sum = 0;
  for (let i = 0; i + 1 < p.length; i += 1) {
    gap += (p[i] as number) / a - (q[i] as number) / b;
    sum += Math.abs(gap) * ((places[i + 1] as number) - (places[i] as number));
  }
  return sum / length;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
