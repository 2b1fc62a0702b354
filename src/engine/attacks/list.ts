import type { AttackDescriptor } from '../kit/measure.ts';

/** Descriptors, one line each; the twin list is kernels.ts. */
export const descriptors: readonly AttackDescriptor[] = [];
