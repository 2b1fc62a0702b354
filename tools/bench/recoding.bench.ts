import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellRecoding } from '../../src/engine/anonymization/cell-recoding.ts';
import type { Secret } from '../../src/engine/anonymization/class-rules.ts';
import type { CellShape } from '../../src/engine/anonymization/cover.ts';
import { greedyRecoding } from '../../src/engine/anonymization/greedy-recoding.ts';
import type { RowClasses } from '../../src/engine/anonymization/greedy-split.ts';
import { makeCriterion } from '../../src/engine/anonymization/models/criteria.ts';
import { mondrianPartition } from '../../src/engine/anonymization/mondrian-partition.ts';
import { ColumnTree, nodeColumn } from '../../src/engine/anonymization/node-cells.ts';
import { classNumbers, coveringCells, formed, granularity } from '../../src/engine/anonymization/recoding-classes.ts';
import { loadReference } from '../../src/engine/anonymization/reference-tables.ts';
import { cellsAreSets } from '../../src/engine/anonymization/set-cells.ts';
import { sizesOf } from '../../src/engine/anonymization/table-input.ts';
import { quietContext } from '../../src/engine/kit/context.ts';
import type { VectorEnv } from '../../src/engine/kit/vectors.ts';
import { seededRng } from '../../src/engine/rng/rng.ts';
import { encodeColumn } from '../../src/engine/table/encode.ts';
import { rowsByClass } from '../../src/engine/table/group.ts';
import type { BenchRow } from '../bench-kit.ts';

/** Local recoding beside plain Mondrian cuts: time and granularity (1 = every value as it was), cells measured alike. */
export async function bench(): Promise<BenchRow[]> {
  const rows = await generated();
  const root = ['..', '.']
    .map((up) => join(import.meta.dirname, '../..', up))
    .find((at) => existsSync(join(at, ADULT)));
  if (root !== undefined) for (const [columns, k] of YARDSTICKS) rows.push(...(await adult(root, columns, k)));
  return rows;
}

const SIZES = [265, 265, 44_640, 7, 100];
const AS_SET = [true, true, false, true, false];

/** k = 5, l = 3 on a generated table: the first row is of a size moves are left out for, the second has them. */
async function generated(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [count, passes] of [
    [1_000_000, 0],
    [100_000, 2],
  ] as const) {
    const rng = seededRng('bench/recoding');
    const columns = SIZES.map((size) => {
      const codes = new Uint32Array(count);
      for (let i = 0; i < count; i += 1)
        codes[i] = Math.floor(size * rng.uniform() * (size < 1000 ? rng.uniform() : 1));
      return codes;
    });
    const codes = Uint32Array.from({ length: count }, () => rng.int(8));
    const overall = new Uint32Array(8);
    for (const code of codes) overall[code] = (overall[code] as number) + 1;
    const domain = { column: 'secret', size: 8, labels: Array.from(overall.keys(), String), overall, rows: count };
    const secret: Secret = {
      codes,
      size: 8,
      criteria: [makeCriterion({ type: 'distinct-l', column: 'secret', l: 3 }, domain)],
    };
    const input = { columns, sizes: SIZES, asSet: AS_SET, k: 5, secrets: [secret], relaxed: true };
    const greedy = await timed(() => greedyRecoding(input, passes, quietContext(rng)));
    const plain = await timed(() =>
      mondrianPartition({ columns, sizes: SIZES, k: 5, l: 3, sensitive: secret, relaxed: false }, quietContext(rng)),
    );
    const before = granularityOf(input, columns, classesOf(plain.value));
    const after = granularityOf(input, columns, greedy.value);
    rows.push(row(`greedy ${count} x 5, k=5, l=3, ${passes} passes`, after, greedy.ms, before, plain.ms));
  }
  return rows;
}

const ADULT = 'shared/data/anonymization/adult/adult.csv';
const NINE = [
  'sex',
  'age',
  'race',
  'marital-status',
  'education',
  'native-country',
  'workclass',
  'occupation',
  'salary-class',
];
const YARDSTICKS = [
  [5, 5],
  [9, 5],
  [9, 25],
] as const;

async function adult(root: string, width: number, k: number): Promise<BenchRow[]> {
  const env: VectorEnv = { root, readText: (path) => readFileSync(join(root, path), 'utf8') };
  const names = NINE.slice(0, width);
  const hierarchies = Object.fromEntries(names.map((name) => [name, { file: `adult_hierarchy_${name}.csv` }]));
  const dataset = loadReference(env, { folder: 'shared/data/anonymization/adult', file: 'adult.csv', hierarchies });
  const encoded = names.map((name) => encodeColumn(dataset, name));
  const columns = encoded.map((column) => column.codes);
  const sizes = sizesOf(encoded);
  const asSet = encoded.map(cellsAreSets);
  const ctx = quietContext(seededRng('bench/adult'));
  const greedy = await timed(() => greedyRecoding({ columns, sizes, asSet, k, secrets: [], relaxed: true }, 2, ctx));
  const trees = encoded.map((column) => new ColumnTree(column));
  const cells = await timed(() => cellRecoding({ trees, k, secrets: [] }, ctx));
  const plain = await timed(() => mondrianPartition({ columns, sizes, k, l: 1, relaxed: false }, ctx));
  const measured = async (classes: RowClasses): Promise<number> =>
    granularity((await coveringCells(encoded, dataset, classes, asSet)).losses, sizes);
  const classOf = classNumbers(cells.value);
  const nodes = formed(
    trees.map((tree) => nodeColumn(tree, cells.value, classOf)),
    cells.value,
  );
  const before = await measured(classesOf(plain.value));
  const name = `Adult ${width} columns, k=${k}`;
  return [
    row(`greedy ${name}`, await measured(greedy.value), greedy.ms, before, plain.ms),
    row(`cells ${name}`, granularity(nodes.losses, sizes), cells.ms, before, plain.ms),
  ];
}

const row = (name: string, after: number, ms: number, before: number, peer: number): BenchRow => ({
  name: `${name}: granularity ${after.toFixed(4)}`,
  ours: { ms },
  peer: { name: `Mondrian, granularity ${before.toFixed(4)}`, ms: peer },
  ratio: peer / ms,
});

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

function classesOf(partition: {
  readonly classOf: Uint32Array;
  readonly sizes: Uint32Array;
  readonly count: number;
}): RowClasses {
  return rowsByClass({ ...partition, first: new Uint32Array(0) });
}

function granularityOf(shape: CellShape, columns: readonly Uint32Array[], classes: RowClasses): number {
  const losses = columns.map((codes, j) => {
    let sum = 0;
    for (let c = 0; c + 1 < classes.start.length; c += 1) {
      const values = Array.from(
        classes.rows.subarray(classes.start[c], classes.start[c + 1]),
        (at) => codes[at] as number,
      );
      const width = shape.asSet[j] === true ? new Set(values).size - 1 : Math.max(...values) - Math.min(...values);
      sum += values.length * width;
    }
    return sum / codes.length / ((shape.sizes[j] as number) - 1);
  });
  return granularity(losses, shape.sizes);
}
