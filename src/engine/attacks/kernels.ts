import type { MeasureList } from '../kit/kernels.ts';

/** Lazy modules, one line each; the twin list is list.ts. */
export const kernels: MeasureList = {
  're-identification': () => import('./re-identification.ts'),
  'membership-inference': () => import('./membership-inference.ts'),
  'presence-in-answers': () => import('./presence-in-answers.ts'),
  'reconstruction-from-answers': () => import('./reconstruction-from-answers.ts'),
  eavesdropper: () => import('./eavesdropper.ts'),
  collusion: () => import('./collusion.ts'),
  inference: () => import('./inference.ts'),
  linkability: () => import('./linkability.ts'),
  'singling-out': () => import('./singling-out.ts'),
  homogeneity: () => import('./homogeneity.ts'),
  'background-knowledge': () => import('./background-knowledge.ts'),
  intersection: () => import('./intersection.ts'),
  minimality: () => import('./minimality.ts'),
};
