/** Ladders side by side: one a column, its levels as rungs, the chosen node as a path across. Exact below, coarse above. */

export interface LadderRung {
  readonly label: string;
  /** `open`: the node with this column at this level is admissible; `closed`: it is not; `unseen`: not looked at. */
  readonly state: 'open' | 'closed' | 'unseen';
  /** What would be lost more (or less, negative) than at the node shown; NaN = not known. */
  readonly moreLoss: number;
  /** Short figure under the label ("+2.1 %", "too many out"). */
  readonly note: string;
  /** The same where there is no room for words ("+2.1 %"). */
  readonly short?: string | undefined;
  /** Everything, for a reader who does not see it. */
  readonly spoken: string;
}
export interface LadderColumn {
  readonly id: string;
  readonly label: string;
  /** From exact (first) to coarse (last). */
  readonly rungs: readonly LadderRung[];
  readonly current: number;
  /** Level of the optimum; equal to `current` where the optimum is shown. */
  readonly optimum: number;
}

export interface PlacedRung {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** -4 (loses much less) .. 0 .. 4 (loses much more): step of the colour. */
  readonly shade: number;
}
export interface LadderLayout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly {
    readonly x: number;
    readonly width: number;
    readonly rungs: readonly PlacedRung[];
    /** Its name, in one or two lines. */
    readonly head: readonly string[];
    /** Vertical rails of the ladder. */
    readonly rails: string;
  }[];
  readonly path: string;
  readonly optimumPath: string;
}

/** Least width of a ladder that keeps its words readable, in em. */
const LEAST_EM = 4.35;
/** Letters of a head that fit an em. */
const LETTERS = 1.9;

/** Step of the colour for a change of loss: a tenth of the whole loss and more is the strongest. */
export function shadeOf(moreLoss: number): number {
  if (!Number.isFinite(moreLoss) || Math.abs(moreLoss) < 1e-9) return 0;
  const size = Math.min(4, Math.max(1, Math.ceil(Math.abs(moreLoss) / 0.025)));
  return moreLoss > 0 ? size : -size;
}

/** A name in at most two lines, broken at a space (else after a hyphen) where one line does not hold it. */
export function headLines(label: string, room: number): readonly string[] {
  if (label.length <= room) return [label];
  const spaces = [...label.matchAll(label.includes(' ') ? / /g : /(?<=-)/g)].map(({ index }) => index);
  const middle = spaces.toSorted((a, b) => Math.abs(a - label.length / 2) - Math.abs(b - label.length / 2))[0];
  return middle === undefined ? [label] : [label.slice(0, middle), label.slice(middle).trimStart()];
}

/** Width grows beyond the given one where there are many columns; the figure then scrolls. */
export function layoutLadders(columns: readonly LadderColumn[], size: { width: number; em: number }): LadderLayout {
  const { em } = size;
  const gap = size.width < 30 * em ? 0.45 * em : 0.9 * em;
  const n = Math.max(1, columns.length);
  const width = Math.max(size.width, n * LEAST_EM * em + (n - 1) * gap);
  const wide = Math.min(11 * em, (width - (n - 1) * gap) / n);
  const spread = n === 1 ? 0 : (width - n * wide) / (n - 1);
  const tallest = Math.max(1, ...columns.map((column) => column.rungs.length));
  const rungHeight = 2.15 * em;
  const pitch = rungHeight + 0.4 * em;
  const heads = columns.map((column) => headLines(column.label, (wide / em) * LETTERS));
  const head = (heads.some((lines) => lines.length > 1) ? 2.7 : 1.7) * em;
  const height = head + tallest * pitch;
  const placed = columns.map((column, c) => {
    const x = c * (wide + spread);
    const rungs = column.rungs.map(
      (rung, level): PlacedRung => ({
        x,
        y: height - (level + 1) * pitch + 0.2 * em,
        width: wide,
        height: rungHeight,
        shade: rung.state === 'open' ? shadeOf(rung.moreLoss) : 0,
      }),
    );
    const top = height - column.rungs.length * pitch;
    const rails = [x + 0.9 * em, x + wide - 0.9 * em].map((at) => `M${at},${top}V${height}`).join('');
    return { x, width: wide, rungs, rails, head: heads[c] ?? [] };
  });
  const across = (level: (column: LadderColumn) => number): string => {
    let path = '';
    columns.forEach((column, c) => {
      const rung = placed[c]?.rungs[level(column)];
      if (rung === undefined) return;
      const y = rung.y + rung.height / 2;
      const before = columns[c - 1];
      const last = before === undefined ? undefined : placed[c - 1]?.rungs[level(before)];
      if (last === undefined) path += `M${rung.x},${y}`;
      else {
        const from = last.x + last.width;
        const bend = (rung.x - from) / 2;
        path += `C${from + bend},${last.y + last.height / 2},${rung.x - bend},${y},${rung.x},${y}`;
      }
      path += `H${rung.x + rung.width}`;
    });
    return path;
  };
  return {
    width,
    height,
    columns: placed,
    path: across((column) => column.current),
    optimumPath: across((column) => column.optimum),
  };
}
