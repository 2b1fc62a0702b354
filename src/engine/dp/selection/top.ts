import type { Loss } from '../../kit/loss.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import type { Rng } from '../../rng/rng.ts';
import { type Rational, rationalScale } from '../../rng/samplers-exact.ts';
import { discreteLaplaceAccuracy, discreteLaplaceDraws } from '../noise.ts';
import { rateOf } from './probabilities.ts';
import { scaleOf, selectors } from './selectors.ts';
import { choiceEpsilon, choicesShare, type SelectorId } from './split.ts';

/** The largest of several counts, one after another: each choice is made among those not yet chosen (peeling). */
export interface TopPlan {
  readonly selector: SelectorId;
  readonly winners: number;
  /** Loss of one choice, and of all of them together. */
  readonly choice: { readonly epsilon: number; readonly law: LossLaw; readonly scale: Rational };
  /** Noise of the winners' counts; absent where only names are released. */
  readonly noise?: {
    readonly epsilon: number;
    readonly l1: number;
    readonly scale: Rational;
    readonly halfWidth95: number;
  };
  /** Loss of everything released. */
  readonly loss: Loss;
}

export interface TopWish {
  readonly selector: SelectorId;
  readonly winners: number;
  readonly epsilon: number;
  /** 0 = no failure allowed. */
  readonly delta: number;
  readonly withCounts: boolean;
  /** Whether a hidden unit may be in many candidates (once in each). */
  readonly many: boolean;
}

/** Divides the budget. Counts under add/remove all move the same way, so a choice weighs a step with its whole epsilon. */
export function topPlan({ selector, winners, epsilon, delta, withCounts, many }: TopWish): TopPlan {
  const forChoices = choicesShare(epsilon, withCounts);
  const each = choiceEpsilon(selector, winners, forChoices, delta);
  const scale = scaleOf(rateOf(each, 1, true));
  const choice = { epsilon: each, law: selectors[selector].law(each), scale };
  const loss = { epsilon, delta };
  if (!withCounts) return { selector, winners, choice, loss };
  const l1 = many ? winners : 1;
  const noise = rationalScale(l1 / (epsilon - forChoices));
  const halfWidth95 = discreteLaplaceAccuracy(noise.numerator / noise.denominator, 0.05) - 1;
  return { selector, winners, choice, loss, noise: { epsilon: epsilon - forChoices, l1, scale: noise, halfWidth95 } };
}

export interface Winners {
  /** Candidates in the order they were chosen. */
  readonly chosen: Uint32Array;
  /** Their noisy counts, where asked for. */
  readonly counts?: Float64Array;
}

/** Chooses winners among whole counts and, where the plan has noise, counts them. All draws are exact. */
export function drawTop(rng: Rng, counts: Float64Array, plan: TopPlan): Winners {
  const most = Math.min(plan.winners, counts.length);
  const left = Array.from({ length: counts.length }, (_, i) => i);
  const scores = Array.from(counts);
  const chosen = new Uint32Array(most);
  const { draw } = selectors[plan.selector];
  for (let k = 0; k < most; k += 1) {
    const at = draw(rng, scores, plan.choice.scale);
    chosen[k] = left[at] as number;
    left.splice(at, 1);
    scores.splice(at, 1);
  }
  const { noise } = plan;
  if (noise === undefined) return { chosen };
  const noisy = discreteLaplaceDraws(rng, noise.scale);
  return { chosen, counts: Float64Array.from(chosen, (i) => (counts[i] as number) + noisy()) };
}
