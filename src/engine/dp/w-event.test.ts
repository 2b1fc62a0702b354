import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import type { SeriesPicture } from '../kit/picture.ts';
import type { AnswersRelease } from '../kit/release.ts';
import { secureRng, seededRng } from '../rng/rng.ts';
import { fillLaplace } from '../rng/samplers.ts';
import { smallCity } from '../testing/small-city.ts';
import { sumHalfWidth, windowStream } from './time/w-event-stream.ts';
import { budgetAbsorption, budgetDistribution, sampleBudget, uniformBudget } from './time/window-budget.ts';
import { audit, descriptor, run, session } from './w-event.ts';

const defaults = defaultsOf(descriptor.params);
const methods = ['absorption', 'distribution', 'uniform', 'sample'] as const;
const plans = {
  absorption: budgetAbsorption,
  distribution: budgetDistribution,
  uniform: uniformBudget,
  sample: sampleBudget,
};
const city = smallCity([1, 30, 30, 31, 100], [0, 0, 1, 1, 0], [5, 5, 5, 5, 5]);
const released = async (overrides: Partial<typeof defaults>, seed = 1): Promise<AnswersRelease> =>
  (await run(city, { ...defaults, ...overrides }, quietContext(seededRng(seed)))) as AnswersRelease;
const seriesOf = (release: AnswersRelease): SeriesPicture => release.pictures[0] as SeriesPicture;

/** The cryptographic source's interface over seeded words. */
const cryptographic = (seed: number) => {
  const { u32 } = seededRng(seed);
  return secureRng((buffer) => {
    for (let i = 0; i < buffer.length; i += 1) buffer[i] = u32();
  });
};

describe('budgets of a window', () => {
  it('never spend more than their half (looking) or all (not looking) in any w steps, whatever is published', () => {
    const wishes = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0.01, max: 9, noNaN: true }),
        wishes,
        (w, epsilon, wanted) => {
          for (const method of methods) {
            const plan = plans[method](w, epsilon);
            const spent = wanted.map((want) => plan.settle(want && plan.offer() > 0));
            const limit = method === 'absorption' || method === 'distribution' ? epsilon / 2 : epsilon;
            for (let end = 0; end < spent.length; end += 1) {
              const recent = spent.slice(Math.max(0, end - w + 1), end + 1);
              expect(recent.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(limit * (1 + 1e-12));
            }
          }
        },
      ),
    );
  });

  it('spend what they offered and no more', () => {
    for (const method of methods) {
      const plan = plans[method](5, 1);
      for (let step = 0; step < 20; step += 1) {
        const offer = plan.offer();
        expect(plan.settle(true)).toBe(offer);
      }
    }
  });

  it('refuse a window of no steps and a budget of nothing', () => {
    expect(() => budgetDistribution(0, 1)).toThrow(EngineError);
    expect(() => budgetAbsorption(3, 0)).toThrow(EngineError);
    expect(() => uniformBudget(2.5, 1)).toThrow(EngineError);
    expect(() => sampleBudget(2, Number.NaN)).toThrow(EngineError);
  });
});

describe('a stream with a budget per window', () => {
  it('keeps every window of a release within epsilon', async () => {
    for (const method of methods) {
      const { spent } = seriesOf(await released({ method, step: 'hour', window: 24, epsilon: 2 }));
      expect(Math.max(...(spent?.epsilon ?? [9]))).toBeLessThanOrEqual(2 + 1e-9);
    }
  });

  it('repeats the last answer while nothing changes, and answers afresh after a jump', () => {
    const stream = windowStream({ method: 'absorption', window: 5, epsilon: 2, rows: 1 }, 1, seededRng(1));
    const level = (step: number) => Float64Array.of(step < 60 ? 1000 : 4000);
    const fresh: number[] = [];
    let last = 0;
    for (let step = 0; step < 80; step += 1) {
      const outcome = stream.push(level(step));
      if (outcome.isFresh) fresh.push(step);
      last = outcome.released[0] as number;
    }
    expect(fresh[0]).toBe(0);
    expect(fresh.some((step) => step >= 60 && step < 66)).toBe(true);
    expect(fresh.length).toBeLessThan(40);
    expect(Math.abs(last - 4000)).toBeLessThan(400);
  });

  it('is closer to a quiet stream than the same noise at every step', () => {
    const quietCounts = new Float64Array(50).fill(500);
    const error = (method: (typeof methods)[number]): number => {
      let sum = 0;
      for (let seed = 0; seed < 40; seed += 1) {
        const stream = windowStream({ method, window: 20, epsilon: 1, rows: 1 }, 50, seededRng(seed));
        for (let step = 0; step < 100; step += 1) {
          sum += Math.abs((stream.push(quietCounts).released[0] as number) - 500);
        }
      }
      return sum;
    };
    expect(error('absorption')).toBeLessThan(error('uniform'));
    expect(error('distribution')).toBeLessThan(error('uniform'));
  });

  it('gives a fresh answer an interval that holds in 95 % of cases, and a repeated one none', async () => {
    // 20,000 sums: five standard deviations of the share are 0.008, a false alarm below 1e-6.
    const rng = seededRng('sums');
    for (const cells of [1, 2, 7, 60]) {
      const width = sumHalfWidth(cells, 3);
      const draws = new Float64Array(cells);
      let inside = 0;
      for (let i = 0; i < 20_000; i += 1) {
        const sum = fillLaplace(rng, draws, 3).reduce((total, value) => total + value, 0);
        if (Math.abs(sum) <= width) inside += 1;
      }
      expect(Math.abs(inside / 20_000 - 0.95), String(cells)).toBeLessThan(0.008);
    }
    expect(sumHalfWidth(1000, 1) / sumHalfWidth(500, 1)).toBeCloseTo(Math.SQRT2, 2);
    const { fresh, halfWidth95 } = seriesOf(await released({ step: 'hour' }));
    fresh?.forEach((isFresh, i) => expect((halfWidth95[i] as number) > 0).toBe(isFresh === 1));
  });

  it('counts places side by side, and releases whole numbers from the cryptographic source', async () => {
    const ctx = quietContext(cryptographic(3));
    const release = (await run(city, { ...defaults, cells: 'places' }, ctx)) as AnswersRelease;
    expect(release.answers[0]?.dims.map(({ levels }) => levels.length)).toEqual([7, 3]);
    expect([...(release.answers[0]?.released ?? [0.5])].every(Number.isInteger)).toBe(true);
  });

  it('promises for a person a window, not a lifetime, and says what lies beyond', async () => {
    const release = await released({ protects: 'entity', window: 3 });
    expect(release.guarantee).toMatchObject({ kind: 'dp', unit: 'traveller in any 3 steps' });
    expect(release.notes.some((note) => note.en.includes('over longer times the loss adds up'))).toBe(true);
    expect(descriptor.guarantee({ ...defaults, protects: 'entity', window: 3 }, 'traveller')).toEqual(
      release.guarantee,
    );
  });

  it('gives the frames of its session, the last of which is its run', async () => {
    const live = await session(city, defaults, quietContext(seededRng(4)));
    let frame: AnswersRelease | undefined;
    for (let i = 0; i < (live.steps ?? 0); i += 1) {
      frame = (await live.step(quietContext(seededRng(9)))) as AnswersRelease;
    }
    expect(frame?.answers[0]?.released).toEqual((await released({}, 4)).answers[0]?.released);
    expect(() => live.set('window', 3)).toThrow(EngineError);
  });

  it('can be audited through the very stream it runs', async () => {
    const { pairs, claim } = await audit(defaults);
    expect(claim.epsilon).toBe(1);
    const out = new Float64Array(200);
    for (const pair of pairs) {
      pair.draw(1, seededRng(1), out);
      expect(out.every(Number.isFinite)).toBe(true);
    }
  });
});
