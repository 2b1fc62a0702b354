import { useMemo, useState } from 'react';
import { MeterBar } from '../../../charts/MeterBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useQuestion } from '../use-question.ts';
import { Dial } from './Dial.tsx';
import { Experiment, useShares } from './Experiment.tsx';
import { words } from './words.ts';

const trials = 20_000;

/** Two counts that differ by one person. */
export function DifferencingCard() {
  const { tx, number } = useText();
  const { share, spread } = useShares();
  const [epsilon, setEpsilon] = useState(1);
  const [seed, setSeed] = useState(1);
  const question = useMemo(() => ({ attack: 'differencing', epsilon, trials, seed }) as const, [epsilon, seed]);
  const run = useQuestion('break', question);
  const answer = run.answer?.attack === 'differencing' ? run.answer : undefined;
  const noisy = answer?.noisyCounts;
  return (
    <Experiment
      title={tx(words.differencing)}
      run={run}
      seed={seed}
      onAgain={() => setSeed(seed + 1)}
      lead={
        answer !== undefined &&
        noisy !== undefined && (
          <Rich
            text={tx(words.differencingLead)}
            parts={{
              epsilon: number(run.question?.attack === 'differencing' ? run.question.epsilon : epsilon),
              share: <Figure meaning="risk">{share(noisy.value)}</Figure>,
              ...spread(noisy),
              bound: <Figure meaning="privacy">{share(answer.bound, 0.004)}</Figure>,
            }}
          />
        )
      }
      control={<Dial label={tx(words.loss)} symbol="ε" value={epsilon} min={0.05} max={20} log onChange={setEpsilon} />}
    >
      {answer !== undefined &&
        (
          [
            ['exactCounts', answer.exactCounts],
            ['noisyCounts', answer.noisyCounts],
          ] as const
        ).map(([name, rate]) => (
          <MeterBar
            key={name}
            label={tx(words[name])}
            value={rate.value}
            text={
              rate.low === rate.high
                ? share(rate.value)
                : `${share(rate.value)} (${spread(rate).low} – ${spread(rate).high})`
            }
            low={rate.low}
            high={rate.high}
            baseline={{ value: rate.baseline, label: share(rate.baseline) }}
            {...(name === 'noisyCounts' ? { bound: { value: answer.bound, label: share(answer.bound, 0.004) } } : {})}
            meaning="risk"
          />
        ))}
    </Experiment>
  );
}
