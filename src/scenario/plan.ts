import type { BranchSpec, Job } from '../engine/kit/job.ts';
import { jobKey } from './key.ts';
import type { ScenarioSpec } from './spec.ts';

/** One job of a scenario: a branch and a repetition. */
export function planJob(spec: ScenarioSpec, branch: BranchSpec, repetition = 0): Job {
  const job = {
    dataset: spec.dataset,
    roles: spec.roles,
    ...(spec.hierarchies === undefined ? {} : { hierarchies: spec.hierarchies }),
    branch,
    metrics: spec.metrics,
    attacks: spec.attacks,
    seed: spec.seed,
    repetition,
  };
  return { key: jobKey(job), ...job };
}

/** All jobs of a scenario: first every branch once, then the repeats, so that a first picture comes early. */
export function planJobs(spec: ScenarioSpec): readonly Job[] {
  return Array.from({ length: spec.repeats }, (_, repetition) =>
    spec.branches.map((branch) => planJob(spec, branch, repetition)),
  ).flat();
}
