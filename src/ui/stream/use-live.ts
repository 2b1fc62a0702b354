import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Job } from '../../engine/kit/job.ts';
import { runtime } from '../runtime.ts';
import { LivePlayer, type LiveState } from './live-player.ts';

export interface Live extends LiveState {
  readonly player: LivePlayer;
}

const still = '(prefers-reduced-motion: reduce)';

/** Plays the live session of a job; under reduced motion it runs to its end unseen and the last frame shows. */
export function useLive(job: Job | null): Live {
  const [player] = useState(
    () => new LivePlayer((wanted, signal) => runtime().session(wanted, { signal, priority: 2 })),
  );
  const state = useSyncExternalStore(player.subscribe, player.snapshot);
  const key = job?.key ?? '';
  useEffect(() => {
    if (job === null) player.close();
    else void player.follow(job, matchMedia(still).matches ? 'finish' : 'play');
    // The key names the job's content.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, player]);
  useEffect(() => () => player.close(), [player]);
  return { ...state, player };
}
