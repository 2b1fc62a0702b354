import { useMemo } from 'react';
import { RoundsChart } from '../../charts/RoundsChart.tsx';
import type { RoundsPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import type { Frame } from '../../runtime/protocol.ts';
import { oddsOf } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { ErrorNote } from '../parts/notes.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { WhyThis } from '../parts/why-this.tsx';
import { scoreWords } from '../pictures/ScoreList.tsx';
import { MeasuredCard, MethodSide } from '../stream/MethodSide.tsx';
import { LiveMessage, Player } from '../stream/Player.tsx';
import { useViewBranch } from '../stream/use-branch.ts';
import { useLive } from '../stream/use-live.ts';
import { ClientsMap } from './ClientsMap.tsx';
import { LearningCost } from './LearningCost.tsx';
import { accuracyScore } from './rounds-scores.ts';
import { federateWords as words } from './words.ts';

const isRounds = (picture: { readonly view: string }): picture is RoundsPicture => picture.view === 'rounds';
const pictureOf = (frame: Frame | undefined): RoundsPicture | undefined => frame?.pictures.find(isRounds);

/** Training over zones, round by round, and what it gives away and costs. */
export function LearningTab() {
  const { tx } = useText();
  const of = useViewBranch('rounds');
  const live = useLive(of.dataset.status === 'failed' ? null : of.job);
  // The newest picture has all rounds; looking back moves the mark, not the curve.
  const picture = pictureOf(live.frames.at(-1));
  const summary = of.dataset.status === 'ok' ? of.dataset.value : undefined;
  const provenance = useMemo(() => ({ seed: of.spec.seed, branch: of.branch }), [of.spec.seed, of.branch]);
  return (
    <div className="live">
      <div className="live-view">
        <Finding picture={picture} at={live.shown} seed={of.spec.seed} />
        {of.dataset.status === 'failed' && <ErrorNote problem={of.dataset.problem} onRetry={of.dataset.retry} />}
        <Player live={live} unit={words.round} />
        <LiveMessage live={live} />
        {picture !== undefined && (
          <>
            <div className="live-pair wide-first">
              {summary !== undefined && <ClientsMap picture={picture} at={live.shown} summary={summary} />}
              <LearningCost picture={picture} at={live.shown} of={of} ready={!live.playing} />
            </div>
            <RoundsChart
              title={tx(words.roundsTitle)}
              description={tx(words.roundsHint)}
              rounds={picture.rounds}
              clients={picture.clients}
              central={picture.central}
              majority={picture.majority}
              currentRound={live.shown + 1}
              onRound={(round) => live.player.show(round - 1)}
              fileName="training-rounds"
              provenance={provenance}
            />
          </>
        )}
      </div>
      <div className="live-side">
        <MethodSide of={of} />
        <MeasuredCard of={of} ready={live.done || (live.frames.length > 0 && !live.playing)} />
      </div>
    </div>
  );
}

/** Before and after in one measure: accuracy on held-out rows with pooled rows, and without moving them. */
function Finding(props: { readonly picture: RoundsPicture | undefined; readonly at: number; readonly seed: number }) {
  const tools = useText();
  const { tx, value, number } = tools;
  const { picture } = props;
  const round = picture?.rounds[props.at];
  if (picture === undefined || round === undefined) {
    return (
      <section className="live-finding">
        <h2>{tx(words.learnWaiting)}</h2>
      </section>
    );
  }
  const score: Score = accuracyScore(picture, props.at);
  const template = picture.central === undefined ? words.learnFindingAlone : words.learnFinding;
  return (
    <section className="live-finding">
      <h2>
        <Rich
          text={tx(template, { n: round.round, clients: picture.clients.length })}
          parts={{
            round: number(round.round),
            accuracy: <Figure meaning="utility">{scoreWords(score, tools)}</Figure>,
            central: <Figure meaning="truth">{value(picture.central?.accuracy ?? 0, 'share', 0.001)}</Figure>,
          }}
        />
      </h2>
      <p className="note-line">
        {tx(words.learnNote, { task: tx(picture.task), majority: value(picture.majority.accuracy, 'share', 0.001) })}{' '}
        {round.epsilon === undefined
          ? tx(words.learnNoGuarantee)
          : tx(words.learnEpsilon, { odds: oddsOf(round.epsilon) })}{' '}
        <WhyThis score={score} origin={{ seed: props.seed }} />
      </p>
    </section>
  );
}
