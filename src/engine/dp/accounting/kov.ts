import { exp, expm1, log, log1p, tanh } from '../../kit/portable-math.ts';
import { binomialMass, binomialWindow, fallingRoot } from './kov-math.ts';
import type { LossRun } from './losses.ts';

/** Composition of pure losses: advanced forms, and the exact optimum for equal, unequal and bounded-range losses. */

/** epsilon sqrt(2 k ln(1/slack)) + k epsilon (e^epsilon - 1), summed (Dwork, Rothblum, Vadhan, 2010). */
export function advancedSum(runs: readonly LossRun[], slack: number): number {
  return sumForm(runs, slack, (epsilon) => epsilon * expm1(epsilon));
}

/** The same with the smaller drift k epsilon (e^epsilon - 1) / (e^epsilon + 1) (Dwork, Rothblum, 2016). */
export function advancedSumImproved(runs: readonly LossRun[], slack: number): number {
  return sumForm(runs, slack, (epsilon) => epsilon * tanh(epsilon / 2));
}

function sumForm(runs: readonly LossRun[], slack: number, drift: (epsilon: number) => number): number {
  let squares = 0;
  let drifts = 0;
  for (const { epsilon, count } of runs) {
    squares += count * epsilon * epsilon;
    drifts += count * drift(epsilon);
  }
  return Math.sqrt(-2 * log(slack) * squares) + drifts;
}

/** Kairouz, Oh, Viswanath (2015), Theorem 3.5: the least of its three forms. */
export function kovClosedForm(runs: readonly LossRun[], slack: number): number {
  let sum = 0;
  let squares = 0;
  let drift = 0;
  for (const { epsilon, count } of runs) {
    sum += count * epsilon;
    squares += count * epsilon * epsilon;
    drift += count * epsilon * tanh(epsilon / 2);
  }
  const second = drift + Math.sqrt(2 * squares * log(Math.E + Math.sqrt(squares) / slack));
  const third = drift + Math.sqrt(-2 * squares * log(slack));
  return Math.min(sum, second, third);
}

/** Mass a window of outcomes may leave out, of everything. It is charged to delta. */
const left = 1e-320;

/**
 * Exact delta of k equal pure losses at a total epsilon (Kairouz, Oh, Viswanath, 2015, Theorem 3.3):
 * sum_i C(k,i) p^(k-i) (1-p)^i max(0, 1 - e^(total - (k - 2i) epsilon)).
 */
export function kovOptimalDelta(epsilon: number, k: number, total: number): number {
  return hockeyOfRuns([{ epsilon, count: k }], total);
}

/**
 * Smallest real epsilon of k equal (epsilon, delta)-private releases at a total delta: 1 - (1 - delta)^k (1 - D(g)) = total.
 * `undefined` where the releases' own deltas exceed the total.
 */
export function kovOptimalEpsilon(epsilon: number, delta: number, k: number, totalDelta: number): number | undefined {
  const rest = -expm1(log1p(-totalDelta) - k * log1p(-delta));
  if (rest < 0) return undefined;
  return optimalEpsilon([{ epsilon, count: k }], rest);
}

/** Smallest epsilon at delta of any pure losses, exact (see hockeyOfRuns for how many that can be). */
export function optimalEpsilon(runs: readonly LossRun[], delta: number): number {
  const sum = runs.reduce((total, { epsilon, count }) => total + count * epsilon, 0);
  if (delta <= 0 || sum === 0) return sum;
  const { losses, mass } = outcomes(runs);
  return Math.min(
    sum,
    fallingRoot((total) => hockey(losses, mass, total), delta, 0, sum),
  );
}

/** Delta at `total` of the composition of pure losses by all outcomes of signs (Murtagh, Vadhan, 2018, Theorem 1.5). */
export function hockeyOfRuns(runs: readonly LossRun[], total: number): number {
  const { losses, mass } = outcomes(runs);
  return hockey(losses, mass, total);
}

/** sum of mass max(0, 1 - e^(total - loss)); losses in falling order. */
function hockey(losses: Float64Array, mass: Float64Array, total: number): number {
  let sum = 0;
  for (let i = 0; i < losses.length && (losses[i] as number) > total; i += 1) {
    sum -= (mass[i] as number) * expm1(total - (losses[i] as number));
  }
  return sum;
}

/** Outcomes the product of runs has, before windows. */
export const outcomeCount = (runs: readonly LossRun[]): number =>
  runs.reduce((product, run) => product * (run.count + 1), 1);

/** Loss and probability of every outcome of randomized response, falling by loss. */
function outcomes(runs: readonly LossRun[]): { readonly losses: Float64Array; readonly mass: Float64Array } {
  let losses = Float64Array.of(0);
  let mass = Float64Array.of(1);
  for (const { epsilon, count } of runs) {
    if (epsilon === 0 || count === 0) continue;
    const lie = 1 / (1 + exp(epsilon));
    const lies = binomialWindow(count, lie, 1 / (1 + exp(-epsilon)), left);
    const size = lies.mass.length;
    const nextLosses = new Float64Array(losses.length * size);
    const nextMass = new Float64Array(losses.length * size);
    for (let i = 0; i < losses.length; i += 1) {
      for (let j = 0; j < size; j += 1) {
        nextLosses[i * size + j] = (losses[i] as number) + (count - 2 * (lies.from + j)) * epsilon;
        nextMass[i * size + j] = (mass[i] as number) * (lies.mass[j] as number);
      }
    }
    losses = nextLosses;
    mass = nextMass;
  }
  if (runs.length <= 1) return { losses, mass };
  const order = Uint32Array.from(losses.keys()).sort((a, b) => (losses[b] as number) - (losses[a] as number));
  return {
    losses: losses.map((_, i) => losses[order[i] as number] as number),
    mass: mass.map((_, i) => mass[order[i] as number] as number),
  };
}

/**
 * A sound epsilon for many unequal losses: each is rounded up to a multiple of a cell (a larger loss is a weaker promise), and
 * the sum is convolved exactly on the lattice.
 */
export function roundedOptimalEpsilon(runs: readonly LossRun[], delta: number, cells: number): number {
  const sum = runs.reduce((total, { epsilon, count }) => total + count * epsilon, 0);
  if (delta <= 0 || sum === 0) return sum;
  const cell = sum / cells;
  let half = 0;
  let mass = Float64Array.of(1);
  for (const { epsilon, count } of runs) {
    if (epsilon === 0 || count === 0) continue;
    const steps = Math.ceil((epsilon / cell) * (1 - 1e-12));
    const up = steps * cell;
    const { from, mass: lies } = binomialWindow(count, 1 / (1 + exp(up)), 1 / (1 + exp(-up)), left);
    const reach = count * steps;
    const next = new Float64Array(2 * (half + reach) + 1);
    for (let j = 0; j < lies.length; j += 1) {
      const shift = 2 * reach - 2 * (from + j) * steps;
      const weight = lies[j] as number;
      for (let i = 0; i < mass.length; i += 1)
        next[i + shift] = (next[i + shift] as number) + weight * (mass[i] as number);
    }
    half += reach;
    mass = next;
  }
  const falling = mass.slice().reverse();
  const losses = falling.map((_, i) => (half - i) * cell);
  return Math.min(
    sum,
    fallingRoot((total) => hockey(losses, falling, total), delta, 0, half * cell),
  );
}

/**
 * Exact delta of k exponential mechanisms of range epsilon whose choice does not depend on earlier answers (Dong, Durfee,
 * Rogers, 2020, Theorem 3): the worst of k equal two-point losses {t, t - epsilon}, t = clamp((total + (l+1) epsilon) / (k+1)).
 */
export function boundedRangeDelta(epsilon: number, k: number, total: number): number {
  let worst = 0;
  let before = Number.NaN;
  for (let l = 0; l <= k; l += 1) {
    const t = Math.min(epsilon, Math.max(0, (total + (l + 1) * epsilon) / (k + 1)));
    // At either end the loss is always zero.
    if (t === before || t <= 0 || t >= epsilon) continue;
    before = t;
    worst = Math.max(worst, twoPointDelta(epsilon, k, t, total));
  }
  return worst;
}

/** Hockey stick at `total` of k losses of t with probability p and t - epsilon otherwise. */
function twoPointDelta(epsilon: number, k: number, t: number, total: number): number {
  // p = e^t (e^-t - e^-epsilon) / (1 - e^-epsilon).
  const p = expm1(t - epsilon) / expm1(-epsilon);
  const q = (-expm1(-t) * exp(t - epsilon)) / -expm1(-epsilon);
  const gap = total - k * t;
  // Outcomes with j losses of t - epsilon count while k t - j epsilon > total; downwards from the last one masses die out.
  const mode = Math.floor((k + 1) * q);
  const last = Math.min(k, Math.ceil(-gap / epsilon), Math.ceil(mode + 40 * Math.sqrt(k * p * q)) + 40);
  let mass = binomialMass(last, k, q, p);
  let sum = 0;
  for (let j = last; j >= 0; j -= 1) {
    if (mass < 1e-280 || j % 64 === 0) mass = binomialMass(j, k, q, p);
    const loss = gap + j * epsilon;
    if (loss < 0) sum -= mass * expm1(loss);
    if (j < mode && mass * (j + 1) < 1e-17 * sum) break;
    mass *= (j / (k - j + 1)) * (p / q);
  }
  return sum;
}

/** Smallest epsilon at delta of k such mechanisms. */
export function boundedRangeEpsilon(epsilon: number, k: number, delta: number): number {
  const sum = k * epsilon;
  if (delta <= 0) return sum;
  return fallingRoot((total) => boundedRangeDelta(epsilon, k, total), delta, 0, sum);
}
