import { describe, expect, it } from 'vitest';
import { answer } from '../engine/dp/audit/audit.ts';
import { mechanisms } from '../engine/dp/mechanisms/list.ts';
import { loadTechnique } from '../engine/kernels.ts';
import { quietContext } from '../engine/kit/context.ts';
import { techniques } from '../engine/registry.ts';
import { seededRng } from '../engine/rng/rng.ts';
import { auditQuestion, auditSubjects, bugsOf } from './audit-subjects.ts';

const subjects = auditSubjects();
const ids = subjects.map(({ id }) => id);

describe('subjects of an audit', () => {
  it('are all additive mechanisms, by their own names', () => {
    for (const { id, label } of mechanisms) {
      expect(subjects.find((subject) => subject.id === `mechanism/${id}`)?.label, id).toEqual(label);
    }
    expect(ids.filter((id) => id.startsWith('mechanism/'))).toHaveLength(mechanisms.length);
  });

  it('are all techniques that can audit themselves', async () => {
    const able: string[] = [];
    for (const { id } of techniques) if ((await loadTechnique(id)).audit !== undefined) able.push(id);
    expect(ids.filter((id) => !id.includes('/')).toSorted()).toEqual(able.toSorted());
  });

  it.each(subjects)('$id takes its questions, with every bug', async (subject) => {
    for (const bug of bugsOf(subject)) {
      const found = await answer(auditQuestion(subject, {}, bug, 200, 1), quietContext(seededRng(1)));
      expect(found.pairs.length).toBeGreaterThan(0);
    }
  });
});
