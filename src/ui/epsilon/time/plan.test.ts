import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksOf, firstPlan, lagPoints, questionOf, tightest } from './plan.ts';

const promises = { release: 0.5, period: 4, window: 2, lifetime: 20 };

describe('a plan of releases', () => {
  it('asks about a whole year at the delta of the page', () => {
    const question = questionOf({ ...firstPlan, epsilon: 0.7 }, 1e-7);
    expect([question.days, question.delta, question.releaseDelta, question.epsilon]).toEqual([365, 1e-7, 1e-7, 0.7]);
  });

  it('draws renewed books as a saw between one release and one whole period', () => {
    const saw = booksOf({ promises }, { everyHours: 24, renewDays: 30, days: 70 });
    expect(saw).toEqual([
      { x: 1, y: 0.5 },
      { x: 30, y: 4 },
      { x: 31, y: 0.5 },
      { x: 60, y: 4 },
      { x: 61, y: 0.5 },
    ]);
  });

  it('never shows more than a period, and climbs in time, whatever the plan', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 24, 168), fc.constantFrom(7, 30, 91), (everyHours, renewDays) => {
        const saw = booksOf({ promises }, { everyHours, renewDays, days: 365 });
        expect(Math.max(...saw.map(({ y }) => y))).toBeLessThanOrEqual(promises.period);
        const xs = saw.map(({ x }) => x);
        expect(xs).toEqual(xs.toSorted((a, b) => a - b));
        expect(xs.at(-1)).toBeLessThanOrEqual(365);
      }),
    );
  });

  it('takes the smallest proven loss at every moment', () => {
    const lane = {
      loss: [
        { id: 'basic' as const, proves: 'bound' as const, epsilon: Float64Array.of(1, 2, 9) },
        { id: 'pld' as const, proves: 'bound' as const, epsilon: Float64Array.of(1.1, 1.5, 3) },
      ],
    };
    expect(tightest(lane, 3)).toEqual([1, 1.5, 3]);
  });

  it('keeps both ends of a series over lags', () => {
    const lags = Float64Array.from({ length: 366 }, (_, i) => i);
    const points = lagPoints(lags, lags);
    expect([points[0]?.x, points.at(-1)?.x, points.length < 80]).toEqual([0, 365, true]);
  });
});
