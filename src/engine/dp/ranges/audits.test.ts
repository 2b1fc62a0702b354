import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../../kernels.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf, type ParamRecord } from '../../kit/params.ts';
import { seededRng } from '../../rng/rng.ts';
import { answer } from '../audit/audit.ts';

/** A correct mechanism is accused in one of a thousand seeds; the seed is fixed, so a failure is a bug. */
const asked = async (technique: string, over: ParamRecord, bug: 'none' | 'scale halved') => {
  const { descriptor } = await loadTechnique(technique);
  const params = { ...defaultsOf(descriptor.params), ...over } as ParamRecord;
  return answer({ technique, params, bug, draws: 30_000, alpha: 1e-3, seed: 1 }, quietContext(seededRng(1)));
};

describe('the audit of ranges and streams', () => {
  it.each([
    ['range-tree', { noise: 'laplace' }],
    ['range-tree', { noise: 'gaussian', strategy: 'binary' }],
    ['matrix-workload', {}],
    ['continual-counts', { noise: 'laplace', scheme: 'honaker' }],
    ['continual-counts', { noise: 'gaussian' }],
    ['w-event', {}],
    ['w-event', { method: 'uniform' }],
  ] as const)('clears %s as it is and convicts it with half its noise: %j', async (technique, over) => {
    const honest = await asked(technique, over, 'none');
    expect(honest.accused).toBe(false);
    expect(honest.lowerBound).toBeGreaterThan(0);
    expect((await asked(technique, over, 'scale halved')).accused).toBe(true);
  });
});
