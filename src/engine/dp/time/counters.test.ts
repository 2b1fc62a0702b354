import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../kit/portable-math.ts';
import { seededRng } from '../../rng/rng.ts';
import { normal } from '../../rng/samplers.ts';
import { lastCoefficient, squareRootCoefficients } from '../ranges/square-root.ts';
import { halfWidthOf, schemeOf } from './counters.ts';
import { decayingSums, noisePath } from './noise-paths.ts';

const ids = ['input', 'tree', 'honaker', 'square-root'] as const;

describe('counters', () => {
  it('give the true running totals where there is no noise, and so do totals revised later', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 70 }), (counts) => {
        for (const id of ids) {
          const counter = schemeOf(id, counts.length).counter((value) => value);
          let total = 0;
          for (const count of counts) {
            total += count;
            expect(counter.push(count)).toBeCloseTo(total, 6);
          }
          expect(counter.revised?.().at(-1) ?? total).toBeCloseTo(total, 6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('measure whole numbers, which one row changes by what the scheme says', () => {
    for (const id of ids) {
      for (const steps of [1, 2, 3, 8, 21]) {
        const measured = (at: number): number[] => {
          const values: number[] = [];
          const counter = schemeOf(id, steps).counter((value) => {
            values.push(value);
            return value;
          });
          for (let t = 0; t < steps; t += 1) counter.push(t === at ? 1 : 0);
          return values;
        };
        const { reach } = schemeOf(id, steps);
        const changes = Array.from({ length: steps }, (_, at) => measured(at));
        expect(changes.flat().every(Number.isInteger)).toBe(true);
        const norms = changes.map((values) => values.reduce((sum, value) => sum + value * value, 0));
        expect(Math.sqrt(Math.max(...norms))).toBeLessThanOrEqual(reach.l2 * (1 + 1e-12));
        expect(Math.sqrt(norms[0] as number)).toBeCloseTo(reach.l2, 6);
        const sums = changes.map((values) => values.reduce((sum, value) => sum + value, 0));
        expect(Math.max(...sums)).toBeLessThanOrEqual(reach.l1);
      }
    }
  });

  it('have in repeated runs the variance they state, as has the fast path of the same scheme', () => {
    // 20,000 draws of a normal variance: five standard deviations are 5 %, a false alarm below 1e-6 each.
    const steps = 23;
    for (const id of ids) {
      const scheme = schemeOf(id, steps);
      const spreads = scheme.spreads();
      const rng = seededRng(`counters ${id}`);
      const [online, path, revised] = [new Float64Array(steps), new Float64Array(steps), new Float64Array(steps)];
      const unit = id === 'square-root' ? 1048576 : 1;
      const add = (sums: Float64Array, values: Float64Array): void => {
        for (let t = 0; t < steps; t += 1)
          sums[t] = (sums[t] as number) + (values[t] as number) * (values[t] as number);
      };
      for (let i = 0; i < 20_000; i += 1) {
        const counter = scheme.counter((value) => value + normal(rng, unit));
        add(
          online,
          new Float64Array(steps).map(() => counter.push(0)),
        );
        add(path, noisePath(id, rng, 'gaussian', 1, steps));
        const later = counter.revised?.();
        if (later !== undefined) add(revised, later);
      }
      const after = scheme.revisedSpreads?.();
      for (const t of [0, 6, 15, 22]) {
        const stated = (spreads[t]?.variance ?? 0) * unit * unit;
        expect(Math.abs((online[t] as number) / 20_000 / stated - 1), `${id} ${t}`).toBeLessThan(0.05);
        expect(Math.abs((path[t] as number) / 20_000 / stated - 1), `${id} ${t}`).toBeLessThan(0.05);
        if (after !== undefined) {
          expect(Math.abs((revised[t] as number) / 20_000 / (after[t]?.variance ?? 0) - 1)).toBeLessThan(0.05);
        }
      }
    }
  });

  it('refuse a series without steps', () => {
    expect(() => schemeOf('tree', 0)).toThrow(/steps/);
    expect(() => schemeOf('square-root', 20_001)).toThrow(/steps/);
  });
});

describe('decaying sums', () => {
  it('are the coefficients of the square root to eight digits, up to a million steps', () => {
    const { weights, decays } = decayingSums(1_000_000);
    const at = (k: number): number =>
      weights.reduce((sum, weight, j) => sum + weight * powerOf(decays[j] as number, k), 0);
    for (const k of [0, 1, 2, 7, 100, 12_345, 999_999]) expect(at(k) / lastCoefficient(k + 1)).toBeCloseTo(1, 8);
    expect(squareRootCoefficients(3)).toEqual(Float64Array.of(1, 0.5, 0.375));
  });
});

const powerOf = (base: number, k: number): number => (k === 0 ? 1 : base === 0 ? 0 : exp(k * log(base)));

describe('half widths', () => {
  /** P(|sum of m unit Laplace draws| > x) for m = 1, 2, 3. */
  const tails = [
    (x: number) => exp(-x),
    (x: number) => exp(-x) * (1 + x / 2),
    (x: number) => exp(-x) * (1 + (5 * x) / 8 + (x * x) / 8),
  ];

  it('hold 95 % of sums of Laplace draws: from 94.9 to 95.4 %', () => {
    tails.forEach((tail, i) => {
      const width = halfWidthOf({ variance: i + 1, quartic: i + 1 }, 'laplace', 2);
      expect(tail(width)).toBeLessThan(0.051);
      expect(tail(width)).toBeGreaterThan(0.046);
    });
  });

  it('are the normal ones for Gaussian noise', () => {
    expect(halfWidthOf({ variance: 4, quartic: 9 }, 'gaussian', 1)).toBeCloseTo(2 * 1.959964, 5);
  });
});
