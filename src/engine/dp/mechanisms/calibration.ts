import { invalidParam } from '../../kit/errors.ts';
import type { Loss } from '../../kit/loss.ts';
import { exp } from '../../kit/portable-math.ts';
import type { Change } from '../mechanism.ts';

/** What calibrations of additive mechanisms have in common. */

/**
 * Refuses what no mechanism can keep.
 * @throws invalid-param for an epsilon that is not positive, a delta outside [0, 1) or a change that is none.
 */
export function checkClaim({ epsilon, delta }: Loss, by: Change): void {
  if (!(epsilon > 0 && epsilon < Infinity)) throw invalidParam('epsilon', 'a positive number', epsilon);
  if (!(delta >= 0 && delta < 1)) throw invalidParam('delta', 'a number from 0 to below 1', delta);
  for (const [name, value] of [
    ['l1', by.l1],
    ['l2', by.l2],
    ['linf', by.linf],
    ['cells', by.cells],
  ] as const) {
    if (!(value > 0 && value < Infinity)) throw invalidParam(name, 'a positive sensitivity', value);
  }
}

/** The same for mechanisms that promise nothing without a chance of failure. */
export function checkApproximate(claim: Loss, by: Change): void {
  checkClaim(claim, by);
  if (!(claim.delta > 0)) throw invalidParam('delta', 'a positive chance of failure, say 1e-6', claim.delta);
}

/** Declared range of the answers, in steps. @throws invalid-param where it is missing or reversed. */
export function declaredRange({ lower, upper }: Change): { readonly lower: number; readonly upper: number } {
  if (lower === undefined || upper === undefined || !(upper > lower)) {
    throw invalidParam('bounds', 'a declared range of the answers, lower end first', [lower ?? null, upper ?? null]);
  }
  return { lower, upper };
}

/**
 * The claim one answer must keep where noise is set answer by answer: a unit changes `cells` of them, whose losses add up.
 */
export const perAnswer = ({ epsilon, delta }: Loss, { cells }: Change): Loss => ({
  epsilon: epsilon / cells,
  delta: delta / cells,
});

/** Smallest whole t >= 0 with `tail(t)` <= alpha, for a tail P(|X| >= t) that falls to 0. */
export function smallestWhole(tail: (t: number) => number, alpha: number): number {
  if (alpha >= 1) return 0;
  let low = 0; // tail(low) > alpha
  let high = 1;
  while (tail(high) > alpha) {
    low = high;
    high *= 2;
    if (high > 9e15) throw invalidParam('alpha', 'a probability this noise can be told about', alpha);
  }
  while (high - low > 1) {
    const middle = Math.floor(low + (high - low) / 2);
    if (tail(middle) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

/** Least x in [low, high] where a falling function is at or below 0, from above and to the last place. */
export function rootFromAbove(low: number, high: number, falling: (x: number) => number): number {
  let a = low;
  let b = high;
  for (let i = 0; i < 300; i += 1) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) break;
    if (falling(middle) > 0) a = middle;
    else b = middle;
  }
  return b;
}

/** Sums of b^k, k b^k and k^2 b^k over k >= 0, for b = e^-epsilon; `gap` = 1 - b. */
export function geometricSums(epsilon: number, gap: number) {
  const b = exp(-epsilon);
  return { b, s0: 1 / gap, s1: b / (gap * gap), s2: (b * (1 + b)) / (gap * gap * gap) } as const;
}

/** A value made when first needed, and kept. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
