/**
 * Cells that one-number outputs fall into: points (an exact value) and the open intervals between them, in order, and one
 * last cell for what is no number. Chosen from a first sample alone, so events made of cells can be tested on fresh draws.
 */
export interface Cells {
  /** Sorted points; cell 2 i + 1 is point i, cell 2 i the interval before it, cell 2 points the rest above, then NaN. */
  readonly points: Float64Array;
  readonly size: number;
  /** Adds 1 to the cell of each output. */
  count(outputs: Float64Array, counts: Float64Array): void;
}

/** More distinct outputs than this are cut at quantiles, like a line. */
const MOST_POINTS = 2048;
/** Widest range of whole outputs that is looked up instead of searched. */
const MOST_LOOKUP = 1 << 18;
const QUANTILES = 64;
const SAMPLE = 16384;

/** Every seen value is a cell of its own where outputs are discrete and few; else quantiles, ever finer in both tails. */
export function cellsFor(outputs: 'discrete' | 'continuous', first: Float64Array, second: Float64Array): Cells {
  if (outputs === 'discrete') {
    const seen = distinctOf(first, second);
    if (seen !== undefined) return cellsAt(seen);
  }
  return cellsAt(quantilesOf(first, second));
}

function distinctOf(first: Float64Array, second: Float64Array): Float64Array | undefined {
  const seen = new Set<number>();
  for (const part of [first, second]) {
    for (let i = 0; i < part.length; i += 1) {
      const value = part[i] as number;
      if (value !== value) continue;
      seen.add(value + 0);
      if (seen.size > MOST_POINTS) return undefined;
    }
  }
  return Float64Array.from(seen).sort();
}

function quantilesOf(first: Float64Array, second: Float64Array): Float64Array {
  const half = SAMPLE / 2;
  const sample = Float64Array.from([...first.subarray(0, half), ...second.subarray(0, half)].filter((x) => x === x));
  if (sample.length === 0) return sample;
  sample.sort();
  const points = new Set<number>();
  const at = (rank: number): void => {
    points.add((sample[Math.min(sample.length - 1, Math.max(0, Math.floor(rank)))] as number) + 0);
  };
  for (let i = 0; i < QUANTILES; i += 1) at((i * sample.length) / QUANTILES);
  for (let rank = sample.length / QUANTILES / 2; rank >= 8; rank /= 2) {
    at(rank);
    at(sample.length - 1 - rank);
  }
  return Float64Array.from(points).sort();
}

export function cellsAt(points: Float64Array): Cells {
  const m = points.length;
  const nan = 2 * m + 1;
  const low = m === 0 ? 0 : (points[0] as number);
  const span = m === 0 ? 0 : (points[m - 1] as number) - low;
  const search = (value: number): number => {
    let from = 0;
    let to = m;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((points[middle] as number) < value) from = middle + 1;
      else to = middle;
    }
    return from < m && points[from] === value ? 2 * from + 1 : 2 * from;
  };
  const isWhole = span < MOST_LOOKUP && points.every((point) => Number.isInteger(point));
  const lookup = isWhole ? Int32Array.from({ length: span + 1 }, (_, i) => search(low + i)) : new Int32Array(0);
  return {
    points,
    size: nan + 1,
    count: (outputs, counts) => {
      for (let i = 0; i < outputs.length; i += 1) {
        const value = outputs[i] as number;
        const at = value - low;
        // A fraction as an index would be turned into a property name, a hundred times slower.
        const isNear = at >= 0 && at < lookup.length && at === (at | 0);
        const cell = isNear ? (lookup[at] as number) : value === value ? search(value) : nan;
        counts[cell] = (counts[cell] as number) + 1;
      }
    },
  };
}
