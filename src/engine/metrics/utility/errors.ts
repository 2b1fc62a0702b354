/** Normalised errors behind the utility scores; `truth` and `released` have equal length. Utility = 1 - error, at least 0. */

/** Sum of |released - true| over the sum of |true|: every unit of volume counts the same. */
export function volumeError(truth: ArrayLike<number>, released: ArrayLike<number>): number {
  let wrong = 0;
  let all = 0;
  for (let i = 0; i < truth.length; i += 1) {
    wrong += Math.abs((released[i] as number) - (truth[i] as number));
    all += Math.abs(truth[i] as number);
  }
  return all > 0 ? wrong / all : Number.NaN;
}

/** Total variation distance between the two as distributions (negative entries count as 0): 0 same, 1 disjoint. */
export function totalVariation(truth: ArrayLike<number>, released: ArrayLike<number>): number {
  let allTrue = 0;
  let allReleased = 0;
  for (let i = 0; i < truth.length; i += 1) {
    allTrue += Math.max(0, truth[i] as number);
    allReleased += Math.max(0, released[i] as number);
  }
  if (!(allTrue > 0 && allReleased > 0)) return 1;
  let gap = 0;
  for (let i = 0; i < truth.length; i += 1) {
    gap += Math.abs(Math.max(0, truth[i] as number) / allTrue - Math.max(0, released[i] as number) / allReleased);
  }
  return gap / 2;
}

/**
 * Mean over cells of |released - true| / max(true, sanity), each cut at 1. The sanity bound keeps cells of one or two
 * rows from deciding everything (Xiao, Wang, Gehrke, 2010, use 0.1 % of the rows).
 */
export function cellError(truth: ArrayLike<number>, released: ArrayLike<number>, sanity: number): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i += 1) {
    const t = Math.abs(truth[i] as number);
    sum += Math.min(1, Math.abs((released[i] as number) - (truth[i] as number)) / Math.max(t, sanity));
  }
  return truth.length > 0 ? sum / truth.length : Number.NaN;
}

/** Pearson correlation; NaN where one side is constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < n; i += 1) {
    meanA += (a[i] as number) / n;
    meanB += (b[i] as number) / n;
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i += 1) {
    const x = (a[i] as number) - meanA;
    const y = (b[i] as number) - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Share of the `k` largest true entries that are also among the `k` largest released ones. Ties go to the earlier entry. */
export function topShare(truth: ArrayLike<number>, released: ArrayLike<number>, k: number): number {
  const top = (values: ArrayLike<number>): number[] =>
    Array.from({ length: values.length }, (_, i) => i)
      .sort((a, b) => (values[b] as number) - (values[a] as number) || a - b)
      .slice(0, k);
  const wanted = new Set(top(truth));
  return top(released).filter((i) => wanted.has(i)).length / Math.max(1, wanted.size);
}

export const utilityOf = (error: number): number => Math.max(0, 1 - error);
