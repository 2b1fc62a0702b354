import type { BucketRange, Numbers } from './props.ts';

export interface StripBar {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** Ends of the truth line and its height, if known. */
  readonly truthY: number | null;
  /** Interval ends, if known. */
  readonly whisker: readonly [number, number] | null;
  readonly suppressed: boolean;
}
export interface StripLayout {
  readonly bars: readonly StripBar[];
  readonly base: number;
  readonly max: number;
  /** Buckets whose label fits. */
  readonly labelled: readonly number[];
}

/** Bars of released values, truth as a line over each, interval as a whisker. Heights in px; negative values draw at the base. */
export function layoutStrip(
  data: {
    released: Numbers;
    truth?: Numbers | undefined;
    halfWidth95?: number | Numbers | undefined;
    suppressed?: Uint8Array | undefined;
    max?: number | undefined;
    labels?: readonly string[] | undefined;
  },
  size: { width: number; height: number; em: number },
): StripLayout {
  const { released, truth, halfWidth95, suppressed } = data;
  const n = released.length;
  const half = (i: number) => (typeof halfWidth95 === 'number' ? halfWidth95 : halfWidth95?.[i]);
  let max = data.max ?? 0;
  if (data.max === undefined) {
    for (let i = 0; i < n; i++) max = Math.max(max, (released[i] as number) + (half(i) ?? 0) || 0, truth?.[i] ?? 0);
  }
  if (!(max > 0)) max = 1;
  const top = 4;
  const base = size.height - 1.35 * size.em;
  const pitch = size.width / Math.max(1, n);
  const gap = Math.min(3, pitch * 0.18);
  const y = (value: number) => base - (Math.min(Math.max(value, 0), max) / max) * (base - top);
  const bars = Array.from({ length: n }, (_, i): StripBar => {
    const value = released[i] as number;
    const known = Number.isFinite(value) && suppressed?.[i] !== 1;
    const reach = half(i);
    const at = known ? y(value) : base;
    return {
      x: i * pitch + gap / 2,
      width: Math.max(1, pitch - gap),
      y: at,
      height: base - at,
      truthY: truth === undefined || !Number.isFinite(truth[i] as number) ? null : y(truth[i] as number),
      whisker: known && reach !== undefined && reach > 0 ? [y(value - reach), y(value + reach)] : null,
      suppressed: suppressed?.[i] === 1,
    };
  });
  const longest = Math.max(1, ...(data.labels ?? ['00']).map((label) => label.length));
  const every = niceStep(Math.ceil(((longest + 1) * 0.5 * size.em) / pitch), n);
  return { bars, base, max, labelled: Array.from({ length: n }, (_, i) => i).filter((i) => i % every === 0) };
}

/** For 24 hours, steps a clock reader expects. */
function niceStep(least: number, n: number): number {
  const steps = n === 24 ? [1, 2, 3, 4, 6, 12, 24] : [1, 2, 5, 10, 20, 50, 100];
  return steps.find((step) => step >= least) ?? n;
}

/** Where the label of a bar stands: in its middle, or flush with the edge it would run over. */
export function labelAt(
  label: string,
  bar: StripBar | undefined,
  size: { readonly width: number; readonly em: number },
): { readonly x: number; readonly textAnchor: 'start' | 'middle' | 'end' } {
  const x = (bar?.x ?? 0) + (bar?.width ?? 0) / 2;
  const half = label.length * 0.25 * size.em;
  if (x < half) return { x: 0, textAnchor: 'start' };
  if (x > size.width - half) return { x: size.width, textAnchor: 'end' };
  return { x, textAnchor: 'middle' };
}

/** Bucket under a horizontal position, clamped. */
export function bucketAt(x: number, width: number, n: number): number {
  return Math.min(n - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * n)));
}

/**
 * Selection after a key. Arrows move one bucket, Shift+arrows stretch the end, Home/End jump, Escape selects all.
 * Undefined = not a key of the strip.
 */
export function strippedKey(key: string, shift: boolean, range: BucketRange, n: number): BucketRange | undefined {
  const clamp = (i: number) => Math.min(n - 1, Math.max(0, i));
  const step = key === 'ArrowRight' || key === 'ArrowUp' ? 1 : key === 'ArrowLeft' || key === 'ArrowDown' ? -1 : 0;
  if (key === 'Escape') return null;
  if (key === 'Home') return { from: 0, to: 0 };
  if (key === 'End') return { from: n - 1, to: n - 1 };
  if (step === 0) return undefined;
  if (range === null) return step > 0 ? { from: 0, to: 0 } : { from: n - 1, to: n - 1 };
  if (shift) {
    const to = clamp(range.to + step);
    return to < range.from ? { from: to, to: range.from } : { from: range.from, to };
  }
  const at = clamp((step > 0 ? range.to : range.from) + step);
  return { from: at, to: at };
}
