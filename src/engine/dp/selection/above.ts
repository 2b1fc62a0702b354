import type { Rng } from '../../rng/rng.ts';
import { type Rational, rationalScale } from '../../rng/samplers-exact.ts';
import { discreteLaplaceAccuracy, discreteLaplaceDraws } from '../noise.ts';
import { sparseVectorScales } from './sparse-vector.ts';
import { choicesShare } from './split.ts';

/** The sparse vector technique on whole counts with exact draws: Algorithm 1 of Lyu, Su, Li (2017), monotone. */
export interface AbovePlan {
  readonly threshold: number;
  readonly positives: number;
  readonly thresholdNoise: Rational;
  readonly queryNoise: Rational;
  /** Epsilon of all comparisons together. */
  readonly epsilon: number;
  /** Noise of the counts of what was found above; absent where only the finding is released. */
  readonly counts?: {
    readonly epsilon: number;
    readonly l1: number;
    readonly scale: Rational;
    readonly halfWidth95: number;
  };
}

export interface AboveWish {
  readonly epsilon: number;
  readonly threshold: number;
  readonly positives: number;
  readonly withCounts: boolean;
  /** Whether a hidden unit may be in many cells (once in each). */
  readonly many: boolean;
}

export function abovePlan({ epsilon, threshold, positives, withCounts, many }: AboveWish): AbovePlan {
  const forFinding = choicesShare(epsilon, withCounts);
  const { thresholdScale, queryScale } = sparseVectorScales(forFinding, positives, 1, true);
  const plan = {
    threshold,
    positives,
    thresholdNoise: rationalScale(thresholdScale),
    queryNoise: rationalScale(queryScale),
    epsilon: forFinding,
  };
  if (!withCounts) return plan;
  const l1 = many ? positives : 1;
  const scale = rationalScale(l1 / (epsilon - forFinding));
  const halfWidth95 = discreteLaplaceAccuracy(scale.numerator / scale.denominator, 0.05) - 1;
  return { ...plan, counts: { epsilon: epsilon - forFinding, l1, scale, halfWidth95 } };
}

/**
 * Draws the threshold's noise, once. The returned question says whether a count is above; after the last positive it must not be
 * asked again.
 */
export function askAbove(rng: Rng, plan: AbovePlan): (count: number) => boolean {
  const noisyThreshold = plan.threshold + discreteLaplaceDraws(rng, plan.thresholdNoise)();
  const draw = discreteLaplaceDraws(rng, plan.queryNoise);
  return (count) => count + draw() >= noisyThreshold;
}
