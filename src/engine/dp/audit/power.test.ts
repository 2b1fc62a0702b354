import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import type { PlantedBug } from '../../kit/audit.ts';
import { seededRng } from '../../rng/rng.ts';
import { answer } from './power.ts';

const ask = (bug: PlantedBug, draws: number, audits = 10, epsilon = 1) =>
  answer(
    { technique: 'mechanism/discrete-laplace', params: { epsilon }, bug, draws, alpha: 1e-3, seed: 3, audits },
    quietContext(seededRng(1)),
  );

describe('power of an audit', () => {
  it('is complete for halved noise and enough draws, and none without a bug', async () => {
    // An honest one is accused at all in 1 of 100 runs of ten audits at alpha 1e-3; the seed is fixed.
    expect((await ask('none', 20_000)).caught.value).toBe(0);
    const { caught, middleBound } = await ask('scale halved', 20_000);
    expect(caught.value).toBe(1);
    expect(caught.low).toBeGreaterThan(0.6);
    expect(middleBound).toBeGreaterThan(1);
  });

  it('is small where few draws have to tell small losses apart', async () => {
    expect((await ask('scale halved', 200, 10, 0.05)).caught.value).toBeLessThan(0.5);
  });

  it('refuses a number of audits that is none', async () => {
    await expect(ask('none', 200, 0)).rejects.toThrow(/audits/);
  });
});
