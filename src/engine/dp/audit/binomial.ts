import { invalidParam } from '../../kit/errors.ts';
import { betainc, betaincUpper, log } from '../../kit/portable-math.ts';

/**
 * Two-sided Clopper-Pearson (1934) interval at level 1 - alpha of `successes` in `trials`: each end misses with probability
 * alpha / 2 at most, whatever the true rate. Both ends keep their digits next to 0 and for any alpha above 1e-300.
 * @throws invalid-param unless 0 <= successes <= trials, trials >= 1 and 0 < alpha < 1.
 */
export function clopperPearson(successes: number, trials: number, alpha: number): readonly [number, number] {
  checkCounts(successes, trials, alpha);
  return [rateAbove(successes, trials, alpha / 2), rateBelow(successes, trials, alpha / 2)];
}

/** Lower limit of a rate that misses with probability `alpha` at most: the x with P[Bin(trials, x) >= successes] = alpha. */
export const rateAbove = (successes: number, trials: number, alpha: number): number =>
  successes === 0 ? 0 : rootOf((x) => betainc(x, successes, trials - successes + 1) >= alpha);

/** Upper limit of a rate that misses with probability `alpha` at most: the x with P[Bin(trials, x) <= successes] = alpha. */
export const rateBelow = (successes: number, trials: number, alpha: number): number =>
  successes === trials ? 1 : rootOf((x) => betaincUpper(x, successes + 1, trials - successes) <= alpha);

/**
 * Certified lower bound on epsilon from how often one event happened in two neighbouring worlds: the better of the event and
 * its complement in ln((TPR_low - delta) / FPR_high), each limit from a Clopper-Pearson interval at level 1 - alpha (so the bound is above the truth with
 * probability alpha at most). 0 where nothing is shown. Rates of the complement come from its own counts, to keep their digits.
 */
export function epsilonLowerBound(
  truePositives: number,
  falsePositives: number,
  trials: readonly [positives: number, negatives: number],
  delta: number,
  alpha: number,
): number {
  const [positives, negatives] = trials;
  checkCounts(truePositives, positives, alpha);
  checkCounts(falsePositives, negatives, alpha);
  return Math.max(
    0,
    shown(rateAbove(truePositives, positives, alpha / 2) - delta, rateBelow(falsePositives, negatives, alpha / 2)),
    shown(
      rateAbove(negatives - falsePositives, negatives, alpha / 2) - delta,
      rateBelow(positives - truePositives, positives, alpha / 2),
    ),
  );
}

const shown = (often: number, seldom: number): number => (often > 0 ? log(often / seldom) : 0);

/** Largest epsilon that this many runs a world can certify, even of a mechanism that hides nothing. */
export const largestBound = (trials: number, delta: number, alpha: number): number =>
  epsilonLowerBound(trials, 0, [trials, trials], delta, alpha);

/**
 * Audit in one run (Steinke, Nasr, Jagielski, 2023, delta = 0): the largest epsilon rejected at level beta by `correct` right
 * ones of `guesses` guesses, P[Bin(guesses, e^eps / (1 + e^eps)) >= correct] <= beta. 0 where none is.
 * @throws invalid-param unless 0 <= correct <= guesses, guesses >= 1 and 0 < beta < 1.
 */
export function oneRunEpsilon(guesses: number, correct: number, beta: number): number {
  checkCounts(correct, guesses, beta);
  // In terms of the rate of wrong guesses, 1 / (1 + e^eps), which keeps its digits where nearly all are right.
  const wrong = rateBelow(guesses - correct, guesses, beta);
  return wrong < 0.5 ? log((1 - wrong) / wrong) : 0;
}

/** Where `isPast` turns true between 0 and 1, to the last place; by bisection of the exponent first, since rates may be tiny. */
function rootOf(isPast: (x: number) => boolean): number {
  let low = 0;
  let high = 1;
  let step = 1;
  while (step > 1e-300 && isPast(step / 2)) {
    step /= 2;
    high = step;
  }
  low = step <= 1e-300 ? 0 : step / 2;
  for (let i = 0; i < 60; i += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (isPast(middle)) high = middle;
    else low = middle;
  }
  return low + (high - low) / 2;
}

function checkCounts(successes: number, trials: number, alpha: number): void {
  if (!(Number.isInteger(trials) && trials >= 1)) throw invalidParam('trials', 'a whole number of at least 1', trials);
  if (!(Number.isInteger(successes) && successes >= 0 && successes <= trials)) {
    throw invalidParam('successes', `a whole number from 0 to ${trials}`, successes);
  }
  if (!(alpha > 0 && alpha < 1)) throw invalidParam('alpha', 'a chance between 0 and 1', alpha);
}
