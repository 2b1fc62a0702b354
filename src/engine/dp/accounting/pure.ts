import type { LossLaw } from '../../kit/loss-law.ts';
import { log, log1p } from '../../kit/portable-math.ts';

/** Log odds of a probability, also near one half and near one. */
export const logOdds = (p: number): number =>
  p > 0.25 && p < 0.75 ? log1p((2 * p - 1) / (1 - p)) : log(p) - log1p(-p);

/** Largest loss of a law that cannot exceed one; `undefined` for laws with unbounded loss or a delta of their own. */
export function pureEpsilon(law: LossLaw): number | undefined {
  switch (law.kind) {
    case 'pure':
    case 'laplace':
    case 'bounded-range':
      return law.epsilon;
    case 'approximate':
      return law.delta === 0 ? law.epsilon : undefined;
    case 'discrete-laplace':
      return law.sensitivity / law.scale;
    case 'randomized-response':
      return Math.abs(logOdds(law.truth));
    case 'gaussian':
    case 'discrete-gaussian':
    case 'poisson-gaussian':
    case 'zcdp':
      return undefined;
  }
}
