import { describe, expect, it } from 'vitest';
import type { BranchSpec } from '../engine/kit/job.ts';
import type { LatticeShape } from '../engine/kit/lattice.ts';
import {
  latticeParams,
  latticePlace,
  latticeTechnique,
  pinLevels,
  pinnedNode,
  questionOf,
  readParams,
  studyJob,
  withLatticeStep,
} from './lattice-step.ts';
import type { ScenarioSpec } from './spec.ts';

const shape: LatticeShape = {
  columns: ['zone', 'hour'],
  heights: [3, 4],
  levelNames: [
    ['zone', 'borough', '*'],
    ['minute', 'hour', 'day', '*'],
  ],
  nodes: 12,
  rows: 100,
  proof: 'exhaustive',
  evaluated: 12,
  excluded: 0,
  limit: 0.5,
  sensitive: ['fare'],
  sensitiveValues: [9],
};
const specOf = (branch: BranchSpec): ScenarioSpec => ({
  version: 1,
  dataset: { kind: 'embedded', id: 'nyc-taxi', rows: 100, seed: 1 },
  roles: {},
  branches: [branch],
  metrics: [],
  attacks: [],
  seed: 1,
  repeats: 1,
});
const params = (given: Parameters<typeof withLatticeStep>[1]) =>
  latticeParams(withLatticeStep({ id: 'a', steps: [] }, given).steps.at(-1));

describe('the lattice step of a scenario', () => {
  it('exists in this build', () => {
    expect(latticeTechnique()).toBeDefined();
  });
  it('takes the place of what formed groups or counted, and leaves pseudonyms before it', () => {
    const branch = {
      id: 'a',
      steps: [{ id: 'pseudonyms' }, { id: 'mondrian', params: { k: 9 } }, { id: 'laplace-histogram' }],
    };
    const made = withLatticeStep(branch, { k: 5 });
    expect(made.steps.map(({ id }) => id)).toEqual(['pseudonyms', latticeTechnique()?.id]);
    expect(latticePlace(specOf(made))).toEqual({ branch: 0, step: 1 });
    expect(latticePlace(specOf(branch))).toBeUndefined();
  });
  it('asks for k, for distinct l of the sensitive column, and for the further model', () => {
    expect(questionOf(params({ k: 7 }), shape).models).toEqual([{ type: 'k-anonymity', k: 7 }]);
    const asked = questionOf(params({ k: 5, l: 3, further: 't-ordered', t: 0.3, limit: 0.1 }), shape);
    expect(asked.limit).toBe(0.1);
    expect(asked.models).toEqual([
      { type: 'k-anonymity', k: 5 },
      { type: 'distinct-l', column: 'fare', l: 3 },
      { type: 't-closeness', column: 'fare', t: 0.3, distance: 'ordered' },
    ]);
  });
  it('asks nothing of sensitive values where the lattice counts none', () => {
    const blind = { ...shape, sensitive: [], sensitiveValues: [] };
    expect(questionOf(params({ k: 5, l: 3, further: 'entropy-l' }), blind).models).toEqual([
      { type: 'k-anonymity', k: 5 },
    ]);
  });
  it('hands weights over in the order of the columns, half where none is given', () => {
    expect(questionOf(params({ weights: { hour: 8 } }), shape).weights).toEqual([0.5, 0.8]);
    expect(questionOf(params({}), shape)).not.toHaveProperty('weights');
  });
  it('pins a node by its levels and finds it again', () => {
    for (let node = 0; node < shape.nodes; node += 1) {
      expect(pinnedNode(params({ levels: pinLevels(node, shape) }), shape)).toBe(node);
    }
    expect(pinnedNode(params({}), shape)).toBe(-1);
  });
});

describe('what a solution is kept for', () => {
  const jobOf = (given: Parameters<typeof withLatticeStep>[1]) => {
    const branch = withLatticeStep({ id: 'a', steps: [] }, given);
    return studyJob(specOf(branch), branch).key;
  };
  it('does not change with anything a question can ask', () => {
    const asked = { k: 20, l: 4, limit: 0.2, metric: 'discernibility', gsFactor: 0.3, further: 't-equal', t: 0.1 };
    expect(jobOf({ ...asked, weights: { zone: 2 }, levels: { zone: 1 } })).toBe(jobOf({}));
  });
  it('changes with the columns an outsider may know', () => {
    expect(jobOf({ quasiIdentifiers: ['pickupZone'] })).not.toBe(jobOf({}));
  });
});

describe('settings on show', () => {
  it('hold only the thresholds that are read', () => {
    expect(Object.keys(readParams(params({})))).not.toContain('t');
    expect(Object.keys(readParams(params({ further: 't-equal' }))).slice(0, 2)).toEqual(['further', 't']);
  });
});
