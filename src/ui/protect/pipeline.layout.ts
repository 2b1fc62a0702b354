import type { BranchSpec, ModuleRef } from '../../engine/kit/job.ts';
import type { ReleaseKind } from '../../engine/kit/release.ts';
import type { Stage, TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { attacks, metrics, techniqueOf } from '../../engine/registry.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';

/** Stages in the order data passes through them. */
export const stages: readonly Stage[] = ['source', 'edge', 'transit', 'curator', 'release'];

/** What each step is given, and last what the branch releases; `undefined` from the first step that does not fit on. */
export function kindsAlong(steps: readonly ModuleRef[]): readonly (ReleaseKind | undefined)[] {
  const kinds: (ReleaseKind | undefined)[] = ['table'];
  for (const { id } of steps) {
    const before = kinds.at(-1);
    const technique = techniqueOf(id);
    const fits = technique !== undefined && before !== undefined && technique.accepts.includes(before);
    kinds.push(fits ? technique.produces : undefined);
  }
  return kinds;
}

/** Whether every step can take what the one before it releases. */
export const isValid = (steps: readonly ModuleRef[]): boolean => kindsAlong(steps).at(-1) !== undefined;

/** What a branch releases in the end. */
export const releaseKind = (branch: BranchSpec): ReleaseKind | undefined => kindsAlong(branch.steps).at(-1);

/** Where a technique can go in a branch: beside the others, in place of one of them, or nowhere. */
export type Placement =
  | { readonly how: 'add'; readonly at: number }
  | { readonly how: 'replace'; readonly at: number }
  | { readonly how: 'present' }
  | { readonly how: 'none' };

const rank = (id: string): number => stages.indexOf(techniqueOf(id)?.stage ?? 'release');

/**
 * The place of a technique that keeps the branch valid: after the last step of its own or an earlier stage if it can be
 * there, else the nearest place where it can; else in place of a step, one of its own stage first.
 */
export function placeFor(branch: BranchSpec, technique: TechniqueDescriptor): Placement {
  const { steps } = branch;
  if (steps.some(({ id }) => id === technique.id)) return { how: 'present' };
  const own = stages.indexOf(technique.stage);
  const wanted = steps.reduce((at, { id }, index) => (rank(id) <= own ? index + 1 : at), 0);
  const spots = Array.from({ length: steps.length + 1 }, (_, at) => at).toSorted(
    (a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || b - a,
  );
  const at = spots.find((spot) => isValid(inserted(steps, spot, { id: technique.id })));
  if (at !== undefined) return { how: 'add', at };
  const swaps = steps
    .map((_, index) => index)
    .filter((index) => isValid(replaced(steps, index, { id: technique.id })))
    .toSorted((a, b) => Number(rankAt(steps, b) === own) - Number(rankAt(steps, a) === own) || b - a);
  return swaps[0] === undefined ? { how: 'none' } : { how: 'replace', at: swaps[0] };
}

const rankAt = (steps: readonly ModuleRef[], at: number): number => rank(steps[at]?.id ?? '');

/**
 * The stage each step is drawn at: its own, or an earlier one where a later step belongs there. Coarsening rows before a
 * curator counts them happens at the curator, so the pipeline always reads from left to right.
 */
export function shownStages(steps: readonly ModuleRef[]): readonly Stage[] {
  const shown: Stage[] = [];
  let earliest = stages.length - 1;
  for (const { id } of steps.toReversed()) {
    earliest = Math.min(earliest, rank(id));
    shown.unshift(stages[earliest] ?? 'release');
  }
  return shown;
}

export const inserted = (steps: readonly ModuleRef[], at: number, ref: ModuleRef): readonly ModuleRef[] => [
  ...steps.slice(0, at),
  ref,
  ...steps.slice(at),
];
export const replaced = (steps: readonly ModuleRef[], at: number, ref: ModuleRef): readonly ModuleRef[] =>
  steps.map((old, index) => (index === at ? ref : old));
export const removed = (steps: readonly ModuleRef[], at: number): readonly ModuleRef[] =>
  steps.filter((_, index) => index !== at);
/** The steps with the one at `at` moved by one place. */
export function moved(steps: readonly ModuleRef[], at: number, by: 1 | -1): readonly ModuleRef[] {
  const ref = steps[at];
  if (ref === undefined || at + by < 0 || at + by >= steps.length) return steps;
  return inserted(removed(steps, at), at + by, ref);
}

/** The branch with a technique placed as found, with its default parameters. */
export function withTechnique(branch: BranchSpec, technique: TechniqueDescriptor, placement: Placement): BranchSpec {
  const ref: ModuleRef = { id: technique.id };
  switch (placement.how) {
    case 'add':
      return { ...branch, steps: inserted(branch.steps, placement.at, ref) };
    case 'replace':
      return { ...branch, steps: replaced(branch.steps, placement.at, ref) };
    default:
      return branch;
  }
}

/**
 * The scenario with one branch changed. Where the branches now release another kind, measures that can speak about it
 * join, and those that can speak about none leave; what the user chose among the rest stays.
 */
export function withBranch(spec: ScenarioSpec, at: number, branch: BranchSpec): ScenarioSpec {
  const branches = spec.branches.map((old, index) => (index === at ? branch : old));
  const before = kindSet(spec.branches);
  const now = kindSet(branches);
  const fresh = new Set([...now].filter((kind) => !before.has(kind)));
  return {
    ...spec,
    branches,
    metrics: refit(spec.metrics, metrics, now, fresh),
    attacks: refit(spec.attacks, attacks, now, fresh),
  };
}

const kindSet = (branches: readonly BranchSpec[]): ReadonlySet<ReleaseKind> =>
  new Set(branches.map(releaseKind).filter((kind) => kind !== undefined));

interface Accepting {
  readonly id: string;
  readonly accepts: readonly ReleaseKind[];
  readonly onDemand?: true;
}

/** What is asked for by name only does not join by itself. */
function refit(
  chosen: readonly ModuleRef[],
  known: readonly Accepting[],
  now: ReadonlySet<ReleaseKind>,
  fresh: ReadonlySet<ReleaseKind>,
): readonly ModuleRef[] {
  const kept = chosen.filter(({ id }) =>
    known.some((measure) => measure.id === id && measure.accepts.some((kind) => now.has(kind))),
  );
  const joining = known.filter(
    ({ id, accepts, onDemand }) =>
      onDemand !== true && accepts.some((kind) => fresh.has(kind)) && !kept.some((ref) => ref.id === id),
  );
  return [...kept, ...joining.map(({ id }) => ({ id }))];
}
