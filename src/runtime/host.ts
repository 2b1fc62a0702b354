import * as Comlink from 'comlink';
import { type Problem, toProblem } from '../engine/kit/errors.ts';
import type { CallOptions } from './client.types.ts';
import type { Connection, Settled, SpawnWorker } from './connection.ts';
import type { OnProgress, Outcome } from './protocol.ts';

/** What sessions, party groups and studies need to run workers of their own. */
export interface Host {
  readonly spawn: SpawnWorker;
  readonly greet: (connection: Connection) => void;
  readonly dedicated: Set<Connection>;
  /** Aborted when the runtime ends: nothing is started after that. */
  readonly closing: AbortSignal;
}

/** A settled call as data for the page. */
export function toOutcome<T>(settled: Settled<Outcome<T>>): Outcome<T> {
  if (settled.kind === 'done') return settled.value;
  return settled.kind === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', problem: problemOf(settled) };
}

export function problemOf(settled: Extract<Settled<unknown>, { kind: 'died' | 'threw' }>): Problem {
  if (settled.kind === 'threw') return toProblem(settled.error);
  return {
    code: 'internal',
    message: `the worker stopped twice while doing this (${settled.why})`,
    remedy: 'try fewer rows; if it happens again, report the link of this state',
  };
}

/** The progress callback as a Comlink proxy; the worker releases it at the end of the call. */
export const proxied = (call: CallOptions): OnProgress & Comlink.ProxyMarked =>
  Comlink.proxy((progress) => {
    if (call.signal?.aborted !== true) call.onProgress?.(progress);
  });

/** Messages to a worker arrive in order, so nothing needs to wait for this one. */
export function tellFile(connection: Connection, sha256: string, file: File): void {
  connection.api.registerFile(sha256, file.name, file).catch(() => undefined);
}

/** Work whose code is loaded when first asked for; code that cannot be loaded is a failure like any other. */
export async function later<M, T>(module: Promise<M>, work: (module: M) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work(await module);
  } catch (error) {
    return { status: 'failed', problem: toProblem(error) };
  }
}
