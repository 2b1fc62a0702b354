import * as Comlink from 'comlink';
import { invalidData } from '../src/engine/kit/errors.ts';
import { secureRng } from '../src/engine/rng/rng.ts';
import type { OnProgress, WorkerApi } from '../src/runtime/protocol.ts';
import { workerApi } from './api.ts';
import { datasetCache } from './dataset-cache.ts';
import { datasetSources } from './sources.ts';

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

/** Each progress callback is a Comlink proxy with its own port: released with its call, or ports pile up. */
const releasing = <T>(onProgress: OnProgress, result: Promise<T>): Promise<T> =>
  result.finally(() => (onProgress as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.());

const endpoint: WorkerApi = {
  ...api,
  digestFile: (id, file, onProgress) => releasing(onProgress, api.digestFile(id, file, onProgress)),
  open: (id, ref, onProgress) => releasing(onProgress, api.open(id, ref, onProgress)),
  run: (id, job, onProgress) => releasing(onProgress, api.run(id, job, onProgress)),
  latency: (id, job, repeats, onProgress) => releasing(onProgress, api.latency(id, job, repeats, onProgress)),
  exportTable: (id, job, format, onProgress) => releasing(onProgress, api.exportTable(id, job, format, onProgress)),
  preview: async (id, job, draws) => {
    const bank = await api.preview(id, job, draws);
    // Megabytes of unit noise, made for this call alone: moved, not copied.
    return bank.status === 'ok' ? Comlink.transfer(bank, [bank.value.unitNoise.buffer as ArrayBuffer]) : bank;
  },
};

Comlink.expose(endpoint);
