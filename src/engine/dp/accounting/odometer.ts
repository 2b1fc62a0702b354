import { invalidParam } from '../../kit/errors.ts';
import type { Neighbours, PrivacyEvent } from '../../kit/guarantee.ts';
import type { Loss } from '../../kit/loss.ts';
import { log } from '../../kit/portable-math.ts';
import { refuseOtherUnits } from './filter.ts';

/**
 * A privacy odometer: a running bound of the loss that holds at every moment at once, although each epsilon may be chosen after
 * seeing all answers before and nobody said when it ends (Rogers, Roth, Ullman, Vadhan, 2016). By the method of
 * mixtures (Whitehouse, Ramdas, Rogers, Wu, 2023): with V the sum of squared epsilons the loss is at most
 * V/2 + sqrt((V + g) ln((V + g) / (g slack^2))) at all times but for probability slack, for one g fixed in advance; and
 * never above the plain sum.
 */
export interface Odometer {
  readonly slack: number;
  /** The g of the formula. */
  readonly scale: number;
  readonly epsilons: number;
  readonly squares: number;
  readonly deltas: number;
  readonly unit?: string;
  readonly neighbours?: Neighbours;
}

/**
 * @param slack probability with which the reading may be wrong; it is part of the delta of every reading.
 * @param around sum of squared epsilons about which the reading is to be sharpest.
 */
export function openOdometer(slack: number, around = 1): Odometer {
  if (!(slack > 0 && slack < 1)) throw invalidParam('slack', 'a probability between 0 and 1', slack);
  if (!(around > 0)) throw invalidParam('around', 'a positive number', around);
  const l = -2 * log(slack);
  return { slack, scale: around / (l + log(1 + l)), epsilons: 0, squares: 0, deltas: 0 };
}

/** @throws budget for an event whose loss is of another kind than those before. */
export function odometerAfter(odometer: Odometer, event: PrivacyEvent): Odometer {
  const { epsilon, delta, count = 1 } = event;
  if (!(epsilon >= 0 && delta >= 0)) throw invalidParam('epsilon', 'a loss from 0', epsilon);
  if (!(Number.isInteger(count) && count >= 1)) throw invalidParam('count', 'a whole number from 1', count);
  refuseOtherUnits(odometer, event);
  return {
    ...odometer,
    unit: event.unit,
    neighbours: event.neighbours,
    epsilons: odometer.epsilons + count * epsilon,
    squares: odometer.squares + count * epsilon * epsilon,
    deltas: odometer.deltas + count * delta,
  };
}

/** What was lost up to now. The plain sum needs no slack. */
export function reading({ slack, scale, epsilons, squares, deltas }: Odometer): Loss {
  const wide = squares + scale;
  const mixture = squares / 2 + Math.sqrt(wide * (log(wide / scale) - 2 * log(slack)));
  return mixture < epsilons ? { epsilon: mixture, delta: deltas + slack } : { epsilon: epsilons, delta: deltas };
}
