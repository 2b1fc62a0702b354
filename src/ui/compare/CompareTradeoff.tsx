import { useState } from 'react';
import { Scatter } from '../../charts/Scatter.tsx';
import type { AxisSpec, ScatterPoint } from '../../charts/props.ts';
import { useText } from '../i18n/use-text.ts';
import { Card, Select } from '../parts/controls.tsx';
import { presenceId, type Column } from './columns.layout.ts';
import type { AnsweredRow, Question } from './rows.ts';
import type { Candidate } from './use-comparison.ts';
import { words } from './words.ts';

/** Any two measures against each other, a point a scenario. */
export function CompareTradeoff(props: {
  readonly candidates: readonly Candidate[];
  readonly columns: readonly Column[];
  readonly questions: readonly Question[];
}) {
  const { tx, value, unit } = useText();
  const { candidates, columns, questions } = props;
  const [across, setAcross] = useState('');
  const [up, setUp] = useState('');
  const rows = questions.flatMap((question) => question.rows);
  const x = rows.find(({ id }) => id === across) ?? rows[0];
  const y = rows.find(({ id }) => id === up) ?? questions.find(({ id }) => id === 'utility')?.rows[0] ?? rows.at(-1);
  if (x === undefined || y === undefined) return null;
  const label = (row: AnsweredRow): string => tx(row.id === presenceId ? words.presence : row.label);
  const options = questions.flatMap((question) =>
    question.rows.map((row) => ({ value: row.id, label: `${tx(question.text)} ${label(row)}` })),
  );
  const points = candidates.flatMap((candidate, at): ScatterPoint[] => {
    const find = (id: string) => columns[at]?.scores.find((score) => score.id === id);
    const [cx, cy] = [find(x.id), find(y.id)];
    if (cx === undefined || cy === undefined) return [];
    return [
      {
        id: candidate.id,
        label: tx(candidate.label),
        x: cx.mean,
        y: cy.mean,
        xLow: cx.interval?.low,
        xHigh: cx.interval?.high,
        yLow: cy.interval?.low,
        yHigh: cy.interval?.high,
        meaning: candidate.id === currentId ? 'privacy' : 'neutral',
      },
    ];
  });
  const axis = (row: AnsweredRow): AxisSpec => ({
    label: label(row),
    better: row.direction === 'neutral' ? 'none' : row.direction === 'higher-is-better' ? 'higher' : 'lower',
    format: (one) => value(one, unit(row.unit, 2)),
  });
  return (
    <Card title={tx(words.tradeoff)}>
      <p className="small soft">{tx(words.tradeoffHint)}</p>
      <div className="row axes no-print">
        <Select label={tx(words.axisX)} value={x.id} options={options} onChange={setAcross} />
        <Select label={tx(words.axisY)} value={y.id} options={options} onChange={setUp} />
      </div>
      {points.length < 2 ? (
        <p className="soft">{tx(words.tradeoffNone)}</p>
      ) : (
        <Scatter
          title={`${label(x)}; ${label(y)}`}
          description={tx(words.tradeoffHint)}
          chrome="quiet"
          points={points}
          x={axis(x)}
          y={axis(y)}
          currentId={currentId}
          height={300}
          fileName="trade-off"
        />
      )}
    </Card>
  );
}

/** Id of the column that is the scenario on the page. */
export const currentId = 'current';
