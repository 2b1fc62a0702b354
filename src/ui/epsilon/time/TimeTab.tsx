import { useMemo, useState } from 'react';
import type { OverTimeAnswer, OverTimeQuestion } from '../../../engine/kit/over-time.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Disclosure } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import type { Epsilon } from '../use-epsilon.ts';
import { useQuestion } from '../use-question.ts';
import { Controls } from './Controls.tsx';
import { Later } from './Later.tsx';
import { Live } from './Live.tsx';
import { firstPlan, questionOf, type Plan } from './plan.ts';
import { Promises } from './Promises.tsx';
import './time.css';
import { words } from './words.ts';
import { Year } from './Year.tsx';

/** One release is a number; a year of them is what a person lives through. */
export function TimeTab({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const [changes, setChanges] = useState<Partial<Plan>>({});
  // Until it is set here, the loss of one release is the one chosen on this page.
  const plan = useMemo((): Plan => ({ ...firstPlan, epsilon: page.epsilon, ...changes }), [page.epsilon, changes]);
  const question = useMemo(() => questionOf(plan, page.delta), [plan, page.delta]);
  const asked = useQuestion('over-time', question);
  const { answer } = asked;
  const stale = asked.pending ? 'stale' : '';
  return (
    <div className="epsilon-column time">
      {answer !== undefined && asked.question !== undefined ? (
        <Finding answer={answer} question={asked.question} />
      ) : (
        <section className="choose-finding">
          <h2>{tx(words.working)}</h2>
        </section>
      )}
      {asked.pending && <ProgressLine progress={asked.progress} onCancel={asked.stop} />}
      {asked.stopped && <StoppedNote onResume={asked.resume} />}
      {asked.problem !== undefined && <ErrorNote problem={asked.problem} />}
      <Controls plan={plan} onChange={(part) => setChanges((old) => ({ ...old, ...part }))} />
      {answer !== undefined && asked.question !== undefined && (
        <>
          <Year answer={answer} question={asked.question} className={stale} />
          <Promises answer={answer} question={asked.question} className={stale} />
          <Later
            answer={answer}
            question={asked.question}
            plan={plan}
            onChange={(part) => setChanges((old) => ({ ...old, ...part }))}
            className={stale}
          />
        </>
      )}
      <Live delta={page.delta} />
      {answer !== undefined && (
        <Card>
          <Disclosure label={tx(words.assumptions)}>
            <ul className="time-assumptions small">
              {answer.assumptions.map((one) => (
                <li key={one.en}>{tx(one)}</li>
              ))}
            </ul>
          </Disclosure>
        </Card>
      )}
    </div>
  );
}

function Finding({ answer, question }: { readonly answer: OverTimeAnswer; readonly question: OverTimeQuestion }) {
  const { tx, number } = useText();
  const promises = answer.lanes.find(({ id }) => id === 'renewed')?.promises;
  if (promises === undefined) return null;
  const { presence, everyHours } = question;
  const every = everyHours === 1 ? words.everyHour : everyHours === 24 ? words.everyDay : words.everyWeek;
  const who = presence === 0 ? words.whoOnce : presence === 1 ? words.whoAlways : words.whoSome;
  return (
    <section className="choose-finding" aria-live="polite">
      <h2>
        <Rich
          text={tx(presence === 0 ? words.findingOnce : words.finding)}
          parts={{
            every: tx(every),
            who: tx(who),
            epsilon: <Figure meaning="privacy">{number(question.epsilon, 3)}</Figure>,
            lifetime: <Figure meaning="risk">{number(promises.lifetime, 3)}</Figure>,
            renew: number(question.renewDays),
            books: <Figure meaning="privacy">{number(promises.period, 3)}</Figure>,
          }}
        />
      </h2>
      <p className="small soft">{tx(words.findingNote, { delta: question.delta.toExponential(0) })}</p>
    </section>
  );
}
