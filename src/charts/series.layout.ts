/** An answer given again at every step: truth and release, how far apart they are, and what a window of steps has spent. */
import type { Numbers } from './props.ts';
import { axisDomain, makeScale, type Scale } from './scale.ts';

export interface SeriesData {
  readonly steps: readonly string[];
  /** Steps answered so far. */
  readonly done: number;
  readonly truth: Numbers;
  readonly released: Numbers;
  /** 0 = nothing can be said of this step. */
  readonly halfWidth95: Numbers;
  /** 1 = a fresh answer, 0 = the last one again. */
  readonly fresh?: Numbers | undefined;
  readonly spent?: { readonly window: number; readonly epsilon: Numbers; readonly limit: number } | undefined;
}
export interface Panel {
  readonly top: number;
  readonly bottom: number;
  readonly y: Scale;
}
export interface SeriesLayout {
  readonly left: number;
  readonly right: number;
  /** Middle of a step. */
  readonly x: (step: number) => number;
  readonly stepAt: (x: number) => number;
  readonly main: Panel & { readonly truth: string; readonly released: string; readonly band: string };
  readonly gap: Panel & { readonly line: string; readonly band: string };
  readonly spent: (Panel & { readonly area: string }) | undefined;
  /** Fresh answers, where few enough to be told apart. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  readonly labels: readonly {
    readonly x: number;
    readonly text: string;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
  readonly height: number;
}

/** More fresh answers than this are a line. */
const MOST_DOTS = 120;
const round = (value: number) => Math.round(value * 10) / 10;

export function layoutSeries(data: SeriesData, size: { readonly width: number; readonly em: number }): SeriesLayout {
  const { em, width } = size;
  const { steps, truth, released, halfWidth95: half, fresh } = data;
  const left = 3.4 * em;
  const right = width - 0.6 * em;
  const pitch = (right - left) / Math.max(1, steps.length);
  const x = (step: number) => left + (step + 0.5) * pitch;
  const kept = keptSteps(data, Math.max(1, Math.floor((right - left) / 2)));
  const off = (i: number) => at(released, i) - at(truth, i);
  const values = kept.flatMap((i) => [at(truth, i), at(released, i) - at(half, i), at(released, i) + at(half, i)]);
  const gaps = kept.flatMap((i) => [off(i), at(half, i), -at(half, i)]);
  const most = Math.max(...gaps.map(Math.abs), 0) || 1;
  const panel = (top: number, height: number, domain: readonly [number, number], count: number): Panel => ({
    top,
    bottom: top + height,
    y: makeScale(domain, [top + height, top], { count }),
  });
  const main = panel(1.6 * em, 11 * em, axisDomain({ label: '' }, values), 4);
  const gap = panel(main.bottom + 2.4 * em, 6 * em, [-1.06 * most, 1.06 * most], 3);
  const limit = data.spent?.limit ?? 0;
  const spent = data.spent && panel(gap.bottom + 2.4 * em, 3 * em, [0, 1.1 * limit || 1], 2);
  const bottom = (spent ?? gap).bottom;
  const stair = fresh !== undefined;
  const line = (panelOf: Panel, value: (i: number) => number, steps_ = stair) =>
    path(kept, x, (i) => panelOf.y(value(i)), steps_ ? pitch / 2 : 0);
  const band = (panelOf: Panel, middle: (i: number) => number) =>
    bandOf(
      kept,
      x,
      (i) => [panelOf.y(middle(i) + at(half, i)), panelOf.y(middle(i) - at(half, i))],
      stair ? pitch / 2 : 0,
    );
  const marked = stair ? kept.filter((i) => at(fresh, i) === 1) : [];
  return {
    left,
    right,
    x,
    stepAt: (px) => Math.min(steps.length - 1, Math.max(0, Math.floor((px - left) / pitch))),
    main: {
      ...main,
      truth: line(main, (i) => at(truth, i), false),
      released: line(main, (i) => at(released, i)),
      band: band(main, (i) => at(released, i)),
    },
    gap: { ...gap, line: line(gap, off, false), band: band(gap, () => 0) },
    spent: spent && {
      ...spent,
      area: areaOf(kept, x, (i) => spent.y(at(data.spent?.epsilon ?? [], i)), spent.bottom, pitch / 2),
    },
    dots: marked.length > MOST_DOTS ? [] : marked.map((i) => ({ x: round(x(i)), y: round(main.y(at(released, i))) })),
    labels: labelsOf(steps, x, right - left, em),
    height: bottom + 1.6 * em,
  };
}

const at = (values: Numbers, i: number): number => values[i] ?? 0;

/**
 * Steps to draw, ascending: all where there is room; else of each column the ends, the highest and lowest answers and errors, so that
 * no excursion is lost.
 */
export function keptSteps({ done, truth, released }: SeriesData, columns: number): readonly number[] {
  if (done <= 4 * columns) return Array.from({ length: done }, (_, i) => i);
  const out = new Set<number>();
  const values = [(i: number) => at(released, i), (i: number) => at(released, i) - at(truth, i)];
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * done) / columns);
    const to = Math.floor(((column + 1) * done) / columns);
    out.add(from);
    for (const value of values) {
      let [low, high] = [from, from];
      for (let i = from; i < to; i++) {
        if (value(i) < value(low)) low = i;
        if (value(i) > value(high)) high = i;
      }
      out.add(low).add(high);
    }
    out.add(to - 1);
  }
  return [...out].sort((a, b) => a - b);
}

type Place = (i: number) => number;

/** A line through the steps, or level over each of them (`half` a step to both sides). */
function path(kept: readonly number[], x: Place, y: Place, half: number): string {
  return kept
    .map((i, n) => {
      const py = round(y(i));
      const pen = n === 0 ? 'M' : 'L';
      return half === 0 ? `${pen}${round(x(i))},${py}` : `${pen}${round(x(i) - half)},${py}H${round(x(i) + half)}`;
    })
    .join('');
}

/** A band around a line, interrupted where it has no width. */
function bandOf(
  kept: readonly number[],
  x: Place,
  ends: (i: number) => readonly [number, number],
  half: number,
): string {
  let out = '';
  let run: number[] = [];
  const close = () => {
    if (run.length > 0 && (half > 0 || run.length > 1)) {
      const upper = run.flatMap((i) => corners(x(i), ends(i)[0], half));
      const lower = run.toReversed().flatMap((i) => corners(x(i), ends(i)[1], -half));
      out += `M${[...upper, ...lower].join('L')}Z`;
    }
    run = [];
  };
  for (const i of kept) {
    const [high, low] = ends(i);
    if (high === low) close();
    else run.push(i);
  }
  close();
  return out;
}

const corners = (px: number, py: number, half: number): string[] =>
  half === 0 ? [`${round(px)},${round(py)}`] : [`${round(px - half)},${round(py)}`, `${round(px + half)},${round(py)}`];

function areaOf(kept: readonly number[], x: Place, y: Place, floor: number, half: number): string {
  if (kept.length === 0) return '';
  const top = kept.flatMap((i) => corners(x(i), y(i), half));
  const [first, last] = [kept[0] as number, kept.at(-1) as number];
  return `M${round(x(first) - half)},${round(floor)}L${top.join('L')}L${round(x(last) + half)},${round(floor)}Z`;
}

/** As many step names as fit, evenly spaced, the first and the last flush with the ends. */
function labelsOf(steps: readonly string[], x: Place, width: number, em: number): SeriesLayout['labels'] {
  const longest = Math.max(1, ...steps.map((step) => step.length));
  const fit = Math.max(1, Math.floor(width / ((longest + 4) * 0.5 * em)));
  const count = Math.min(steps.length, fit);
  if (count === 0) return [];
  const all = count === steps.length;
  return Array.from({ length: count }, (_, n) => {
    const i = count === 1 ? 0 : Math.round((n * (steps.length - 1)) / (count - 1));
    const anchor = all ? 'middle' : n === 0 ? 'start' : n === count - 1 ? 'end' : 'middle';
    return { x: round(x(i)), text: steps[i] ?? '', anchor } as const;
  });
}
