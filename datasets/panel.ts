import { exp } from '../src/engine/kit/portable-math.ts';
import type { Rng } from '../src/engine/rng/rng.ts';
import { drawTable, UNIT } from './sampling.ts';

/** Sets of sensors read at regular times: rows in time order, all sensors of a step together. */
export interface Panel {
  /** Indices of the sensors that take part, ascending. */
  readonly members: Uint16Array;
  /** Steps begun; the last may be cut so that the number of rows is exact. */
  readonly steps: number;
}

/**
 * Shares `rows` out over sensors and steps: as many of the `sensors` as leave each at least `minSteps` steps, spread
 * evenly over the list.
 */
export function panelOf(rows: number, sensors: number, minSteps: number): Panel {
  const count = Math.max(1, Math.min(sensors, Math.floor(rows / minSteps)));
  const members = new Uint16Array(count);
  for (let i = 0; i < count; i += 1) members[i] = Math.floor((i * sensors) / count);
  return { members, steps: Math.ceil(rows / count) };
}

/**
 * First-order autoregressive noise of unit variance: x(t) = rho x(t-1) + sqrt(1 - rho^2) z, stationary from the start.
 * @param normal table of standard normal quantiles
 */
export function autoregressive(steps: number, rho: number, normal: Float64Array, rng: Rng): Float64Array {
  const out = new Float64Array(steps);
  const fresh = Math.sqrt(1 - rho * rho);
  let x = drawTable(normal, rng);
  for (let t = 0; t < steps; t += 1) {
    out[t] = x;
    x = rho * x + fresh * drawTable(normal, rng);
  }
  return out;
}

/** Runs of missing steps: a two-state chain with the given share missing and mean length of a gap in steps. */
export function gaps(steps: number, share: number, meanLength: number, rng: Rng): Uint8Array {
  const out = new Uint8Array(steps);
  const end = 1 / meanLength;
  const begin = share >= 1 ? 1 : Math.min(1, (end * share) / (1 - share));
  let missing = rng.u32() * UNIT < share;
  for (let t = 0; t < steps; t += 1) {
    out[t] = missing ? 1 : 0;
    missing = rng.u32() * UNIT < (missing ? 1 - end : begin);
  }
  return out;
}

/** Poisson draw by inversion (mean up to about 500, where exp(-mean) is still a normal number). */
export function drawPoisson(mean: number, rng: Rng): number {
  let p = exp(-mean);
  let u = rng.uniform();
  let k = 0;
  while (u > p && k < 2000) {
    u -= p;
    k += 1;
    p *= mean / k;
  }
  return k;
}
