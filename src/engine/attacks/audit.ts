import { rateAbove, rateBelow } from '../dp/audit/binomial.ts';
import { epsilonOfMu, normalCdf, normalQuantile } from '../dp/gaussian.ts';
import { betainc, exp, gammaln, log, log1p, pow } from '../kit/portable-math.ts';

/** Two-sided Clopper-Pearson (1934) interval at level 1 - alpha of k successes in n trials. */
export const clopperPearson = (k: number, n: number, alpha: number): readonly [number, number] => [
  rateAbove(k, n, alpha / 2),
  rateBelow(k, n, alpha / 2),
];

/** Counts of an attack whose threshold was fixed before: `tp` of `positives` members, `fp` of `negatives` others. */
export interface AttackCounts {
  readonly tp: number;
  readonly positives: number;
  readonly fp: number;
  readonly negatives: number;
}

/**
 * Empirical lower bounds on epsilon (Nasr et al. 2021; Kairouz et al. 2015) and, for Gaussian mechanisms only, on mu
 * (Nasr et al. 2023), from Clopper-Pearson limits of each rate at level 1 - alpha.
 */
export function epsilonLowerBound(
  counts: AttackCounts,
  delta: number,
  alpha: number,
): { readonly epsilonLower: number; readonly muLower: number; readonly epsilonFromMu?: number } {
  const { tp, positives, fp, negatives } = counts;
  const [tprLow] = clopperPearson(tp, positives, alpha);
  const [, fprHigh] = clopperPearson(fp, negatives, alpha);
  const ratio = (a: number, b: number): number => (a > 0 ? log(a / b) : Number.NEGATIVE_INFINITY);
  const muLower = normalQuantile(1 - fprHigh) - normalQuantile(1 - tprLow);
  return {
    epsilonLower: Math.max(0, ratio(tprLow - delta, fprHigh), ratio(1 - fprHigh - delta, 1 - tprLow)),
    muLower,
    // A Gaussian mechanism has no finite epsilon at delta 0.
    ...(delta > 0 ? { epsilonFromMu: muLower > 0 ? epsilonOfMu(muLower, delta) : 0 } : {}),
  };
}

/** Largest epsilon that n perfect guesses on each side can certify at level 1 - alpha. */
export function perfectAttackCeiling(n: number, alpha: number, delta: number): number {
  const low = pow(alpha / 2, 1 / n);
  return log((low - delta) / (1 - low));
}

/** Fewest non-members without a false positive that put the upper 97.5 % limit of the rate at or below `fpr`. */
export const nonMembersFor = (fpr: number): number => Math.ceil(log(0.025) / log1p(-fpr));

/** Counts of a one-run audit (Steinke, Nasr, Jagielski 2023): canaries, guesses fixed in advance, and how many were right. */
export interface OneRun {
  readonly canaries: number;
  readonly guesses: number;
  readonly correct: number;
  readonly delta: number;
}

/** p-value of the hypothesis that the training was (epsilon, delta)-private. */
export function oneRunPValue({ canaries, guesses, correct, delta }: OneRun, epsilon: number): number {
  const q = 1 / (1 + exp(-epsilon));
  const beta = correct === 0 ? 1 : betainc(q, correct, guesses - correct + 1);
  if (delta === 0) return Math.min(1, beta);
  let below = 0;
  let worst = 0;
  for (let i = 1; i <= correct; i += 1) {
    below += binomialMass(guesses, correct - i, q);
    worst = Math.max(worst, below / i);
  }
  return Math.min(1, beta + 2 * canaries * delta * worst);
}

/** Largest epsilon rejected at level p; 0 when none is. */
export function oneRunEpsilon(run: OneRun, p: number): number {
  if (oneRunPValue(run, 0) > p) return 0;
  let low = 0;
  let high = 1;
  while (oneRunPValue(run, high) <= p && high < 100) high *= 2;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (oneRunPValue(run, middle) <= p) low = middle;
    else high = middle;
  }
  return low;
}

function binomialMass(n: number, k: number, p: number): number {
  return exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * log(p) + (n - k) * log1p(-p));
}

/** Probability that the mean of k Gaussian-noised copies of a count rounds to it. */
export const averagingSuccess = (sigma: number, k: number): number => 2 * normalCdf((0.5 * Math.sqrt(k)) / sigma) - 1;
