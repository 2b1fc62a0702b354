import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { AnswersRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { smallCity } from '../testing/small-city.ts';
import { gaussianDelta } from './gaussian.ts';
import { audit, descriptor, run, study } from './matrix-workload.ts';
import type { RangeAnswer } from './ranges/range-release.ts';

const defaults = { ...defaultsOf(descriptor.params), along: 'fare', bands: 16 };
const city = smallCity([0, 1, 30, 30], [0, 0, 1, 1], [5, 10, 20, 59]);
const quiet = (seed = 1) => quietContext(seededRng(seed));
const released = async (overrides: Partial<typeof defaults>, ctx = quiet()): Promise<AnswersRelease> =>
  (await run(city, { ...defaults, ...overrides }, ctx)) as AnswersRelease;

describe('the matrix mechanism', () => {
  it('spends exactly its epsilon and delta on one Gaussian vector', async () => {
    for (const strategy of ['optimal', 'square-root', 'tree', 'identity'] as const) {
      const { events } = await released({ strategy, epsilon: 0.8, delta: 1e-6 });
      expect(events).toHaveLength(1);
      const { scale = 0, sensitivity, law } = events[0] ?? { sensitivity: 0 };
      expect(gaussianDelta(scale, 0.8, sensitivity) / 1e-6).toBeCloseTo(1, 6);
      expect(law).toMatchObject({ kind: 'gaussian' });
    }
  });

  it('says how close to the best possible it is proven to be', async () => {
    const { notes } = await released({});
    expect(notes.some((note) => /no strategy has an error smaller by more than [0-9.e-]+ %/.test(note.en))).toBe(true);
  });

  it('has in repeated releases the deviation it states for a range', async () => {
    // 800 draws of a normal variance: five standard deviations are 25 %, a false alarm below 1e-6.
    for (const strategy of ['optimal', 'square-root'] as const) {
      let squares = 0;
      let stated = 0;
      for (let seed = 0; seed < 800; seed += 1) {
        const params = { ...defaults, bands: 8, strategy, workload: 'prefixes' } as const;
        const { ask } = await study(city, params, quiet(seed));
        const answer = (await ask({ from: 1, to: 6 }, quiet())) as RangeAnswer;
        const error = answer.released - answer.truth;
        squares += error * error;
        stated = answer.deviation;
      }
      expect(Math.abs(squares / 800 / (stated * stated) - 1), strategy).toBeLessThan(0.25);
    }
  });

  it('draws whole-number noise from the cryptographic source and accounts for it as such', async () => {
    const secure = quietContext({ ...seededRng(3), path: 'secure' });
    const { events, answers } = await released({ strategy: 'tree' }, secure);
    expect(events[0]?.law?.kind).toBe('zcdp');
    const optimal = await released({}, secure);
    expect(Math.abs((optimal.answers[0]?.released[0] ?? 0) - 0)).toBeLessThan(200);
    expect(answers[0]?.released).toHaveLength(16);
  });

  it('can be audited in every strategy', async () => {
    for (const strategy of ['optimal', 'square-root', 'tree', 'identity'] as const) {
      const { pairs, profile } = await audit({ ...defaults, strategy }, quiet());
      expect(profile?.(0)).toBeGreaterThan(0);
      const out = new Float64Array(500);
      pairs[0]?.draw(1, seededRng(1), out);
      expect(out.every(Number.isFinite)).toBe(true);
    }
  });
});
