import { afterEach, describe, expect, it } from 'vitest';
import { testTechnique } from '../../workers/testing-study.ts';
import { fakeWorkers, type FakeOptions, type FakeWorkers } from '../../workers/testing.ts';
import type { WorkerApi } from './protocol.ts';
import { planJob } from '../scenario/plan.ts';
import type { ScenarioSpec } from '../scenario/spec.ts';
import { createRuntime } from './client.ts';
import type { LiveStudy, Runtime, StudyOptions } from './client.types.ts';

const spec: ScenarioSpec = {
  version: 1,
  dataset: { kind: 'embedded', id: 'tiny', rows: 10, seed: 1 },
  roles: {},
  branches: [],
  metrics: [],
  attacks: [],
  seed: 5,
  repeats: 1,
};
const job = planJob(spec, { id: 'lattice', steps: [{ id: 'test-rows' }] });
const never = (): Promise<never> => new Promise(() => undefined);
const wait = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const open: { readonly runtime: Runtime; readonly fake: FakeWorkers }[] = [];
const start = (options: FakeOptions = {}): { runtime: Runtime; fake: FakeWorkers } => {
  const fake = fakeWorkers({ technique: testTechnique, ...options });
  const runtime = createRuntime({ workers: 2, spawn: fake.spawn });
  open.push({ runtime, fake });
  return { runtime, fake };
};
const opened = async (runtime: Runtime, options?: StudyOptions): Promise<LiveStudy> => {
  const study = await runtime.study(job, options);
  if (study.status !== 'ok') throw new Error(JSON.stringify(study));
  return study.value;
};
afterEach(() => {
  for (const { runtime, fake } of open.splice(0)) {
    runtime.dispose();
    fake.closeAll();
  }
});

describe('a study', () => {
  it('is shared by its workers: a shape and an answer a part, in order', async () => {
    const { runtime, fake } = start();
    const study = await opened(runtime, { parts: 3 });
    expect(study.shapes).toEqual([
      { part: 0, rows: Float64Array.of(0, 3, 6, 9) },
      { part: 1, rows: Float64Array.of(1, 4, 7) },
      { part: 2, rows: Float64Array.of(2, 5, 8) },
    ]);
    expect(fake.started()).toBe(3);
    const answer = await study.ask(10);
    expect(answer).toMatchObject({
      status: 'ok',
      value: [
        { times: Float64Array.of(0, 30, 60, 90), part: Float64Array.of(0) },
        { times: Float64Array.of(10, 40, 70) },
        { times: Float64Array.of(20, 50, 80) },
      ],
    });
    await study.stop();
    expect(fake.terminated()).toBe(3);
    expect((await study.ask(1)).status).toBe('cancelled');
  });

  it('answers several questions at a time, and the same question the same, whatever came before', async () => {
    const { runtime } = start();
    const study = await opened(runtime, { parts: 2 });
    const [a, b, c] = await Promise.all([study.ask('draw'), study.ask(2), study.ask('draw')]);
    expect(a).toEqual(c);
    expect(b.status).toBe('ok');
    expect(await study.ask(2)).toEqual(b);
  });

  it('has as many parts as the pool has workers, within the cores', async () => {
    const { runtime } = start();
    const study = await opened(runtime);
    expect(study.shapes).toHaveLength(Math.min(2, globalThis.navigator?.hardwareConcurrency ?? 2));
  });

  it('reports the mean of its parts, never falling', async () => {
    const { runtime } = start({
      override: (worker, api) => ({
        studyOpen: async (id, name, of, share, onProgress) => {
          for (const fraction of worker === 0 ? [0.2, 0.6, 0.4] : [0.4]) {
            onProgress({ fraction, partial: worker });
            await wait();
          }
          return api.studyOpen(id, name, of, share, () => undefined);
        },
      }),
    });
    const fractions: number[] = [];
    await opened(runtime, { parts: 2, onProgress: ({ fraction }) => fractions.push(fraction) });
    expect(fractions.at(-1)).toBeCloseTo(0.5);
    expect(fractions).toEqual(fractions.toSorted((x, y) => x - y));
  });
});

describe('a study that cannot be had', () => {
  it('is refused with a sentence, and leaves no worker behind', async () => {
    const { runtime, fake } = start({
      technique: async () => {
        const { descriptor, run } = await testTechnique();
        return { descriptor, run };
      },
    });
    expect(await runtime.study(job, { parts: 2 })).toMatchObject({
      status: 'failed',
      problem: { code: 'unsupported' },
    });
    expect(fake.terminated()).toBe(2);
    expect(await runtime.study(job, { parts: 99 })).toMatchObject({
      status: 'failed',
      problem: { code: 'infeasible', place: { param: 'parts' } },
    });
  });

  it('answers what it cannot answer with the reason, and lives on', async () => {
    const { runtime, fake } = start();
    const study = await opened(runtime, { parts: 2 });
    expect(await study.ask('what?')).toMatchObject({ status: 'failed', problem: { code: 'infeasible' } });
    expect((await study.ask(1)).status).toBe('ok');
    expect(fake.started()).toBe(2);
  });
});

describe('cancelling a study', () => {
  it('while it prepares settles at once and ends its workers', async () => {
    const { runtime, fake } = start({ loading: 'deaf' });
    const controller = new AbortController();
    const preparing = runtime.study(job, { parts: 2, signal: controller.signal });
    await wait();
    controller.abort();
    expect((await preparing).status).toBe('cancelled');
    expect(fake.terminated()).toBe(2);
    expect((await runtime.study(job, { signal: controller.signal })).status).toBe('cancelled');
  });

  it('leaves what was prepared in place when only a question is cancelled', async () => {
    const { runtime, fake } = start();
    const study = await opened(runtime, { parts: 2 });
    const controller = new AbortController();
    const asking = study.ask('long', { signal: controller.signal });
    await wait();
    controller.abort();
    expect((await asking).status).toBe('cancelled');
    expect((await study.ask(1)).status).toBe('ok');
    expect(fake.started()).toBe(2);
  });

  it('settles its questions when it or the runtime ends', async () => {
    const { runtime, fake } = start();
    const [first, second] = [await opened(runtime, { parts: 1 }), await opened(runtime, { parts: 1 })];
    const asking = [first.ask('long'), second.ask('long')];
    await wait();
    await first.stop();
    runtime.dispose();
    expect(await Promise.all(asking)).toEqual([{ status: 'cancelled' }, { status: 'cancelled' }]);
    expect(fake.started()).toBe(2);
  });
});

describe('a worker that dies', () => {
  const stuck = (worker: number, api: WorkerApi): Partial<WorkerApi> => (worker === 1 ? { studyAsk: never } : api);

  it('during a question is replaced, its share prepared again, and the question put again', async () => {
    const { runtime, fake } = start({ override: stuck });
    const study = await opened(runtime, { parts: 2 });
    const asking = study.ask(10);
    await wait();
    fake.crash(1);
    expect(await asking).toMatchObject({ status: 'ok', value: [{}, { times: Float64Array.of(10, 30, 50, 70, 90) }] });
    expect(fake.started()).toBe(3);
  });

  it('between questions is replaced once for all questions that wait, though the first gives up', async () => {
    const { runtime, fake } = start();
    const study = await opened(runtime, { parts: 2 });
    fake.crash(0);
    const controller = new AbortController();
    const first = study.ask(1, { signal: controller.signal });
    const others = Promise.all([study.ask(2), study.ask(3)]);
    controller.abort();
    expect((await first).status).toBe('cancelled');
    expect((await others).map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(fake.started()).toBe(3);
  });

  it('while preparing is replaced once; the second death is a failure of the whole', async () => {
    const dying = start({ override: (worker) => (worker < 1 ? { studyOpen: never } : {}) });
    const study = dying.runtime.study(job, { parts: 1 });
    await wait();
    dying.fake.crash(0);
    expect((await study).status).toBe('ok');
    const dead = start({ override: () => ({ studyOpen: never }) });
    const lost = dead.runtime.study(job, { parts: 1 });
    for (const worker of [0, 1]) {
      await wait();
      dead.fake.crash(worker);
    }
    expect(await lost).toMatchObject({ status: 'failed', problem: { code: 'internal' } });
  });
});
