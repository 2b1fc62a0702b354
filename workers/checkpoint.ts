import type { Ctx } from '../src/engine/kit/context.ts';
import { cancelled } from '../src/engine/kit/errors.ts';
import type { Progress } from '../src/engine/kit/job.ts';
import type { Text } from '../src/engine/kit/text.ts';

/** What a checkpoint needs of its surroundings. */
export interface Pulse {
  /** Milliseconds, monotone. */
  readonly clock: () => number;
  /** Resolves in a later macrotask, so that messages (a cancel among them) are handled before. */
  readonly yieldTask: () => Promise<void>;
  readonly isCancelled: () => boolean;
  readonly report: (progress: Progress) => void;
}

const yieldEveryMs = 20;
const reportEveryMs = 100;

/**
 * The checkpoint of a call: never-falling progress, reported at most ten times a second, a macrotask at most every
 * 20 ms, `cancelled` thrown after a cancel. Between yields it costs one clock reading.
 */
export function makeCheckpoint(pulse: Pulse): Ctx['checkpoint'] {
  let highest = 0;
  let yieldedAt = pulse.clock();
  let reportedAt = -Infinity;
  return async (fraction, note, partial) => {
    if (pulse.isCancelled()) throw cancelled();
    const now = pulse.clock();
    highest = Math.max(highest, Math.min(1, fraction));
    if (now - reportedAt >= reportEveryMs) {
      reportedAt = now;
      pulse.report({
        fraction: highest,
        ...(note === undefined ? {} : { note }),
        ...(partial === undefined ? {} : { partial }),
      });
    }
    if (now - yieldedAt < yieldEveryMs) return;
    await pulse.yieldTask();
    yieldedAt = pulse.clock();
    if (pulse.isCancelled()) throw cancelled();
  };
}

/** The part of a longer checkpoint from `from` to `to`; `note` stands in where a step has none of its own. */
export function stretch(checkpoint: Ctx['checkpoint'], from: number, to: number, note?: Text): Ctx['checkpoint'] {
  return (fraction, own, partial) =>
    checkpoint(from + (to - from) * Math.max(0, Math.min(1, fraction)), own ?? note, partial);
}
