import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../../kernels.ts';
import type { AuditAnswer, PlantedBug } from '../../kit/audit.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf, type ParamRecord } from '../../kit/params.ts';
import { techniques } from '../../registry.ts';
import { seededRng } from '../../rng/rng.ts';
import { answer } from './audit.ts';

/** Few draws, for some techniques are slow; each keeps a test of its own with more. A correct one is accused once in 1e6 audits. */
const DRAWS = 600;

async function ask(id: string, bug: PlantedBug): Promise<AuditAnswer | undefined> {
  const { audit, descriptor } = await loadTechnique(id);
  if (audit === undefined) return undefined;
  const params: ParamRecord = { ...defaultsOf(descriptor.params) };
  return answer({ technique: id, params, bug, draws: DRAWS, alpha: 1e-6, seed: 5 }, quietContext(seededRng(1)));
}

describe.each(techniques.filter(({ family }) => family === 'dp').map(({ id }) => id))('technique %s', (id) => {
  it('is not accused by its own audit', async () => {
    const found = await ask(id, 'none');
    expect(found?.accused ?? false).toBe(false);
    for (const { label, event } of found?.pairs ?? []) expect((label.es ?? '') !== '' && event.es !== '').toBe(true);
  });

  it('is accused when its noise can be subtracted', async () => {
    const found = await ask(id, 'seeded twice');
    expect(found?.accused ?? true).toBe(true);
  });
});
