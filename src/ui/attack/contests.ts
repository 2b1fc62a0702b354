import type { BranchSpec, Job, JobOutcome, ModuleRef } from '../../engine/kit/job.ts';
import type { AttackDescriptor } from '../../engine/kit/measure.ts';
import type { ReleaseKind } from '../../engine/kit/release.ts';
import type { Score } from '../../engine/kit/score.ts';
import type { Text } from '../../engine/kit/text.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { planJob } from '../../scenario/plan.ts';
import type { Preset, ScenarioSpec } from '../../scenario/spec.ts';

/** One opponent against one release. `job` is null where the opponent cannot read that kind. */
export interface Contest {
  readonly id: string;
  readonly role: 'own' | 'weak' | 'raw' | 'standard';
  /** Names of all scenarios that have this very release; empty for the user's own. */
  readonly labels: readonly Text[];
  readonly kind: ReleaseKind;
  readonly job: Job | null;
  /** For `weak`: the turned parameter and its weakest value. */
  readonly dial?: { readonly symbol: string; readonly value: number };
}

/** What a branch releases in the end; a branch without steps releases its rows. */
export const kindOf = (branch: BranchSpec): ReleaseKind =>
  techniqueOf(branch.steps.at(-1)?.id ?? '')?.produces ?? 'table';

/** A job with this attack alone, on the data, roles and seed of the present scenario. */
const attackJob = (spec: ScenarioSpec, branch: BranchSpec, attack: ModuleRef): Job =>
  planJob({ ...spec, metrics: [], attacks: [attack], repeats: 1 }, branch);

/**
 * The opponent against the present release, against what it stands beside (raw rows, or the same release with its noise
 * turned down as far as it goes), and against every standard scenario. Equal jobs are one contest with several names.
 */
export function contestsOf(
  spec: ScenarioSpec,
  own: BranchSpec,
  attack: AttackDescriptor,
  ref: ModuleRef,
  presets: readonly Preset[],
): readonly Contest[] {
  const reads = (branch: BranchSpec): boolean => attack.accepts.includes(kindOf(branch));
  const jobOf = (branch: BranchSpec): Job | null => (reads(branch) ? attackJob(spec, branch, ref) : null);
  const contests: Contest[] = [{ id: 'own', role: 'own', labels: [], kind: kindOf(own), job: jobOf(own) }];
  const weak = weakest(own);
  if (weak !== undefined && reads(own) && !attack.accepts.includes('table')) {
    contests.push({
      id: 'weak',
      role: 'weak',
      labels: [],
      kind: kindOf(own),
      job: jobOf(weak.branch),
      dial: weak.dial,
    });
  }
  const known = new Map<string, number>();
  for (const preset of presets) {
    for (const branch of preset.spec.branches) {
      const job = jobOf(branch);
      const at = job === null ? undefined : known.get(job.key);
      if (at !== undefined) {
        const contest = contests[at] as Contest;
        contests[at] = { ...contest, labels: [...contest.labels, nameOf(preset, branch)] };
        continue;
      }
      if (branch.steps.length === 0 && own.steps.length === 0) continue;
      if (job !== null) known.set(job.key, contests.length);
      contests.push({
        id: `${preset.id}/${branch.id}`,
        role: branch.steps.length === 0 ? 'raw' : 'standard',
        labels: [nameOf(preset, branch)],
        kind: kindOf(branch),
        job,
      });
    }
  }
  return contests;
}

/** A scenario's name; with several branches, also which of them. */
function nameOf(preset: Preset, branch: BranchSpec): Text {
  const technique = techniqueOf(branch.steps.at(-1)?.id ?? '');
  if (preset.spec.branches.length === 1 || technique === undefined) return preset.label;
  const es = technique.label.es ?? technique.label.en;
  return {
    en: `${preset.label.en}: ${technique.label.en}`,
    es: `${preset.label.es ?? preset.label.en}: ${es}`,
  };
}

/** The branch with the privacy loss of its last step at its maximum, where it has one. */
function weakest(
  own: BranchSpec,
): { readonly branch: BranchSpec; readonly dial: NonNullable<Contest['dial']> } | undefined {
  const last = own.steps.at(-1);
  const technique = techniqueOf(last?.id ?? '');
  if (last === undefined || technique === undefined) return undefined;
  for (const [name, param] of Object.entries(technique.params)) {
    if (param.kind !== 'number' || param.symbol !== 'ε') continue;
    const step = { ...last, params: { ...last.params, [name]: param.max } };
    return {
      branch: { ...own, steps: [...own.steps.slice(0, -1), step] },
      dial: { symbol: param.symbol, value: param.max },
    };
  }
  return undefined;
}

/** An attack's first score is its success; the rest is told apart. */
export function successOf(outcome: JobOutcome | undefined): Score | undefined {
  const score = outcome?.status === 'ok' ? outcome.scores[0] : undefined;
  return score?.unit === 'share' ? score : undefined;
}

/** What the page's first sentence holds the release against: the raw rows, else the weakest setting. */
export const besideOf = (contests: readonly Contest[]): Contest | undefined =>
  contests.find(({ role, job }) => role === 'raw' && job !== null) ?? contests.find(({ role }) => role === 'weak');
