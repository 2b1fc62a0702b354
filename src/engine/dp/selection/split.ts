import type { Loss } from '../../kit/loss.ts';
import { zcdpRho } from '../composition.ts';

/** What a descriptor needs of selection to state its claim: no sampler, no law. */
export type SelectorId = 'permute-and-flip' | 'exponential' | 'noisy-max';

/**
 * Epsilon of one of `choices` whose composition is (epsilon, delta), and the delta that is really used. Losses add up; with delta > 0,
 * choices have the epsilon whose concentrated loss fits (Bun, Steinke, 2016: epsilon^2 / 2 each; epsilon^2 / 8 for the exponential
 * mechanism by Cesar, Rogers, 2021), wherever that is more than the sum allows.
 */
export function choiceLoss(selector: SelectorId, choices: number, epsilon: number, delta: number): Loss {
  const added = epsilon / choices;
  if (delta === 0) return { epsilon: added, delta: 0 };
  const rho = zcdpRho(epsilon, delta);
  const concentrated = Math.sqrt(((selector === 'exponential' ? 8 : 2) * rho) / choices);
  return concentrated > added ? { epsilon: concentrated, delta } : { epsilon: added, delta: 0 };
}

/** Part of the budget of choices; the rest is for the counts of what was chosen. */
export const choicesShare = (epsilon: number, withCounts: boolean): number => (withCounts ? epsilon / 2 : epsilon);
