import { describe, expect, it } from 'vitest';
import type { Job } from '../src/engine/kit/job.ts';
import { tinyDataset } from '../src/engine/testing/tiny-dataset.ts';
import { leftOutRows } from './left-out.ts';

const jobOf = (k: number): Job => ({
  key: 'k',
  dataset: { kind: 'embedded', id: 'tiny', rows: 60, seed: 1 },
  roles: {},
  branch: { id: 'a', steps: [{ id: 'generalization', params: { k } }] },
  metrics: [],
  attacks: [],
  seed: 1,
  repetition: 0,
});
const deps = { open: async () => tinyDataset(60), clock: () => 0, checkpoint: async () => undefined };

describe('rows left out', () => {
  it('are listed with their true values, and are as many as are not released', async () => {
    const all = await leftOutRows(jobOf(7), 1000, deps);
    expect(all.rows).toBe(60);
    expect(all.total).toBe(all.listed.length);
    expect(all.listed.map(({ row }) => row)).toEqual(all.listed.map(({ row }) => row).toSorted((a, b) => a - b));
    expect(all.listed.every(({ cells }) => cells.length === all.columns.length)).toBe(true);
  });
  it('are none where nothing is asked for, and are counted beyond those listed', async () => {
    expect((await leftOutRows(jobOf(1), 10, deps)).total).toBe(0);
    const some = await leftOutRows(jobOf(7), 1, deps);
    expect(some.listed.length).toBe(Math.min(1, some.total));
  });
});
