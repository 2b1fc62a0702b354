import { canonicalJson, sha256Hex } from '../engine/kit/canonical.ts';
import type { HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import type { ScenarioSpec } from './spec.ts';

/** The scenario with these hierarchies; without the member where there are none, so that nothing changes its key. */
export function withHierarchies(spec: ScenarioSpec, hierarchies: HierarchySpecs | undefined): ScenarioSpec {
  const { hierarchies: _before, ...rest } = spec;
  return hierarchies === undefined || Object.keys(hierarchies).length === 0 ? rest : { ...rest, hierarchies };
}

/** A scenario put on the data of another, with its roles and hierarchies. */
export const onDataOf = (
  data: Pick<ScenarioSpec, 'dataset' | 'roles'> & { readonly hierarchies?: HierarchySpecs | undefined },
  spec: ScenarioSpec,
): ScenarioSpec => withHierarchies({ ...spec, dataset: data.dataset, roles: data.roles }, data.hierarchies);

const digests = new WeakMap<HierarchySpecs, string>();

/** Digest of hierarchies, in hex; worked out once for each object, because keys and links are made at every change. */
export function hierarchiesDigest(specs: HierarchySpecs): string {
  const known = digests.get(specs);
  if (known !== undefined) return known;
  const digest = sha256Hex(canonicalJson(specs));
  digests.set(specs, digest);
  return digest;
}
