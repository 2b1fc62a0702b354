import { describe, expect, it } from 'vitest';
import type { AuditAnswer, PlantedBug } from '../../kit/audit.ts';
import type { ParamRecord } from '../../kit/params.ts';
import { quietContext } from '../../kit/context.ts';
import { seededRng } from '../../rng/rng.ts';
import { mechanisms } from '../mechanisms/list.ts';
import { answer } from './audit.ts';

/** A correct mechanism is accused with probability below 1e-6 an audit. */
const ask = (id: string, params: ParamRecord, bug: PlantedBug = 'none'): Promise<AuditAnswer> =>
  answer(
    { technique: `mechanism/${id}`, params: { delta: 1e-5, ...params }, bug, draws: 40_000, alpha: 1e-6, seed: 11 },
    quietContext(seededRng(1)),
  );

const settings: readonly ParamRecord[] = [
  { epsilon: 0.5, sensitivity: 1 },
  { epsilon: 1, sensitivity: 3, noise: 'fast' },
  { epsilon: 2, sensitivity: 1, cells: 4 },
  { epsilon: 3, sensitivity: 2, cells: 2, noise: 'fast' },
];

describe.each(mechanisms.map(({ id }) => id))('mechanism %s', (id) => {
  it('is not accused, whatever is asked of it', async () => {
    for (const params of settings) {
      const found = await ask(id, params);
      expect(found.accused, JSON.stringify(params)).toBe(false);
      expect(found.claim.epsilon).toBeLessThanOrEqual(params.epsilon as number);
    }
  });

  it('is accused with any bug planted', async () => {
    for (const bug of ['scale halved', 'sensitivity forgotten', 'seeded twice'] as const) {
      for (const noise of ['exact', 'fast']) {
        const found = await ask(id, { epsilon: 1, sensitivity: 3, noise }, bug);
        expect(found.accused, `${bug}, ${noise}`).toBe(true);
      }
    }
  });
});
