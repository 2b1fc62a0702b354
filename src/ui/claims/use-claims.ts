import { useMemo } from 'react';
import type { DatasetSummary, JobResult, Latency } from '../../engine/kit/job.ts';
import { claims, claimTasks, type ClaimTask } from '../../scenario/claims.ts';
import { judge, type Evidence, type Finding } from '../../scenario/claims-verdict.ts';
import type { Claim } from '../../scenario/claims.types.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { useRunStore } from '../../store/run-store.ts';
import { useScenarioStore } from '../../store/scenario-store.ts';
import { useDataset, type Loaded } from '../use-run.ts';
import { useMeasurements } from './measurements.ts';

export interface Judged extends Finding {
  readonly claim: Claim;
}

export interface Claims {
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  readonly spec: ScenarioSpec;
  readonly tasks: readonly ClaimTask[];
  readonly runs: ReadonlyMap<string, JobResult>;
  readonly judged: readonly Judged[];
}

/** All claims against what has been measured so far on the present data. */
export function useClaims(): Claims {
  const spec = useScenarioStore((state) => state.spec);
  const dataset = useDataset(spec.dataset);
  const outcomes = useRunStore((state) => state.outcomes);
  const latencies = useMeasurements((state) => state.latencies);
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  const rows = dataset.status === 'ok' ? dataset.value.rows : 0;
  const { dataset: ref, roles, seed } = spec;
  const tasks = useMemo(
    () =>
      descriptor === undefined
        ? []
        : claimTasks(claims, standardScenarios(ref, descriptor), { dataset: ref, roles, seed }),
    [descriptor, ref, roles, seed],
  );
  const evidence = useMemo((): Evidence => {
    const runs = new Map<string, JobResult>();
    const tables = new Map<string, readonly Latency[]>();
    for (const task of tasks) {
      const outcome = outcomes[task.job.key];
      const table = latencies[task.job.key];
      if (task.kind === 'run' && outcome?.status === 'ok') runs.set(task.id, outcome);
      if (task.kind === 'latency' && table !== undefined) tables.set(task.id, table);
    }
    return { runs, latencies: tables, rows };
  }, [tasks, outcomes, latencies, rows]);
  const judged = useMemo(() => claims.map((claim): Judged => ({ claim, ...judge(claim, evidence) })), [evidence]);
  return { dataset, spec, tasks, runs: evidence.runs, judged };
}
