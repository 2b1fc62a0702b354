/** Lines with bands over one parameter, labelled at their ends, with reference lines. */
import type { AxisSpec, LineSeries, Mark } from './props.ts';
import { axisDomain, makeScale, type Scale } from './scale.ts';

export interface LineShape {
  readonly series: LineSeries;
  readonly line: string;
  readonly band: string;
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  readonly label: { readonly x: number; readonly y: number };
}
export interface LinesLayout {
  readonly lines: readonly LineShape[];
  /** Names above the plot, where standing at the ends of the lines would take too much of a narrow chart; else none. */
  readonly legend: readonly { readonly series: LineSeries; readonly x: number; readonly y: number }[];
  readonly references: readonly { readonly mark: Mark; readonly y: number; readonly labelY: number }[];
  readonly x: Scale;
  readonly y: Scale;
  /** All distinct x of the data, ascending: where keyboard and pointer can stop. */
  readonly stops: readonly number[];
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Points that are not finite (or not positive on a log axis) break the line. */
export function layoutLines(
  data: {
    series: readonly LineSeries[];
    x: AxisSpec;
    y: AxisSpec;
    references?: readonly Mark[] | undefined;
    current?: number | undefined;
  },
  size: { width: number; height: number; em: number },
): LinesLayout {
  const { series, references = [] } = data;
  const { em } = size;
  // Names stand right of the lines where there is room, else above them; many lines can only be told apart by names at their ends.
  const names = roomFor(
    series.map((one) => one.label),
    em,
  );
  const above = series.length > 1 && series.length <= 3 && size.width - names < (LEFT + NARROW) * em;
  const { items, rows } = above ? layoutLegend(series, size.width, em) : { items: [], rows: 0 };
  const beside = roomFor(
    references.map((mark) => mark.label),
    em,
  );
  const room = Math.min(Math.max(beside, above ? 1.4 * em : names), size.width * 0.38);
  const plot = {
    left: LEFT * em,
    right: size.width - room,
    top: 1.8 * em + (above ? (rows + 0.5) * LEGEND_ROW * em : 0),
    bottom: size.height - 2.9 * em,
  };
  const all = series.flatMap((one) => one.points);
  const xs = all.map((point) => point.x);
  const ys = [
    ...all.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
    ...references.map((mark) => mark.value),
  ];
  const xDomain: [number, number] = data.x.domain
    ? [data.x.domain[0], data.x.domain[1]]
    : span(xs, data.x.log === true);
  const x = makeScale(xDomain, [plot.left, plot.right], {
    log: data.x.log,
    count: Math.max(2, Math.floor((plot.right - plot.left) / (4.5 * em))),
  });
  const y = makeScale(axisDomain(data.y, ys), [plot.bottom, plot.top], { log: data.y.log });
  const shapes = series.map((one) => {
    const usable = (value: number, log: boolean | undefined) => Number.isFinite(value) && (!log || value > 0);
    const spots = one.points.map((point) =>
      usable(point.x, data.x.log) && usable(point.y, data.y.log)
        ? { x: round(x(point.x)), y: round(y(point.y)), point }
        : null,
    );
    let pen = 'M';
    let line = '';
    for (const spot of spots) {
      if (spot === null) pen = 'M';
      else {
        line += `${pen}${spot.x},${spot.y}`;
        pen = 'L';
      }
    }
    const banded = spots.filter(
      (spot) => spot !== null && spot.point.low !== undefined && spot.point.high !== undefined,
    );
    // A bound of nought has no place on a logarithmic axis: its band reaches down to the axis.
    const edge = (value: number): number => (usable(value, data.y.log) ? round(y(value)) : round(plot.bottom));
    const upper = banded.map((spot) => `${spot?.x},${edge(spot?.point.high as number)}`);
    const lower = banded.map((spot) => `${spot?.x},${edge(spot?.point.low as number)}`).reverse();
    const dots = spots
      .filter((spot) => spot !== null)
      .filter((spot) => spot.y <= plot.bottom + 0.5 && spot.y >= plot.top - 0.5)
      .map(({ x: px, y: py }) => ({ x: px, y: py }));
    return { series: one, line, band: banded.length > 1 ? `M${[...upper, ...lower].join('L')}Z` : '', dots };
  });
  const ends = [
    ...shapes.map((shape) => shape.dots.at(-1)?.y ?? plot.bottom),
    ...references.map((mark) => round(y(mark.value))),
  ];
  const spread = spreadLabels(ends, 1.05 * em, plot.top, plot.bottom);
  return {
    lines: shapes.map((shape, i) => ({ ...shape, label: { x: plot.right + 0.4 * em, y: round(spread[i] ?? 0) } })),
    references: references.map((mark, i) => ({
      mark,
      y: round(y(mark.value)),
      labelY: round(spread[shapes.length + i] ?? 0),
    })),
    legend: items,
    x,
    y,
    stops: [...new Set(xs.filter(Number.isFinite))].sort((a, b) => a - b),
    plot,
  };
}

const LEGEND_ROW = 1.25;
/** Room for the labels of the vertical axis, and the width of a plot that has none to give away; in em. */
const LEFT = 3.1;
const NARROW = 16;

const roomFor = (labels: readonly string[], em: number): number =>
  labels.length === 0 ? 0 : Math.max(...labels.map((label) => label.length)) * 0.45 * em + 0.7 * em;

/** A name cut to the room beside the plot. */
export function shortened(label: string, room: number, em: number): string {
  const most = Math.max(3, Math.floor((room - 0.4 * em) / (0.45 * em)));
  return label.length <= most ? label : `${label.slice(0, most - 1).trimEnd()}…`;
}

/** Names in rows under the title of the vertical axis, each after a piece of its line. */
function layoutLegend(series: readonly LineSeries[], width: number, em: number) {
  let row = 0;
  let x = 0;
  const items = series.map((one) => {
    const own = (2 + one.label.length * 0.48) * em;
    if (x > 0 && x + own > width) [row, x] = [row + 1, 0];
    const item = { series: one, x: round(x), y: round((2 + row * LEGEND_ROW) * em) };
    x += own + 0.9 * em;
    return item;
  });
  return { items, rows: row + 1 };
}

function span(values: readonly number[], log: boolean): [number, number] {
  const seen = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  return seen.length === 0 ? [1, 10] : [Math.min(...seen), Math.max(...seen)];
}

/** Moves wanted positions apart to at least `gap`, keeping their order and, if possible, the limits. */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number) || a - b);
  const made = [...wanted];
  let last = top - gap;
  for (const i of order) {
    made[i] = Math.max(made[i] as number, last + gap);
    last = made[i];
  }
  let next = bottom + gap;
  for (const i of order.reverse()) {
    made[i] = Math.min(made[i] as number, next - gap);
    next = made[i];
  }
  return made;
}

/** The stop nearest to a value. */
export function nearestStop(stops: readonly number[], value: number, log = false): number {
  const far = (stop: number) => (log ? Math.abs(Math.log(stop / value)) : Math.abs(stop - value));
  return stops.reduce((best, stop) => (far(stop) < far(best) ? stop : best), stops[0] ?? value);
}
