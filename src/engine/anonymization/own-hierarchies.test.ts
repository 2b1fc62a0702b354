import { assert, asyncProperty, boolean, integer, record } from 'fast-check';
import { expect, it } from 'vitest';
import { quietContext } from '../kit/context.ts';
import type { HierarchySpec, HierarchySpecs } from '../kit/hierarchy-spec.ts';
import { defaultsOf } from '../kit/params.ts';
import { type Rng, seededRng } from '../rng/rng.ts';
import { buildHierarchies } from '../table/hierarchy-build.ts';
import { tinyDataset, tinyRelease } from '../testing/tiny-dataset.ts';
import * as generalization from './generalization.ts';
import * as mondrian from './mondrian.ts';

/** Whatever tree a user gives a column, the methods take it and the independent checker finds what they promise. */

function randomTree(rng: Rng, values: readonly string[]): HierarchySpec {
  const groups = 1 + rng.int(4);
  const supers = 1 + rng.int(groups);
  const rows = values.map((value) => {
    const group = rng.int(groups);
    return [value, `g${group}`, `s${group % supers}`, '*'];
  });
  return { kind: 'table', rows };
}

function randomSpecs(seed: number): HierarchySpecs {
  const rng = seededRng(seed);
  const ages: readonly HierarchySpec[] = [
    { kind: 'interval', origin: rng.int(7), widths: [1 + rng.int(6)] },
    { kind: 'order', cuts: [[1 + rng.int(3), 5 + rng.int(3)]] },
    { kind: 'mask', from: rng.int(2) === 0 ? 'left' : 'right' },
    randomTree(
      rng,
      Array.from({ length: 121 }, (_, age) => String(age)),
    ),
  ];
  return {
    from: randomTree(rng, ['p1', 'p2', 'p3', 'p4', 'p5', 'p6']),
    at: { kind: 'date', levels: rng.int(2) === 0 ? ['hour', 'day', 'week'] : ['daypart', 'month'] },
    age: ages[rng.int(ages.length)] ?? { kind: 'suppress' },
  };
}

const cases = record({
  seed: integer({ min: 0, max: 1e6 }),
  rows: integer({ min: 10, max: 60 }),
  k: integer({ min: 2, max: 5 }),
  holes: boolean(),
});

it('methods keep their promise over any tree of the user', async () => {
  await assert(
    asyncProperty(cases, async ({ seed, rows, k, holes }) => {
      const plain = tinyDataset(rows, 'varied', seed);
      const rng = seededRng(seed).fork('holes');
      const valid = (): Uint8Array => Uint8Array.from({ length: (rows + 7) >> 3 }, () => 1 | rng.int(256));
      const table = { rows, columns: plain.table.columns.map((column) => ({ ...column, valid: valid() })) };
      const made = holes ? { ...plain, table } : plain;
      const dataset = { ...made, hierarchies: buildHierarchies(randomSpecs(seed), made) };
      const ctx = quietContext(seededRng(seed));
      const input = tinyRelease(dataset);
      const cut = await mondrian.run(input, { ...defaultsOf(mondrian.descriptor.params), k, l: 1 }, ctx);
      expect(mondrian.verify(cut, cut.guarantee)).toEqual([]);
      const coarse = await generalization.run(input, defaultsOf(generalization.descriptor.params), ctx);
      expect(generalization.verify(coarse, coarse.guarantee)).toEqual([]);
    }),
    { numRuns: 120 },
  );
});
