import { log2 } from '../../kit/portable-math.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Criterion, SensitiveDomain } from './criterion.ts';
import { below, requireWithin } from './ties.ts';

/**
 * Largest |log2(q / p)| over the values that occur in the class, below delta (Brickell, Shmatikov 2008). Not monotone:
 * a value that one of two classes lacks can become too rare in their union.
 */
export function deltaDisclosure(
  model: Extract<PrivacyModel, { type: 'delta-disclosure' }>,
  { overall, rows }: SensitiveDomain,
): Criterion {
  requireWithin('delta', model.delta, 0);
  return {
    model,
    measure({ size, counts, values, distinct }) {
      let most = 1;
      for (let i = 0; i < distinct; i += 1) {
        const code = values[i] as number;
        const observed = (counts[code] as number) * rows;
        const expected = size * (overall[code] as number);
        const ratio = observed > expected ? observed / expected : expected / observed;
        if (ratio > most) most = ratio;
      }
      return log2(most);
    },
    holds: (value) => below(value, model.delta),
    monotone: false,
    leastRows: 1,
  };
}
