import { memo, useMemo, useState } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { OverTimeAnswer, OverTimeQuestion, TimePolicyId } from '../../../engine/kit/over-time.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Select } from '../../parts/controls.tsx';
import { accountantLines, yearLines } from './plan.ts';
import { words } from './words.ts';

export interface SectionProps {
  readonly answer: OverTimeAnswer;
  readonly question: OverTimeQuestion;
  readonly className: string;
}

/** Loss over the year: every policy by its tightest accountant, and one policy by all of them. */
export const Year = memo(function Year({ answer, question, className }: SectionProps) {
  const { tx, number } = useText();
  const [chosen, choose] = useState<TimePolicyId>('fresh');
  const lane = answer.lanes.find(({ id }) => id === chosen) ?? answer.lanes[0];
  const lines = useMemo(() => yearLines(answer, question, tx), [answer, question, tx]);
  const others = useMemo(() => (lane === undefined ? [] : accountantLines(answer, lane, tx)), [answer, lane, tx]);
  const axes = {
    x: { label: tx(words.day), domain: [0, question.days] as const, format: (x: number) => number(x, 3) },
    y: {
      label: tx(words.epsilonAt, { delta: question.delta.toExponential(0) }),
      log: true,
      better: 'lower' as const,
      format: (y: number) => number(y, 3),
    },
  };
  const basic = lane?.loss.find(({ id }) => id === 'basic')?.epsilon.at(-1);
  return (
    <div className="time-pair">
      <Card className={className}>
        <Lines
          title={tx(words.year)}
          description={tx(words.yearHint)}
          finding={question.presence === 0 ? undefined : tx(words.yearFinding)}
          series={lines}
          {...axes}
          height={330}
          fileName="loss-over-a-year"
          provenance={{ ...question }}
        />
        <p className="small soft">{tx(words.yearHint)}</p>
      </Card>
      <Card className={className}>
        <Lines
          title={tx(words.accountants)}
          description={tx(words.accountantsHint)}
          finding={
            basic === undefined || lane === undefined
              ? undefined
              : tx(words.accountantsFinding, { basic: number(basic, 3), best: number(lane.promises.lifetime, 3) })
          }
          series={others}
          {...axes}
          height={330}
          fileName="loss-by-accountant"
          provenance={{ ...question, policy: chosen }}
        />
        <Select
          label={tx(words.policy)}
          value={chosen}
          options={answer.lanes.map(({ id, label }) => ({ value: id, label: tx(label) }))}
          onChange={choose}
        />
      </Card>
    </div>
  );
});
