import { useState } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import { MeterBar } from '../../../charts/MeterBar.tsx';
import type { AuditAnswer, AuditPowerQuestion, AuditQuestion } from '../../../engine/kit/audit.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useQuestion } from '../use-question.ts';
import { AuditPairs } from './AuditPairs.tsx';
import { words } from './audit-words.ts';
import { useShares } from './Experiment.tsx';
import { bestPair, provenCurve, thinned, verdictOf } from './verdict.ts';

/** Outputs that an audit of power may draw without being asked to. */
const cheap = 5e6;
const audits = 20;

export function AuditFinding(props: {
  readonly answer: AuditAnswer;
  readonly question: AuditQuestion;
  readonly name: string;
}) {
  const { tx, number } = useText();
  const { answer, question } = props;
  return (
    <>
      <h2>
        <Rich
          text={tx(words[verdictOf(answer)])}
          parts={{
            what: props.name,
            draws: number(answer.draws),
            claim: <Figure meaning="privacy">{number(answer.claim.epsilon)}</Figure>,
            bound: <Figure meaning="risk">{number(answer.lowerBound)}</Figure>,
          }}
        />
      </h2>
      <p className="small soft">
        {answer.planted !== undefined && <strong>{tx(answer.planted)} </strong>}
        {tx(words.hint, { odds: Math.round(1 / question.alpha) })}
      </p>
    </>
  );
}

/** The gauge from nothing to the claim, the power of the test, the curve and the events behind it. */
export function AuditResult(props: {
  readonly answer: AuditAnswer;
  readonly question: AuditQuestion;
  readonly stale: boolean;
}) {
  const { tx, number, value } = useText();
  const { answer, question } = props;
  const { claim, lowerBound } = answer;
  return (
    <>
      <Card title={tx(words.result)} className={props.stale ? 'stale' : ''}>
        <MeterBar
          label={tx(words.certified)}
          value={lowerBound}
          text={tx(words.certifiedText, {
            bound: number(lowerBound),
            claim: number(claim.epsilon),
            share: value(lowerBound / claim.epsilon, 'share', 0.01),
          })}
          domain={[0, Math.max(1.5 * claim.epsilon, 1.1 * lowerBound)]}
          bound={{ value: claim.epsilon, label: tx(words.claimed, { claim: number(claim.epsilon) }) }}
          meaning="risk"
          provenance="measured"
          note={tx(words.confidence, {
            confidence: value(1 - question.alpha, 'share', 0.001),
            ceiling: number(answer.ceiling),
            seed: String(question.seed),
          })}
        />
        {question.bug === 'none' && !answer.accused && <Power question={question} />}
      </Card>
      <Card className={props.stale ? 'stale' : ''}>
        <TradeOff answer={answer} />
      </Card>
      <AuditPairs answer={answer} stale={props.stale} />
    </>
  );
}

/** How often a bug would have been noticed: measured at once where that is cheap, when asked where it is not. */
function Power({ question }: { readonly question: AuditQuestion }) {
  const { tx } = useText();
  const { share, spread } = useShares();
  const isCheap = question.technique.includes('/') && question.draws * audits <= cheap;
  const [wanted, want] = useState(isCheap);
  const asked: AuditPowerQuestion | undefined = wanted ? { ...question, bug: 'scale halved', audits } : undefined;
  const power = useQuestion('audit-power', asked);
  const caught = power.answer?.caught;
  return (
    <div className="audit-power">
      <h4>{tx(words.power)}</h4>
      {!wanted && (
        <p>
          <Button onClick={() => want(true)}>{tx(words.powerRun, { n: audits })}</Button>
        </p>
      )}
      {power.pending && <ProgressLine progress={power.progress} label={tx(words.powerWait)} onCancel={power.stop} />}
      {power.stopped && <StoppedNote onResume={power.resume} />}
      {power.problem !== undefined && <ErrorNote problem={power.problem} />}
      {caught !== undefined && (
        <p>
          <Rich
            text={tx(words.powerOf)}
            parts={{
              share: <Figure meaning="utility">{share(caught.value)}</Figure>,
              ...spread(caught),
              n: caught.n,
            }}
          />
        </p>
      )}
    </div>
  );
}

function TradeOff({ answer }: { readonly answer: AuditAnswer }) {
  const { tx } = useText();
  const { share } = useShares();
  const pair = bestPair(answer);
  if (pair === undefined) return null;
  return (
    <>
      <Lines
        chrome="full"
        title={tx(words.curve)}
        description={tx(words.curveHint)}
        series={[
          { id: 'seen', label: tx(words.seen), meaning: 'risk', points: thinned(pair.curve) },
          {
            id: 'proven',
            label: tx(words.proven),
            meaning: 'privacy',
            dashed: true,
            points: provenCurve(answer.claim),
          },
        ]}
        x={{ label: tx(words.falseAlarms), domain: [0, 1], format: (x) => share(x) }}
        y={{ label: tx(words.misses), domain: [0, 1], format: (y) => share(y) }}
        height={260}
        fileName="audit-trade-off"
      />
      <p className="small soft">{tx(words.curveHint)}</p>
    </>
  );
}
