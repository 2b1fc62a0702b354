import type { Sensitivity } from '../engine/kit/dataset.ts';
import type { BranchSpec } from '../engine/kit/job.ts';
import { withDpStep } from './dp-step.ts';

/** The branch with the digital-twin paper's questions on places, behaviour and environment: what allocation rules divide for. */
export const withTwinQuestions = (branch: BranchSpec, epsilon: number): BranchSpec =>
  withDpStep(branch, 'laplace-histogram', { epsilon, allocation: '30-50-20' });

/** Classes of those questions, by id; one about a measured value has the class of its column. */
export const twinClasses: Readonly<Record<string, Sensitivity>> = {
  location: 'high',
  behaviour: 'medium',
  rhythm: 'low',
};
