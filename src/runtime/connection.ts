import * as Comlink from 'comlink';
import type { WorkerApi } from './protocol.ts';

/** A worker as the runtime sees it. Tests hand in one that lives in the same thread. */
export interface WorkerHandle {
  readonly endpoint: Comlink.Endpoint;
  terminate(): void;
  /** Called at most once, when the worker is gone or broken without having been asked to end. */
  onDeath(listener: (why: string) => void): void;
}
export type SpawnWorker = () => WorkerHandle;

/** How a call ended. Comlink leaves promises of a terminated worker pending for ever, hence the race behind this. */
export type Settled<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'died'; readonly why: string }
  | { readonly kind: 'threw'; readonly error: unknown };

/** All methods of the protocol answer with promises already, so the remote side has the very same type. */
export type RemoteWorker = WorkerApi;
export type Exec<T> = (api: RemoteWorker, call: number) => Promise<T>;

/** A call under way: its result for the caller, and when (and how) the worker is free again. */
export interface Call<T> {
  readonly result: Promise<Settled<T>>;
  readonly freed: Promise<void>;
}

export interface Connection {
  readonly api: RemoteWorker;
  readonly isDead: () => boolean;
  /** A cancelled call that has not ended after `grace` ms takes its worker with it; `graceMs` when absent. */
  call<T>(exec: Exec<T>, signal?: AbortSignal, grace?: number): Call<T>;
  terminate(): void;
}

/** A cancelled worker that has not answered by then is ended, so that its processor is free within 200 ms. */
export const graceMs = 150;

let calls = 0;

/** Starts a worker and races every call against abort and the worker's death. */
export function connect(spawn: SpawnWorker): Connection {
  const handle = spawn();
  // Comlink's own type splits promises of unions, which no caller could use.
  const api = Comlink.wrap<WorkerApi>(handle.endpoint) as unknown as RemoteWorker;
  let why: string | undefined;
  const mourners = new Set<(why: string) => void>();
  const die = (reason: string): void => {
    if (why !== undefined) return;
    why = reason;
    handle.terminate();
    for (const mourner of mourners) mourner(reason);
    mourners.clear();
  };
  handle.onDeath(die);

  const call = <T>(exec: Exec<T>, signal?: AbortSignal, grace = graceMs): Call<T> => {
    calls += 1;
    const id = calls;
    let free = (): void => undefined;
    const freed = new Promise<void>((resolve) => {
      free = resolve;
    });
    const result = new Promise<Settled<T>>((resolve) => {
      if (why !== undefined) {
        resolve({ kind: 'died', why });
        free();
        return;
      }
      let timer: ReturnType<typeof setTimeout> | undefined;
      const onAbort = (): void => {
        resolve({ kind: 'cancelled' });
        api.cancel(id).catch(() => undefined);
        timer = setTimeout(() => die('ended after a cancel'), grace);
      };
      const finish = (settled: Settled<T>): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        mourners.delete(onDeath);
        // Free first: what the caller asks next shall find this worker idle.
        free();
        resolve(settled);
      };
      const onDeath = (reason: string): void => finish({ kind: 'died', why: reason });
      mourners.add(onDeath);
      exec(api, id).then(
        (value) => finish({ kind: 'done', value }),
        (error: unknown) => finish({ kind: 'threw', error }),
      );
      if (signal?.aborted === true) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
    return { result, freed };
  };
  return { api, isDead: () => why !== undefined, call, terminate: () => die('ended') };
}
