import { useMemo } from 'react';
import type { BranchSpec, DatasetSummary, Job, JobResult } from '../../engine/kit/job.ts';
import type { TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { onDataOf } from '../../scenario/hierarchies.ts';
import { planJob } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { twinScenario } from '../../scenario/twin.ts';
import { useScenarioStore } from '../../store/scenario-store.ts';
import { useDataset, useRun, type Loaded, type Run } from '../use-run.ts';

/** One of the twin's protections with its run. */
export interface Part {
  readonly branch: BranchSpec;
  readonly technique: TechniqueDescriptor;
  readonly job: Job;
  /** The same branch without measures, for timing. */
  readonly bare: Job;
  readonly run: Run;
  readonly result: JobResult | undefined;
}

export interface Twin {
  readonly dataset: Loaded<DatasetSummary> & { readonly retry: () => void };
  readonly spec: ScenarioSpec | undefined;
  readonly parts: readonly Part[];
}

/** The papers' own system on the present data, with its roles and seed; all three branches at once. */
export function useTwin(): Twin {
  const now = useScenarioStore((state) => state.spec);
  const dataset = useDataset(now.dataset);
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  const spec = useMemo(() => {
    const preset = descriptor === undefined ? undefined : twinScenario(now.dataset, descriptor);
    return preset === undefined
      ? undefined
      : onDataOf(
          { dataset: now.dataset, roles: now.roles, hierarchies: now.hierarchies },
          { ...preset.spec, seed: now.seed },
        );
  }, [now.dataset, now.roles, now.hierarchies, now.seed, descriptor]);
  // The twin has three branches; hooks want a fixed number of them.
  const first = usePart(spec, 0);
  const second = usePart(spec, 1);
  const third = usePart(spec, 2);
  return { dataset, spec, parts: [first, second, third].filter((part) => part !== undefined) };
}

function usePart(spec: ScenarioSpec | undefined, at: number): Part | undefined {
  const branch = spec?.branches[at];
  const jobs = useMemo(() => {
    if (spec === undefined || branch === undefined) return undefined;
    return { job: planJob(spec, branch), bare: planJob({ ...spec, metrics: [], attacks: [] }, branch) };
  }, [spec, branch]);
  const run = useRun(jobs?.job ?? null);
  const technique = techniqueOf(branch?.steps.at(-1)?.id ?? '');
  if (jobs === undefined || branch === undefined || technique === undefined) return undefined;
  return { branch, technique, ...jobs, run, result: run.outcome?.status === 'ok' ? run.outcome : undefined };
}
