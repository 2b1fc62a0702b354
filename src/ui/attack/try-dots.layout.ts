/** A row of a hundred tries, two dots a column, so that a column stands for two tries and the axis is linear. */
export interface TryRow {
  readonly id: string;
  readonly label: string;
  readonly sub: string;
  /** Share of tries that are right; undefined = not known (yet). */
  readonly value: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly chance?: number | undefined;
  readonly bound?: number | undefined;
  readonly own: boolean;
}

export interface TryDot {
  readonly x: number;
  readonly y: number;
  readonly hit: boolean;
}
export interface PlacedTries {
  readonly row: TryRow;
  readonly top: number;
  readonly labelY: number;
  readonly subY: number;
  readonly dots: readonly TryDot[];
  readonly barY: number;
  readonly markTop: number;
  readonly markBottom: number;
}
export interface TriesLayout {
  readonly height: number;
  readonly radius: number;
  readonly x: (share: number) => number;
  readonly rows: readonly PlacedTries[];
}

const columns = 50;

/** Places all rows under each other on one axis from 0 to 100 of 100 tries. */
export function layoutTries(rows: readonly TryRow[], width: number, em: number): TriesLayout {
  const step = width / columns;
  const radius = Math.min(step * 0.36, em * 0.27);
  const pitch = Math.min(step, em * 0.66);
  const labelRoom = em * 1.2;
  const barRoom = em * 0.6;
  const subRoom = em * 1.05;
  const rowHeight = labelRoom + 2 * pitch + barRoom + subRoom + em * 0.7;
  const placed = rows.map((row, at): PlacedTries => {
    const top = at * rowHeight;
    const first = top + labelRoom + pitch / 2;
    const hits = row.value === undefined ? 0 : Math.round(row.value * 100);
    const dots = Array.from({ length: 100 }, (_, i) => ({
      x: (Math.floor(i / 2) + 0.5) * step,
      y: first + (i % 2) * pitch,
      hit: i < hits,
    }));
    const barY = first + 1.5 * pitch + barRoom * 0.5;
    return {
      row,
      top,
      labelY: top + em * 0.82,
      subY: barY + barRoom * 0.5 + em * 0.72,
      dots,
      barY,
      markTop: first - pitch * 0.6,
      markBottom: barY + em * 0.2,
    };
  });
  return {
    height: rows.length * rowHeight,
    radius,
    x: (share) => Math.max(0, Math.min(1, share)) * width,
    rows: placed,
  };
}
