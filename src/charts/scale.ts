/** Linear and log scales with round ticks, in a few lines instead of a library on the first load. */
import { ticks as roundTicks } from 'd3-array';
import type { AxisSpec } from './props.ts';

export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly invert: (position: number) => number;
  readonly ticks: readonly number[];
}

/** Maps `domain` to `range`. Log needs a positive domain; a start at or below 0 becomes end/1,000. */
export function makeScale(
  domain: readonly [number, number],
  range: readonly [number, number],
  options: { log?: boolean | undefined; count?: number | undefined } = {},
): Scale {
  const { log = false, count = 4 } = options;
  let [low, high] = domain;
  if (log) {
    if (!(high > 0)) high = 1;
    if (!(low > 0)) low = high / 1000;
  }
  if (!(high > low)) {
    const pad = Math.abs(low) * 0.1 || 0.5;
    [low, high] = log ? [low / 2, low * 2] : [low - pad, low + pad];
  }
  const forth = (value: number) => (log ? Math.log10(Math.max(value, Number.MIN_VALUE)) : value);
  const from = forth(low);
  const span = forth(high) - from;
  const [start, end] = range;
  const scale = (value: number) => start + ((forth(value) - from) / span) * (end - start);
  const invert = (position: number) => {
    const at = from + ((position - start) / (end - start)) * span;
    return log ? 10 ** at : at;
  };
  return Object.assign(scale, {
    domain: [low, high] as const,
    invert,
    ticks: log ? logTicks(low, high, count) : roundTicks(low, high, count),
  });
}

function logTicks(low: number, high: number, count: number): number[] {
  const decades = Math.log10(high) - Math.log10(low);
  const steps = decades < 1.2 ? [1, 2, 3, 5, 7] : decades < count ? [1, 3] : [1];
  const every = Math.max(1, Math.round(decades / (count + 1)));
  const made: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high) + 1e-9; power++) {
    if (steps.length === 1 && power % every !== 0) continue;
    for (const step of steps) {
      const value = Number((step * 10 ** power).toPrecision(12));
      if (value >= low * 0.999999 && value <= high * 1.000001) made.push(value);
    }
  }
  return made;
}

/** Domain of an axis: the locked one, else the data's with a margin; linear axes of positive data keep 0 when close. */
export function axisDomain(axis: AxisSpec, values: readonly number[], margin = 0.06): [number, number] {
  if (axis.domain !== undefined) return [axis.domain[0], axis.domain[1]];
  const seen = values.filter((value) => Number.isFinite(value) && (!axis.log || value > 0));
  if (seen.length === 0) return axis.log ? [0.1, 10] : [0, 1];
  let low = Math.min(...seen);
  let high = Math.max(...seen);
  if (axis.log) {
    const room = (high / low) ** margin || 1;
    return low === high ? [low / 3, high * 3] : [low / room, high * room];
  }
  const room = (high - low) * margin || Math.abs(high) * 0.1 || 1;
  const nearZero = low >= 0 && low <= (high - low) * 0.5;
  low = nearZero ? 0 : low - room;
  high += room;
  return [low, high];
}

/** `label (unit)` with the direction arrow of the axis. */
export function axisTitle(axis: AxisSpec, better: string, vertical: boolean): string {
  const unit = axis.unit === undefined || axis.unit === '' ? '' : ` (${axis.unit})`;
  if (axis.better === undefined || axis.better === 'none') return `${axis.label}${unit}`;
  const arrow = vertical ? (axis.better === 'higher' ? '↑' : '↓') : axis.better === 'higher' ? '→' : '←';
  return axis.better === 'lower' && !vertical
    ? `${arrow} ${better} · ${axis.label}${unit}`
    : `${axis.label}${unit} · ${better} ${arrow}`;
}
