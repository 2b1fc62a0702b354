import type { Quantity } from '../kit/vectors.ts';
import * as discreteGaussian from './discrete-gaussian.ts';
import * as epsilons from './accounting/rdp-epsilon.ts';
import * as rdp from './accounting/rdp.ts';
import * as sampled from './accounting/rdp-sampled.ts';
import type { VectorRow } from '../kit/vectors.ts';
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

const ordersOf = (row: VectorRow): readonly number[] => {
  const orders = epsilons.namedOrders[String(row.params.orders)];
  if (orders === undefined) throw new Error(`orders ${String(row.params.orders)} of ${row.id} are not known`);
  return orders;
};
type Read = (name: string) => number;
const gaussianEpsilon =
  (convert: typeof epsilons.epsilonAtOrder) =>
  (p: Read, row: VectorRow): number =>
    epsilons.epsilonOverOrders(
      ordersOf(row),
      (order) => p('steps') * rdp.rdpGaussian(order, p('sigma'), 1),
      p('delta'),
      convert,
    ).epsilon;

const rdpQuantities: Readonly<Record<string, Quantity>> = {
  'rdp.gaussian': of((p) => rdp.rdpGaussian(p('alpha'), p('sigma'), p('sensitivity'))),
  'rdp.randomized_response': of((p) => rdp.rdpRandomizedResponse(p('alpha'), p('p'))),
  'rdp.pure_dp': of((p) => rdp.rdpPure(p('alpha'), p('epsilon'))),
  'rdp.kary_rr': of((p) => rdp.rdpKaryResponse(p('alpha'), p('k'), p('noise'))),
  'rdp.laplace': of((p) => rdp.rdpLaplace(p('alpha'), p('epsilon0'))),
  'rdp.bounded_range': of((p) => rdp.rdpBoundedRange(p('alpha'), p('epsilon'))),
  'rdp.poisson_gaussian': of((p) => sampled.rdpPoissonGaussian(p('alpha'), p('q'), p('sigma'))),
  'rdp.wor_gaussian': of((p) => sampled.rdpFixedSampleGaussian(p('alpha'), p('q'), p('sigma'))),
  'rdp.to_epsilon': of(gaussianEpsilon(epsilons.epsilonAtOrder)),
  'rdp.to_epsilon.mironov': of(gaussianEpsilon(epsilons.mironovAtOrder)),
  'dpsgd.rdp_epsilon': of(
    (p, row) =>
      epsilons.epsilonOverOrders(
        ordersOf(row),
        (order) => p('steps') * sampled.rdpPoissonGaussian(order, p('q'), p('sigma')),
        p('delta'),
      ).epsilon,
  ),
};

export const quantities: Readonly<Record<string, Quantity>> = { ...discreteGaussianQuantities, ...rdpQuantities };
