import { exp, log } from '../kit/portable-math.ts';
import type { VectorAdapter } from '../kit/vectors.ts';
import { list, of } from './vectors-read.ts';
import * as composition from './composition.ts';
import * as gaussian from './gaussian.ts';
import * as meaning from './meaning.ts';
import * as noise from './noise.ts';
import { quantities as mechanismQuantities } from './mechanisms.vectors-part.ts';
import { quantities as pldQuantities } from './pld.vectors-part.ts';
import { quantities as accountantQuantities } from './accountants.vectors-part.ts';
import { quantities as selectionQuantities } from './selection.vectors-part.ts';
import { quantities as rangeQuantities } from './ranges.vectors-part.ts';
import { quantities as syntheticQuantities } from './synthetic.vectors-part.ts';
import { quantities as boundQuantities } from './bounds.vectors-part.ts';
import { quantities as auditQuantities } from './audit.vectors-part.ts';

/** Quantities of dp.json this build computes; definitions in the reference's dp.md. */

const noiseQuantities = {
  'gaussian.delta': of((p) => gaussian.gaussianDelta(p('sigma'), p('epsilon'), p('sensitivity'))),
  'gaussian.log_delta': of((p) => gaussian.gaussianLogDelta(p('sigma'), p('epsilon'), p('sensitivity'))),
  'gaussian.epsilon': of((p) => gaussian.gaussianEpsilon(p('sigma'), p('delta'), p('sensitivity'))),
  'gaussian.composed.epsilon': of((p) =>
    gaussian.gaussianEpsilon(p('sigma') / Math.sqrt(p('compositions')), p('delta'), p('sensitivity')),
  ),
  'gaussian.analytic.sigma': of((p) => gaussian.analyticSigma(p('epsilon'), p('delta'), p('sensitivity'))),
  'gaussian.classic.sigma': of((p) => gaussian.classicSigma(p('epsilon'), p('delta'), p('sensitivity'))),
  'gaussian.accuracy': of((p) => gaussian.gaussianAccuracy(p('sigma'), p('alpha'))),
  'gaussian.mae': of((p) => p('sigma') * 0.7978845608028654),
  'gdp.delta': of((p) => exp(gaussian.logDeltaOfMu(p('mu'), p('epsilon')))),
  'gdp.epsilon': of((p) => gaussian.epsilonOfMu(p('mu'), p('delta'))),
  'laplace.accuracy': of((p) => noise.laplaceAccuracy(p('scale'), p('alpha'))),
  'laplace.variance': of((p) => noise.laplaceVariance(p('scale'))),
  'laplace.mae': of((p) => p('scale')),
  'laplace.delta': of((p) => gaussian.laplaceDelta(p('scale'), p('epsilon'), p('sensitivity'))),
  'discrete_laplace.pmf': of((p) => noise.discreteLaplaceMass(p('scale'), p('x'))),
  'discrete_laplace.variance': of((p) => noise.discreteLaplaceVariance(p('scale'))),
  'discrete_laplace.mae': of((p) => noise.discreteLaplaceMeanSize(p('scale'))),
  'discrete_laplace.accuracy_int': of((p) => noise.discreteLaplaceAccuracy(p('scale'), p('alpha'))),
  'discrete_laplace.accuracy': of((p) => p('scale') * log(2 / (p('alpha') * (exp(1 / p('scale')) + 1))) + 1),
  'histogram.expected_max_error': of((p) => noise.expectedLargest(p('cells'), p('scale'))),
  'histogram.simultaneous_accuracy': of((p) => noise.simultaneousAccuracy(p('cells'), p('scale'), p('alpha'))),
  'postprocess.nonneg_bias': of((p) => noise.nonNegativeBias(p('true_value'), p('scale'))),
  'sum.add_remove.laplace_rmse': of(
    (p) => (Math.SQRT2 * Math.max(Math.abs(p('lower')), Math.abs(p('upper')))) / p('epsilon'),
  ),
  'mean.known_n.scale': of((p) => (p('upper') - p('lower')) / (p('n') * p('epsilon'))),
  'mean.known_n.rmse': of((p) => (Math.SQRT2 * (p('upper') - p('lower'))) / (p('n') * p('epsilon'))),
};

const compositionQuantities = {
  'group.pure': of((p) => p('group') * p('epsilon')),
  'group.delta': of((p) => composition.groupDelta(p('epsilon'), p('delta'), p('group'))),
  'group.zcdp': of((p) => p('group') * p('group') * p('rho')),
  'group.gdp': of((p) => p('group') * p('mu')),
  'filter.whitehouse_epsilon': of((p, row) => {
    const runs = row.params.epsilons_run_length as readonly (readonly [number, number])[];
    const squares = runs.reduce((sum, [epsilon, count]) => sum + epsilon * epsilon * count, 0);
    return composition.filterEpsilon(squares, p('delta_prime'));
  }),
  'amplification.subsampling.epsilon': of((p) => composition.subsampledEpsilon(p('epsilon'), p('q'))),
  'amplification.subsampling.required_base': of((p) => composition.requiredBaseEpsilon(p('target_epsilon'), p('q'))),
  'amplification.with_replacement.eta': of((p) => composition.withReplacementShare(p('n'), p('m'))),
  'budget.optimal_split.laplace': of((p, row) =>
    composition.optimalLaplaceSplit(list(row, 'weights'), list(row, 'sensitivities'), p('epsilon')),
  ),
  'budget.optimal_split.zcdp': of((p, row) =>
    composition.optimalZcdpSplit(list(row, 'weights'), list(row, 'sensitivities'), p('rho')),
  ),
};

const meaningQuantities = {
  'interpret.posterior_upper': of((p) => meaning.posteriorBounds(p('epsilon'), p('prior')).upper),
  'interpret.posterior_lower': of((p) => meaning.posteriorBounds(p('epsilon'), p('prior')).lower),
  'interpret.attack_accuracy': of((p) => meaning.attackAccuracy(p('epsilon'), p('delta'))),
  'interpret.advantage': of((p) => meaning.attackAdvantage(p('epsilon'), p('delta'))),
  'interpret.gaussian_attack_accuracy': of((p) => gaussian.normalCdf(p('mu') / 2)),
  'interpret.gaussian_advantage': of((p) => 2 * gaussian.normalCdf(p('mu') / 2) - 1),
  'interpret.lee_clifton_risk': of((p) =>
    meaning.leeCliftonRisk(p('epsilon'), p('n'), p('max_effect'), p('sensitivity')),
  ),
  'interpret.lee_clifton_epsilon': of((p) =>
    meaning.leeCliftonEpsilon(p('n'), p('risk'), p('max_effect'), p('sensitivity')),
  ),
  'interpret.odds.with': of((p) => meaning.oddsWith(p('epsilon'))),
  'interpret.odds.without': of((p) => meaning.oddsWithout(p('epsilon'))),
  'interpret.rero_pure': of((p) => meaning.reconstructionPure(p('epsilon'), p('kappa'))),
  'interpret.rero_gaussian': of((p) => meaning.reconstructionGaussian(p('mu'), p('kappa'))),
  'tradeoff.eps_delta': of((p) => meaning.tradeoffEpsilonDelta(p('fpr'), p('epsilon'), p('delta'))),
  'tradeoff.laplace': of((p) => meaning.tradeoffLaplace(p('fpr'), p('epsilon0'))),
  'tradeoff.gaussian': of((p) => meaning.tradeoffGaussian(p('fpr'), p('mu'))),
  'tradeoff.gaussian.tpr': of((p) => gaussian.normalCdf(gaussian.normalQuantile(p('fpr')) + p('mu'))),
};

export const vectors: VectorAdapter = {
  compare: 'max-abs-over-vector',
  quantities: {
    ...noiseQuantities,
    ...compositionQuantities,
    ...meaningQuantities,
    ...mechanismQuantities,
    ...pldQuantities,
    ...accountantQuantities,
    ...selectionQuantities,
    ...rangeQuantities,
    ...syntheticQuantities,
    ...boundQuantities,
    ...auditQuantities,
  },
};
