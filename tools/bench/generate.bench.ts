import { loadEmbedded } from '../../datasets/load.ts';
import { dataset } from '../../datasets/nyc-taxi/generator.ts';
import { readJson } from '../../datasets/kit.ts';
import { quietContext } from '../../src/engine/kit/context.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { type BenchRow, measure } from '../bench-kit.ts';
import { fileAsset } from '../testing/datasets.ts';

const ROWS = 1_000_000;

/** Generation of a month of 1M taxi trips, alone and with loading, places and checksum. No library does this work. */
export async function bench(): Promise<BenchRow[]> {
  const facts: Record<string, unknown> = {};
  for (const [name, url] of Object.entries(dataset.facts)) facts[name] = await readJson(url, fileAsset);
  const context = { ...quietContext(seededRng('bench')), asset: fileAsset };
  const alone = await measure('generate 1M taxi trips', 5, () =>
    dataset.generate(facts, { rows: ROWS, seed: 1, options: {} }, context),
  );
  const loaded = await measure('load 1M taxi trips (with checksum)', 3, () =>
    loadEmbedded({ kind: 'embedded', id: 'nyc-taxi', rows: ROWS, seed: 1 }, context),
  );
  const first = await measure('load 10,000 taxi trips (first view)', 9, () =>
    loadEmbedded({ kind: 'embedded', id: 'nyc-taxi', rows: 10000, seed: 1 }, context),
  );
  return [{ ...alone, budgetMs: 1500 }, loaded, first];
}
