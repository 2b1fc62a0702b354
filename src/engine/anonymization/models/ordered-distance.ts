import { invalidData } from '../../kit/errors.ts';
import type { ClassValues, SensitiveDomain } from './criterion.ts';

/** Classes with fewer than one in this many of the values are walked value by value, others rank by rank. */
const SPARSE = 8;

/**
 * Ordered distance of a class to the table: sum over ranks j of |cumulated (q - p)_j| / (M - 1), M values that occur in
 * the table, in numeric order (Li et al. 2007, section 4.1). Missing values come last. Exact in whole numbers as long as
 * M N^2 stays below 2^53.
 * @throws invalid-data where the values are no numbers
 */
export function orderedDistance(domain: SensitiveDomain): (cls: ClassValues) => number {
  const { order, overall, rows } = domain;
  if (order === undefined) {
    throw invalidData(
      `the values of "${domain.column}" have no order`,
      `choose the equal or the hierarchical distance for ${domain.column}`,
      { column: domain.column },
    );
  }
  const codes = Uint32Array.from({ length: domain.size }, (_, code) => code)
    .filter((code) => (overall[code] as number) > 0)
    .sort((a, b) => ascending(order[a] as number, order[b] as number) || a - b);
  const ranks = codes.length;
  const rankOf = new Uint32Array(domain.size);
  codes.forEach((code, rank) => {
    rankOf[code] = rank;
  });
  // upTo[j] = rows with one of the ranks 0..j; sums[j] = upTo[0] + ... + upTo[j - 1].
  const upTo = new Float64Array(ranks);
  const sums = new Float64Array(ranks + 1);
  let before = 0;
  for (let j = 0; j < ranks; j += 1) {
    before += overall[codes[j] as number] as number;
    upTo[j] = before;
    sums[j + 1] = (sums[j] as number) + before;
  }
  const met = new Uint32Array(Math.ceil(ranks / SPARSE) + 1);

  const dense = ({ size, counts }: ClassValues): number => {
    let mass = 0;
    let sum = 0;
    for (let j = 0; j < ranks; j += 1) {
      mass += counts[codes[j] as number] as number;
      sum += Math.abs(mass * rows - size * (upTo[j] as number));
    }
    return sum;
  };
  /** Sum over ranks [from, to), where the class's cumulated count is `mass` throughout. */
  const stretch = (from: number, to: number, mass: number, size: number): number => {
    const level = mass * rows;
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (size * (upTo[middle] as number) > level) high = middle;
      else low = middle + 1;
    }
    const under = (low - from) * level - size * ((sums[low] as number) - (sums[from] as number));
    const over = size * ((sums[to] as number) - (sums[low] as number)) - (to - low) * level;
    return under + over;
  };
  const sparse = ({ size, counts, values, distinct }: ClassValues): number => {
    for (let i = 0; i < distinct; i += 1) {
      const rank = rankOf[values[i] as number] as number;
      let at = i;
      for (; at > 0 && (met[at - 1] as number) > rank; at -= 1) met[at] = met[at - 1] as number;
      met[at] = rank;
    }
    let sum = 0;
    let mass = 0;
    let from = 0;
    for (let i = 0; i < distinct; i += 1) {
      const rank = met[i] as number;
      sum += stretch(from, rank, mass, size);
      mass += counts[codes[rank] as number] as number;
      from = rank;
    }
    return sum + stretch(from, ranks, mass, size);
  };
  if (ranks <= 1) return () => 0;
  return (cls) => (cls.distinct * SPARSE < ranks ? sparse(cls) : dense(cls)) / ((ranks - 1) * cls.size * rows);
}

const ascending = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
