import { exp, log as logOf } from '../engine/kit/portable-math.ts';
import type { Job, ModuleRef } from '../engine/kit/job.ts';
import type { ParamSpec, ParamValue } from '../engine/kit/params.ts';
import { planJob } from './plan.ts';
import type { ScenarioSpec } from './spec.ts';

/** A parameter varied over values, all else equal. */
export interface SweepAxis {
  /** Id of the branch. */
  readonly branch: string;
  /** Index of the step in it. */
  readonly step: number;
  readonly param: string;
  readonly values: readonly ParamValue[];
}

export interface SweepPoint {
  readonly value: ParamValue;
  /** One job a repetition. */
  readonly jobs: readonly Job[];
}

/** Jobs of a sweep, point by point. Unknown branches or steps give no points. */
export function sweepJobs(spec: ScenarioSpec, axis: SweepAxis): readonly SweepPoint[] {
  return axis.values.flatMap((value) => {
    const changed = withParam(spec, axis.branch, axis.step, axis.param, value);
    const branch = changed.branches.find(({ id }) => id === axis.branch);
    if (branch?.steps[axis.step] === undefined) return [];
    const jobs = Array.from({ length: spec.repeats }, (_, repetition) => planJob(changed, branch, repetition));
    return [{ value, jobs }];
  });
}

/** The scenario with one parameter of one step changed. */
export function withParam(
  spec: ScenarioSpec,
  branchId: string,
  step: number,
  param: string,
  value: ParamValue,
): ScenarioSpec {
  const change = (ref: ModuleRef, at: number): ModuleRef =>
    at === step ? { ...ref, params: { ...ref.params, [param]: value } } : ref;
  return {
    ...spec,
    branches: spec.branches.map((branch) =>
      branch.id === branchId ? { ...branch, steps: branch.steps.map(change) } : branch,
    ),
  };
}

/**
 * Values worth trying for a parameter: about `count` of them over its whole range, or over `range` where given; evenly
 * spaced, or in equal ratios where the schema says `log`. Whole numbers stay whole; choices and flags give all values.
 * Values have three significant digits, so that they read well and are the same on every engine.
 */
export function gridOf(spec: ParamSpec, count = 12, range?: readonly [number, number]): readonly ParamValue[] {
  if (spec.kind === 'choice') return spec.options.map(({ value }) => value);
  if (spec.kind === 'flag') return [false, true];
  if (spec.kind !== 'number' && spec.kind !== 'integer') return [];
  const low = Math.max(spec.min, range?.[0] ?? spec.min);
  const high = Math.min(spec.max, range?.[1] ?? spec.max);
  if (!(high > low) || count < 2) return [low];
  const log = spec.scale === 'log' && low > 0;
  const values = Array.from({ length: count }, (_, i) => {
    if (i === 0) return low;
    if (i === count - 1) return high;
    const share = i / (count - 1);
    const value = log ? low * exp(share * logOf(high / low)) : low + share * (high - low);
    return spec.kind === 'integer' ? Math.round(value) : Number(value.toPrecision(3));
  });
  return [...new Set(values.filter((value) => value >= low && value <= high))];
}
