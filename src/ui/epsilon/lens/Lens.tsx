import { useMemo, useState } from 'react';
import type { LensAnswer, LensTarget } from '../../../engine/kit/accounting.ts';
import type { CountedLaw } from '../../../engine/kit/loss-law.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Disclosure } from '../../parts/controls.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { Slider } from '../../parts/slider.tsx';
import type { Scale } from '../../parts/slider.layout.ts';
import { epsilonFor, noiseAt } from '../choose/cells.ts';
import { useQuestion } from '../use-question.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { LensCurves } from './Curves.tsx';
import { Handle } from './Handle.tsx';
import './lens.css';
import { useLaws, type Laws } from './use-laws.ts';
import { useWish } from './use-wish.ts';
import { words } from './words.ts';

/** Cells of loss: wide while something moves, narrow once it rests. */
const liveGrid = 1e-3;
const restGrid = 1e-4;
const profilePoints = 48;
const rates: readonly number[] = [
  0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99,
];

const scales = {
  epsilon: { min: 0.005, max: 40, log: true, whole: false },
  accuracy: { min: 0.501, max: 0.9999, log: false, whole: false },
  share: { min: 0.0005, max: 0.9999, log: false, whole: false },
  error: { min: 0.05, max: 2000, log: true, whole: false },
} as const satisfies Readonly<Record<string, Scale>>;

/** No release takes away what was known before it: a reading starts there. */
const beliefFrom = (known: number): Scale => ({ ...scales.share, min: Math.min(known + 0.0005, 0.9998) });

/** What the composed loss means, in every unit at once; each unit is a handle on all others. */
export function Lens({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const laws = useLaws(page);
  const guarantee = page.result?.guarantee;
  if (laws === undefined || page.result === undefined) {
    return (
      <Card title={tx(words.title)}>
        <p className="soft">{tx(words.none)}</p>
      </Card>
    );
  }
  if ('en' in laws || guarantee?.kind !== 'dp' || laws.settled.length === 0) {
    return (
      <Card title={tx(words.title)}>
        <p>{tx('en' in laws ? laws : words.noLoss)}</p>
      </Card>
    );
  }
  return <Readings page={page} laws={laws} />;
}

function lensQuestion(
  laws: readonly CountedLaw[],
  delta: number,
  prior: number,
  fpr: number,
  topEpsilon: number,
  grid: number,
) {
  return {
    laws,
    delta,
    grid,
    prior,
    epsilons: Array.from({ length: profilePoints }, (_, i) => (i * topEpsilon) / (profilePoints - 1)),
    falsePositiveRates: [fpr, ...rates],
  };
}

function Readings({ page, laws }: { readonly page: Epsilon; readonly laws: Laws }) {
  const { tx, number, unit, value } = useText();
  const [prior, setPrior] = useState(0.1);
  const [livePrior, setLivePrior] = useState<number | null>(null);
  const [fpr, setFpr] = useState(0.01);
  const { delta, stale, epsilon } = page;
  const atPrior = livePrior ?? prior;
  const moving = stale || livePrior !== null;
  const question = useMemo(
    () => lensQuestion(laws.live, delta, atPrior, fpr, Math.max(0.5, 1.25 * epsilon), moving ? liveGrid : restGrid),
    [laws.live, delta, atPrior, fpr, epsilon, moving],
  );
  const { answer, question: asked, problem } = useQuestion('lens', question, true);
  const wish = useWish(page, laws);
  const guarantee = page.result?.guarantee;
  const hold = (target: LensTarget, committed: boolean): void => wish.hold(target, committed);
  const posterior = answer?.posterior.upper;
  const answers = page.result?.events.length ?? 0;
  const shareOf = (share: number): string => value(share, 'share', 0.005);
  return (
    <Card
      title={tx(words.title)}
      className="lens"
      action={<span className="small soft">{tx(moving || wish.pending ? words.live : words.proven)}</span>}
    >
      <p className="lens-lead" aria-live="polite" aria-busy={moving}>
        <Rich
          text={tx(words.lead)}
          parts={{
            unit: unit(guarantee?.kind === 'dp' ? guarantee.unit : 'row'),
            prior: <Figure meaning="truth">{shareOf(atPrior)}</Figure>,
            posterior: <Figure meaning="risk">{posterior === undefined ? '…' : shareOf(posterior)}</Figure>,
          }}
        />{' '}
        {answer !== undefined && tx(words.leadWrong, { wrong: Math.floor(100 * (1 - answer.accuracy.upper) + 1e-9) })}
      </p>
      <p className="small soft">{tx(words.hint)}</p>
      {problem !== undefined && <ErrorNote problem={problem} />}
      {wish.problem !== undefined && <ErrorNote problem={wish.problem} />}
      <div className="lens-handles">
        <Handle
          label={tx(words.epsilon, { delta: delta.toExponential(0) })}
          meaning="privacy"
          reading={answer?.epsilon}
          scale={scales.epsilon}
          onHold={(wanted, committed) => hold({ kind: 'epsilon', value: wanted, delta }, committed)}
        />
        <Handle
          label={tx(words.accuracy)}
          meaning="risk"
          percent
          reading={answer?.accuracy}
          scale={scales.accuracy}
          onHold={(wanted, committed) => hold({ kind: 'accuracy', value: wanted }, committed)}
        />
        <Handle
          label={tx(words.advantage)}
          meaning="risk"
          percent
          reading={answer?.advantage}
          scale={scales.share}
          onHold={(wanted, committed) => hold({ kind: 'advantage', value: wanted }, committed)}
        />
        <Handle
          label={tx(words.tpr, { fpr: value(fpr, 'share', 0.0001) })}
          meaning="risk"
          percent
          reading={foundAt(answer)}
          scale={scales.share}
          onHold={(wanted, committed) =>
            hold({ kind: 'true-positive-rate', value: wanted, falsePositiveRate: fpr }, committed)
          }
        />
        <ErrorHandle page={page} />
        <div className="lens-prior">
          <p className="small soft" aria-hidden="true">
            {tx(words.prior)}
          </p>
          <Slider
            label={tx(words.prior)}
            unit="%"
            value={Number((atPrior * 100).toPrecision(12))}
            min={0.1}
            max={99.9}
            ends={[tx(words.priorEnds[0]), tx(words.priorEnds[1])]}
            step={0.1}
            stops={[1, 10, 50, 90]}
            onInput={(percent) => setLivePrior(percent / 100)}
            onCommit={(percent) => {
              setPrior(percent / 100);
              setLivePrior(null);
            }}
          />
        </div>
        <Handle
          label={tx(words.posterior)}
          meaning="risk"
          percent
          reading={answer?.posterior}
          scale={beliefFrom(atPrior)}
          onHold={(wanted, committed) => hold({ kind: 'posterior', value: wanted, prior: atPrior, delta }, committed)}
        />
        <Handle
          label={tx(words.atPrior, { base: shareOf(Math.max(atPrior, 1 - atPrior)) })}
          meaning="risk"
          percent
          reading={answer?.accuracyAtPrior}
          scale={beliefFrom(Math.max(atPrior, 1 - atPrior))}
          onHold={(wanted, committed) => hold({ kind: 'accuracy-at-prior', value: wanted, prior: atPrior }, committed)}
        />
      </div>
      <p className="small soft">
        {tx(answers === 1 ? words.relationOne : words.relation, {
          unit: unit(guarantee?.kind === 'dp' ? guarantee.unit : 'row'),
          relation: tx(words[guarantee?.kind === 'dp' ? guarantee.neighbours : 'add-remove']),
          n: answers,
        })}
      </p>
      {answer !== undefined && asked !== undefined && (
        <Disclosure label={tx(words.charts)} open>
          <LensCurves answer={answer} question={asked} delta={delta} fpr={fpr} onFpr={setFpr} number={number} />
        </Disclosure>
      )}
    </Card>
  );
}

/** True-positive rate at the chosen false-positive rate, the first of those asked for. */
function foundAt(answer: LensAnswer | undefined) {
  const [lower, upper] = [answer?.tradeoff.lower[0], answer?.tradeoff.upper[0]];
  return lower === undefined || upper === undefined ? undefined : { lower: 1 - upper, upper: 1 - lower };
}

/** The error bar is a handle too: its half width falls as 1 / epsilon. */
function ErrorHandle({ page }: { readonly page: Epsilon }) {
  const { tx, unit } = useText();
  const { bank, epsilon, dial } = page;
  if (bank === null || bank.param !== 'epsilon' || dial === undefined) return null;
  const half = noiseAt(bank, epsilon, bank.picture)?.halfWidth95;
  if (half === undefined) return null;
  return (
    <Handle
      label={tx(words.error)}
      meaning="utility"
      unit={unit(bank.picture.unit, 2)}
      reading={{ lower: half, upper: half }}
      scale={scales.error}
      onHold={(wanted, committed) => {
        if (!(wanted > 0)) return;
        const next = Math.min(
          dial.max,
          Math.max(dial.min, Number(epsilonFor(bank, epsilon, half, wanted, dial).toPrecision(4))),
        );
        if (committed) page.setParam('epsilon', next);
        else page.turn(next);
      }}
    />
  );
}
