import { useMemo, useState } from 'react';
import type { FloatingPointAnswer } from '../../../engine/kit/breaking.ts';
import { useText } from '../../i18n/use-text.ts';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useQuestion } from '../use-question.ts';
import { AveragingCard } from './AveragingCard.tsx';
import { DifferencingCard } from './DifferencingCard.tsx';
import { useShares } from './Experiment.tsx';
import { FloatingPointCard } from './FloatingPointCard.tsx';
import { ReconstructionCard } from './ReconstructionCard.tsx';
import { words } from './words.ts';

const releases = 5000;

/** Four attacks, each beside what stops it. */
export function BreakPart() {
  const [scale, setScale] = useState(1);
  const [seed, setSeed] = useState(1);
  const question = useMemo(() => ({ attack: 'floating-point', scale, releases, seed }) as const, [scale, seed]);
  const run = useQuestion('break', question);
  const answer = run.answer?.attack === 'floating-point' ? run.answer : undefined;
  return (
    <>
      <Finding answer={answer} />
      <div className="break-grid">
        <FloatingPointCard
          run={run}
          answer={answer}
          scale={scale}
          onScale={setScale}
          seed={seed}
          onAgain={() => setSeed(seed + 1)}
        />
        <AveragingCard />
        <ReconstructionCard />
        <DifferencingCard />
      </div>
    </>
  );
}

function Finding({ answer }: { readonly answer: FloatingPointAnswer | undefined }) {
  const { tx, number } = useText();
  const { share } = useShares();
  if (answer === undefined) {
    return (
      <section className="choose-finding">
        <h2>{tx(words.findingWait)}</h2>
      </section>
    );
  }
  const [zero, one] = answer.naive;
  const [whole, wholeOne] = answer.exact;
  return (
    <section className="choose-finding">
      <h2>
        <Rich
          text={tx(words.finding)}
          parts={{
            naive: <Figure meaning="risk">{share((zero.value + one.value) / 2)}</Figure>,
            exact: (
              <Figure meaning="privacy">
                {number(Math.round(whole.value * whole.n + wholeOne.value * wholeOne.n))}
              </Figure>
            ),
            n: number(whole.n + wholeOne.n),
          }}
        />
      </h2>
      <p className="small soft">{tx(words.hint)}</p>
    </section>
  );
}
