/** Rows of single values as dots on one axis, stacked where they would touch; marked ones are what the chart is about. */
import { makeScale, type Scale } from './scale.ts';

export interface RowDot {
  readonly value: number;
  readonly marked: boolean;
  /** Told when the dot is read: the value in full, and what it gives away. */
  readonly told: string;
}
export interface DotRow {
  readonly id: string;
  readonly label: string;
  /** Said at the end of the label: "16 of 20". */
  readonly note?: string | undefined;
  readonly dots: readonly RowDot[];
}
export interface PlacedDot {
  readonly dot: RowDot;
  readonly x: number;
  readonly y: number;
}
export interface PlacedRow {
  readonly row: DotRow;
  readonly labelY: number;
  readonly base: number;
  /** From left to right. */
  readonly dots: readonly PlacedDot[];
}
export interface DotRowsLayout {
  readonly rows: readonly PlacedRow[];
  readonly x: Scale;
  readonly radius: number;
  readonly height: number;
}

const LEVELS = 4;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Values outside `domain` lie at its edge. */
export function layoutDotRows(
  rows: readonly DotRow[],
  domain: readonly [number, number] | undefined,
  size: { readonly width: number; readonly em: number },
): DotRowsLayout {
  const { em } = size;
  const radius = Math.max(3, 0.26 * em);
  const values = rows.flatMap(({ dots }) => dots.map(({ value }) => value)).filter(Number.isFinite);
  const [low, high] = domain ?? (values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]);
  const margin = 2 * radius;
  const x = makeScale(low < high ? [low, high] : [low - 1, high + 1], [margin, size.width - margin], {
    count: Math.max(2, Math.floor(size.width / (6 * em))),
  });
  const [from, to] = x.domain;
  const rowHeight = 1.3 * em + (LEVELS + 0.5) * 2 * radius;
  const placed = rows.map((row, i): PlacedRow => {
    const base = round((i + 1) * rowHeight);
    const ordered = row.dots.filter(({ value }) => Number.isFinite(value)).toSorted((a, b) => a.value - b.value);
    const ends = new Float64Array(LEVELS).fill(Number.NEGATIVE_INFINITY);
    const dots = ordered.map((dot): PlacedDot => {
      const px = x(Math.min(to as number, Math.max(from as number, dot.value)));
      // The lowest level where the dot does not touch the one before it; else the one that is free first.
      let level = ends.findIndex((end) => px - end >= 2 * radius);
      if (level < 0) level = ends.indexOf(Math.min(...ends));
      ends[level] = px;
      return { dot, x: round(px), y: round(base - radius - 2 - level * 2 * radius) };
    });
    return { row, labelY: round(i * rowHeight + 0.95 * em), base, dots };
  });
  return { rows: placed, x, radius, height: round(rows.length * rowHeight + 1.6 * em) };
}
