import { describe, expect, it } from 'vitest';
import { quietContext } from '../../kit/context.ts';
import { seededRng } from '../../rng/rng.ts';
import { optimalFactorisation, optimalPrefixRmse, rmseOf, workloadOf } from './factorisation.ts';
import { hierarchyOf } from './hierarchy.ts';
import { inputPerturbationRmse, squareRootRmse } from './square-root.ts';
import {
  hierarchyStrategy,
  identityStrategy,
  optimalStrategy,
  squareRootStrategy,
  type Strategy,
  workloadVariance,
} from './strategy.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const workloads = ['prefixes', 'ranges', 'total and cells'] as const;
const squaredError = (workload: Parameters<typeof workloadVariance>[0], strategy: Strategy): number =>
  strategy.reach.l2 * strategy.reach.l2 * workloadVariance(workload, strategy);

describe('eigenvectors of a symmetric matrix', () => {
  it('are orthonormal and rebuild the matrix', async () => {
    const n = 30;
    const rng = seededRng('eigen');
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j <= i; j += 1) matrix[i * n + j] = matrix[j * n + i] = rng.uniform() - 0.5;
    }
    const { values, vectors } = await symmetricEigen(matrix, n);
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        let inner = 0;
        let entry = 0;
        for (let k = 0; k < n; k += 1) {
          inner += (vectors[i * n + k] as number) * (vectors[j * n + k] as number);
          entry += (values[k] as number) * (vectors[k * n + i] as number) * (vectors[k * n + j] as number);
        }
        expect(inner).toBeCloseTo(i === j ? 1 : 0, 12);
        expect(entry).toBeCloseTo(matrix[i * n + j] as number, 12);
      }
    }
  });

  it('are found for a diagonal matrix and for none', async () => {
    expect([...(await symmetricEigen(Float64Array.of(3, 0, 0, 1), 2)).values].sort()).toEqual([1, 3]);
    expect((await symmetricEigen(new Float64Array(0), 0)).values).toHaveLength(0);
  });
});

describe('the optimal factorisation', () => {
  it('proves itself: primal and dual meet, columns have length one, and the inverse is one', async () => {
    for (const id of workloads) {
      for (const n of [1, 2, 7, 70]) {
        const { primal, dual, strategy, inverse } = await optimalFactorisation(workloadOf(id, n), 1e-7);
        expect(primal / dual - 1).toBeLessThanOrEqual(1e-7);
        expect(primal / dual - 1).toBeGreaterThan(-1e-12);
        for (let i = 0; i < n; i += 1) {
          let length = 0;
          let product = 0;
          for (let j = 0; j < n; j += 1) {
            length += (strategy[j * n + i] as number) * (strategy[j * n + i] as number);
            product += (inverse[j] as number) * (strategy[j * n + i] as number);
          }
          expect(length).toBeCloseTo(1, 9);
          expect(product).toBeCloseTo(i === 0 ? 1 : 0, 7);
        }
      }
    }
  });

  it('is never worse than any strategy known', async () => {
    for (const id of workloads) {
      const n = 40;
      const workload = workloadOf(id, n);
      const { dual } = await optimalFactorisation(workload, 1e-7);
      for (const other of [identityStrategy(n), squareRootStrategy(n), hierarchyStrategy(hierarchyOf(n, 2))]) {
        expect(squaredError(workload, other) * workload.queries).toBeGreaterThanOrEqual(dual * (1 - 1e-6));
      }
    }
  });

  it('has the error its strategy shows, to the grid it is rounded to', async () => {
    const workload = workloadOf('ranges', 24);
    const { strategy, gap } = await optimalStrategy(workload, 1e-6, quietContext(seededRng(1)), 0, 1);
    const { primal } = await optimalFactorisation(workload, 1e-6);
    expect(Math.sqrt(squaredError(workload, strategy)) / rmseOf(primal, workload.queries)).toBeCloseTo(1, 5);
    expect(gap).toBeLessThanOrEqual(1e-6);
  });

  it('beats the square root, which beats noise on every step, for running totals', async () => {
    for (const n of [4, 33]) {
      const best = await optimalPrefixRmse(n);
      expect(best).toBeLessThan(squareRootRmse(n));
      expect(squareRootRmse(n)).toBeLessThan(inputPerturbationRmse(n));
    }
  });

  it('estimates cells without bias: no noise gives back the counts', async () => {
    const counts = Float64Array.from({ length: 33 }, (_, i) => (i * 37) % 101);
    const optimal = await optimalStrategy(workloadOf('prefixes', 33), 1e-5, quietContext(seededRng(1)), 0, 1);
    for (const strategy of [optimal.strategy, squareRootStrategy(33), identityStrategy(33)]) {
      strategy.estimate(strategy.measured(counts)).forEach((value, i) => {
        expect(value).toBeCloseTo(counts[i] as number, 2);
      });
    }
  });

  it('refuses what would take minutes', async () => {
    await expect(optimalFactorisation(workloadOf('prefixes', 513), 1)).rejects.toMatchObject({ code: 'infeasible' });
  });
});
