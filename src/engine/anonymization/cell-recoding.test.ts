import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { encodeColumn } from '../table/encode.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import { cellText } from '../table/table.ts';
import { referenceRoot, referenceTable, YARDSTICKS } from '../../../tools/testing/reference-table.ts';
import { lowerCells } from './cell-lowering.ts';
import { cellRecoding, descriptor, run, verify } from './cell-recoding.ts';
import { fullDomainRounds } from './full-domain-rounds.ts';
import { ColumnTree, nodeColumn } from './node-cells.ts';
import { classNumbers, formed, granularity } from './recoding-classes.ts';
import { sizesOf } from './table-input.ts';
import { rawRelease, someTrips, toyTrips } from './toy-trips.ts';

const ctx = quietContext(seededRng('cells'));
const defaults = defaultsOf(descriptor.params);

/** A column of `4 x 4 x 4` base values in a tree of four levels, skewed to the left. */
function treeColumn(name: string, rows: number, seed: number): EncodedColumn {
  const rng = seededRng(seed);
  const labels = Array.from({ length: 64 }, (_, i) => `v${i}`);
  const step = (name_: string, width: number) => ({
    name: name_,
    codes: Uint32Array.from(labels, (_, i) => Math.floor(i / width)),
    labels: Array.from({ length: 64 / width }, (_, i) => (width === 64 ? '*' : `${name_}${i}`)),
  });
  return {
    hierarchy: { column: name, levels: [step('v', 1), step('a', 4), step('b', 16), step('*', 64)] },
    codes: Uint32Array.from({ length: rows }, () => Math.floor(64 * rng.uniform() * rng.uniform())),
    ordered: false,
    base: { kind: 'labels' },
  };
}

const cases = fc
  .record({
    rows: fc.integer({ min: 1, max: 300 }),
    width: fc.integer({ min: 1, max: 3 }),
    k: fc.integer({ min: 1, max: 9 }),
    seed: fc.nat({ max: 10_000 }),
  })
  .map((given) => ({
    k: Math.min(given.k, given.rows),
    secrets: [],
    trees: Array.from(
      { length: given.width },
      (_, j) => new ColumnTree(treeColumn(`q${j}`, given.rows, given.seed + j)),
    ),
  }));

describe('cellRecoding', () => {
  it('keeps every row, in classes of k or more whose cells are hierarchy nodes that cover it', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (input) => {
        const classes = await cellRecoding(input, ctx);
        const n = input.trees[0]?.column.codes.length ?? 0;
        expect([...classes.rows].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        const classOf = classNumbers(classes);
        const made = formed(
          input.trees.map((tree) => nodeColumn(tree, classes, classOf)),
          classes,
        );
        expect(Math.min(...made.sizes)).toBeGreaterThanOrEqual(input.k);
        made.cells.forEach(({ column, cells }, j) => {
          const tree = input.trees[j] as ColumnTree;
          const nodes = new Set(
            tree.steps.flatMap(({ labels }, level) => labels.map((_, node) => tree.range(level, node).join('-'))),
          );
          expect(new Set(column.levels).size).toBe(column.levels.length);
          column.levels.forEach((_, label) => expect(nodes.has(`${cells.low[label]}-${cells.high[label]}`)).toBe(true));
          tree.column.codes.forEach((code, row) => {
            const label = column.codes[row] as number;
            expect(code >= (cells.low[label] as number) && code <= (cells.high[label] as number)).toBe(true);
          });
        });
      }),
      { numRuns: 200 },
    );
  });

  it('never loses more by lowering, and lowering twice changes nothing', async () => {
    const lossOf = (input: { readonly trees: readonly ColumnTree[] }, classes: Parameters<typeof formed>[1]): number =>
      formed(
        input.trees.map((tree) => nodeColumn(tree, classes, classNumbers(classes))),
        classes,
      ).losses.reduce((a, b) => a + b, 0);
    await fc.assert(
      fc.asyncProperty(cases, async (input) => {
        const rounds = await fullDomainRounds(input, ctx, [0, 1]);
        const lowered = await lowerCells(input, rounds, ctx, [0, 1]);
        expect(lossOf(input, lowered)).toBeLessThanOrEqual(lossOf(input, rounds) + 1e-9);
        expect((await lowerCells(input, lowered, ctx, [0, 1])).start).toEqual(lowered.start);
      }),
      { numRuns: 100 },
    );
  });
});

describe('cell-recoding', () => {
  it('releases places as places or boroughs and proves every further model again', async () => {
    const dataset = toyTrips(someTrips(300));
    for (const further of descriptor.params.further.options.map((option) => option.value)) {
      const params = { ...defaults, k: 4, l: 2, further, t: 0.3, gain: 1.5, alpha: 0.6, alsoSensitive: ['to'] };
      const out = await run(rawRelease(dataset), params, ctx).catch((error: EngineError) => error);
      if (out instanceof Error) expect((out as EngineError).code, further).toMatch(/infeasible|invalid-data/);
      else expect(verify(out, out.guarantee), further).toEqual([]);
    }
    const out = (await run(rawRelease(dataset), { ...defaults, k: 4, l: 2 }, ctx)) as TableRelease;
    const zone = out.table.columns.find((column) => column.name === 'zone');
    for (let row = 0; row < 300; row += 1) {
      expect(zone === undefined ? '' : String(cellText(zone, row))).toMatch(/^([1-5]|Manhattan|Queens|New York|\*)$/);
    }
  });

  it('names what is missing where there is no answer', async () => {
    const attempt = run(rawRelease(toyTrips(someTrips(30))), { ...defaults, k: 31 }, ctx);
    await expect(attempt).rejects.toThrow('k = 31 needs at least 31 rows, the table has 30');
  });
});

describe.runIf(referenceRoot !== undefined)('cell-recoding on the reference tables', () => {
  it.each([
    ['adult 5', 0.9838],
    ['adult 9', 0.9329],
    ['adult 9, k = 25', 0.8644],
    ['fars 8', 0.9107],
  ] as const)('keeps more detail than the local recoding of ARX: %s', { timeout: 60_000 }, async (which, bar) => {
    const { name, columns, k } = YARDSTICKS[which];
    const dataset = referenceTable(name, columns);
    const encoded = columns.map((column) => encodeColumn(dataset, column));
    const trees = encoded.map((column) => new ColumnTree(column));
    const classes = await cellRecoding({ trees, k, secrets: [] }, ctx);
    const classOf = classNumbers(classes);
    const made = formed(
      trees.map((tree) => nodeColumn(tree, classes, classOf)),
      classes,
    );
    expect(Math.min(...made.sizes)).toBeGreaterThanOrEqual(k);
    expect(granularity(made.losses, sizesOf(encoded))).toBeGreaterThanOrEqual(bar);
  });
});
