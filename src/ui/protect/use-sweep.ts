import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobResult } from '../../engine/kit/job.ts';
import type { Problem } from '../../engine/kit/errors.ts';
import { summarizeScores, type ScoreSummary } from '../../scenario/collate.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { sweepJobs, type SweepAxis } from '../../scenario/sweep.ts';
import { runtime } from '../runtime.ts';

export interface SweepPointResult {
  readonly x: number;
  readonly scores: readonly ScoreSummary[];
}

export interface SweepState {
  readonly status: 'idle' | 'running' | 'done' | 'stopped';
  /** What was swept: scenario and axis at the start. */
  readonly axis: SweepAxis | undefined;
  readonly points: readonly SweepPointResult[];
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
  readonly failures: readonly Problem[];
}

const idle: SweepState = { status: 'idle', axis: undefined, points: [], done: 0, total: 0, seconds: 0, failures: [] };

export interface Sweep {
  readonly state: SweepState;
  readonly start: (spec: ScenarioSpec, axis: SweepAxis) => void;
  readonly stop: () => void;
}

/** Only scores are kept of a sweep's runs: their pictures would fill the memory of the page. */
type Slim = Pick<JobResult, 'scores'>;

/** Runs a sweep over the pool behind everything else; points appear as soon as all their runs are in. */
export function useSweep(): Sweep {
  const [state, setState] = useState<SweepState>(idle);
  const running = useRef<AbortController | null>(null);
  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState((now) => (now.status === 'running' ? { ...now, status: 'stopped' } : now));
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback((spec: ScenarioSpec, axis: SweepAxis) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const plan = sweepJobs(spec, axis);
    const total = plan.reduce((sum, point) => sum + point.jobs.length, 0);
    const startedAt = Date.now();
    let done = 0;
    setState({ ...idle, status: 'running', axis, total });
    const finish = (change: (now: SweepState) => SweepState): void => {
      if (controller.signal.aborted) return;
      done += 1;
      setState((now) => ({
        ...change(now),
        done,
        seconds: (Date.now() - startedAt) / 1000,
        status: done === total ? 'done' : 'running',
      }));
    };
    for (const { value, jobs } of plan) {
      const results: Slim[] = [];
      for (const job of jobs) {
        void runtime()
          .run(job, { signal: controller.signal })
          .then((outcome) => {
            if (outcome.status === 'ok') results.push({ scores: outcome.scores });
            finish((now) => {
              if (outcome.status === 'failed') return { ...now, failures: [...now.failures, outcome.problem] };
              if (results.length < jobs.length) return now;
              const scores = summarizeScores(results as JobResult[]); // only their scores are read
              const points = [...now.points, { x: Number(value), scores }];
              return { ...now, points: points.toSorted((a, b) => a.x - b.x) };
            });
          });
      }
    }
  }, []);
  return { state, start, stop };
}
