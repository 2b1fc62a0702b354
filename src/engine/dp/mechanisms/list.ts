import type { AdditiveMechanism } from '../mechanism.ts';
import { boundedDomainLaplace } from './bounded-domain-laplace.ts';
import { discreteGaussian } from './discrete-gaussian.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import { gaussian } from './gaussian.ts';
import { laplace } from './laplace.ts';
import { snapping } from './snapping.ts';
import { staircase, staircaseLeastSquares } from './staircase.ts';
import { truncatedLaplace } from './truncated-laplace.ts';

/** Additive mechanisms, one line each. */
export const mechanisms: readonly AdditiveMechanism[] = [
  laplace,
  discreteLaplace,
  gaussian,
  discreteGaussian,
  staircase,
  staircaseLeastSquares,
  truncatedLaplace,
  boundedDomainLaplace,
  snapping,
];
