import { log2 } from '../../kit/math/log2.ts';
import type { Hierarchy } from '../../table/hierarchy.ts';

/**
 * Quality of a generalized table on one scale, 1 = as the original, 0 = nothing left: the measures of ARX's analysis
 * view (Prasser, Eicher, Spengler, Bild, Kuhn 2020), each min-max scaled between the original and the worst table.
 * A class whose labels are all alike counts as suppressed there, and so it does here.
 */
export interface QualityInput {
  readonly rows: number;
  /** Hierarchies in their own order of base values: squared errors use it as a scale. */
  readonly hierarchies: readonly Hierarchy[];
  /** Base code per column and row, in the hierarchies' order. */
  readonly base: readonly Uint32Array[];
  readonly levels: readonly number[];
  /** 1 = row released. */
  readonly kept: Uint8Array;
  /** Class of each row at these levels, and classes of the original. */
  readonly classOf: Uint32Array;
  readonly originalSizes: Uint32Array;
}

export interface Quality {
  readonly generalizationIntensity: number;
  readonly granularity: number;
  readonly nonUniformEntropy: number;
  readonly discernibility: number;
  readonly averageClassSize: number;
  readonly ambiguity: number;
  readonly recordLevelSquaredError: number;
  readonly attributeLevelSquaredError: number;
}

export function quality(input: QualityInput): Quality {
  const columns = input.hierarchies.map((hierarchy, j) => columnOf(input, hierarchy, j));
  const mean = (of: (column: ColumnQuality) => number): number =>
    columns.reduce((sum, column) => sum + of(column), 0) / columns.length;
  return {
    generalizationIntensity: scaled(mean((column) => column.precision) / input.rows, 0, 1),
    granularity: scaled(
      mean((column) => column.covered) / input.rows,
      mean((column) => 1 / column.size),
      1,
    ),
    nonUniformEntropy: scaled(
      mean((column) => column.entropy),
      0,
      mean((column) => column.mostEntropy),
    ),
    attributeLevelSquaredError: scaled(
      mean((column) => column.error),
      0,
      mean((column) => column.mostError),
    ),
    ...classQuality(input),
    ...recordQuality(input, columns),
  };
}

const square = (x: number): number => x * x;
const scaled = (value: number, best: number, worst: number): number =>
  1 - Math.max(0, Math.min(1, (value - best) / (worst - best)));

interface ColumnQuality {
  readonly size: number;
  readonly precision: number;
  readonly covered: number;
  readonly entropy: number;
  readonly mostEntropy: number;
  readonly error: number;
  readonly mostError: number;
  /** Least and greatest position of each node at the column's level, and of everything. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly codes: Uint32Array;
  readonly deviation: number;
}

function columnOf(input: QualityInput, hierarchy: Hierarchy, j: number): ColumnQuality {
  const level = input.levels[j] as number;
  const codes = hierarchy.levels[level]?.codes ?? new Uint32Array(0);
  const base = input.base[j] ?? new Uint32Array(0);
  const size = codes.length;
  const span = spans(hierarchy, level);
  const cover = coveredRows(input, base, codes, span, hierarchy);
  return {
    size,
    codes,
    ...span,
    ...cover,
    ...entropyOf(input, hierarchy, j),
    deviation: deviationOf(base, input.rows),
  };
}

/** Positions a node's members take, and base values below it. */
function spans(hierarchy: Hierarchy, level: number) {
  const step = hierarchy.levels[level];
  const codes = step?.codes ?? new Uint32Array(0);
  const count = step?.labels.length ?? 0;
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count).fill(-Infinity);
  const members = new Float64Array(count);
  codes.forEach((node, b) => {
    low[node] = Math.min(low[node] as number, b);
    high[node] = Math.max(high[node] as number, b);
    members[node] = (members[node] as number) + 1;
  });
  return { low, high, members };
}

function coveredRows(
  { kept, rows, levels }: QualityInput,
  base: Uint32Array,
  codes: Uint32Array,
  span: { readonly low: Float64Array; readonly high: Float64Array; readonly members: Float64Array },
  hierarchy: Hierarchy,
) {
  const size = codes.length;
  const [least, greatest] = extent(base, rows);
  const level = levelOfLabels(
    hierarchy,
    levels,
    hierarchy.levels.findIndex((step) => step.codes === codes),
  );
  let covered = 0;
  let precision = 0;
  let error = 0;
  let mostError = 0;
  for (let i = 0; i < rows; i += 1) {
    const b = base[i] as number;
    const node = codes[b] as number;
    const isKept = kept[i] === 1;
    covered += isKept ? (span.members[node] as number) / size : 1;
    precision += isKept ? (level[node] as number) : 1;
    const most = Math.max(square(b - least), square(b - greatest));
    const low = isKept ? (span.low[node] as number) : 0;
    const high = isKept ? (span.high[node] as number) : size - 1;
    error += Math.min(most, Math.max(square(b - low), square(b - high)));
    mostError += most;
  }
  return { covered, precision, error, mostError };
}

/** Relative level of each label of a level: that of the first level where the same label occurs. */
function levelOfLabels(hierarchy: Hierarchy, _levels: readonly number[], level: number): Float64Array {
  const first = firstLevels(hierarchy);
  const height = Math.max(1, hierarchy.levels.length - 1);
  return Float64Array.from(hierarchy.levels[level]?.labels ?? [], (label) => (first.get(label) ?? level) / height);
}

function firstLevels(hierarchy: Hierarchy): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  hierarchy.levels.forEach(({ labels }, level) => {
    for (const label of labels) if (!first.has(label)) first.set(label, level);
  });
  return first;
}

/** Entropy lost on the way from value to label, one step for every level that occurs among the released cells. */
function entropyOf({ rows, levels, kept, base }: QualityInput, hierarchy: Hierarchy, j: number) {
  const codes = base[j] ?? new Uint32Array(0);
  const first = firstLevels(hierarchy);
  const top = hierarchy.levels.length - 1;
  const step = hierarchy.levels[levels[j] as number];
  const everything = first.get(hierarchy.levels[top]?.labels[0] ?? '') ?? top;
  const levelOf = new Uint8Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const label = step?.labels[step.codes[codes[i] as number] as number] ?? '';
    levelOf[i] = kept[i] === 1 ? (first.get(label) ?? 0) : everything;
  }
  const used = [...new Set(levelOf)].sort((a, b) => a - b);
  let entropy = 0;
  used.forEach((level, at) => {
    const from = at === 0 ? undefined : hierarchy.levels[used[at - 1] as number]?.codes;
    const to = hierarchy.levels[level]?.codes ?? new Uint32Array(0);
    entropy -= lossBetween(codes, levelOf, level, from, to);
  });
  const counts = new Float64Array(step?.codes.length ?? 0);
  for (let i = 0; i < rows; i += 1) counts[codes[i] as number] = (counts[codes[i] as number] as number) + 1;
  const mostEntropy = -counts.reduce((sum, count) => (count > 0 ? sum + count * log2(count / rows) : sum), 0);
  return { entropy, mostEntropy };
}

/** Sum over rows at `level` or above of log2(rows with the same label before / rows with the same label after). */
function lossBetween(
  base: Uint32Array,
  levelOf: Uint8Array,
  level: number,
  from: Uint32Array | undefined,
  to: Uint32Array,
): number {
  const before = new Float64Array(to.length);
  const after = new Float64Array(to.length);
  const fromOf = (b: number): number => (from === undefined ? b : (from[b] as number));
  for (let i = 0; i < base.length; i += 1) {
    if ((levelOf[i] as number) < level) continue;
    const b = base[i] as number;
    before[fromOf(b)] = (before[fromOf(b)] as number) + 1;
    after[to[b] as number] = (after[to[b] as number] as number) + 1;
  }
  let sum = 0;
  for (let i = 0; i < base.length; i += 1) {
    if ((levelOf[i] as number) < level) continue;
    const b = base[i] as number;
    sum += log2((before[fromOf(b)] as number) / (after[to[b] as number] as number));
  }
  return sum;
}

function extent(values: Uint32Array, rows: number): readonly [number, number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < rows; i += 1) {
    least = Math.min(least, values[i] as number);
    greatest = Math.max(greatest, values[i] as number);
  }
  return [least, greatest];
}

function deviationOf(values: Uint32Array, rows: number): number {
  let mean = 0;
  for (let i = 0; i < rows; i += 1) mean += values[i] as number;
  mean /= rows;
  let squares = 0;
  for (let i = 0; i < rows; i += 1) squares += square((values[i] as number) - mean);
  return Math.sqrt(squares / rows);
}

function classQuality(input: QualityInput): Pick<Quality, 'discernibility' | 'averageClassSize' | 'ambiguity'> {
  const { rows, kept, classOf, originalSizes, hierarchies, levels, base } = input;
  const sizes = new Float64Array(rows);
  let suppressed = 0;
  const domain = hierarchies.reduce((product, { levels: all }) => product * (all[0]?.codes.length ?? 1), 1);
  const steps = hierarchies.map((hierarchy, j) => hierarchy.levels[levels[j] as number]);
  const members = hierarchies.map((hierarchy, j) => spans(hierarchy, levels[j] as number).members);
  let ambiguity = 0;
  const rowOf = new Int32Array(rows).fill(-1);
  for (let i = 0; i < rows; i += 1) {
    if (kept[i] === 0) {
      suppressed += 1;
      ambiguity += domain;
      continue;
    }
    const c = classOf[i] as number;
    sizes[c] = (sizes[c] as number) + 1;
    rowOf[c] = i;
    let product = 1;
    steps.forEach((step, j) => {
      product *= members[j]?.[step?.codes[base[j]?.[i] as number] as number] ?? 1;
    });
    ambiguity += product;
  }
  let squares = rows * suppressed;
  let classes = 0;
  sizes.forEach((size, c) => {
    if (size === 0) return;
    classes += 1;
    squares += size * (labelsAlike(input, rowOf[c] as number) ? rows : size);
  });
  let original = 0;
  for (const size of originalSizes) original += size * size;
  return {
    discernibility: scaled(squares, original, rows * rows),
    averageClassSize: scaled((rows - suppressed) / classes, rows / originalSizes.length, rows),
    ambiguity: scaled(ambiguity, rows, rows * domain),
  };
}

function labelsAlike({ hierarchies, levels, base }: QualityInput, row: number): boolean {
  const labels = hierarchies.map((hierarchy, j) => {
    const step = hierarchy.levels[levels[j] as number];
    return step?.labels[step.codes[base[j]?.[row] as number] as number];
  });
  return labels.every((label) => label === labels[0]);
}

/** Euclidean distance between a record and the far end of its cells, in standard deviations, against the worst. */
function recordQuality(
  { rows, kept, base }: QualityInput,
  columns: readonly ColumnQuality[],
): Pick<Quality, 'recordLevelSquaredError'> {
  let real = 0;
  let worst = 0;
  const ranges = columns.map((column, j): readonly [number, number] => {
    const [low, high] = extent(base[j] ?? new Uint32Array(0), rows);
    let least = low;
    let greatest = high;
    for (let i = 0; i < rows; i += 1) {
      const node = column.codes[base[j]?.[i] as number] as number;
      least = Math.min(least, kept[i] === 1 ? (column.low[node] as number) : 0);
      greatest = Math.max(greatest, kept[i] === 1 ? (column.high[node] as number) : column.size - 1);
    }
    return [least, greatest];
  });
  const far = (value: number, low: number, high: number): number => (high - value > value - low ? high : low);
  for (let i = 0; i < rows; i += 1) {
    let here = 0;
    let most = 0;
    columns.forEach((column, j) => {
      if (column.deviation === 0) return;
      const value = base[j]?.[i] as number;
      const node = column.codes[value] as number;
      const low = kept[i] === 1 ? (column.low[node] as number) : 0;
      const high = kept[i] === 1 ? (column.high[node] as number) : column.size - 1;
      here += square((value - far(value, low, high)) / column.deviation);
      const [least, greatest] = ranges[j] ?? [0, 0];
      most += square((value - far(value, least, greatest)) / column.deviation);
    });
    real += Math.sqrt(here);
    worst += Math.sqrt(most);
  }
  return { recordLevelSquaredError: scaled(real, 0, worst) };
}
