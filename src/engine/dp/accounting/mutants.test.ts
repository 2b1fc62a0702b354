import { describe, expect, it } from 'vitest';
import type { CountedLaw } from '../../kit/loss-law.ts';
import { exp, expm1, log, log1p, pow } from '../../kit/portable-math.ts';
import { advancedComposition, basicComposition } from '../../kit/loss.ts';
import type { PrivacyEvent } from '../../kit/guarantee.ts';
import { subsampledEpsilon } from '../composition.ts';
import { epsilonOfMu } from '../gaussian.ts';
import { rdp as rdpAccountant } from './accountants-laws.ts';
import { boundedRange } from './accountants-pure.ts';
import { cltMuPoisson } from './gdp-clt.ts';
import { kovOptimalDelta, kovOptimalEpsilon, optimalEpsilon } from './kov.ts';
import { lawsOf } from '../../kit/laws-of-events.ts';
import { bestEpsilon } from './rdp-epsilon.ts';
import { rdpPoissonGaussian } from './rdp-sampled.ts';
import { rdpBoundedRange, rdpLaplace, rdpOf } from './rdp.ts';
import { cloneDelta } from './shuffle.ts';
import { zcdpDeltaTight, zcdpEpsilonTight } from './zcdp.ts';

/**
 * The kill table of accounting. Each check takes an implementation and says whether it is right; it must accept ours and
 * reject the wrong one, which is a mistake published software has made.
 */
interface Mutant<F> {
  readonly mistake: string;
  readonly check: (implementation: F) => boolean;
  readonly ours: F;
  readonly mutant: F;
}
const mutants: { readonly mistake: string; readonly accepts: () => boolean; readonly rejects: () => boolean }[] = [];
function kill<F>({ mistake, check, ours, mutant }: Mutant<F>): void {
  mutants.push({ mistake, accepts: () => check(ours), rejects: () => !check(mutant) });
}

const epsilonOf = (account: typeof rdpAccountant.account, laws: readonly CountedLaw[], delta: number): number => {
  const read = account(laws, delta);
  return read.status === 'ok' ? read.epsilon : Number.NaN;
};
const event = (epsilon: number, extra: Partial<PrivacyEvent> = {}): PrivacyEvent => ({
  what: '',
  on: '',
  mechanism: '',
  epsilon,
  delta: 0,
  neighbours: 'add-remove',
  unit: 'trip',
  sensitivity: 1,
  ...extra,
});

// 100 selections of epsilon 0.1 at delta 1e-6 cost at least what 100 two-point losses {t, t - 0.1} do at t = 0.05.
const selections: readonly CountedLaw[] = [{ law: { kind: 'bounded-range', epsilon: 0.1 }, count: 100 }];
kill({
  mistake: 'the count of repeated selections is forgotten',
  check: (account) => epsilonOf(account, selections, 1e-6) >= 2.19,
  ours: rdpAccountant.account,
  mutant: (laws, delta) => {
    const { epsilon, order, end } = bestEpsilon(
      (alpha) => laws.reduce((sum, { law }) => sum + (rdpOf(law, alpha) ?? 0), 0),
      delta,
    );
    return { status: 'ok', epsilon, order, endOfOrders: end };
  },
});
kill({
  mistake: 'the count of an event is forgotten in the plain sum',
  check: (account) => account([event(0.1, { count: 100 })])?.epsilon === 10,
  ours: basicComposition,
  mutant: (events) => basicComposition(events.map((one) => ({ ...one, count: 1 }))),
});
kill({
  mistake: 'the count of an event is forgotten in advanced composition',
  check: (account) => {
    const once = Array.from({ length: 100 }, () => event(0.05));
    const together = account([event(0.05, { count: 100 })])?.epsilon ?? 0;
    return Math.abs(together - (account(once)?.epsilon ?? 0)) < 1e-9;
  },
  ours: advancedComposition(1e-6),
  mutant: (events) => advancedComposition(1e-6)(events.map((one) => ({ ...one, count: 1 }))),
});
kill({
  mistake: 'selections are charged as plain epsilon-private releases (twice too dear)',
  check: (account) => epsilonOf(account, selections, 1e-6) <= 2.2461,
  ours: boundedRange.account,
  mutant: (_, delta) => ({ status: 'ok', epsilon: optimalEpsilon([{ epsilon: 0.1, count: 100 }], delta) }),
});

// Simpson's rule on the definition, E (1 - q + q e^((2x-1)/(2 s^2)))^alpha, shares nothing with the implementation.
function bySimpson(alpha: number, q: number, s: number): number {
  const density = (x: number): number => exp((-x * x) / (2 * s * s)) / (s * Math.sqrt(2 * Math.PI));
  const f = (x: number): number => density(x) * pow(1 - q + q * exp((2 * x - 1) / (2 * s * s)), alpha);
  const [from, to, n] = [-12 * s, alpha + 12 * s, 6000];
  const h = (to - from) / n;
  let sum = f(from) + f(to);
  for (let i = 1; i < n; i += 1) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * h);
  return log((sum * h) / 3) / (alpha - 1);
}
kill({
  mistake: 'broken orders without the alternating signs of their binomials',
  check: (divergence) =>
    [1.1, 1.5, 2.5].every((alpha) => Math.abs(divergence(alpha, 0.3, 1) / bySimpson(alpha, 0.3, 1) - 1) < 1e-8),
  ours: rdpPoissonGaussian,
  mutant: (alpha, q, s) => {
    // |C(alpha, k)| where the sign alternates from k = 3 on; the terms of the sum are those of the whole orders.
    let [binomial, sum] = [1, 0];
    for (let k = 0; k < 12; k += 1) {
      sum += Math.abs(binomial) * pow(q, k) * pow(1 - q, alpha - k) * exp((k * k - k) / (2 * s * s));
      binomial *= (alpha - k) / (k + 1);
    }
    return log(sum) / (alpha - 1);
  },
});

// Permute-and-flip at epsilon 1 on scores (0, 0) and (1, -1): exact probabilities.
kill({
  mistake: 'permute-and-flip is taken for bounded range (epsilon^2 / 8)',
  check: (claim) => {
    const second = exp(-1) / 2;
    const real = log(0.25 / (1 - second) + 0.25 / second);
    return claim(2, 1) >= real;
  },
  ours: rdpLaplace,
  mutant: rdpBoundedRange,
});
kill({
  mistake: 'the delta of concentrated privacy is rounded to the unsafe side',
  check: (epsilonAt) => [0.01, 0.3, 2].every((rho) => zcdpDeltaTight(rho, epsilonAt(rho, 1e-9)) <= 1e-9 * (1 + 1e-7)),
  ours: zcdpEpsilonTight,
  mutant: (rho, delta) => Math.floor(zcdpEpsilonTight(rho, delta) * 1000) / 1000,
});
kill({
  mistake: 'the central limit is used as a bound',
  // One step is a release of exactly known loss: rate times the plain delta at ln(1 + (e^epsilon - 1) / rate).
  check: (epsilonAt) => {
    const exact = log1p(0.01 * expm1(epsilonOfMu(1 / 0.6, 1e-5 / 0.01)));
    return epsilonAt(0.01, 0.6, 1, 1e-5) >= exact;
  },
  ours: (rate, sigma, steps, delta) =>
    bestEpsilon((alpha) => steps * rdpPoissonGaussian(alpha, rate, sigma), delta).epsilon,
  mutant: (rate: number, sigma: number, steps: number, delta: number) =>
    epsilonOfMu(cltMuPoisson(rate, sigma, steps), delta),
});
kill({
  mistake: 'optimal composition knows only the outcomes of the sum, not the reals between them',
  check: (epsilonAt) => {
    const found = epsilonAt(0.5, 0, 30, 1e-5) ?? 0;
    return kovOptimalDelta(0.5, 30, found) <= 1e-5 && kovOptimalDelta(0.5, 30, found * (1 - 1e-6)) > 1e-5;
  },
  ours: kovOptimalEpsilon,
  mutant: (epsilon: number, delta: number, k: number, total: number) =>
    Math.ceil((kovOptimalEpsilon(epsilon, delta, k, total) ?? 0) / epsilon) * epsilon,
});
kill({
  mistake: 'losses of two neighbouring relations are added up',
  check: (read) => read([event(1), event(1, { neighbours: 'replace-one' })]).status === 'unsupported',
  ours: lawsOf,
  mutant: (events: readonly PrivacyEvent[]) => lawsOf(events.map((one) => ({ ...one, neighbours: 'add-remove' }))),
});
kill({
  mistake: 'sampling is charged q epsilon',
  // Randomized response of odds e^epsilon on a row that is drawn with probability q: its largest odds.
  check: (amplified) => exp(amplified(2, 0.1)) >= 1 - 0.1 + 0.1 * exp(2),
  ours: (epsilon, q) => subsampledEpsilon(epsilon, q) * (1 + 1e-15),
  mutant: (epsilon: number, q: number) => q * epsilon,
});
kill({
  mistake: 'a shuffle is stopped before all clones are counted',
  check: (delta) => {
    // n = 2 by hand: no clone with probability 1 - e^-1, one with e^-1.
    const [w, e] = [exp(1) / (1 + exp(1)), exp(0.2)];
    const none = Math.max(0, w - e * (1 - w));
    const one = Math.max(0, 0.5 * w - e * 0.5 * (1 - w));
    return Math.abs(delta(1, 2, 0.2) - ((1 - exp(-1)) * none + exp(-1) * one)) < 1e-12;
  },
  ours: cloneDelta,
  mutant: (epsilon0: number, n: number, epsilon: number) => cloneDelta(epsilon0, n - 1, epsilon),
});

describe('wrong accounting is noticed', () => {
  it.each(mutants)('$mistake', ({ accepts, rejects }) => {
    expect([accepts(), rejects()]).toEqual([true, true]);
  });
});
