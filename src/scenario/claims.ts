import type { Job, ModuleRef } from '../engine/kit/job.ts';
import { attacks } from '../engine/registry.ts';
import { otherClaims } from './claims-others.ts';
import { twinClaims } from './claims-twin.ts';
import type { Claim, Paper, Source } from './claims.types.ts';
import { planJob } from './plan.ts';
import type { Preset, ScenarioSpec } from './spec.ts';

/** Every claim of the five papers that is held against measurements, paper by paper. */
export const claims: readonly Claim[] = [...twinClaims, ...otherClaims];

export const papers: readonly Paper[] = ['Twin', 'Streams', 'Model', 'Review', 'Dimensions'];

/** One piece of work the claims need: a run with all its measures, or a latency table. */
export interface ClaimTask {
  readonly id: string;
  readonly kind: 'run' | 'latency';
  readonly preset: Preset;
  readonly job: Job;
}

/** Sources a source is made of: itself, or both ends of a change. */
export const partsOf = (source: Source): readonly Exclude<Source, { readonly kind: 'change' }>[] =>
  source.kind === 'change' ? [...partsOf(source.from), ...partsOf(source.to)] : [source];

/** Name of the task a plain source reads from. */
export const taskOf = (source: Exclude<Source, { readonly kind: 'change' }>): string =>
  `${source.kind === 'latency' ? 'latency' : 'run'}:${source.preset}/${source.branch}`;

/**
 * The standard scenarios a list of claims needs, each branch once, on the data, roles and seed of the present scenario.
 * A preset or branch this build does not have is left out; its claims then stay untested.
 */
export function claimTasks(
  wanted: readonly Claim[],
  presets: readonly Preset[],
  spec: Pick<ScenarioSpec, 'dataset' | 'roles' | 'seed'>,
): readonly ClaimTask[] {
  const tasks = new Map<string, ClaimTask>();
  for (const source of wanted.flatMap(({ test }) => (test === undefined ? [] : partsOf(test.source)))) {
    const id = taskOf(source);
    const preset = presets.find((each) => each.id === source.preset);
    const branch = preset?.spec.branches.find((each) => each.id === source.branch);
    if (preset === undefined || branch === undefined || tasks.has(id)) continue;
    const kind = source.kind === 'latency' ? 'latency' : 'run';
    const measures =
      kind === 'latency'
        ? { metrics: [], attacks: [] }
        : { attacks: [...preset.spec.attacks, ...namedAttacks(wanted, id, preset)] };
    const { dataset, roles, seed } = spec;
    const job = planJob({ ...preset.spec, dataset, roles, seed, ...measures }, branch);
    tasks.set(id, { id, kind, preset, job });
  }
  return [...tasks.values()];
}

/** Attacks that run only where a claim names them. */
function namedAttacks(wanted: readonly Claim[], task: string, { spec }: Preset): readonly ModuleRef[] {
  const named = wanted
    .flatMap(({ test }) => (test === undefined ? [] : partsOf(test.source)))
    .flatMap((source) => (source.kind === 'score' && taskOf(source) === task ? [source.score] : []));
  return attacks
    .filter(
      ({ id, onDemand }) => onDemand === true && named.some((score) => score === id || score.startsWith(`${id}/`)),
    )
    .filter(({ id }) => !spec.attacks.some((known) => known.id === id))
    .map(({ id }) => ({ id }));
}
