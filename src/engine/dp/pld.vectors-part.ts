import { exp } from '../kit/portable-math.ts';
import type { CountedLaw } from '../kit/loss-law.ts';
import type { Quantity, VectorRow } from '../kit/vectors.ts';
import { dpsgdComposed, noiseMultiplier, singleStepLogDelta } from './accounting/dpsgd.ts';
import { composedPld, type Composed } from './accounting/pld.ts';
import { accuracyAtPrior, tradeoffAt, tradeoffPoissonRemove } from './accounting/tradeoff.ts';
import { laplaceDelta, logDeltaOfMu } from './gaussian.ts';
import { of } from './vectors-read.ts';

type Read = (name: string) => number;

/** The last training composed: its rows follow one another. */
let last: { readonly key: string; readonly composed: Composed } | undefined;

/** On the grid the reference's own figure was computed on: 2e-5 for epsilon, 5e-5 for the rest. */
function training(p: Read, grid: number): Composed {
  const key = [p('sigma'), p('q'), p('steps'), grid].join(' ');
  if (last?.key !== key) last = { key, composed: dpsgdComposed(p('sigma'), p('q'), p('steps'), grid) };
  return last.composed;
}

/** The middle of the bracket of delta: on a lattice both ends agree to the rounding budget. */
function middle(laws: readonly CountedLaw[], grid: number, epsilon: number): number {
  const composed = composedPld(laws, grid);
  return (composed.deltaLower(epsilon) + composed.deltaUpper(epsilon)) / 2;
}

function mixture(row: VectorRow): CountedLaw[] {
  const runs = (name: string) => row.params[name] as readonly (readonly [number, number])[];
  return [
    ...runs('laplace').map(([epsilon, count]): CountedLaw => ({ law: { kind: 'laplace', epsilon }, count })),
    ...runs('gaussian').map(([sigma, count]): CountedLaw => ({ law: { kind: 'gaussian', mu: 1 / sigma }, count })),
    ...runs('rr').map(([truth, count]): CountedLaw => ({ law: { kind: 'randomized-response', truth }, count })),
  ];
}

const symmetric = (profile: (epsilon: number) => number) => (epsilon: number) =>
  epsilon >= 0 ? profile(epsilon) : 1 - exp(epsilon) + exp(epsilon) * profile(-epsilon);

export const quantities: Readonly<Record<string, Quantity>> = {
  'pld.poisson_gaussian.single_delta': of((p) => exp(singleStepLogDelta(p('sigma'), p('q'), p('epsilon')))),
  'pld.laplace.composed_delta': of((p) => {
    const epsilon = p('epsilon0');
    return middle(
      [{ law: { kind: 'laplace', epsilon }, count: p('count') }],
      Math.min(1, epsilon / 16384),
      p('epsilon'),
    );
  }),
  'pld.discrete_laplace.composed_delta': of((p) => {
    const law = { kind: 'discrete-laplace', scale: p('scale'), sensitivity: p('sensitivity') } as const;
    return middle([{ law, count: p('count') }], 1e-4, p('epsilon'));
  }),
  'pld.discrete_gaussian.composed_delta': of((p) => {
    const law = { kind: 'discrete-gaussian', sigma2: p('sigma2'), sensitivity: p('sensitivity') } as const;
    return middle([{ law, count: p('count') }], 1e-4, p('epsilon'));
  }),
  'pld.heterogeneous.epsilon': of((p, row) => composedPld(mixture(row), 1e-4).epsilonUpper(p('delta'))),
  'dpsgd.epsilon': of((p) => training(p, 2e-5).epsilonUpper(p('delta'))),
  'dpsgd.advantage': of((p) => training(p, 5e-5).deltaUpper(0)),
  'dpsgd.tradeoff_fnr': of((p) => tradeoffAt(training(p, 5e-5), p('fpr')).lower),
  'dpsgd.noise_multiplier': of((p) => noiseMultiplier(p('q'), p('steps'), p('epsilon'), p('delta'), 1e-4)),
  'tradeoff.poisson_gaussian.remove': of((p) => tradeoffPoissonRemove(p('fpr'), p('q'), p('sigma'))),
  'interpret.success_with_prior.gaussian': of((p) =>
    accuracyAtPrior(
      p('prior'),
      symmetric((epsilon) => exp(logDeltaOfMu(p('mu'), epsilon))),
    ),
  ),
  'interpret.success_with_prior.laplace': of((p) =>
    accuracyAtPrior(
      p('prior'),
      symmetric((epsilon) => laplaceDelta(1, epsilon, p('epsilon0'))),
    ),
  ),
};
