import { invalidParam, unsupported } from '../kit/errors.ts';
import type { Neighbours } from '../kit/guarantee.ts';
import type { LossLaw } from '../kit/loss-law.ts';
import { exp, expm1, log, log1p, pow } from '../kit/portable-math.ts';
import { pureEpsilon } from './accounting/pure.ts';

/** Closed forms of composition, groups and amplification, for plain numbers and for laws. */

/** Delta for a group of `group` units: delta (e^(group epsilon) - 1) / (e^epsilon - 1). */
export function groupDelta(epsilon: number, delta: number, group: number): number {
  if (epsilon === 0) return delta * group;
  return (delta * exp((group - 1) * epsilon) * expm1(-group * epsilon)) / expm1(-epsilon);
}

/**
 * What a release of that law says of `group` units at once (of one person with so many rows, say): the sensitivity grows with
 * the group. `undefined` for samples, whose groups have no law of the list.
 */
export function groupLaw(law: LossLaw, group: number): LossLaw | undefined {
  if (!(Number.isInteger(group) && group >= 1)) throw invalidParam('group', 'a whole number from 1', group);
  if (group === 1) return law;
  switch (law.kind) {
    case 'pure':
    case 'laplace':
    case 'bounded-range':
      return { ...law, epsilon: group * law.epsilon };
    case 'approximate':
      return {
        ...law,
        epsilon: group * law.epsilon,
        delta: Math.min(1, groupDelta(law.epsilon, law.delta, group)),
      };
    case 'discrete-laplace':
    case 'discrete-gaussian':
      return { ...law, sensitivity: group * law.sensitivity };
    case 'gaussian':
      return { ...law, mu: group * law.mu };
    case 'randomized-response':
      // Reports of different people: each report is one of `group` that change.
      return { kind: 'pure', epsilon: group * (pureEpsilon(law) ?? Number.POSITIVE_INFINITY) };
    case 'zcdp':
      return { ...law, rho: group * group * law.rho };
    case 'poisson-gaussian':
      return undefined;
  }
}

/** ln(1 + q (e^epsilon - 1)): Poisson sampling with add/remove, or without replacement with replace-one. */
export const subsampledEpsilon = (epsilon: number, q: number): number =>
  epsilon > 30 && q > 0 ? epsilon + log(q + (1 - q) * exp(-epsilon)) : log1p(q * expm1(epsilon));

/** Epsilon the mechanism may have so that the sampled one keeps `target`. */
export const requiredBaseEpsilon = (target: number, q: number): number =>
  target > 30 ? target + log((1 - (1 - q) * exp(-target)) / q) : log1p(expm1(target) / q);

/** Share of distinct rows that m draws with replacement out of n touch: 1 - (1 - 1/n)^m. */
export const withReplacementShare = (n: number, m: number): number => -expm1(m * log1p(-1 / n));

/** How a sample is drawn: each row by its own coin, or that share of the rows exactly. */
export type Sampling = 'poisson' | 'without-replacement';

/**
 * The law of a release made on a secret random sample. The theorem must fit the relation: coins for each row go with
 * add/remove, samples of a fixed size with replace-one.
 * @throws unsupported when relation and sampling do not belong together, or the law has no sampled form.
 */
export function subsampledLaw(law: LossLaw, rate: number, sampling: Sampling, neighbours: Neighbours): LossLaw {
  if (!(rate > 0 && rate <= 1)) throw invalidParam('rate', 'a share above 0, up to 1', rate);
  const relation = sampling === 'poisson' ? 'add-remove' : 'replace-one';
  if (neighbours !== relation) {
    throw unsupported(
      `amplification by ${sampling} sampling is proven for ${relation} neighbours, this release is ${neighbours}`,
      sampling === 'poisson'
        ? 'state the claim for add-remove neighbours, or sample a fixed number of rows'
        : 'state the claim for replace-one neighbours, or let a coin decide on each row',
    );
  }
  if (rate === 1) return law;
  if (law.kind === 'gaussian' && sampling === 'poisson') return { kind: 'poisson-gaussian', sigma: 1 / law.mu, rate };
  if (law.kind === 'approximate') {
    return { kind: 'approximate', epsilon: subsampledEpsilon(law.epsilon, rate), delta: rate * law.delta };
  }
  const epsilon = pureEpsilon(law);
  if (epsilon === undefined) {
    throw unsupported(`no law is known here for a sample of a ${law.kind} release`, 'give it an epsilon and a delta');
  }
  return { kind: 'pure', epsilon: subsampledEpsilon(epsilon, rate) };
}

/** Fully adaptive filter (Whitehouse et al., 2023): sqrt(2 ln(1/slack) S) + S / 2 with S the sum of squared epsilons. */
export const filterEpsilon = (squares: number, slack: number): number =>
  Math.sqrt(-2 * log(slack) * squares) + squares / 2;

/** zCDP (Bun, Steinke, 2016): rho + 2 sqrt(rho ln(1/delta)) and exp(-(epsilon - rho)^2 / (4 rho)). */
export const zcdpEpsilon = (rho: number, delta: number): number => rho + 2 * Math.sqrt(-rho * log(delta));
export function zcdpDelta(rho: number, epsilon: number): number {
  const gap = epsilon - rho;
  return gap <= 0 ? 1 : exp((-gap * gap) / (4 * rho));
}
/** Largest rho whose classic epsilon at delta is `epsilon`: (sqrt(ln(1/delta) + epsilon) - sqrt(ln(1/delta)))^2. */
export function zcdpRho(epsilon: number, delta: number): number {
  const l = -log(delta);
  const root = epsilon / (Math.sqrt(l + epsilon) + Math.sqrt(l));
  return root * root;
}

/** Split that minimises the weighted sum of variances: epsilon_i in proportion to (w_i D_i^2)^(1/3) (Laplace). */
export function optimalLaplaceSplit(
  weights: readonly number[],
  sensitivities: readonly number[],
  epsilon: number,
): readonly number[] {
  const roots = weights.map((weight, i) => pow(weight * (sensitivities[i] ?? 0) * (sensitivities[i] ?? 0), 1 / 3));
  const sum = roots.reduce((a, b) => a + b, 0);
  return roots.map((root) => (epsilon * root) / sum);
}

/** The same for Gaussian noise under zCDP: rho_i in proportion to D_i sqrt(w_i). */
export function optimalZcdpSplit(
  weights: readonly number[],
  sensitivities: readonly number[],
  rho: number,
): readonly number[] {
  const roots = weights.map((weight, i) => (sensitivities[i] ?? 0) * Math.sqrt(weight));
  const sum = roots.reduce((a, b) => a + b, 0);
  return roots.map((root) => (rho * root) / sum);
}
