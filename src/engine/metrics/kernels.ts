import type { MeasureList } from '../kit/kernels.ts';

/** Lazy modules, one line each; the twin list is list.ts. */
export const kernels: MeasureList = {};
