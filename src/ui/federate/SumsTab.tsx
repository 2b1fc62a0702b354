import { useState } from 'react';
import { PartiesDiagram } from '../../charts/PartiesDiagram.tsx';
import type { JobResult } from '../../engine/kit/job.ts';
import type { PartiesPicture } from '../../engine/kit/picture.ts';
import { measureOf } from '../../engine/registry.ts';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { originOf } from '../parts/why-this.tsx';
import { ScoreList } from '../pictures/ScoreList.tsx';
import { MethodSide } from '../stream/MethodSide.tsx';
import { useViewBranch, type ViewBranch } from '../stream/use-branch.ts';
import { useRun } from '../use-run.ts';
import { SumTime } from './SumTime.tsx';
import { federateWords as words } from './words.ts';
import { WorkersCard } from './WorkersCard.tsx';

const isParties = (picture: { readonly view: string }): picture is PartiesPicture => picture.view === 'parties';

/** Totals over departments that keep their numbers: the protocol, its real run between workers, and its limits. */
export function SumsTab() {
  const { tx } = useText();
  const of = useViewBranch('parties');
  const run = useRun(of.measured, 1);
  const { outcome } = run;
  const result = outcome?.status === 'ok' ? outcome : undefined;
  const picture = result?.pictures.find(isParties);
  return (
    <div className="live">
      <div className="live-view">
        <Finding picture={picture} />
        {outcome?.status === 'failed' && <ErrorNote problem={outcome.problem} onRetry={run.retry} />}
        {outcome === undefined && (
          <ProgressLine progress={run.progress} label={tx(words.running)} onCancel={run.cancel} />
        )}
        {result !== undefined && picture !== undefined && <Picture picture={picture} of={of} result={result} />}
        {result !== undefined && picture !== undefined && of.job !== null && (
          <>
            <WorkersCard key={of.job.key} picture={picture} job={of.job} />
            <div className="live-pair">
              <Colluders result={result} seed={of.spec.seed} />
              <SumTime picture={picture} job={of.job} result={result} />
            </div>
          </>
        )}
      </div>
      <div className="live-side">
        <MethodSide of={of} />
        {result !== undefined && (
          <Card title={tx(words.colludeMore)}>
            <ScoreList scores={result.scores} skipped={result.skipped} origin={originOf(result, of.spec.seed)} />
          </Card>
        )}
      </div>
    </div>
  );
}

/** What was opened, and whether it is the truth. */
function Finding({ picture }: { readonly picture: PartiesPicture | undefined }) {
  const { tx, number } = useText();
  if (picture === undefined) {
    return (
      <section className="live-finding">
        <h2>{tx(words.sumsWaiting)}</h2>
      </section>
    );
  }
  const { opened, truth } = picture;
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < opened.length; i += 1) {
    worst = Math.max(worst, Math.abs((opened[i] as number) - (truth[i] as number)));
    if ((opened[i] as number) > (opened[largest] as number)) largest = i;
  }
  return (
    <section className="live-finding">
      <h2>
        <Rich
          text={tx(worst === 0 ? words.sumsExact : words.sumsOff, {
            parties: picture.parties.length,
            n: opened.length,
            label: picture.labels[largest] ?? '',
          })}
          parts={{
            largest: <Figure meaning="privacy">{number(opened[largest] ?? 0, 6)}</Figure>,
            worst: <Figure meaning="utility">{number(worst, 2)}</Figure>,
          }}
        />
      </h2>
      <p className="note-line">{tx(words.sumsNote)}</p>
    </section>
  );
}

function Picture(props: { readonly picture: PartiesPicture; readonly of: ViewBranch; readonly result: JobResult }) {
  const { tx } = useText();
  const { picture } = props;
  const [round, setRound] = useState<number | undefined>(1);
  return (
    <PartiesDiagram
      title={tx(words.partiesTitle)}
      description={tx(words.partiesHint)}
      parties={picture.parties}
      messages={picture.messages.map((message) => ({ ...message, what: tx(message.what) }))}
      labels={picture.labels}
      seen={picture.seen}
      opened={picture.opened}
      truth={picture.truth}
      modulus={picture.modulus}
      round={round}
      onRound={setRound}
      fileName="secure-sum"
      provenance={{ seed: props.of.spec.seed, branch: props.of.branch, digest: props.result.digest }}
    />
  );
}

/** The attacks' own scores on what parties saw together. */
function Colluders({ result, seed }: { readonly result: JobResult; readonly seed: number }) {
  const { tx } = useText();
  // An attack that reads nothing but shares is about parties who put their views together.
  const scores = result.scores.filter((score) => {
    const measure = measureOf(score.id.split('/')[0] ?? '');
    return measure !== undefined && measure.accepts.length === 1 && measure.accepts[0] === result.kind;
  });
  return (
    <Card title={tx(words.collude)}>
      <p className="small">{tx(words.colludeText)}</p>
      {scores.length > 0 && <ScoreList scores={scores} origin={originOf(result, seed)} />}
    </Card>
  );
}
