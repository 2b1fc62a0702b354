import type { MeasureList } from '../kit/kernels.ts';

/** Lazy modules, one line each; the twin list is list.ts. */
export const kernels: MeasureList = {
  'utility-aggregate': () => import('./utility/aggregate.ts'),
  'utility-pattern': () => import('./utility/pattern.ts'),
  'utility-individual': () => import('./utility/individual.ts'),
  'utility-values': () => import('./utility/values.ts'),
  'map-difference': () => import('./utility/map-difference.ts'),
  'information-loss': () => import('./utility/information-loss.ts'),
  'group-quality': () => import('./utility/group-quality.ts'),
  'released-bytes': () => import('./cost/released-bytes.ts'),
  'prosecutor-risk': () => import('./risk/prosecutor-risk.ts'),
  'journalist-risk': () => import('./risk/journalist-risk.ts'),
  'marketer-risk': () => import('./risk/marketer-risk.ts'),
  uniqueness: () => import('./risk/uniqueness.ts'),
  unicity: () => import('./risk/unicity.ts'),
  diversity: () => import('./risk/diversity.ts'),
  'syntactic-models': () => import('./risk/syntactic-models.ts'),
  candidates: () => import('./risk/candidates.ts'),
  'individual-risk': () => import('./risk/individual-risk.ts'),
  'household-risk': () => import('./risk/household-risk.ts'),
  suda2: () => import('./risk/suda2.ts'),
  'estimator-check': () => import('./risk/estimator-check.ts'),
  'ordered-unicity': () => import('./risk/ordered-unicity.ts'),
  'query-workload': () => import('./utility/query-workload.ts'),
  classification: () => import('./utility/classification.ts'),
  'distribution-distance': () => import('./utility/distribution-distance.ts'),
};
