import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../engine/kit/errors.ts';
import type { DatasetRef, DatasetSummary, Job, JobOutcome, JobResult, Progress } from '../engine/kit/job.ts';
import type { PreviewBank } from '../engine/kit/technique.ts';
import { datasetKey } from '../scenario/key.ts';
import { endProgress, forgetOutcome, keepOutcome, noteProgress, useRunStore } from '../store/run-store.ts';
import { followFile } from './cities.ts';
import { runtime } from './runtime.ts';

export interface Run {
  /** Outcome of exactly this job, once known. */
  readonly outcome: JobOutcome | undefined;
  readonly progress: Progress | undefined;
  readonly cancel: () => void;
  readonly retry: () => void;
}

/** Runs a job and follows it. Latest wins: another job (or none) aborts the one before, and its answer is never shown. */
export function useRun(job: Job | null, priority = 1): Run {
  const key = job?.key ?? '';
  const outcome = useRunStore((state) => (key === '' ? undefined : state.outcomes[key]));
  const progress = useRunStore((state) => state.running[key]);
  const [attempt, setAttempt] = useState(0);
  const [abort, setAbort] = useState<AbortController | null>(null);
  useEffect(() => {
    if (job === null || useRunStore.getState().outcomes[job.key] !== undefined) return;
    const controller = new AbortController();
    setAbort(controller);
    void runInto(job, controller.signal, priority);
    return () => controller.abort();
    // The key names the job's content; the object itself is new at every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, attempt, priority]);
  const retry = useCallback(() => {
    forgetOutcome(key);
    setAttempt((n) => n + 1);
  }, [key]);
  const cancel = useCallback(() => abort?.abort(), [abort]);
  return { outcome, progress, cancel, retry };
}

async function runInto(job: Job, signal: AbortSignal, priority: number): Promise<void> {
  noteProgress(job.key, { fraction: 0 });
  const outcome = await runtime().run(job, {
    signal,
    priority,
    onProgress: (progress) => {
      if (!signal.aborted) noteProgress(job.key, progress);
    },
  });
  if (signal.aborted || outcome.status === 'cancelled') endProgress(job.key);
  else keepOutcome(outcome);
}

/** Runs several jobs in the background, all at once as far as the pool allows; outcomes appear as they come. */
export function useRuns(jobs: readonly Job[], priority = 0): readonly (JobOutcome | undefined)[] {
  const names = jobs.map((job) => job.key).join(' ');
  const outcomes = useRunStore((state) => state.outcomes);
  useEffect(() => {
    const controller = new AbortController();
    for (const job of jobs) {
      if (useRunStore.getState().outcomes[job.key] === undefined) void runInto(job, controller.signal, priority);
    }
    return () => controller.abort();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [names, priority]);
  return jobs.map((job) => outcomes[job.key]);
}

export type Loaded<T> =
  | { readonly status: 'loading'; readonly progress?: Progress }
  | { readonly status: 'ok'; readonly value: T }
  | { readonly status: 'failed'; readonly problem: Problem };

const summaries = new Map<string, DatasetSummary>();

/** Opens a dataset in a worker and describes it; while `stopped`, nothing is opened that is not known already. */
export function useDataset(ref: DatasetRef, stopped = false): Loaded<DatasetSummary> & { readonly retry: () => void } {
  const key = datasetKey(ref);
  const [state, setState] = useState<{ readonly key: string; readonly loaded: Loaded<DatasetSummary> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (stopped || summaries.has(key)) return;
    const controller = new AbortController();
    setState({ key, loaded: { status: 'loading' } });
    const onProgress = (progress: Progress): void => setState({ key, loaded: { status: 'loading', progress } });
    void runtime()
      .open(ref, { signal: controller.signal, priority: 2, onProgress })
      .then((outcome) => {
        if (controller.signal.aborted || outcome.status === 'cancelled') return;
        if (outcome.status === 'ok') {
          summaries.set(key, outcome.value);
          followFile(ref, outcome.value.descriptor);
        }
        setState({ key, loaded: outcome.status === 'ok' ? outcome : { status: 'failed', problem: outcome.problem } });
      });
    return () => controller.abort();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, attempt, stopped]);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const known = summaries.get(key);
  if (known !== undefined) return { status: 'ok', value: known, retry };
  return { ...(state?.key === key ? state.loaded : { status: 'loading' as const }), retry };
}

/** A bank, or the knowledge that there is none. */
export interface Preview {
  readonly bank: PreviewBank | null;
  readonly settled: boolean;
}

/** Everything a slider needs to answer within a frame, for the job without its turned parameter; null where there is none. */
export function usePreviewBank(job: Job | null, draws: number): Preview {
  const key = job?.key ?? '';
  const [found, setFound] = useState<{ readonly key: string; readonly bank: PreviewBank | null } | null>(null);
  useEffect(() => {
    if (job === null) return;
    const controller = new AbortController();
    void runtime()
      .preview(job, draws, { signal: controller.signal, priority: 2 })
      .then((outcome) => {
        if (controller.signal.aborted) return;
        setFound({ key, bank: outcome.status === 'ok' ? outcome.value : null });
      });
    return () => controller.abort();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, draws]);
  if (key === '') return { bank: null, settled: true };
  return found?.key === key ? { bank: found.bank, settled: true } : { bank: null, settled: false };
}

/** Runs jobs one after the other in the background, so that a worker stays free for what the user does. */
export function useRunsInTurn(jobs: readonly Job[]): ReadonlyMap<string, JobOutcome> {
  const names = jobs.map((job) => job.key).join(' ');
  const outcomes = useRunStore((state) => state.outcomes);
  useEffect(() => {
    const controller = new AbortController();
    const inTurn = async (): Promise<void> => {
      for (const job of jobs) {
        if (controller.signal.aborted) return;
        if (useRunStore.getState().outcomes[job.key] === undefined) await runInto(job, controller.signal, 0);
      }
    };
    void inTurn();
    return () => controller.abort();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [names]);
  return new Map(
    jobs.flatMap((job) => (outcomes[job.key] === undefined ? [] : [[job.key, outcomes[job.key] as JobOutcome]])),
  );
}

/** The last good result of the same subject, so that nothing flickers while a new one is on its way. */
export function useLast(outcome: JobResult | undefined, of: string): JobResult | undefined {
  const [last, setLast] = useState<{ readonly of: string; readonly result: JobResult } | null>(null);
  if (outcome !== undefined && last?.result !== outcome) setLast({ of, result: outcome });
  return outcome ?? (last?.of === of ? last.result : undefined);
}
