import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Criterion } from './criterion.ts';
import { atMost, requireWhole, requireWithin } from './ties.ts';

/**
 * (alpha, k)-anonymity: the largest share of one sensitive value in the class, at most alpha, in classes of at least k
 * rows (Wong, Li, Fu, Wang 2006, for every value). Infinite below k rows.
 */
export function alphaK(model: Extract<PrivacyModel, { type: 'alpha-k' }>): Criterion {
  requireWithin('alpha', model.alpha, Number.MIN_VALUE, 1);
  requireWhole('k', model.k);
  return {
    model,
    measure({ size, counts, values, distinct }) {
      if (size < model.k) return Infinity;
      let most = 0;
      for (let i = 0; i < distinct; i += 1) {
        const count = counts[values[i] as number] as number;
        if (count > most) most = count;
      }
      return most / size;
    },
    holds: (share) => atMost(share, model.alpha),
    monotone: true,
    leastRows: model.k,
  };
}
