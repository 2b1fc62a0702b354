import type { BranchSpec } from '../engine/kit/job.ts';
import { withDpStep } from './dp-step.ts';

/** The branch with the digital-twin paper's questions on places, behaviour and environment: what allocation rules divide for. */
export const withTwinQuestions = (branch: BranchSpec, epsilon: number): BranchSpec =>
  withDpStep(branch, 'laplace-histogram', { epsilon, allocation: '30-50-20' });
