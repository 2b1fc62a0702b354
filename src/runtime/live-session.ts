import type { Job } from '../engine/kit/job.ts';
import type { CallOptions, LiveSession } from './client.types.ts';
import { type Host, toOutcome } from './host.ts';
import { connect, type Connection } from './connection.ts';
import type { Frame, Outcome } from './protocol.ts';

type LoggedEvent =
  | { readonly kind: 'step' }
  | { readonly kind: 'set'; readonly param: string; readonly value: unknown };

let sessions = 0;

/**
 * A live session in a worker of its own, so that jobs never delay a frame. The log of steps and settings determines
 * every frame; when the worker dies, a new one replays it and carries on where the old one was.
 */
export async function startLiveSession(host: Host, job: Job, call: CallOptions): Promise<Outcome<LiveSession>> {
  sessions += 1;
  const name = `session-${sessions}`;
  const frames: Frame[] = [];
  const log: LoggedEvent[] = [];
  let stopped = false;
  let connection: Connection | undefined;

  const leave = (): void => {
    if (connection === undefined) return;
    host.dedicated.delete(connection);
    connection.terminate();
    connection = undefined;
  };
  const arrive = async (signal: AbortSignal | undefined): Promise<Outcome<Frame>> => {
    leave();
    const fresh = connect(host.spawn);
    connection = fresh;
    host.dedicated.add(fresh);
    host.greet(fresh);
    const first = toOutcome(await fresh.call((api, id) => api.sessionStart(id, name, job), signal).result);
    if (first.status !== 'ok') return first;
    for (const event of log) {
      const replayed: Outcome<unknown> =
        event.kind === 'step'
          ? toOutcome(await fresh.call((api, id) => api.sessionStep(id, name), signal).result)
          : toOutcome(await fresh.call((api) => api.sessionSet(name, event.param, event.value), signal).result);
      if (replayed.status === 'cancelled') return replayed;
      if (replayed.status === 'failed') return replayed;
    }
    return first;
  };
  const living = async (signal: AbortSignal | undefined): Promise<Outcome<Connection>> => {
    if (connection === undefined || connection.isDead()) {
      const back = await arrive(signal);
      if (back.status !== 'ok') return back;
    }
    return connection === undefined ? { status: 'cancelled' } : { status: 'ok', value: connection };
  };
  const within = async <T>(
    signal: AbortSignal | undefined,
    work: (on: Connection) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    if (stopped || host.closing.aborted) return { status: 'cancelled' };
    const first = await living(signal);
    if (first.status !== 'ok') return first;
    const outcome = await work(first.value);
    if (outcome.status !== 'failed' || !first.value.isDead()) return outcome;
    if (stopped || host.closing.aborted) return { status: 'cancelled' };
    const second = await living(signal);
    return second.status === 'ok' ? work(second.value) : second;
  };

  const first = await arrive(call.signal);
  if (first.status !== 'ok') {
    leave();
    return first;
  }
  frames.push(first.value);
  return {
    status: 'ok',
    value: {
      frames,
      step: async (options = {}) => {
        const frame = await within(options.signal, async (on) =>
          toOutcome(await on.call((api, id) => api.sessionStep(id, name), options.signal).result),
        );
        if (frame.status === 'ok') {
          log.push({ kind: 'step' });
          frames.push(frame.value);
        }
        return frame;
      },
      set: async (param, value) => {
        const done = await within(undefined, async (on) =>
          toOutcome(await on.call((api) => api.sessionSet(name, param, value)).result),
        );
        if (done.status === 'ok') log.push({ kind: 'set', param, value });
        return done;
      },
      stop: async () => {
        stopped = true;
        leave();
      },
    },
  };
}
