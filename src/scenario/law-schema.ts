import * as v from 'valibot';

/** Shape of an exact privacy law that was stored; numbers of a loss are finite. */
export const from0 = v.pipe(v.number(), v.finite(), v.minValue(0));
export const above0 = v.pipe(v.number(), v.finite(), v.gtValue(0));
/** From 0 to below 1. */
export const share = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

export const lossLaw = v.variant('kind', [
  v.object({ kind: v.literal('pure'), epsilon: from0 }),
  v.object({ kind: v.literal('approximate'), epsilon: from0, delta: from0 }),
  v.object({ kind: v.literal('laplace'), epsilon: from0 }),
  v.object({ kind: v.literal('discrete-laplace'), scale: above0, sensitivity: above0 }),
  v.object({ kind: v.literal('gaussian'), mu: from0 }),
  v.object({ kind: v.literal('discrete-gaussian'), sigma2: above0, sensitivity: above0 }),
  v.object({ kind: v.literal('randomized-response'), truth: share }),
  v.object({ kind: v.literal('bounded-range'), epsilon: from0 }),
  v.object({ kind: v.literal('poisson-gaussian'), sigma: above0, rate: share }),
  v.object({ kind: v.literal('zcdp'), rho: from0 }),
]);
