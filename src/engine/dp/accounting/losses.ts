import type { CountedLaw, LossLaw } from '../../kit/loss-law.ts';
import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import { discreteGaussianDelta, discreteGaussianEpsilon } from '../discrete-gaussian.ts';
import { epsilonOfMu, logDeltaOfMu } from '../gaussian.ts';
import { fallingRoot } from './kov-math.ts';
import { pureEpsilon } from './pure.ts';
import { zcdpDeltaTight, zcdpEpsilonTight } from './zcdp.ts';

/** Laws read as plain (epsilon, delta) losses, for accountants that know no more. */

/** The laws without their own chances of total failure, and the delta that is then left of the asked one. */
export interface WithoutFailure {
  readonly laws: readonly CountedLaw[];
  readonly delta: number;
}

/**
 * An (epsilon, delta_i)-private release is worst when it fails openly with probability delta_i and is epsilon-private
 * otherwise (Kairouz, Oh, Viswanath, 2015), so delta = 1 - prod (1 - delta_i) (1 - rest). `undefined` where the failures
 * alone exceed delta.
 */
export function withoutFailure(laws: readonly CountedLaw[], delta: number): WithoutFailure | undefined {
  let safe = 0;
  const rest: CountedLaw[] = [];
  for (const { law, count } of laws) {
    if (count === 0) continue;
    if (law.kind === 'approximate') {
      safe += count * log1p(-law.delta);
      rest.push({ law: { kind: 'pure', epsilon: law.epsilon }, count });
    } else {
      rest.push({ law, count });
    }
  }
  if (safe === 0) return { laws: rest, delta };
  const left = -expm1(log1p(-delta) - safe);
  // Releases whose deltas add up to the asked one keep it: rounding must not refuse them.
  if (left < -1e-12 * delta) return undefined;
  return { laws: rest, delta: Math.max(0, left) };
}

/** Equal releases of a bounded loss. */
export interface LossRun {
  readonly epsilon: number;
  readonly count: number;
}
/** Releases as pure losses, and the delta that is left for their composition. */
export interface PureRuns {
  readonly runs: readonly LossRun[];
  readonly slack: number;
}

/**
 * Laws as pure losses outside failures: those with unbounded loss are cut at an equal part of `share` of delta each.
 * `undefined` where failures exceed delta.
 */
export function asPureRuns(laws: readonly CountedLaw[], delta: number, share: number): PureRuns | undefined {
  const without = withoutFailure(laws, delta);
  if (without === undefined) return undefined;
  const unbounded = without.laws.reduce((sum, { law, count }) => sum + (pureEpsilon(law) === undefined ? count : 0), 0);
  const each = unbounded === 0 ? 0 : -expm1(log1p(-share * without.delta) / unbounded);
  if (unbounded > 0 && !(each > 0)) return undefined;
  const merged = new Map<number, number>();
  for (const { law, count } of without.laws) {
    const epsilon = pureEpsilon(law) ?? epsilonOnce(law, each);
    merged.set(epsilon, (merged.get(epsilon) ?? 0) + count);
  }
  const slack = unbounded === 0 ? without.delta : -expm1(log1p(-without.delta) - log1p(-share * without.delta));
  return {
    runs: [...merged].map(([epsilon, count]) => ({ epsilon, count })).sort((a, b) => a.epsilon - b.epsilon),
    slack: Math.max(0, slack),
  };
}

/** Exact (for zCDP: proven) epsilon of one release at a delta; infinite where delta is below the law's own. */
export function epsilonOnce(law: LossLaw, delta: number): number {
  switch (law.kind) {
    case 'gaussian':
      return delta > 0 ? epsilonOfMu(law.mu, delta) : Number.POSITIVE_INFINITY;
    case 'discrete-gaussian':
      return delta > 0 ? discreteGaussianEpsilon(law.sigma2, delta, law.sensitivity) : Number.POSITIVE_INFINITY;
    case 'poisson-gaussian':
      return delta > 0 ? sampledEpsilonOnce(law.rate, law.sigma, delta) : Number.POSITIVE_INFINITY;
    case 'zcdp':
      return delta > 0 ? zcdpEpsilonTight(law.rho, delta) : Number.POSITIVE_INFINITY;
    case 'approximate':
      return delta >= law.delta ? law.epsilon : Number.POSITIVE_INFINITY;
    case 'pure':
    case 'laplace':
    case 'bounded-range':
    case 'discrete-laplace':
    case 'randomized-response':
      return pureEpsilon(law) ?? Number.POSITIVE_INFINITY;
  }
}

/** Exact (for zCDP and bare epsilons: proven) delta of one release at an epsilon >= 0. */
export function deltaOnce(law: LossLaw, epsilon: number): number {
  switch (law.kind) {
    case 'gaussian':
      return law.mu === 0 ? 0 : exp(logDeltaOfMu(law.mu, epsilon));
    case 'discrete-gaussian':
      return discreteGaussianDelta(law.sigma2, epsilon, law.sensitivity);
    case 'poisson-gaussian':
      return sampledDeltaOnce(law.rate, law.sigma, epsilon);
    case 'zcdp':
      return zcdpDeltaTight(law.rho, epsilon);
    case 'laplace':
      return Math.max(0, -expm1((epsilon - law.epsilon) / 2));
    default: {
      const own = law.kind === 'approximate' ? law.delta : 0;
      const bound = law.kind === 'approximate' ? law.epsilon : (pureEpsilon(law) ?? Number.POSITIVE_INFINITY);
      if (epsilon >= bound) return own;
      // Randomized response: (e^bound - e^epsilon) / (1 + e^bound).
      return own + ((1 - own) * -expm1(epsilon - bound)) / (1 + exp(-bound));
    }
  }
}

/**
 * One step on a Poisson sample, the larger of both directions. Taking one away: q times the plain delta at
 * ln(1 + (e^epsilon - 1) / q). Adding one: (1 - e^epsilon (1 - q)) times the plain delta at ln(e^epsilon q / that).
 */
function sampledDeltaOnce(rate: number, sigma: number, epsilon: number): number {
  if (rate === 0) return 0;
  const mu = 1 / sigma;
  const remove = rate * exp(logDeltaOfMu(mu, log1p(expm1(epsilon) / rate)));
  const left = rate - (1 - rate) * expm1(epsilon);
  if (left <= 0) return remove;
  return Math.max(remove, left * exp(logDeltaOfMu(mu, Math.max(0, epsilon + log(rate / left)))));
}

function sampledEpsilonOnce(rate: number, sigma: number, delta: number): number {
  if (rate <= delta) return 0;
  const remove = log1p(rate * expm1(epsilonOfMu(1 / sigma, delta / rate)));
  const over = (epsilon: number): number => sampledDeltaOnce(rate, sigma, epsilon);
  if (over(remove) <= delta * (1 + 1e-9)) return remove;
  return fallingRoot(over, delta, remove, epsilonOfMu(1 / sigma, delta));
}
