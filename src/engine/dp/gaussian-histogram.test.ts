import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { AnswersRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { smallCity } from '../testing/small-city.ts';
import { gaussianDelta } from './gaussian.ts';
import { descriptor, run } from './gaussian-histogram.ts';
import { basicComposition } from './ledger.ts';

const defaults = defaultsOf(descriptor.params);
const released = async (overrides: Partial<typeof defaults>): Promise<AnswersRelease> =>
  (await run(
    smallCity([0, 1, 25], [0, 0, 1], [5, 10, 20]),
    { ...defaults, ...overrides },
    quietContext(seededRng(1)),
  )) as AnswersRelease;

describe('gaussian histogram', () => {
  it('charges epsilon and delta that add up to the budget exactly', async () => {
    const { events } = await released({ epsilon: 2.1, delta: 1e-5 });
    expect(basicComposition(events)).toEqual({ epsilon: 2.1, delta: 1e-5 });
  });

  it('uses noise that meets its epsilon and delta and no more', async () => {
    const { answers } = await released({ allocation: 'location only', epsilon: 1, delta: 1e-5 });
    const sigma = answers[0]?.scale ?? 0;
    expect(gaussianDelta(sigma, 1, 1) / 1e-5).toBeCloseTo(1, 6);
  });

  it('warns of a delta that would let a row be published', async () => {
    const { notes } = await released({ delta: 0.01 });
    expect(notes.some((note) => note.en.includes('1 / 3'))).toBe(false);
    const many = smallCity(
      Array.from({ length: 200 }, () => 1),
      Array.from({ length: 200 }, () => 0),
      Array.from({ length: 200 }, () => 5),
    );
    const loud = await run(many, { ...defaults, delta: 0.01 }, quietContext(seededRng(1)));
    expect(loud.notes.some((note) => note.en.includes('1 / 200'))).toBe(true);
  });

  it('refuses to make a release meant to be used out of floating-point noise, and says what can', async () => {
    const secure = { ...seededRng(1), path: 'secure' };
    await expect(run(smallCity([0], [0], [5]), defaults, quietContext(secure))).rejects.toMatchObject({
      code: 'unsupported',
      remedy: expect.stringContaining('Laplace'),
    });
  });
});
