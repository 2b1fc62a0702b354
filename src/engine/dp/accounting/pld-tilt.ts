import { exp, expm1, log, log1p } from '../../kit/portable-math.ts';
import { realSequence, realSpectrum, type Spectrum } from './fft.ts';
import type { GridLaw } from './pld-grid.ts';

/**
 * Composition of grid laws by Fourier transform under an exponential tilt: masses are multiplied by e^(order loss) first,
 * so that the losses a small delta hangs on lie in the middle of the transform's window, where its rounding errors
 * (1e-16 of the largest mass) are small beside them. Window ends come from Chernoff bounds in units of loss; what lies
 * outside, and the rounding, are added to or taken from delta.
 */

export interface CountedGrid {
  readonly law: GridLaw;
  readonly count: number;
}

/** Budget of a transform's relative error, units in the last place per level. */
const FFT_UNITS = 8.881784197001252e-16;

export interface Moments {
  /** Log of the tilted total, and the tilted mean and variance of the loss. */
  readonly log: number;
  readonly mean: number;
  readonly variance: number;
}

/** Log moment-generating function of the (finite) losses at `order`, with its two derivatives. */
export function moments({ origin, first, masses }: GridLaw, width: number, order: number): Moments {
  const step = order * width;
  const size = blockSize(step);
  const powers = Float64Array.from({ length: size }, (_, k) => exp(k * step));
  const start = origin + first * width;
  let scale = Number.NEGATIVE_INFINITY;
  let [sum, sum1, sum2] = [0, 0, 0];
  for (let from = 0; from < masses.length; from += size) {
    const to = Math.min(masses.length, from + size);
    let [a, b, c] = [0, 0, 0];
    for (let i = from; i < to; i += 1) {
      const w = (masses[i] as number) * (powers[i - from] as number);
      a += w;
      b += w * (i - from);
      c += w * (i - from) * (i - from);
    }
    if (a === 0) continue;
    const height = from * step;
    if (height > scale) {
      const shrink = exp(scale - height);
      sum *= shrink;
      sum1 *= shrink;
      sum2 *= shrink;
      scale = height;
    }
    const factor = exp(height - scale);
    sum += a * factor;
    sum1 += (b + from * a) * factor;
    sum2 += (c + 2 * from * b + from * from * a) * factor;
  }
  const mean = sum1 / sum;
  return {
    log: log(sum) + scale + order * start,
    mean: start + mean * width,
    variance: Math.max(0, sum2 / sum - mean * mean) * width * width,
  };
}

/** Dots whose tilts fit one table without overflow. */
const blockSize = (step: number): number => Math.max(1, Math.min(256, Math.floor(30 / Math.abs(step || 1e-9))));

export function allMoments(laws: readonly CountedGrid[], width: number, order: number): Moments {
  let [total, mean, variance] = [0, 0, 0];
  for (const { law, count } of laws) {
    const one = moments(law, width, order);
    total += count * one.log;
    mean += count * one.mean;
    variance += count * one.variance;
  }
  return { log: total, mean, variance };
}

/** A composition under one tilt, ready to be read at any epsilon near its middle. */
export interface Tilted {
  readonly order: number;
  /** Losses are start + k * width. */
  readonly start: number;
  readonly width: number;
  /** Log of the tilted total. */
  readonly log: number;
  /** Sum over losses l >= that of dot k of tilted mass times e^(-order (l - dot)) (1 - e^-(l - dot)). */
  readonly gain: Float64Array;
  /** The same with e^(-(order + 1) (l - dot)) alone: the mass under Q. */
  readonly tail: Float64Array;
  /** What rounding and the window's upper end may have added to or taken from gain and tail. */
  readonly error: number;
  /** P of losses below the window at most. */
  readonly below: number;
}

/**
 * The laws composed under the tilt e^(order loss). `outside`: share of the tilted mass that may lie beyond either end of
 * the window. No dots at all where the window would need more than `most`.
 */
export function composeTilted(
  laws: readonly CountedGrid[],
  width: number,
  order: number,
  outside: number,
  most: number,
): Tilted {
  const centre = allMoments(laws, width, order);
  // One release is not convolved: all of it fits, unless it has very many dots.
  const single = laws.length === 1 && laws[0]?.count === 1 && laws[0].law.masses.length <= most;
  const { low, high, ends } = window(laws, width, order, centre, single ? Number.POSITIVE_INFINITY : -log(outside));
  let origin = 0;
  for (const { law, count } of laws) origin += count * law.origin;
  const first = Math.floor((low - origin) / width);
  const dots = Math.ceil((high - origin) / width) - first + 1;
  let size = 8;
  while (size < dots) size *= 2;
  // (1 - e^-x) e^(-order x) is at most order^order / (1 + order)^(1 + order): what a unit of tilted mass adds to delta.
  const worth = exp(order * log(order / (1 + order)) - log1p(order)) * (1 + 1e-9);
  if (size > most) {
    const none = new Float64Array(0);
    // Chernoff's bound of delta.
    return { order, start: low, width, log: centre.log, gain: none, tail: none, error: worth, below: 1 };
  }
  const { values, noise } = convolve(laws, width, order, size);
  const gain = new Float64Array(size);
  const tail = new Float64Array(size);
  const fall = exp(-order * width);
  const fall1 = exp(-(order + 1) * width);
  const step = -expm1(-width);
  let [g, t] = [0, 0];
  // values[k] is the tilted mass of all indices = k modulo size; the window begins at `first`.
  const shift = ((first % size) + size) % size;
  for (let k = size - 1; k >= 0; k -= 1) {
    g = fall * (g + t * step);
    t = fall1 * t + Math.max(0, values[(shift + k) & (size - 1)] as number);
    gain[k] = g;
    tail[k] = t;
  }
  const start = origin + first * width;
  // Sum over dots above of e^(-order x) (1 - e^-x), times the error of one dot; and all that wrapped around.
  const many = Math.min(size, 1 + 1 / (width * order * (1 + order)));
  return {
    order,
    start,
    width,
    log: centre.log,
    gain,
    tail,
    error: noise * many + (ends ? 0 : 3 * outside * worth),
    // Epsilon is never negative here.
    below: start > 0 ? below(laws, width, start) : 1,
  };
}

/** Losses beyond which the tilted mass is below e^-depth, by Chernoff's bound at good orders, or all there are (`ends`). */
function window(
  laws: readonly CountedGrid[],
  width: number,
  order: number,
  centre: Moments,
  depth: number,
): { readonly low: number; readonly high: number; readonly ends: boolean } {
  let [least, most] = [0, 0];
  for (const { law, count } of laws) {
    least += count * (law.origin + law.first * width);
    most += count * (law.origin + (law.first + law.masses.length - 1) * width);
  }
  if (depth === Number.POSITIVE_INFINITY) return { low: least, high: most, ends: true };
  const bound = (sign: 1 | -1): number => {
    let best = Number.POSITIVE_INFINITY;
    // The best order is where s times the bound's own derivative meets it: `excess` rises with s through 0.
    const excess = (s: number): number => {
      const here = allMoments(laws, width, order + sign * s);
      const cost = here.log - centre.log + depth;
      best = Math.min(best, cost / s);
      return sign * s * here.mean - cost;
    };
    let s = Math.sqrt(2 * depth) / (Math.sqrt(centre.variance) + width);
    if (excess(s) > 0) {
      for (let i = 0; i < 60 && excess(s / 2) > 0; i += 1) s /= 2;
      excess(s * 0.7);
    } else {
      for (let i = 0; i < 60 && excess(s * 2) < 0; i += 1) s *= 2;
      excess(s * 1.4);
    }
    return best;
  };
  const low = -bound(-1);
  const high = bound(1);
  return { low: Math.max(least, low), high: Math.min(most, high), ends: low <= least && high >= most };
}

/** Chernoff's bound of P[loss < at] at the best of some orders. */
function below(laws: readonly CountedGrid[], width: number, at: number): number {
  const plain = allMoments(laws, width, 0);
  let best = 0;
  for (let i = 0, s = 0.5 / (Math.sqrt(plain.variance) + width); i < 10; i += 1, s *= 1.5) {
    best = Math.min(best, allMoments(laws, width, -s).log + s * at);
  }
  return exp(best);
}

/** Tilted, normalized masses of the composition modulo `size`, and a bound of each one's rounding error. */
function convolve(
  laws: readonly CountedGrid[],
  width: number,
  order: number,
  size: number,
): { readonly values: Float64Array; readonly noise: number } {
  const half = size / 2;
  let product: Spectrum | undefined;
  // Sum over laws of count / |spectrum|: what a relative error of one factor does to the product.
  const fragile = new Float64Array(half);
  for (const { law, count } of laws) {
    const values = folded(law, width, order, size);
    if (laws.length === 1 && count === 1) return { values, noise: 0 };
    const spectrum = realSpectrum(values);
    const target = product ?? { re: new Float64Array(half).fill(1), im: new Float64Array(half) };
    if (!product) target.im[0] = 1;
    multiplyPower(target, spectrum, count, fragile);
    product = target;
  }
  if (!product) throw new Error('nothing to compose');
  const { re, im } = product;
  let sum = 0;
  for (let p = 1; p < half; p += 1) {
    const size2 = (re[p] as number) * (re[p] as number) + (im[p] as number) * (im[p] as number);
    sum += ((fragile[p] as number) + 1) * Math.sqrt(size2);
  }
  sum = 2 * sum + 2 * ((fragile[0] as number) + 1);
  let depth = 0;
  for (let n = size; n > 1; n /= 2) depth += 1;
  return { values: realSequence(product), noise: (FFT_UNITS * depth * sum) / size };
}

/** Masses times e^(order loss), over their total, at their index modulo `size`. */
function folded(law: GridLaw, width: number, order: number, size: number): Float64Array {
  const { origin, first, masses } = law;
  const out = new Float64Array(size);
  const step = order * width;
  const block = blockSize(step);
  const powers = Float64Array.from({ length: block }, (_, k) => exp(k * step));
  const shift = order * (origin + first * width) - moments(law, width, order).log;
  const base = ((first % size) + size) % size;
  for (let from = 0; from < masses.length; from += block) {
    // Masses that would need more are below 1e-304.
    const factor = exp(Math.min(700, shift + from * step));
    const to = Math.min(masses.length, from + block);
    for (let i = from; i < to; i += 1) {
      const at = (base + i) & (size - 1);
      out[at] = (out[at] as number) + (masses[i] as number) * factor * (powers[i - from] as number);
    }
  }
  return out;
}

/** target *= spectrum^count, by squaring; values too small to matter become 0 without being raised. */
function multiplyPower(target: Spectrum, { re, im }: Spectrum, count: number, fragile: Float64Array): void {
  const half = re.length;
  // |x|^count < 1e-40 where |x|^2 is below this.
  const negligible = exp(-184 / count);
  for (let p = 1; p < half; p += 1) {
    let x = re[p] as number;
    let y = im[p] as number;
    const square = x * x + y * y;
    if (square < negligible) {
      target.re[p] = 0;
      target.im[p] = 0;
      continue;
    }
    fragile[p] = (fragile[p] as number) + count / Math.sqrt(square);
    let a = target.re[p] as number;
    let b = target.im[p] as number;
    for (let n = count; ; ) {
      if (n % 2 === 1) {
        const t = a * x - b * y;
        b = a * y + b * x;
        a = t;
      }
      n = Math.floor(n / 2);
      if (n === 0) break;
      const t = x * x - y * y;
      y *= 2 * x;
      x = t;
    }
    target.re[p] = a;
    target.im[p] = b;
  }
  fragile[0] = (fragile[0] as number) + count;
  target.re[0] = (target.re[0] as number) * realPower(re[0] as number, count);
  target.im[0] = (target.im[0] as number) * realPower(im[0] as number, count);
}

function realPower(base: number, count: number): number {
  let result = 1;
  let x = base;
  for (let n = count; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result *= x;
    x *= x;
  }
  return result;
}

/** Log of the probability that no release had infinite loss: its complement is what they all have. */
export function logFinite(laws: readonly CountedGrid[]): number {
  let sum = 0;
  for (const { law, count } of laws) sum += law.infinity >= 1 ? Number.NEGATIVE_INFINITY : count * log1p(-law.infinity);
  return sum;
}
