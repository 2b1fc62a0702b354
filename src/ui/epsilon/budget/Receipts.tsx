import type { TableModel } from '../../../charts/table-model.ts';
import type { ColumnDescriptor } from '../../../engine/kit/dataset.ts';
import type { PrivacyEvent } from '../../../engine/kit/guarantee.ts';
import { basicComposition } from '../../../engine/kit/loss.ts';
import { type Budget, eventsOf, type Receipt } from '../../../store/ledger-store.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card } from '../../parts/controls.tsx';
import { onWords, whatWords } from '../../protect/receipt.ts';
import { delta } from './Spent.tsx';
import { words } from './words.ts';

/** Receipts shown; the newest first. */
const shown = 20;

/** What was answered, to whom, at what price. */
export function Receipts(props: {
  readonly budgets: readonly Budget[];
  readonly receipts: readonly Receipt[];
  readonly columns: readonly ColumnDescriptor[];
}) {
  const tools = useText();
  const { tx, number, language } = tools;
  const { budgets, receipts, columns } = props;
  const more = receipts.length - shown;
  return (
    <Card title={tx(words.receipts)}>
      {receipts.length === 0 ? (
        <p className="soft">{tx(words.none)}</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.receipts)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{tx(words.when)}</th>
                <th scope="col">{tx(words.whoHead)}</th>
                <th scope="col">{tx(words.classHead)}</th>
                <th scope="col">{tx(words.what)}</th>
                <th scope="col" className="number">
                  ε
                </th>
                <th scope="col" className="number">
                  δ
                </th>
                <th scope="col">{tx(words.answer)}</th>
              </tr>
            </thead>
            <tbody>
              {receipts
                .toReversed()
                .slice(0, shown)
                .map((receipt) => {
                  const loss = basicComposition(receipt.events);
                  return (
                    <tr key={receipt.id}>
                      <td className="soft">{dateOf(receipt.at, language)}</td>
                      <th scope="row">{receipt.who === '' ? tx(words.nobody) : receipt.who}</th>
                      <td>{tx(words.levels[receipt.sensitivityClass])}</td>
                      <td className="budget-wide">
                        {tx(receipt.question)}
                        {receipt.events.slice(0, 3).map((event) => (
                          <span key={`${event.what} ${event.on}`} className="small soft budget-event">
                            {whatWords(event.what, tools)}, {onWords(event.on, columns, tools)}; {event.mechanism}
                          </span>
                        ))}
                      </td>
                      <td className="number">{number(loss?.epsilon ?? Number.NaN)}</td>
                      <td className="number">{delta(loss?.delta ?? 0)}</td>
                      <td className="small budget-wide">
                        <Answer answer={receipt.answer} />
                      </td>
                    </tr>
                  );
                })}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p className="small soft">{tx(words.more, { n: more })}</p>}
      {budgets.length > 0 && (
        <p className="row">
          <Button onClick={() => void saveJson(budgets)}>{tx(words.exportJson)}</Button>
          <Button onClick={() => void saveCsv(budgets)}>{tx(words.exportCsv)}</Button>
        </p>
      )}
    </Card>
  );
}

function Answer({ answer }: { readonly answer: Receipt['answer'] }) {
  const { tx, rounded, unit } = useText();
  if (answer === undefined) return <span className="soft">{tx(words.wholeRelease)}</span>;
  const half = answer.halfWidth95;
  return (
    <>
      {answer.cells.map((cell, at) => (
        <span key={cell.label} className="budget-event">
          {cell.label}: <span className="is-privacy">{rounded(cell.value, half)}</span> {unit(answer.unit, cell.value)}
          {half !== undefined && at === 0 && ` ± ${rounded(half, half)} (95 %)`}
        </span>
      ))}
    </>
  );
}

export const dateOf = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));

/** Every budget of this table, unit and relation, old ones first: exactly what is kept. */
async function saveJson(budgets: readonly Budget[]): Promise<void> {
  const { saveFile } = await import('../../../charts/export.ts');
  saveFile('privacy-ledger.json', `${JSON.stringify({ version: 1, budgets }, null, 2)}\n`, 'application/json');
}

/** One line an event. */
async function saveCsv(budgets: readonly Budget[]): Promise<void> {
  const [{ saveFile }, { toCsv }] = await Promise.all([
    import('../../../charts/export.ts'),
    import('../../../charts/table-model.ts'),
  ]);
  saveFile('privacy-ledger.csv', toCsv(tableOf(budgets)), 'text/csv');
}

type Reader = (budget: Budget, receipt: Receipt, event: PrivacyEvent) => string | number | null;
const fields: readonly (readonly [label: string, numeric: boolean, read: Reader])[] = [
  ['dataset', false, ({ dataset }) => dataset],
  ['unit', false, ({ unit }) => unit],
  ['neighbours', false, ({ neighbours }) => neighbours],
  ['opened', false, ({ opened }) => opened],
  ['rule', false, ({ rule }) => rule],
  ['budget_epsilon', true, ({ total }) => total.epsilon],
  ['budget_delta', true, ({ total }) => total.delta],
  ['receipt', false, (_, { id }) => id],
  ['at', false, (_, { at }) => at],
  ['who', false, (_, { who }) => who],
  ['class', false, (_, { sensitivityClass }) => sensitivityClass],
  ['method', false, (_, { method }) => method],
  ['what', false, (_, __, { what }) => what],
  ['on', false, (_, __, { on }) => on],
  ['mechanism', false, (_, __, { mechanism }) => mechanism],
  ['epsilon', true, (_, __, { epsilon }) => epsilon],
  ['delta', true, (_, __, event) => event.delta],
  ['count', true, (_, __, { count = 1 }) => count],
  ['sensitivity', true, (_, __, { sensitivity }) => sensitivity],
  ['scale', true, (_, __, { scale }) => scale ?? null],
];

const tableOf = (budgets: readonly Budget[]): TableModel => ({
  columns: fields.map(([label, numeric]) => ({ label, numeric })),
  rows: budgets.flatMap((budget) =>
    budget.receipts.flatMap((receipt) =>
      eventsOf([receipt]).map((event) => fields.map(([, , read]) => read(budget, receipt, event))),
    ),
  ),
});
