import type { DatasetDescriptor } from '../engine/kit/dataset.ts';
import type { ModuleRef } from '../engine/kit/job.ts';
import { measuredValue } from '../engine/kit/mean.ts';

/** Protection of the first view: noisy counts of places and hours, all of the budget on location. */
export const firstStep: ModuleRef = { id: 'laplace-histogram', params: { epsilon: 1, allocation: 'location only' } };

/**
 * The same for a dataset. Where sensors measure a value, half of the budget goes to its sums, and hours are taken four
 * at a time: an hour a cell, noise of the size of the value's whole range hides every sensor.
 */
export const firstStepFor = (descriptor: DatasetDescriptor): ModuleRef =>
  measuredValue(descriptor) === undefined
    ? firstStep
    : { id: firstStep.id, params: { epsilon: 1, allocation: 'values', hours: 'four hours' } };
