import type { Ctx } from '../src/engine/kit/context.ts';
import type { DatasetDescriptor } from '../src/engine/kit/dataset.ts';
import { invalidData } from '../src/engine/kit/errors.ts';
import type { ParamSchema } from '../src/engine/kit/params.ts';
import type { Table } from '../src/engine/table/table.ts';

/** Fetches an asset of the app by its URL: `fetch` in a browser, the file system under Node. */
export type Asset = (url: URL) => Promise<Uint8Array>;

/** What to generate. The same request gives the same rows everywhere. */
export interface GenerateRequest {
  readonly rows: number;
  readonly seed: number;
  /** Values of the dataset's options (assumptions with a control); checked and complete. */
  readonly options: Readonly<Record<string, number>>;
}

/** A generated dataset as workers load it. */
export interface EmbeddedDataset {
  readonly descriptor: DatasetDescriptor;
  readonly options?: ParamSchema;
  /** Facts files by name: figures with attribution, fetched before `generate`. */
  readonly facts: Readonly<Record<string, URL>>;
  /** Draws the table. All chance comes from `ctx.rng` (seeded with the request's seed by the loader). */
  readonly generate: (facts: Record<string, unknown>, request: GenerateRequest, ctx: Ctx) => Promise<Table>;
}

/** Reads and parses a JSON facts file. @throws invalid-data when the file is not JSON (a broken installation). */
export async function readJson(url: URL, asset: Asset): Promise<unknown> {
  const bytes = await asset(url);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    throw invalidData(`the facts file ${fileName(url)} could not be read`, 'reload the page', { file: fileName(url) });
  }
}

const fileName = (url: URL): string => url.href.slice(url.href.lastIndexOf('/') + 1);
