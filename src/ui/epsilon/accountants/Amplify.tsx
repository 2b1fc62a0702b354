import { useMemo, useState } from 'react';
import type { Accounted } from '../../../engine/kit/accounting.ts';
import type { LossLaw } from '../../../engine/kit/loss-law.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../parts/controls.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { useQuestion } from '../use-question.ts';
import { Field } from './OwnLaw.tsx';
import { words } from './words.ts';

/** One release of the race under sampling, shuffling and for several rows of one person. */
export function Amplify({ law, delta }: { readonly law: LossLaw; readonly delta: number }) {
  const { tx, number, value } = useText();
  const [rate, setRate] = useState(0.01);
  const [reports, setReports] = useState(10_000);
  const [group, setGroup] = useState(10);
  const question = useMemo(() => ({ law, delta, rate, reports, group }), [law, delta, rate, reports, group]);
  const { answer, problem } = useQuestion('amplify', question, true);
  const said = (read: Accounted | undefined): string =>
    read === undefined ? '…' : read.status === 'ok' ? number(read.epsilon, 4) : tx(read.why);
  const rows = [
    { id: 'plain', label: words.plain, relation: words.anyRelation, read: answer?.plain, vars: {} },
    {
      id: 'sampled',
      label: words.sampled,
      relation: words.addRemove,
      read: answer?.sampled,
      vars: { rate: value(rate, 'share', rate / 100) },
    },
    {
      id: 'sampledReplace',
      label: words.sampledReplace,
      relation: words.replaceOne,
      read: answer?.sampledReplace,
      vars: { rate: value(rate, 'share', rate / 100) },
    },
    { id: 'shuffled', label: words.shuffled, relation: words.replaceOne, read: answer?.shuffled, vars: { n: reports } },
    { id: 'group', label: words.group, relation: words.anyRelation, read: answer?.group, vars: { n: group } },
  ] as const;
  return (
    <Card title={tx(words.amplify)}>
      <p className="small soft">{tx(words.amplifyHint)}</p>
      <div className="own-law">
        <Field
          label={tx(words.rateField)}
          value={rate}
          ok={rate > 0 && rate <= 1}
          set={(next) => next > 0 && next <= 1 && setRate(next)}
        />
        <Field
          label={tx(words.reportsField)}
          value={reports}
          ok
          set={(next) => Number.isInteger(next) && next >= 1 && next <= 1e9 && setReports(next)}
        />
        <Field
          label={tx(words.groupField)}
          value={group}
          ok
          set={(next) => Number.isInteger(next) && next >= 1 && next <= 1e6 && setGroup(next)}
        />
      </div>
      {problem !== undefined && <ErrorNote problem={problem} />}
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.amplify)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{tx(words.how)}</th>
              <th scope="col">{tx(words.relation)}</th>
              <th scope="col" className="number">
                {tx(words.epsilon, { delta: delta.toExponential(0) })}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{tx(row.label, row.vars)}</th>
                <td className="small soft">{tx(row.relation)}</td>
                <td className={row.read?.status === 'ok' ? 'number' : 'small soft'}>{said(row.read)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
