import { describe, expect, it } from 'vitest';
import { techniques } from '../../engine/registry.ts';
import {
  isValid,
  kindsAlong,
  moved,
  placeFor,
  releaseKind,
  shownStages,
  stages,
  withBranch,
  withTechnique,
} from './pipeline.layout.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';

const toTable = techniques.filter((one) => one.accepts.includes('table') && one.produces === 'table');
const toAnswers = techniques.filter((one) => one.produces === 'answers');
const [coarse, other] = toTable;
const [noisy, noisier] = toAnswers;
if (coarse === undefined || other === undefined || noisy === undefined || noisier === undefined) throw new Error('kit');

const branch = (...ids: readonly string[]) => ({ id: 'main', steps: ids.map((id) => ({ id })) });

describe('a branch', () => {
  it('without steps releases the table', () => {
    expect(releaseKind(branch())).toBe('table');
  });

  it('is not valid when a step cannot take what the one before releases', () => {
    expect(isValid(branch(noisy.id, coarse.id).steps)).toBe(false);
    expect(kindsAlong(branch(coarse.id, noisy.id).steps)).toEqual(['table', 'table', 'answers']);
  });

  it('takes any technique that reads tables before one that answers', () => {
    const placed = placeFor(branch(noisy.id), coarse);
    expect(placed).toEqual({ how: 'add', at: 0 });
    expect(isValid(withTechnique(branch(noisy.id), coarse, placed).steps)).toBe(true);
  });

  it('offers to replace a step where there is no place beside it', () => {
    expect(placeFor(branch(coarse.id, noisy.id), noisier)).toEqual({ how: 'replace', at: 1 });
  });

  it('does not take the same technique twice', () => {
    expect(placeFor(branch(noisy.id), noisy)).toEqual({ how: 'present' });
  });

  it('stays valid wherever a technique is placed', () => {
    for (const first of techniques.filter((one) => one.accepts.includes('table'))) {
      for (const second of techniques) {
        const placed = placeFor(branch(first.id), second);
        expect(isValid(withTechnique(branch(first.id), second, placed).steps)).toBe(true);
      }
    }
  });

  it('is drawn from left to right whatever the stages of its steps', () => {
    for (const first of toTable) {
      for (const second of techniques.filter((one) => one.accepts.includes('table'))) {
        const [a, b] = shownStages(branch(first.id, second.id).steps).map((stage) => stages.indexOf(stage));
        expect(a).toBeLessThanOrEqual(b ?? -1);
        expect(stages[b ?? -1]).toBe(second.stage);
      }
    }
  });

  it('moves steps within its ends only', () => {
    const { steps } = branch(coarse.id, other.id);
    expect(moved(steps, 0, 1).map(({ id }) => id)).toEqual([other.id, coarse.id]);
    expect(moved(steps, 0, -1)).toBe(steps);
  });
});

describe('measures', () => {
  const spec: ScenarioSpec = {
    version: 1,
    dataset: { kind: 'embedded', id: 'x', rows: 10, seed: 1 },
    roles: {},
    branches: [branch(coarse.id)],
    metrics: [],
    attacks: [],
    seed: 1,
    repeats: 1,
  };
  it('join when a branch releases another kind, and leave with it', () => {
    const answering = withBranch(spec, 0, branch(noisy.id));
    expect(answering.metrics.length).toBeGreaterThan(0);
    expect(answering.attacks.length).toBeGreaterThan(0);
    const back = withBranch(answering, 0, { id: 'main', steps: [] });
    expect(back.attacks.length).toBeGreaterThan(0);
    expect(back.attacks).not.toEqual(answering.attacks);
  });
  it('stay as chosen while the kind stays', () => {
    expect(withBranch(spec, 0, branch(coarse.id, other.id)).metrics).toEqual([]);
  });
});
