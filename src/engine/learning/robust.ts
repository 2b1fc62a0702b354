import { exp } from '../kit/portable-math.ts';
import { addScaled, norm } from './aggregate.ts';

/**
 * Krum (Blanchard et al. 2017): each update scored by the sum of its max(1, n-f-2) smallest squared distances to others;
 * ties go to the lowest index. Distances come from differences, never from expanded norms, which cancel.
 */
export function krumScores(updates: readonly Float64Array[], f: number): Float64Array {
  const keep = Math.max(1, updates.length - f - 2);
  return Float64Array.from(updates, (one, i) => {
    const distances = Float64Array.from(
      updates.flatMap((other, j) => (i === j ? [] : [squaredDistance(one, other)])),
    ).sort();
    return distances.subarray(0, keep).reduce((sum, distance) => sum + distance, 0);
  });
}

/** Indices of the `m` updates with the lowest scores, ascending by score. */
export const lowestScores = (scores: Float64Array, m: number): readonly number[] =>
  Array.from(scores, (_, i) => i)
    .sort((a, b) => (scores[a] as number) - (scores[b] as number) || a - b)
    .slice(0, m);

export function meanOf(updates: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(updates[0]?.length ?? 0);
  for (const update of updates) addScaled(out, update, 1 / updates.length);
  return out;
}

/** Coordinate-wise mean after cutting floor(beta n) values on each side (Yin et al. 2018). */
export function trimmedMean(updates: readonly Float64Array[], beta: number): Float64Array {
  const cut = Math.floor(beta * updates.length);
  return perCoordinate(updates, (sorted) => {
    const kept = sorted.subarray(cut, sorted.length - cut);
    return kept.reduce((sum, value) => sum + value, 0) / kept.length;
  });
}

/** Coordinate-wise median; the mean of the middle two for an even number. */
export const coordinateMedian = (updates: readonly Float64Array[]): Float64Array =>
  perCoordinate(updates, (sorted) => {
    const middle = sorted.length >> 1;
    const upper = sorted[middle] as number;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
  });

/** Minimiser of the sum of distances by Weiszfeld's iteration, smoothed at 1e-12 (Pillutla et al. 2022). */
export function geometricMedian(updates: readonly Float64Array[], iterations = 2000): Float64Array {
  let centre = coordinateMedian(updates);
  for (let step = 0; step < iterations; step += 1) {
    const next = new Float64Array(centre.length);
    let total = 0;
    for (const update of updates) {
      const weight = 1 / Math.max(1e-12, Math.sqrt(squaredDistance(update, centre)));
      addScaled(next, update, weight);
      total += weight;
    }
    for (let i = 0; i < next.length; i += 1) next[i] = (next[i] as number) / total;
    const moved = squaredDistance(next, centre);
    centre = next;
    if (moved < 1e-26) break;
  }
  return centre;
}

/** Centered clipping (Karimireddy, He, Jaggi 2021): v += mean_i (u_i - v) min(1, tau / |u_i - v|). */
export function centeredClipping(
  updates: readonly Float64Array[],
  start: Float64Array,
  tau: number,
  iterations: number,
): Float64Array {
  const centre = start.slice();
  for (let step = 0; step < iterations; step += 1) {
    const move = new Float64Array(centre.length);
    for (const update of updates) {
      const difference = update.slice();
      addScaled(difference, centre, -1);
      addScaled(move, difference, Math.min(1, tau / Math.max(norm(difference), 1e-300)) / updates.length);
    }
    addScaled(centre, move, 1);
  }
  return centre;
}

/** Keeps the k largest magnitudes of update plus residual (ties by lowest index); the rest is the new residual (Stich et al. 2018). */
export function topK(
  update: Float64Array,
  residual: Float64Array,
  k: number,
): { readonly sent: Float64Array; readonly residual: Float64Array } {
  const rest = update.slice();
  addScaled(rest, residual, 1);
  const order = Array.from(rest, (_, i) => i).sort(
    (a, b) => Math.abs(rest[b] as number) - Math.abs(rest[a] as number) || a - b,
  );
  const sent = new Float64Array(rest.length);
  for (const i of order.slice(0, k)) {
    sent[i] = rest[i] as number;
    rest[i] = 0;
  }
  return { sent, residual: rest };
}

/** b-bit codes of values cut to [-clip, clip], half rounded up, and what they decode to. */
export function quantize(
  values: Float64Array,
  bits: number,
  clip: number,
): { readonly codes: Uint32Array; readonly decoded: Float64Array; readonly step: number } {
  const step = (2 * clip) / ((1 << bits) - 1);
  const codes = Uint32Array.from(values, (value) =>
    Math.floor((Math.max(-clip, Math.min(clip, value)) + clip) / step + 0.5),
  );
  return { codes, decoded: Float64Array.from(codes, (code) => code * step - clip), step };
}

/** Clipping norm after each round: C *= exp(-lr (share unclipped - target)) (Andrew et al. 2021). */
export function adaptiveClips(
  start: number,
  target: number,
  learningRate: number,
  unclipped: readonly number[],
): readonly number[] {
  let clip = start;
  return unclipped.map((share) => {
    clip *= exp(-learningRate * (share - target));
    return clip;
  });
}

/**
 * Noise multiplier left for the updates when a noisy count of unclipped ones is paid from the same budget
 * (Andrew et al. 2021, theorem 1): (z^-2 - (2 sigma_b)^-2)^(-1/2).
 */
export const splitNoiseMultiplier = (noiseMultiplier: number, countStd: number): number =>
  1 / Math.sqrt(1 / (noiseMultiplier * noiseMultiplier) - 1 / (4 * countStd * countStd));

function perCoordinate(updates: readonly Float64Array[], summary: (sorted: Float64Array) => number): Float64Array {
  const column = new Float64Array(updates.length);
  return Float64Array.from(updates[0] ?? [], (_, i) => {
    updates.forEach((update, k) => {
      column[k] = update[i] as number;
    });
    return summary(column.sort());
  });
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] as number) - (b[i] as number);
    sum += difference * difference;
  }
  return sum;
}
