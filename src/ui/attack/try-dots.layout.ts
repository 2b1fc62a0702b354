/** A row of a hundred tries, two dots a column, so that a column stands for two tries and the axis is linear. */
export interface TryRow {
  readonly id: string;
  readonly label: string;
  readonly sub: string;
  /** Said after `sub` where there is room. */
  readonly more?: string | undefined;
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
  /** The label in as many lines as the width asks for, and the baseline of each. */
  readonly lines: readonly { readonly text: string; readonly y: number }[];
  readonly subY: number;
  readonly dots: readonly TryDot[];
  readonly barY: number;
  readonly markTop: number;
  readonly markBottom: number;
}
export interface TriesLayout {
  readonly height: number;
  readonly radius: number;
  /** No room for the value beside the label: it opens the line below the dots. */
  readonly narrow: boolean;
  /** Characters that fit in a line. */
  readonly perLine: number;
  readonly x: (share: number) => number;
  readonly rows: readonly PlacedTries[];
}

const columns = 50;

/** Places all rows under each other on one axis from 0 to 100 of 100 tries. */
export function layoutTries(rows: readonly TryRow[], width: number, em: number): TriesLayout {
  const step = width / columns;
  const radius = Math.min(step * 0.36, em * 0.27);
  const pitch = Math.min(step, em * 0.66);
  const barRoom = em * 0.6;
  const subRoom = em * 1.05;
  const lineHeight = em * 1.15;
  const perLine = Math.max(12, Math.floor(width / (em * 0.47)));
  const narrow = rows.some(({ label }) => label.length + 14 > perLine);
  let top = 0;
  const placed = rows.map((row): PlacedTries => {
    const texts = wrap(row.label, perLine);
    const start = top;
    const first = start + em * 0.1 + texts.length * lineHeight + pitch / 2;
    const hits = row.value === undefined ? 0 : Math.round(row.value * 100);
    const dots = Array.from({ length: 100 }, (_, i) => ({
      x: (Math.floor(i / 2) + 0.5) * step,
      y: first + (i % 2) * pitch,
      hit: i < hits,
    }));
    const barY = first + 1.5 * pitch + barRoom * 0.5;
    const subY = barY + barRoom * 0.5 + em * 0.72;
    top = subY - em * 0.72 + subRoom + em * 0.7;
    return {
      row,
      top: start,
      lines: texts.map((text, at) => ({ text, y: start + em * 0.82 + at * lineHeight })),
      subY,
      dots,
      barY,
      markTop: first - pitch * 0.6,
      markBottom: barY + em * 0.2,
    };
  });
  return {
    height: top,
    radius,
    narrow,
    perLine,
    x: (share) => Math.max(0, Math.min(1, share)) * width,
    rows: placed,
  };
}

/** Words into lines of at most `most` characters; a longer word keeps a line of its own. */
export function wrap(words: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
