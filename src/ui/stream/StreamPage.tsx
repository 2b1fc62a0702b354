import { useMemo } from 'react';
import { StreamChart } from '../../charts/StreamChart.tsx';
import type { StreamPicture } from '../../engine/kit/picture.ts';
import type { Frame } from '../../runtime/protocol.ts';
import { oddsOf } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { ErrorNote } from '../parts/notes.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { WhyThis } from '../parts/why-this.tsx';
import { scoreWords } from '../pictures/ScoreList.tsx';
import { CoinsCard } from './CoinsCard.tsx';
import { Figures } from './Figures.tsx';
import './live.css';
import { MeasuredCard, MethodSide } from './MethodSide.tsx';
import { PaperCheck } from './PaperCheck.tsx';
import { LiveMessage, Player } from './Player.tsx';
import { SpendCard } from './SpendCard.tsx';
import './stream.css';
import { coveredBuckets, errorScore, estimateScore, topBucket } from './stream-scores.ts';
import { useLive, type Live } from './use-live.ts';
import { useViewBranch, type ViewBranch } from './use-branch.ts';
import { streamWords as words } from './words.ts';

const isStream = (picture: { readonly view: string }): picture is StreamPicture => picture.view === 'stream';
const pictureOf = (frame: Frame | undefined): StreamPicture | undefined => frame?.pictures.find(isStream);

/** Randomized answers from vehicles, live: what the city learns, and what each vehicle gives away. */
export function StreamPage() {
  const { tx } = useText();
  const of = useViewBranch('stream');
  const live = useLive(of.dataset.status === 'failed' ? null : of.job);
  const picture = pictureOf(live.frames[live.shown]);
  const history = useMemo(
    () => live.frames.slice(0, live.shown + 1).flatMap((frame) => pictureOf(frame) ?? []),
    [live.frames, live.shown],
  );
  const descriptor = of.dataset.status === 'ok' ? of.dataset.value.descriptor : undefined;
  return (
    <div className="live">
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <div className="live-view">
        <Finding picture={picture} seed={of.spec.seed} />
        {of.dataset.status === 'failed' && <ErrorNote problem={of.dataset.problem} onRetry={of.dataset.retry} />}
        <Player live={live} unit={words.epoch} />
        <LiveMessage live={live} />
        {picture !== undefined && <Picture picture={picture} live={live} of={of} />}
        <div className="live-pair">
          {picture !== undefined && <Coins picture={picture} of={of} />}
          {picture !== undefined && <SpendCard picture={picture} history={history} seed={of.spec.seed} />}
        </div>
        {descriptor !== undefined && <PaperCheck of={of} descriptor={descriptor} />}
      </div>
      <div className="live-side">
        <MethodSide of={of} />
        <MeasuredCard of={of} ready={live.done || (live.frames.length > 0 && !live.playing)} />
      </div>
    </div>
  );
}

/** The commonest answer, estimated and true, and what one answer gives away. */
function Finding({ picture, seed }: { readonly picture: StreamPicture | undefined; readonly seed: number }) {
  const tools = useText();
  const { tx, number, value } = tools;
  if (picture === undefined || picture.epochs.length === 0) {
    return (
      <section className="live-finding">
        <h2>{tx(words.waiting)}</h2>
      </section>
    );
  }
  // The largest estimate of many is mostly noise; this page knows the truth, so it speaks of the commonest true answer.
  const top = topBucket(picture.truth);
  const score = estimateScore(picture, top);
  return (
    <section className="live-finding">
      <h2>
        <Rich
          text={tx(words.finding, {
            question: tx(picture.question ?? words.someValue),
            answers: number(score.n ?? 0),
          })}
          parts={{
            estimate: <Figure meaning="privacy">{scoreWords(score, tools)}</Figure>,
            bucket: <span className="figure">{picture.buckets[top]}</span>,
            truth: <Figure meaning="truth">{value(picture.truth[top] ?? 0, 'share', 0.001)}</Figure>,
          }}
        />
      </h2>
      <p className="note-line">
        {tx(words.findingOdds, { odds: oddsOf(picture.epsilonPerAnswer) })} <WhyThis score={score} origin={{ seed }} />
      </p>
    </section>
  );
}

function Picture(props: { readonly picture: StreamPicture; readonly live: Live; readonly of: ViewBranch }) {
  const { tx, value } = useText();
  const { picture, of } = props;
  const error = errorScore(picture);
  return (
    <div className="stack">
      <StreamChart
        title={tx(words.chart)}
        description={tx(words.chartHint)}
        finding={tx(words.chartFinding, {
          inside: coveredBuckets(picture),
          n: picture.buckets.length,
          error: value(error.value, 'share', 0.001),
        })}
        buckets={picture.buckets}
        truth={picture.truth}
        estimate={picture.estimate}
        halfWidth95={picture.halfWidth95}
        epochs={picture.epochs}
        fileName="stream"
        provenance={{ seed: of.spec.seed, branch: of.branch, epochs: picture.epochs.length }}
      />
      <Figures rows={[{ score: error }]} origin={{ seed: of.spec.seed }} />
    </div>
  );
}

/** Only streams that say their coins have something to flip. */
function Coins({ picture, of }: { readonly picture: StreamPicture; readonly of: ViewBranch }) {
  const { tx } = useText();
  const { coins } = picture;
  if (coins === undefined) return null;
  const set = ({ param, probability }: { readonly param: string; readonly probability: number }): number => {
    const value = of.params[param];
    return typeof value === 'number' ? value : probability;
  };
  return (
    <CoinsCard
      p={set(coins.truth)}
      q={set(coins.yes)}
      question={tx(picture.question ?? words.someValue)}
      bucket={picture.buckets[topBucket(picture.truth)] ?? ''}
      seed={of.spec.seed}
      averaging={picture.averaging}
    />
  );
}
