import { pow } from './math/pow.ts';

/**
 * The exact privacy law of one release: what an accountant needs to be tighter than epsilon and delta. Every law is the
 * dominating pair of the release, sensitivity already divided out where the law allows it. Add/remove of one unit unless said.
 */
export type LossLaw =
  /** Any epsilon-private release; its worst case is binary randomized response. */
  | { readonly kind: 'pure'; readonly epsilon: number }
  | { readonly kind: 'approximate'; readonly epsilon: number; readonly delta: number }
  /** Laplace noise, epsilon = l1 sensitivity / scale. */
  | { readonly kind: 'laplace'; readonly epsilon: number }
  /** Two-sided geometric noise on whole numbers; sensitivity is whole and l1. */
  | { readonly kind: 'discrete-laplace'; readonly scale: number; readonly sensitivity: number }
  /** Gaussian noise, mu = l2 sensitivity / sigma. */
  | { readonly kind: 'gaussian'; readonly mu: number }
  /** Discrete Gaussian noise on ONE whole answer; several answers at once are `zcdp`. */
  | { readonly kind: 'discrete-gaussian'; readonly sigma2: number; readonly sensitivity: number }
  /** Binary randomized response that tells the truth with that probability (replace-one of the report). */
  | { readonly kind: 'randomized-response'; readonly truth: number }
  /** Exponential mechanism or Gumbel noisy max: its loss lies in an interval of length epsilon. */
  | { readonly kind: 'bounded-range'; readonly epsilon: number }
  /** Gaussian noise of that multiple of the sensitivity on a Poisson sample (one step of DP-SGD). */
  | { readonly kind: 'poisson-gaussian'; readonly sigma: number; readonly rate: number }
  /** rho-zero-concentrated privacy, where nothing sharper is known. */
  | { readonly kind: 'zcdp'; readonly rho: number };

/** A law, released `count` times. */
export interface CountedLaw {
  readonly law: LossLaw;
  readonly count: number;
}

/** The law with all noise multiplied by `factor` (> 0): what the inverse solver turns. Laws of pure loss scale epsilon alone. */
export function withNoiseTimes(law: LossLaw, factor: number): LossLaw {
  switch (law.kind) {
    case 'pure':
    case 'laplace':
    case 'bounded-range':
      return { ...law, epsilon: law.epsilon / factor };
    case 'approximate':
      return { ...law, epsilon: law.epsilon / factor };
    case 'discrete-laplace':
      return { ...law, scale: law.scale * factor };
    case 'gaussian':
      return { ...law, mu: law.mu / factor };
    case 'discrete-gaussian':
      return { ...law, sigma2: law.sigma2 * factor * factor };
    case 'randomized-response':
      return { ...law, truth: flattened(law.truth, factor) };
    case 'poisson-gaussian':
      return { ...law, sigma: law.sigma * factor };
    case 'zcdp':
      return { ...law, rho: law.rho / (factor * factor) };
  }
}

/** Truth probability whose log odds are those of `truth` divided by `factor`; the square root of odds for factor 2, and so on. */
function flattened(truth: number, factor: number): number {
  const odds = pow(truth / (1 - truth), 1 / factor);
  return odds / (1 + odds);
}
