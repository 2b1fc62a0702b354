import { useState } from 'react';
import { basicComposition } from '../../../engine/kit/loss.ts';
import {
  type Budget,
  eventsOf,
  type LedgerKey,
  type LedgerRule,
  openBudget,
  type Terms,
} from '../../../store/ledger-store.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card, Select } from '../../parts/controls.tsx';
import { parseTyped } from '../../parts/slider.layout.ts';
import { dateOf } from './Receipts.tsx';
import { delta } from './Spent.tsx';
import type { Spent } from './use-spent.ts';
import { words } from './words.ts';

/** Terms of the budget: free until the first answer, then fixed; a new one is opened on purpose, and the old one stays. */
export function TermsCard(props: {
  readonly spent: Spent;
  readonly draft: Terms;
  readonly onDraft: (terms: Terms) => void;
  readonly ledgerKey: LedgerKey | undefined;
  readonly about: Pick<Budget, 'data' | 'rows'> | undefined;
}) {
  const { tx, number, language } = useText();
  const { spent, draft, onDraft, ledgerKey, about } = props;
  const [opening, setOpening] = useState(false);
  const { budget, terms } = spent;
  const editing = budget === undefined || opening;
  const open = (): void => {
    if (ledgerKey !== undefined && about !== undefined) openBudget(ledgerKey, draft, about, new Date().toISOString());
    setOpening(false);
  };
  return (
    <Card title={tx(words.terms)}>
      {editing ? (
        <>
          <p className="small soft">{tx(opening ? words.openWarn : words.termsDraft)}</p>
          <Form terms={draft} onTerms={onDraft} rows={about?.rows ?? 0} />
        </>
      ) : (
        <dl className="facts">
          <dt>{tx(words.total)}</dt>
          <dd>{number(terms.total.epsilon)}</dd>
          <dt>{tx(words.delta)}</dt>
          <dd>{delta(terms.total.delta)}</dd>
          <dt>{tx(words.rule)}</dt>
          <dd>{tx(words.ruleNames[terms.rule])}</dd>
        </dl>
      )}
      <p className="small soft">
        {tx(terms.rule === 'filter' || terms.rule === 'basic' ? words.ruleFilter : words.ruleFixed)}
      </p>
      {budget !== undefined && !opening && (
        <>
          <p className="small soft">{tx(words.termsHold, { date: dateOf(budget.opened, language) })}</p>
          <p>
            <Button onClick={() => setOpening(true)}>{tx(words.openNew)}</Button>
          </p>
        </>
      )}
      {opening && (
        <p className="row">
          <Button look="primary" onClick={open}>
            {tx(words.openSure)}
          </Button>
          <Button look="quiet" onClick={() => setOpening(false)}>
            {tx(words.keepOld)}
          </Button>
        </p>
      )}
      {spent.budgets.length > 1 && <History budgets={spent.budgets} />}
    </Card>
  );
}

function Form(props: { readonly terms: Terms; readonly onTerms: (terms: Terms) => void; readonly rows: number }) {
  const { tx, number } = useText();
  const { terms, onTerms, rows } = props;
  const { total, rule } = terms;
  const [bad, setBad] = useState(false);
  const set = (change: Partial<Terms['total']>): void => {
    const next = { ...total, ...change };
    const ok = next.epsilon > 0 && next.epsilon <= 1000 && next.delta >= 0 && next.delta < 1;
    setBad(!ok);
    if (ok) onTerms({ ...terms, total: next });
  };
  const loud = rows > 0 && total.delta * rows >= 1;
  return (
    <>
      <div className="budget-form">
        <Field label={tx(words.total)} shown={String(total.epsilon)} set={(epsilon) => set({ epsilon })} />
        <Field label={tx(words.delta)} shown={delta(total.delta)} set={(value) => set({ delta: value })} />
        <Select
          label={tx(words.rule)}
          value={rule}
          options={(Object.keys(words.ruleNames) as LedgerRule[]).map((value) => ({
            value,
            label: tx(words.ruleNames[value]),
          }))}
          onChange={(value) => onTerms({ ...terms, rule: value })}
        />
      </div>
      {bad && (
        <p role="alert" className="small is-risk">
          {tx(words.badTerms)}
        </p>
      )}
      {loud && (
        <p className="note" role="status">
          {tx(words.deltaLoud, {
            delta: delta(total.delta),
            rows: number(rows),
            better: delta(10 ** Math.floor(Math.log10(0.1 / rows))),
          })}
        </p>
      )}
    </>
  );
}

function Field(props: { readonly label: string; readonly shown: string; readonly set: (value: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = (): void => {
    const value = typed === null ? undefined : parseTyped(typed);
    if (typed !== null) props.set(value ?? Number.NaN);
    setTyped(null);
  };
  return (
    <label className="field">
      <span className="soft">{props.label}</span>
      <input
        type="text"
        inputMode="decimal"
        value={typed ?? props.shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
    </label>
  );
}

function History({ budgets }: { readonly budgets: readonly Budget[] }) {
  const { tx, number, language } = useText();
  const sum = (list: readonly Budget[]): number =>
    basicComposition(list.flatMap((one) => eventsOf(one.receipts)))?.epsilon ?? 0;
  return (
    <>
      <p className="small">{tx(words.history, { n: budgets.length, epsilon: number(sum(budgets)) })}</p>
      <ul className="small soft">
        {budgets.map((one) => {
          const n = one.receipts.length;
          return (
            <li key={one.id}>
              {tx(words.historyItem, {
                date: dateOf(one.opened, language),
                spent: number(sum([one])),
                total: number(one.total.epsilon),
                n: tx(n === 0 ? words.answersNone : n === 1 ? words.answersOne : words.answersMany, { n }),
              })}
            </li>
          );
        })}
      </ul>
    </>
  );
}
