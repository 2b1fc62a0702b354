import type { KernelList } from '../kit/kernels.ts';

/** Lazy modules of this family, one line each; the twin list is list.ts. */
export const kernels: KernelList = {
  pseudonyms: () => import('./pseudonyms.ts'),
  suppression: () => import('./suppression.ts'),
  generalization: () => import('./generalization.ts'),
  'full-domain': () => import('./full-domain.ts'),
  mondrian: () => import('./mondrian.ts'),
  'cell-recoding': () => import('./cell-recoding.ts'),
  'greedy-recoding': () => import('./greedy-recoding.ts'),
  'local-suppression': () => import('./local-suppression.ts'),
  'k-m-anonymity': () => import('./k-m-anonymity.ts'),
  microaggregation: () => import('./microaggregation.ts'),
  pram: () => import('./pram.ts'),
  'rank-swapping': () => import('./rank-swapping.ts'),
  'noise-addition': () => import('./noise-addition.ts'),
  'top-bottom-coding': () => import('./top-bottom-coding.ts'),
  'spatial-cloaking': () => import('./spatial-cloaking.ts'),
  'time-coarsening': () => import('./time-coarsening.ts'),
  'k-anonymous-cells': () => import('./k-anonymous-cells.ts'),
  'planar-laplace': () => import('./planar-laplace.ts'),
};
