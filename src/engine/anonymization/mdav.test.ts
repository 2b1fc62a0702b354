import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { seededRng } from '../rng/rng.ts';
import { correlation, covariance, cholesky, inverse, type NumberTable, symmetricEigen } from './matrices.ts';
import { mdav } from './mdav.ts';
import { formColumnGroups, formGroups, GROUPING_METHODS } from './microaggregation-groups.ts';
import { groupMeans, sseOverSst } from './perturbation-loss.ts';

const ctx = quietContext(seededRng('mdav'));

/** MDAV by scanning all rows, as it is published. */
function plainMdav({ rows, width, values }: NumberTable, k: number): Uint32Array {
  const out = new Uint32Array(rows);
  const point = (row: number): number[] => Array.from(values.subarray(row * width, (row + 1) * width));
  const gap = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, x, j) => sum + (x - (b[j] as number)) ** 2, 0);
  let left = Array.from({ length: rows }, (_, i) => i);
  let group = 0;
  const farthest = (from: readonly number[]): number =>
    left.reduce((best, row) => (gap(point(row), from) > gap(point(best), from) ? row : best), left[0] as number);
  while (left.length >= 2 * k) {
    const both = left.length >= 3 * k;
    const mean = Array.from(
      { length: width },
      (_, j) => left.reduce((s, row) => s + (point(row)[j] as number), 0) / left.length,
    );
    const far = farthest(mean);
    const opposite = farthest(point(far));
    for (const row of both ? [far, opposite] : [far]) {
      const near = left
        .slice()
        .sort((a, b) => gap(point(a), point(row)) - gap(point(b), point(row)) || b - a)
        .slice(0, k);
      for (const each of near) out[each] = group;
      left = left.filter((each) => !near.includes(each));
      group += 1;
    }
  }
  for (const row of left) out[row] = group;
  return out;
}

/** Small whole numbers: many ties, and sums without rounding. */
const tables = fc
  .record({
    rows: fc.integer({ min: 1, max: 100 }),
    width: fc.integer({ min: 1, max: 4 }),
    span: fc.integer({ min: 1, max: 30 }),
    seed: fc.nat(),
  })
  .map(({ rows, width, span, seed }): NumberTable => {
    const rng = seededRng(seed);
    return { rows, width, values: Float64Array.from({ length: rows * width }, () => rng.int(span) * 12) };
  });

describe('mdav', () => {
  it('forms the groups of the published algorithm, ties included', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 12 }), async (table, k) => {
        expect(await mdav(table, k, ctx)).toEqual(plainMdav(table, k));
      }),
      { numRuns: 60 },
    );
  });
});

describe('groups for microaggregation', () => {
  it('hold k to 2k - 1 rows by every method, whatever the numbers', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 12 }), async (table, k) => {
        fc.pre(table.rows >= k);
        for (const method of GROUPING_METHODS) {
          const sizes = new Map<number, number>();
          for (const group of await formGroups(table, method, k, ctx)) sizes.set(group, (sizes.get(group) ?? 0) + 1);
          for (const size of sizes.values()) expect(size >= k && size < 2 * k, `${method} ${size}`).toBe(true);
          expect([...sizes.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: sizes.size }, (_, i) => i));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keep the mean of every column, and lose more the larger they are', async () => {
    const rng = seededRng('loss');
    const table = { rows: 200, width: 3, values: Float64Array.from({ length: 600 }, () => rng.uniform()) };
    let before = 0;
    for (const k of [2, 5, 20, 100]) {
      const released = groupMeans(table, await formGroups(table, 'mdav', k, ctx));
      const total = (t: NumberTable): number => t.values.reduce((a, b) => a + b, 0);
      expect(total(released)).toBeCloseTo(total(table), 9);
      const loss = sseOverSst(table, released);
      expect(loss).toBeGreaterThan(before);
      before = loss;
    }
    expect(sseOverSst(table, groupMeans(table, formColumnGroups(table, 5)))).toBeLessThan(0.01);
  });
});

describe('small matrices', () => {
  const symmetric = fc.integer({ min: 1, max: 6 }).chain((size) =>
    fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 30, maxLength: 60 }).map((values) => {
      const rows = Math.floor(values.length / size);
      return { rows, width: size, values: Float64Array.from(values.slice(0, rows * size)) };
    }),
  );
  const product = (a: Float64Array, b: Float64Array, n: number): number[] =>
    Array.from({ length: n * n }, (_, i) => {
      let sum = 0;
      for (let l = 0; l < n; l += 1) sum += (a[Math.floor(i / n) * n + l] as number) * (b[l * n + (i % n)] as number);
      return sum;
    });
  const transposed = (a: Float64Array, n: number): Float64Array =>
    a.map((_, i) => a[(i % n) * n + Math.floor(i / n)] as number);

  it('are put together again from their eigenvectors, their root and their inverse', () => {
    fc.assert(
      fc.property(symmetric, (table) => {
        const n = table.width;
        const matrix = covariance(table);
        const { values, vectors } = symmetricEigen(matrix, n);
        const scaled = vectors.map((x, i) => x * (values[Math.floor(i / n)] as number));
        product(transposed(vectors, n), scaled, n).forEach((x, i) => expect(x).toBeCloseTo(matrix[i] as number, 8));
        const root = cholesky(matrix, n);
        product(root, transposed(root, n), n).forEach((x, i) =>
          expect(Math.abs(x - (matrix[i] as number))).toBeLessThan(1e-5),
        );
        const safe = correlation(table).map((x, i) => (i % (n + 1) === 0 ? 2 : x));
        const inverted = inverse(safe, n);
        expect(inverted).toBeDefined();
        if (inverted !== undefined)
          product(safe, inverted, n).forEach((x, i) => expect(x).toBeCloseTo(i % (n + 1) === 0 ? 1 : 0, 9));
      }),
      { numRuns: 100 },
    );
    expect(inverse(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined();
  });
});
