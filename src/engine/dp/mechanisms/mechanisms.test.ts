import { assert, constantFrom, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import { type AdditiveMechanism, type Change, figuresOf, halfWidthAt } from '../mechanism.ts';
import { boundedDomainScale, wholeDomainScale } from './bounded-domain-laplace.ts';
import { mechanisms } from './list.ts';
import {
  gammaForMeanError,
  gammaForVariance,
  staircaseMeanError,
  staircaseVariance,
  wholeStaircase,
} from './staircase-law.ts';
import { wholeTruncation } from './truncated-laplace.ts';

const byId = (id: string): AdditiveMechanism =>
  mechanisms.find((mechanism) => mechanism.id === id) as AdditiveMechanism;
const one: Change = { l1: 1, l2: 1, linf: 1, cells: 1, lower: 0, upper: 1000 };
const lossFor = (mechanism: AdditiveMechanism, epsilon: number) => ({
  epsilon,
  delta: mechanism.approximate ? 1e-4 : 0,
});

/** Hockey stick of two laws on the same numbers. */
const beyond = (p: ArrayLike<number>, q: ArrayLike<number>, epsilon: number): number =>
  Array.from(p).reduce((sum, mass, i) => sum + Math.max(0, mass - exp(epsilon) * (q[i] ?? 0)), 0);

describe('every additive mechanism', () => {
  /** 40,000 draws of each; means and mean squares within six deviations of what figures say: false alarms below 1e-8 each. */
  it.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))(
    '%s draws noise of the variance and size it states, fast and exact',
    (id, mechanism) => {
      const draws = 40000;
      // A truth where noise is largest: an end of the range for bounded noise, else anywhere.
      for (const epsilon of [0.4, 3]) {
        const calibrated = mechanism.calibrate(lossFor(mechanism, epsilon), { ...one, l1: 3, l2: 3, linf: 3 });
        for (const exact of [false, true]) {
          const { variance, meanAbsolute } = figuresOf(calibrated, exact);
          const truth = id === 'bounded-domain-laplace' && !exact ? 0 : 500;
          const values = new Float64Array(draws).fill(truth);
          const out = new Float64Array(draws);
          const rng = seededRng(`${id} ${epsilon} ${exact}`);
          if (exact) calibrated.release(rng, values, out);
          else calibrated.simulate(rng, values, out);
          let [size, square, fourth] = [0, 0, 0];
          for (const x of out) {
            const error = Math.abs(x - truth);
            size += error;
            square += error * error;
            fourth += error * error * error * error;
          }
          const spread = Math.sqrt(square / draws / draws);
          const spreadOfSquares = Math.sqrt(fourth / draws / draws);
          if (id === 'snapping') {
            // Stated for the worst place between two grid points.
            expect(size / draws).toBeLessThan(meanAbsolute + 6 * spread);
            expect(square / draws).toBeLessThan(variance + 6 * spreadOfSquares);
          } else {
            expect(Math.abs(size / draws - meanAbsolute), `size at ${epsilon} ${exact}`).toBeLessThan(6 * spread);
            expect(Math.abs(square / draws - variance), `variance at ${epsilon} ${exact}`).toBeLessThan(
              6 * spreadOfSquares,
            );
          }
        }
      }
    },
  );

  /** 20,000 draws; the count beyond the stated accuracy is binomial, five deviations: false alarms below 1e-6 each. */
  it.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))(
    '%s errs beyond its accuracy as rarely as it says',
    (id, mechanism) => {
      const draws = 20000;
      const calibrated = mechanism.calibrate(lossFor(mechanism, 0.7), { ...one, l1: 2, l2: 2, linf: 2 });
      for (const exact of [false, true]) {
        const figures = figuresOf(calibrated, exact);
        const values = new Float64Array(draws).fill(300);
        const out = new Float64Array(draws);
        if (exact) calibrated.release(seededRng(`${id} exact`), values, out);
        else calibrated.simulate(seededRng(`${id} fast`), values, out);
        for (const alpha of [0.5, 0.1, 0.02]) {
          const reach = figures.accuracy(alpha);
          const beyondIt = out.reduce((sum, x) => sum + (Math.abs(x - 300) >= reach ? 1 : 0), 0);
          expect(beyondIt, `${alpha} ${exact}`).toBeLessThan(draws * alpha + 5 * Math.sqrt(draws * alpha));
        }
        expect(figures.accuracy(1)).toBeLessThanOrEqual(id === 'snapping' ? 1 : 1e-9);
        expect(halfWidthAt(figures, 0.95)).toBeLessThanOrEqual(figures.accuracy(0.05));
      }
    },
  );

  it('never claims less than it costs, and its noise grows with the sensitivity and shrinks with epsilon', () => {
    assert(
      property(
        constantFrom(...mechanisms),
        double({ min: 0.02, max: 8, noNaN: true }),
        integer({ min: 1, max: 40 }),
        integer({ min: 1, max: 6 }),
        (mechanism, epsilon, linf, cells) => {
          const change = { l1: linf * cells, l2: linf * Math.sqrt(cells), linf, cells, lower: 0, upper: 1e6 };
          const loss = lossFor(mechanism, epsilon);
          const noise = mechanism.calibrate(loss, change);
          expect(noise.loss).toEqual(loss);
          const more = mechanism.calibrate(loss, { ...change, l1: 2 * change.l1, l2: 2 * change.l2, linf: 2 * linf });
          const less = mechanism.calibrate(lossFor(mechanism, epsilon * 2), change);
          expect(more.variance).toBeGreaterThan(noise.variance);
          expect(less.variance).toBeLessThan(noise.variance);
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  });

  it('refuses claims nothing can keep', () => {
    for (const mechanism of mechanisms) {
      for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => mechanism.calibrate({ epsilon, delta: 1e-5 }, one), mechanism.id).toThrow(/epsilon/);
      }
      expect(() => mechanism.calibrate({ epsilon: 1, delta: 1 }, one), mechanism.id).toThrow(/delta/);
      expect(
        () => mechanism.calibrate({ epsilon: 1, delta: 1e-5 }, { ...one, l1: 0, l2: 0, linf: 0 }),
        mechanism.id,
      ).toThrow();
      if (mechanism.approximate) expect(() => mechanism.calibrate({ epsilon: 1, delta: 0 }, one)).toThrow(/delta/);
    }
    for (const id of ['bounded-domain-laplace', 'snapping']) {
      expect(() => byId(id).calibrate({ epsilon: 1, delta: 0 }, { ...one, lower: 5, upper: 1 }), id).toThrow(/range/);
    }
  });
});

describe('laws on whole numbers, proven mass by mass', () => {
  it('staircase: masses add up to one, and no shift up to the sensitivity is e^epsilon times likelier', () => {
    for (const [epsilon, sensitivity, rise] of [
      [0.5, 1, 1],
      [1, 5, 2],
      [2.5, 7, 1],
      [0.2, 4, 4],
    ] as const) {
      const { tail, meanAbsolute, variance } = wholeStaircase({ epsilon, sensitivity, rise });
      const reach = Math.ceil(40 / epsilon) * sensitivity;
      const mass = (x: number): number => (x === 0 ? 1 - tail(1) : (tail(Math.abs(x)) - tail(Math.abs(x) + 1)) / 2);
      const all = Array.from({ length: 2 * reach + 1 }, (_, i) => mass(i - reach));
      expect(all.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      expect(all.reduce((sum, p, i) => sum + p * Math.abs(i - reach), 0)).toBeCloseTo(meanAbsolute, 9);
      expect(all.reduce((sum, p, i) => sum + p * (i - reach) * (i - reach), 0) / variance).toBeCloseTo(1, 9);
      for (let x = -3 * sensitivity; x <= 3 * sensitivity; x += 1) {
        for (let shift = 1; shift <= sensitivity; shift += 1) {
          expect(mass(x) / mass(x + shift)).toBeLessThanOrEqual(exp(epsilon) * (1 + 1e-9));
        }
      }
    }
  });

  it('truncated Laplace: the exact delta is within the claim, and a bound one shorter would break it', () => {
    for (const [epsilon, delta, d] of [
      [1, 1e-3, 1],
      [0.3, 1e-2, 4],
      [4, 1e-5, 3],
      [0.05, 0.2, 1],
    ] as const) {
      const { scale, bound } = wholeTruncation(epsilon, delta, d);
      const deltaAt = (a: number): number => {
        const masses = Array.from({ length: 2 * a + 1 + d }, (_, i) =>
          i <= 2 * a ? exp(-Math.abs(i - a) / scale) : 0,
        );
        const total = masses.reduce((x, y) => x + y, 0);
        const p = masses.map((mass) => mass / total);
        return beyond(p, [...Array.from({ length: d }, () => 0), ...p.slice(0, 2 * a + 1)], epsilon);
      };
      expect(deltaAt(bound)).toBeLessThanOrEqual(delta);
      if (bound > d) expect(deltaAt(bound - 1)).toBeGreaterThan(delta);
    }
  });

  it('bounded domain: every pair of truths is within the claim, and a hair less noise would break it', () => {
    for (const [epsilon, delta, d, width] of [
      [1, 0, 1, 6],
      [0.5, 0, 3, 10],
      [2, 0.01, 2, 5],
      [0.7, 0, 4, 4],
    ] as const) {
      const worst = (scale: number): number => {
        const law = (x: number): number[] => {
          const masses = Array.from({ length: width + 1 }, (_, y) => exp(-Math.abs(y - x) / scale));
          const total = masses.reduce((a, b) => a + b, 0);
          return masses.map((mass) => mass / total);
        };
        let most = 0;
        for (let x = 0; x <= width; x += 1) {
          for (let y = Math.max(0, x - d); y <= Math.min(width, x + d); y += 1) {
            most = Math.max(most, ...law(x).map((mass, i) => mass / (law(y)[i] as number)));
          }
        }
        return most;
      };
      const scale = wholeDomainScale(epsilon, delta, d, width);
      expect(worst(scale)).toBeLessThanOrEqual((exp(epsilon) / (1 - delta)) * (1 + 1e-12));
      expect(worst(scale * 0.999)).toBeGreaterThan(exp(epsilon) / (1 - delta));
    }
  });
});

describe('the staircase', () => {
  it('has its least mean error and variance at the stated steps', () => {
    for (const epsilon of [1e-4, 0.1, 1, 5, 12]) {
      const [l1, l2] = [gammaForMeanError(epsilon), gammaForVariance(epsilon)];
      for (const off of [0.97, 1.03]) {
        expect(staircaseMeanError(epsilon, l1 * off)).toBeGreaterThanOrEqual(
          staircaseMeanError(epsilon, l1) * (1 - 1e-12),
        );
        expect(staircaseVariance(epsilon, l2 * off)).toBeGreaterThanOrEqual(
          staircaseVariance(epsilon, l2) * (1 - 1e-12),
        );
      }
    }
  });

  it('is far better than Laplace at large epsilon', () => {
    const [stairs, laplace] = ['staircase', 'laplace'].map((id) => byId(id).calibrate({ epsilon: 8, delta: 0 }, one));
    expect((stairs?.meanAbsolute as number) / (laplace?.meanAbsolute as number)).toBeLessThan(0.2);
  });
});

describe('bounded-domain noise', () => {
  it('approaches Laplace noise for a wide range and at most doubles it', () => {
    for (const epsilon of [0.1, 1, 5]) {
      const scale = boundedDomainScale(epsilon, 0, 1, 1e9);
      expect(scale).toBeGreaterThan(1 / epsilon);
    }
    expect(boundedDomainScale(5, 0, 1, 1e9)).toBeLessThan(2 / 5);
  });

  it('stays in its range', () => {
    const noise = byId('bounded-domain-laplace').calibrate(
      { epsilon: 0.05, delta: 0 },
      { ...one, lower: -2, upper: 3 },
    );
    const values = Float64Array.from({ length: 600 }, (_, i) => (i % 8) - 3);
    const out = new Float64Array(600);
    noise.simulate(seededRng('inside'), values, out);
    expect(out.every((x) => x >= -2 && x <= 3)).toBe(true);
    noise.release(seededRng('inside'), values, out);
    expect(out.every((x) => Number.isInteger(x) && x >= -2 && x <= 3)).toBe(true);
  });
});
