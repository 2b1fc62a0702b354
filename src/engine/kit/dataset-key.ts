import { canonicalJson } from './canonical.ts';
import type { DatasetRef } from './job.ts';

/** Canonical text naming a dataset's content; the cache key of loaded datasets. A file's name is not part of it. */
export function datasetKey(ref: DatasetRef): string {
  if (ref.kind === 'embedded') return canonicalJson(ref);
  const { name: _name, ...content } = ref;
  return canonicalJson(content);
}
