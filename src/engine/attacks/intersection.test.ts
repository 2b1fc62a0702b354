import { describe, expect, it } from 'vitest';
import * as mondrian from '../anonymization/mondrian.ts';
import { rawRelease, someTrips, toyTrips } from '../anonymization/toy-trips.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { Release } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { descriptor, run } from './intersection.ts';

const ctx = quietContext(seededRng('intersection'));
const raw = rawRelease(toyTrips(someTrips(200)));
const release = (k: number, l: number) => mondrian.run(raw, { ...defaultsOf(mondrian.descriptor.params), k, l }, ctx);
const attack = async (input: Release, options = {}) => {
  const scores = await run(input, { ...defaultsOf(descriptor.params), ...options }, ctx);
  return Object.fromEntries(scores.map((score) => [score.id, score]));
};

describe('intersection', () => {
  it('gives secrets away that each of two diverse releases hides', async () => {
    const found = await attack(await release(4, 2), { k: 3, l: 2, share: 0.5 });
    expect(found['intersection']?.baseline).toBe(0);
    expect(found['intersection']?.value).toBeGreaterThan(0);
    expect(found['intersection/right']?.value).toBe(found['intersection']?.value);
    const left = found['intersection/secrets-left'];
    expect(left?.value).toBeLessThan(left?.baseline ?? 0);
  });

  it('learns nothing from the same release made again', async () => {
    const found = await attack(await release(5, 2), { share: 1, k: 5, l: 2 });
    expect(found['intersection']?.value).toBe(0);
    expect(found['intersection/secrets-left']?.value).toBe(found['intersection/secrets-left']?.baseline);
  });

  it('never loses the true secret of a target', async () => {
    for (const share of [0.3, 0.6, 0.9]) {
      const found = await attack(await release(6, 2), { share, k: 4 });
      expect(found['intersection/secrets-left']?.value).toBeGreaterThanOrEqual(1);
      expect(found['intersection/right']?.value).toBe(found['intersection']?.value);
    }
  });

  it('says when there is no second release of that k', async () => {
    await expect(attack(raw, { k: 500 })).rejects.toMatchObject({ code: 'infeasible', place: { param: 'k' } });
  });
});
