/**
 * Shares as near to `wanted` (in proportion) as their limits allow: share_i = clip(t wanted_i, floor_i, cap_i) with the one t that
 * makes them sum to 1. A share grows with its own wish and never passes its cap.
 *
 * @param wanted >= 0 with a positive sum; floors sum to at most 1, caps to at least 1, floor <= cap.
 */
export function waterFilling(
  wanted: readonly number[],
  floors: readonly number[],
  caps: readonly number[],
): readonly number[] {
  const at = (t: number): readonly number[] =>
    wanted.map((want, i) => Math.min(caps[i] ?? 1, Math.max(floors[i] ?? 0, want * t)));
  const sum = (shares: readonly number[]): number => shares.reduce((a, b) => a + b, 0);
  let low = 0;
  let high = 1 / Math.max(sum(wanted), 1e-300);
  // Wishes of zero stay at their floor whatever t: where all others are at their caps, what is left goes to them.
  while (high < 1e290 && sum(at(high)) < 1) {
    low = high;
    high *= 2;
  }
  for (let i = 0; i < 200; i += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (sum(at(middle)) < 1) low = middle;
    else high = middle;
  }
  return levelled(at(low), caps);
}

/** What rounding, or wishes of zero, left of the whole: spread over the room below the caps. */
function levelled(shares: readonly number[], caps: readonly number[]): readonly number[] {
  const left = 1 - shares.reduce((a, b) => a + b, 0);
  if (left <= 0) return shares;
  const rooms = shares.map((share, i) => Math.max(0, (caps[i] ?? 1) - share));
  const room = rooms.reduce((a, b) => a + b, 0);
  return room <= 0 ? shares : shares.map((share, i) => share + (left * (rooms[i] as number)) / Math.max(room, left));
}
