import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Criterion } from './criterion.ts';
import { requireWithin } from './ties.ts';

/** Different sensitive values in the class, at least l (Machanavajjhala et al. 2007, section 4). */
export function distinctL(model: Extract<PrivacyModel, { type: 'distinct-l' }>): Criterion {
  requireWithin('l', model.l, 1);
  return {
    model,
    measure: (cls) => cls.distinct,
    holds: (values) => values >= model.l,
    monotone: true,
    leastRows: Math.ceil(model.l),
  };
}
