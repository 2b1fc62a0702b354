import { memo, useMemo, useState } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { AveragingAnswer } from '../../../engine/kit/breaking.ts';
import { useText } from '../../i18n/use-text.ts';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useQuestion } from '../use-question.ts';
import { Dial } from './Dial.tsx';
import { Experiment, useShares } from './Experiment.tsx';
import { words } from './words.ts';

const trials = 500;

/** Fresh noise averages out, unless somebody counts the answers. */
export function AveragingCard() {
  const { tx } = useText();
  const [epsilon, setEpsilon] = useState(0.5);
  const [wished, setBudget] = useState(2);
  const [seed, setSeed] = useState(1);
  // A budget buys one answer at least.
  const budget = Math.max(wished, epsilon);
  const question = useMemo(
    () => ({ attack: 'averaging', epsilon, budget, trials, seed }) as const,
    [epsilon, budget, seed],
  );
  const run = useQuestion('break', question);
  const answer = run.answer?.attack === 'averaging' ? run.answer : undefined;
  return (
    <Experiment
      title={tx(words.averaging)}
      run={run}
      seed={seed}
      onAgain={() => setSeed(seed + 1)}
      lead={answer !== undefined && <Lead answer={answer} />}
      control={
        <>
          <Dial label={tx(words.oneEpsilon)} symbol="ε" value={epsilon} min={0.05} max={4} log onChange={setEpsilon} />
          <Dial label={tx(words.budget)} symbol="ε" value={budget} min={0.05} max={20} log onChange={setBudget} />
        </>
      }
    >
      {answer !== undefined && <Evidence answer={answer} />}
    </Experiment>
  );
}

function Lead({ answer }: { readonly answer: AveragingAnswer }) {
  const { tx, number } = useText();
  const { share, spread } = useShares();
  const { knownAfter, allowed, knownAtRefusal, points } = answer;
  const known = points.find((point) => point.answers === knownAfter)?.known;
  return (
    <Rich
      text={tx(knownAfter === undefined ? words.averagingNever : words.averagingLead)}
      parts={{
        after: <Figure meaning="risk">{number(knownAfter ?? 0)}</Figure>,
        known: share(known?.value ?? 0),
        allowed: <Figure meaning="privacy">{number(allowed)}</Figure>,
        refused: <Figure meaning="risk">{share(knownAtRefusal.value)}</Figure>,
        ...spread(knownAtRefusal),
        single: share(points[0]?.known.value ?? 0),
      }}
    />
  );
}

const Evidence = memo(function Evidence({ answer }: { readonly answer: AveragingAnswer }) {
  const { tx, number } = useText();
  const { share } = useShares();
  const { points, allowed } = answer;
  const x = { label: tx(words.answers), log: true, format: (n: number) => number(n) };
  return (
    <>
      <Lines
        chrome="quiet"
        title={tx(words.certainty)}
        description={tx(words.certaintyHint)}
        series={[
          {
            id: 'known',
            label: tx(words.knowShare),
            meaning: 'risk',
            points: points.map(({ answers, known }) => ({
              x: answers,
              y: known.value,
              low: known.low,
              high: known.high,
            })),
          },
        ]}
        x={x}
        y={{ label: tx(words.certainty), domain: [0, 1], format: (y) => share(y) }}
        current={allowed}
        height={200}
        fileName="averaging-certainty"
      />
      <p className="small soft">{tx(words.certaintyHint)}</p>
      <Lines
        chrome="quiet"
        title={tx(words.errorTitle)}
        description={tx(words.errorHint)}
        series={[
          {
            id: 'error',
            label: tx(words.errorOfMean),
            meaning: 'neutral',
            points: points.map(({ answers, error }) => ({ x: answers, y: error })),
          },
        ]}
        x={x}
        y={{ label: tx(words.errorTitle), log: true, format: (y) => number(y, 2) }}
        current={allowed}
        height={180}
        fileName="averaging-error"
      />
    </>
  );
});
