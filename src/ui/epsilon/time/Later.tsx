import { memo, useMemo } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { LineSeries } from '../../../charts/props.ts';
import type { TimePolicyId } from '../../../engine/kit/over-time.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Segmented } from '../../parts/controls.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { lagPoints, type Plan } from './plan.ts';
import { words } from './words.ts';
import type { SectionProps } from './Year.tsx';

interface LaterProps extends SectionProps {
  readonly plan: Plan;
  readonly onChange: (part: Partial<Plan>) => void;
}

/** Temporal degradation: what one release and all of them say of a person whose habits change, and how far one appearance reaches. */
export function Later({ plan, onChange, ...section }: LaterProps) {
  const { tx, value } = useText();
  return (
    <Card title={tx(words.later)} className={section.className}>
      <Sentence {...section} />
      <div className="time-controls">
        <fieldset>
          <legend>{tx(words.habits)}</legend>
          <Segmented
            label={tx(words.habits)}
            value={String(plan.persistence)}
            options={[
              { value: '0.8', label: tx(words.habitsDays) },
              { value: '0.98', label: tx(words.habitsMonths) },
              { value: '0.998', label: tx(words.habitsYears) },
            ]}
            onChange={(persistence) => onChange({ persistence: Number(persistence) })}
          />
        </fieldset>
        <fieldset>
          <legend>{tx(words.suspicion)}</legend>
          <Segmented
            label={tx(words.suspicion)}
            value={String(plan.prior)}
            options={[0.01, 0.1, 0.5].map((prior) => ({ value: String(prior), label: value(prior, 'share') }))}
            onChange={(prior) => onChange({ prior: Number(prior) })}
          />
        </fieldset>
      </div>
      <Charts {...section} />
    </Card>
  );
}

function Sentence({ answer, question }: SectionProps) {
  const { tx, number, value } = useText();
  const { halfLifeDays, accumulated } = answer.degradation;
  return (
    <p>
      <Rich
        text={tx(words.laterFinding)}
        parts={{
          half: (
            <Figure meaning="privacy">
              {Number.isFinite(halfLifeDays) ? tx(words.days, { n: number(halfLifeDays, 2) }) : '∞'}
            </Figure>
          ),
          prior: value(question.prior, 'share'),
          belief: <Figure meaning="risk">{shareOf(accumulated.at(-1) ?? question.prior, value)}</Figure>,
        }}
      />
    </p>
  );
}

/** A belief short of certainty is never written as certainty. */
const shareOf = (belief: number, value: (x: number, unit: string, half?: number) => string): string =>
  belief > 0.9995 ? `> ${value(0.999, 'share', 0.0005)}` : value(belief, 'share', 0.005);

const Charts = memo(function Charts({ answer, question }: SectionProps) {
  const { tx, number, value } = useText();
  const { degradation } = answer;
  const { lags } = degradation;
  const x = { label: tx(words.lag), domain: [0, question.days] as const, format: (day: number) => number(day, 3) };
  const belief = useMemo(
    (): readonly LineSeries[] => [
      { id: 'all', label: tx(words.beliefAll), meaning: 'risk', points: lagPoints(lags, degradation.accumulated) },
      {
        id: 'one',
        label: tx(words.remainsLine),
        meaning: 'risk',
        dashed: true,
        points: lagPoints(lags, degradation.belief),
      },
    ],
    [lags, degradation, tx],
  );
  const remains = useMemo(
    (): readonly LineSeries[] => [
      {
        id: 'one',
        label: tx(words.remainsLine),
        meaning: 'privacy',
        points: lagPoints(lags, degradation.epsilon),
      },
    ],
    [lags, degradation, tx],
  );
  const effect = useMemo((): readonly LineSeries[] => {
    const of = (id: TimePolicyId, label: string, dashed: boolean): LineSeries => ({
      id,
      label,
      meaning: 'neutral',
      dashed,
      points: lagPoints(lags, answer.lanes.find((lane) => lane.id === id)?.effect ?? new Float64Array(lags.length)),
    });
    return [
      of('tree', tx(words.effectTotal), false),
      of('memoised', tx(words.lineMemoised), true),
      of('fresh', tx(words.effectFresh), false),
    ];
  }, [answer, lags, tx]);
  return (
    <div className="time-three">
      <Lines
        title={tx(words.remains)}
        description={tx(words.remainsHint)}
        series={remains}
        x={x}
        y={{ label: 'ε', better: 'lower', format: (y) => number(y, 3) }}
        references={[{ value: question.epsilon / 2, label: tx(words.half) }]}
        height={240}
        fileName="loss-later"
        provenance={{ ...question }}
      />
      <Lines
        title={tx(words.belief)}
        description={tx(words.beliefHint)}
        series={belief}
        x={x}
        y={{ label: tx(words.beliefAxis), domain: [0, 1], better: 'lower', format: (y) => value(y, 'share', 0.005) }}
        references={[{ value: question.prior, label: tx(words.before) }]}
        height={240}
        fileName="belief-later"
        provenance={{ ...question }}
      />
      <Lines
        title={tx(words.effect)}
        description={tx(words.effectHint)}
        series={effect}
        x={x}
        y={{ label: tx(words.effectAxis), log: true, better: 'lower', format: (y) => number(y, 3) }}
        height={240}
        fileName="effect-by-lag"
        provenance={{ ...question }}
      />
    </div>
  );
});
