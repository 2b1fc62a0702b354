import { type Connection, connect, type Exec, type Settled, type SpawnWorker } from './connection.ts';

/** Work for any worker of the pool. */
export interface Task<T> {
  /** Key of the dataset it reads: a worker that has it already is preferred. */
  readonly dataset?: string;
  readonly priority?: number;
  readonly signal?: AbortSignal;
  readonly exec: Exec<T>;
}

export interface Pool {
  readonly size: number;
  submit<T>(task: Task<T>): Promise<Settled<T>>;
  /** Tells all living workers something (a new file). */
  broadcast(tell: (connection: Connection) => void): void;
  dispose(): void;
}

interface Queued {
  readonly task: Task<unknown>;
  readonly order: number;
  readonly settle: (settled: Settled<unknown>) => void;
  readonly attempt: number;
}

interface Slot {
  connection?: Connection;
  busy: boolean;
  usedAt: number;
  /** Datasets this worker was given, newest last, as many as its own cache keeps. */
  datasets: readonly string[];
}

const datasetsRemembered = 4;

/**
 * A fixed number of equal workers, started when first needed. Highest priority first, then first come; a worker that
 * has the dataset is preferred. A worker that dies is replaced, and its task tried once more. Results cannot depend on
 * any of this: jobs fork their randomness by name.
 */
export function createPool(size: number, spawn: SpawnWorker, greet: (connection: Connection) => void): Pool {
  const slots: Slot[] = Array.from({ length: size }, () => ({ busy: false, usedAt: 0, datasets: [] }));
  let queue: Queued[] = [];
  let order = 0;
  let disposed = false;

  const pump = (): void => {
    if (disposed) return;
    while (queue.length > 0) {
      const next = queue.reduce((best, each) => (before(each, best) ? each : best));
      const slot = chooseSlot(slots, next.task.dataset);
      if (slot === undefined) return;
      queue = queue.filter((each) => each !== next);
      start(slot, next);
    }
  };

  const start = (slot: Slot, { task, settle, attempt, order: place }: Queued): void => {
    slot.busy = true;
    order += 1;
    slot.usedAt = order;
    const connection = living(slot);
    if (task.dataset !== undefined) {
      const others = slot.datasets.filter((each) => each !== task.dataset);
      slot.datasets = [...others, task.dataset].slice(-datasetsRemembered);
    }
    const { result, freed } = connection.call(task.exec, task.signal);
    void freed.then(() => {
      slot.busy = false;
      pump();
    });
    void result.then((settled) => {
      if (settled.kind !== 'died' || attempt > 0 || disposed) {
        settle(settled);
        return;
      }
      queue.push({ task, settle, attempt: 1, order: place });
      pump();
    });
  };

  const living = (slot: Slot): Connection => {
    if (slot.connection === undefined || slot.connection.isDead()) {
      slot.connection = connect(spawn);
      slot.datasets = [];
      greet(slot.connection);
    }
    return slot.connection;
  };

  return {
    size,
    submit: <T>(task: Task<T>) =>
      new Promise<Settled<T>>((resolve) => {
        if (disposed || task.signal?.aborted === true) {
          resolve({ kind: 'cancelled' });
          return;
        }
        order += 1;
        const onAbort = (): void => {
          if (!queue.includes(entry)) return;
          queue = queue.filter((each) => each !== entry);
          entry.settle({ kind: 'cancelled' });
        };
        const entry: Queued = {
          task,
          order,
          attempt: 0,
          settle: (settled) => {
            task.signal?.removeEventListener('abort', onAbort);
            // The entry was made for this T; the queue only forgets it.
            resolve(settled as Settled<T>);
          },
        };
        task.signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(entry);
        pump();
      }),
    broadcast: (tell) => {
      for (const { connection } of slots) if (connection !== undefined && !connection.isDead()) tell(connection);
    },
    dispose: () => {
      disposed = true;
      const left = queue;
      queue = [];
      for (const entry of left) entry.settle({ kind: 'cancelled' });
      for (const { connection } of slots) connection?.terminate();
    },
  };
}

const before = (a: Queued, b: Queued): boolean => {
  const [first, second] = [a.task.priority ?? 0, b.task.priority ?? 0];
  return first === second ? a.order < b.order : first > second;
};

/** A free worker: one that has the dataset, else one already started, else a new one; the longest idle of equals. */
function chooseSlot(slots: readonly Slot[], dataset: string | undefined): Slot | undefined {
  const rank = (slot: Slot): number => {
    if (slot.connection === undefined || slot.connection.isDead()) return 1;
    if (dataset !== undefined && slot.datasets.includes(dataset)) return 3;
    // An idle worker holding other data is worth keeping for it; one without any is as good as new, and started.
    return slot.datasets.length === 0 ? 2 : 0;
  };
  return slots
    .filter((slot) => !slot.busy)
    .sort((a, b) => rank(b) - rank(a) || a.usedAt - b.usedAt)
    .at(0);
}
