import { describe, expect, it } from 'vitest';
import type { Job } from '../../engine/kit/job.ts';
import type { LiveSession } from '../../runtime/client.types.ts';
import type { Frame, Outcome } from '../../runtime/protocol.ts';
import { changedParams, LivePlayer, type StartSession } from './live-player.ts';

const job = (params: Record<string, number>, rows = 10): Job => ({
  key: JSON.stringify([params, rows]),
  dataset: { kind: 'embedded', id: 'city', rows, seed: 1 },
  roles: {},
  branch: { id: 'main', steps: [{ id: 'method', params }] },
  metrics: [],
  attacks: [],
  seed: 1,
  repetition: 0,
});

const frame = (step: number, steps: number): Frame => ({
  step,
  steps,
  pictures: [],
  notes: [],
  scores: [],
  wallMs: 0,
  done: step >= steps,
});

/** A session of five steps that lets `p` change in flight and nothing else. */
function fakeSessions() {
  const log: string[] = [];
  const start: StartSession = async () => {
    log.push('start');
    let step = 0;
    const session: LiveSession = {
      frames: [frame(0, 5)],
      step: async (): Promise<Outcome<Frame>> => {
        step += 1;
        log.push(`step ${step}`);
        return { status: 'ok', value: frame(step, 5) };
      },
      set: async (param, value): Promise<Outcome<null>> => {
        log.push(`set ${param} ${String(value)}`);
        return param === 'p'
          ? { status: 'ok', value: null }
          : { status: 'failed', problem: { code: 'invalid-param', message: 'stays as it is' } };
      },
      stop: async () => {
        log.push('stop');
      },
    };
    return { status: 'ok', value: session };
  };
  return { log, start };
}

const settled = async (player: LivePlayer, done: () => boolean): Promise<void> => {
  for (let i = 0; i < 1000 && !done(); i += 1) await Promise.resolve();
  expect(done(), JSON.stringify(player.snapshot())).toBe(true);
};

describe('a live player', () => {
  it('plays to the end by itself and starts again on play', async () => {
    const { start } = fakeSessions();
    const player = new LivePlayer(start, async () => undefined);
    await player.follow(job({ p: 1 }), 'play');
    await settled(player, () => player.snapshot().done && !player.snapshot().playing);
    expect(player.snapshot()).toMatchObject({ shown: 4, steps: 5 });
    player.play();
    expect(player.snapshot()).toMatchObject({ shown: -1, status: 'starting' });
  });

  it('takes single steps, looks back, and shows the newest after the next step', async () => {
    const { start } = fakeSessions();
    const player = new LivePlayer(start);
    await player.follow(job({ p: 1 }), 'none');
    for (const shown of [0, 1, 2]) {
      player.step();
      await settled(player, () => player.snapshot().shown === shown);
    }
    player.show(0);
    expect(player.snapshot()).toMatchObject({ shown: 0, frames: { length: 3 } });
    player.step();
    await settled(player, () => player.snapshot().shown === 3);
  });

  it('hands a change over in flight where the session takes it, and starts again where not', async () => {
    const { log, start } = fakeSessions();
    const player = new LivePlayer(start);
    await player.follow(job({ p: 1, k: 2 }), 'none');
    player.step();
    await settled(player, () => player.snapshot().frames.length === 1);
    await player.follow(job({ p: 0.5, k: 2 }), 'none');
    expect(player.snapshot()).toMatchObject({ change: 'in-flight', frames: { length: 1 } });
    await player.follow(job({ p: 0.5, k: 3 }), 'none');
    expect(player.snapshot()).toMatchObject({ change: 'restarted', frames: [] });
    expect(log).toEqual(['start', 'step 1', 'set p 0.5', 'set k 3', 'stop', 'start']);
  });

  it('drops what a closed session still answers', async () => {
    const { start } = fakeSessions();
    const player = new LivePlayer(start);
    await player.follow(job({ p: 1 }), 'none');
    player.step();
    player.close();
    await Promise.resolve();
    expect(player.snapshot()).toMatchObject({ status: 'idle', frames: [] });
  });

  it('sees other data as another session', () => {
    expect(changedParams(job({ p: 1 }), job({ p: 2, q: 3 }))).toEqual([
      ['p', 2],
      ['q', 3],
    ]);
    expect(changedParams(job({ p: 1 }), job({ p: 1 }, 20))).toBeUndefined();
    expect(changedParams(job({ p: 1 }), job({}))).toBeUndefined();
  });
});
