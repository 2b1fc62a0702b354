import { array, assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadedDataset } from '../kit/dataset.ts';
import { EngineError } from '../kit/errors.ts';
import type { HierarchySpec } from '../kit/hierarchy-spec.ts';
import { tinyDataset } from '../testing/tiny-dataset.ts';
import { encodeColumn } from './encode.ts';
import { buildHierarchy } from './hierarchy-build.ts';
import { hierarchyRows } from './hierarchy-rows.ts';
import type { EncodedColumn } from './hierarchy.ts';
import { type Column, cellText, columnOf, takeRows } from './table.ts';

const dataset = tinyDataset(60);
const withSpec = (name: string, spec: HierarchySpec, source: LoadedDataset = dataset): LoadedDataset => ({
  ...source,
  hierarchies: { [name]: buildHierarchy(spec, name, source) },
});
const encode = (name: string, spec: HierarchySpec, source: LoadedDataset = dataset): EncodedColumn =>
  encodeColumn(withSpec(name, spec, source), name);
const withColumn = (column: Column): LoadedDataset => ({
  ...dataset,
  table: { rows: column.kind === 'category' ? column.codes.length : column.values.length, columns: [column] },
});
const labelsAt = (encoded: EncodedColumn, level: number, rows: number): readonly string[] =>
  Array.from({ length: rows }, (_, row) => {
    const step = encoded.hierarchy.levels[level];
    return step?.labels[step.codes[encoded.codes[row] as number] as number] ?? '';
  });
const codeOfError = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof EngineError ? `${error.code}: ${error.message}` : 'other';
  }
  return 'none';
};

/** Every node of every level must be a contiguous range of base codes inside one node of the level above. */
function expectNested(encoded: EncodedColumn): void {
  const { levels } = encoded.hierarchy;
  levels.forEach((level, depth) => {
    const above = levels[depth + 1];
    const closed = new Set<number>();
    level.codes.forEach((node, base) => {
      const before = base === 0 ? undefined : level.codes[base - 1];
      if (before !== node) {
        expect(closed.has(node)).toBe(false);
        closed.add(node);
      } else if (above !== undefined) expect(above.codes[base]).toBe(above.codes[base - 1]);
    });
    expect(level.labels.length).toBe(closed.size);
  });
  expect(levels.at(-1)?.labels).toEqual(['*']);
}

describe('building a hierarchy', () => {
  it('gives every row a node at every level, nested, for each kind', () => {
    const specs: readonly (readonly [string, HierarchySpec])[] = [
      ['age', { kind: 'interval', origin: 3, widths: [4, 8, 32] }],
      ['age', { kind: 'order', cuts: [[2, 5, 9], [5]] }],
      ['age', { kind: 'mask', from: 'right' }],
      ['age', { kind: 'mask', from: 'left', steps: [1] }],
      ['at', { kind: 'date', levels: ['hour', 'daypart', 'day', 'month', 'year'] }],
      ['at', { kind: 'date', levels: ['minute', 'week'] }],
      ['from', { kind: 'place' }],
      ['person', { kind: 'suppress' }],
    ];
    for (const [name, spec] of specs) {
      const encoded = encode(name, spec);
      expectNested(encoded);
      const column = columnOf(dataset.table, name);
      expect(labelsAt(encoded, 0, 60).map((label) => label.slice(0, 16))).toEqual(
        Array.from({ length: 60 }, (_, row) => String(cellText(column, row) ?? '(missing)').slice(0, 16)),
      );
    }
  });

  it('keeps numbers and times as numbers, so that metrics can spread a generalized cell', () => {
    expect(encode('age', { kind: 'interval', origin: 0, widths: [10] }).base.kind).toBe('numbers');
    expect(encode('at', { kind: 'date', levels: ['day'] }).base.kind).toBe('minutes');
    expect(encode('from', { kind: 'place' }).base.kind).toBe('places');
  });

  it('reads an edited place tree as places, and an edited time table as minutes', () => {
    const places = hierarchyRows(buildHierarchy({ kind: 'place' }, 'from', dataset));
    const moved = places.map((row, i) => (i === 0 ? [row[0] ?? '', 'elsewhere', ...row.slice(2)] : row));
    const encoded = encode('from', { kind: 'table', rows: moved });
    expect(encoded.base.kind).toBe('places');
    expectNested(encoded);
    const times = hierarchyRows(buildHierarchy({ kind: 'date', levels: ['day'] }, 'at', dataset));
    const seconds = times.map((row) => [`${(row[0] ?? '').replace(' ', 'T')}:30`, ...row.slice(1)]);
    expect(encode('at', { kind: 'table', rows: seconds }).base.kind).toBe('minutes');
  });

  it('says so when groups of numbers are not intervals: the codes are then no order', () => {
    const column: Column = { kind: 'integer', name: 'n', values: Int32Array.from([1, 2, 3, 4]) };
    const rows = [
      ['1', 'odd', '*'],
      ['2', 'even', '*'],
      ['3', 'odd', '*'],
      ['4', 'even', '*'],
    ];
    const encoded = encode('n', { kind: 'table', rows }, withColumn(column));
    expect(encoded.ordered).toBe(false);
    expect(encoded.base.kind).toBe('labels');
    expectNested(encoded);
  });

  it('puts a value on the edge of an interval into the upper one, also where division rounds down', () => {
    const column: Column = { kind: 'number', name: 'x', values: Float64Array.from([0.25, 0.3, 0.6, 0.7]) };
    const encoded = encode('x', { kind: 'interval', origin: 0, widths: [0.1, 0.3] }, withColumn(column));
    expect(labelsAt(encoded, 1, 4)).toEqual(['0.2 to <0.3', '0.3 to <0.4', '0.6 to <0.7', '0.7 to <0.8']);
    expect(labelsAt(encoded, 2, 4)).toEqual(['0 to <0.3', '0.3 to <0.6', '0.6 to <0.9', '0.6 to <0.9']);
    expectNested(encoded);
  });

  it('nests intervals of any origin and widths', () => {
    assert(
      property(
        array(double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }),
        double({ min: -100, max: 100, noNaN: true }),
        double({ min: 0.01, max: 50, noNaN: true }),
        array(integer({ min: 2, max: 9 }), { maxLength: 4 }),
        (values, origin, width, ratios) => {
          const widths = ratios.reduce<number[]>((all, ratio) => [...all, (all.at(-1) ?? width) * ratio], [width]);
          const column: Column = { kind: 'number', name: 'x', values: Float64Array.from(values) };
          const encoded = encode('x', { kind: 'interval', origin, widths }, withColumn(column));
          const { levels } = encoded.hierarchy;
          for (let depth = 1; depth + 1 < levels.length; depth += 1) {
            const parent = new Map<number, number>();
            levels[depth]?.codes.forEach((node, base) => {
              const up = levels[depth + 1]?.codes[base] as number;
              expect(parent.get(node) ?? up).toBe(up);
              parent.set(node, up);
            });
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses what does not nest, naming the column', () => {
    const bad: readonly (readonly [string, HierarchySpec, RegExp])[] = [
      ['age', { kind: 'interval', origin: 0, widths: [4, 6] }, /width 6 of the hierarchy of age.*multiple/],
      ['age', { kind: 'interval', origin: 0, widths: [0] }, /above 0/],
      ['from', { kind: 'interval', origin: 0, widths: [4] }, /category values/],
      ['age', { kind: 'order', cuts: [[2, 5], [3]] }, /level 1 also cuts/],
      ['age', { kind: 'order', cuts: [[5, 2]] }, /ascending/],
      ['age', { kind: 'date', levels: ['day'] }, /not dates/],
      ['at', { kind: 'date', levels: ['week', 'month'] }, /week can lie in two/],
      ['at', { kind: 'date', levels: ['day', 'hour'] }, /fine to coarse/],
      ['age', { kind: 'mask', from: 'left', steps: [2, 2] }, /ascending/],
      ['age', { kind: 'table', rows: [] }, /"age" has no values/],
    ];
    for (const [name, spec, message] of bad) {
      expect(codeOfError(() => buildHierarchy(spec, name, dataset))).toMatch(message);
    }
  });

  it('names the value of the data that a table misses', () => {
    const rows = [['1', '*']];
    expect(codeOfError(() => encode('age', { kind: 'table', rows }))).toMatch(
      /invalid-data: the hierarchy of "age" does not contain the value "\d+"/,
    );
  });

  it('holds for the rows a later step keeps', () => {
    const source = withSpec('from', {
      kind: 'table',
      rows: hierarchyRows(buildHierarchy({ kind: 'place' }, 'from', dataset)).map((row) => [row[0] ?? '', 'all', '*']),
    });
    const fewer = takeRows(source.table, Uint32Array.from([3, 1, 4]));
    expect(
      labelsAt(encodeColumn(source, 'from', fewer), 1, 3).every((label) => label === 'all' || label === '(missing)'),
    ).toBe(true);
  });

  it('gives missing values a base value of their own', () => {
    const holes = tinyDataset(40, 'nulls');
    for (const spec of [{ kind: 'suppress' }, { kind: 'interval', origin: 0, widths: [10] }] as const) {
      expect(() => expectNested(encode('age', spec, holes))).not.toThrow();
    }
  });
});
