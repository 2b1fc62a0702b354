import { useId, useState, type ReactNode } from 'react';
import type { Text } from '../../engine/kit/text.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { ProgressLine } from '../parts/notes.tsx';
import { goTo } from '../location.ts';
import { holesOf, isReady, type Figures, type Lesson, type Step } from './engine.ts';
import type { LiveLesson } from './use-lesson.ts';
import { words } from './words.ts';

/** One step: text, prediction, task, and what came out. */
export function LessonStep({ lesson, live }: { readonly lesson: Lesson; readonly live: LiveLesson }) {
  const { tx } = useText();
  const { run, facts, send } = live;
  const step = lesson.steps[run.at];
  if (step === undefined) return null;
  const trace = run.traces[step.id];
  const away = facts.path !== step.path && run.phase !== 'reveal';
  if (!isReady(lesson, run)) return <NotReady step={step} live={live} away={away} />;
  // What was asked was computed for the numbers of then, whatever the page shows now.
  const start = holesOf(trace?.before, trace?.before ?? {});
  const now = holesOf(trace?.before, trace?.after ?? { ...trace?.before, ...facts.figures });
  return (
    <div className="stack" aria-live="polite">
      <p>
        <Numbers text={step.text} figures={start} />
      </p>
      {step.prediction !== undefined && <PredictionForm step={step} figures={start} live={live} />}
      {run.phase === 'act' && step.task !== undefined && (
        <p className="lesson-task">
          <strong>{tx(words.task)}</strong> {tx(step.task.text)}
        </p>
      )}
      {run.phase === 'act' && step.note !== undefined && <Note step={step} live={live} kept={trace?.note ?? ''} />}
      {run.phase === 'act' && away && <Away step={step} />}
      {run.phase === 'act' && !away && pending(step, facts.figures) && (
        <ProgressLine progress={undefined} label={tx(words.computingChange)} />
      )}
      {run.phase === 'reveal' && (
        <>
          <p className="lesson-reveal">
            <Numbers text={step.reveal(trace?.before ?? {}, trace?.after ?? {})} figures={now} />
          </p>
          {trace?.note !== undefined && <blockquote>{trace.note}</blockquote>}
          {!run.finished && (
            <p>
              <Button look="primary" onClick={() => send({ kind: 'next' })}>
                {tx(run.at === lesson.steps.length - 1 ? words.finish : words.next)}
              </Button>
            </p>
          )}
        </>
      )}
      {run.phase !== 'reveal' && run.at === 0 && <p className="soft small">{tx(words.undoHint)}</p>}
      {run.phase !== 'reveal' && <SetUp live={live} />}
    </div>
  );
}

const pending = (step: Step, figures: Figures): boolean => step.needs.some((name) => figures[name] === undefined);

function NotReady(props: { readonly step: Step; readonly live: LiveLesson; readonly away: boolean }) {
  const { tx } = useText();
  return (
    <div className="stack">
      {props.away ? <Away step={props.step} /> : <ProgressLine progress={undefined} label={tx(words.computing)} />}
      <SetUp live={props.live} />
    </div>
  );
}

function Away({ step }: { readonly step: Step }) {
  const { tx } = useText();
  return (
    <p className="row">
      <span>{tx(words.elsewhere)}</span>
      <Button onClick={() => goTo(step.path)}>{tx(words.goThere)}</Button>
    </p>
  );
}

function SetUp({ live }: { readonly live: LiveLesson }) {
  const { tx } = useText();
  return (
    <p>
      <Button look="link" onClick={live.setUp}>
        {tx(words.setUp)}
      </Button>
    </p>
  );
}

/** Buttons until one is chosen; then the choice, and in the end whether it was borne out. */
function PredictionForm(props: { readonly step: Step; readonly figures: Figures; readonly live: LiveLesson }) {
  const { tx } = useText();
  const { step, figures, live } = props;
  const { prediction } = step;
  const trace = live.run.traces[step.id];
  if (prediction === undefined) return null;
  const chosen = prediction.options.find(({ id }) => id === trace?.choice);
  if (chosen !== undefined) {
    const before = trace?.before ?? {};
    const answer = trace?.after === undefined ? undefined : prediction.right(before, trace.after);
    const truth = prediction.options.find(({ id }) => id === answer);
    return (
      <p className="small">
        {tx(words.yours, { answer: lower(tx(chosen.text, figures)) })}{' '}
        {live.run.phase === 'reveal' && trace?.right !== undefined && (
          <strong className={trace.right ? 'is-utility' : 'is-risk'}>
            {trace.right
              ? tx(words.right)
              : tx(words.wrong, { answer: truth === undefined ? '' : lower(tx(truth.text, figures)) })}
          </strong>
        )}
      </p>
    );
  }
  return (
    <fieldset className="lesson-prediction">
      <legend>
        <strong>{tx(words.predict)}</strong> {tx(prediction.question, figures)}
      </legend>
      {prediction.options.map((option) => (
        <button
          key={option.id}
          type="button"
          className="button"
          onClick={() => live.send({ kind: 'predict', choice: option.id })}
        >
          {tx(option.text, figures)}
        </button>
      ))}
    </fieldset>
  );
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A sentence of one's own; kept when it is declared done. */
function Note(props: { readonly step: Step; readonly live: LiveLesson; readonly kept: string }) {
  const { tx } = useText();
  const id = useId();
  const [typed, setTyped] = useState(props.kept);
  const { note } = props.step;
  if (note === undefined) return null;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        props.live.send({ kind: 'note', text: typed });
      }}
    >
      <label className="field">
        {tx(note.label)}
        <textarea
          className="textarea"
          rows={2}
          maxLength={500}
          value={typed}
          aria-describedby={id}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <p className="row">
        <Button type="submit" disabled={typed.trim().length < note.least}>
          {tx(words.noteDone)}
        </Button>
        <span className="soft small" id={id}>
          {tx(words.noteLeast, { n: note.least })}
        </span>
      </p>
    </form>
  );
}

/** A text whose figures carry the colour of their meaning. */
function Numbers({ text, figures }: { readonly text: Text; readonly figures: Figures }) {
  const { tx, number } = useText();
  const parts: Record<string, ReactNode> = {};
  for (const [name, value] of Object.entries(figures)) {
    const shown = typeof value === 'number' ? number(value) : value;
    const meaning = meaningOf(name.replace('before_', ''));
    parts[name] = meaning === undefined ? shown : <Figure meaning={meaning}>{shown}</Figure>;
  }
  return <Rich text={tx(text)} parts={parts} />;
}

function meaningOf(name: string): 'privacy' | 'risk' | 'utility' | 'truth' | undefined {
  if (name === 'truth') return 'truth';
  if (/^(released|half|low|high|epsilon)$/.test(name)) return 'privacy';
  if (/^(attack|ceiling|homogeneous|secret|found)/.test(name)) return 'risk';
  return name === 'utility' ? 'utility' : undefined;
}
