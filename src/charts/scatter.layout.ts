/** Trade-off scatter: Pareto frontier, error bars and labels that do not overlap. */
import type { AxisSpec, ScatterPoint } from './props.ts';
import { axisDomain, makeScale, type Scale } from './scale.ts';

export interface PlacedPoint {
  readonly point: ScatterPoint;
  readonly x: number;
  readonly y: number;
  readonly bars: readonly string[];
  readonly onFrontier: boolean;
  /** Null = no room: shown on hover and focus only. */
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' | 'middle' } | null;
}
export interface ScatterLayout {
  readonly points: readonly PlacedPoint[];
  readonly frontier: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** True where no other point is at least as good on both axes and better on one. Axes without direction have no frontier. */
export function paretoFrontier(
  points: readonly { x: number; y: number }[],
  x: AxisSpec['better'],
  y: AxisSpec['better'],
): boolean[] {
  if (x === undefined || x === 'none' || y === undefined || y === 'none') return points.map(() => false);
  const sx = x === 'higher' ? 1 : -1;
  const sy = y === 'higher' ? 1 : -1;
  return points.map(
    (a) =>
      Number.isFinite(a.x) &&
      Number.isFinite(a.y) &&
      !points.some((b) => {
        const dx = (b.x - a.x) * sx;
        const dy = (b.y - a.y) * sy;
        return dx >= 0 && dy >= 0 && (dx > 0 || dy > 0);
      }),
  );
}

export function layoutScatter(
  points: readonly ScatterPoint[],
  axes: { x: AxisSpec; y: AxisSpec },
  currentId: string | undefined,
  size: { width: number; height: number; em: number },
): ScatterLayout {
  const { em } = size;
  const plot = { left: 3.1 * em, right: size.width - 0.6 * em, top: 1.8 * em, bottom: size.height - 2.9 * em };
  const spread = (of: (p: ScatterPoint) => (number | undefined)[]) => points.flatMap(of).filter((v) => v !== undefined);
  const x = makeScale(
    axisDomain(
      axes.x,
      spread((p) => [p.x, p.xLow, p.xHigh]),
      0.1,
    ),
    [plot.left, plot.right],
    {
      log: axes.x.log,
      count: Math.max(2, Math.floor((plot.right - plot.left) / (5 * em))),
    },
  );
  const y = makeScale(
    axisDomain(
      axes.y,
      spread((p) => [p.y, p.yLow, p.yHigh]),
      0.1,
    ),
    [plot.bottom, plot.top],
    { log: axes.y.log },
  );
  const best = paretoFrontier(points, axes.x.better, axes.y.better);
  const spots = points.map((point) => ({ x: x(point.x), y: y(point.y) }));
  const edge = points
    .flatMap((_, i) => (best[i] ? [spots[i] as { x: number; y: number }] : []))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  const frontier = edge.map((spot, i) => `${i === 0 ? 'M' : 'L'}${spot.x},${spot.y}`).join('');
  const whiskers = points.flatMap((p, i) => {
    const { x: sx, y: sy } = spots[i] as { x: number; y: number };
    return [
      ...(p.xLow === undefined || p.xHigh === undefined
        ? []
        : [{ x0: x(p.xLow), x1: x(p.xHigh), y0: sy - 2, y1: sy + 2 }]),
      ...(p.yLow === undefined || p.yHigh === undefined
        ? []
        : [{ x0: sx - 2, x1: sx + 2, y0: y(p.yHigh), y1: y(p.yLow) }]),
    ];
  });
  const labels = placeLabels(points, spots, [...whiskers, ...alongLine(edge)], best, currentId, plot, em);
  const placed = points.map((point, i): PlacedPoint => {
    const spot = spots[i] as { x: number; y: number };
    const bars: string[] = [];
    if (point.xLow !== undefined && point.xHigh !== undefined)
      bars.push(`M${x(point.xLow)},${spot.y}H${x(point.xHigh)}`);
    if (point.yLow !== undefined && point.yHigh !== undefined)
      bars.push(`M${spot.x},${y(point.yLow)}V${y(point.yHigh)}`);
    return { point, ...spot, bars, onFrontier: best[i] === true, label: labels[i] ?? null };
  });
  return { points: placed, frontier, x, y, plot };
}

interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}
const meet = (a: Rect, b: Rect) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

/** Small squares along a line, so that labels keep off it. */
function alongLine(line: readonly { x: number; y: number }[]): Rect[] {
  return line.slice(1).flatMap((end, i) => {
    const start = line[i] as { x: number; y: number };
    const steps = Math.max(1, Math.ceil(Math.hypot(end.x - start.x, end.y - start.y) / 6));
    return Array.from({ length: steps }, (_, n) => {
      const [x, y] = [start.x + ((end.x - start.x) * n) / steps, start.y + ((end.y - start.y) * n) / steps];
      return { x0: x - 1, x1: x + 1, y0: y - 1, y1: y + 1 };
    });
  });
}

/** Greedy: current first, then the frontier, then the rest; eight sides of the point are tried; the current is always labelled. */
function placeLabels(
  points: readonly ScatterPoint[],
  spots: readonly { x: number; y: number }[],
  whiskers: readonly Rect[],
  best: readonly boolean[],
  currentId: string | undefined,
  plot: ScatterLayout['plot'],
  em: number,
): (PlacedPoint['label'] | null)[] {
  const rank = (i: number) => (points[i]?.id === currentId ? 0 : best[i] ? 1 : 2);
  const order = points.map((_, i) => i).sort((a, b) => rank(a) - rank(b) || a - b);
  const taken: Rect[] = spots.map((s) => ({ x0: s.x - 5, y0: s.y - 5, x1: s.x + 5, y1: s.y + 5 }));
  const made: (PlacedPoint['label'] | null)[] = points.map(() => null);
  for (const i of order) {
    const spot = spots[i] as { x: number; y: number };
    if (!Number.isFinite(spot.x + spot.y)) continue;
    const wide = (points[i]?.label.length ?? 0) * 0.43 * em;
    const tall = 0.8 * em;
    const sides = [
      [9, 0, 'start'],
      [-9, 0, 'end'],
      [0, -0.85 * em, 'middle'],
      [0, 0.9 * em, 'middle'],
      [7, -0.7 * em, 'start'],
      [7, 0.75 * em, 'start'],
      [-7, -0.7 * em, 'end'],
      [-7, 0.75 * em, 'end'],
    ] as const;
    const tries = sides.map(([dx, dy, anchor]) => {
      const at = spot.x + dx;
      const x0 = anchor === 'start' ? at : anchor === 'end' ? at - wide : at - wide / 2;
      const box: Rect = { x0, x1: x0 + wide, y0: spot.y + dy - tall / 2, y1: spot.y + dy + tall / 2 };
      return { label: { x: at, y: spot.y + dy + 0.27 * em, anchor }, box };
    });
    const inside = tries.filter(
      ({ box }) => box.x0 >= plot.left && box.x1 <= plot.right + 0.6 * em && box.y0 >= 0 && box.y1 <= plot.bottom,
    );
    const free = inside.find(
      ({ box }) => !taken.some((other, j) => j !== i && meet(box, other)) && !whiskers.some((bar) => meet(box, bar)),
    );
    const chosen = free ?? (points[i]?.id === currentId ? (inside[0] ?? tries[0]) : undefined);
    if (chosen === undefined) continue;
    taken.push(chosen.box);
    made[i] = chosen.label;
  }
  return made;
}
