import { describe, expect, it } from 'vitest';
import { quietContext } from '../src/engine/kit/context.ts';
import type { Job } from '../src/engine/kit/job.ts';
import { techniques } from '../src/engine/registry.ts';
import { seededRng } from '../src/engine/rng/rng.ts';
import { tinyDataset } from '../src/engine/testing/tiny-dataset.ts';
import { makeCheckpoint } from './checkpoint.ts';
import { datasetCache } from './dataset-cache.ts';
import { executeJob } from './execute.ts';
import { exportFile } from './export.ts';
import type { ExportFormat } from '../src/runtime/protocol.ts';
import { withHierarchies } from './hierarchies.ts';
import { measureLatency, timeProbe } from './latency.ts';
import type { ExecuteDeps } from './pipeline.ts';
import { openStudy } from './study.ts';
import { statsOf, summarize } from './summary.ts';
import { testTechnique } from './testing-study.ts';
import { wholeBuffers } from './transport.ts';

const ref = { kind: 'embedded', id: 'tiny', rows: 200, seed: 1 } as const;
const job: Job = {
  key: 'k',
  dataset: ref,
  roles: {},
  branch: { id: 'raw', steps: [] },
  metrics: [],
  attacks: [],
  seed: 1,
  repetition: 0,
};
let now = 0;
const deps: ExecuteDeps = {
  open: async () => tinyDataset(200),
  clock: () => {
    now += 1;
    return now;
  },
  checkpoint: async () => undefined,
};

describe('a job', () => {
  it('has a digest that times do not change', async () => {
    const first = await executeJob(job, deps);
    const second = await executeJob(job, { ...deps, clock: () => performance.now() });
    expect(first.status === 'ok' && second.status === 'ok' && first.digest === second.digest).toBe(true);
    expect(first).toMatchObject({
      kind: 'table',
      guarantee: { kind: 'none' },
      timings: [{ stage: 'data' }, { stage: 'measure' }],
    });
  });

  it('sees only the columns its branch may see', async () => {
    const { parts } = await exportFile({ ...job, branch: { ...job.branch, columns: ['from', 'fare'] } }, 'csv', deps);
    expect(parts[0]).toBe('from,fare\r\n');
    const outcome = await executeJob({ ...job, branch: { ...job.branch, columns: ['nowhere'] } }, deps);
    expect(outcome).toMatchObject({
      status: 'failed',
      problem: { code: 'invalid-data', place: { column: 'nowhere' } },
    });
  });

  it('names the column a role is set for in vain', async () => {
    const outcome = await executeJob({ ...job, roles: { ghost: { role: 'other' } } }, deps);
    expect(outcome).toMatchObject({
      status: 'failed',
      problem: { code: 'invalid-data', message: expect.stringContaining('ghost') },
    });
  });

  it('coarsens by the hierarchies of the user, and names the column of one that does not fit', async () => {
    const own = { fare: { kind: 'interval', origin: 0, widths: [5, 50] }, from: { kind: 'place' } } as const;
    const dataset = await withHierarchies(tinyDataset(200), own);
    expect(Object.keys(dataset.hierarchies)).toEqual(['fare', 'from']);
    expect(dataset.hierarchies['fare']?.levels.map(({ name }) => name)).toContain('width 5');
    const again = await withHierarchies({ ...dataset, hierarchies: {} }, { ...own, from: { kind: 'suppress' } });
    expect(again.hierarchies['fare']).toBe(dataset.hierarchies['fare']);
    expect(again.hierarchies['from']?.levels).toHaveLength(2);
    const suppressing: Job = {
      ...job,
      branch: { id: 'x', steps: [{ id: 'generalization', params: { k: 1, levels: { from: 1 } } }] },
    };
    const plain = await executeJob(suppressing, deps);
    const coarse = await executeJob({ ...suppressing, hierarchies: { from: { kind: 'suppress' } } }, deps);
    expect(plain.status === 'ok' && coarse.status === 'ok' && plain.digest !== coarse.digest).toBe(true);
    for (const [column, spec] of [
      ['ghost', { kind: 'suppress' }],
      ['from', { kind: 'interval', origin: 0, widths: [5] }],
    ] as const) {
      const outcome = await executeJob({ ...job, hierarchies: { [column]: spec } }, deps);
      expect(outcome).toMatchObject({ status: 'failed', problem: { message: expect.stringContaining(column) } });
    }
  });

  it('lists measures that cannot speak about its release, with the reason', async () => {
    const outcome = await executeJob({ ...job, metrics: [{ id: 'unknown-measure' }] }, deps);
    expect(outcome).toMatchObject({
      status: 'ok',
      skipped: [{ id: 'unknown-measure', problem: { code: 'unsupported' } }],
    });
  });

  it('refuses steps that do not fit together', async () => {
    const answers = techniques.find(({ produces }) => produces === 'answers');
    const steps = answers === undefined ? [] : [{ id: answers.id }, { id: answers.id }];
    const outcome = await executeJob({ ...job, branch: { id: 'x', steps } }, deps);
    if (steps.length > 0) expect(outcome).toMatchObject({ status: 'failed', problem: { code: 'unsupported' } });
  });
});

describe('a checkpoint', () => {
  it('yields every 20 ms, reports ten times a second, never falls, and cancels', async () => {
    let time = 0;
    let yields = 0;
    let cancel = false;
    const fractions: number[] = [];
    const checkpoint = makeCheckpoint({
      clock: () => time,
      yieldTask: async () => {
        yields += 1;
      },
      isCancelled: () => cancel,
      report: ({ fraction }) => fractions.push(fraction),
    });
    for (const fraction of [0.5, 0.2, 0.9]) {
      for (let i = 0; i < 50; i += 1) {
        time += 2;
        await checkpoint(fraction);
      }
    }
    expect(yields).toBe(15);
    expect(fractions).toEqual([0.5, 0.5, 0.9]);
    cancel = true;
    await expect(checkpoint(1)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the dataset cache', () => {
  it('keeps the four used last, and says which file is missing', async () => {
    const loads: number[] = [];
    const cache = datasetCache({
      embedded: async ({ seed }) => {
        loads.push(seed);
        return tinyDataset(10);
      },
      file: async () => tinyDataset(1),
    });
    const ctx = quietContext(seededRng(1));
    for (const seed of [1, 2, 3, 4, 1, 5, 1, 2]) await cache.open({ ...ref, seed }, ctx);
    expect(loads).toEqual([1, 2, 3, 4, 5, 2]);
    const file = { kind: 'file', sha256: 'ab'.repeat(32), name: 'mine.csv' } as const;
    await expect(cache.open(file, ctx)).rejects.toMatchObject({ message: expect.stringContaining('mine.csv') });
  });
});

describe('latency', () => {
  it('sizes inner loops so that the clock can tell, against a clock of 0.1 ms', async () => {
    let ticks = 0;
    const clock = (): number => Math.floor(ticks * 0.003 * 10) / 10;
    const sample = await timeProbe(
      { label: { en: 'x' }, once: () => void (ticks += 1) },
      200,
      Infinity,
      clock,
      async () => undefined,
    );
    expect(sample.repeats).toBe(200);
    expect(sample.avgMs).toBeGreaterThan(0.0027);
    expect(sample.avgMs).toBeLessThan(0.0033);
    expect(sample.minMs).toBeGreaterThan(0.0025);
  });

  it('has a row a step', { timeout: 60_000 }, async () => {
    const step = techniques.find(({ accepts }) => accepts.includes('table'));
    if (step === undefined) return;
    const rows = await measureLatency({ ...job, branch: { id: 'x', steps: [{ id: step.id }] } }, 200, {
      ...deps,
      clock: () => performance.now(),
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.minMs).toBeLessThanOrEqual(rows[0]?.p95Ms ?? 0);
  });
});

describe('a study', () => {
  const studied: Job = { ...job, branch: { id: 'x', steps: [{ id: 'test-rows' }] } };

  it('prepares its share behind the progress of the steps before it', async () => {
    const seen: number[] = [];
    const checkpoint: ExecuteDeps['checkpoint'] = async (fraction) => void seen.push(fraction);
    const study = await openStudy(studied, { part: 1, parts: 4 }, { ...deps, technique: testTechnique, checkpoint });
    expect(study.shape).toMatchObject({ part: 1, rows: { length: 50 } });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen[0]).toBeGreaterThanOrEqual(0.25);
    expect(seen.at(-1)).toBeGreaterThan(0.98);
    await expect(openStudy(job, { part: 0, parts: 1 }, deps)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('sends answers whole: buffers they fill are moved, views of larger ones are not', () => {
    const own = Float64Array.of(1, 2);
    const large = new Uint32Array(8);
    const answer = { own, again: [own], view: large.subarray(2), map: new Map([['x', { y: large.slice() }]]), n: null };
    const found = [...wholeBuffers(answer)];
    expect(found).toHaveLength(2);
    expect(found).toContain(own.buffer);
    expect(found).not.toContain(large.buffer);
  });
});

describe('exports', () => {
  it('quote what needs quotes and leave missing cells empty', async () => {
    const table = {
      rows: 2,
      columns: [
        { kind: 'category' as const, name: 'a "b", c', codes: Uint8Array.of(0, 1), levels: ['x,y', 'say "no"\nnow'] },
        { kind: 'number' as const, name: 'n', values: Float64Array.of(1.5, 0), valid: Uint8Array.of(1) },
      ],
    };
    const open = async () => ({ ...tinyDataset(0), table });
    const read = async (format: ExportFormat): Promise<string> =>
      (await exportFile(job, format, { ...deps, open })).parts.join('');
    expect(await read('csv')).toBe('"a ""b"", c",n\r\n"x,y",1.5\r\n"say ""no""\nnow",\r\n');
    const json: unknown = JSON.parse(await read('json'));
    expect(json).toEqual([
      { 'a "b", c': 'x,y', n: 1.5 },
      { 'a "b", c': 'say "no"\nnow', n: null },
    ]);
  });
});

describe('a summary', () => {
  it('counts missing and distinct values, the most frequent ones, and bins', async () => {
    const stats = statsOf(
      { kind: 'number', name: 'x', values: Float64Array.of(3, 1, 3, 9, 7), valid: Uint8Array.of(0b01111) },
      5,
    );
    expect(stats).toMatchObject({
      missing: 1,
      distinct: 3,
      min: 1,
      max: 9,
      mean: 4,
      top: [
        ['3', 2],
        ['1', 1],
        ['9', 1],
      ],
    });
    expect(stats.bins?.reduce((sum, n) => sum + n, 0)).toBe(4);
    const summary = await summarize(ref, tinyDataset(200), async () => undefined);
    expect(summary.head).toHaveLength(50);
    expect(summary.columnStats.map(({ name }) => name)).toEqual(summary.descriptor.columns.map(({ name }) => name));
  });
});
