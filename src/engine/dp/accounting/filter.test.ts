import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrivacyEvent } from '../../kit/guarantee.ts';
import { exp } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import { filterAfter, filterRoom, filterSpend, openFilter } from './filter.ts';
import { odometerAfter, openOdometer, reading } from './odometer.ts';

const event = (epsilon: number, extra: Partial<PrivacyEvent> = {}): PrivacyEvent => ({
  what: 'count',
  on: 'zone',
  mechanism: 'Laplace',
  epsilon,
  delta: 0,
  neighbours: 'add-remove',
  unit: 'trip',
  sensitivity: 1,
  ...extra,
});

describe('filter', () => {
  it('lets through what adds up, then what its slack allows, then nothing, and forgets nothing', () => {
    let filter = openFilter({ epsilon: 1, delta: 1e-5 });
    let asked = 0;
    for (let next = filterAfter(filter, event(0.01)); next !== undefined; next = filterAfter(filter, event(0.01))) {
      filter = next;
      asked += 1;
    }
    // sqrt(2 ln(2e5) k) 0.01 + k 0.01^2 / 2 <= 1 allows k = 393 where the plain sum allows 100.
    expect(asked).toBe(393);
    expect([filter.spends, Math.round(filter.squares * 1e4)]).toEqual([asked, asked]);
    expect(() => filterSpend(filter, event(0.01))).toThrow(expect.objectContaining({ code: 'budget' }));
    expect(filterRoom(filter)).toBeLessThan(0.01);
  });

  it('is the plain sum for a pure budget, and counts repetitions', () => {
    const filter = openFilter({ epsilon: 1, delta: 0 });
    expect(filterAfter(filter, event(0.25, { count: 4 }))?.epsilons).toBe(1);
    expect(filterAfter(filter, event(0.25, { count: 5 }))).toBeUndefined();
    expect(filterAfter(filter, event(0.5, { delta: 1e-9 }))).toBeUndefined();
    expect(filterRoom(filterSpend(filter, event(0.25)))).toBeCloseTo(0.75, 12);
  });

  it('adds up rhos when it is opened for concentrated privacy, and refuses losses without one', () => {
    const filter = openFilter({ epsilon: 1, delta: 1e-6 }, 'concentrated');
    const gaussian = (mu: number): PrivacyEvent => event(1, { delta: 1e-6, law: { kind: 'gaussian', mu } });
    // rho_for(1, 1e-6) = 0.0243559...
    expect(filterAfter(filter, gaussian(Math.sqrt(2 * 0.02435)))).toBeDefined();
    expect(filterAfter(filter, gaussian(Math.sqrt(2 * 0.02436)))).toBeUndefined();
    expect(filterAfter(filter, event(0.1, { delta: 1e-9 }))).toBeUndefined();
  });

  it('refuses to add up other units or relations, and budgets that make no sense', () => {
    const filter = filterSpend(openFilter({ epsilon: 1, delta: 1e-6 }), event(0.1));
    expect(() => filterAfter(filter, event(0.1, { unit: 'person' }))).toThrow(/cannot be added/);
    expect(() => filterAfter(filter, event(0.1, { neighbours: 'replace-one' }))).toThrow(/cannot be added/);
    expect(() => openFilter({ epsilon: 0, delta: 0 })).toThrow(/epsilon/);
    expect(() => openFilter({ epsilon: 1, delta: 1 })).toThrow(/delta/);
    expect(() => openFilter({ epsilon: 1, delta: 1e-6 }, 'losses', 1e-5)).toThrow(/slack/);
    expect(() => openFilter({ epsilon: 1, delta: 0 }, 'concentrated')).toThrow(/delta/);
    expect(() => filterAfter(filter, event(Number.NaN))).toThrow(/loss/);
  });

  it('never lets the real loss of randomized response exceed its budget more often than slack, chosen adaptively', () => {
    // Whoever sees a large loss asks for more. 20,000 runs at slack 0.02; a right filter fails more than 515 times (chance 1e-6:
    // mean 400, deviation 19.8, 5.8 deviations with continuity) only by chance.
    const rng = seededRng('filter');
    let failures = 0;
    for (let run = 0; run < 20_000; run += 1) {
      let filter = openFilter({ epsilon: 1.5, delta: 0.02 }, 'losses', 0.02);
      let loss = 0;
      for (;;) {
        const epsilon = loss > 0.8 ? 0.35 : 0.2;
        const next = filterAfter(filter, event(epsilon));
        if (next === undefined) break;
        filter = next;
        loss += rng.uniform() < exp(epsilon) / (1 + exp(epsilon)) ? epsilon : -epsilon;
      }
      if (loss > 1.5) failures += 1;
    }
    expect(failures).toBeLessThan(515);
  });
});

describe('odometer', () => {
  it('reads at most the plain sum, never falls, and grows as a root of many small losses', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 0.5, noNaN: true }), { maxLength: 80 }), (epsilons) => {
        let odometer = openOdometer(1e-6);
        let last = 0;
        let sum = 0;
        for (const epsilon of epsilons) {
          odometer = odometerAfter(odometer, event(epsilon));
          sum += epsilon;
          const { epsilon: now } = reading(odometer);
          expect(now).toBeGreaterThanOrEqual(last);
          expect(now).toBeLessThanOrEqual(sum * (1 + 1e-12));
          last = now;
        }
      }),
    );
    const many = odometerAfter(openOdometer(1e-6), event(0.01, { count: 10_000 }));
    expect(reading(many).epsilon).toBeLessThan(7);
    expect(reading(many).delta).toBe(1e-6);
  });

  it('holds at every moment at once, but for its slack', () => {
    // 4,000 runs of 1,500 answers at slack 0.05: a right odometer is exceeded in more than 270 runs with chance below 1e-6
    // (mean at most 200, deviation 13.8).
    const rng = seededRng('odometer');
    const epsilon = 0.05;
    const truth = exp(epsilon) / (1 + exp(epsilon));
    let odometer = openOdometer(0.05, 1500 * epsilon * epsilon);
    const bounds = Array.from({ length: 1500 }, () => {
      odometer = odometerAfter(odometer, event(epsilon));
      return reading(odometer).epsilon;
    });
    let exceeded = 0;
    for (let run = 0; run < 4000; run += 1) {
      let loss = 0;
      for (const bound of bounds) {
        loss += rng.uniform() < truth ? epsilon : -epsilon;
        if (loss > bound + 1e-9) {
          exceeded += 1;
          break;
        }
      }
    }
    expect(exceeded).toBeLessThan(270);
  });

  it('refuses to add up other units', () => {
    const odometer = odometerAfter(openOdometer(1e-6), event(0.1));
    expect(() => odometerAfter(odometer, event(0.1, { unit: 'person' }))).toThrow(/cannot be added/);
    expect(() => openOdometer(0)).toThrow(/slack/);
  });
});
