import { canonicalJson } from '../engine/kit/canonical.ts';
import type { DatasetDescriptor } from '../engine/kit/dataset.ts';
import type { BranchSpec, ModuleRef } from '../engine/kit/job.ts';
import { measuredValue } from '../engine/kit/mean.ts';
import type { ParamValue } from '../engine/kit/params.ts';

/** Protection of the first view: noisy counts of places and hours, all of the budget on location. */
export const firstStep: ModuleRef = { id: 'laplace-histogram', params: { epsilon: 1, allocation: 'location only' } };

/**
 * The same for a dataset. Where sensors measure a value, half of the budget goes to its sums, and hours are taken four
 * at a time: an hour a cell, noise of the size of the value's whole range hides every sensor.
 */
export const firstStepFor = (descriptor: DatasetDescriptor): ModuleRef =>
  measuredValue(descriptor) === undefined ? firstStep : valuesStep;

const valuesStep: ModuleRef = {
  id: firstStep.id,
  params: { epsilon: 1, allocation: 'values', hours: 'four hours' },
};

/**
 * Branches for another dataset: a protection left as it was first shown becomes that dataset's own first one, with the
 * budget it has now; anything else stays as it is.
 */
export function branchesFor(branches: readonly BranchSpec[], descriptor: DatasetDescriptor): readonly BranchSpec[] {
  const [only] = branches;
  const ref = only?.steps[0];
  if (only === undefined || ref === undefined || branches.length > 1 || only.steps.length > 1) return branches;
  const epsilon = ref.params?.['epsilon'] ?? 1;
  const isFirst = [firstStep, valuesStep].some((one) => canonical(one, epsilon) === canonical(ref, epsilon));
  if (!isFirst) return branches;
  const step = firstStepFor(descriptor);
  return [{ ...only, steps: [{ ...step, params: { ...step.params, epsilon } }] }];
}

const canonical = ({ id, params }: ModuleRef, epsilon: ParamValue): string =>
  canonicalJson({ id, params: { ...params, epsilon } });
