import type { MetricDescriptor } from '../kit/measure.ts';

/** Descriptors, one line each; the twin list is kernels.ts. */
export const descriptors: readonly MetricDescriptor[] = [];
