import { useMemo } from 'react';
import { questionOf } from '../../scenario/lattice-step.ts';
import type { Anonymize } from './use-anonymize.ts';
import { useOptimum } from './use-study.ts';

/**
 * The least share of rows that must be left out for the promises to hold at all, rounded up to a tenth of a percent;
 * undefined while unknown, and where even the solved limit does not do.
 */
export function useLeast(page: Anonymize): number | undefined {
  const { study, shape, live } = page;
  const question = useMemo(
    () => (shape === undefined ? undefined : questionOf({ ...live, limit: shape.limit }, shape)),
    [shape, live],
  );
  const { answer } = useOptimum(study.live, question);
  if (answer === undefined || shape === undefined || answer.nodes.length === 0) return undefined;
  const fewest = answer.suppressed.reduce((a, b) => Math.min(a, b), shape.rows);
  return Math.min(1, Math.ceil((1000 * fewest) / Math.max(1, shape.rows)) / 1000);
}
