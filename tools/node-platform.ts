import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { secureRng } from '../src/engine/rng/rng.ts';
import type { Platform } from '../workers/api.ts';
import { datasetCache } from '../workers/dataset-cache.ts';
import { datasetSources } from '../workers/sources.ts';

/** What workers need of their surroundings, given by Node: facts are read from disk. */
export const nodePlatform = (): Platform => ({
  datasets: datasetCache(datasetSources),
  clock: () => performance.now(),
  yieldTask: async () => {
    await setImmediate();
  },
  asset: async (url) => new Uint8Array(await readFile(fileURLToPath(url.href))),
  secure: secureRng((buffer) => crypto.getRandomValues(buffer as Uint32Array<ArrayBuffer>)),
});
