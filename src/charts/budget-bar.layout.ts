/**
 * Moves the border between part `index` and the next one by `delta` of the total, in steps. Only these two change, none
 * below one step; shares are held in whole steps so that they sum to 1 exactly.
 */
export function moveBorder(shares: readonly number[], index: number, delta: number, step = 0.01): number[] {
  const units = Math.round(1 / step);
  const parts = wholeSteps(shares, units);
  const left = parts[index];
  const right = parts[index + 1];
  if (left === undefined || right === undefined) return parts.map((part) => part / units);
  const wanted = Math.round(delta * units);
  const moved = Math.max(Math.min(1, left) - left, Math.min(right - Math.min(1, right), wanted));
  parts[index] = left + moved;
  parts[index + 1] = right - moved;
  return parts.map((part) => part / units);
}

/** Rounds shares to whole steps summing to `units`: largest remainders get the rest (Hamilton's method). */
export function wholeSteps(shares: readonly number[], units: number): number[] {
  const sum = shares.reduce((total, share) => total + Math.max(0, share), 0) || 1;
  const exact = shares.map((share) => (Math.max(0, share) / sum) * units);
  const floors = exact.map(Math.floor);
  const rest = units - floors.reduce((total, part) => total + part, 0);
  const order = exact
    .map((_, i) => i)
    .sort(
      (a, b) => (exact[b] as number) - (floors[b] as number) - ((exact[a] as number) - (floors[a] as number)) || a - b,
    );
  for (const i of order.slice(0, rest)) floors[i] = (floors[i] as number) + 1;
  return floors;
}
