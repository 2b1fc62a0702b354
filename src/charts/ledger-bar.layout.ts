/** A budget as a line from 0: what was spent, one block after the other; what is asked for; what accountants make of it. */
import { makeScale, type Scale } from './scale.ts';

/** One spend (or all of one person, or class). */
export interface LedgerBlock {
  readonly id: string;
  readonly label: string;
  readonly who: string;
  /**
   * Losses of its disjoint parts, drawn side by side: together they cost the largest. Steps follow each other in time; one step of
   * one part is the ordinary block.
   */
  readonly steps: readonly { readonly label: string; readonly parts: readonly number[] }[];
  /** Not spent yet: what a question would add. */
  readonly asked?: boolean | undefined;
}

/** An accountant's figure before and after what is asked. */
export interface LedgerLane {
  readonly id: string;
  readonly label: string;
  /** Undefined = it does not cover these. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Proven to stay within the total. */
  readonly fits: boolean;
  /** No bound: drawn dashed. */
  readonly heuristic?: boolean | undefined;
  /** Decides whether a question is let through. */
  readonly rules?: boolean | undefined;
}

export interface LedgerPiece {
  readonly block: LedgerBlock;
  /** Place of the block in the list, for its shade. */
  readonly order: number;
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
  /** Strips of its parts: disjoint parts lie above one another over the same stretch. */
  readonly strips: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** Whether some of it lies beyond the total. */
  readonly beyond: boolean;
}
export interface LedgerLaneShape {
  readonly lane: LedgerLane;
  readonly y: number;
  readonly labelY: number;
  readonly before: number;
  readonly after: number;
  /** The bar ends beyond the picture. */
  readonly cut: boolean;
}
export interface LedgerBarLayout {
  readonly x: Scale;
  readonly pieces: readonly LedgerPiece[];
  readonly lanes: readonly LedgerLaneShape[];
  readonly total: number;
  /** End of what was spent, one after the other. */
  readonly spent: number;
  readonly top: number;
  readonly stack: number;
  readonly bar: number;
  readonly axisY: number;
  readonly height: number;
  /** Labels stand above their bars. */
  readonly stacked: boolean;
  readonly labels: number;
}

/** Most strips drawn for the parts of one step; more of them look the same. */
const STRIPS = 8;
/** Nothing is drawn further right than this many totals. */
const REACH = 1.5;
const round = (value: number) => Math.round(value * 100) / 100;

/** Loss of a block: its steps add up, each costs its largest part. */
export const costOf = ({ steps }: LedgerBlock): number =>
  steps.reduce((sum, { parts }) => sum + Math.max(0, ...parts), 0);

export function layoutLedger(
  data: { readonly blocks: readonly LedgerBlock[]; readonly lanes: readonly LedgerLane[]; readonly total: number },
  size: { readonly width: number; readonly em: number },
): LedgerBarLayout {
  const { width, em } = size;
  const { blocks, total } = data;
  const stacked = width < 34 * em;
  const labels = stacked ? 0 : Math.min(17 * em, width * 0.32);
  const right = width - 4.2 * em;
  const all = blocks.reduce((sum, block) => sum + costOf(block), 0);
  const lanesMost = data.lanes.reduce((most, { after }) => Math.max(most, after ?? 0), 0);
  const end = Math.min(REACH * total, Math.max(total * 1.06, all * 1.02, Number.isFinite(lanesMost) ? lanesMost : 0));
  const x = makeScale([0, end], [labels, right], { count: Math.max(2, Math.floor((right - labels) / (5 * em))) });
  const at = (value: number) => round(Math.min(x(Math.min(value, end)), right));
  const top = 1.7 * em;
  const stack = 3.2 * em;
  let before = 0;
  const pieces = blocks.map((block, order): LedgerPiece => {
    const from = before;
    const strips = block.steps.flatMap(({ parts }) => {
      const start = before;
      before += Math.max(0, ...parts);
      const shown = parts.slice(0, STRIPS);
      const height = stack / shown.length;
      return shown.map((part, i) => ({
        x: at(start),
        y: round(top + i * height),
        width: round(at(start + part) - at(start)),
        height: round(height),
      }));
    });
    return {
      block,
      order,
      x: at(from),
      width: round(at(before) - at(from)),
      from,
      to: before,
      strips,
      beyond: before > total * (1 + 1e-12),
    };
  });
  const step = (stacked ? 2.5 : 1.7) * em;
  const first = top + stack + 1.1 * em;
  const lanes = data.lanes.map((lane, i): LedgerLaneShape => {
    const y = first + i * step + (stacked ? 1.15 * em : 0);
    return {
      lane,
      y: round(y),
      labelY: round(stacked ? y - 0.3 * em : y + 0.78 * em),
      before: at(lane.before ?? 0),
      after: at(lane.after ?? 0),
      cut: (lane.after ?? 0) > end,
    };
  });
  const axisY = round(first + lanes.length * step + (lanes.length === 0 ? -0.4 * em : 0.2 * em));
  return {
    x,
    pieces,
    lanes,
    total: at(total),
    spent: blocks.reduce((sum, block) => (block.asked === true ? sum : sum + costOf(block)), 0),
    top,
    stack,
    bar: round(0.95 * em),
    axisY,
    height: round(axisY + 1.5 * em),
    stacked,
    labels,
  };
}
