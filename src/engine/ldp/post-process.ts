/** Post-processing of estimated counts to something a count can be (Wang et al., 2020); costs no privacy. Returns new arrays. */

/** Negative estimates become 0. */
export const basePos = (x: readonly number[]): number[] => x.map((value) => Math.max(0, value));

/** The same amount is added to all so that they sum to n. */
export function norm(x: readonly number[], n: number): number[] {
  const shift = (n - sum(x)) / x.length;
  return x.map((value) => value + shift);
}

/** Cut at 0, then scaled to sum to n. */
export function normMul(x: readonly number[], n: number): number[] {
  const positive = basePos(x);
  const factor = n / sum(positive);
  return positive.map((value) => value * factor);
}

/** Keeps the largest positive estimates until they first exceed n, zeroes the rest and scales the kept ones to n. */
export function normCut(x: readonly number[], n: number): number[] {
  const order = x.map((_, i) => i).sort((a, b) => (x[b] as number) - (x[a] as number) || a - b);
  const out = x.map(() => 0);
  let kept = 0;
  for (const i of order) {
    const value = x[i] as number;
    if (value <= 0 || kept > n) break;
    out[i] = value;
    kept += value;
  }
  return out.map((value) => (value * n) / kept);
}

/** Euclidean projection on {y >= 0, sum y = n} (norm-sub). */
export function normSub(x: readonly number[], n: number): number[] {
  const sorted = [...x].sort((a, b) => b - a);
  let total = 0;
  let shift = 0;
  for (let k = 0; k < sorted.length; k += 1) {
    total += sorted[k] as number;
    const candidate = (total - n) / (k + 1);
    if ((sorted[k] as number) - candidate > 0) shift = candidate;
  }
  return x.map((value) => Math.max(0, value - shift));
}

const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
