import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { seededRng } from '../rng/rng.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import { groupRows } from '../table/group.ts';
import type { RestTable } from './full-domain-rounds.ts';
import { latticeSize, levelsOfNode } from './lattice/lattice-columns.ts';
import { ColumnTree } from './node-cells.ts';
import { RoundSearch } from './round-search.ts';

const ctx = quietContext(seededRng('rounds'));

/** Column of `width^depth` base values in a tree of that depth. */
function treeColumn(name: string, codes: Uint32Array, width: number, depth: number): EncodedColumn {
  const size = width ** depth;
  const levels = Array.from({ length: depth + 1 }, (_, level) => ({
    name: `${level}`,
    codes: Uint32Array.from({ length: size }, (__, base) => Math.floor(base / width ** level)),
    labels: Array.from({ length: width ** (depth - level) }, (__, node) => `${level}/${node}`),
  }));
  return { hierarchy: { column: name, levels }, codes, ordered: false, base: { kind: 'labels' } };
}

/** Rows left, counted in the plainest way; `looks` counts the nodes looked at. */
function plainRest(trees: readonly ColumnTree[], rows: Uint32Array, k: number): RestTable & { looks: number } {
  const grouped = (levels: readonly number[]) =>
    groupRows(
      trees.map((tree, j) => rows.map((row) => tree.nodeOf(tree.column.codes[row] as number, levels[j] as number))),
      trees.map((tree, j) => tree.steps[levels[j] as number]?.labels.length ?? 1),
      rows.length,
    );
  const rest = {
    rows,
    looks: 0,
    heldAt: (levels: readonly number[]) => {
      rest.looks += 1;
      return grouped(levels).sizes.reduce((sum, size) => sum + (size >= k ? size : 0), 0);
    },
    classesAt: (levels: readonly number[]) => {
      const { sizes, classOf } = grouped(levels);
      return { classes: [], left: rows.filter((_, i) => (sizes[classOf[i] as number] as number) < k) };
    },
  };
  return rest;
}

/** Product over columns of 1 + mean share of the other values that a row's cell covers. */
const costOf = (trees: readonly ColumnTree[], rows: Uint32Array, levels: readonly number[]): number =>
  trees.reduce((product, tree, j) => {
    const level = levels[j] as number;
    const spans = [...rows].map((row) => tree.span(level, tree.nodeOf(tree.column.codes[row] as number, level)) - 1);
    return product * (1 + spans.reduce((sum, span) => sum + span, 0) / rows.length / (tree.size - 1));
  }, 1);

const tables = fc
  .record({
    rows: fc.integer({ min: 2, max: 120 }),
    columns: fc.array(fc.record({ width: fc.integer({ min: 2, max: 4 }), depth: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    k: fc.integer({ min: 2, max: 6 }),
    wanted: fc.integer({ min: 1, max: 20 }),
    seed: fc.nat({ max: 10_000 }),
  })
  .map(({ rows, columns, seed, k, wanted }) => {
    const rng = seededRng(seed);
    const trees = columns.map(({ width, depth }, j) => {
      const size = width ** depth;
      const codes = Uint32Array.from({ length: rows }, () => Math.floor(size * rng.uniform() * rng.uniform()));
      return new ColumnTree(treeColumn(`q${j}`, codes, width, depth));
    });
    return { trees, k, wanted, rows: Uint32Array.from({ length: rows }, (_, i) => i) };
  });

describe('RoundSearch', () => {
  it('finds in every round the levels that lose least of all that hold enough rows', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ trees, k, wanted, rows }) => {
        const search = new RoundSearch(trees);
        const heights = trees.map((tree) => tree.levels);
        let left: Uint32Array = rows;
        for (let round = 0; round < 8 && left.length > 0; round += 1) {
          const rest = plainRest(trees, left, k);
          const enough = Math.max(1, Math.min(wanted, left.length >> 1));
          const found = await search.levels(rest, enough, ctx, 0);
          const costs = Array.from({ length: latticeSize(heights) }, (_, node) => levelsOfNode(node, heights))
            .filter((levels) => rest.heldAt(levels) >= enough)
            .map((levels) => costOf(trees, left, levels));
          expect(found === undefined).toBe(costs.length === 0);
          if (found === undefined) return;
          expect(rest.heldAt(found)).toBeGreaterThanOrEqual(enough);
          expect(costOf(trees, left, found)).toBeCloseTo(Math.min(...costs), 9);
          left = rest.classesAt(found).left;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('looks at few nodes of a lattice, and takes one too large to be searched by descending', async () => {
    const rng = seededRng('large');
    const made = (columns: number) =>
      Array.from({ length: columns }, (_, j) => {
        const codes = Uint32Array.from({ length: 200 }, () => rng.int(27));
        return new ColumnTree(treeColumn(`q${j}`, codes, 3, 3));
      });
    const rows = Uint32Array.from({ length: 200 }, (_, i) => i);
    const small = made(6);
    const rest = plainRest(small, rows, 5);
    expect(await new RoundSearch(small).levels(rest, 100, ctx, 0)).toBeDefined();
    expect(rest.looks).toBeLessThan(4 ** 6 / 4);
    const large = made(12);
    const far = plainRest(large, rows, 5);
    const levels = (await new RoundSearch(large).levels(far, 100, ctx, 0)) ?? [];
    expect(far.heldAt(levels)).toBeGreaterThanOrEqual(100);
    expect(levels.some((level) => level < 3)).toBe(true);
    expect(far.looks).toBeLessThan(12 * 12 * 3);
  });
});
