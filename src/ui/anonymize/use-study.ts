import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Job, Progress } from '../../engine/kit/job.ts';
import type {
  LatticeAnswer,
  LatticeQuestion,
  LatticeShape,
  NodeAnswer,
  NodeQuestion,
  StudyAnswer,
} from '../../engine/kit/lattice.ts';
import type { LiveStudy } from '../../runtime/client.types.ts';
import type { Outcome } from '../../runtime/protocol.ts';
import { mergeAnswers, mergeShapes } from '../../scenario/lattice.ts';
import { runtime } from '../runtime.ts';
import { type Answered, type Ask as AskOf, useAnswer } from '../use-answer.ts';

export type { Answered } from '../use-answer.ts';

/** A lattice being solved, solved, or not solvable. */
export interface Study {
  readonly status: 'idle' | 'solving' | 'solved' | 'failed' | 'stopped';
  readonly progress: Progress | undefined;
  readonly problem: Problem | undefined;
  readonly live: LiveStudy | undefined;
  readonly shape: LatticeShape | undefined;
  readonly cancel: () => void;
  readonly retry: () => void;
}

interface State {
  readonly key: string;
  readonly status: Study['status'];
  readonly progress?: Progress;
  readonly problem?: Problem;
  readonly live?: LiveStudy;
  readonly shape?: LatticeShape;
}

/** Solves the lattice of a job in workers of its own and keeps it while the page is open. Latest wins. */
export function useStudy(job: Job | null): Study {
  const key = job?.key ?? '';
  const [state, setState] = useState<State>({ key: '', status: 'idle' });
  const [attempt, setAttempt] = useState(0);
  const [controller, setController] = useState<AbortController | null>(null);
  useEffect(() => {
    if (job === null) return;
    const abort = new AbortController();
    let opened: LiveStudy | undefined;
    setController(abort);
    setState({ key, status: 'solving', progress: { fraction: 0 } });
    const onProgress = (progress: Progress): void => {
      if (!abort.signal.aborted) setState({ key, status: 'solving', progress });
    };
    let left = false;
    void runtime()
      .study(job, { signal: abort.signal, priority: 2, onProgress })
      .then((outcome) => {
        if (outcome.status === 'ok') opened = outcome.value;
        if (left) return void opened?.stop();
        setState(settled(key, outcome));
      });
    return () => {
      left = true;
      abort.abort();
      void opened?.stop();
    };
    // The key names the job's content; the object itself is new at every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, attempt]);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const cancel = useCallback(() => controller?.abort(), [controller]);
  const now: State = state.key === key ? state : { key, status: 'idle' };
  return {
    status: now.status,
    progress: now.progress,
    problem: now.problem,
    live: now.live,
    shape: now.shape,
    cancel,
    retry,
  };
}

function settled(key: string, outcome: Outcome<LiveStudy>): State {
  if (outcome.status === 'cancelled') return { key, status: 'stopped' };
  if (outcome.status === 'failed') return { key, status: 'failed', problem: outcome.problem };
  const shape = mergeShapes(outcome.value.shapes as readonly LatticeShape[]);
  return { key, status: 'solved', live: outcome.value, ...(shape === undefined ? {} : { shape }) };
}

type Ask<Q, A> = AskOf<LiveStudy, Q, A>;

const heightsOf = (live: LiveStudy): readonly number[] => (live.shapes[0] as LatticeShape | undefined)?.heights ?? [];

const askOptimum: Ask<LatticeQuestion, LatticeAnswer> = async (live, question, signal, onProgress) => {
  // What the records hold is answered at once: telling its progress would cost more than the answer.
  const slow =
    question.models.some(({ type }) => type !== 'k-anonymity' && type !== 'distinct-l') ||
    (live.shapes as readonly LatticeShape[]).some(({ proof }) => proof !== 'exhaustive');
  const outcome = await live.ask(question, slow ? { signal, onProgress } : { signal });
  return outcome.status === 'ok'
    ? { status: 'ok', value: mergeAnswers(outcome.value as readonly LatticeAnswer[], heightsOf(live)) }
    : outcome;
};

/** Several nodes under one question. */
export interface NodesQuestion {
  readonly nodes: readonly number[];
  readonly question: LatticeQuestion;
}

const askNodes: Ask<NodesQuestion, readonly NodeAnswer[]> = async (live, { nodes, question }, signal) => {
  const found: NodeAnswer[] = [];
  for (const node of nodes) {
    const one: NodeQuestion = { kind: 'node', node, question };
    const outcome = await live.ask(one, { signal });
    if (outcome.status !== 'ok') return outcome;
    const answer = (outcome.value as readonly (StudyAnswer | null | undefined)[]).find(
      (part): part is NodeAnswer => part !== null && part !== undefined && 'node' in part && part.node === node,
    );
    if (answer !== undefined) found.push(answer);
  }
  return { status: 'ok', value: found };
};

export const useOptimum = (
  live: LiveStudy | undefined,
  question: LatticeQuestion | undefined,
): Answered<LatticeQuestion, LatticeAnswer> => useAnswer(live, question, askOptimum);

export const useNodes = (
  live: LiveStudy | undefined,
  question: NodesQuestion | undefined,
): Answered<NodesQuestion, readonly NodeAnswer[]> => useAnswer(live, question, askNodes);
