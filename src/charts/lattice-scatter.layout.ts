/** Thousands of nodes as a cloud, with the front, the optimum and its ties on top. */
import type { AxisSpec, Numbers } from './props.ts';
import { makeScale, type Scale } from './scale.ts';

export interface CloudLayout {
  readonly x: Scale;
  readonly y: Scale;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** Pixel of each point; NaN where it cannot be drawn (no risk on a log axis). */
  readonly px: Float32Array;
  readonly py: Float32Array;
  /** Steps of the front, best privacy first. */
  readonly front: string;
}

export function layoutCloud(
  data: { readonly x: Numbers; readonly y: Numbers; readonly front: Numbers },
  axes: { readonly x: AxisSpec; readonly y: AxisSpec },
  size: { readonly width: number; readonly height: number; readonly em: number },
): CloudLayout {
  const { em } = size;
  const plot = { left: 3.1 * em, right: size.width - 1.5 * em, top: 1.8 * em, bottom: size.height - 2.9 * em };
  const x = makeScale(axes.x.domain ?? extent(data.x, axes.x.log === true), [plot.left, plot.right], {
    log: axes.x.log,
    count: Math.max(2, Math.floor((plot.right - plot.left) / (5 * em))),
  });
  const y = makeScale(axes.y.domain ?? extent(data.y, axes.y.log === true), [plot.bottom, plot.top], {
    log: axes.y.log,
  });
  const inside = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  const px = new Float32Array(data.x.length);
  const py = new Float32Array(data.x.length);
  for (let i = 0; i < px.length; i += 1) {
    const value = data.x[i] as number;
    px[i] = axes.x.log === true && !(value > 0) ? Number.NaN : inside(x(value), plot.left, plot.right);
    py[i] = inside(y(data.y[i] as number), plot.top, plot.bottom);
  }
  let front = '';
  let last: number | undefined;
  for (let f = 0; f < data.front.length; f += 1) {
    const i = data.front[f] as number;
    const [sx, sy] = [px[i] as number, py[i] as number];
    if (Number.isNaN(sx)) continue;
    front += last === undefined ? `M${sx.toFixed(1)},${sy.toFixed(1)}` : `H${sx.toFixed(1)}V${sy.toFixed(1)}`;
    last = i;
  }
  return { x, y, plot, px, py, front };
}

/** The point nearest to a pixel within `reach`, or -1; points of the front win where they are about as near. */
export function nearestPoint(
  layout: CloudLayout,
  x: number,
  y: number,
  reach: number,
  front: ReadonlySet<number>,
): number {
  let best = -1;
  let least = reach * reach;
  for (let i = 0; i < layout.px.length; i += 1) {
    const dx = (layout.px[i] as number) - x;
    const dy = (layout.py[i] as number) - y;
    const distance = (dx * dx + dy * dy) * (front.has(i) ? 0.4 : 1);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

function extent(values: Numbers, log: boolean): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (!Number.isFinite(value) || (log && !(value > 0))) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (log) return [low / 1.2, high * 1.2];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}
