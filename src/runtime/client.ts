import { EngineError } from '../engine/kit/errors.ts';
import type { Job, JobOutcome, JobResult } from '../engine/kit/job.ts';
import { datasetKey } from '../engine/kit/dataset-key.ts';
import type { CallOptions, RegisteredFile, Runtime } from './client.types.ts';
import type { Connection, Exec, Settled, SpawnWorker } from './connection.ts';
import { type Host, later, problemOf, proxied, tellFile, toOutcome } from './host.ts';
import { createPool } from './pool.ts';
import type { Outcome } from './protocol.ts';
import { spawnWorker } from './spawn.ts';

export interface RuntimeOptions {
  /** Workers of the pool; `max(2, min(4, cores - 1))` when absent. Tests force 1, 2 and 4. */
  readonly workers?: number;
  /** How a worker is started; the blob bootstrap when absent. */
  readonly spawn?: SpawnWorker;
  /** Results kept; the least recently used go first. */
  readonly cacheSize?: number;
}

/** Starts nothing yet: workers come up with the first call that needs them. */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const spawn = options.spawn ?? spawnWorker;
  const cores = globalThis.navigator?.hardwareConcurrency ?? 2;
  const size = options.workers ?? Math.max(2, Math.min(4, cores - 1));
  const parts = Math.max(1, Math.min(size, cores));
  const files = new Map<string, File>();
  const results = resultCache(options.cacheSize ?? 400);
  const dedicated = new Set<Connection>();
  const greet = (connection: Connection): void => {
    for (const [sha256, file] of files) tellFile(connection, sha256, file);
  };
  const pool = createPool(size, spawn, greet);
  const closing = new AbortController();
  const host: Host = { spawn, greet, dedicated, closing: closing.signal };

  const submit = <T>(exec: Exec<T>, dataset: string | undefined, call: CallOptions): Promise<Settled<T>> =>
    pool.submit({
      exec,
      priority: call.priority ?? 0,
      ...(dataset === undefined ? {} : { dataset }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
  const ask = async <T>(exec: Exec<Outcome<T>>, dataset: string | undefined, call: CallOptions): Promise<Outcome<T>> =>
    toOutcome(await submit(exec, dataset, call));

  return {
    workers: size,
    open: (ref, call = {}) => ask((api, id) => api.open(id, ref, proxied(call)), datasetKey(ref), call),
    registerFile: async (file, call = {}): Promise<RegisteredFile> => {
      const digest = await ask((api, id) => api.digestFile(id, file, proxied(call)), undefined, {
        priority: 1,
        ...call,
      });
      if (digest.status === 'cancelled') throw new EngineError('cancelled', 'cancelled');
      if (digest.status === 'failed') {
        const { code, message, remedy, place } = digest.problem;
        throw new EngineError(code, message, remedy, place);
      }
      const sha256 = digest.value;
      files.set(sha256, file);
      pool.broadcast((connection) => tellFile(connection, sha256, file));
      for (const connection of dedicated) tellFile(connection, sha256, file);
      return { sha256, name: file.name, bytes: file.size };
    },
    run: async (job, call = {}): Promise<JobOutcome> => {
      const known = results.get(job.key);
      if (known !== undefined) return known;
      const settled = await submit((api, id) => api.run(id, job, proxied(call)), datasetKey(job.dataset), call);
      if (settled.kind === 'done') {
        if (settled.value.status === 'ok') results.set(settled.value);
        return settled.value;
      }
      return settled.kind === 'cancelled'
        ? { status: 'cancelled', key: job.key }
        : { status: 'failed', key: job.key, problem: problemOf(settled) };
    },
    cached: (key) => results.get(key),
    preview: (job, draws, call = {}) =>
      ask((api, id) => api.preview(id, job, draws), datasetKey(job.dataset), { priority: 1, ...call }),
    latency: (job, repeats, call = {}) =>
      ask((api, id) => api.latency(id, job, repeats, proxied(call)), datasetKey(job.dataset), call),
    exportTable: (job, format, call = {}) =>
      ask((api, id) => api.exportTable(id, job, format, proxied(call)), datasetKey(job.dataset), call),
    leftOut: (job, most, call = {}) =>
      ask((api, id) => api.leftOut(id, job, most, proxied(call)), datasetKey(job.dataset), { priority: 1, ...call }),
    certificate: (job, call = {}) =>
      ask((api, id) => api.certificate(id, job, proxied(call)), datasetKey(job.dataset), { priority: 1, ...call }),
    columnTree: (ref, column, spec, call = {}) =>
      ask((api, id) => api.columnTree(id, ref, column, spec), datasetKey(ref), { priority: 1, ...call }),
    question: (id, question, call = {}) =>
      ask((api, at) => api.question(at, id, question, proxied(call)), 'questions', { priority: 1, ...call }),
    session: (job, call = {}) =>
      later(import('./live-session.ts'), ({ startLiveSession }) => startLiveSession(host, job, call)),
    protocol: (job, parties, call = {}) =>
      later(import('./party-group.ts'), ({ playProtocol }) => playProtocol(host, job, parties, call)),
    study: (job, call = {}) =>
      later(import('./study.ts'), ({ startStudy }) => startStudy(host, job, call.parts ?? parts, call)),
    dispose: () => {
      closing.abort();
      pool.dispose();
      for (const connection of dedicated) connection.terminate();
      dedicated.clear();
    },
  };
}

function resultCache(size: number) {
  const kept = new Map<Job['key'], JobResult>();
  const set = (result: JobResult): void => {
    kept.delete(result.key);
    kept.set(result.key, result);
    const oldest = kept.keys().next();
    if (kept.size > size && oldest.done !== true) kept.delete(oldest.value);
  };
  return {
    get: (key: string): JobResult | undefined => {
      const found = kept.get(key);
      if (found !== undefined) set(found);
      return found;
    },
    set,
  };
}
