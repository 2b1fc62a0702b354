import { memo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../parts/controls.tsx';
import { words } from './words.ts';
import type { SectionProps } from './Year.tsx';

/** A row a policy: loss about one person over each span, the error that buys, and the promise in words. */
export const Promises = memo(function Promises({ answer, question, className }: SectionProps) {
  const { tx, number } = useText();
  const epsilon = (value: number): string => number(value, 3);
  const spans = [
    { head: tx(words.release), of: 'release' },
    { head: tx(words.anyWindow, { n: number(question.windowDays) }), of: 'window' },
    { head: tx(words.period, { n: number(question.renewDays) }), of: 'period' },
    { head: tx(words.wholeYear), of: 'lifetime' },
  ] as const;
  return (
    <Card title={tx(words.promises)} className={className}>
      <p className="small soft">{tx(words.promisesHint)}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.promises)}>
        <table className="time-promises">
          <thead>
            <tr>
              <th scope="col">{tx(words.policy)}</th>
              {spans.map(({ head, of }) => (
                <th key={of} scope="col" className="number">
                  {head}
                </th>
              ))}
              <th scope="col" className="number">
                {tx(words.countError)}
              </th>
              <th scope="col" className="number">
                {tx(words.totalError)}
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.lanes.map((lane) => (
              <tr key={lane.id}>
                <th scope="row">{tx(lane.label)}</th>
                {spans.map(({ of }) => (
                  <td key={of} className={of === 'lifetime' ? 'number is-risk' : 'number'}>
                    {epsilon(lane.promises[of])}
                  </td>
                ))}
                <td className="number">± {number(lane.periodError, 2)}</td>
                <td className="number">± {number(lane.totalError, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className="time-says">
        {answer.lanes.map((lane) => (
          <div key={lane.id}>
            <dt>{tx(lane.label)}</dt>
            <dd>{tx(lane.says)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
});
