import { afterEach, describe, expect, it } from 'vitest';
import { fakeWorkers, type FakeOptions, type FakeWorkers } from '../../workers/testing.ts';
import type { BranchSpec, Job } from '../engine/kit/job.ts';
import { techniques } from '../engine/registry.ts';
import { planJob, planJobs } from '../scenario/plan.ts';
import type { ScenarioSpec } from '../scenario/spec.ts';
import { createRuntime } from './client.ts';
import type { Runtime } from './client.types.ts';

const spec: ScenarioSpec = {
  version: 1,
  dataset: { kind: 'embedded', id: 'tiny', rows: 400, seed: 1 },
  roles: {},
  branches: [
    { id: 'raw', steps: [] },
    ...techniques
      .filter(({ accepts }) => accepts.includes('table'))
      .map(({ id }): BranchSpec => ({ id, steps: [{ id }] })),
  ],
  metrics: [],
  attacks: [],
  seed: 5,
  repeats: 2,
};
const [raw] = planJobs(spec);
const job = raw as Job; // the scenario has a first branch
const other = (id: string, rows = 60): Job =>
  planJob({ ...spec, dataset: { kind: 'embedded', id, rows, seed: 1 } }, { id: 'raw', steps: [] });

const open: { readonly runtime: Runtime; readonly fake: FakeWorkers }[] = [];
const start = (workers: number, options: FakeOptions = {}): { runtime: Runtime; fake: FakeWorkers } => {
  const fake = fakeWorkers(options);
  const runtime = createRuntime({ workers, spawn: fake.spawn });
  open.push({ runtime, fake });
  return { runtime, fake };
};
afterEach(() => {
  for (const { runtime, fake } of open.splice(0)) {
    runtime.dispose();
    fake.closeAll();
  }
});

describe('jobs', () => {
  it('give the same digests on 1, 2 and 4 workers', { timeout: 120_000 }, async () => {
    const digests = await Promise.all(
      [1, 2, 4].map(async (workers) => {
        const { runtime } = start(workers);
        const outcomes = await Promise.all(planJobs(spec).map((each) => runtime.run(each)));
        return outcomes.map((outcome) => (outcome.status === 'ok' ? outcome.digest : JSON.stringify(outcome)));
      }),
    );
    expect(digests[1]).toEqual(digests[0]);
    expect(digests[2]).toEqual(digests[0]);
    expect(digests[0]?.filter((digest) => !/^[0-9a-f]{64}$/.test(digest))).toEqual([]);
  });

  it('are answered from the cache the second time', async () => {
    const { runtime, fake } = start(1);
    const first = await runtime.run(job);
    fake.crash(0);
    expect(await runtime.run(job)).toBe(first);
    expect(runtime.cached(job.key)).toBe(first);
    expect(fake.started()).toBe(1);
  });

  it('prefer a worker that has the dataset, and start no worker without need', async () => {
    const { runtime, fake } = start(4);
    for (const seed of [1, 2, 3]) await runtime.run(planJob({ ...spec, seed }, { id: 'raw', steps: [] }));
    expect(fake.loads).toEqual(['0:tiny']);
    await runtime.run(other('second'));
    await runtime.run(planJob({ ...spec, seed: 9 }, { id: 'raw', steps: [] }));
    expect(fake.loads).toHaveLength(2);
  });

  it('run by priority, then in order', async () => {
    const order: string[] = [];
    const { runtime } = start(1);
    const run = async (id: string, priority: number): Promise<void> => {
      await runtime.run(other(id), { priority });
      order.push(id);
    };
    await Promise.all([run('first', 0), run('low-a', 0), run('low-b', 0), run('high', 1)]);
    expect(order).toEqual(['first', 'high', 'low-a', 'low-b']);
  });

  it('fail as data, with what to do', async () => {
    const { runtime } = start(1);
    const outcome = await runtime.run(planJob(spec, { id: 'x', steps: [{ id: 'no-such-method' }] }));
    expect(outcome).toMatchObject({ status: 'failed', problem: { code: 'unsupported' } });
    const file = { kind: 'file', sha256: 'ab'.repeat(32), name: 'trips.csv' } as const;
    expect(await runtime.open(file)).toMatchObject({
      status: 'failed',
      problem: { message: expect.stringContaining('trips.csv') },
    });
  });
});

describe('cancelling', () => {
  it('settles at once and keeps the worker when it answers in time', async () => {
    const { runtime, fake } = start(1, { loading: 'slow' });
    const controller = new AbortController();
    const running = runtime.run(job, { signal: controller.signal });
    setTimeout(() => controller.abort(), 40);
    expect((await running).status).toBe('cancelled');
    expect((await runtime.run(other('next'), { signal: AbortSignal.timeout(3000) })).status).toBe('ok');
    expect(fake.started()).toBe(1);
  });

  it('ends a worker that does not answer within 200 ms, and carries on with another', async () => {
    const { runtime, fake } = start(1, { loading: 'deaf' });
    const controller = new AbortController();
    const running = runtime.run(job, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const abortedAt = performance.now();
    controller.abort();
    expect((await running).status).toBe('cancelled');
    expect(performance.now() - abortedAt).toBeLessThan(50);
    while (fake.terminated() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(performance.now() - abortedAt).toBeLessThan(250);
    expect((await runtime.run(other('next'))).status).toBe('ok');
    expect(fake.started()).toBe(2);
  });

  it('takes waiting work out of the queue, and refuses what was aborted before', async () => {
    const { runtime, fake } = start(1);
    const controller = new AbortController();
    const first = runtime.run(job);
    const waiting = runtime.run(other('never'), { signal: controller.signal });
    controller.abort();
    expect((await waiting).status).toBe('cancelled');
    expect((await first).status).toBe('ok');
    expect((await runtime.run(other('never'), { signal: controller.signal })).status).toBe('cancelled');
    expect(fake.loads).toEqual(['0:tiny']);
  });

  it('settles everything on dispose', async () => {
    const { runtime } = start(1, { loading: 'deaf' });
    const both = Promise.all([runtime.run(job), runtime.run(other('waiting'))]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    runtime.dispose();
    expect((await both).every(({ status }) => status !== 'ok')).toBe(true);
  });
});

describe('crashes', () => {
  it('are survived once: the job runs again in a new worker', async () => {
    const { runtime, fake } = start(1, {
      override: (worker, api) => (worker === 0 ? { run: () => new Promise(() => undefined) } : { run: api.run }),
    });
    const running = runtime.run(job);
    await new Promise((resolve) => setTimeout(resolve, 20));
    fake.crash(0);
    expect((await running).status).toBe('ok');
    expect(fake.started()).toBe(2);
  });

  it('become a failed outcome the second time', async () => {
    const { runtime, fake } = start(1, { override: () => ({ run: () => new Promise(() => undefined) }) });
    const running = runtime.run(job);
    for (const worker of [0, 1]) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      fake.crash(worker);
    }
    expect(await running).toMatchObject({
      status: 'failed',
      problem: { code: 'internal', message: expect.stringContaining('twice') },
    });
  });
});

describe('files', () => {
  it('are named by their digest and known to every worker, also those started later', async () => {
    const { runtime, fake } = start(2);
    const content = 'a,b\n1,2\n'.repeat(1000);
    const file = await runtime.registerFile(new File([content], 'mine.csv'));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content)));
    expect(file).toEqual({ sha256: Buffer.from(digest).toString('hex'), name: 'mine.csv', bytes: content.length });
    const ref = { kind: 'file', sha256: file.sha256, name: '' } as const;
    expect((await runtime.open(ref)).status).toBe('ok');
    fake.crash(0);
    expect((await runtime.open(ref)).status).toBe('ok');
  });
});

describe('sessions', () => {
  const live = techniques.find(({ view }) => view === 'stream');
  const liveJob = planJob(spec, { id: 'live', steps: live === undefined ? [] : [{ id: live.id }] });

  it.skipIf(live === undefined)('replay their log after a crash: frames are those of an undisturbed one', async () => {
    const frames = async (crashAfter: number): Promise<unknown> => {
      const { runtime, fake } = start(1);
      const session = await runtime.session(liveJob);
      if (session.status !== 'ok') throw new Error(JSON.stringify(session));
      for (let step = 1; step <= 4; step += 1) {
        if (step === crashAfter) fake.crash(fake.started() - 1);
        expect((await session.value.step()).status).toBe('ok');
      }
      expect((await session.value.set('no-such-parameter', 1)).status).toBe('failed');
      await session.value.stop();
      expect((await session.value.step()).status).toBe('cancelled');
      return session.value.frames.map(({ step, pictures }) => ({ step, pictures }));
    };
    expect(await frames(3)).toEqual(await frames(99));
  });

  it('are refused with a sentence where a method has none', async () => {
    const { runtime } = start(1);
    expect(await runtime.session(job)).toMatchObject({ status: 'failed', problem: { code: 'unsupported' } });
  });
});

describe('party groups', () => {
  const secret = techniques.find(({ view }) => view === 'parties');
  const branch: BranchSpec = { id: 'sums', steps: secret === undefined ? [] : [{ id: secret.id }] };

  it.skipIf(secret === undefined)(
    'open what the same protocol opens in one thread, each seeing only its own words',
    async () => {
      const { runtime } = start(1);
      const played = await runtime.protocol(planJob(spec, branch), 3);
      if (played.status !== 'ok') throw new Error(JSON.stringify(played));
      expect(played.value.map(({ party }) => party)).toEqual([0, 1, 2]);
      const whole = await runtime.run(planJob(spec, branch));
      if (whole.status !== 'ok') throw new Error(JSON.stringify(whole));
      const picture = whole.pictures.find(({ view }) => view === 'parties');
      if (picture?.view !== 'parties') throw new Error('no picture of the parties');
      for (const { opened, party, seen, sent } of played.value) {
        expect(opened.length).toBeGreaterThan(0);
        expect(opened).toEqual(played.value[0]?.opened);
        expect(sent.messages).toBeGreaterThan(0);
        const shown = picture.seen.find((view) => view.party === party)?.words ?? new Uint32Array(0);
        expect(seen.slice(0, shown.length)).toEqual(shown);
      }
    },
  );

  it('end together when one cannot play', async () => {
    const { runtime, fake } = start(1);
    expect(await runtime.protocol(job, 3)).toMatchObject({ status: 'failed', problem: { code: 'unsupported' } });
    expect(fake.terminated()).toBe(3);
    expect(await runtime.protocol(job, 99)).toMatchObject({ status: 'failed', problem: { code: 'infeasible' } });
  });
});
