/** Making noisy cells agree with a noisy total, without cost in privacy: post-processing of what was released. */

/**
 * Least squares for cells of variance `cellVariance` and a total of variance `totalVariance`: each cell gets the same share of
 * the gap. Overwrites `cells`; returns the total they then add up to.
 */
export function reconcile(cells: Float64Array, cellVariance: number, total: number, totalVariance: number): number {
  const sum = cells.reduce((before, cell) => before + cell, 0);
  const gap = total - sum;
  const weight = cells.length * cellVariance + totalVariance;
  const share = weight > 0 ? (gap * cellVariance) / weight : 0;
  for (let i = 0; i < cells.length; i += 1) cells[i] = (cells[i] as number) + share;
  return sum + share * cells.length;
}

/**
 * The nearest cells, in squares, that are not negative and add up to `total` (at least 0): the same amount is taken off all
 * cells that stay positive (projection onto a simplex; Duchi et al., 2008). Overwrites `cells`.
 */
export function projectNonNegative(cells: Float64Array, total: number): void {
  const wanted = Math.max(0, total);
  const sorted = cells.slice().sort();
  let sum = 0;
  let less = 0;
  for (let k = 1; k <= sorted.length; k += 1) {
    const value = sorted[sorted.length - k] as number;
    const cut = (sum + value - wanted) / k;
    if (value < cut) break;
    sum += value;
    less = cut;
  }
  for (let i = 0; i < cells.length; i += 1) cells[i] = Math.max(0, (cells[i] as number) - less);
}

/** Whole cells that add up to the rounded total: largest fractions are rounded up, the first of equals first. Overwrites `cells`. */
export function roundTogether(cells: Float64Array): void {
  let total = 0;
  for (const cell of cells) total += cell;
  let left = Math.round(total);
  const fractions = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i += 1) {
    const whole = Math.floor(cells[i] as number);
    fractions[i] = (cells[i] as number) - whole;
    cells[i] = whole;
    left -= whole;
  }
  const order = Uint32Array.from(cells, (_, i) => i).sort(
    (a, b) => (fractions[b] as number) - (fractions[a] as number) || a - b,
  );
  for (let k = 0; k < left; k += 1) {
    const i = order[k % order.length] as number;
    cells[i] = (cells[i] as number) + 1;
  }
}
