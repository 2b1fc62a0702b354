import { useMemo } from 'react';
import type { LedgerAnswer, LedgerQuestion } from '../../../engine/kit/accounting.ts';
import { basicComposition } from '../../../engine/kit/loss.ts';
import type { PrivacyEvent } from '../../../engine/kit/guarantee.ts';
import {
  type Budget,
  budgetsOf,
  eventsOf,
  type LedgerKey,
  type LedgerRule,
  type Receipt,
  type Terms,
  useLedgerStore,
} from '../../../store/ledger-store.ts';
import { useQuestion } from '../use-question.ts';
import { GRID, lets, withAsked } from './ask.ts';

/** The open budget of a key, read by every accountant, as it is and with what is asked for. */
export interface Spent {
  readonly budgets: readonly Budget[];
  readonly budget: Budget | undefined;
  readonly terms: Terms;
  readonly receipts: readonly Receipt[];
  readonly now: LedgerAnswer | undefined;
  readonly after: LedgerAnswer | undefined;
  /** By the rule of the budget. */
  readonly spent: number | undefined;
  readonly left: number | undefined;
  readonly leftThen: number | undefined;
  readonly lets: boolean | undefined;
  /** Losses of what is asked for, added up. */
  readonly cost: number;
  readonly costDelta: number;
  readonly pending: boolean;
}

const none: readonly Receipt[] = [];

export function useSpent(
  key: LedgerKey | undefined,
  draft: Terms,
  asked: readonly PrivacyEvent[] | undefined,
  settled: boolean,
): Spent {
  const book = useLedgerStore((state) => state.book);
  const budgets = useMemo(() => (key === undefined ? [] : budgetsOf(book, key)), [book, key]);
  const budget = budgets.at(-1);
  const terms = budget ?? draft;
  const receipts = budget?.receipts ?? none;
  const { total, rule } = terms;
  const events = useMemo(() => eventsOf(receipts), [receipts]);
  const before = useMemo(
    (): LedgerQuestion | undefined => (key === undefined ? undefined : { events, budget: total, grid: GRID }),
    [key, events, total],
  );
  const asking = useMemo(
    (): LedgerQuestion | undefined =>
      asked === undefined ? undefined : { events: withAsked(events, asked), budget: total, grid: GRID },
    [asked, events, total],
  );
  const first = useQuestion('ledger', before, true);
  const second = useQuestion('ledger', asking, true);
  const now = first.answer;
  const after = asked === undefined ? undefined : second.answer;
  const loss = asked === undefined ? undefined : basicComposition(asked);
  const left = leftBy(now, rule, total.epsilon);
  return {
    budgets,
    budget,
    terms,
    receipts,
    now,
    after,
    left,
    spent: left === undefined ? undefined : Math.max(0, total.epsilon - left),
    leftThen: leftBy(after, rule, total.epsilon),
    lets: after === undefined || second.pending ? undefined : lets(after, rule),
    cost: asked === undefined ? 0 : (loss?.epsilon ?? Number.POSITIVE_INFINITY),
    costDelta: loss?.delta ?? 0,
    pending: first.pending || second.pending || !settled,
  };
}

/** What is left of the total, as the rule counts it; a rest of rounding is nothing. */
function leftBy(answer: LedgerAnswer | undefined, rule: LedgerRule, total: number): number | undefined {
  if (answer === undefined) return undefined;
  const read = answer.lanes.find(({ id }) => id === rule)?.before;
  const spentSoFar = read?.status === 'ok' ? read.epsilon : total;
  const left = rule === 'filter' ? answer.filter.room : total - spentSoFar;
  return left > 1e-12 * total ? left : 0;
}
