import { useEffect, useMemo } from 'react';
import { goTo } from '../location.ts';
import { advance, parseRun, sceneAt, startRun, type Event, type Facts, type Lesson, type Run } from './engine.ts';
import { useFacts } from './figures.ts';
import { keepRun, useLessons } from './progress.ts';
import { setScene } from './scenes.ts';

export interface LiveLesson {
  readonly run: Run;
  readonly facts: Facts;
  readonly send: (event: Event) => void;
  /** Sets up the scene of the step anew and opens its page. */
  readonly setUp: () => void;
}

/** Runs a lesson against the live page: watches it, keeps progress, and sets up scenes where a step or a link asks. */
export function useLesson(lesson: Lesson): LiveLesson {
  const kept = useLessons((state) => state.runs[lesson.id]);
  const wanted = useLessons((state) => state.wanted);
  const facts = useFacts(lesson.scores);
  const run = useMemo(() => parseRun(lesson, kept) ?? startRun(lesson), [lesson, kept]);
  useEffect(() => {
    if (wanted === null) return;
    const begun = startRun(lesson, wanted);
    keepRun(lesson.id, begun);
    enter(lesson, begun.at);
  }, [lesson, wanted]);
  useEffect(() => {
    if (wanted !== null) return;
    const next = advance(lesson, run, { kind: 'observe' }, facts);
    if (next !== run) keepRun(lesson.id, next);
  }, [lesson, run, facts, wanted]);
  return useMemo(
    () => ({
      run,
      facts,
      send: (event) => {
        const next = advance(lesson, run, event, facts);
        if (next === run) return;
        keepRun(lesson.id, next);
        const step = lesson.steps[next.at];
        if (next.at !== run.at && step !== undefined) {
          if (step.scene !== undefined && event.kind === 'next') void setScene(step.scene);
          if (facts.path !== step.path) goTo(step.path);
        }
      },
      setUp: () => enter(lesson, run.at),
    }),
    [lesson, run, facts],
  );
}

function enter(lesson: Lesson, at: number): void {
  const scene = sceneAt(lesson, at);
  if (scene !== undefined) void setScene(scene);
  const path = lesson.steps[at]?.path;
  if (path !== undefined) goTo(path);
}

/** Marks what the step talks about on the page, and brings it into view once. */
export function useHighlight(target: string | undefined, step: string): void {
  useEffect(() => {
    if (target === undefined) return;
    let marked: HTMLElement | undefined;
    const mark = (): void => {
      if (marked?.isConnected === true) return;
      const found = document.querySelector<HTMLElement>(`[data-lesson="${target}"]`);
      if (found === null) return;
      marked = found;
      found.setAttribute('data-lesson-on', step);
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      found.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
    };
    mark();
    // Parts of the page come and go while it computes.
    const timer = setInterval(mark, 400);
    return () => {
      clearInterval(timer);
      marked?.removeAttribute('data-lesson-on');
    };
  }, [target, step]);
}
