import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '../../rng/rng.ts';
import { fillNormal } from '../../rng/samplers.ts';
import {
  bestBranching,
  consistent,
  flatOf,
  glsRangeVariance,
  type Hierarchy,
  hierarchyOf,
  meanRangeVariance,
  nodeSums,
  rangeVariances,
} from './hierarchy.ts';

/** q' (H'H)^-1 q by Gaussian elimination: the definition, at small sizes. */
function directVariance(tree: Hierarchy, start: number, end: number): number {
  const n = tree.leaves;
  const gram = Array.from({ length: n }, () => new Float64Array(n));
  for (let leaf = 0; leaf < n; leaf += 1) {
    const sums = nodeSums(
      tree,
      Float64Array.from({ length: n }, (_, i) => (i === leaf ? 1 : 0)),
    );
    for (let other = 0; other < n; other += 1) {
      const others = nodeSums(
        tree,
        Float64Array.from({ length: n }, (_, i) => (i === other ? 1 : 0)),
      );
      (gram[leaf] as Float64Array)[other] = sums.reduce((total, value, i) => total + value * (others[i] as number), 0);
    }
  }
  const query = Float64Array.from({ length: n }, (_, i) => (i >= start && i < end ? 1 : 0));
  const x = query.slice();
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const factor = ((gram[j] as Float64Array)[i] as number) / ((gram[i] as Float64Array)[i] as number);
      for (let k = i; k < n; k += 1) {
        (gram[j] as Float64Array)[k] =
          ((gram[j] as Float64Array)[k] as number) - factor * ((gram[i] as Float64Array)[k] as number);
      }
      x[j] = (x[j] as number) - factor * (x[i] as number);
    }
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1)
      x[i] = (x[i] as number) - ((gram[i] as Float64Array)[k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / ((gram[i] as Float64Array)[i] as number);
  }
  return x.reduce((total, value, i) => total + value * (query[i] as number), 0);
}

const trees = fc
  .record({ leaves: fc.integer({ min: 1, max: 20 }), branching: fc.integer({ min: 2, max: 6 }) })
  .map(({ leaves, branching }) => hierarchyOf(leaves, branching));

describe('a hierarchy', () => {
  it('has the variance of generalised least squares for every range, also where the tree is ragged', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), (tree, a, b) => {
        const start = a % tree.leaves;
        const end = start + 1 + (b % (tree.leaves - start));
        expect(rangeVariances(tree)(start, end)).toBeCloseTo(directVariance(tree, start, end), 9);
      }),
    );
  });

  it('gives back the truth where there is no noise, and sums that add up where there is', () => {
    fc.assert(
      fc.property(trees, fc.integer({ min: 0, max: 1000 }), (tree, seed) => {
        const rng = seededRng(seed);
        const leaves = Float64Array.from({ length: tree.leaves }, () => rng.int(50));
        const sums = nodeSums(tree, leaves);
        consistent(tree, sums).forEach((value, i) => expect(value).toBeCloseTo(sums[i] as number, 8));
        const noisy = consistent(
          tree,
          sums.map((value) => value + rng.uniform()),
        );
        const again = nodeSums(tree, noisy.slice(0, tree.leaves));
        noisy.forEach((value, i) => expect(value).toBeCloseTo(again[i] as number, 8));
      }),
    );
  });

  it('has in repeated draws the variance it states', () => {
    // 40,000 draws of a normal variance: five standard deviations are 3.5 %, a false alarm below 1e-6.
    const tree = hierarchyOf(24, 3);
    const rng = seededRng('hierarchy');
    const noise = new Float64Array(tree.nodes);
    let squares = 0;
    for (let i = 0; i < 40_000; i += 1) {
      const cells = consistent(tree, fillNormal(rng, noise));
      let sum = 0;
      for (let cell = 5; cell < 17; cell += 1) sum += cells[cell] as number;
      squares += sum * sum;
    }
    expect(squares / 40_000 / rangeVariances(tree)(5, 17)).toBeGreaterThan(0.965);
    expect(squares / 40_000 / rangeVariances(tree)(5, 17)).toBeLessThan(1.035);
  });

  it('answers the whole of a large tree at once', () => {
    expect(glsRangeVariance(1 << 20, 2, 0, 1 << 20)).toBeCloseTo(0.5, 5);
    expect(glsRangeVariance(1, 2, 0, 1)).toBe(1);
  });

  it('adds up the noise of single cells where only those are measured', () => {
    expect(rangeVariances(flatOf(10))(2, 9)).toBe(7);
    expect(meanRangeVariance(flatOf(3))).toBeCloseTo((3 * 1 + 2 * 2 + 3) / 6, 12);
  });

  it('chooses wider trees than binary ones, and wider still where levels cost their square', () => {
    expect(bestBranching(168, 'l2')).toBeGreaterThan(2);
    expect(bestBranching(168, 'l1')).toBeGreaterThanOrEqual(bestBranching(168, 'l2'));
  });

  it('refuses what is no tree', () => {
    expect(() => hierarchyOf(0, 2)).toThrow(/leaves/);
    expect(() => hierarchyOf(4, 1)).toThrow(/branching/);
  });
});
