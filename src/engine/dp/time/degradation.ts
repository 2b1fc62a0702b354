import { exp, expm1, log, log1p, pow } from '../../kit/portable-math.ts';

/**
 * What a release still says later, about a unit whose yes-or-no state is a stationary two-state Markov chain: prior probability
 * `prior` at any time, correlation persistence^L between two moments L days apart.
 */
export interface Habit {
  readonly prior: number;
  /** Correlation of the state with itself a day later, 0..1. */
  readonly persistence: number;
}

/** Correlation over that many days; whole at no distance, also where nothing persists. */
export const correlation = ({ persistence }: Habit, days: number): number => (days <= 0 ? 1 : pow(persistence, days));

/** Largest belief in the state, from a belief before and a release of that loss: odds times e^epsilon. */
export function updated(belief: number, epsilon: number): number {
  // In the form that stays within 0..1 for any epsilon.
  return belief <= 0 ? 0 : 1 / (1 + ((1 - belief) / belief) * exp(-epsilon));
}

/** A belief carried on by that many days. */
export const carried = (habit: Habit, belief: number, days: number): number =>
  habit.prior + (belief - habit.prior) * correlation(habit, days);

/**
 * Loss about the state that many days after an epsilon-private release about the state then: log of the largest odds ratio.
 * With a, b the probabilities that the state was "yes" given that it now is, or is not: (1 + a (e^epsilon - 1)) / (1 + b (e^epsilon - 1)),
 * or the same with -epsilon turned around, whichever is more.
 */
export function lossAt(habit: Habit, epsilon: number, days: number): number {
  const c = correlation(habit, days);
  const a = habit.prior + (1 - habit.prior) * c;
  const b = habit.prior * (1 - c);
  const up = logOfMix(a, epsilon) - logOfMix(b, epsilon);
  const down = logOfMix(b, -epsilon) - logOfMix(a, -epsilon);
  return Math.max(0, up, down);
}

/** ln(1 + share (e^epsilon - 1)), also where e^epsilon overflows. */
function logOfMix(share: number, epsilon: number): number {
  if (share >= 1) return epsilon;
  if (share <= 0) return 0;
  if (epsilon < 30) return log1p(share * expm1(epsilon));
  return epsilon + log(exp(-epsilon) - share * expm1(-epsilon));
}

/** Days until half of epsilon is left; infinite where habits never change, 0 where nothing persists. */
export function halfLife(habit: Habit, epsilon: number): number {
  if (habit.persistence >= 1) return Number.POSITIVE_INFINITY;
  if (habit.persistence <= 0) return 0;
  let high = 1;
  while (lossAt(habit, epsilon, high) > epsilon / 2 && high < 1e9) high *= 2;
  let low = 0;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (lossAt(habit, epsilon, middle) > epsilon / 2) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Largest belief in the state at each of `lags` (days, ascending) after fresh releases every `every` days up to then, the first at
 * day 0: each multiplies the odds by e^epsilon at most, and between them the belief drifts back to the prior.
 */
export function accumulatedBelief(habit: Habit, epsilon: number, every: number, lags: Float64Array): Float64Array {
  let belief = updated(habit.prior, epsilon);
  let release = 0;
  return lags.map((day) => {
    while ((release + 1) * every <= day + 1e-9) {
      release += 1;
      belief = updated(carried(habit, belief, every), epsilon);
    }
    return carried(habit, belief, day - release * every);
  });
}
