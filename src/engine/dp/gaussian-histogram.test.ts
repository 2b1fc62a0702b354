import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { noiseLaw, sumsNoiseScale, valueAtScale } from '../kit/preview.ts';
import { defaultsOf } from '../kit/params.ts';
import type { AnswersRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { smallCity } from '../testing/small-city.ts';
import { discreteGaussianDelta } from './discrete-gaussian.ts';
import { gaussianDelta } from './gaussian.ts';
import { descriptor, preview, run } from './gaussian-histogram.ts';
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

  it('makes a release meant to be used of exact whole numbers, whose law keeps the same claim', async () => {
    const secure = quietContext({ ...seededRng(1), path: 'secure', fork: () => ({ ...seededRng(2), path: 'secure' }) });
    const city = smallCity([0, 1, 25], [0, 0, 1], [5, 10, 20]);
    const params = { ...defaults, epsilon: 1.3, delta: 1e-6, round: false, nonNegative: false } as const;
    const release = (await run(city, params, secure)) as AnswersRelease;
    expect(basicComposition(release.events)).toEqual({ epsilon: 1.3, delta: 1e-6 });
    for (const [i, { law, mechanism, epsilon, delta }] of release.events.entries()) {
      expect(mechanism).toBe('discrete Gaussian');
      if (law?.kind !== 'discrete-gaussian') throw new Error('expected the exact law of one answer');
      expect(discreteGaussianDelta(law.sigma2, epsilon, law.sensitivity)).toBeLessThanOrEqual(delta);
      expect(discreteGaussianDelta(law.sigma2 * 0.99, epsilon, law.sensitivity)).toBeGreaterThan(delta);
      if (release.answers[i]?.of === 'counts') expect(release.answers[i]?.released.every(Number.isInteger)).toBe(true);
    }
  });

  it('has a slider whose noise is that of the release at every epsilon', async () => {
    const city = smallCity([0, 1, 25], [0, 0, 1], [5, 10, 20]);
    const bank = await preview(city, defaults, quietContext(seededRng(1)), 3);
    for (const epsilon of [0.01, 0.07, 1, 2.1, 20]) {
      const { answers } = await released({ epsilon });
      const law = noiseLaw(bank, epsilon);
      // The curve has 33 points over three decades: straight on logarithmic scales between them.
      expect(law.scale / (answers[0]?.scale ?? 0)).toBeCloseTo(1, 2);
      expect(law.halfWidth95 / (answers[0]?.halfWidth95 ?? 0)).toBeCloseTo(1, 2);
    }
    const range = descriptor.params.epsilon;
    expect(valueAtScale(bank, noiseLaw(bank, 0.5).scale, range)).toBeCloseTo(0.5, 6);
    const sums = (await released({})).answers.find(({ of }) => of === 'sums');
    expect(sumsNoiseScale(bank, defaults.epsilon) / (sums?.scale ?? 0)).toBeCloseTo(1, 2);
  });
});
