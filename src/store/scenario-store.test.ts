import { beforeEach, describe, expect, it } from 'vitest';
import { firstSpec } from './first-spec.ts';
import { adopt, clearHierarchy, redo, scenario, setDataset, setHierarchy, undo } from './scenario-store.ts';

beforeEach(() => adopt(firstSpec()));

describe('hierarchies of the scenario', () => {
  it('are given and taken back, each a step of undo', () => {
    setHierarchy('from', { kind: 'suppress' });
    setHierarchy('fare', { kind: 'interval', origin: 0, widths: [5] });
    clearHierarchy('from');
    expect(Object.keys(scenario().hierarchies ?? {})).toEqual(['fare']);
    undo();
    expect(Object.keys(scenario().hierarchies ?? {})).toEqual(['from', 'fare']);
    undo();
    undo();
    expect(scenario()).toEqual(firstSpec());
    redo();
    expect(scenario().hierarchies).toEqual({ from: { kind: 'suppress' } });
    clearHierarchy();
    expect(Object.keys(scenario())).not.toContain('hierarchies');
  });

  it('of one gesture are one step', () => {
    for (const width of [1, 2, 3]) setHierarchy('fare', { kind: 'interval', origin: 0, widths: [width] }, 'drag');
    expect(scenario().hierarchies).toEqual({ fare: { kind: 'interval', origin: 0, widths: [3] } });
    undo();
    expect(scenario()).toEqual(firstSpec());
  });

  it('do not follow to another dataset', () => {
    setHierarchy('from', { kind: 'place' });
    setDataset({ kind: 'embedded', id: 'other', rows: 10, seed: 1 });
    expect(Object.keys(scenario())).not.toContain('hierarchies');
  });
});
