import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../../kernels.ts';
import type { AuditAnswer, PlantedBug } from '../../kit/audit.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf, type ParamRecord } from '../../kit/params.ts';
import { techniques } from '../../registry.ts';
import { seededRng } from '../../rng/rng.ts';
import { mechanisms } from '../mechanisms/list.ts';
import { answer } from './audit.ts';
import { drawsFor } from '../../kit/audit-draws.ts';

/** A correct mechanism is accused once in a million audits; the seeds are fixed. */
const ALPHA = 1e-6;
const BUGS = ['scale halved', 'sensitivity forgotten', 'seeded twice'] as const;
/** Techniques in which no unit moves a count by more than one: of the noise in them no sensitivity can be forgotten. */
const NO_SENSITIVITY = ['adaptive-allocation', 'top-keys', 'above-threshold', 'heavy-keys'];

const ask = (technique: string, params: ParamRecord, bug: PlantedBug, part = 1): Promise<AuditAnswer> =>
  answer(
    { technique, params, bug, draws: drawsFor(technique) / part, alpha: ALPHA, seed: 5 },
    quietContext(seededRng(1)),
  );

/** Most bugs show in a tenth of the runs, which is offered too; the others get all of them. */
async function withBug(technique: string, params: ParamRecord, bug: PlantedBug): Promise<AuditAnswer> {
  const quick = await ask(technique, params, bug, 10);
  return quick.accused ? quick : ask(technique, params, bug);
}

const ids = techniques.filter(({ family }) => family === 'dp').map(({ id }) => id);

describe.each(ids)('the audit of %s, at the runs it is offered with', (id) => {
  it('does not accuse it as it is, and says everything in both languages', { timeout: 60_000 }, async () => {
    const { descriptor } = await loadTechnique(id);
    const found = await ask(id, defaultsOf(descriptor.params), 'none');
    expect(found.accused).toBe(false);
    for (const { label, event } of found.pairs) expect((label.es ?? '') !== '' && event.es !== '').toBe(true);
  });

  it.each(BUGS)(
    'with the bug "%s" accuses it, or says that there is none to plant',
    { timeout: 60_000 },
    async (bug) => {
      const { descriptor } = await loadTechnique(id);
      const found = await withBug(id, defaultsOf(descriptor.params), bug);
      const isPlanted = bug !== 'sensitivity forgotten' || !NO_SENSITIVITY.includes(id);
      expect(found.accused).toBe(isPlanted);
      expect(found.planted?.en.startsWith('Nothing planted')).toBe(!isPlanted);
    },
  );
});

describe.each(mechanisms.map(({ id }) => id))('the audit of the bare mechanism %s', (id) => {
  it.each([
    ['exact', 1],
    ['fast', 2.1],
  ])('notices every planted bug in its %s noise at epsilon %d, and nothing without one', async (noise, epsilon) => {
    const params = { epsilon, delta: 1e-5, sensitivity: 1, noise };
    expect((await ask(`mechanism/${id}`, params, 'none')).accused).toBe(false);
    for (const bug of BUGS) expect((await withBug(`mechanism/${id}`, params, bug)).accused, bug).toBe(true);
  });
});
