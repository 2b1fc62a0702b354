import { useMemo, useState } from 'react';
import { LedgerBar } from '../../../charts/LedgerBar.tsx';
import type { PrivacyEvent } from '../../../engine/kit/guarantee.ts';
import { useLedgerStore } from '../../../store/ledger-store.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Segmented } from '../../parts/controls.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import type { Epsilon } from '../use-epsilon.ts';
import { blocksOf, type Grouping, lanesOf } from './blocks.ts';
import type { Spent } from './use-spent.ts';
import { words } from './words.ts';

/** One sentence: how much is spent, what is left, what the question at hand would do to it. */
export function Finding({ spent, unit }: { readonly spent: Spent; readonly unit: string }) {
  const { tx, number, unit: unitWord } = useText();
  const { kept, unread } = useLedgerStore();
  const { terms, receipts, left, lets, cost, leftThen, budget } = spent;
  const n = receipts.length;
  const answers = n === 0 ? words.answersNone : n === 1 ? words.answersOne : words.answersMany;
  const parts = {
    total: n === 0 ? <Figure meaning="utility">{number(terms.total.epsilon)}</Figure> : number(terms.total.epsilon),
    spent: <Figure meaning="privacy">{number(spent.spent ?? 0)}</Figure>,
    n: tx(answers, { n }),
    left: <Figure meaning="utility">{number(left ?? 0)}</Figure>,
    unit: unitWord(unit),
  };
  return (
    <section className="choose-finding">
      <h2>
        {left === undefined ? (
          tx(words.working)
        ) : (
          <Rich text={tx(n === 0 ? words.findingNone : words.finding)} parts={parts} />
        )}
      </h2>
      {lets !== undefined && (
        <p className={lets ? undefined : 'is-risk'}>
          {tx(lets ? words.would : words.wouldNot, { cost: number(cost), left: number(leftThen ?? 0) })}
        </p>
      )}
      <p className="small soft">
        {tx(words.rules, {
          unit: unitWord(unit),
          neighbours: tx(words.relations[budget?.neighbours ?? 'add-remove']),
        })}
      </p>
      {!kept && <p className="note">{tx(words.notKept)}</p>}
      {unread && <p className="note">{tx(words.unread)}</p>}
    </section>
  );
}

/** The ledger as a line, and what every accountant makes of it. */
export function LedgerCard(props: {
  readonly page: Epsilon;
  readonly spent: Spent;
  readonly asked:
    | { readonly label: string; readonly who: string; readonly events: readonly PrivacyEvent[] }
    | undefined;
}) {
  const tools = useText();
  const { tx, number } = tools;
  const { spent, asked } = props;
  const [by, setBy] = useState<Grouping>('receipt');
  const rowUnit = props.page.descriptor?.rowUnit ?? '';
  const blocks = useMemo(
    () => blocksOf(spent.receipts, asked, by, rowUnit, tools),
    [spent.receipts, asked, by, rowUnit, tools],
  );
  const { rule, total } = spent.terms;
  const lanes = useMemo(() => lanesOf(spent.now, spent.after, rule, tx), [spent.now, spent.after, rule, tx]);
  const refused = spent.after?.refused ?? spent.now?.refused;
  const odometer = spent.now?.odometer;
  return (
    <Card
      title={tx(words.picture)}
      className={spent.pending ? 'stale' : ''}
      action={
        <Segmented
          label={tx(words.by)}
          value={by}
          options={[
            { value: 'receipt', label: tx(words.byReceipt) },
            { value: 'who', label: tx(words.byWho) },
            { value: 'class', label: tx(words.byClass) },
          ]}
          onChange={setBy}
        />
      }
    >
      {refused !== undefined && <p role="alert">{tx(refused)}</p>}
      <LedgerBar
        chrome="quiet"
        title={tx(words.picture)}
        description={tx(words.pictureHint, { delta: delta(total.delta) })}
        blocks={blocks}
        lanes={lanes}
        total={total.epsilon}
        unit="ε"
        fileName="privacy-ledger"
        says={{
          budget: tx(words.budget),
          who: tx(words.who),
          spend: tx(words.spend),
          before: tx(words.before),
          after: tx(words.after),
          asked: tx(words.asked),
          left: tx(words.left),
          fits: tx(words.fits),
          beyond: tx(words.beyond),
          unsupported: tx(words.unsupported),
        }}
      />
      <p className="small soft">{tx(words.pictureHint, { delta: delta(total.delta) })}</p>
      {odometer !== undefined && spent.receipts.length > 0 && Number.isFinite(odometer.epsilon) && (
        <p className="small soft">
          {tx(words.odometer, { epsilon: number(odometer.epsilon), delta: delta(odometer.delta) })}
        </p>
      )}
    </Card>
  );
}

/** A delta as it is written: 0, or a power of ten. */
export const delta = (value: number): string =>
  value < 1e-300 ? '0' : value.toExponential(Number(value.toPrecision(1)) === value ? 0 : 1);
