import { describe, expect, it } from 'vitest';
import { erf, exp, gammaln, log } from '../kit/portable-math.ts';
import { chiSquareTail, tally } from '../testing/goodness.ts';
import { seededRng } from './rng.ts';
import { exponential, fillLaplace, fillNormal, laplace, normal } from './samplers.ts';
import { binomial } from './samplers-binomial.ts';
import { bernoulliExp, discreteLaplace, geometricExp, rationalScale } from './samplers-exact.ts';

/**
 * Seeds are fixed, so a failure is a bug. Over all seeds each test would raise a false alarm with probability 1e-6:
 * Kolmogorov-Smirnov rejects above sqrt(ln(2 / 1e-6) / 2n), chi-square where the upper tail falls below 1e-6.
 */
const ALPHA = 1e-6;

/** Largest gap between the empirical and the given distribution function, in units of its limit (above 1 = reject). */
function kolmogorov(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let gap = 0;
  for (let i = 0; i < n; i += 1) {
    const expected = cdf(sorted[i] as number);
    gap = Math.max(gap, Math.abs((i + 1) / n - expected), Math.abs(i / n - expected));
  }
  return gap / Math.sqrt(log(2 / ALPHA) / (2 * n));
}

const laplaceCdf = (x: number, b: number): number => (x < 0 ? exp(x / b) / 2 : 1 - exp(-x / b) / 2);
const normalCdf = (x: number, sigma: number): number => (1 + erf(x / (sigma * Math.SQRT2))) / 2;

describe('fast samplers', () => {
  const n = 400000;

  it('draws Laplace noise of the asked scale', () => {
    for (const scale of [0.05, 1, 300]) {
      const values = fillLaplace(seededRng(`laplace ${scale}`), new Float64Array(n), scale);
      expect(kolmogorov(values, (x) => laplaceCdf(x, scale))).toBeLessThan(1);
    }
  });

  it('draws normal noise of the asked deviation', () => {
    const values = fillNormal(seededRng('normal'), new Float64Array(n), 2.5);
    expect(kolmogorov(values, (x) => normalCdf(x, 2.5))).toBeLessThan(1);
  });

  it('has the right far tails', () => {
    // Draws beyond 9 (Laplace) and 3.9 (normal) come from the tail branch; counts are binomial.
    const rng = seededRng('tails');
    const draws = 2000000;
    let far = 0;
    let farNormal = 0;
    for (let i = 0; i < draws; i += 1) {
      if (Math.abs(laplace(rng, 1)) > 9) far += 1;
      if (Math.abs(normal(rng, 1)) > 3.9) farNormal += 1;
    }
    const within = (seen: number, p: number): boolean => Math.abs(seen - draws * p) < 5 * Math.sqrt(draws * p);
    expect(within(far, exp(-9))).toBe(true);
    expect(within(farNormal, 1 - erf(3.9 / Math.SQRT2))).toBe(true);
  });

  it('draws exponentials with mean 1', () => {
    const rng = seededRng('exponential');
    const values = Float64Array.from({ length: n }, () => exponential(rng));
    expect(kolmogorov(values, (x) => 1 - exp(-x))).toBeLessThan(1);
  });

  it('tells a scale two per cent too large from the right one', () => {
    const values = fillLaplace(seededRng('mutant'), new Float64Array(2000000), 1.02);
    expect(kolmogorov(values, (x) => laplaceCdf(x, 1))).toBeGreaterThan(1);
  });
});

describe('exact samplers', () => {
  const n = 200000;

  it('draws discrete Laplace noise with the exact masses', () => {
    for (const scale of [0.3, 1, 3.7, 40]) {
      const rational = rationalScale(scale);
      const b = rational.numerator / rational.denominator;
      const rng = seededRng(`discrete ${scale}`);
      const ratio = exp(-1 / b);
      const mass = (x: number): number => ((1 - ratio) / (1 + ratio)) * exp(-Math.abs(x) / b);
      const counts = tally(n, () => discreteLaplace(rng, rational));
      expect(chiSquareTail(counts, n, mass, -1000, 1000)).toBeGreaterThan(ALPHA);
    }
  });

  it('draws geometric variables with the exact masses', () => {
    const rng = seededRng('geometric');
    const counts = tally(n, () => geometricExp(rng, { numerator: 5, denominator: 2 }));
    const ratio = exp(-0.4);
    expect(chiSquareTail(counts, n, (x) => (1 - ratio) * exp(-0.4 * x), 0, 100)).toBeGreaterThan(ALPHA);
  });

  it('accepts with probability exp(-x)', () => {
    const rng = seededRng('coin');
    for (const x of [0, 1, 3, 7]) {
      let heads = 0;
      for (let i = 0; i < n; i += 1) heads += bernoulliExp(rng, x, 7) ? 1 : 0;
      const p = exp(-x / 7);
      // Five standard deviations: false alarm below 1e-6 a coin.
      expect(Math.abs(heads - n * p)).toBeLessThanOrEqual(5 * Math.sqrt(n * p * (1 - p)));
    }
  });

  it('never rounds a scale down', () => {
    for (const scale of [1e-7, 0.1, 1 / 3, 1, 2.1, 1000 / 3, 1e6, 2147483647.5]) {
      const { numerator, denominator } = rationalScale(scale);
      expect(numerator / denominator).toBeGreaterThanOrEqual(scale);
    }
    expect(() => rationalScale(0)).toThrow(/scale/);
  });
});

describe('binomial', () => {
  it('has the exact masses for small and large means', () => {
    const draws = 200000;
    for (const [n, p] of [
      [5, 0.3],
      [40, 0.1],
      [40, 0.9],
      [1000, 0.25],
      [1000000, 0.6],
    ] as const) {
      const rng = seededRng(`binomial ${n} ${p}`);
      const mass = (k: number): number =>
        exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * log(p) + (n - k) * log(1 - p));
      const counts = tally(draws, () => binomial(rng, n, p));
      const spread = Math.ceil(8 * Math.sqrt(n * p * (1 - p)));
      const middle = Math.round(n * p);
      const tail = chiSquareTail(counts, draws, mass, Math.max(0, middle - spread), Math.min(n, middle + spread));
      expect(tail).toBeGreaterThan(ALPHA);
    }
  });

  it('is certain at the ends', () => {
    const rng = seededRng('ends');
    expect([binomial(rng, 10, 0), binomial(rng, 10, 1), binomial(rng, 0, 0.4)]).toEqual([0, 10, 0]);
  });
});
