import * as Comlink from 'comlink';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import type { DatasetRef } from '../src/engine/kit/job.ts';
import { seededRng } from '../src/engine/rng/rng.ts';
import { tinyDataset } from '../src/engine/testing/tiny-dataset.ts';
import type { SpawnWorker } from '../src/runtime/connection.ts';
import type { WorkerApi } from '../src/runtime/protocol.ts';
import { type Platform, workerApi } from './api.ts';
import { datasetCache } from './dataset-cache.ts';
import { transported } from './transport.ts';

/** What the fake workers of a test did. */
export interface FakeWorkers {
  readonly spawn: SpawnWorker;
  readonly started: () => number;
  readonly terminated: () => number;
  /** Datasets loaded, one entry a load: `worker:id`. */
  readonly loads: readonly string[];
  /** Makes the n-th started worker (from 0) die as a crashed one would. */
  readonly crash: (worker: number) => void;
  readonly closeAll: () => void;
}

export interface FakeOptions {
  /** Replaces methods of the worker's API, given its number. */
  readonly override?: (worker: number, api: WorkerApi) => Partial<WorkerApi>;
  /** Techniques of the test, in place of the build's own. */
  readonly technique?: Platform['technique'];
  /** Waits before a dataset is there, polling the checkpoint (so that it can be cancelled) or not at all. */
  readonly loading?: 'fast' | 'slow' | 'deaf';
}

/** Workers in this thread: the real worker API over the tiny city, on Node's own message channels. */
export function fakeWorkers(options: FakeOptions = {}): FakeWorkers {
  const loads: string[] = [];
  const deaths: (() => void)[] = [];
  const closers: (() => void)[] = [];
  let terminated = 0;
  const spawn: SpawnWorker = () => {
    const worker = deaths.length;
    const { port1, port2 } = new MessageChannel();
    const api = workerApi({
      ...platform(worker, loads, options.loading ?? 'fast'),
      ...(options.technique === undefined ? {} : { technique: options.technique }),
    });
    Comlink.expose(transported({ ...api, ...options.override?.(worker, api) }), port2);
    let open = true;
    let listener: ((why: string) => void) | undefined;
    const close = (): void => {
      if (!open) return;
      open = false;
      terminated += 1;
      port1.close();
      port2.close();
    };
    deaths.push(() => listener?.('crashed'));
    closers.push(close);
    return {
      endpoint: port1,
      terminate: close,
      onDeath: (call) => {
        listener = call;
      },
    };
  };
  return {
    spawn,
    started: () => deaths.length,
    terminated: () => terminated,
    loads,
    crash: (worker) => deaths[worker]?.(),
    closeAll: () => {
      for (const close of closers) close();
    },
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function platform(worker: number, loads: string[], loading: 'fast' | 'slow' | 'deaf'): Platform {
  const rowsOf = (ref: DatasetRef): number => (ref.kind === 'embedded' ? ref.rows : 40);
  const load = async (ref: DatasetRef): Promise<LoadedDataset> => {
    loads.push(`${worker}:${ref.kind === 'embedded' ? ref.id : ref.name}`);
    return tinyDataset(rowsOf(ref));
  };
  return {
    datasets: datasetCache({
      embedded: async (ref, ctx) => {
        const waits = loading === 'slow' ? 100 : 0;
        for (let i = 0; i < waits; i += 1) {
          await wait(10);
          await ctx.checkpoint(i / waits);
        }
        if (loading === 'deaf') await wait(2000);
        return load(ref);
      },
      file: async (ref) => load(ref),
    }),
    clock: () => performance.now(),
    yieldTask: () => wait(0),
    asset: async () => new Uint8Array(0),
    secure: seededRng('not secure: a test'),
  };
}
