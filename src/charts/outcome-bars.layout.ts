/** Rows of possible outcomes: a bar for what was released, dots for what could have been, an ink line for the truth. */
import { quantilesOf } from './dot-plot.layout.ts';
import type { Numbers } from './props.ts';
import { makeScale, type Scale } from './scale.ts';

export interface OutcomeBar {
  readonly label: string;
  readonly truth: number;
  readonly released: number;
  /** Equally likely other releases. */
  readonly outcomes: Numbers;
}
export interface OutcomeBarShape {
  readonly bar: OutcomeBar;
  readonly y: number;
  /** Left end and width of the bar. */
  readonly from: number;
  readonly width: number;
  /** 95 % of the outcomes. */
  readonly low: number;
  readonly high: number;
  readonly truth: number;
  /** Twenty equally likely outcomes, stacked where they would touch. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}
export interface OutcomeBarsLayout {
  readonly rows: readonly OutcomeBarShape[];
  readonly x: Scale;
  readonly rowHeight: number;
  readonly radius: number;
  readonly labels: number;
  readonly bottom: number;
}

const DOTS = 20;
const round = (value: number) => Math.round(value * 10) / 10;

/** @param size.labels width kept for the names at the left. */
export function layoutOutcomeBars(
  bars: readonly OutcomeBar[],
  size: { readonly width: number; readonly labels: number; readonly em: number },
): OutcomeBarsLayout {
  const { em } = size;
  const rowHeight = 2.1 * em;
  const radius = Math.max(1.6, 0.14 * em);
  const right = size.width - 0.8 * em;
  const quantiles = bars.map((bar) => quantilesOf(bar.outcomes, DOTS));
  const low = Math.min(0, ...quantiles.map((each) => each[0] ?? 0));
  const high = Math.max(
    1,
    ...bars.map((bar) => Math.max(bar.truth, bar.released)),
    ...quantiles.map((each) => each.at(-1) ?? 0),
  );
  const x = makeScale([low, high], [size.labels, right], {
    count: Math.max(2, Math.floor((right - size.labels) / (6 * em))),
  });
  const zero = x(0);
  const rows = bars.map((bar, i): OutcomeBarShape => {
    const y = i * rowHeight + rowHeight / 2;
    const tip = x(bar.released);
    const own = quantiles[i] as Float64Array;
    const sorted = Float64Array.from(bar.outcomes).sort();
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
    return {
      bar,
      y: round(y),
      from: round(Math.min(zero, tip)),
      width: round(Math.abs(tip - zero)),
      low: round(x(at(0.025))),
      high: round(x(at(0.975))),
      truth: round(x(bar.truth)),
      dots: stacked(own, x, y - 0.36 * rowHeight, radius),
    };
  });
  return { rows, x, rowHeight, radius, labels: size.labels, bottom: round(bars.length * rowHeight) };
}

/** Dots from left to right; one that would touch the one before it sits above it, at most three high. */
function stacked(values: Float64Array, x: Scale, y: number, radius: number) {
  let last = Number.NEGATIVE_INFINITY;
  let level = 0;
  return Array.from(values, (value) => {
    const px = x(value);
    if (px - last < 2 * radius) level = (level + 1) % 3;
    else {
      level = 0;
      last = px;
    }
    return { x: round(px), y: round(y + radius - level * 2 * radius * 0.9) };
  });
}
