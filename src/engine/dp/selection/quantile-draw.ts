import type { Rng } from '../../rng/rng.ts';
import type { Rational } from '../../rng/samplers-exact.ts';
import { exponentialProbabilities } from './probabilities.ts';
import { rankSensitivity } from './quantile.ts';
import { scaleOf, survives } from './selectors.ts';

/**
 * Quantiles on a grid of whole positions, so that the draw is exact. The score of a position is minus the distance of the wanted rank
 * from the ranks it has, [values below, values not above]: one row moves either end by 0 or 1 and the wanted rank by the quantile, as in the
 * continuous mechanism, and ties need no breaking.
 */
export interface QuantileOrder {
  /** quantile = tenths / parts, whole. */
  readonly numerator: number;
  readonly parts: number;
}

export interface QuantilePlan {
  readonly orders: readonly QuantileOrder[];
  /** Epsilon of each order. */
  readonly epsilon: number;
  readonly scales: readonly Rational[];
}

/** Epsilon divided equally; a unit has up to `rows` rows, whose effects add up. Scores are in `parts` of a rank. */
export function quantilePlan(orders: readonly QuantileOrder[], epsilon: number, rows: number): QuantilePlan {
  const each = epsilon / orders.length;
  const scales = orders.map(({ numerator, parts }) =>
    scaleOf(each / (2 * rows * parts * rankSensitivity(numerator / parts))),
  );
  return { orders, epsilon: each, scales };
}

/** Rows at or below each position of a grid of `counts.length` positions. */
export function cumulative(counts: Uint32Array): Uint32Array {
  const out = new Uint32Array(counts.length);
  let sum = 0;
  for (let at = 0; at < counts.length; at += 1) {
    sum += counts[at] as number;
    out[at] = sum;
  }
  return out;
}

/** Minus the score of each position, whole. */
function rankGaps(upTo: Uint32Array, { numerator, parts }: QuantileOrder): Float64Array {
  const n = upTo[upTo.length - 1] ?? 0;
  const wanted = numerator * n;
  return Float64Array.from(upTo, (notAbove, at) => {
    const below = at === 0 ? 0 : (upTo[at - 1] as number);
    return Math.max(0, wanted - parts * notAbove, parts * below - wanted);
  });
}

/** What draws of one group need: for each order, how far the score of each position is below the best one. */
export type QuantileGroup = readonly { readonly gaps: Float64Array; readonly scale: Rational }[];

export function quantileGroup(counts: Uint32Array, { orders, scales }: QuantilePlan): QuantileGroup {
  const upTo = cumulative(counts);
  return orders.map((order, k) => {
    const gaps = rankGaps(upTo, order);
    const least = gaps.reduce((low, gap) => Math.min(low, gap), Number.POSITIVE_INFINITY);
    return { gaps: gaps.map((gap) => gap - least), scale: scales[k] as Rational };
  });
}

/**
 * All quantiles of one group: positions with probability proportional to e^(-gap / scale), exact by rejection. Put in ascending order
 * afterwards, which costs nothing.
 */
export function drawQuantiles(rng: Rng, group: QuantileGroup): Uint32Array {
  const drawn = new Uint32Array(group.length);
  group.forEach(({ gaps, scale }, k) => {
    let at: number;
    do at = rng.int(gaps.length);
    while (!survives(rng, gaps[at] as number, scale));
    drawn[k] = at;
  });
  return drawn.length === 1 ? drawn : drawn.sort();
}

/** Exact law of one quantile before the ordering. */
export function positionProbabilities(counts: Uint32Array, order: QuantileOrder, scale: Rational): Float64Array {
  const gaps = rankGaps(cumulative(counts), order);
  return exponentialProbabilities(
    gaps.map((gap) => -gap),
    scale.denominator / scale.numerator,
  );
}

/** Half width about the true position that a draw stays within with probability 1 - alpha. It depends on the data: a diagnosis. */
export function halfWidth(probabilities: Float64Array, truth: number, alpha: number): number {
  let inside = 0;
  for (let width = 0; width < probabilities.length; width += 1) {
    inside += probabilities[truth + width] ?? 0;
    if (width > 0) inside += probabilities[truth - width] ?? 0;
    if (inside >= 1 - alpha) return width;
  }
  return probabilities.length;
}
