import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import type { AnswersRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { smallCity } from '../testing/small-city.ts';
import { audit, descriptor, run, study } from './range-tree.ts';
import { basicComposition } from './ledger.ts';
import type { RangeAnswer } from './ranges/range-release.ts';

const defaults = defaultsOf(descriptor.params);
const city = smallCity([0, 1, 30, 30], [0, 0, 1, 1], [5, 10, 20, 59]);
const quiet = (seed = 1) => quietContext(seededRng(seed));
const released = async (overrides: Partial<typeof defaults>): Promise<AnswersRelease> =>
  (await run(city, { ...defaults, ...overrides }, quiet())) as AnswersRelease;

describe('ranges by a tree', () => {
  it('counts hours of the week where there is a time, bands of the declared range where a number is chosen', async () => {
    expect((await released({})).answers[0]?.released).toHaveLength(168);
    const fares = await released({ along: 'fare', bands: 6 });
    expect(fares.answers[0]?.truth).toEqual(Float64Array.of(1, 1, 1, 0, 0, 1));
  });

  it('charges Laplace noise level by level, Gaussian noise as a whole', async () => {
    const laplace = await released({ noise: 'laplace', strategy: 'binary', epsilon: 0.9 });
    expect(laplace.events[0]).toMatchObject({ count: 9, law: { kind: 'laplace' } });
    expect(basicComposition(laplace.events)?.epsilon).toBeCloseTo(0.9, 12);
    const gaussian = await released({ strategy: 'binary' });
    expect(gaussian.events[0]?.sensitivity).toBeCloseTo(3, 12);
    expect(gaussian.events[0]?.law?.kind).toBe('gaussian');
  });

  it('accounts for whole-number noise from the cryptographic source by its own law', async () => {
    const secure = quietContext({ ...seededRng(3), path: 'secure', fork: () => ({ ...seededRng(4), path: 'secure' }) });
    const release = await run(city, { ...defaults, noise: 'laplace', strategy: 'binary', epsilon: 0.9 }, secure);
    expect(release.events[0]).toMatchObject({ count: 9, law: { kind: 'discrete-laplace', sensitivity: 1 } });
  });

  it('answers any range of one release by adding up its cells, with the error of that very range', async () => {
    const { ask } = await study(city, defaults, quiet());
    const cells = (await released({})).answers[0]?.released as Float64Array;
    const answer = (await ask({ from: 70, to: 110 }, quiet())) as RangeAnswer;
    expect(answer.released).toBeCloseTo(
      cells.slice(70, 110).reduce((sum, value) => sum + value, 0),
      8,
    );
    expect(answer.truth).toBe(4);
    const flat = await study(city, { ...defaults, strategy: 'flat' }, quiet());
    const whole = { from: 0, to: 168 };
    expect(((await ask(whole, quiet())) as RangeAnswer).deviation).toBeLessThan(
      ((await flat.ask(whole, quiet())) as RangeAnswer).deviation / 3,
    );
    for (const wrong of [
      { from: 3, to: 3 },
      { from: -1, to: 2 },
      { from: 0, to: 169 },
      undefined,
      { from: 0.5, to: 2 },
    ]) {
      await expect(ask(wrong, quiet())).rejects.toBeInstanceOf(EngineError);
    }
  });

  it('keeps ranges within their half width in 95 % of releases, for either law', async () => {
    // 600 releases: five standard deviations of a share are 0.045, a false alarm below 1e-6.
    for (const noise of ['laplace', 'gaussian'] as const) {
      let inside = 0;
      for (let seed = 0; seed < 600; seed += 1) {
        const params = { ...defaults, noise, strategy: 'binary', along: 'fare', bands: 16 } as const;
        const { ask } = await study(city, params, quiet(seed));
        const { truth, released: noisy, halfWidth95 } = (await ask({ from: 3, to: 12 }, quiet())) as RangeAnswer;
        if (Math.abs(noisy - truth) <= halfWidth95) inside += 1;
      }
      expect(inside / 600, noise).toBeGreaterThan(0.905);
      expect(inside / 600, noise).toBeLessThan(0.995);
    }
  });

  it('refuses an axis without an order, and says what has one', async () => {
    await expect(released({ along: 'zone' })).rejects.toMatchObject({ code: 'invalid-data' });
  });

  it('can be audited: what is seen of a run is drawn through its own noise', async () => {
    const { pairs, claim } = await audit({ ...defaults, noise: 'laplace' }, quiet());
    expect(claim).toEqual({ epsilon: 1, delta: 0 });
    const out = new Float64Array(2000);
    for (const pair of pairs) {
      pair.draw(1, seededRng(1), out);
      // The loss of a pure mechanism never exceeds its epsilon.
      expect(out.every((loss) => Math.abs(loss) <= 1 + 1e-9)).toBe(true);
    }
  });
});
