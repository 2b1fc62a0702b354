import { create } from 'zustand';
import type { JobOutcome, Progress } from '../engine/kit/job.ts';

/** Outcomes kept; the oldest go first. A picture of 260 zones x 24 hours is ~100 kB, so this stays under 10 MB. */
const capacity = 64;

export interface RunState {
  /** Outcomes by job key: a cache of what the workers answered. */
  readonly outcomes: Readonly<Record<string, JobOutcome>>;
  readonly running: Readonly<Record<string, Progress>>;
}

export const useRunStore = create<RunState>(() => ({ outcomes: {}, running: {} }));

export function keepOutcome(outcome: JobOutcome): void {
  useRunStore.setState(({ outcomes, running }) => {
    const entries = Object.entries(outcomes).filter(([key]) => key !== outcome.key);
    const kept = entries.slice(Math.max(0, entries.length - capacity + 1));
    const { [outcome.key]: _done, ...others } = running;
    return { outcomes: Object.fromEntries([...kept, [outcome.key, outcome]]), running: others };
  });
}

export const noteProgress = (key: string, progress: Progress): void =>
  useRunStore.setState(({ running }) => ({ running: { ...running, [key]: progress } }));

export const endProgress = (key: string): void =>
  useRunStore.setState(({ running }) => {
    const { [key]: _ended, ...others } = running;
    return { running: others };
  });

/** Forgets a failed or cancelled outcome so that it can be tried again. */
export const forgetOutcome = (key: string): void =>
  useRunStore.setState(({ outcomes }) => {
    const { [key]: _gone, ...others } = outcomes;
    return { outcomes: others };
  });
