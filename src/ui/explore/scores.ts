import type { JobResult } from '../../engine/kit/job.ts';
import type { Score } from '../../engine/kit/score.ts';

/** The score the privacy meter shows: what an attacker achieves beside guessing, where one was tried; else a risk share. */
export function privacyScore(scores: readonly Score[]): Score | undefined {
  const risks = scores.filter((score) => score.meaning === 'risk' || score.meaning === 'privacy');
  return (
    risks.find(isPresenceGame) ??
    risks.find((score) => score.baseline !== undefined && score.unit === 'share' && score.interval !== undefined) ??
    risks.find((score) => score.unit === 'share')
  );
}

/**
 * "Was this one in the data?", played against a coin: the one question that can be asked of counts, tables, models and
 * sums alike, so the only one scenarios of different kinds are compared by.
 */
export const isPresenceGame = (score: Score): boolean =>
  score.baseline === 0.5 && score.unit === 'share' && score.interval !== undefined;

/** The score the utility meter shows: the first share of work that survives; that of measured values where these are shown. */
export const utilityScore = (scores: readonly Score[], about?: Score['about']): Score | undefined =>
  (about === undefined ? undefined : scores.find((score) => score.about === about)) ??
  scores.find(
    (score) => score.meaning === 'utility' && score.unit === 'share' && score.direction === 'higher-is-better',
  ) ??
  scores.find((score) => score.meaning === 'utility');

const stages = new Set(['source', 'edge', 'transit', 'curator', 'release']);

/** Time of the protection itself: what was timed, without reading the data and without measuring. */
export function protectionMs(result: JobResult): number | undefined {
  const steps = result.timings.filter((timing) => stages.has(timing.stage));
  return steps.length === 0 ? undefined : steps.reduce((sum, timing) => sum + timing.wallMs, 0);
}

/** The same measure in another outcome: same id, so same attack, metric and population. */
export const sameScore = (result: JobResult | undefined, score: Score): Score | undefined =>
  result?.scores.find((candidate) => candidate.id === score.id);
