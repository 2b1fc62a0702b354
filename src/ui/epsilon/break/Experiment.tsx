import type { ReactNode } from 'react';
import type { BreakAnswer, BreakQuestion, Rate } from '../../../engine/kit/breaking.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../../parts/notes.tsx';
import { Rich } from '../../parts/rich.tsx';
import type { Answered } from '../../use-answer.ts';
import { words } from './words.ts';

/** One attack: who is in the room, what is turned, the sentence it comes to, the evidence. */
export function Experiment(props: {
  readonly title: string;
  readonly run: Answered<BreakQuestion, BreakAnswer>;
  readonly seed: number;
  readonly onAgain: () => void;
  readonly control: ReactNode;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}) {
  const { tx } = useText();
  const { run } = props;
  const { answer } = run;
  return (
    <Card
      title={props.title}
      action={
        <span className="row small soft">
          {tx(words.seed, { seed: String(run.question?.seed ?? props.seed) })}
          <Button look="link" onClick={props.onAgain} disabled={run.pending}>
            {tx(words.again)}
          </Button>
        </span>
      }
    >
      {answer !== undefined && <Opponent answer={answer} />}
      {answer !== undefined && (
        <p className="break-lead" aria-live="polite" aria-busy={run.pending}>
          {props.lead}
        </p>
      )}
      {props.control}
      {run.pending && <ProgressLine progress={run.progress} onCancel={run.stop} />}
      {run.stopped && <StoppedNote onResume={run.resume} />}
      {run.problem !== undefined && <ErrorNote problem={run.problem} />}
      {answer !== undefined && <div className={run.pending ? 'stack stale' : 'stack'}>{props.children}</div>}
      {answer !== undefined && <p className="small soft">{tx(answer.method)}</p>}
    </Card>
  );
}

function Opponent({ answer }: { readonly answer: BreakAnswer }) {
  const { tx } = useText();
  const { who, wants, knows } = answer.adversary;
  return (
    <p className="break-who">
      <span>
        <Rich
          text={tx(words.opponent)}
          parts={{ who: <strong className="is-risk">{tx(who)}</strong>, wants: tx(wants) }}
        />
      </span>
      {knows.map((each) => (
        <span key={each.en} className="fact">
          {tx(each)}
        </span>
      ))}
    </p>
  );
}

/** Shares in words; an interval's ends get the places their width allows. */
export function useShares() {
  const { value } = useText();
  const share = (x: number, half = 0.01): string => value(x, 'share', half);
  const spread = ({ low, high }: Rate): { readonly low: string; readonly high: string } => ({
    low: share(low, (high - low) / 2),
    high: share(high, (high - low) / 2),
  });
  return { share, spread };
}
