import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Criterion, SensitiveDomain } from './criterion.ts';
import { largestRatio } from './gains.ts';
import { atMost, requireWithin } from './ties.ts';

/**
 * Basic beta-likeness: the largest relative gain (q - p) / p of a value in the class, at most beta (Cao, Karras 2012,
 * definition 2). Linear in q for each value, so the union of two classes gains no more than the worse one.
 */
export function basicBeta(model: Extract<PrivacyModel, { type: 'basic-beta' }>, domain: SensitiveDomain): Criterion {
  requireWithin('beta', model.beta, 0);
  const ratio = largestRatio(domain);
  return {
    model,
    measure: (cls) => ratio(cls) - 1,
    holds: (value) => atMost(value, model.beta),
    monotone: true,
    leastRows: 1,
  };
}
