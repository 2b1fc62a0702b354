import { describe, expect, it } from 'vitest';
import { type Rng, seededRng } from '../../rng/rng.ts';
import { estimatedTotal, fitModel, type Measurement, marginalOf } from './graphical-model.ts';
import { cellsOver, junctionTree, projection, summedOnto } from './junction-tree.ts';
import { marginalsOf } from './model-marginals.ts';
import { sampledRecords } from './sample.ts';
import { projectedOnto } from './simplex.ts';

/**
 * The same problem over the table of all combinations: accelerated projected gradient (Beck, Teboulle, 2009) with restarts,
 * which knows nothing of cliques, trees or exponentials.
 */
function bruteForce(shape: readonly number[], measurements: readonly Measurement[], total: number): Float64Array {
  const all = Array.from(shape.keys());
  const cells = cellsOver(shape, all);
  const maps = measurements.map(({ attributes }) => projection(shape, all, attributes));
  const slopeAt = (p: Float64Array): Float64Array => {
    const out = new Float64Array(cells);
    measurements.forEach(({ values, weight }, m) => {
      const map = maps[m] as Int32Array;
      const fitted = summedOnto(p, map, values.length);
      for (let i = 0; i < cells; i += 1) {
        const at = map[i] as number;
        out[i] = (out[i] as number) + (weight as number) * ((fitted[at] as number) - (values[at] as number));
      }
    });
    return out;
  };
  // Largest curvature: cells that share a measured cell pull together.
  const curvature = measurements.reduce(
    (sum, { values, weight }) => sum + ((weight as number) * cells) / values.length,
    0,
  );
  let p: Float64Array = new Float64Array(cells).fill(total / cells);
  let q = p;
  let momentum = 1;
  for (let i = 0; i < 12_000; i += 1) {
    const slope = slopeAt(q);
    const next = projectedOnto(
      q.map((value, c) => value - (slope[c] as number) / curvature),
      1,
      total,
    );
    const uphill = slope.reduce((sum, s, c) => sum + s * ((next[c] as number) - (p[c] as number)), 0) > 0;
    const after = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = uphill ? 0 : (momentum - 1) / after;
    q = next.map((value, c) => value + push * (value - (p[c] as number)));
    [p, momentum] = [next, after];
  }
  return p;
}

const measured = (shape: readonly number[], cliques: readonly (readonly number[])[], rng: Rng): Measurement[] =>
  cliques.map((attributes, m) => ({
    attributes,
    values: Float64Array.from({ length: cellsOver(shape, attributes) }, () => rng.int(60) - 12),
    weight: 1 + (m % 3),
  }));

describe('a graphical model fitted to noisy marginals', () => {
  it.each([
    ['one table', [3, 4], [[0, 1]]],
    [
      'a chain',
      [2, 3, 2, 2],
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ],
    ['columns alone', [4, 3, 2], [[0], [1], [2]]],
    [
      'a triangle',
      [2, 3, 2],
      [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
    ],
    [
      'a ring of four',
      [2, 2, 3, 2],
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ],
    ],
    ['tables inside tables, and one twice', [3, 2, 2], [[0, 1, 2], [1], [2, 0], [0, 1], [0, 1]]],
    ['a column nobody measured', [2, 3, 2], [[0, 2]]],
  ] as const)('has the marginals of the nearest non-negative table: %s', async (_name, shape, cliques) => {
    for (const seed of [1, 2]) {
      const rng = seededRng(`fit/${seed}`);
      const measurements = measured(shape, cliques, rng);
      const total = 40 + rng.int(60);
      const { model } = await fitModel(shape, measurements, total, { iterations: 20_000, tolerance: 1e-10 });
      const table = bruteForce(shape, measurements, total);
      for (const { attributes, values } of measurements) {
        const fitted = marginalOf(model, attributes) as Float64Array;
        const exact = summedOnto(table, projection(shape, Array.from(shape.keys()), attributes), values.length);
        fitted.forEach((value, i) => expect(Math.abs(value - (exact[i] as number))).toBeLessThan(1e-4 * total));
      }
    }
  });

  it('agrees with itself where cliques overlap, and adds up to its total', async () => {
    const shape = [3, 2, 4, 2];
    const { model } = await fitModel(
      shape,
      measured(
        shape,
        [
          [0, 1],
          [1, 2],
          [2, 3],
        ],
        seededRng(5),
      ),
      100,
      {
        iterations: 200,
        tolerance: 1e-9,
      },
    );
    const { cliques } = model.tree;
    for (const [c, clique] of cliques.entries()) {
      expect(model.marginals[c]?.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 9);
      for (const [d, other] of cliques.entries()) {
        const shared = clique.filter((each) => other.includes(each));
        const of = (at: number): Float64Array =>
          summedOnto(
            model.marginals[at] as Float64Array,
            projection(shape, cliques[at] as readonly number[], shared),
            cellsOver(shape, shared),
          );
        of(c).forEach((value, i) => expect(value).toBeCloseTo(of(d)[i] as number, 9));
      }
    }
  });

  it('gives pairs apart in the tree the counts of the whole table', async () => {
    const shape = [3, 2, 4, 2, 2];
    const cliques = [
      [0, 1],
      [1, 2],
      [2, 3],
    ];
    const { model, potentials } = await fitModel(shape, measured(shape, cliques, seededRng(6)), 80, {
      iterations: 300,
      tolerance: 1e-9,
    });
    const all = Array.from(shape.keys());
    const table = new Float64Array(cellsOver(shape, all));
    const logs = cliques.map((clique, m) => projection(shape, all, clique).map((at) => at + 1e6 * m));
    for (let i = 0; i < table.length; i += 1) {
      const exponent = cliques.reduce(
        (sum, _, m) => sum + (potentials[m]?.[(logs[m]?.[i] as number) - 1e6 * m] ?? 0),
        0,
      );
      table[i] = Math.exp(exponent);
    }
    const sum = table.reduce((a, b) => a + b, 0);
    const pairs = [[0, 3], [0, 2], [1, 3], [0, 4], [3, 4], [2]];
    const steps = marginalsOf(model, pairs);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const found = step.value;
    for (const [p, pair] of pairs.entries()) {
      const exact = summedOnto(
        table.map((value) => (80 * value) / sum),
        projection(shape, all, pair),
        cellsOver(shape, pair),
      );
      expect(found[p]).toHaveLength(exact.length);
      exact.forEach((value, i) => expect(found[p]?.[i]).toBeCloseTo(value, 8));
    }
  });

  it('is empty for a total of nothing, and never undefined', async () => {
    const { model } = await fitModel([2, 2], measured([2, 2], [[0, 1]], seededRng(1)), 0, {
      iterations: 9,
      tolerance: 0,
    });
    expect([...(model.marginals[0] as Float64Array)]).toEqual([0, 0, 0, 0]);
  });

  it('survives measurements that are far from any table', async () => {
    const values = Float64Array.of(1e9, -1e9, 3, Number.MIN_VALUE);
    const { model } = await fitModel([2, 2], [{ attributes: [0, 1], values, weight: 1 }], 10, {
      iterations: 500,
      tolerance: 1e-9,
    });
    expect(model.marginals[0]?.[0]).toBeCloseTo(10, 6);
  });
});

describe('a junction tree', () => {
  it('covers every clique and every column, whatever the cliques', () => {
    const rng = seededRng('trees');
    for (let trial = 0; trial < 200; trial += 1) {
      const shape = Array.from({ length: 1 + rng.int(7) }, () => 1 + rng.int(5));
      const cliques = Array.from({ length: rng.int(8) }, () =>
        Array.from(new Set(Array.from({ length: 1 + rng.int(3) }, () => rng.int(shape.length)))),
      );
      const tree = junctionTree(shape, cliques);
      const within = (attributes: readonly number[]) =>
        tree.cliques.some((clique) => attributes.every((each) => clique.includes(each)));
      expect(cliques.every(within) && shape.every((_, a) => within([a]))).toBe(true);
      // Running intersection: the cliques that hold a column hang together.
      for (const a of shape.keys()) {
        const holders = tree.cliques.flatMap((clique, c) => (clique.includes(a) ? [c] : []));
        const roots = holders.filter((c) => !holders.includes(tree.parent[c] as number));
        expect(roots).toHaveLength(1);
      }
    }
  });
});

describe('records drawn from a model', () => {
  it('have every clique within one row of its expected counts, given those of its parent', async () => {
    const shape = [3, 4, 2];
    const { model } = await fitModel(
      shape,
      measured(
        shape,
        [
          [0, 1],
          [1, 2],
        ],
        seededRng(9),
      ),
      5000,
      {
        iterations: 300,
        tolerance: 1e-8,
      },
    );
    const columns = await sampledRecords(model, 5000, seededRng('records'));
    const counts = new Float64Array(12);
    for (let i = 0; i < 5000; i += 1) {
      const cell = (columns[0]?.[i] as number) * 4 + (columns[1]?.[i] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
    const expected = marginalOf(model, [0, 1]) as Float64Array;
    // The root clique's cells are rounded once; a later clique's once in each group of shared values.
    counts.forEach((count, i) => expect(Math.abs(count - (expected[i] as number))).toBeLessThan(5));
  });

  it('are drawn without bias: mean counts over many draws', async () => {
    const shape = [2, 3];
    const { model } = await fitModel(shape, measured(shape, [[0, 1]], seededRng(4)), 7, {
      iterations: 200,
      tolerance: 1e-9,
    });
    const mean = new Float64Array(6);
    const draws = 4000;
    for (let d = 0; d < draws; d += 1) {
      const columns = await sampledRecords(model, 7, seededRng(`draw/${d}`));
      for (let i = 0; i < 7; i += 1) {
        const cell = (columns[0]?.[i] as number) * 3 + (columns[1]?.[i] as number);
        mean[cell] = (mean[cell] as number) + 1 / draws;
      }
    }
    const expected = marginalOf(model, [0, 1]) as Float64Array;
    // A cell's count is one of two neighbouring numbers: its deviation is at most 1/2, and 5.2 of them are alpha 1e-6 over six cells.
    mean.forEach((value, i) =>
      expect(Math.abs(value - (expected[i] as number))).toBeLessThan((5.2 * 0.5) / Math.sqrt(draws)),
    );
  });
});

describe('the total of a table', () => {
  it('trusts each sum by the variance of its cells together', () => {
    const a = { attributes: [0], values: Float64Array.of(10, 10), weight: 1 };
    const b = { attributes: [1], values: Float64Array.of(10, 10, 10, 10), weight: 1 };
    expect(estimatedTotal([a, b])).toBeCloseTo((20 / 2 + 40 / 4) / (1 / 2 + 1 / 4), 12);
    expect(estimatedTotal([{ ...a, values: Float64Array.of(-5, -5) }])).toBe(0);
  });
});
