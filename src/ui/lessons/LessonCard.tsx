import { useEffect, useId, useRef } from 'react';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { showToast } from '../../store/view-store.ts';
import { Button } from '../parts/controls.tsx';
import { lessonHref, runsOf, saveProgress, tally } from './export.ts';
import type { Lesson, Run } from './engine.ts';
import './lessons.css';
import { LessonStep } from './LessonStep.tsx';
import { lessons } from './list.ts';
import { closeLesson, collapseLesson, moveLesson, useLessons } from './progress.ts';
import { useHighlight, useLesson } from './use-lesson.ts';
import { words } from './words.ts';

/** The open lesson, beside whatever page is open. Nothing when none is, or when its name is not known. */
export function LessonLayer() {
  const open = useLessons((state) => state.open);
  const lesson = lessons.find(({ id }) => id === open);
  return lesson === undefined ? null : <LessonCard key={lesson.id} lesson={lesson} />;
}

/** Docked, non-modal, foldable; Escape inside it folds it. */
function LessonCard({ lesson }: { readonly lesson: Lesson }) {
  const tools = useText();
  const { tx } = tools;
  const title = useId();
  const collapsed = useLessons((state) => state.collapsed);
  const corner = useLessons((state) => state.corner);
  const live = useLesson(lesson);
  const { run } = live;
  const step = lesson.steps[run.at];
  const card = useRef<HTMLElement>(null);
  useRoom(card, corner);
  useHighlight(collapsed || run.phase === 'reveal' ? undefined : step?.target, step?.id ?? '');
  useFocusOnStep(card, run.at);
  return (
    <aside
      ref={card}
      className={`lesson-card in-${corner}${collapsed ? ' is-folded' : ''}`}
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') collapseLesson(true);
      }}
    >
      <header>
        <h2 id={title} tabIndex={-1}>
          {tx(lesson.title)}
          <span className="soft small">{tx(words.step, { n: run.at + 1, of: lesson.steps.length })}</span>
        </h2>
        <CardButtons collapsed={collapsed} corner={corner} tools={tools} />
      </header>
      {!collapsed && (
        <>
          <div className="lesson-body">
            <LessonStep key={step?.id} lesson={lesson} live={live} />
            {run.finished && <End lesson={lesson} run={run} tools={tools} />}
          </div>
          <Scrubber lesson={lesson} run={run} tools={tools} onGo={(at) => live.send({ kind: 'go', at })} />
        </>
      )}
    </aside>
  );
}

function CardButtons(props: {
  readonly collapsed: boolean;
  readonly corner: 'left' | 'right';
  readonly tools: TextTools;
}) {
  const { collapsed, corner } = props;
  const { tx } = props.tools;
  const other = corner === 'right' ? 'left' : 'right';
  const move = tx(other === 'left' ? words.moveLeft : words.moveRight);
  const fold = tx(collapsed ? words.expand : words.collapse);
  return (
    <span className="lesson-buttons">
      <button type="button" className="corner" aria-label={move} title={move} onClick={() => moveLesson(other)}>
        {other === 'left' ? '↙' : '↘'}
      </button>
      <button
        type="button"
        aria-expanded={!collapsed}
        aria-label={fold}
        title={fold}
        onClick={() => collapseLesson(!collapsed)}
      >
        {collapsed ? '+' : '–'}
      </button>
      <button type="button" aria-label={tx(words.close)} title={tx(words.close)} onClick={closeLesson}>
        ×
      </button>
    </span>
  );
}

/** Where one is, what is done, and the way back. */
function Scrubber(props: {
  readonly lesson: Lesson;
  readonly run: Run;
  readonly tools: TextTools;
  readonly onGo: (at: number) => void;
}) {
  const { lesson, run } = props;
  const { tx } = props.tools;
  return (
    <ol className="lesson-steps" aria-label={tx(words.steps)}>
      {lesson.steps.map((step, at) => {
        const done = run.traces[step.id]?.after !== undefined;
        const state =
          at === run.at
            ? words.stateHere
            : done
              ? words.stateDone
              : at <= run.furthest
                ? words.stateOpen
                : words.stateLater;
        const name = tx(words.goTo, { n: at + 1, state: tx(state) });
        return (
          <li key={step.id}>
            <button
              type="button"
              className={done ? 'is-done' : undefined}
              aria-current={at === run.at ? 'step' : undefined}
              aria-label={name}
              title={name}
              disabled={at > run.furthest}
              onClick={() => props.onGo(at)}
            />
          </li>
        );
      })}
    </ol>
  );
}

function End({ lesson, run, tools }: { readonly lesson: Lesson; readonly run: Run; readonly tools: TextTools }) {
  const { tx } = tools;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(lessonHref(lesson.id, run.at, lesson.steps[run.at]?.path ?? '/explore'));
      showToast(tx(words.linkCopied));
    } catch {
      showToast(tx(words.linkFailed));
    }
  };
  return (
    <div className="stack lesson-end">
      <p>
        <strong>{tx(words.finished, tally([run]))}</strong>
      </p>
      <div className="row">
        <Button onClick={() => saveProgress(runsOf(useLessons.getState().runs))}>{tx(words.save)}</Button>
        <Button look="link" onClick={() => void copy()}>
          {tx(words.link)}
        </Button>
      </div>
    </div>
  );
}

/** Leaves the page room to scroll what the card covers into view. */
function useRoom(card: React.RefObject<HTMLElement | null>, corner: string): void {
  useEffect(() => {
    const element = card.current;
    if (element === null) return;
    const root = document.documentElement;
    const observer = new ResizeObserver(() =>
      root.style.setProperty('--lesson-room', `${element.offsetHeight + 16}px`),
    );
    observer.observe(element);
    root.dataset['lesson'] = corner;
    return () => {
      observer.disconnect();
      root.style.removeProperty('--lesson-room');
      delete root.dataset['lesson'];
    };
  }, [card, corner]);
}

/** After "Start" or "Next" its button is gone: focus goes to the card's heading, never to nowhere. */
function useFocusOnStep(card: React.RefObject<HTMLElement | null>, at: number): void {
  const last = useRef(-1);
  useEffect(() => {
    if (last.current === at) return;
    // The page with the button "Start" is about to make room for the lesson's own.
    const opened = last.current < 0;
    last.current = at;
    const active = document.activeElement;
    const leaving = opened && active?.closest('main') !== null;
    if (active === document.body || leaving || card.current?.contains(active) === true) {
      card.current?.querySelector<HTMLElement>('h2')?.focus();
    }
  }, [card, at]);
}
