import type { Numbers } from './props.ts';
import { makeScale, type Scale } from './scale.ts';

export interface BucketsLayout {
  readonly bars: readonly {
    readonly x: number;
    readonly width: number;
    readonly y: number;
    readonly height: number;
    readonly low: number;
    readonly high: number;
    readonly truthY: number | null;
  }[];
  readonly y: Scale;
  readonly left: number;
  /** Every how many buckets a label fits. */
  readonly labelStep: number;
}

/** Estimate bars from 0 (an unbiased estimate may fall below it), interval ends, truth heights. */
export function layoutBuckets(
  data: { buckets: readonly string[]; truth?: Numbers | undefined; estimate: Numbers; halfWidth95: Numbers },
  size: { width: number; height: number; em: number },
): BucketsLayout {
  const { buckets, truth, estimate, halfWidth95 } = data;
  const { em } = size;
  let low = 0;
  let high = 0;
  for (let i = 0; i < buckets.length; i++) {
    const half = finite(halfWidth95[i]);
    low = Math.min(low, finite(estimate[i]) - half);
    high = Math.max(high, finite(estimate[i]) + half, finite(truth?.[i]));
  }
  const y = makeScale([low, high > low ? high : 1], [size.height - 1.7 * em, 1.5 * em], { count: 3 });
  const left = 3 * em;
  const pitch = (size.width - left) / Math.max(1, buckets.length);
  const longest = Math.max(1, ...buckets.map((bucket) => bucket.length));
  const bars = buckets.map((_, i) => {
    const value = finite(estimate[i]);
    const half = finite(halfWidth95[i]);
    return {
      x: left + i * pitch + pitch * 0.12,
      width: pitch * 0.76,
      y: Math.min(y(value), y(0)),
      height: Math.abs(y(value) - y(0)),
      low: y(value - half),
      high: y(value + half),
      truthY: truth === undefined ? null : y(finite(truth[i])),
    };
  });
  return { bars, y, left, labelStep: Math.max(1, Math.ceil(((longest + 1) * 0.44 * em) / pitch)) };
}

const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : 0);
