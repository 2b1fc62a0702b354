import { log } from '../../kit/portable-math.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Criterion, SensitiveDomain } from './criterion.ts';
import { atMost, requireWithin } from './ties.ts';

/**
 * Enhanced beta-likeness: every relative gain (q - p) / p in the class is at most min(beta, -ln p) (Cao, Karras 2012,
 * definition 3). The class's number is its largest gain: the model holds for every beta from there on; infinite where a
 * value gains more than -ln p, for then no beta makes it hold.
 */
export function enhancedBeta(
  model: Extract<PrivacyModel, { type: 'enhanced-beta' }>,
  { overall, rows }: SensitiveDomain,
): Criterion {
  requireWithin('beta', model.beta, 0);
  const cap = Float64Array.from(overall, (count) => (count === 0 ? 0 : log(rows / count)));
  return {
    model,
    measure({ size, counts, values, distinct }) {
      let most = -1;
      for (let i = 0; i < distinct; i += 1) {
        const code = values[i] as number;
        const gain = ((counts[code] as number) * rows) / (size * (overall[code] as number)) - 1;
        if (gain > 0 && !atMost(gain, cap[code] as number)) return Infinity;
        if (gain > most) most = gain;
      }
      return most;
    },
    holds: (value) => atMost(value, model.beta),
    monotone: true,
    leastRows: 1,
  };
}
