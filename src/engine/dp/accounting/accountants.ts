import type { Accounted, AccountantDescriptor } from '../../kit/accounting.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { CountedLaw, LossLaw } from '../../kit/loss-law.ts';
import { type Text, text } from '../../kit/text.ts';
import { asPureRuns, type LossRun, type PureRuns, withoutFailure } from './losses.ts';

/**
 * An accountant: the epsilon of many releases at one delta, or why it has none. `grid` is the width of a cell of loss for
 * those that compute on a grid.
 * @throws invalid-param for laws, counts or deltas outside their domains.
 */
export interface LawAccountant {
  readonly descriptor: AccountantDescriptor;
  account(laws: readonly CountedLaw[], delta: number, grid?: number): Accounted;
}

export const unsupportedBecause = (why: Text): Accounted => ({ status: 'unsupported', why });
export const accounted = (epsilon: number): Accounted =>
  Number.isFinite(epsilon) ? { status: 'ok', epsilon } : unsupportedBecause(reasons.infinite);

/**
 * Figures of long sums and searches are given a trillionth more: more than the rounding of doubles takes from them. The plain
 * sum is a proof as well.
 */
export const proven = (epsilon: number, runs: readonly LossRun[]): Accounted =>
  accounted(Math.min(epsilon * (1 + 1e-12), sumOf(runs)));

const sumOf = (runs: readonly LossRun[]): number => runs.reduce((sum, { epsilon, count }) => sum + count * epsilon, 0);

export const reasons = {
  infinite: text('It has no finite epsilon at this delta.', 'No tiene un épsilon finito con este delta.'),
  zeroDelta: text('It needs a delta above zero.', 'Necesita un delta mayor que cero.'),
  failures: text(
    'The releases’ own deltas together exceed the delta asked for.',
    'Los deltas propios de las publicaciones superan juntos el delta pedido.',
  ),
} as const;

/** Basic composition of any laws; infinite where delta does not allow it. */
function addedUp(laws: readonly CountedLaw[], delta: number): number {
  const all = asPureRuns(laws, delta, 1);
  return all === undefined ? Number.POSITIVE_INFINITY : sumOf(all.runs);
}

/** The laws of an accountant of pure losses, with a delta left for composition; else the reason. */
function pureRunsOf(laws: readonly CountedLaw[], delta: number): PureRuns | Accounted {
  // Half of delta for cutting unbounded losses, half for their composition.
  const pure = asPureRuns(laws, delta, 0.5);
  if (pure === undefined) return unsupportedBecause(delta > 0 ? reasons.failures : reasons.zeroDelta);
  if (pure.runs.length > 0 && !(pure.slack > 0)) {
    return unsupportedBecause(delta > 0 ? reasons.failures : reasons.zeroDelta);
  }
  return pure;
}

/** An accountant of pure losses and a slack. */
export const ofPureRuns = (
  descriptor: AccountantDescriptor,
  read: (pure: PureRuns, laws: readonly CountedLaw[]) => Accounted,
): LawAccountant => ({
  descriptor,
  account(laws, delta) {
    checkLaws(laws, delta);
    const pure = pureRunsOf(laws, delta);
    if ('status' in pure) return pure;
    return pure.runs.length === 0 ? accounted(0) : read(pure, laws);
  },
});

/** An accountant that reads laws themselves, outside their open failures. */
export const ofLaws = (
  descriptor: AccountantDescriptor,
  read: (laws: readonly CountedLaw[], delta: number) => Accounted,
): LawAccountant => ({
  descriptor,
  account(laws, delta) {
    checkLaws(laws, delta);
    const without = withoutFailure(laws, delta);
    if (without === undefined) return unsupportedBecause(reasons.failures);
    if (without.laws.length === 0) return accounted(0);
    if (!(without.delta > 0)) return unsupportedBecause(delta > 0 ? reasons.failures : reasons.zeroDelta);
    return read(without.laws, without.delta);
  },
});

export const basic: LawAccountant = {
  descriptor: {
    id: 'basic',
    label: text('Added up', 'Suma'),
    proves: 'bound',
    citation: {
      authors: 'Dwork, McSherry, Nissim, Smith',
      year: 2006,
      title: 'Calibrating noise to sensitivity in private data analysis',
      doi: '10.1007/11681878_14',
    },
  },
  account(laws, delta) {
    checkLaws(laws, delta);
    if (withoutFailure(laws, delta) === undefined) return unsupportedBecause(reasons.failures);
    const epsilon = addedUp(laws, delta);
    return Number.isFinite(epsilon) ? accounted(epsilon) : unsupportedBecause(reasons.zeroDelta);
  },
};

/** @throws invalid-param for a law whose numbers make no sense. */
export function checkLaws(laws: readonly CountedLaw[], delta: number): void {
  if (!(delta >= 0 && delta < 1)) throw invalidParam('delta', 'a number from 0 to below 1', delta);
  for (const { law, count } of laws) {
    if (!(Number.isInteger(count) && count >= 0)) throw invalidParam('count', 'a whole number from 0', count);
    checkLaw(law);
  }
}

function checkLaw(law: LossLaw): void {
  const size = (name: string, value: number, above: boolean): void => {
    if (!(Number.isFinite(value) && (above ? value > 0 : value >= 0))) {
      throw invalidParam(name, above ? 'a finite number above 0' : 'a finite number from 0', value);
    }
  };
  const share = (name: string, value: number): void => {
    if (!(value >= 0 && value <= 1)) throw invalidParam(name, 'a number from 0 to 1', value);
  };
  switch (law.kind) {
    case 'pure':
    case 'laplace':
    case 'bounded-range':
      return size('epsilon', law.epsilon, false);
    case 'approximate':
      size('epsilon', law.epsilon, false);
      return share('delta', law.delta);
    case 'discrete-laplace':
      size('scale', law.scale, true);
      return size('sensitivity', law.sensitivity, false);
    case 'gaussian':
      return size('mu', law.mu, false);
    case 'discrete-gaussian':
      size('sigma2', law.sigma2, true);
      return size('sensitivity', law.sensitivity, false);
    case 'randomized-response':
      if (!(law.truth > 0 && law.truth < 1)) throw invalidParam('truth', 'a probability between 0 and 1', law.truth);
      return;
    case 'poisson-gaussian':
      size('sigma', law.sigma, true);
      return share('rate', law.rate);
    case 'zcdp':
      return size('rho', law.rho, false);
  }
}
