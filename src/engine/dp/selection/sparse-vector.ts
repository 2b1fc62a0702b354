import { exp, pow } from '../../kit/portable-math.ts';
import { laplaceCdf } from './probabilities.ts';
import { knotRule } from './quadrature.ts';

/**
 * The sparse vector technique, Algorithm 1 of Lyu, Su, Li (2017): threshold + noise once, every answer + noise of its own, "above" where
 * it is at least the noisy threshold; stops after `positives` of them. Private at any number of "below".
 */
export interface SparseVectorScales {
  readonly thresholdScale: number;
  readonly queryScale: number;
  /** Part of epsilon the threshold has. */
  readonly epsilon1: number;
}

/**
 * Scales with the division that makes answers most accurate (eq. 12): epsilon1 : epsilon2 = 1 : (2c)^(2/3), and 1 : c^(2/3) where one
 * unit moves all answers the same way. Threshold noise sensitivity / epsilon1; query noise 2 c sensitivity / epsilon2, half of it if monotone.
 */
export function sparseVectorScales(
  epsilon: number,
  positives: number,
  sensitivity: number,
  monotone: boolean,
): SparseVectorScales {
  const times = (monotone ? 1 : 2) * positives;
  const ratio = pow(times, 2 / 3);
  const epsilon1 = epsilon / (1 + ratio);
  // epsilon - epsilon1 without its cancellation.
  const epsilon2 = (epsilon * ratio) / (1 + ratio);
  return { epsilon1, thresholdScale: sensitivity / epsilon1, queryScale: (times * sensitivity) / epsilon2 };
}

export interface SparseVectorCase {
  readonly threshold: number;
  readonly answers: readonly number[];
  readonly thresholdScale: number;
  readonly queryScale: number;
}

/**
 * Probability of each pattern ("1" = above, "0" = below, in the order asked) by quadrature over the threshold's noise.
 * A pattern may stop before the answers do; whether it ended because of its positives is the caller's affair.
 */
export function patternProbabilities(setting: SparseVectorCase, patterns: readonly string[]): Float64Array {
  const { threshold, answers, thresholdScale, queryScale } = setting;
  const margins = answers.map((answer) => answer - threshold);
  const knots = [...new Set([0, ...margins])].sort((a, b) => a - b);
  const rule = knotRule(knots, 0.5 * Math.min(thresholdScale, queryScale), 60 * thresholdScale);
  const out = new Float64Array(patterns.length);
  const below = new Float64Array(margins.length);
  const above = new Float64Array(margins.length);
  for (let q = 0; q < rule.nodes.length; q += 1) {
    const noise = rule.nodes[q] as number;
    const weight = ((rule.weights[q] as number) * exp(-Math.abs(noise) / thresholdScale)) / (2 * thresholdScale);
    margins.forEach((margin, i) => {
      below[i] = laplaceCdf((noise - margin) / queryScale);
      above[i] = laplaceCdf((margin - noise) / queryScale);
    });
    patterns.forEach((pattern, k) => {
      let product = weight;
      for (let i = 0; i < pattern.length; i += 1) product *= (pattern[i] === '1' ? above : below)[i] as number;
      out[k] = (out[k] as number) + product;
    });
  }
  return out;
}

/** All patterns the technique can print for that many answers. */
export function patternsOf(answers: number, positives: number): readonly string[] {
  const done: string[] = [];
  const grow = (pattern: string, ones: number): void => {
    if (pattern.length === answers || ones === positives) done.push(pattern);
    else {
      grow(`${pattern}0`, ones);
      grow(`${pattern}1`, ones + 1);
    }
  };
  grow('', 0);
  return done;
}
