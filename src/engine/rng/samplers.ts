import { exp, log } from '../kit/portable-math.ts';
import type { Rng } from './rng.ts';

/**
 * Fast samplers of continuous laws for *simulation*: doubles with a finite grid, so one release can betray its truth
 * (Mironov, 2012). A release meant to be used draws from `samplers-exact.ts`.
 *
 * Both use the ziggurat of Marsaglia and Tsang (2000) with 256 layers, in the corrected form of Doornik (2005): layer
 * and place in it come from different bits, and the place has 53 of them. Tables are computed with portable functions,
 * so the numbers are the same in every browser.
 */

const LAYERS = 256;
/** Area of each layer and start of the tail, for density exp(-x). */
const EXPONENTIAL_R = 7.697117470131049;
const EXPONENTIAL_V = 0.003949659822581557;
/** The same for exp(-x^2 / 2). */
const NORMAL_R = 3.6541528853610088;
const NORMAL_V = 0.00492867323399141;

interface Ziggurat {
  /** Right edge of each layer; `edge[0]` is that of the base layer widened to the same area, `edge[LAYERS]` = 0. */
  readonly edge: Float64Array;
  /** Density at each edge. */
  readonly height: Float64Array;
}

function ziggurat(r: number, v: number, density: (x: number) => number, inverse: (y: number) => number): Ziggurat {
  const edge = new Float64Array(LAYERS + 1);
  const height = new Float64Array(LAYERS + 1);
  edge[0] = v / density(r);
  edge[1] = r;
  for (let i = 2; i < LAYERS; i += 1) {
    const previous = edge[i - 1] as number;
    edge[i] = inverse(v / previous + density(previous));
  }
  edge[LAYERS] = 0;
  for (let i = 0; i <= LAYERS; i += 1) height[i] = density(edge[i] as number);
  return { edge, height };
}

const exponentialTables = /* @__PURE__ */ ziggurat(
  EXPONENTIAL_R,
  EXPONENTIAL_V,
  (x) => exp(-x),
  (y) => -log(y),
);
const normalTables = /* @__PURE__ */ ziggurat(
  NORMAL_R,
  NORMAL_V,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);

/** 1 / 2^53. */
const GRID = 1 / 9007199254740992;

/** Uniform on (0, 1]: safe under a logarithm. */
const positiveUniform = (rng: Rng): number => 1 - rng.uniform();

/** Uniform on [low, high). */
export const uniform = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.uniform();

/** Exponential with mean 1. */
export const exponential = (rng: Rng): number => Math.abs(unitLaplace(rng));

/** Laplace with density exp(-|x| / scale) / (2 scale). */
export const laplace = (rng: Rng, scale: number): number => scale * unitLaplace(rng);

/** Normal with mean 0 and standard deviation `sigma`. */
export const normal = (rng: Rng, sigma: number): number => sigma * unitNormal(rng);

/** 1 or -1 by bit 8, without a branch: a processor guesses half of those wrong. */
const signOf = (word: number): number => 1 - ((word >>> 7) & 2);

/** Fills `out` with Laplace noise of that scale and returns it. */
export function fillLaplace<A extends Float64Array | Float32Array>(rng: Rng, out: A, scale = 1): A {
  const { edge } = exponentialTables;
  const { u32 } = rng;
  for (let i = 0; i < out.length; i += 1) {
    const a = u32();
    const layer = a & 255;
    const x = ((a >>> 11) * 4294967296 + u32()) * GRID * (edge[layer] as number);
    const size = x < (edge[layer + 1] as number) ? x : exponentialRest(rng, layer, x);
    out[i] = size * scale * signOf(a);
  }
  return out;
}

/** Fills `out` with normal noise of standard deviation `sigma` and returns it. */
export function fillNormal<A extends Float64Array | Float32Array>(rng: Rng, out: A, sigma = 1): A {
  const { edge } = normalTables;
  const { u32 } = rng;
  for (let i = 0; i < out.length; i += 1) {
    const a = u32();
    const layer = a & 255;
    const x = ((a >>> 11) * 4294967296 + u32()) * GRID * (edge[layer] as number);
    const size = x < (edge[layer + 1] as number) ? x : normalRest(rng, layer, x);
    out[i] = size * sigma * signOf(a);
  }
  return out;
}

function unitLaplace(rng: Rng): number {
  const { edge } = exponentialTables;
  const a = rng.u32();
  const layer = a & 255;
  const x = ((a >>> 11) * 4294967296 + rng.u32()) * GRID * (edge[layer] as number);
  const size = x < (edge[layer + 1] as number) ? x : exponentialRest(rng, layer, x);
  return size * signOf(a);
}

/** The one draw in a hundred that falls on the edge of its layer: the tail, or accept under the curve, or start over. */
function exponentialRest(rng: Rng, layer: number, x: number): number {
  if (layer === 0) return EXPONENTIAL_R - log(positiveUniform(rng));
  const { height } = exponentialTables;
  const low = height[layer] as number;
  const y = low + rng.uniform() * ((height[layer + 1] as number) - low);
  return y < exp(-x) ? x : Math.abs(unitLaplace(rng));
}

function unitNormal(rng: Rng): number {
  const { edge } = normalTables;
  const a = rng.u32();
  const layer = a & 255;
  const x = ((a >>> 11) * 4294967296 + rng.u32()) * GRID * (edge[layer] as number);
  const size = x < (edge[layer + 1] as number) ? x : normalRest(rng, layer, x);
  return size * signOf(a);
}

function normalRest(rng: Rng, layer: number, x: number): number {
  if (layer === 0) return normalTail(rng);
  const { height } = normalTables;
  const low = height[layer] as number;
  const y = low + rng.uniform() * ((height[layer + 1] as number) - low);
  return y < exp(-0.5 * x * x) ? x : Math.abs(unitNormal(rng));
}

/** Marsaglia (1964): the normal beyond NORMAL_R. */
function normalTail(rng: Rng): number {
  for (;;) {
    const x = -log(positiveUniform(rng)) / NORMAL_R;
    const y = -log(positiveUniform(rng));
    if (y + y > x * x) return NORMAL_R + x;
  }
}
