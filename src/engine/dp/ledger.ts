import { invalidParam, overBudget } from '../kit/errors.ts';
import type { PrivacyEvent } from '../kit/guarantee.ts';
import { type Text, text } from '../kit/text.ts';
import { type Accountant, basicComposition, type Loss } from '../kit/loss.ts';

export { advancedComposition, basicComposition, sequentialLosses } from '../kit/loss.ts';
export type { Accountant, Loss } from '../kit/loss.ts';

/**
 * The one ledger of a release: a list of events, never shortened. Accountants are functions from events to a bound, so
 * tighter ones can be added beside these without touching the ledger.
 */
export interface Ledger {
  readonly budget: Loss;
  readonly events: readonly PrivacyEvent[];
}
export const openLedger = (epsilon: number, delta = 0): Ledger => {
  if (!(epsilon > 0)) throw invalidParam('epsilon', 'a positive number', epsilon);
  if (!(delta >= 0 && delta < 1)) throw invalidParam('delta', 'a number from 0 to below 1', delta);
  return { budget: { epsilon, delta }, events: [] };
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
  const { count = 1 } = event;
  if (!(event.epsilon >= 0 && event.delta >= 0)) throw invalidParam('epsilon', 'a loss >= 0', event.epsilon);
  if (!(Number.isInteger(count) && count >= 1)) throw invalidParam('count', 'a whole number from 1', count);
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
 * A loud warning, not a refusal, for a delta at which every one of n units may expect that somebody is betrayed: from 1/n on,
 * releasing one random row untouched keeps the promise.
 */
export function deltaWarning(delta: number, n: number): Text | undefined {
  if (!(n > 0 && delta > 0 && delta * n >= 1)) return undefined;
  const units = Math.round(n);
  return text(
    `δ = ${delta} is not below 1 / ${units}: a method that publishes a random row in the clear would satisfy it. Choose a smaller δ.`,
    `δ = ${delta} no es menor que 1 / ${units}: lo cumpliría un método que publicara una fila al azar. Elija un δ menor.`,
  );
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
