import type { LoadedDataset } from '../kit/dataset.ts';
import type { SchemaRow } from '../kit/vectors.ts';

export interface RecodingDocument {
  readonly localRecoding?: { readonly cases: readonly { readonly id: string }[] };
}

export function* localRecoding(
  document: RecodingDocument,
  _datasetOf: (name: string) => LoadedDataset,
): Generator<SchemaRow> {
  for (const each of document.localRecoding?.cases ?? []) {
    yield { id: `localRecoding.cases[${each.id}]`, expected: each, unsupported: true };
  }
}
