import { basic, type LawAccountant } from './accountants.ts';
import { gaussian, gdpClt, pld, pldOptimistic, rdp, zcdp, zcdpClassic } from './accountants-laws.ts';
import { advanced, advancedImproved, boundedRange, kov, kovOptimal, murtaghVadhan } from './accountants-pure.ts';

/** Every accountant, loosest family first. See `isUpperBound` for which bound epsilon from above. */
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

/**
 * Whether its figure may be relied on as an upper bound whatever was asked: not a heuristic, not the proof from below, and not the
 * one for selections fixed in advance, a condition no ledger can check.
 */
export const isUpperBound = ({ descriptor: { id, proves } }: LawAccountant): boolean =>
  proves !== 'heuristic' && id !== 'pld-optimistic' && id !== 'bounded-range';
