import type { KernelList } from '../kit/kernels.ts';

/** Lazy modules of this family, one line each; the twin list is list.ts. */
export const kernels: KernelList = {
  'laplace-histogram': () => import('./laplace-histogram.ts'),
  'adaptive-allocation': () => import('./adaptive-allocation.ts'),
  'gaussian-histogram': () => import('./gaussian-histogram.ts'),
  'contingency-table': () => import('./contingency-table.ts'),
  'noisy-statistics': () => import('./noisy-statistics.ts'),
  'top-keys': () => import('./top-keys.ts'),
  'above-threshold': () => import('./above-threshold.ts'),
  'heavy-keys': () => import('./heavy-keys.ts'),
  'private-quantiles': () => import('./private-quantiles.ts'),
  'synthetic-histogram': () => import('./synthetic-histogram.ts'),
  'synthetic-mwem': () => import('./synthetic-mwem.ts'),
  'synthetic-mst': () => import('./synthetic-mst.ts'),
  'continual-counts': () => import('./continual-counts.ts'),
  'range-tree': () => import('./range-tree.ts'),
  'matrix-workload': () => import('./matrix-workload.ts'),
  'w-event': () => import('./w-event.ts'),
};
