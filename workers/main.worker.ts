import * as Comlink from 'comlink';
import { invalidData } from '../src/engine/kit/errors.ts';
import { secureRng } from '../src/engine/rng/rng.ts';
import { workerApi } from './api.ts';
import { datasetCache } from './dataset-cache.ts';
import { datasetSources } from './sources.ts';
import { transported } from './transport.ts';

/** A macrotask without the 4 ms clamp of nested timeouts. */
const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.addEventListener('message', () => waiting.shift()?.());
port1.start();
const yieldTask = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(0);
  });

async function asset(url: URL): Promise<Uint8Array> {
  const response = await fetch(url.href);
  if (!response.ok) {
    throw invalidData(`${url.pathname} could not be loaded (${response.status})`, 'reload the page, or go online once');
  }
  return new Uint8Array(await response.arrayBuffer());
}

const api = workerApi({
  datasets: datasetCache(datasetSources),
  clock: () => performance.now(),
  yieldTask,
  asset,
  secure: secureRng((buffer) => crypto.getRandomValues(buffer as Uint32Array<ArrayBuffer>)),
});

Comlink.expose(transported(api));
