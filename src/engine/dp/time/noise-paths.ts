import { exp, expm1, log } from '../../kit/portable-math.ts';
import type { Rng } from '../../rng/rng.ts';
import { fillLaplace, fillNormal } from '../../rng/samplers.ts';
import { honakerNodeFactor } from './tree.ts';
import type { SchemeId } from './counters.ts';

/**
 * The noise of all running totals of a long stream at once, for simulation: a million steps take a fraction of a second. Seeded
 * floating-point noise of unit draws; a release meant to be used goes through `counters.ts`.
 */
export function noisePath(
  id: SchemeId,
  rng: Rng,
  law: 'laplace' | 'gaussian',
  scale: number,
  steps: number,
): Float64Array {
  const draws = (count: number): Float64Array =>
    law === 'laplace'
      ? fillLaplace(rng, new Float64Array(count), scale)
      : fillNormal(rng, new Float64Array(count), scale);
  switch (id) {
    case 'input':
      return runningSums(draws(steps));
    case 'tree':
      return treeSums(draws(steps));
    case 'honaker':
      return honakerSums(draws(2 * steps), steps);
    case 'square-root':
      return squareRootSums(draws(steps));
  }
}

function runningSums(noise: Float64Array): Float64Array {
  for (let t = 1; t < noise.length; t += 1) noise[t] = (noise[t] as number) + (noise[t - 1] as number);
  return noise;
}

/** The total at step t is that before its largest node, and that node: one addition a step. In place. */
function treeSums(noise: Float64Array): Float64Array {
  for (let t = 1; t <= noise.length; t += 1) {
    const before = t & (t - 1);
    if (before > 0) noise[t - 1] = (noise[t - 1] as number) + (noise[before - 1] as number);
  }
  return noise;
}

/** `draws` for at most 2 steps - 1 nodes. */
function honakerSums(draws: Float64Array, steps: number): Float64Array {
  const best = new Float64Array(32);
  const weights = Float64Array.from({ length: 32 }, (_, h) => honakerNodeFactor(h));
  const out = new Float64Array(steps);
  let next = 0;
  for (let t = 1; t <= steps; t += 1) {
    let estimate = draws[next] as number;
    next += 1;
    let height = 0;
    for (; ((t >> height) & 1) === 0; height += 1) {
      const own = weights[height + 1] as number;
      estimate = own * (draws[next] as number) + (1 - own) * (estimate + (best[height] as number));
      next += 1;
    }
    best[height] = estimate;
    const before = t & (t - 1);
    out[t - 1] = before > 0 ? (out[before - 1] as number) + estimate : estimate;
  }
  return out;
}

/** Decaying sums that stand for the coefficients of A^(1/2): c_k = sum_j weights_j decays_j^k. */
export interface DecayingSums {
  readonly weights: Float64Array;
  readonly decays: Float64Array;
}

/**
 * c_k = (1 / pi) * integral over s > 0 of e^(-s (k + 1/2)) / sqrt(1 - e^-s) ds, by the trapezoid rule in ln s, whose error falls
 * exponentially with the width: relative error below 1e-8 for all k up to `steps`, with about 2 ln(steps) + 40 terms.
 */
export function decayingSums(steps: number): DecayingSums {
  const width = 0.45;
  // e^(-s / 2) is below 1e-10 beyond; below the lower end all powers up to `steps` are one.
  const high = log(48);
  const low = log(1e-6 / steps);
  const count = Math.ceil((high - low) / width) + 1;
  const weights = new Float64Array(count + 1);
  const decays = new Float64Array(count + 1);
  for (let j = 0; j < count; j += 1) {
    const s = exp(high - j * width);
    decays[j] = exp(-s);
    weights[j] = ((width / Math.PI) * s * exp(-s / 2)) / Math.sqrt(-expm1(-s));
  }
  // The rest of the sum: weights fall as sqrt(s), a geometric series.
  const ratio = exp(-width / 2);
  const last = exp((high - (count - 1) * width) / 2);
  decays[count] = 1;
  weights[count] = ((width / Math.PI) * last * ratio) / (1 - ratio);
  return { weights, decays };
}

/** B z for B = A^(1/2): noise of the square-root factorisation in a few dozen numbers of memory, step by step. */
function squareRootSums(noise: Float64Array): Float64Array {
  const { weights, decays } = decayingSums(noise.length);
  const states = new Float64Array(weights.length);
  for (let t = 0; t < noise.length; t += 1) {
    const z = noise[t] as number;
    let sum = 0;
    for (let j = 0; j < states.length; j += 1) {
      const state = (decays[j] as number) * (states[j] as number) + z;
      states[j] = state;
      sum += (weights[j] as number) * state;
    }
    noise[t] = sum;
  }
  return noise;
}
