import { invalidParam, overBudget } from '../../kit/errors.ts';
import type { Neighbours, PrivacyEvent } from '../../kit/guarantee.ts';
import type { Loss } from '../../kit/loss.ts';
import { filterEpsilon } from '../composition.ts';
import { lawOfEvent } from '../../kit/laws-of-events.ts';
import { rhoOf, zcdpRhoFor } from './zcdp.ts';

/**
 * A privacy filter: a budget that holds although each epsilon may be chosen after seeing all answers before (Rogers, Roth,
 * Ullman, Vadhan, 2016). It says yes or no before a question is asked. The rule is chosen when it is opened:
 * - `losses`: as long as the epsilons add up to at most the budget, or sqrt(2 ln(1/slack) S) + S/2 with S the sum of their
 *   squares does (Whitehouse, Ramdas, Rogers, Wu, 2023, Theorem 1), and the deltas stay within what slack leaves. Both
 *   conditions only ever turn from true to false, so that the loss is bounded by the budget where the first one holds last and but
 *   for probability slack where the second does: their union is a filter too.
 * - `concentrated`: as long as the rhos add up to at most the rho that proves the budget (same paper, zCDP filter).
 */
export interface Filter {
  readonly rule: 'losses' | 'concentrated';
  readonly budget: Loss;
  /** Part of delta kept for the second condition. */
  readonly slack: number;
  /** Sums over everything that was let through. */
  readonly epsilons: number;
  readonly squares: number;
  readonly deltas: number;
  readonly rhos: number;
  readonly spends: number;
  /** What its first event hides, and under which relation: all others must as well. */
  readonly unit?: string;
  readonly neighbours?: Neighbours;
}

/** @throws invalid-param for a budget or slack that makes no sense. */
export function openFilter(budget: Loss, rule: Filter['rule'] = 'losses', slack: number = budget.delta / 2): Filter {
  if (!(budget.epsilon > 0 && Number.isFinite(budget.epsilon))) {
    throw invalidParam('epsilon', 'a positive number', budget.epsilon);
  }
  if (!(budget.delta >= 0 && budget.delta < 1)) {
    throw invalidParam('delta', 'a number from 0 to below 1', budget.delta);
  }
  if (!(slack >= 0 && slack <= budget.delta)) throw invalidParam('slack', 'a part of delta', slack);
  if (rule === 'concentrated' && budget.delta === 0) {
    throw invalidParam('delta', 'a number above 0 for a concentrated budget', budget.delta);
  }
  return { rule, budget, slack, epsilons: 0, squares: 0, deltas: 0, rhos: 0, spends: 0 };
}

/** The filter after the event, or undefined where it refuses. */
export function filterAfter(filter: Filter, event: PrivacyEvent): Filter | undefined {
  const { epsilon, delta, count = 1 } = event;
  if (!(epsilon >= 0 && delta >= 0)) throw invalidParam('epsilon', 'a loss from 0', epsilon);
  if (!(Number.isInteger(count) && count >= 1)) throw invalidParam('count', 'a whole number from 1', count);
  refuseOtherUnits(filter, event);
  const rho = rhoOf(lawOfEvent(event));
  const after: Filter = {
    ...filter,
    epsilons: filter.epsilons + count * epsilon,
    squares: filter.squares + count * epsilon * epsilon,
    deltas: filter.deltas + count * delta,
    rhos: filter.rhos + count * (rho ?? Number.POSITIVE_INFINITY),
    spends: filter.spends + 1,
    unit: event.unit,
    neighbours: event.neighbours,
  };
  return holds(after) ? after : undefined;
}

function holds({ rule, budget, slack, epsilons, squares, deltas, rhos }: Filter): boolean {
  if (rule === 'concentrated') return rhos <= zcdpRhoFor(budget.epsilon, budget.delta);
  if (deltas > budget.delta - slack) return false;
  return epsilons <= budget.epsilon || (slack > 0 && filterEpsilon(squares, slack) <= budget.epsilon);
}

/** @throws budget for an event whose loss is of another kind than those before. */
export function refuseOtherUnits(
  before: { readonly unit?: string; readonly neighbours?: Neighbours },
  event: PrivacyEvent,
): void {
  const { unit = event.unit, neighbours = event.neighbours } = before;
  if (unit === event.unit && neighbours === event.neighbours) return;
  throw overBudget(
    `"${event.what}" hides a ${event.unit} (${event.neighbours}), those before a ${unit} (${neighbours}): their losses cannot be added`,
    'keep one budget for each hidden unit and neighbouring relation',
  );
}

/** @throws budget where the filter refuses; it is then unchanged, and may still allow a smaller question. */
export function filterSpend(filter: Filter, event: PrivacyEvent): Filter {
  const after = filterAfter(filter, event);
  if (after !== undefined) return after;
  throw overBudget(
    `the filter refuses "${event.what}" (epsilon ${event.epsilon}, delta ${event.delta}): the budget of epsilon ${filter.budget.epsilon} would not hold`,
    'ask with a smaller epsilon, or open a new budget',
  );
}

/** Largest epsilon one more pure release may have; 0 when the filter is full. */
export function filterRoom(filter: Filter): number {
  const { unit = '', neighbours = 'add-remove' } = filter;
  const allows = (epsilon: number): boolean =>
    filterAfter(filter, {
      what: '',
      on: '',
      mechanism: '',
      delta: 0,
      sensitivity: 1,
      epsilon,
      unit,
      neighbours,
    }) !== undefined;
  if (allows(filter.budget.epsilon)) return filter.budget.epsilon;
  let [low, high] = [0, filter.budget.epsilon];
  for (let i = 0; i < 100; i += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (allows(middle)) low = middle;
    else high = middle;
  }
  return low;
}
