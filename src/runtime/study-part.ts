import * as Comlink from 'comlink';
import type { Job } from '../engine/kit/job.ts';
import type { StudyShare } from '../engine/kit/technique.ts';
import type { CallOptions } from './client.types.ts';
import { connect, type Connection } from './connection.ts';
import { type Host, proxied, toOutcome } from './host.ts';
import type { OnProgress, Outcome } from './protocol.ts';

/** One worker of a study with its share of the preparation. */
export interface StudyPart {
  /** Prepares the share and resolves to the study's shape; cancelled by `stop`. */
  readonly open: (onProgress: OnProgress) => Promise<Outcome<unknown>>;
  readonly ask: (question: unknown, options: CallOptions) => Promise<Outcome<unknown>>;
  readonly stop: () => void;
}

/** What was prepared is dear: a cancelled question has longer to let go than a job before its worker is ended. */
const askGraceMs = 2000;
/** Share of a question's progress that goes to preparing again, where its worker had died. */
const revival = 0.9;

/**
 * A worker of its own for one share. When it dies, the next question starts another and prepares the share again; that
 * preparation belongs to the study, not to the question, so that a moving slider does not start it over and over.
 */
export function studyPart(host: Host, name: string, job: Job, share: StudyShare): StudyPart {
  const ending = new AbortController();
  const watchers = new Set<OnProgress>();
  let connection: Connection | undefined;
  let preparing: Promise<Outcome<unknown>> | undefined;

  const ended = (): boolean => ending.signal.aborted || host.closing.aborted;
  const leave = (): void => {
    if (connection === undefined) return;
    host.dedicated.delete(connection);
    connection.terminate();
  };
  const prepareOnce = async () => {
    leave();
    const fresh = connect(host.spawn);
    connection = fresh;
    host.dedicated.add(fresh);
    host.greet(fresh);
    const onProgress = Comlink.proxy<OnProgress>((progress) => {
      for (const watcher of watchers) watcher(progress);
    });
    return fresh.call((api, id) => api.studyOpen(id, name, job, share, onProgress), ending.signal).result;
  };
  const prepareTwice = async (): Promise<Outcome<unknown>> => {
    let settled = await prepareOnce();
    if (settled.kind === 'died' && !ended()) settled = await prepareOnce();
    if (settled.kind === 'died' && ended()) return { status: 'cancelled' };
    const outcome = toOutcome(settled);
    if (outcome.status !== 'ok') leave();
    return outcome;
  };
  const prepare = async (onProgress: OnProgress, signal?: AbortSignal): Promise<Outcome<unknown>> => {
    if (ended()) return { status: 'cancelled' };
    watchers.add(onProgress);
    preparing ??= prepareTwice().finally(() => {
      preparing = undefined;
    });
    const outcome = await unlessAborted(preparing, signal);
    watchers.delete(onProgress);
    return outcome;
  };
  const ask = async (question: unknown, options: CallOptions): Promise<Outcome<unknown>> => {
    let from = 0;
    for (let attempt = 0; ; attempt += 1) {
      if (ended() || options.signal?.aborted === true) return { status: 'cancelled' };
      if (preparing !== undefined || connection === undefined || connection.isDead()) {
        const report: OnProgress = (progress) =>
          options.onProgress?.({ ...progress, fraction: progress.fraction * revival });
        const back = await prepare(report, options.signal);
        if (back.status !== 'ok') return back;
        from = revival;
      }
      const start = from;
      const report: OnProgress = (progress) =>
        options.onProgress?.({ ...progress, fraction: start + (1 - start) * progress.fraction });
      const settled = await connection?.call(
        (api, id) => api.studyAsk(id, name, question, proxied({ ...options, onProgress: report })),
        options.signal,
        askGraceMs,
      ).result;
      if (settled === undefined || ended()) return { status: 'cancelled' };
      if (settled.kind !== 'died' || attempt > 0) return toOutcome(settled);
    }
  };
  return {
    open: prepare,
    ask,
    stop: () => {
      ending.abort();
      leave();
    },
  };
}

/** `work`, or cancelled as soon as `signal` says so; the work itself goes on. */
function unlessAborted<T>(work: Promise<Outcome<T>>, signal: AbortSignal | undefined): Promise<Outcome<T>> {
  if (signal === undefined) return work;
  if (signal.aborted) return Promise.resolve({ status: 'cancelled' });
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve({ status: 'cancelled' });
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
