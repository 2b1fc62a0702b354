import type { Accounted, Bracket, LedgerAnswer } from '../../kit/accounting.ts';
import type { Ctx } from '../../kit/context.ts';
import type { PrivacyEvent } from '../../kit/guarantee.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import type { Ledger } from '../ledger.ts';
import { unsupportedBecause } from './accountants.ts';
import { type Filter, filterAfter, filterRoom, openFilter } from './filter.ts';
import { inSequence, lawsOf } from '../../kit/laws-of-events.ts';
import { accountants, isUpperBound } from './list.ts';
import { odometerAfter, openOdometer, reading } from './odometer.ts';
import { accountAll } from './race.ts';

/** What the ledger says before and after an event, by every accountant. Nothing is spent. */
export const whatIf = (ledger: Ledger, asked: PrivacyEvent, ctx: Ctx, grid = 1e-3): Promise<LedgerAnswer> =>
  answer({ events: ledger.events, asked, budget: ledger.budget, grid }, ctx);

export const answer: QuestionModule<'ledger'>['answer'] = async ({ events, asked, budget, grid }, ctx) => {
  const opened = openFilter(budget);
  const all = asked === undefined ? events : [...events, asked];
  const before = lawsOf(events);
  if (before.status !== 'ok') return refusal(before.why);
  const after = lawsOf(all);
  if (after.status !== 'ok') return refusal(after.why);
  const then = await accountAll(before.laws, budget.delta, grid, ctx, (part) => part / 2);
  const now =
    asked === undefined ? then : await accountAll(after.laws, budget.delta, grid, ctx, (part) => (1 + part) / 2);
  const lanes = accountants.map((accountant) => {
    const { id, proves } = accountant.descriptor;
    const read = now.lanes.get(id) as Accounted;
    const fits = isUpperBound(accountant) && read.status === 'ok' && read.epsilon <= budget.epsilon;
    return { id, proves, before: then.lanes.get(id) as Accounted, after: read, fits };
  });
  const sequence = inSequence(all);
  const filter = filterOf(opened, sequence);
  return {
    lanes,
    truth: { before: then.truth, after: now.truth },
    filter: { fits: filter !== undefined, room: filter === undefined ? 0 : filterRoom(filter) },
    odometer: odometerOf(sequence, budget.delta),
  };
};

/** The filter after all of them, or undefined where it would have refused one. */
function filterOf(opened: Filter, events: readonly PrivacyEvent[]): Filter | undefined {
  let filter: Filter | undefined = opened;
  for (const event of events) filter = filter === undefined ? undefined : filterAfter(filter, event);
  return filter;
}

/** Half of delta for the odometer itself; without a delta it is the plain sum. */
function odometerOf(events: readonly PrivacyEvent[], delta: number): LedgerAnswer['odometer'] {
  let odometer = openOdometer(delta > 0 ? delta / 2 : Number.MIN_VALUE);
  for (const event of events) odometer = odometerAfter(odometer, event);
  return reading(odometer);
}

const unknown: Bracket = { lower: 0, upper: Number.POSITIVE_INFINITY };

const refusal = (why: NonNullable<LedgerAnswer['refused']>): LedgerAnswer => ({
  lanes: accountants.map(({ descriptor: { id, proves } }) => ({
    id,
    proves,
    before: unsupportedBecause(why),
    after: unsupportedBecause(why),
    fits: false,
  })),
  truth: { before: unknown, after: unknown },
  refused: why,
  filter: { fits: false, room: 0 },
  odometer: { epsilon: Number.POSITIVE_INFINITY, delta: 1 },
});
