import { gammainc } from '../kit/portable-math.ts';

/** Counts of what `draw` returned, `n` times. */
export function tally(n: number, draw: () => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i += 1) {
    const x = draw();
    counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  return counts;
}

/**
 * Upper tail of the chi-square statistic of counts against masses on from..to; bins expecting fewer than 10, and all beyond, are pooled.
 * Below alpha: the law is rejected, with false-alarm rate alpha.
 */
export function chiSquareTail(
  counts: ReadonlyMap<number, number>,
  n: number,
  mass: (x: number) => number,
  from: number,
  to: number,
): number {
  let statistic = 0;
  let bins = 0;
  let pooledSeen = n;
  let pooledExpected = n;
  for (let x = from; x <= to; x += 1) {
    const expected = n * mass(x);
    if (expected < 10) continue;
    const seen = counts.get(x) ?? 0;
    statistic += ((seen - expected) * (seen - expected)) / expected;
    pooledSeen -= seen;
    pooledExpected -= expected;
    bins += 1;
  }
  if (pooledExpected >= 10) {
    statistic += ((pooledSeen - pooledExpected) * (pooledSeen - pooledExpected)) / pooledExpected;
    bins += 1;
  }
  return 1 - gammainc(statistic / 2, (bins - 1) / 2);
}
