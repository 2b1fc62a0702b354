import type { AdditiveMechanism } from '../mechanism.ts';

/** Additive mechanisms, one line each. */
export const mechanisms: readonly AdditiveMechanism[] = [];
