import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import { EngineError } from '../../kit/errors.ts';
import type { OverTimeAnswer, OverTimeQuestion, TimePolicyId } from '../../kit/over-time.ts';
import { exp } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import { accumulatedBelief, carried, halfLife, lossAt, updated } from './degradation.ts';
import { answer } from './over-time.ts';
import { oneRelease, policiesOf, treeSquares } from './policies.ts';

const question: OverTimeQuestion = {
  everyHours: 24,
  days: 120,
  mechanism: 'laplace',
  epsilon: 0.1,
  releaseDelta: 1e-6,
  presence: 1,
  renewDays: 30,
  windowDays: 7,
  persistence: 0.9,
  prior: 0.1,
  delta: 1e-6,
  grid: 1e-3,
};
const ask = (overrides: Partial<OverTimeQuestion> = {}): Promise<OverTimeAnswer> =>
  answer({ ...question, ...overrides }, quietContext(seededRng(1)));
const lane = ({ lanes }: OverTimeAnswer, id: TimePolicyId) =>
  lanes.find((one) => one.id === id) as (typeof lanes)[number];
const last = (values: Float64Array | undefined): number => values?.at(-1) ?? Number.NaN;

describe('releases over time', () => {
  it('cost more by every accountant the longer they go on, and least by the distribution of losses', async () => {
    const { loss } = lane(await ask(), 'fresh');
    for (const { epsilon } of loss) {
      for (let i = 1; i < epsilon.length; i += 1) {
        expect(epsilon[i] as number).toBeGreaterThanOrEqual((epsilon[i - 1] as number) * (1 - 1e-9));
      }
    }
    const by = new Map(loss.map(({ id, epsilon }) => [id, last(epsilon)]));
    expect(by.get('basic')).toBeCloseTo(12, 9);
    expect(by.get('pld') ?? 99).toBeLessThan(by.get('zcdp') ?? 0);
    expect(by.get('zcdp') ?? 99).toBeLessThan(by.get('advanced') ?? 0);
  });

  it('show a renewed budget that starts from zero while the loss goes on', async () => {
    const found = await ask();
    const [renewed, fresh] = [lane(found, 'renewed'), lane(found, 'fresh')];
    expect(Math.max(...renewed.booked)).toBeCloseTo(3, 9);
    expect(Math.min(...renewed.booked)).toBeCloseTo(0.1, 9);
    expect(renewed.promises.lifetime).toBe(fresh.promises.lifetime);
    expect(renewed.promises.lifetime).toBeGreaterThan(renewed.promises.period);
    expect(renewed.promises.period).toBeGreaterThan(renewed.promises.window);
  });

  it('charge a window once for all that happens in it, and again for every further one', async () => {
    const window = lane(await ask({ windowDays: 7 }), 'window');
    expect(window.promises.window).toBeCloseTo(0.1, 5);
    const basic = window.loss.find(({ id }) => id === 'basic');
    expect(last(basic?.epsilon)).toBeCloseTo(0.1 * Math.ceil(120 / 7), 9);
    expect(window.promises.lifetime).toBeLessThan(last(basic?.epsilon));
    const often = lane(await ask({ windowDays: 1 }), 'window');
    expect(last(often.loss.find(({ id }) => id === 'basic')?.epsilon)).toBeCloseTo(12, 9);
    expect(window.periodError).toBeCloseTo(7 * often.periodError, 9);
  });

  it('cost a unit that appears once the same under every policy', async () => {
    for (const mechanism of ['laplace', 'gaussian'] as const) {
      for (const { promises } of (await ask({ presence: 0, mechanism })).lanes) {
        expect(promises.lifetime).toBeCloseTo(0.1, 5);
        expect(promises.release).toBeCloseTo(promises.lifetime, 9);
      }
    }
  });

  it('pay for running totals with noise of one period, and get it back in the total', async () => {
    const found = await ask({ presence: 0, mechanism: 'gaussian' });
    const [fresh, root] = [lane(found, 'fresh'), lane(found, 'square-root')];
    expect(root.totalError).toBeLessThan(fresh.totalError / 2);
    expect(root.periodError).toBeGreaterThan(fresh.periodError);
  });

  it('say how long one appearance stays: once, for ever, or as often as habits bring it back', async () => {
    const event = await ask({ presence: 0 });
    expect(lane(event, 'fresh').effect.slice(0, 3)).toEqual(Float64Array.of(1, 0, 0));
    expect(lane(event, 'tree').effect.slice(0, 3)).toEqual(Float64Array.of(1, 1, 1));
    expect(lane(event, 'memoised').effect.slice(0, 3)).toEqual(Float64Array.of(1, 1, 1));
    const often = lane(await ask({ presence: 0.5, persistence: 0.5 }), 'fresh').effect;
    expect(often[1]).toBeCloseTo(0.75, 12);
    expect(last(often)).toBeCloseTo(0.5, 9);
  });

  it('refuse figures outside their domain with a remedy', async () => {
    for (const wrong of [
      { epsilon: 0 },
      { everyHours: 0.5 },
      { prior: 0 },
      { delta: 1 },
      { days: Number.NaN },
      { persistence: 2 },
    ]) {
      await expect(ask(wrong)).rejects.toBeInstanceOf(EngineError);
    }
  });

  it('answer at the ends of every domain with finite figures', async () => {
    for (const extreme of [
      { epsilon: 100, days: 30 },
      { epsilon: 1e-4 },
      { persistence: 1 },
      { persistence: 0 },
      { everyHours: 8784, days: 1 },
      { delta: 1e-200, days: 14 },
      { mechanism: 'gaussian', releaseDelta: 1e-100 },
    ] as const) {
      const { lanes, degradation } = await ask(extreme);
      for (const { loss, effect, promises, totalError } of lanes) {
        for (const { epsilon } of loss) expect([...epsilon].every(Number.isFinite)).toBe(true);
        expect([...effect, ...Object.values(promises), totalError].every(Number.isFinite)).toBe(true);
      }
      for (const series of [degradation.belief, degradation.epsilon, degradation.accumulated]) {
        expect([...series].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }
    }
  });
});

describe('temporal degradation', () => {
  const habits = fc.record({
    prior: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    persistence: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it('starts at the whole loss and only falls; the belief drifts back to the prior', () => {
    fc.assert(
      fc.property(habits, fc.double({ min: 0.01, max: 40, noNaN: true }), (habit, epsilon) => {
        expect(lossAt(habit, epsilon, 0)).toBeCloseTo(epsilon, 9);
        let before = epsilon;
        for (const day of [1, 2, 5, 30, 400]) {
          const now = lossAt(habit, epsilon, day);
          expect(now).toBeLessThanOrEqual(before + 1e-9);
          before = now;
        }
        const belief = updated(habit.prior, epsilon);
        expect(carried(habit, belief, 0)).toBeCloseTo(belief, 12);
        expect(carried({ ...habit, persistence: 0.5 }, belief, 200)).toBeCloseTo(habit.prior, 9);
      }),
    );
  });

  it('is the loss of the channel it describes: two states, randomized response, two days', () => {
    const [prior, persistence, epsilon] = [0.3, 0.8, 1.2];
    const truth = exp(epsilon) / (1 + exp(epsilon));
    const stay = [1 - prior * (1 - persistence), prior + (1 - prior) * persistence] as const;
    // P(day-0 state = 1 | day-1 state) is the same both ways: the chain is reversible.
    const past = [1 - stay[0], stay[1]] as const;
    const yes = past.map((one) => one * truth + (1 - one) * (1 - truth)) as [number, number];
    const ratio = Math.max(yes[1] / yes[0], (1 - yes[0]) / (1 - yes[1]));
    expect(exp(lossAt({ prior, persistence }, epsilon, 1))).toBeCloseTo(ratio, 10);
  });

  it('knows when half of it is gone, at once, in time or never', () => {
    const habit = { prior: 0.2, persistence: 0.9 };
    expect(lossAt(habit, 1, halfLife(habit, 1))).toBeCloseTo(0.5, 9);
    expect(halfLife({ ...habit, persistence: 1 }, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(halfLife({ ...habit, persistence: 0 }, 1)).toBe(0);
  });

  it('adds up over fresh releases to certainty where habits never change', () => {
    const lags = Float64Array.of(0, 1, 2, 300);
    const belief = accumulatedBelief({ prior: 0.1, persistence: 1 }, 0.5, 1, lags);
    expect(belief[1]).toBeCloseTo(updated(updated(0.1, 0.5), 0.5), 12);
    expect(belief[3]).toBeCloseTo(1, 12);
  });
});

describe('policies', () => {
  it('move the nodes of a tree by what a brute-force count says, for any steps and appearances', () => {
    for (let steps = 1; steps <= 20; steps += 1) {
      for (let present = 0; present <= steps; present += 1) {
        let squares = 0;
        for (let span = 1; span <= steps; span *= 2) {
          for (let start = 0; start + span <= steps; start += span) {
            const inNode = Math.max(0, Math.min(present, start + span) - start);
            squares += inNode * inNode;
          }
        }
        expect(treeSquares(steps, present)).toBe(squares);
      }
    }
  });

  it('give one appearance the law of one release', () => {
    for (const policy of policiesOf(oneRelease('gaussian', 1, 1e-5), 100, { releases: 7, epsilon: 1 })) {
      const [only] = policy.laws(1, 100);
      expect(only?.count).toBe(1);
      expect(only?.law.kind === 'gaussian' ? only.law.mu : 0).toBeLessThanOrEqual(
        (oneRelease('gaussian', 1, 1e-5).law as { mu: number }).mu * (1 + 1e-12),
      );
      expect(policy.laws(0, 100).every(({ count }) => count === 0)).toBe(true);
    }
  });
});
