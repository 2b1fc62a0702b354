import type { AuxiliaryColumn } from './nearest.ts';

/**
 * The one guess that is right for most released cells: the most frequent label (cells of several labels count evenly),
 * or the number g with most cells' middles inside g -+ tolerance |g|. O(cells log cells).
 */
export function bestConstant(secret: AuxiliaryColumn, tolerance: number): number {
  const weights = new Float64Array(secret.low.length);
  for (const cell of secret.codes) weights[cell] = (weights[cell] as number) + 1;
  return secret.range === undefined ? commonestLabel(secret, weights) : densestNumber(secret, weights, tolerance);
}

function commonestLabel(secret: AuxiliaryColumn, weights: Float64Array): number {
  const sums = new Map<number, number>();
  weights.forEach((weight, cell) => {
    const low = secret.low[cell] as number;
    const last = Number.isNaN(low) ? low : (secret.high[cell] as number);
    const width = Number.isNaN(low) ? 1 : last - low + 1;
    if (weight === 0) return;
    if (Number.isNaN(low)) sums.set(low, (sums.get(low) ?? 0) + weight);
    else {
      const members = secret.members?.[cell] ?? Array.from({ length: width }, (_, i) => low + i);
      for (const v of members) sums.set(v, (sums.get(v) ?? 0) + weight / members.length);
    }
  });
  let best = Number.NaN;
  let most = -1;
  for (const [value, sum] of sums) {
    if (sum <= most) continue;
    most = sum;
    best = value;
  }
  return best;
}

function densestNumber(secret: AuxiliaryColumn, weights: Float64Array, tolerance: number): number {
  const points = Array.from(weights, (weight, cell) => ({
    value: ((secret.low[cell] as number) + (secret.high[cell] as number)) / 2,
    weight,
  })).filter(({ value, weight }) => weight > 0 && !Number.isNaN(value));
  points.sort((a, b) => a.value - b.value);
  let best = Number.NaN;
  let most = 0;
  let end = 0;
  let inside = 0;
  // A best window may be slid until its lower end is one of the values.
  points.forEach(({ value, weight }, start) => {
    const guess = value === 0 ? 0 : value > 0 ? value / (1 - tolerance) : value / (1 + tolerance);
    const top = guess + tolerance * Math.abs(guess);
    if (end < start) end = start;
    while (end < points.length && (points[end]?.value ?? 0) <= top) {
      inside += points[end]?.weight ?? 0;
      end += 1;
    }
    if (inside > most) {
      most = inside;
      best = guess;
    }
    inside -= weight;
  });
  return best;
}
