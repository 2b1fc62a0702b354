import type { Quantity } from '../kit/vectors.ts';
import * as discreteGaussian from './discrete-gaussian.ts';
import { of } from './vectors-read.ts';

const discreteGaussianQuantities: Readonly<Record<string, Quantity>> = {
  'discrete_gaussian.pmf': of((p) => discreteGaussian.discreteGaussianMass(p('sigma2'), p('x'))),
  'discrete_gaussian.variance': of((p) => discreteGaussian.discreteGaussianVariance(p('sigma2'))),
  'discrete_gaussian.mae': of((p) => discreteGaussian.discreteGaussianMeanSize(p('sigma2'))),
  'discrete_gaussian.accuracy_int': of((p) => discreteGaussian.discreteGaussianAccuracy(p('sigma2'), p('alpha'))),
  'discrete_gaussian.delta': of((p) =>
    discreteGaussian.discreteGaussianDelta(p('sigma2'), p('epsilon'), p('sensitivity')),
  ),
  'rdp.discrete_gaussian': of((p) => discreteGaussian.discreteGaussianRdp(p('alpha'), p('sigma2'), p('sensitivity'))),
};

export const quantities: Readonly<Record<string, Quantity>> = { ...discreteGaussianQuantities };
