import { zcdpRho } from '../composition.ts';

/** Mechanisms that choose one of several candidates. */
export type SelectorId = 'permute-and-flip' | 'exponential' | 'noisy-max';

/**
 * Epsilon of one of `choices` whose composition is (epsilon, delta). Losses add up; with delta > 0,
 * choices have the epsilon whose concentrated loss fits (Bun, Steinke, 2016: epsilon^2 / 2 each; epsilon^2 / 8 for the exponential
 * mechanism by Cesar, Rogers, 2021), wherever that is more than the sum allows.
 */
export function choiceEpsilon(selector: SelectorId, choices: number, epsilon: number, delta: number): number {
  const added = epsilon / choices;
  if (delta === 0) return added;
  const concentrated = Math.sqrt(((selector === 'exponential' ? 8 : 2) * zcdpRho(epsilon, delta)) / choices);
  return Math.max(added, concentrated);
}

/** Part of the budget of choices; the rest is for the counts of what was chosen. */
export const choicesShare = (epsilon: number, withCounts: boolean): number => (withCounts ? epsilon / 2 : epsilon);
