import { assert, constant, double, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../kit/errors.ts';
import { binomial as drawBinomial } from '../../rng/samplers-binomial.ts';
import { seededRng } from '../../rng/rng.ts';
import { clopperPearson, epsilonLowerBound, largestBound, oneRunEpsilon, rateAbove, rateBelow } from './binomial.ts';

const counts = integer({ min: 1, max: 100_000 }).chain((n) =>
  tuple(integer({ min: 0, max: n }), constant(n), double({ min: 1e-12, max: 0.5, noNaN: true })),
);

describe('exact binomial limits', () => {
  it('hold the observed share between them, and mirror each other', () => {
    assert(
      property(counts, ([k, n, alpha]) => {
        const [low, high] = clopperPearson(k, n, alpha);
        expect(low).toBeLessThanOrEqual(k / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(k / n - 1e-12);
        expect(low + clopperPearson(n - k, n, alpha)[1]).toBeCloseTo(1, 12);
      }),
    );
  });

  it('are the closed forms where nothing or everything happened, for any alpha', () => {
    for (const alpha of [0.5, 1e-3, 1e-12, 1e-100, 1e-290]) {
      for (const n of [1, 50, 1e6, 1e12]) {
        // (alpha / 2)^(1/n), in a form that keeps the digits of the limit next to 0.
        const limit = -Math.expm1(Math.log(alpha / 2) / n);
        expect(clopperPearson(0, n, alpha)[1] / limit).toBeCloseTo(1, 9);
        expect(1 - clopperPearson(n, n, alpha)[0]).toBeCloseTo(limit, 12);
      }
    }
  });

  it('contain the true rate as often as they say', () => {
    // 4,000 intervals at level 0.9: more than 493 misses would happen by chance with probability below 1e-6.
    const rng = seededRng('coverage');
    let misses = 0;
    for (let i = 0; i < 4000; i += 1) {
      const p = rng.uniform();
      const n = 1 + rng.int(400);
      const [low, high] = clopperPearson(drawBinomial(rng, n, p), n, 0.1);
      misses += p < low || p > high ? 1 : 0;
    }
    expect(misses).toBeLessThanOrEqual(493);
  });

  it('refuse counts that cannot be', () => {
    for (const [k, n, alpha] of [
      [3, 2, 0.05],
      [-1, 2, 0.05],
      [1.5, 2, 0.05],
      [0, 0, 0.05],
      [1, 2, 0],
      [1, 2, 1],
      [Number.NaN, 2, 0.1],
    ] as const) {
      expect(() => clopperPearson(k, n, alpha)).toThrow(EngineError);
    }
  });
});

describe('lower bounds on epsilon', () => {
  it('take the better of the event and its complement, and never fall below 0', () => {
    assert(
      property(counts, integer({ min: 0, max: 1000 }), ([k, n, alpha], other) => {
        const found = epsilonLowerBound(k, Math.min(other, n), [n, n], 0, alpha);
        expect(found).toBeGreaterThanOrEqual(0);
        // Renaming the worlds and the event at once is the same question.
        expect(epsilonLowerBound(n - Math.min(other, n), n - k, [n, n], 0, alpha)).toBeCloseTo(found, 9);
        expect(found).toBeLessThanOrEqual(largestBound(n, 0, alpha) + 1e-9);
      }),
    );
  });

  it('shrink with delta', () => {
    const at = (delta: number): number => epsilonLowerBound(900, 30, [1000, 1000], delta, 0.05);
    expect(at(0)).toBeGreaterThan(at(0.01));
    expect(at(0.95)).toBe(0);
  });

  it('of one run solve their own equation', () => {
    assert(
      property(counts, ([k, n, beta]) => {
        const epsilon = oneRunEpsilon(n, k, beta);
        const wrong = rateBelow(n - k, n, beta);
        if (epsilon === 0) expect(wrong).toBeGreaterThanOrEqual(0.5);
        else expect(1 / (1 + Math.exp(epsilon)) / wrong).toBeCloseTo(1, 9);
      }),
    );
    expect(rateAbove(0, 10, 0.1)).toBe(0);
  });
});
