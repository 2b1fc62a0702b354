import { create } from 'zustand';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Job, Latency, Progress } from '../../engine/kit/job.ts';
import { keepOutcome, useRunStore } from '../../store/run-store.ts';
import { runtime } from '../runtime.ts';

/** A run with all its measures, or a latency table. */
export interface Task {
  readonly id: string;
  readonly kind: 'run' | 'latency';
  readonly job: Job;
}

/** Work in a queue, one after the other: parallel work would disturb the clock it is timed with. */
export interface Measurements {
  /** Latency tables by job key. */
  readonly latencies: Readonly<Record<string, readonly Latency[]>>;
  readonly problems: Readonly<Record<string, Problem>>;
  readonly running: { readonly owner: string; readonly task: string; readonly progress: Progress } | null;
  readonly done: number;
  readonly total: number;
}

export const useMeasurements = create<Measurements>(() => ({
  latencies: {},
  problems: {},
  running: null,
  done: 0,
  total: 0,
}));

const { getState, setState } = useMeasurements;
const repeats = 200;
let current: AbortController | undefined;

/** Whether a task's result is already known. */
export const isKnown = (task: Task): boolean =>
  task.kind === 'latency'
    ? getState().latencies[task.job.key] !== undefined
    : useRunStore.getState().outcomes[task.job.key]?.status === 'ok';

/** Does what is not known yet, in turn; an earlier call is stopped (latest wins). A failed task leaves the others alone. */
export async function measure(owner: string, tasks: readonly Task[]): Promise<void> {
  current?.abort();
  const controller = new AbortController();
  current = controller;
  const { signal } = controller;
  const open = tasks.filter((task) => !isKnown(task));
  setState({ total: open.length, done: 0, problems: {} });
  for (const [at, task] of open.entries()) {
    if (signal.aborted) return;
    setState({ running: { owner, task: task.id, progress: { fraction: 0 } } });
    await one(owner, task, signal);
    if (!signal.aborted) setState({ done: at + 1 });
  }
  if (!signal.aborted) setState({ running: null });
}

async function one(owner: string, task: Task, signal: AbortSignal): Promise<void> {
  const onProgress = (progress: Progress): void => {
    if (!signal.aborted) setState({ running: { owner, task: task.id, progress } });
  };
  const options = { signal, priority: 1, onProgress };
  if (task.kind === 'latency') {
    const outcome = await runtime().latency(task.job, repeats, options);
    if (outcome.status === 'ok') {
      setState(({ latencies }) => ({ latencies: { ...latencies, [task.job.key]: outcome.value } }));
    } else if (outcome.status === 'failed') fail(task, outcome.problem);
    return;
  }
  const outcome = await runtime().run(task.job, options);
  if (outcome.status === 'ok') keepOutcome(outcome);
  else if (outcome.status === 'failed') fail(task, outcome.problem);
}

const fail = (task: Task, problem: Problem): void =>
  setState(({ problems }) => ({ problems: { ...problems, [task.id]: problem } }));

/** Stops the work under way; what is done stays. */
export function stopMeasuring(): void {
  current?.abort();
  setState({ running: null });
}
