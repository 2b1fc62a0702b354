import { exp, gammaln, log, log1p } from '../kit/portable-math.ts';

/**
 * Two-coin randomized response (Warner, 1965; Greenberg et al., 1969; as used by Joy, McGoldrick, Gerla): the first coin
 * says with probability p "tell the truth"; otherwise the second says "yes" with probability q. 0 < p < 1, 0 < q < 1.
 */
export interface Coins {
  readonly p: number;
  readonly q: number;
}

/** P(report | truth): yes|yes, yes|no, no|yes, no|no. */
export interface Likelihoods {
  readonly yesYes: number;
  readonly yesNo: number;
  readonly noYes: number;
  readonly noNo: number;
}

export function likelihoods({ p, q }: Coins): Likelihoods {
  const yesNo = (1 - p) * q;
  const noYes = (1 - p) * (1 - q);
  return { yesYes: p + yesNo, yesNo, noYes, noNo: p + noYes };
}

/** Epsilon of one yes/no answer. Infinite where a report can be certain. */
export function epsilonOfBit(coins: Coins): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  return Math.max(logRatio(yesYes, yesNo), logRatio(noNo, noYes));
}

/** Epsilon of a one-hot answer: two such answers differ in two bits, each flipped independently. */
export function epsilonOfOneHot(coins: Coins): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  return logRatio(yesYes, yesNo) + logRatio(noNo, noYes);
}

/** What PrivApprox prints: ln P(yes|yes)/P(yes|no). Not a bound when q > 1/2. */
export function epsilonOfYes(coins: Coins): number {
  const { yesYes, yesNo } = likelihoods(coins);
  return logRatio(yesYes, yesNo);
}

/** ln(a / b) through the difference, which keeps its digits when a and b nearly agree (p close to 0). */
function logRatio(a: number, b: number): number {
  if (!(b > 0)) return a > 0 ? Number.POSITIVE_INFINITY : 0;
  return log1p((a - b) / b);
}

/** P(truth = yes | report) for a prior probability of yes. */
export function posterior(coins: Coins, prior: number, reportedYes: boolean): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  const yes = prior * (reportedYes ? yesYes : noYes);
  const no = (1 - prior) * (reportedYes ? yesNo : noNo);
  return yes / (yes + no);
}

/** Unbiased estimate of the number of true yes: (reported - (1 - p) q n) / p. May be negative or above n. */
export const estimateCount = ({ p, q }: Coins, reported: number, n: number): number => (reported - (1 - p) * q * n) / p;

/** Variance of that estimate for a fixed population with `yes` true yes among `n`. */
export function varianceOfCount(coins: Coins, yes: number, n: number): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  return (yes * yesYes * noYes + (n - yes) * yesNo * noNo) / (coins.p * coins.p);
}

/** Its variance when truths are drawn independently with P(yes) = share. */
export function varianceOfCountIid(coins: Coins, share: number, n: number): number {
  const reported = coins.p * share + (1 - coins.p) * coins.q;
  return (n * reported * (1 - reported)) / (coins.p * coins.p);
}

/** Mean of |X| over its standard deviation for a normal X. */
export const HALF_NORMAL = 0.7978845608028654;

/** Expected relative error |estimate - yes| / yes in the normal approximation. */
export const relativeErrorNormal = (coins: Coins, yes: number, n: number): number =>
  (HALF_NORMAL * Math.sqrt(varianceOfCount(coins, yes, n))) / yes;

/** Expected relative error under the exact law: reports = Bin(yes, P(yes|yes)) + Bin(n - yes, P(yes|no)). O(n sd). */
export function relativeErrorExact(coins: Coins, yes: number, n: number): number {
  const { yesYes, yesNo } = likelihoods(coins);
  const fromYes = binomialMasses(yes, yesYes);
  const fromNo = binomialMasses(n - yes, yesNo);
  let error = 0;
  for (let i = 0; i < fromYes.masses.length; i += 1) {
    const mass = fromYes.masses[i] as number;
    let inner = 0;
    for (let j = 0; j < fromNo.masses.length; j += 1) {
      const reported = fromYes.from + i + fromNo.from + j;
      inner += (fromNo.masses[j] as number) * Math.abs(estimateCount(coins, reported, n) - yes);
    }
    error += mass * inner;
  }
  return error / yes;
}

/** Masses of Bin(n, p) around its mean; what is left out is below 1e-24. */
export function binomialMasses(n: number, p: number): { readonly from: number; readonly masses: Float64Array } {
  if (p <= 0 || n === 0) return { from: 0, masses: Float64Array.of(1) };
  if (p >= 1) return { from: n, masses: Float64Array.of(1) };
  const reach = Math.ceil(11 * Math.sqrt(n * p * (1 - p)) + 40);
  const from = Math.max(0, Math.floor(n * p) - reach);
  const to = Math.min(n, Math.ceil(n * p) + reach);
  const masses = new Float64Array(to - from + 1);
  for (let k = from; k <= to; k += 1) {
    const choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
    masses[k - from] = exp(choose + k * log(p) + (n - k) * log1p(-p));
  }
  return { from, masses };
}

/** Mutual information between truth and report in bits, for P(truth = yes) = share. */
export function mutualInformationBits(coins: Coins, share: number): number {
  const { yesYes, yesNo, noYes, noNo } = likelihoods(coins);
  const yes = share * yesYes + (1 - share) * yesNo;
  const no = 1 - yes;
  const term = (joint: number, conditional: number, marginal: number): number =>
    joint > 0 ? joint * log(conditional / marginal) : 0;
  const nats =
    term(share * yesYes, yesYes, yes) +
    term(share * noYes, noYes, no) +
    term((1 - share) * yesNo, yesNo, yes) +
    term((1 - share) * noNo, noNo, no);
  return nats / Math.LN2;
}
