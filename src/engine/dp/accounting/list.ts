import { basic, type LawAccountant } from './accountants.ts';
import { gaussian, gdpClt, pld, pldOptimistic, rdp, zcdp, zcdpClassic } from './accountants-laws.ts';
import { advanced, advancedImproved, boundedRange, kov, kovOptimal, murtaghVadhan } from './accountants-pure.ts';

/** Every accountant, loosest family first. All but `pld-optimistic` (a proof from below) and heuristics bound epsilon from above. */
export const accountants: readonly LawAccountant[] = [
  basic,
  advanced,
  advancedImproved,
  kov,
  kovOptimal,
  murtaghVadhan,
  boundedRange,
  zcdpClassic,
  zcdp,
  rdp,
  pld,
  pldOptimistic,
  gaussian,
  gdpClt,
];

/** Whether its figure may be relied on as an upper bound. */
export const isUpperBound = ({ descriptor }: LawAccountant): boolean =>
  descriptor.proves !== 'heuristic' && descriptor.id !== 'pld-optimistic';
