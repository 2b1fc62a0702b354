import type { Quantity } from '../kit/vectors.ts';
import { glsRangeVariance } from './ranges/hierarchy.ts';
import { optimalPrefixRmse } from './ranges/factorisation.ts';
import * as root from './ranges/square-root.ts';
import * as tree from './time/tree.ts';
import { budgetAbsorption, budgetDistribution, budgetsFor } from './time/window-budget.ts';
import { list, of } from './vectors-read.ts';

export const quantities: Readonly<Record<string, Quantity>> = {
  'tree.levels': of((p) => tree.treeLevels(p('T'))),
  'tree.laplace_scale': of((p) => tree.treeLaplaceScale(p('T'), p('epsilon'), p('sensitivity'))),
  'tree.prefix_variance': of((p) => tree.treePrefixVariance(p('T'), p('t'), p('epsilon'), p('sensitivity'))),
  'tree.gaussian_sigma': of((p) => tree.treeGaussianSigma(p('T'), p('rho'), p('sensitivity'))),
  'tree.max_popcount': of((p) => tree.maxPopcount(p('T'))),
  'tree.mean_popcount': of((p) => tree.meanPopcount(p('T'))),
  'tree.honaker.node_variance_factor': of((p) => tree.honakerNodeFactor(p('height'))),
  'tree.honaker.prefix_variance_factor': of((p) => tree.honakerPrefixFactor(p('t'))),
  'hierarchy.gls_range_variance': of((p) => glsRangeVariance(p('leaves'), p('branching'), p('start'), p('end'))),
  'matrix.sqrt.coefficients_last': of((p) => root.lastCoefficient(p('n'))),
  'matrix.sqrt.sensitivity': of((p) => root.squareRootSensitivity(p('n'))),
  'matrix.sqrt.max_error': of((p) => root.squareRootMaxError(p('n'))),
  'matrix.sqrt.rmse': of((p) => root.squareRootRmse(p('n'))),
  'matrix.input_perturbation.rmse': of((p) => root.inputPerturbationRmse(p('n'))),
  'matrix.optimal.rmse': of((p) => optimalPrefixRmse(p('n'))),
  'wevent.budget_distribution': of((p, row) =>
    budgetsFor(budgetDistribution(p('w'), p('epsilon')), list(row, 'publish')),
  ),
  'wevent.budget_absorption': of((p, row) => budgetsFor(budgetAbsorption(p('w'), p('epsilon')), list(row, 'publish'))),
};
