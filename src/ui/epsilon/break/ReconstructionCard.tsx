import { memo, useMemo, useState } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { ReconstructionAnswer, ReconstructionQuestion } from '../../../engine/kit/breaking.ts';
import { useText } from '../../i18n/use-text.ts';
import { Select } from '../../parts/controls.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useQuestion } from '../use-question.ts';
import { Dial } from './Dial.tsx';
import { Experiment, useShares } from './Experiment.tsx';
import { words } from './words.ts';

const sizes = ['64', '128', '256'] as const;
const trials = 10;

/** Counts about overlapping groups, solved like equations. */
export function ReconstructionCard() {
  const { tx, number } = useText();
  const { share, spread } = useShares();
  const [people, setPeople] = useState<(typeof sizes)[number]>('64');
  const [epsilon, setEpsilon] = useState(0.5);
  const [spending, setSpending] = useState<ReconstructionQuestion['spending']>('per answer');
  const [seed, setSeed] = useState(1);
  const question = useMemo(
    () => ({ attack: 'reconstruction', people: Number(people), epsilon, spending, trials, seed }) as const,
    [people, epsilon, spending, seed],
  );
  const run = useQuestion('break', question);
  const answer = run.answer?.attack === 'reconstruction' ? run.answer : undefined;
  const asked = run.question?.attack === 'reconstruction' ? run.question : undefined;
  const last = answer?.points.at(-1);
  return (
    <Experiment
      title={tx(words.reconstruction)}
      run={run}
      seed={seed}
      onAgain={() => setSeed(seed + 1)}
      lead={
        last !== undefined && (
          <Rich
            text={tx(words.reconstructionLead)}
            parts={{
              queries: number(last.queries),
              people: number(asked?.people ?? 0),
              share: <Figure meaning="risk">{share(last.recovered.value)}</Figure>,
              ...spread(last.recovered),
              epsilon: <Figure meaning="privacy">{number(last.epsilonSpent)}</Figure>,
            }}
          />
        )
      }
      control={
        <>
          <Select
            label={tx(words.spending)}
            value={spending}
            options={[
              { value: 'per answer', label: tx(words.perAnswer) },
              { value: 'in all', label: tx(words.inAll) },
            ]}
            onChange={setSpending}
          />
          <Select
            label={tx(words.people)}
            value={people}
            options={sizes.map((value) => ({ value, label: value }))}
            onChange={setPeople}
          />
          <Dial label={tx(words.loss)} symbol="ε" value={epsilon} min={0.02} max={20} log onChange={setEpsilon} />
        </>
      }
    >
      {answer !== undefined && <Evidence answer={answer} />}
    </Experiment>
  );
}

const Evidence = memo(function Evidence({ answer }: { readonly answer: ReconstructionAnswer }) {
  const { tx, number } = useText();
  const { share } = useShares();
  return (
    <>
      <Lines
        chrome="quiet"
        title={tx(words.recovered)}
        description={tx(words.recoveredHint)}
        series={[
          {
            id: 'recovered',
            label: tx(words.recovered),
            meaning: 'risk',
            points: answer.points.map(({ queries, recovered }) => ({
              x: queries,
              y: recovered.value,
              low: recovered.low,
              high: recovered.high,
            })),
          },
          {
            id: 'limit',
            label: tx(words.limit),
            meaning: 'privacy',
            dashed: true,
            points: answer.points.map(({ queries, bound }) => ({ x: queries, y: bound })),
          },
        ]}
        references={[{ value: 0.5, label: tx(words.chance) }]}
        x={{ label: tx(words.queries), log: true, format: (n) => number(n) }}
        y={{ label: tx(words.share), domain: [0.4, 1], format: (y) => share(y) }}
        height={240}
        fileName="reconstruction"
      />
      <p className="small soft">{tx(words.recoveredHint)}</p>
    </>
  );
});
