/**
 * The whole lattice at a glance, as a Hasse diagram lies: height (sum of levels) along x, the nodes of one height spread
 * over y, several nodes a mark where they are many. Which are admissible and how little they lose is the colour.
 */
import type { Numbers } from './props.ts';

/** Beyond this many nodes the inadmissible ones are drawn as a silhouette only. */
const LISTED = 400_000;

export interface LatticeMark {
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly nodes: number;
  readonly admissible: number;
  /** Least loss among its admissible nodes, and the node that has it; NaN and -1 where none is. */
  readonly loss: number;
  readonly node: number;
}
export interface OverviewLayout {
  readonly marks: readonly LatticeMark[];
  /** Outline of all nodes. */
  readonly outline: string;
  readonly markWidth: number;
  readonly markHeight: number;
  readonly xOf: (height: number) => number;
  /** Where a node lies. */
  readonly at: (node: number) => { readonly x: number; readonly y: number };
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** What never changes with a question: height and rank among its height of every node. */
export interface NodeRanks {
  readonly heights: readonly number[];
  readonly total: number;
  readonly counts: Float64Array;
  /** Rank of each node among those of its height; absent for lattices too large to list. */
  readonly rank?: Uint32Array;
}

export function rankNodes(heights: readonly number[], counts: Float64Array): NodeRanks {
  const total = heights.reduce((product, height) => product * height, 1);
  if (total > LISTED) return { heights, total, counts };
  const rank = new Uint32Array(total);
  const seen = new Uint32Array(counts.length);
  for (let node = 0; node < total; node += 1) {
    const at = heightOf(node, heights);
    rank[node] = seen[at] as number;
    seen[at] = (seen[at] as number) + 1;
  }
  return { heights, total, counts, rank };
}

/** Sum of a node's levels. */
export function heightOf(node: number, heights: readonly number[]): number {
  let rest = node;
  let sum = 0;
  for (let c = heights.length - 1; c >= 0; c -= 1) {
    const height = heights[c] as number;
    sum += rest % height;
    rest = Math.floor(rest / height);
  }
  return sum;
}

export function layoutOverview(
  ranks: NodeRanks,
  data: { readonly nodes: Numbers; readonly loss: Numbers },
  size: { readonly width: number; readonly height: number; readonly em: number },
): OverviewLayout {
  const { em } = size;
  const { counts, heights, rank, total } = ranks;
  const plot = { left: 0.6 * em, right: size.width - 0.6 * em, top: 0.4 * em, bottom: size.height - 2.1 * em };
  const pitch = (plot.right - plot.left) / Math.max(1, counts.length);
  const xOf = (height: number): number => plot.left + (height + 0.5) * pitch;
  const middle = (plot.top + plot.bottom) / 2;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const room = plot.bottom - plot.top;
  const spacing = Math.min(0.5 * em, room / most);
  const markHeight = Math.max(2, spacing);
  const share = (node: number): number => (node + 0.5) / total;
  const at = (node: number): { x: number; y: number } => {
    const height = heightOf(node, heights);
    const count = counts[height] as number;
    const place = rank === undefined ? share(node) * count : (rank[node] as number) + 0.5;
    return { x: xOf(height), y: middle + (place - count / 2) * spacing };
  };
  const marks = new Map<number, { -readonly [K in keyof LatticeMark]: LatticeMark[K] }>();
  const rows = Math.ceil(room / markHeight) + 2;
  const markOf = (node: number) => {
    const height = heightOf(node, heights);
    const { x, y } = at(node);
    const bin = Math.floor((y - plot.top) / markHeight);
    const key = height * rows + bin;
    let mark = marks.get(key);
    if (mark === undefined) {
      mark = { height, x, y: plot.top + (bin + 0.5) * markHeight, nodes: 0, admissible: 0, loss: Number.NaN, node: -1 };
      marks.set(key, mark);
    }
    return mark;
  };
  if (rank !== undefined) for (let node = 0; node < total; node += 1) markOf(node).nodes += 1;
  for (let i = 0; i < data.nodes.length; i += 1) {
    const mark = markOf(data.nodes[i] as number);
    const loss = data.loss[i] as number;
    mark.admissible += 1;
    if (!(mark.loss <= loss)) [mark.loss, mark.node] = [loss, data.nodes[i] as number];
  }
  const half = (height: number): number => Math.max(markHeight, (counts[height] as number) * spacing) / 2;
  const upper = Array.from(
    counts,
    (_, h) => `${h === 0 ? 'M' : 'L'}${xOf(h).toFixed(1)},${(middle - half(h)).toFixed(1)}`,
  );
  const lower = Array.from(counts, (_, h) => `L${xOf(h).toFixed(1)},${(middle + half(h)).toFixed(1)}`).toReversed();
  return {
    marks: [...marks.values()],
    outline: `${upper.join('')}${lower.join('')}Z`,
    markWidth: Math.max(2, Math.min(pitch * 0.62, 1.6 * em)),
    markHeight,
    xOf,
    at,
    plot,
  };
}

/** Colour step 0 (loses least of what is drawn) .. 16 (loses most). */
export const lossStep = (loss: number, least: number, most: number): number =>
  !Number.isFinite(loss) || most <= least
    ? 0
    : Math.min(16, Math.max(0, Math.round(((loss - least) / (most - least)) * 16)));
