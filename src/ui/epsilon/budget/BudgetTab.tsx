import { useMemo, useState } from 'react';
import type { Terms } from '../../../store/ledger-store.ts';
import { TWIN } from '../../../scenario/dp-step.ts';
import { useText } from '../../i18n/use-text.ts';
import '../choose/choose.css';
import type { Epsilon } from '../use-epsilon.ts';
import { Allocation } from './Allocation.tsx';
import { AskCard, lastName } from './AskCard.tsx';
import './budget.css';
import { Finding, LedgerCard } from './Spent.tsx';
import { Receipts } from './Receipts.tsx';
import { TermsCard } from './TermsCard.tsx';
import { useAsking } from './use-asking.ts';
import { useSpent } from './use-spent.ts';

/** Budget of one release plan: the digital-twin paper's loss. */
const first: Terms = { total: { epsilon: TWIN.epsilon, delta: TWIN.delta }, rule: 'filter' };

/** What was spent by whom on what, what a question would cost, and what it leaves. */
export function BudgetTab({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const [draft, setDraft] = useState<Terms>(first);
  const [who, setWho] = useState(lastName);
  const asking = useAsking(page);
  const spent = useSpent(asking.key, draft, asking.events, asking.settled);
  const { events, technique } = asking;
  const asked = useMemo(
    () =>
      events === undefined || technique === undefined
        ? undefined
        : { label: tx(technique.label), who: who.trim(), events },
    [events, technique, who, tx],
  );
  const summary = page.dataset.status === 'ok' ? page.dataset.value : undefined;
  const about = summary === undefined ? undefined : { data: summary.descriptor.label, rows: summary.rows };
  return (
    <div className="epsilon-column budget">
      <Finding spent={spent} unit={asking.key?.unit ?? page.descriptor?.rowUnit ?? 'row'} />
      <LedgerCard page={page} spent={spent} asked={asked} />
      <div className="budget-pair">
        <AskCard asking={asking} spent={spent} dataset={summary} who={who} onWho={setWho} />
        <TermsCard spent={spent} draft={draft} onDraft={setDraft} ledgerKey={asking.key} about={about} />
      </div>
      <Receipts budgets={spent.budgets} receipts={spent.receipts} columns={page.descriptor?.columns ?? []} />
      <Allocation page={page} total={spent.terms.total.epsilon} receipts={spent.receipts} />
    </div>
  );
}
