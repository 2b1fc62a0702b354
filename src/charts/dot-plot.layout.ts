/** Quantile dotplot (Kay et al., CHI 2016): each dot is one of n equally likely outcomes. */
import { makeScale, type Scale } from './scale.ts';
import type { Numbers } from './props.ts';

export interface DotLayout {
  readonly dots: readonly { readonly x: number; readonly y: number; readonly value: number }[];
  readonly radius: number;
  readonly base: number;
  readonly x: Scale;
}

/** Value of the q-quantiles (i + 0.5) / n of sorted or unsorted draws, nearest rank; ascending. O(m log m). */
export function quantilesOf(draws: Numbers, n = 50): Float64Array {
  const sorted = Float64Array.from(draws).sort();
  return Float64Array.from({ length: n }, (_, i) => sorted[Math.floor(((i + 0.5) / n) * sorted.length)] ?? Number.NaN);
}

/** The same for Laplace(centre, scale), in closed form. */
export function laplaceQuantiles(centre: number, scale: number, n = 50): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const p = (i + 0.5) / n - 0.5;
    return centre - scale * Math.sign(p) * Math.log(1 - 2 * Math.abs(p));
  });
}

/** The same for a normal law; inverse by Acklam's rational approximation (relative error < 1.2e-9). */
export function gaussianQuantiles(centre: number, sigma: number, n = 50): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => centre + sigma * normalQuantile((i + 0.5) / n));
}

const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
const poly = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, c) => sum * x + c, 0);

function normalQuantile(p: number): number {
  if (p > 0.97575) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return poly(C, q) / poly(D, q);
  }
  const q = p - 0.5;
  return (q * poly(A, q * q)) / poly(B, q * q);
}

/** Stacks dots in bins one dot wide (Wilkinson's dotplot, fixed bins so that dots do not jump while a slider moves). */
export function layoutDots(
  quantiles: Numbers,
  domain: readonly [number, number] | undefined,
  extra: readonly number[],
  size: { width: number; height: number; em: number },
): DotLayout {
  const values = [...Array.from(quantiles), ...extra].filter(Number.isFinite);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = (high - low) * 0.08 || 1;
  const margin = 0.5 * size.em;
  const base = size.height - 1.5 * size.em;
  const x = makeScale(
    domain ?? (values.length === 0 ? [0, 1] : [low - pad, high + pad]),
    [margin, size.width - margin],
    {
      count: Math.max(2, Math.floor(size.width / (5 * size.em))),
    },
  );
  // The largest dots whose tallest stack still fits.
  let radius = 6;
  let stacks = stack(quantiles, x, radius);
  while (radius > 1.25 && stacks.tallest * 2 * radius > base - 4) {
    radius -= 0.25;
    stacks = stack(quantiles, x, radius);
  }
  const dots = stacks.placed.map((dot) => ({ ...dot, y: base - 1.5 - radius - dot.level * 2 * radius }));
  return { dots, radius, base, x };
}

function stack(quantiles: Numbers, x: Scale, radius: number) {
  const heights = new Map<number, number>();
  let tallest = 1;
  const placed = Array.from(quantiles)
    .filter(Number.isFinite)
    .map((value) => {
      const [start, end] = [x(x.domain[0]), x(x.domain[1])];
      const bin = Math.round(Math.min(end, Math.max(start, x(value))) / (2 * radius + 0.5));
      const level = heights.get(bin) ?? 0;
      heights.set(bin, level + 1);
      tallest = Math.max(tallest, level + 1);
      return { x: bin * (2 * radius + 0.5), level, value };
    });
  return { placed, tallest };
}
