import type { Quantity } from '../kit/vectors.ts';
import * as composition from './composition.ts';
import * as discreteGaussian from './discrete-gaussian.ts';
import * as epsilons from './accounting/rdp-epsilon.ts';
import * as rdp from './accounting/rdp.ts';
import * as kov from './accounting/kov.ts';
import * as shuffle from './accounting/shuffle.ts';
import * as zcdp from './accounting/zcdp.ts';
import { cltMuFixedSample, cltMuPoisson } from './accounting/gdp-clt.ts';
import { epsilonOfMu } from './gaussian.ts';
import * as sampled from './accounting/rdp-sampled.ts';
import type { VectorRow } from '../kit/vectors.ts';
import { list, of } from './vectors-read.ts';

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

const compositionQuantities: Readonly<Record<string, Quantity>> = {
  'composition.drv': of((p) => kov.advancedSum([{ epsilon: p('epsilon'), count: p('count') }], p('delta_prime'))),
  'composition.drv_improved': of((p) =>
    kov.advancedSumImproved([{ epsilon: p('epsilon'), count: p('count') }], p('delta_prime')),
  ),
  'composition.kov_closed_form': of((p, row) =>
    kov.kovClosedForm(
      list(row, 'epsilons').map((epsilon) => ({ epsilon, count: p('repeat') })),
      p('delta_prime'),
    ),
  ),
  'composition.kov_optimal_delta': of((p) => kov.kovOptimalDelta(p('epsilon'), p('count'), p('total_epsilon'))),
  'composition.kov_optimal_epsilon': of((p) =>
    kov.kovOptimalEpsilon(p('epsilon'), p('delta'), p('count'), p('total_delta')),
  ),
  'composition.mv_optimal_delta': of((p, row) =>
    kov.hockeyOfRuns(
      list(row, 'epsilons').map((epsilon) => ({ epsilon, count: 1 })),
      p('total_epsilon'),
    ),
  ),
  'composition.exponential_nonadaptive_delta': of((p) =>
    kov.boundedRangeDelta(p('epsilon'), p('count'), p('total_epsilon')),
  ),
};

const zcdpQuantities: Readonly<Record<string, Quantity>> = {
  'zcdp.epsilon.classic': of((p) => composition.zcdpEpsilon(p('rho'), p('delta'))),
  'zcdp.delta.classic': of((p) => composition.zcdpDelta(p('rho'), p('epsilon'))),
  'zcdp.rho_for.classic': of((p) => composition.zcdpRho(p('epsilon'), p('delta'))),
  'zcdp.epsilon.tight': of((p) => zcdp.zcdpEpsilonTight(p('rho'), p('delta'))),
  'zcdp.delta.tight': of((p) => zcdp.zcdpDeltaTight(p('rho'), p('epsilon'))),
  'zcdp.rho_for': of((p) => zcdp.zcdpRhoFor(p('epsilon'), p('delta'))),
  'zcdp.gaussian_epsilon': of((p) => epsilonOfMu(Math.sqrt(2 * p('rho')), p('delta'))),
  'zcdp.from_pure': of((p) => zcdp.rhoOfPureClassic(p('epsilon'))),
  'zcdp.from_pure.tight': of((p) => zcdp.rhoOfPure(p('epsilon'))),
  'zcdp.from_bounded_range': of((p) => zcdp.rhoOfBoundedRange(p('epsilon'))),
  'gdp.clt_mu_poisson': of((p) => cltMuPoisson(p('q'), p('sigma'), p('steps'))),
  'gdp.clt_mu_uniform': of((p) => cltMuFixedSample(p('q'), p('sigma'), p('steps'))),
  'dpsgd.gdp_clt_epsilon': of((p) => epsilonOfMu(cltMuPoisson(p('q'), p('sigma'), p('steps')), p('delta'))),
};

const shuffleQuantities: Readonly<Record<string, Quantity>> = {
  'shuffle.fmt21.closed_form': of((p) => shuffle.shuffledEpsilon(p('epsilon0'), p('n'), p('delta'))),
  'shuffle.fmt21.clone_delta': of((p) => shuffle.cloneDelta(p('epsilon0'), p('n'), p('epsilon'))),
  'shuffle.fmt21.clone_epsilon': of((p) => shuffle.cloneEpsilon(p('epsilon0'), p('n'), p('delta'))),
  'shuffle.binary_rr.delta': of((p) => shuffle.shuffledResponseDelta(p('epsilon0'), p('n'), p('epsilon'))),
};

export const quantities: Readonly<Record<string, Quantity>> = {
  ...discreteGaussianQuantities,
  ...rdpQuantities,
  ...compositionQuantities,
  ...zcdpQuantities,
  ...shuffleQuantities,
};
