import { invalidParam, overBudget } from '../kit/errors.ts';
import type { PrivacyEvent } from '../kit/guarantee.ts';
import { exp, expm1, log } from '../kit/portable-math.ts';

/**
 * The one ledger of a release: a list of events, never shortened. Accountants are functions from events to a bound, so
 * tighter ones can be added beside these without touching the ledger.
 */
export interface Ledger {
  readonly budget: Loss;
  readonly events: readonly PrivacyEvent[];
}
export interface Loss {
  readonly epsilon: number;
  readonly delta: number;
}

/** Reads a list of events as one loss; `undefined` = this accountant does not cover them. */
export type Accountant = (events: readonly PrivacyEvent[]) => Loss | undefined;

export const openLedger = (epsilon: number, delta = 0): Ledger => {
  if (!(epsilon > 0)) throw invalidParam('epsilon', 'a positive number', epsilon);
  if (!(delta >= 0 && delta < 1)) throw invalidParam('delta', 'a number from 0 to below 1', delta);
  return { budget: { epsilon, delta }, events: [] };
};

/**
 * Basic composition (Dwork et al., 2006) with parallel groups (McSherry, 2009): losses add up in sequence; events of one
 * group act on disjoint parts of the data, so the group costs its largest epsilon and its largest delta.
 * Undefined when events hide different units or use different neighbouring relations: such losses do not add.
 */
export const basicComposition: Accountant = (events) => {
  if (!isUniform(events)) return undefined;
  let epsilon = 0;
  let delta = 0;
  for (const { loss } of sequentialLosses(events)) {
    epsilon += loss.epsilon;
    delta += loss.delta;
  }
  return { epsilon, delta };
};

/**
 * Advanced composition (Dwork, Rothblum, Vadhan, 2010) of k equal pure losses:
 * epsilon sqrt(2 k ln(1 / slack)) + k epsilon (e^epsilon - 1), at delta = slack.
 */
export const advancedEpsilon = (epsilon: number, k: number, slack: number): number =>
  epsilon * Math.sqrt(2 * k * log(1 / slack)) + k * epsilon * expm1(epsilon);

/** The same with the smaller drift k epsilon (e^epsilon - 1) / (e^epsilon + 1) (Dwork and Rothblum, 2014; Bun and Steinke, 2016). */
export const advancedEpsilonImproved = (epsilon: number, k: number, slack: number): number =>
  epsilon * Math.sqrt(2 * k * log(1 / slack)) + (k * epsilon * expm1(epsilon)) / (exp(epsilon) + 1);

/**
 * Advanced composition of any losses, by the sum forms: sqrt(2 ln(1/slack) sum e_i^2) + sum e_i (e^e_i - 1)/(e^e_i + 1)
 * (Kairouz, Oh, Viswanath, 2015), never above basic composition at the same events.
 */
export const advancedComposition =
  (slack: number): Accountant =>
  (events) => {
    const basic = basicComposition(events);
    if (basic === undefined) return undefined;
    let squares = 0;
    let drift = 0;
    for (const { loss } of sequentialLosses(events)) {
      squares += loss.epsilon * loss.epsilon;
      drift += (loss.epsilon * expm1(loss.epsilon)) / (exp(loss.epsilon) + 1);
    }
    const epsilon = Math.sqrt(2 * log(1 / slack) * squares) + drift;
    return epsilon < basic.epsilon ? { epsilon, delta: basic.delta + slack } : basic;
  };

/** What has been spent so far. */
export function spent(ledger: Ledger, accountant: Accountant = basicComposition): Loss {
  return accountant(ledger.events) ?? { epsilon: Number.POSITIVE_INFINITY, delta: 1 };
}

/** What is left of the budget, never below zero. */
export function remaining(ledger: Ledger, accountant: Accountant = basicComposition): Loss {
  const used = spent(ledger, accountant);
  return {
    epsilon: Math.max(0, ledger.budget.epsilon - used.epsilon),
    delta: Math.max(0, ledger.budget.delta - used.delta),
  };
}

/**
 * The ledger with `event` written down.
 * @throws budget when it would overdraw; the given ledger is then unchanged.
 */
export function spend(ledger: Ledger, event: PrivacyEvent, accountant: Accountant = basicComposition): Ledger {
  if (!(event.epsilon >= 0 && event.delta >= 0)) throw invalidParam('epsilon', 'a loss >= 0', event.epsilon);
  const after: Ledger = { budget: ledger.budget, events: [...ledger.events, event] };
  const used = accountant(after.events);
  if (used === undefined) {
    throw overBudget(
      `"${event.what}" hides a ${event.unit} (${event.neighbours}), the ledger does not: their losses cannot be added`,
      'keep one ledger for each hidden unit',
    );
  }
  const { epsilon, delta } = ledger.budget;
  if (used.epsilon > epsilon || used.delta > delta) {
    const left = remaining(ledger, accountant);
    throw overBudget(
      `"${event.what}" needs epsilon ${event.epsilon} (delta ${event.delta}), but only ${left.epsilon} (delta ${left.delta}) is left of ${epsilon}`,
      `ask with epsilon up to ${left.epsilon}, or open a new budget`,
    );
  }
  return after;
}

/**
 * Spends first, then asks; an answer that fails is not charged, because nothing of it was released.
 * @throws budget before `ask` is called when the event would overdraw; whatever `ask` throws.
 */
export async function ask<T>(
  ledger: Ledger,
  event: PrivacyEvent,
  answer: () => Promise<T>,
  accountant: Accountant = basicComposition,
): Promise<{ readonly ledger: Ledger; readonly answer: T }> {
  const after = spend(ledger, event, accountant);
  return { answer: await answer(), ledger: after };
}

/** Losses that add up in sequence: one for each parallel group, one for each event outside a group. */
export function sequentialLosses(
  events: readonly PrivacyEvent[],
): readonly { readonly loss: Loss; readonly events: readonly PrivacyEvent[] }[] {
  const groups = new Map<string, PrivacyEvent[]>();
  events.forEach((event, i) => {
    const key = event.parallelGroup === undefined ? `event ${i}` : `group ${event.parallelGroup}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  });
  return [...groups.values()].map((group) => ({
    events: group,
    loss: {
      epsilon: group.reduce((most, event) => Math.max(most, event.epsilon), 0),
      delta: group.reduce((most, event) => Math.max(most, event.delta), 0),
    },
  }));
}

const isUniform = (events: readonly PrivacyEvent[]): boolean =>
  events.every((event) => event.unit === events[0]?.unit && event.neighbours === events[0]?.neighbours);
