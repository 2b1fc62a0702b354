import type { Accounted } from '../../kit/accounting.ts';
import type { PrivacyEvent } from '../../kit/guarantee.ts';
import { lawsOf } from '../../kit/laws-of-events.ts';
import type { Accountant } from '../../kit/loss.ts';
import { type LawAccountant, unsupportedBecause } from './accountants.ts';

/** An accountant's reading of events. */
export function accountEvents(
  accountant: LawAccountant,
  events: readonly PrivacyEvent[],
  delta: number,
  grid?: number,
): Accounted {
  const read = lawsOf(events);
  if (read.status !== 'ok') return unsupportedBecause(read.why);
  return grid === undefined ? accountant.account(read.laws, delta) : accountant.account(read.laws, delta, grid);
}

/**
 * An accountant as the ledger takes them. It is sound for releases planned ahead; where the next epsilon is chosen after
 * seeing answers, use a filter (filter.ts).
 */
export const ledgerAccountant =
  (accountant: LawAccountant, delta: number, grid?: number): Accountant =>
  (events) => {
    const read = accountEvents(accountant, events, delta, grid);
    return read.status === 'ok' ? { epsilon: read.epsilon, delta } : undefined;
  };
