import type { PrivacyEvent } from './guarantee.ts';
import { exp } from './math/exp.ts';
import { expm1 } from './math/expm1.ts';
import { log } from './math/log.ts';

/** A loss of differential privacy. Here, and not with the mechanisms, so that the page can add up receipts it is shown. */
export interface Loss {
  readonly epsilon: number;
  readonly delta: number;
}

/** Reads a list of events as one loss; `undefined` = this accountant does not cover them. */
export type Accountant = (events: readonly PrivacyEvent[]) => Loss | undefined;

/**
 * Basic composition (Dwork et al., 2006) with parallel groups (McSherry, 2009): losses add up in sequence, each as often as it
 * was released; events of one group act on disjoint parts of the data (parts that no neighbour changes: a unit is in the same
 * one in both worlds), so the group costs its largest epsilon and its largest delta.
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
    for (const { events: group } of sequentialLosses(events)) {
      // Both sums rise with every loss: the largest of each bounds whichever part of a group is the worst.
      squares += most(group, ({ epsilon, count = 1 }) => count * epsilon * epsilon);
      drift += most(group, ({ epsilon, count = 1 }) => (count * (epsilon * expm1(epsilon))) / (exp(epsilon) + 1));
    }
    const epsilon = Math.sqrt(2 * log(1 / slack) * squares) + drift;
    return epsilon < basic.epsilon ? { epsilon, delta: basic.delta + slack } : basic;
  };

/** Losses that add up in sequence: one for each parallel group, one for each event (all its repetitions) outside a group. */
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
      epsilon: most(group, ({ epsilon, count = 1 }) => count * epsilon),
      delta: most(group, ({ delta, count = 1 }) => count * delta),
    },
  }));
}

const most = (events: readonly PrivacyEvent[], size: (event: PrivacyEvent) => number): number =>
  events.reduce((largest, event) => Math.max(largest, size(event)), 0);

/** Whether all events hide the same unit under the same neighbouring relation: only then do their losses add up. */
export const isUniform = (events: readonly PrivacyEvent[]): boolean =>
  events.every((event) => event.unit === events[0]?.unit && event.neighbours === events[0]?.neighbours);
