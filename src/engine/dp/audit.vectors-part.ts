import type { Quantity } from '../kit/vectors.ts';
import { clopperPearson, epsilonLowerBound, oneRunEpsilon } from './audit/binomial.ts';
import { of } from './vectors-read.ts';

export const quantities: Readonly<Record<string, Quantity>> = {
  'audit.clopper_pearson': of((p) => clopperPearson(p('successes'), p('trials'), p('alpha'))),
  'audit.epsilon_lower_bound': of((p) =>
    epsilonLowerBound(
      p('true_positives'),
      p('false_positives'),
      [p('trials_per_world'), p('trials_per_world')],
      p('delta'),
      p('alpha'),
    ),
  ),
  'audit.one_run.epsilon': of((p) => oneRunEpsilon(p('guesses'), p('correct'), p('beta'))),
};
