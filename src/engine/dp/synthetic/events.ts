import type { PrivacyEvent } from '../../kit/guarantee.ts';
import type { Source } from './source.ts';

/** Laplace noise on counts of which one unit changes one by `sensitivity` rows. */
export const laplaceEvent = (
  { unit, sensitivity }: Source,
  what: string,
  on: string,
  epsilon: number,
  scale: number,
  exact: boolean,
): PrivacyEvent => ({
  what,
  on,
  mechanism: exact ? 'discrete Laplace' : 'Laplace',
  epsilon,
  delta: 0,
  neighbours: 'add-remove',
  unit,
  sensitivity,
  scale,
  law: exact ? { kind: 'discrete-laplace', scale, sensitivity } : { kind: 'laplace', epsilon },
});

export const totalEvent = (source: Source, epsilon: number, scale: number, exact: boolean): PrivacyEvent =>
  laplaceEvent(source, 'number of rows', 'all rows', epsilon, scale, exact);
