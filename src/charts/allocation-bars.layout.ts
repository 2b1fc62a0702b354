/** The same budget divided by several rules: one bar a rule, parts in order of class, all bars equally long. */
export interface AllocationRow {
  readonly id: string;
  readonly label: string;
  /** What it costs or wins, in words, at the end of the bar. */
  readonly note?: string | undefined;
  readonly parts: readonly {
    readonly id: string;
    readonly label: string;
    /** Shade: parts of one class look alike. */
    readonly shade: number;
    readonly amount: number;
    readonly text?: string | undefined;
  }[];
}
export interface AllocationShape {
  readonly row: AllocationRow;
  readonly y: number;
  readonly labelY: number;
  readonly noteY: number;
  readonly parts: readonly {
    readonly part: AllocationRow['parts'][number];
    readonly share: number;
    readonly x: number;
    readonly width: number;
  }[];
}
export interface AllocationLayout {
  readonly rows: readonly AllocationShape[];
  readonly bar: number;
  readonly labels: number;
  readonly right: number;
  readonly stacked: boolean;
  readonly height: number;
}

const round = (value: number) => Math.round(value * 100) / 100;

export function layoutAllocation(
  rows: readonly AllocationRow[],
  size: { readonly width: number; readonly em: number },
): AllocationLayout {
  const { width, em } = size;
  const stacked = width < 38 * em;
  const labels = stacked ? 0 : Math.min(15 * em, width * 0.3);
  const right = stacked ? width : width - Math.min(11 * em, width * 0.24);
  const bar = 1.5 * em;
  const step = (stacked ? 3.4 : 2.1) * em;
  const made = rows.map((row, i): AllocationShape => {
    const y = i * step + (stacked ? 1.3 * em : 0.2 * em);
    const sum = row.parts.reduce((all, { amount }) => all + amount, 0) || 1;
    let before = 0;
    const at = (share: number) => labels + share * (right - labels);
    const parts = row.parts.map((part, p) => {
      const from = before;
      before += part.amount / sum;
      // The last part ends where the bar ends, whatever rounding left.
      const to = p === row.parts.length - 1 ? 1 : before;
      return { part, share: part.amount / sum, x: round(at(from)), width: round(at(to) - at(from)) };
    });
    return {
      row,
      y: round(y),
      labelY: round(stacked ? y - 0.35 * em : y + em),
      noteY: round(stacked ? y - 0.35 * em : y + em),
      parts,
    };
  });
  return { rows: made, bar, labels, right, stacked, height: round(rows.length * step + 0.4 * em) };
}
