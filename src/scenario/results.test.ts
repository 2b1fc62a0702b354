import { describe, expect, it } from 'vitest';
import type { JobResult } from '../engine/kit/job.ts';
import { number } from '../engine/kit/params.ts';
import type { Score } from '../engine/kit/score.ts';
import { text } from '../engine/kit/text.ts';
import { collate, comparisonRows, studentT975, summarizeScores } from './collate.ts';
import { reduceHistory, startHistory, undoLabel } from './history.ts';
import { planJobs } from './plan.ts';
import type { ScenarioSpec } from './spec.ts';
import { gridOf, sweepJobs } from './sweep.ts';

const spec: ScenarioSpec = {
  version: 1,
  dataset: { kind: 'embedded', id: 'a', rows: 10, seed: 1 },
  roles: {},
  branches: [{ id: 'x', steps: [{ id: 'some-method', params: {} }] }],
  metrics: [],
  attacks: [],
  seed: 1,
  repeats: 3,
};
const score = (value: number): Score => ({
  id: 'error',
  label: text('Error'),
  value,
  unit: 'share',
  direction: 'lower-is-better',
  meaning: 'utility',
  provenance: 'measured',
  method: text('m'),
});
const result = (key: string, value: number): JobResult => ({
  status: 'ok',
  key,
  digest: '',
  kind: 'table',
  datasetChecksum: '',
  guarantee: { kind: 'none', why: '' },
  events: [],
  pictures: [],
  notes: [],
  scores: [score(value)],
  skipped: [],
  cost: { messages: 0, bytes: 0, rounds: 0 },
  timings: [],
});

describe('collate', () => {
  it('gives mean, deviation and a Student interval over repeats', () => {
    const outcomes = new Map(planJobs(spec).map(({ key }, at) => [key, result(key, [2, 4, 9][at] ?? 0)]));
    const [branch] = collate(spec, outcomes);
    const summary = branch?.scores[0];
    expect(branch).toMatchObject({ status: 'ok', done: 3, planned: 3 });
    expect(summary?.mean).toBe(5);
    expect(summary?.sd).toBeCloseTo(Math.sqrt(13), 12);
    // t(2) = 4.3027; 4.3027 * sqrt(13) / sqrt(3) = 8.957
    expect(summary?.interval?.high).toBeCloseTo(5 + 8.957, 3);
  });

  it('tells pending, partial and failed apart', () => {
    const jobs = planJobs(spec);
    const one = jobs[0]?.key ?? '';
    expect(collate(spec, new Map())[0]?.status).toBe('pending');
    expect(collate(spec, new Map([[one, result(one, 1)]]))[0]?.status).toBe('partial');
    const problem = { code: 'infeasible', message: 'no' } as const;
    expect(collate(spec, new Map([[one, { status: 'failed', key: one, problem }]]))[0]).toMatchObject({
      status: 'failed',
      problem,
    });
  });

  it('has quantiles of Student t as printed in tables', () => {
    expect(studentT975(1)).toBeCloseTo(12.706, 3);
    expect(studentT975(10)).toBeCloseTo(2.2281, 3);
    expect(studentT975(30)).toBeCloseTo(2.0423, 4);
  });

  it('marks a column as best only where the others lie outside its interval', () => {
    const column = (...values: number[]) => ({
      branch: { id: 'x', steps: [] },
      status: 'ok' as const,
      done: 1,
      planned: 1,
      scores: summarizeScores(values.map((value, at) => result(String(at), value))),
    });
    expect(comparisonRows([column(1, 1.1), column(5, 5.1)])[0]?.best).toEqual([0]);
    expect(comparisonRows([column(1, 9), column(5, 5.1)])[0]?.best).toEqual([]);
    expect(comparisonRows([column(1), column(5)])[0]?.range).toEqual([1, 5]);
  });
});

describe('sweeps', () => {
  const epsilon = number({ label: text('e'), help: text('e'), min: 0.01, max: 10, default: 1, scale: 'log' });

  it('space a log parameter in equal ratios, ends included', () => {
    expect(gridOf(epsilon, 4)).toEqual([0.01, 0.1, 1, 10]);
    expect(gridOf({ ...epsilon, scale: 'linear' }, 3, [1, 3])).toEqual([1, 2, 3]);
    expect(gridOf({ ...epsilon, kind: 'integer', min: 1, max: 3, scale: 'linear' }, 9)).toEqual([1, 2, 3]);
  });

  it('give one job a value and repeat, each with its own key', () => {
    const points = sweepJobs(spec, { branch: 'x', step: 0, param: 'epsilon', values: [1, 2] });
    expect(points.map(({ jobs }) => jobs.length)).toEqual([3, 3]);
    expect(new Set(points.flatMap(({ jobs }) => jobs.map(({ key }) => key))).size).toBe(6);
    expect(sweepJobs(spec, { branch: 'y', step: 0, param: 'epsilon', values: [1] })).toEqual([]);
  });
});

describe('history', () => {
  const change = (seed: number, gesture?: string) => ({
    kind: 'change' as const,
    spec: { ...spec, seed },
    label: text(`seed ${seed}`),
    ...(gesture === undefined ? {} : { gesture }),
  });

  it('takes a drag as one step and says what it undoes', () => {
    let history = startHistory(spec, text('start'));
    for (const action of [change(2, 'drag-1'), change(3, 'drag-1'), change(4, 'drag-2'), change(4)]) {
      history = reduceHistory(history, action);
    }
    expect(history.past).toHaveLength(2);
    expect(undoLabel(history)).toEqual(text('seed 4'));
    history = reduceHistory(history, { kind: 'undo' });
    expect(history.present.spec.seed).toBe(3);
    history = reduceHistory(reduceHistory(history, { kind: 'undo' }), { kind: 'undo' });
    expect(history.present.spec.seed).toBe(1);
    history = reduceHistory(reduceHistory(history, { kind: 'redo' }), { kind: 'redo' });
    expect(history.present.spec.seed).toBe(4);
    expect(reduceHistory(history, { kind: 'redo' })).toBe(history);
  });
});
