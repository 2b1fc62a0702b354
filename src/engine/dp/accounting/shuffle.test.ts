import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp } from '../../kit/portable-math.ts';
import { binomialMass } from './kov-math.ts';
import { cloneDelta, cloneEpsilon, shuffledEpsilon, shuffledResponseDelta, shuffleLimit } from './shuffle.ts';

const local = fc.double({ min: 0.1, max: 5, noNaN: true });
const people = fc.integer({ min: 2, max: 40 });
const shares = fc.double({ min: 0, max: 0.99, noNaN: true });

/** Both worlds of the clone reduction, cell by cell. */
function cloneByCells(epsilon0: number, n: number, epsilon: number): number {
  const w = exp(epsilon0) / (1 + exp(epsilon0));
  let sum = 0;
  for (let c = 0; c < n; c += 1) {
    const clones = binomialMass(c, n - 1, exp(-epsilon0));
    const half = (a: number): number => binomialMass(a, c, 0.5);
    for (let a = 0; a <= c + 1; a += 1) {
      const p = w * half(a - 1) + (1 - w) * half(a);
      const q = (1 - w) * half(a - 1) + w * half(a);
      sum += clones * Math.max(0, p - exp(epsilon) * q);
    }
  }
  return sum;
}

describe('shuffling', () => {
  it('has the delta of the clone reduction, cell by cell', () => {
    fc.assert(
      fc.property(local, people, shares, (epsilon0, n, share) => {
        const epsilon = share * epsilon0;
        const expected = cloneByCells(epsilon0, n, epsilon);
        expect(Math.abs(cloneDelta(epsilon0, n, epsilon) - expected)).toBeLessThanOrEqual(1e-10 * expected + 1e-18);
      }),
    );
  });

  it('needs at least what binary randomized response needs, which is exact', () => {
    fc.assert(
      fc.property(local, people, shares, (epsilon0, n, share) => {
        const epsilon = share * epsilon0;
        const lie = 1 / (1 + exp(epsilon0));
        const ones = (y: number, truth: number): number =>
          truth * binomialMass(y - 1, n - 1, lie) + (1 - truth) * binomialMass(y, n - 1, lie);
        let [up, down] = [0, 0];
        for (let y = 0; y <= n; y += 1) {
          const [one, zero] = [ones(y, 1 - lie), ones(y, lie)];
          up += Math.max(0, one - exp(epsilon) * zero);
          down += Math.max(0, zero - exp(epsilon) * one);
        }
        const exact = shuffledResponseDelta(epsilon0, n, epsilon);
        expect(exact).toBeCloseTo(Math.max(up, down), 12);
        expect(exact).toBeLessThanOrEqual(cloneDelta(epsilon0, n, epsilon) * (1 + 1e-9) + 1e-15);
      }),
    );
  });

  it('finds an epsilon that keeps delta, below the closed form where that is proven, never above the local one', () => {
    for (const [epsilon0, n, delta] of [
      [0.5, 1000, 1e-6],
      [2, 20_000, 1e-8],
      [4, 300_000, 1e-6],
    ] as const) {
      expect(epsilon0).toBeLessThanOrEqual(shuffleLimit(n, delta));
      const epsilon = cloneEpsilon(epsilon0, n, delta);
      expect(cloneDelta(epsilon0, n, epsilon)).toBeLessThanOrEqual(delta);
      expect(epsilon).toBeLessThan(shuffledEpsilon(epsilon0, n, delta));
    }
    expect(cloneEpsilon(3, 2, 1e-9)).toBeLessThanOrEqual(3);
  });
});
