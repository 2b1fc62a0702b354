import type { HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import type { BranchSpec, DatasetRef, ModuleRef, RoleOverrides } from '../engine/kit/job.ts';

/**
 * A scenario is the whole state of the workbench that matters: plain JSON, versioned, small enough for a link.
 * Everything else (results, pictures) is a cache keyed by it.
 */
export interface ScenarioSpec {
  readonly version: 1;
  readonly dataset: DatasetRef;
  readonly roles: RoleOverrides;
  /** Hierarchies of the user's own, by column; absent where there are none. */
  readonly hierarchies?: HierarchySpecs;
  readonly branches: readonly BranchSpec[];
  readonly metrics: readonly ModuleRef[];
  readonly attacks: readonly ModuleRef[];
  readonly seed: number;
  /** Independent repetitions of every branch, for intervals over repeats. */
  readonly repeats: number;
}

/** A named scenario, always one click away. `paper` tells whose system it is. */
export interface Preset {
  readonly id: string;
  readonly label: { readonly en: string; readonly es?: string };
  readonly summary: { readonly en: string; readonly es?: string };
  readonly paper?: 'Twin' | 'Streams' | 'Model' | 'Review' | 'Dimensions';
  readonly spec: ScenarioSpec;
}
