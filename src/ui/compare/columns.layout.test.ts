import { describe, expect, it } from 'vitest';
import type { Score } from '../../engine/kit/score.ts';
import { techniques } from '../../engine/registry.ts';
import type { BranchSummary, ScoreSummary } from '../../scenario/collate.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { columnOf, differenceOf, differingSettings, presenceId } from './columns.layout.ts';

const score = (id: string, meaning: Score['meaning'], direction: Score['direction'], extra = {}): Score => ({
  id,
  label: { en: id },
  value: 0,
  unit: 'share',
  direction,
  meaning,
  provenance: 'measured',
  method: { en: '' },
  ...extra,
});
const summary = (of: Score, mean: number, half?: number): ScoreSummary => ({
  id: of.id,
  score: of,
  values: [mean],
  mean,
  ...(half === undefined ? {} : { interval: { low: mean - half, high: mean + half, level: 0.95, kind: 'noise' } }),
});
const branch = (id: string, ...scores: readonly ScoreSummary[]): BranchSummary => ({
  branch: { id, steps: [] },
  status: 'ok',
  done: 1,
  planned: 1,
  scores,
});

const risk = score('risk', 'risk', 'lower-is-better');
const use = score('use', 'utility', 'higher-is-better');
const loss = score('loss', 'utility', 'lower-is-better');
const size = score('size', 'cost', 'lower-is-better');

describe('a scenario of several branches', () => {
  const column = columnOf('hybrid', [
    branch('a', summary(risk, 0.2), summary(use, 0.5), summary(loss, 0.3), summary(size, 10, 1)),
    branch('b', summary(risk, 0.6), summary(use, 0.9), summary(loss, 0.1), summary(size, 5, 1)),
  ]);
  const find = (id: string) => column.scores.find((one) => one.id === id);
  it('is as exposed as its weakest branch', () => expect(find('risk')).toMatchObject({ mean: 0.6, from: 'b' }));
  it('is as useful as its best branch', () => {
    expect(find('use')).toMatchObject({ mean: 0.9, from: 'b' });
    expect(find('loss')).toMatchObject({ mean: 0.1 });
  });
  it('costs the sum, without an interval that was never measured', () => {
    expect(find('size')?.mean).toBe(15);
    expect(find('size')?.interval).toBeUndefined();
  });
});

it('gives the question asked of every kind of release its own row', () => {
  const game = score('some-attack', 'risk', 'lower-is-better', {
    baseline: 0.5,
    interval: { low: 0.5, high: 0.7, level: 0.95, kind: 'sampling' },
  });
  expect(columnOf('x', [branch('a', summary(game, 0.6))]).scores.map(({ id }) => id)).toEqual([presenceId, game.id]);
});

describe('a difference', () => {
  it('is none while intervals overlap', () => {
    expect(differenceOf(summary(risk, 0.5, 0.1), summary(risk, 0.6, 0.1)).standing).toBe('unclear');
  });
  it('is better or worse by the direction of the score', () => {
    expect(differenceOf(summary(risk, 0.2, 0.1), summary(risk, 0.6, 0.1)).standing).toBe('better');
    expect(differenceOf(summary(use, 0.2), summary(use, 0.6)).standing).toBe('worse');
  });
});

it('lists only settings that two scenarios share and set differently', () => {
  const technique = techniques.find((one) => Object.values(one.params).some((spec) => spec.kind === 'integer'));
  const [name, param] = Object.entries(technique?.params ?? {}).find(([, spec]) => spec.kind === 'integer') ?? [];
  if (technique === undefined || name === undefined || param?.kind !== 'integer') throw new Error('kit');
  const spec = (value: number): ScenarioSpec => ({
    version: 1,
    dataset: { kind: 'embedded', id: 'x', rows: 1, seed: 1 },
    roles: {},
    branches: [{ id: 'a', steps: [{ id: technique.id, params: { [name]: value } }] }],
    metrics: [],
    attacks: [],
    seed: 1,
    repeats: 1,
  });
  const rows = differingSettings([
    spec(param.min),
    spec(param.max),
    { ...spec(1), branches: [{ id: 'a', steps: [] }] },
  ]);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.values).toEqual([String(param.min), String(param.max), undefined]);
  expect(differingSettings([spec(param.min), spec(param.min)])).toEqual([]);
});
