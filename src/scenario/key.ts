import { canonicalJson, sha256Hex } from '../engine/kit/canonical.ts';
import { datasetKey } from '../engine/kit/dataset-key.ts';
import type { Job, ModuleRef } from '../engine/kit/job.ts';
import type { ParamSchema, ParamValue } from '../engine/kit/params.ts';
import { defaultsOf } from '../engine/kit/params.ts';
import { hierarchiesDigest } from './hierarchies.ts';
import { measureOf, techniqueOf } from '../engine/registry.ts';

export { datasetKey };

/**
 * Key of a job: canonical hash of all that its result depends on. Parameters are completed with their defaults and
 * each module's version is part of it; labels and file names, which change nothing, are not.
 */
export function jobKey(job: Omit<Job, 'key'>): string {
  const slice = {
    dataset: datasetKey(job.dataset),
    roles: job.roles,
    ...(job.hierarchies === undefined ? {} : { hierarchies: hierarchiesDigest(job.hierarchies) }),
    branch: {
      id: job.branch.id,
      columns: job.branch.columns,
      steps: job.branch.steps.map((ref) => moduleKey(ref, techniqueOf(ref.id))),
    },
    metrics: job.metrics.map((ref) => moduleKey(ref, measureOf(ref.id))),
    attacks: job.attacks.map((ref) => moduleKey(ref, measureOf(ref.id))),
    seed: job.seed,
    repetition: job.repetition,
  };
  return sha256Hex(canonicalJson(slice));
}

function moduleKey(
  ref: ModuleRef,
  known: { readonly version: number; readonly params: ParamSchema } | undefined,
): readonly [string, number, Readonly<Record<string, ParamValue>>] {
  return [ref.id, known?.version ?? 0, { ...(known === undefined ? {} : defaultsOf(known.params)), ...ref.params }];
}
