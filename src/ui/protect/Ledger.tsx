import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import type { Guarantee, PrivacyEvent } from '../../engine/kit/guarantee.ts';
import { advancedComposition, basicComposition } from '../../engine/kit/loss.ts';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { mechanismWords, onWords, whatWords } from './receipt.ts';
import { words } from './words.ts';

/** Receipts shown before the rest is summed up in a line. */
const shownReceipts = 12;
const slack = 1e-6;
/** Every release with noise as a receipt, and what they cost together. */
export function Ledger(props: {
  readonly events: readonly PrivacyEvent[];
  readonly columns?: readonly ColumnDescriptor[] | undefined;
  /** What the whole release claims. */
  readonly guarantee?: Guarantee | undefined;
}) {
  const tools = useText();
  const { tx, number, unit } = tools;
  const { events, columns = [] } = props;
  if (events.length === 0) {
    return (
      <Card title={tx(words.ledger)}>
        <p className="soft">{tx(words.ledgerNone)}</p>
      </Card>
    );
  }
  const grouped = events.some((event) => event.parallelGroup !== undefined);
  const more = events.length - shownReceipts;
  const head = [words.what, words.on, words.mechanism];
  return (
    <Card title={tx(words.ledger)} className="ledger">
      <p className="small soft">{tx(words.ledgerHint)}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.ledger)}>
        <table>
          <thead>
            <tr>
              {head.map((one) => (
                <th key={one.en}>{tx(one)}</th>
              ))}
              <th className="number">ε</th>
              <th className="number">δ</th>
              <th className="number">{tx(words.sensitivity)}</th>
              <th className="number">{tx(words.scale)}</th>
              <th>{tx(words.unit)}</th>
              {grouped && <th>{tx(words.group)}</th>}
            </tr>
          </thead>
          <tbody>
            {events.slice(0, shownReceipts).map((event, at) => (
              // Receipts are only ever appended.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at}>
                <td>{whatWords(event.what, tools)}</td>
                <td>{onWords(event.on, columns, tools)}</td>
                <td>{mechanismWords(event.mechanism, tools)}</td>
                <td className="number">{number(event.epsilon)}</td>
                <td className="number">{event.delta === 0 ? '0' : event.delta.toExponential(0)}</td>
                <td className="number">{number(event.sensitivity)}</td>
                <td className="number">{event.scale === undefined ? '–' : number(event.scale)}</td>
                <td>{unit(event.unit)}</td>
                {grouped && <td>{event.parallelGroup ?? '–'}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p className="small soft">{tx(words.moreReceipts, { n: more })}</p>}
      <Totals events={events} guarantee={props.guarantee} />
    </Card>
  );
}

function Totals(props: { readonly events: readonly PrivacyEvent[]; readonly guarantee: Guarantee | undefined }) {
  const { tx, number } = useText();
  const { events, guarantee } = props;
  const basic = basicComposition(events);
  const advanced = advancedComposition(slack)(events);
  if (basic === undefined || advanced === undefined) return <p className="small">{tx(words.totalNone)}</p>;
  // Methods that account for their own receipts more tightly (concentrated privacy) claim less than the sum.
  const claim = guarantee?.kind === 'dp' && guarantee.epsilon < advanced.epsilon * (1 - 1e-9) ? guarantee : undefined;
  const loss = ({ epsilon, delta }: { readonly epsilon: number; readonly delta: number }): string =>
    `ε = ${number(epsilon)}${delta === 0 ? '' : `, δ = ${delta.toExponential(0)}`}`;
  return (
    <>
      <dl className="facts">
        <dt>{tx(words.totalBasic)}</dt>
        <dd>{claim === undefined ? <strong>{loss(basic)}</strong> : loss(basic)}</dd>
        <dt>{tx(words.totalAdvanced, { slack: slack.toExponential(0) })}</dt>
        <dd>{loss(advanced)}</dd>
        {claim !== undefined && (
          <>
            <dt>{tx(words.totalClaim)}</dt>
            <dd>
              <strong>{loss(claim)}</strong>
            </dd>
          </>
        )}
      </dl>
      <p className="small soft">{tx(words.totalHint)}</p>
    </>
  );
}
