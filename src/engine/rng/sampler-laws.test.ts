import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erf, exp } from '../kit/portable-math.ts';
import { chiSquareTail, tally } from '../testing/goodness.ts';
import { expNegative } from './certified-exp.ts';
import { compare, positive, ratio, times, toNumber } from './ratio.ts';
import { secureRng, seededRng } from './rng.ts';
import { bernoulliSampler, ExpCoin, randomizedResponseSampler } from './sampler-bernoulli.ts';
import { discreteGaussianSampler } from './sampler-discrete-gaussian.ts';
import { discreteLaplaceSampler } from './sampler-discrete-laplace.ts';
import { geometricSampler } from './sampler-geometric.ts';
import { exponentialMechanismSampler, permuteAndFlipSampler } from './sampler-selection.ts';
import { staircaseSampler } from './sampler-staircase.ts';
import { boundedLaplaceSampler, truncatedLaplaceSampler } from './sampler-truncated.ts';
import { uniformBelow } from './words.ts';

/**
 * Samplers with words of 32 bits against exact masses, by chi-square: each test would raise a false alarm with probability 1e-6 over all
 * seeds; seeds are fixed, so a failure is a bug. `sampler-proofs.test.ts` walks the same code over all tapes of short words.
 */
const ALPHA = 1e-6;
const n = 300000;

/** P(a <= X <= b) of the discrete Laplace, from its closed distribution function. */
function laplaceMass(scale: number, a: number, b: number): number {
  const r = exp(-1 / scale);
  const above = (x: number): number => (x > 0 ? exp(-x / scale) / (1 + r) : 1 - exp((x - 1) / scale) / (1 + r));
  return above(a) - above(b + 1);
}

const binned = (width: number, draw: () => number) => tally(n, () => Math.floor(draw() / width));

describe('exact samplers at full word size', () => {
  it('discrete Laplace has its masses at scales of one, two, three and five words', () => {
    for (const scale of [0.2, 0.7, 3.7, 16, 40, 1000, 1e6, 3e12]) {
      const { words } = seededRng(`laplace ${scale}`);
      const sampler = discreteLaplaceSampler(ratio(scale));
      const width = Math.max(1, Math.floor(scale / 8));
      const counts = binned(width, () => sampler.draw(words));
      const mass = (bin: number): number => laplaceMass(scale, bin * width, (bin + 1) * width - 1);
      expect(chiSquareTail(counts, n, mass, -200, 200)).toBeGreaterThan(ALPHA);
    }
  });

  it('its low digits are right too', () => {
    const { words } = seededRng('digits');
    const sampler = discreteLaplaceSampler(ratio(5000));
    // Residues of |x| + [x < 0] modulo 4: geometric, cut off.
    const counts = tally(n, () => {
      const x = sampler.draw(words);
      return (x < 0 ? -1 - x : x) % 4;
    });
    const r = exp(-1 / 5000);
    const power = [1, r, r * r, r * r * r];
    const total = power.reduce((sum, p) => sum + p, 0);
    expect(chiSquareTail(counts, n, (x) => (power[x] as number) / total, 0, 3)).toBeGreaterThan(ALPHA);
  });

  it('a scale two per cent too small is told from the right one', () => {
    const { words } = seededRng('two per cent');
    const sampler = discreteLaplaceSampler(ratio(0.98 * 3.7));
    const counts = tally(n, () => sampler.draw(words));
    expect(chiSquareTail(counts, n, (x) => laplaceMass(3.7, x, x), -200, 200)).toBeLessThan(ALPHA);
  });

  it('geometric has its masses', () => {
    for (const scale of [0.3, 2.5, 300]) {
      const { words } = seededRng(`geometric ${scale}`);
      const sampler = geometricSampler(ratio(scale));
      const width = Math.max(1, Math.floor(scale / 8));
      const counts = binned(width, () => sampler.draw(words));
      const mass = (bin: number): number => exp((-bin * width) / scale) - exp((-(bin + 1) * width) / scale);
      expect(chiSquareTail(counts, n, mass, 0, 400)).toBeGreaterThan(ALPHA);
    }
  });

  it('discrete Gaussian has its masses from one table and by blocks', () => {
    for (const variance of [0.1, 1, 100, 1023, 1025, 1e6]) {
      const { words } = seededRng(`gaussian ${variance}`);
      const sampler = discreteGaussianSampler(ratio(variance));
      const sigma = Math.sqrt(variance);
      const width = Math.max(1, Math.floor(sigma / 8));
      const reach = Math.ceil(12 * sigma) + 4;
      let total = 0;
      for (let x = -reach; x <= reach; x += 1) total += exp((-x * x) / (2 * variance));
      const mass = (bin: number): number => {
        let sum = 0;
        for (let x = bin * width; x < (bin + 1) * width; x += 1) sum += exp((-x * x) / (2 * variance));
        return sum / total;
      };
      const counts = binned(width, () => sampler.draw(words));
      expect(chiSquareTail(counts, n, mass, -120, 120)).toBeGreaterThan(ALPHA);
    }
  });

  it('discrete Gaussian of a huge variance is the normal law on its scale', () => {
    const { words } = seededRng('huge');
    const sampler = discreteGaussianSampler(ratio(1e24));
    const counts = binned(1e11, () => sampler.draw(words));
    const cdf = (x: number): number => (1 + erf(x / Math.SQRT2)) / 2;
    expect(chiSquareTail(counts, n, (bin) => cdf((bin + 1) / 10) - cdf(bin / 10), -80, 80)).toBeGreaterThan(ALPHA);
  });

  it('staircase has its masses', () => {
    const { words } = seededRng('staircase');
    const sampler = staircaseSampler(0.7, 5, 2);
    const weight = (x: number): number => {
      const stage = Math.floor(Math.abs(x) / 5);
      return exp(-0.7 * (stage + (Math.abs(x) - 5 * stage < 2 ? 0 : 1)));
    };
    let total = 0;
    for (let x = -1000; x <= 1000; x += 1) total += weight(x);
    const counts = tally(n, () => sampler.draw(words));
    expect(chiSquareTail(counts, n, (x) => weight(x) / total, -200, 200)).toBeGreaterThan(ALPHA);
  });

  it('bounded Laplace has its masses in ranges wider and narrower than its scale', () => {
    for (const [scale, lower, upper, truth] of [
      [3, -5, 20, -5],
      [40, -5, 20, 3],
    ] as const) {
      const { words } = seededRng(`bounded ${scale}`);
      const sampler = boundedLaplaceSampler(scale, lower, upper);
      const weight = (y: number): number => exp(-Math.abs(y - truth) / scale);
      let total = 0;
      for (let y = lower; y <= upper; y += 1) total += weight(y);
      const counts = tally(n, () => sampler.drawAround(words, truth));
      expect(chiSquareTail(counts, n, (y) => weight(y) / total, lower, upper)).toBeGreaterThan(ALPHA);
    }
    expect(truncatedLaplaceSampler(5, 0).draw(seededRng('zero').words)).toBe(0);
  });

  it('selection has its masses', () => {
    // Scores 3, 1, 0 with rate 1/2: exact values by hand.
    const [p, q] = [exp(-1), exp(-1.5)];
    const exponential = [1 / (1 + p + q), p / (1 + p + q), q / (1 + p + q)];
    const one = p * (1 / 3 + (1 - q) / 6);
    const two = q * (1 / 3 + (1 - p) / 6);
    for (const [sampler, mass] of [
      [exponentialMechanismSampler([3, 1, 0], 0.5), exponential],
      [permuteAndFlipSampler([3, 1, 0], 0.5), [1 - one - two, one, two]],
    ] as const) {
      const { words } = seededRng('selection');
      const counts = tally(n, () => sampler.draw(words));
      expect(chiSquareTail(counts, n, (i) => mass[i] as number, 0, 2)).toBeGreaterThan(ALPHA);
    }
  });

  it('coins and randomized response have their odds', () => {
    const { words } = seededRng('coins');
    const third = bernoulliSampler(ratio(1, 3));
    const coin = new ExpCoin(ratio(1, 7));
    const response = randomizedResponseSampler(1, 4);
    const counts = tally(n, () => third.draw(words) + 2 * (coin.flip(words, 3) ? 1 : 0));
    const [a, b] = [1 / 3, exp(-3 / 7)];
    const mass = [(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b];
    expect(chiSquareTail(counts, n, (x) => mass[x] as number, 0, 3)).toBeGreaterThan(ALPHA);
    const reports = tally(n, () => response.report(words, 2));
    const told = exp(1) / (exp(1) + 3);
    expect(chiSquareTail(reports, n, (x) => (x === 2 ? told : (1 - told) / 3), 0, 3)).toBeGreaterThan(ALPHA);
  });

  it('uniform numbers beyond 32 bits reach their range', () => {
    const { words } = seededRng('uniform');
    const top = 3 * 1125899906842624;
    const counts = binned(top / 24, () => uniformBelow(words, top));
    expect(chiSquareTail(counts, n, () => 1 / 24, 0, 23)).toBeGreaterThan(ALPHA);
    expect(() => uniformBelow(words, 0)).toThrow(/uniformBelow/);
  });

  it('filling is drawing one by one', () => {
    for (const sampler of [
      discreteLaplaceSampler(ratio(300)),
      discreteGaussianSampler(ratio(5)),
      discreteGaussianSampler(ratio(5000)),
      geometricSampler(ratio(4)),
      staircaseSampler(1, 3, 1),
    ]) {
      const filled = sampler.fill(seededRng('fill'), new Float64Array(500));
      const { words } = seededRng('fill');
      expect(Array.from(filled)).toEqual(Array.from(filled, () => sampler.draw(words)));
      expect(filled.some((x) => Object.is(x, -0) || !Number.isInteger(x))).toBe(false);
    }
  });

  it('absurd parameters are refused with the name of the parameter', () => {
    expect(() => discreteLaplaceSampler(ratio(0))).toThrow(/scale/);
    expect(() => discreteLaplaceSampler(ratio(1e300))).toThrow(/scale/);
    expect(() => discreteGaussianSampler(ratio(-1))).toThrow(/variance/);
    expect(() => staircaseSampler(1, 3, 4)).toThrow(/inner/);
    expect(() => staircaseSampler(NaN, 3, 1)).toThrow(/epsilon/);
    expect(() => boundedLaplaceSampler(1, 3, 2)).toThrow(/bounds/);
    expect(() => boundedLaplaceSampler(1, 0, 2).drawAround(seededRng('x').words, 3)).toThrow(/truth/);
    expect(() => permuteAndFlipSampler([], 1)).toThrow(/scores/);
    expect(() => exponentialMechanismSampler([0.5], 1)).toThrow(/scores/);
    expect(() => bernoulliSampler(ratio(3, 2))).toThrow(/p:/);
    expect(() => ratio(1, 0)).toThrow(/denominator/);
  });

  it('tiny parameters put all mass on zero', () => {
    const { words } = seededRng('tiny');
    const laplace = discreteLaplaceSampler(ratio(1e-300));
    const gaussian = discreteGaussianSampler(ratio(1e-300));
    for (let i = 0; i < 1000; i += 1) expect([laplace.draw(words), gaussian.draw(words)]).toEqual([0, 0]);
  });
});

describe('exact arithmetic', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });

  it('a double goes through a ratio unchanged', () => {
    fc.assert(fc.property(double, (x) => toNumber(ratio(x)) === x + 0));
  });

  it('a quotient of doubles is exact: times the divisor it is the dividend', () => {
    fc.assert(
      fc.property(double, double, (a, b) => {
        fc.pre(b !== 0);
        expect(compare(times(ratio(a, b), ratio(b)), ratio(a))).toBe(0);
      }),
    );
    expect(positive('epsilon', 0.1).denominator).toBe(1n << 55n);
  });

  it('bounds of exp hold the double, agree with each other and are narrow', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 200, noNaN: true }), fc.integer({ min: 1, max: 300 }), (x, bits) => {
        const { lower, upper } = expNegative(ratio(x), bits);
        expect(upper - lower).toBeLessThanOrEqual(2n);
        const finer = expNegative(ratio(x), bits + 64);
        expect(finer.lower >= lower << 64n && finer.upper <= upper << 64n).toBe(true);
        // What ExpCoin relies on, with 2^9 to spare: the double errs by less than 2^-49.
        const fixed = BigInt(Math.round(exp(-x) * 1125899906842624)) << 50n;
        const { lower: low, upper: high } = expNegative(ratio(x), 100);
        expect(fixed > low - (1n << 51n) && fixed < high + (1n << 51n)).toBe(true);
      }),
    );
  });
});

describe('sources of words', () => {
  it('seeded words are a stream of their own, the same from the same seed, and uniform', () => {
    const [a, b] = [seededRng('stream'), seededRng('stream')];
    const counts = tally(n, () => {
      a.u32();
      const word = a.words.next();
      return word === b.words.next() ? word >>> 27 : -1;
    });
    expect(chiSquareTail(counts, n, () => 1 / 32, 0, 31)).toBeGreaterThan(ALPHA);
    expect(counts.has(-1)).toBe(false);
    expect(seededRng('other').words.next()).not.toBe(seededRng('stream').words.next());
    expect(seededRng('stream').words.next()).not.toBe(seededRng('stream').u32());
  });

  it('the cryptographic source is read once, in blocks of 64 KiB, and wiped as it is read', () => {
    const blocks: Uint32Array[] = [];
    const rng = secureRng((buffer) => {
      blocks.push(buffer);
      buffer.fill(blocks.length);
    });
    for (let i = 0; i < 16384; i += 1) expect(rng.words.next()).toBe(1);
    expect(blocks[0]?.every((word) => word === 0)).toBe(true);
    expect(rng.u32()).toBe(2);
    expect(blocks.map((block) => block.byteLength)).toEqual([65536, 65536]);
  });
});
