import type { Guarantee } from '../kit/guarantee.ts';
import { exp } from '../kit/portable-math.ts';
import { accuracyBound } from '../learning/accounting.ts';

/**
 * Proven limit of the balanced accuracy about one row. Where a guarantee hides a whole client, changing one row inside
 * it is leaving and joining: twice epsilon, and delta (1 + e^epsilon).
 */
export function boundOf(guarantee: Guarantee): { readonly bound?: number } {
  if (guarantee.kind !== 'dp') return {};
  const { epsilon, delta, unit } = guarantee;
  return {
    bound:
      unit === 'client'
        ? accuracyBound(2 * epsilon, Math.min(1, delta * (1 + exp(Math.min(epsilon, 700)))))
        : accuracyBound(epsilon, delta),
  };
}
