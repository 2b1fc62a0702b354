import type { Ctx } from '../src/engine/kit/context.ts';
import { infeasible, unsupported } from '../src/engine/kit/errors.ts';
import type { Job } from '../src/engine/kit/job.ts';
import type { Channel } from '../src/engine/kit/party.ts';
import type { Session } from '../src/engine/kit/technique.ts';
import type { Frame, PartyResult } from '../src/runtime/protocol.ts';
import type { ExecuteDeps } from './pipeline.ts';
import { lastStep } from './preview.ts';

/** A session of the branch's last step, with its frames counted and timed. */
export interface RunningSession {
  /** The frame before the first step. */
  readonly first: Frame;
  readonly step: (checkpoint: Ctx['checkpoint']) => Promise<Frame>;
  readonly set: (param: string, value: unknown) => void;
}

/** Starts a session. @throws unsupported where the method is not run step by step. */
export async function startSession(job: Job, deps: ExecuteDeps): Promise<RunningSession> {
  const { step, input, ctx } = await lastStep(job, deps);
  const { session: start, descriptor } = step.module;
  if (start === undefined) throw unsupported(`${descriptor.label.en} is not run step by step`, 'run it as a whole');
  const session: Session = await start(input, step.params, ctx);
  const planned = session.steps === undefined ? {} : { steps: session.steps };
  let count = 0;
  return {
    first: { step: 0, ...planned, pictures: [], notes: [], scores: [], wallMs: 0, done: session.steps === 0 },
    step: async (checkpoint) => {
      if (session.steps !== undefined && count >= session.steps) {
        throw infeasible(`all ${session.steps} steps are done`, 'start again to see more');
      }
      const startedAt = deps.clock();
      const release = await session.step({ ...ctx, checkpoint });
      count += 1;
      return {
        step: count,
        ...planned,
        pictures: release.pictures,
        notes: release.notes,
        scores: [],
        wallMs: deps.clock() - startedAt,
        done: session.steps !== undefined && count >= session.steps,
      };
    },
    set: (param, value) => session.set(param, value),
  };
}

/**
 * Plays one party of the protocol of the branch's last step, with the streams that the technique's own `run` gives its
 * parties (forked by technique id, then `party-<i>`), so that both open the same values from the same shares.
 *
 * @throws unsupported where it is no protocol.
 */
export async function playParty(job: Job, party: number, channel: Channel, deps: ExecuteDeps): Promise<PartyResult> {
  const { step, input, ctx } = await lastStep(job, deps);
  const { protocol, descriptor } = step.module;
  if (protocol === undefined) throw unsupported(`${descriptor.label.en} is not a protocol between parties`);
  const parties = protocol.parties(step.params);
  const own = protocol.inputOf(input, step.params, party);
  const startedAt = deps.clock();
  const outcome = await protocol.play(own, step.params, {
    party,
    parties,
    channel,
    rng: ctx.rng.fork(descriptor.id).fork(`party-${party}`),
  });
  return {
    party,
    opened: outcome.opened,
    sent: { messages: outcome.messages, bytes: outcome.bytes, rounds: outcome.rounds },
    seen: outcome.seen,
    wallMs: deps.clock() - startedAt,
  };
}
