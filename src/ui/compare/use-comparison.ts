import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Job, JobOutcome } from '../../engine/kit/job.ts';
import type { Text } from '../../engine/kit/text.ts';
import { collate } from '../../scenario/collate.ts';
import { planJobs } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { runtime } from '../runtime.ts';
import { columnOf, type Column } from './columns.layout.ts';

/** A scenario to compare: its name, and itself on the common data with the common seed and number of runs. */
export interface Candidate {
  readonly id: string;
  readonly label: Text;
  readonly spec: ScenarioSpec;
}

export interface Comparison {
  readonly columns: readonly Column[];
  readonly done: number;
  readonly planned: number;
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly go: () => void;
}

/** Outcomes kept over changes of the choice; pictures only of first runs. */
const capacity = 600;

/** Runs all scenarios behind everything else, first runs first; what is known is kept when the choice changes. */
export function useComparison(candidates: readonly Candidate[]): Comparison {
  const known = useRef<ReadonlyMap<string, JobOutcome>>(new Map());
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, JobOutcome>>(new Map());
  const [attempt, setAttempt] = useState(0);
  const [stoppedAt, setStoppedAt] = useState<readonly Job[] | null>(null);
  const running = useRef<AbortController | null>(null);
  const jobs = useMemo(
    () => candidates.flatMap(({ spec }) => planJobs(spec)).toSorted((a, b) => a.repetition - b.repetition),
    [candidates],
  );
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    for (const job of jobs) {
      if (known.current.get(job.key)?.status === 'ok') continue;
      void runtime()
        .run(job, { signal: controller.signal })
        .then((outcome) => {
          if (controller.signal.aborted || outcome.status === 'cancelled') return;
          const slim = outcome.status === 'ok' && job.repetition > 0 ? { ...outcome, pictures: [] } : outcome;
          known.current = withOutcome(known.current, slim);
          setOutcomes(known.current);
        });
    }
    return () => controller.abort();
    // An attempt changes nothing but that it is tried again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react/exhaustive-deps
  }, [jobs, attempt]);
  const columns = useMemo(
    () => candidates.map(({ id, spec }) => columnOf(id, collate(spec, outcomes))),
    [candidates, outcomes],
  );
  const stop = useCallback(() => {
    running.current?.abort();
    setStoppedAt(jobs);
  }, [jobs]);
  const go = useCallback(() => {
    setStoppedAt(null);
    setAttempt((n) => n + 1);
  }, []);
  const done = columns.reduce((sum, column) => sum + column.done, 0);
  const planned = columns.reduce((sum, column) => sum + column.planned, 0);
  return { columns, done, planned, stopped: stoppedAt === jobs, stop, go };
}

/** The outcomes with one more; the oldest go where there are too many. */
function withOutcome(known: ReadonlyMap<string, JobOutcome>, outcome: JobOutcome): ReadonlyMap<string, JobOutcome> {
  const entries = [...known].filter(([key]) => key !== outcome.key);
  return new Map([...entries.slice(Math.max(0, entries.length - capacity + 1)), [outcome.key, outcome]]);
}
