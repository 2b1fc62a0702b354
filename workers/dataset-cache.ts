import type { Ctx } from '../src/engine/kit/context.ts';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import { invalidData } from '../src/engine/kit/errors.ts';
import type { DatasetRef } from '../src/engine/kit/job.ts';
import type { Column } from '../src/engine/table/table.ts';
import { datasetKey } from '../src/engine/kit/dataset-key.ts';

type EmbeddedRef = Extract<DatasetRef, { kind: 'embedded' }>;
type FileRef = Extract<DatasetRef, { kind: 'file' }>;

/** Where data comes from: generators and readers, injected so that tests need neither. */
export interface DatasetSources {
  readonly embedded: (ref: EmbeddedRef, ctx: Ctx) => Promise<LoadedDataset>;
  readonly file: (ref: FileRef, name: string, content: Blob, ctx: Ctx) => Promise<LoadedDataset>;
}

export interface DatasetCache {
  registerFile(sha256: string, name: string, content: Blob): void;
  open(ref: DatasetRef, ctx: Ctx): Promise<LoadedDataset>;
}

/** Loaded tables kept per worker, newest last; the one in use always stays. */
const maxDatasets = 4;
const maxBytes = 600e6;

/** Datasets of a worker, least recently used dropped first. */
export function datasetCache(sources: DatasetSources): DatasetCache {
  const files = new Map<string, { readonly name: string; readonly content: Blob }>();
  const loaded = new Map<string, LoadedDataset>();
  const trim = (): void => {
    let bytes = 0;
    for (const dataset of loaded.values()) bytes += bytesOf(dataset);
    for (const [key, dataset] of loaded) {
      if (loaded.size <= 1 || (loaded.size <= maxDatasets && bytes <= maxBytes)) return;
      loaded.delete(key);
      bytes -= bytesOf(dataset);
    }
  };
  const load = (ref: DatasetRef, ctx: Ctx): Promise<LoadedDataset> => {
    if (ref.kind === 'embedded') return sources.embedded(ref, ctx);
    const file = files.get(ref.sha256);
    if (file !== undefined) return sources.file(ref, file.name, file.content, ctx);
    const named = ref.name === '' ? 'a file' : `the file ${ref.name}`;
    throw invalidData(
      `this scenario needs ${named} that is not open here (SHA-256 ${ref.sha256.slice(0, 12)}...)`,
      'drop that file on the page, or choose another dataset',
    );
  };
  return {
    registerFile: (sha256, name, content) => {
      files.set(sha256, { name, content });
    },
    open: async (ref, ctx) => {
      const key = datasetKey(ref);
      const dataset = loaded.get(key) ?? (await load(ref, ctx));
      loaded.delete(key);
      loaded.set(key, dataset);
      trim();
      return dataset;
    },
  };
}

/** Bytes of a dataset's columns (labels left out: they are few). */
export const bytesOf = (dataset: LoadedDataset): number =>
  dataset.table.columns.reduce((sum, column) => sum + columnBytes(column), 0);

const columnBytes = (column: Column): number =>
  (column.kind === 'category' ? column.codes.byteLength : column.values.byteLength) + (column.valid?.byteLength ?? 0);
