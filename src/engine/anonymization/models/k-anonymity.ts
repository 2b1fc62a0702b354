import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Criterion } from './criterion.ts';
import { requireWhole } from './ties.ts';

/** Rows of the class, at least k (Samarati 2001; Sweeney 2002). */
export function kAnonymity(model: Extract<PrivacyModel, { type: 'k-anonymity' }>): Criterion {
  requireWhole('k', model.k);
  return {
    model,
    measure: (cls) => cls.size,
    holds: (size) => size >= model.k,
    monotone: true,
    leastRows: model.k,
  };
}
