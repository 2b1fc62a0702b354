import type { Pause } from '../../kit/context.ts';
import { type Grouping, groupRows } from '../../table/group.ts';
import { baseSize, type EncodedColumn } from '../../table/hierarchy.ts';

/**
 * What full-domain search works on: distinct combinations ("tuples") of base values, sensitive values and sample flag,
 * each with its number of rows, and for every column the node of each tuple at each level of its hierarchy.
 */
export interface LatticeTable {
  /** Rows that are to be released (the sample, where there is one). */
  readonly rows: number;
  readonly tuples: number;
  /** Rows to be released per tuple. */
  readonly weight: Uint32Array;
  /** Rows of the population per tuple; the same array where the table is its own population. */
  readonly population: Uint32Array;
  readonly columns: readonly LatticeColumn[];
  /** Codes of the sensitive columns per tuple. */
  readonly sensitive: readonly { readonly codes: Uint32Array; readonly size: number }[];
  /** Tuple of each row of the table. */
  readonly tupleOf: Uint32Array;
  /** Rows (released) that share a tuple's combination of quasi-identifiers: the cell frequency of KL divergence. */
  readonly cellRows: () => Float64Array;
}

export interface LatticeColumn {
  readonly name: string;
  /** Base values of the hierarchy, in the data or not: the domain size of every share. */
  readonly size: number;
  readonly levels: readonly LatticeLevel[];
}

export interface LatticeLevel {
  readonly name: string;
  /** Node of each tuple. */
  readonly codes: Uint16Array | Uint32Array;
  /** Node of each base value, for loops over base values. */
  readonly nodeOf: Uint32Array;
  readonly count: number;
  /** Base values below each node. */
  readonly members: Float64Array;
  /** Released rows below each node. */
  readonly rows: Float64Array;
  /** Sum over released rows of the base values their node covers: what the column costs when nothing is suppressed. */
  readonly covered: number;
}

/** Rows chosen for release out of a population: 1 = released. */
export type SampleFlags = Uint8Array;

/** Builds tuples and level codes. O(rows + tuples x levels). */
export async function latticeTable(
  columns: readonly EncodedColumn[],
  sensitive: readonly { readonly codes: Uint32Array; readonly size: number }[],
  rowCount: number,
  sample: SampleFlags | undefined,
  pause: Pause,
): Promise<LatticeTable> {
  const keys = [...columns.map((column) => column.codes), ...sensitive.map((each) => each.codes)];
  const sizes = [...columns.map(baseSize), ...sensitive.map((each) => each.size)];
  const isSpread = isMostlyDistinct(keys, sizes, rowCount);
  const { first, count, classOf, sizes: population } = isSpread ? rowByRow(rowCount) : groupRows(keys, sizes, rowCount);
  await pause();
  const weight = sample === undefined ? population : sampleWeights(classOf, count, sample);
  let rows = 0;
  for (let t = 0; t < count; t += 1) rows += weight[t] as number;
  const made: LatticeColumn[] = [];
  for (const column of columns) {
    made.push(latticeColumn(column, first, weight));
    await pause();
  }
  return {
    rows,
    tuples: count,
    weight,
    population,
    columns: made,
    sensitive: sensitive.map(({ codes, size }) => ({ codes: gather(codes, first), size })),
    tupleOf: classOf,
    cellRows: once(() => cellRows(columns, first, weight, isSpread || sensitive.length > 0)),
  };
}

/** Rows of the table looked at before its tuples are formed. */
const PROBE = 1 << 16;

/**
 * Whether merging equal rows would save next to nothing: nine in ten of the first rows are distinct among themselves.
 * Tuples need not be distinct, and rows in their own order are read in sequence.
 */
function isMostlyDistinct(keys: readonly Uint32Array[], sizes: readonly number[], rowCount: number): boolean {
  if (rowCount <= PROBE) return false;
  const probe = groupRows(
    keys.map((codes) => codes.subarray(0, PROBE)),
    sizes,
    PROBE,
  );
  return probe.count > 0.9 * PROBE;
}

function rowByRow(rowCount: number): Grouping {
  const every = Uint32Array.from({ length: rowCount }, (_, i) => i);
  return { classOf: every, first: every, sizes: new Uint32Array(rowCount).fill(1), count: rowCount };
}

function sampleWeights(classOf: Uint32Array, count: number, sample: SampleFlags): Uint32Array {
  const weight = new Uint32Array(count);
  for (let i = 0; i < classOf.length; i += 1) {
    if (sample[i] === 1) weight[classOf[i] as number] = (weight[classOf[i] as number] as number) + 1;
  }
  return weight;
}

function gather(codes: Uint32Array, rows: Uint32Array): Uint32Array {
  const out = new Uint32Array(rows.length);
  for (let i = 0; i < out.length; i += 1) out[i] = codes[rows[i] as number] as number;
  return out;
}

function cellRows(
  columns: readonly EncodedColumn[],
  first: Uint32Array,
  weight: Uint32Array,
  split: boolean,
): Float64Array {
  if (!split) return Float64Array.from(weight);
  const cells = groupRows(
    columns.map((column) => gather(column.codes, first)),
    columns.map(baseSize),
    first.length,
  );
  const sums = new Float64Array(cells.count);
  for (let t = 0; t < weight.length; t += 1) {
    const cell = cells.classOf[t] as number;
    sums[cell] = (sums[cell] as number) + (weight[t] as number);
  }
  const out = new Float64Array(weight.length);
  for (let t = 0; t < out.length; t += 1) out[t] = sums[cells.classOf[t] as number] as number;
  return out;
}

function latticeColumn(column: EncodedColumn, first: Uint32Array, weight: Uint32Array): LatticeColumn {
  const base = gather(column.codes, first);
  const size = baseSize(column);
  const levels = column.hierarchy.levels.map((step): LatticeLevel => {
    let count = 0;
    for (let b = 0; b < step.codes.length; b += 1) count = Math.max(count, (step.codes[b] as number) + 1);
    const members = new Float64Array(count);
    for (let b = 0; b < step.codes.length; b += 1) {
      const node = step.codes[b] as number;
      members[node] = (members[node] as number) + 1;
    }
    const codes = count <= 65_536 ? new Uint16Array(base.length) : new Uint32Array(base.length);
    const rows = new Float64Array(count);
    let covered = 0;
    for (let t = 0; t < codes.length; t += 1) {
      const node = step.codes[base[t] as number] as number;
      codes[t] = node;
      rows[node] = (rows[node] as number) + (weight[t] as number);
      covered += (weight[t] as number) * (members[node] as number);
    }
    return { name: step.name, codes, nodeOf: step.codes, count, members, rows, covered };
  });
  return { name: column.hierarchy.column, size, levels };
}

/** Computed when first asked for: only divergence needs it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Number of nodes of the whole lattice. */
export const latticeSize = (heights: readonly number[]): number => heights.reduce((all, height) => all * height, 1);

/** Levels of a node: mixed radix, the last column fastest. */
export function levelsOfNode(node: number, heights: readonly number[]): number[] {
  const levels = heights.map(() => 0);
  let rest = node;
  for (let j = heights.length - 1; j >= 0; j -= 1) {
    const height = heights[j] as number;
    levels[j] = rest % height;
    rest = Math.floor(rest / height);
  }
  return levels;
}

/** Index of the node at these levels. */
export const nodeOfLevels = (levels: readonly number[], heights: readonly number[]): number =>
  levels.reduce((node, level, j) => node * (heights[j] as number) + level, 0);
