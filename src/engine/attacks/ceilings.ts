import { normalCdf, normalQuantile } from '../dp/gaussian.ts';
import { exp } from '../kit/portable-math.ts';
import { accuracyBound } from '../learning/accounting.ts';

/** Largest true-positive rate any membership test can reach at a false-positive rate, under (epsilon, delta) (Kairouz et al. 2015). */
export const tprCeiling = (epsilon: number, delta: number, fpr: number): number =>
  Math.min(exp(epsilon) * fpr + delta, 1 - exp(-epsilon) * (1 - delta - fpr));

/** Largest advantage TPR - FPR under (epsilon, delta). */
export const advantageCeiling = (epsilon: number, delta: number): number => 2 * accuracyBound(epsilon, delta) - 1;

/** Ceilings of a mu-GDP mechanism (Dong, Roth, Su 2022): TPR at an FPR, area, advantage, and reconstruction from a prior rate kappa. */
export function gdpCeilings(
  mu: number,
  fpr: number,
  kappa: number,
): { readonly tpr: number; readonly auc: number; readonly advantage: number; readonly reconstruction: number } {
  return {
    tpr: normalCdf(normalQuantile(fpr) + mu),
    auc: normalCdf(mu / Math.SQRT2),
    advantage: 2 * normalCdf(mu / 2) - 1,
    reconstruction: normalCdf(normalQuantile(kappa) + mu),
  };
}
