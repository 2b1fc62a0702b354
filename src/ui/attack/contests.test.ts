import { describe, expect, it } from 'vitest';
import { datasets } from '../../../datasets/list.ts';
import { attacks } from '../../engine/registry.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import { firstSpec } from '../../store/first-spec.ts';
import { besideOf, contestsOf, kindOf } from './contests.ts';

const spec = firstSpec();
const own = spec.branches[0] ?? { id: 'main', steps: [] };
const descriptor = datasets.find(({ id }) => spec.dataset.kind === 'embedded' && id === spec.dataset.id);
const presets = descriptor === undefined ? [] : standardScenarios(spec.dataset, descriptor);
const readersOf = (kind: string) => attacks.filter(({ accepts }) => accepts.some((each) => each === kind));

describe('contests of an opponent', () => {
  it('start with the release on the page and hold each job once', () => {
    for (const attack of attacks) {
      const contests = contestsOf(spec, own, attack, { id: attack.id }, presets);
      expect(contests[0]?.role).toBe('own');
      const keys = contests.flatMap(({ job }) => (job === null ? [] : [job.key]));
      const standard = contests
        .filter(({ role }) => role !== 'own')
        .flatMap(({ job }) => (job === null ? [] : [job.key]));
      expect(new Set(standard).size).toBe(standard.length);
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  it('run this attack alone, and only where the opponent can read', () => {
    for (const attack of attacks) {
      for (const { job, kind } of contestsOf(spec, own, attack, { id: attack.id }, presets)) {
        expect(job === null).toBe(!attack.accepts.includes(kind));
        if (job !== null) expect([job.attacks.map(({ id }) => id), job.metrics]).toEqual([[attack.id], []]);
      }
    }
  });

  it('stand beside the raw rows where rows can be read, else beside the least noise', () => {
    const answers = readersOf('answers').find(({ accepts }) => !accepts.includes('table'));
    const table = readersOf('table')[0];
    if (answers === undefined || table === undefined) throw new Error('an attack is missing');
    expect(besideOf(contestsOf(spec, own, answers, { id: answers.id }, presets))?.role).toBe('weak');
    expect(besideOf(contestsOf(spec, own, table, { id: table.id }, presets))?.role).toBe('raw');
  });

  it('name every scenario that has the same release', () => {
    const table = readersOf('table')[0];
    if (table === undefined) throw new Error('an attack is missing');
    const contests = contestsOf(spec, own, table, { id: table.id }, presets);
    const twice = contests.filter(({ labels }) => labels.length > 1);
    expect(twice.length).toBeGreaterThan(0);
    expect(kindOf(own)).toBe('answers');
  });
});
