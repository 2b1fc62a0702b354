import type { BranchSpec, ModuleRef } from '../engine/kit/job.ts';
import type { ParamRecord } from '../engine/kit/params.ts';
import type { TechniqueDescriptor } from '../engine/kit/technique.ts';
import { techniqueOf, techniques } from '../engine/registry.ts';
import type { ScenarioSpec } from './spec.ts';

/** The step of a scenario that adds noise to a curator's answers, and the ways to put one in. */

const FIRST = 'laplace-histogram';

/** The digital-twin paper's loss: epsilon, and the delta it states beside it. */
export const TWIN = { epsilon: 2.1, delta: 1e-5 } as const;

/** Where that step is: last in its branch. */
export interface DpPlace {
  readonly branch: number;
  readonly step: number;
}

/** The first branch that ends with a technique of central differential privacy. */
export function dpPlace(spec: ScenarioSpec): DpPlace | undefined {
  const branch = spec.branches.findIndex(({ steps }) => techniqueOf(steps.at(-1)?.id ?? '')?.family === 'dp');
  return branch < 0 ? undefined : { branch, step: (spec.branches[branch]?.steps.length ?? 1) - 1 };
}

/** All techniques of the family, as a list to choose from. */
export const dpTechniques = (): readonly TechniqueDescriptor[] => techniques.filter(({ family }) => family === 'dp');

/**
 * The branch with a noisy step in place of what protected it. Only steps that neither leave rows out nor look at the data
 * may stay before it (pseudonyms); after any other, nothing could be promised.
 */
export function withDpStep(branch: BranchSpec, id: string = FIRST, params: ParamRecord = {}): BranchSpec {
  const before: ModuleRef[] = [];
  for (const step of branch.steps) {
    const technique = techniqueOf(step.id);
    if (technique === undefined || technique.produces !== 'table' || technique.does !== 'rename') break;
    before.push(step);
  }
  return { ...branch, steps: [...before, { id, params }] };
}
