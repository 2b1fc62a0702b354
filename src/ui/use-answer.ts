import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../engine/kit/errors.ts';
import type { Progress } from '../engine/kit/job.ts';
import { latestWins, type LatestRunner } from '../runtime/latest.ts';
import type { Outcome } from '../runtime/protocol.ts';

/** Puts a question to whoever answers it. */
export type Ask<L, Q, A> = (
  live: L,
  question: Q,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
) => Promise<Outcome<A>>;

export interface Answered<Q, A> {
  /** The newest answer, with the question it belongs to; older than what was asked while `pending`. */
  readonly question: Q | undefined;
  readonly answer: A | undefined;
  readonly problem: Problem | undefined;
  readonly pending: boolean;
  readonly progress: Progress | undefined;
  /** How long the answer took, ms. */
  readonly tookMs: number | undefined;
  /** Whether the question was given up by the user; giving it up, and asking it again. */
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly resume: () => void;
}

interface Held<L, Q, A> {
  readonly live: L | undefined;
  /** Text of the question that was answered last, well or not. */
  readonly to?: string;
  readonly question?: Q;
  readonly answer?: A;
  readonly problem?: Problem;
  readonly progress?: Progress;
  readonly tookMs?: number;
}

/** The newest answer to a question; a new question gives up the one before. Equal text is the same question. */
export function useAnswer<L, Q, A>(live: L | undefined, question: Q | undefined, ask: Ask<L, Q, A>): Answered<Q, A> {
  const asked = question === undefined ? '' : JSON.stringify(question);
  const [held, setHeld] = useState<Held<L, Q, A>>({ live: undefined });
  const [stoppedAt, setStoppedAt] = useState('');
  const stopped = stoppedAt === asked && asked !== '';
  const runner = useRef<LatestRunner<Q> | null>(null);
  useEffect(() => {
    if (live === undefined) return;
    const started = new Map<Q, number>();
    const made = latestWins<Q, Outcome<A>>(
      (one, signal) => {
        started.set(one, performance.now());
        return ask(live, one, signal, (progress) =>
          setHeld((old) => (old.live === live ? { ...old, progress } : { live, progress })),
        );
      },
      (outcome, one) => {
        const tookMs = performance.now() - (started.get(one) ?? performance.now());
        started.clear();
        if (outcome.status === 'cancelled') return;
        const to = JSON.stringify(one);
        setHeld((old) =>
          outcome.status === 'ok'
            ? { live, to, question: one, answer: outcome.value, tookMs }
            : { ...(old.live === live ? old : {}), live, to, problem: outcome.problem },
        );
      },
    );
    runner.current = made;
    return () => {
      made.cancel();
      runner.current = null;
    };
  }, [live, ask]);
  useEffect(() => {
    if (question !== undefined && !stopped) runner.current?.run(question);
    else runner.current?.cancel();
    // The text stands for the question.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [live, asked, ask, stopped]);
  const mine = held.live === live && live !== undefined ? held : undefined;
  const open = live !== undefined && question !== undefined && mine?.to !== asked;
  return {
    question: mine?.question,
    answer: mine?.answer,
    problem: mine?.problem,
    pending: open && !stopped,
    progress: mine?.progress,
    tookMs: mine?.tookMs,
    stopped: open && stopped,
    stop: () => setStoppedAt(asked),
    resume: () => setStoppedAt(''),
  };
}
