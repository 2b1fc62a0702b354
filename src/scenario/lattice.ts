import type { LatticeAnswer, LatticeShape, NodeAnswer } from '../engine/kit/lattice.ts';

/**
 * What a page needs to know about a solved lattice (`kit/lattice.ts`) beyond its answers: the node's place, the answers
 * of several workers as one, the front of what cannot be bettered, and why the optimum is where it is. Pure.
 */

/** Losses that differ by less than this, relatively, are one: the order of a sum may not decide a tie. */
const TIE = 1e-9;

/** Level of each column at a node: mixed radix over the heights, the last column fastest. */
export function levelsOf(node: number, heights: readonly number[]): readonly number[] {
  const levels: number[] = heights.map(() => 0);
  let rest = node;
  for (let c = heights.length - 1; c >= 0; c -= 1) {
    const height = heights[c] as number;
    levels[c] = rest % height;
    rest = Math.floor(rest / height);
  }
  return levels;
}

/** Index of the node at these levels; the inverse of `levelsOf`. */
export const nodeOf = (levels: readonly number[], heights: readonly number[]): number =>
  heights.reduce((node, height, c) => node * height + (levels[c] ?? 0), 0);

/** The node with one column at another level. */
export function withLevel(node: number, heights: readonly number[], column: number, level: number): number {
  let stride = 1;
  for (let c = heights.length - 1; c > column; c -= 1) stride *= heights[c] as number;
  return node + (level - (levelsOf(node, heights)[column] ?? 0)) * stride;
}

/** A step of one level on one column: `by` +1 coarsens, -1 gives more detail. */
export interface Neighbour {
  readonly node: number;
  readonly column: number;
  readonly by: 1 | -1;
}

/** The nodes one level away; those with more detail come first. */
export function neighbours(node: number, heights: readonly number[]): readonly Neighbour[] {
  const levels = levelsOf(node, heights);
  const found: Neighbour[] = [];
  for (const by of [-1, 1] as const) {
    levels.forEach((level, column) => {
      const next = level + by;
      if (next >= 0 && next < (heights[column] as number)) {
        found.push({ node: withLevel(node, heights, column, next), column, by });
      }
    });
  }
  return found;
}

/** Number of nodes at each height (sum of levels), from exact to everything coarsened: the lattice's silhouette. */
export function nodesByHeight(heights: readonly number[]): Float64Array {
  let counts = Float64Array.of(1);
  for (const height of heights) {
    const next = new Float64Array(counts.length + height - 1);
    counts.forEach((count, at) => {
      for (let level = 0; level < height; level += 1) next[at + level] = (next[at + level] as number) + count;
    });
    counts = next;
  }
  return counts;
}

/** Position of a node among the admissible ones of an answer, or -1. */
export function positionOf(answer: LatticeAnswer, node: number): number {
  let [low, high] = [0, answer.nodes.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = answer.nodes[middle] as number;
    if (value === node) return middle;
    if (value < node) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const within = (loss: number, best: number): boolean => loss - best <= TIE * Math.max(Math.abs(loss), Math.abs(best));

/** The answers of all parts as one: nodes ascending, the best of the bests, and all ties of it. */
export function mergeAnswers(parts: readonly LatticeAnswer[]): LatticeAnswer {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const total = parts.reduce((sum, part) => sum + part.nodes.length, 0);
  const nodes = new Uint32Array(total);
  const loss = new Float64Array(total);
  const [suppressed, classes, smallest] = [new Uint32Array(total), new Uint32Array(total), new Uint32Array(total)];
  const at = parts.map(() => 0);
  for (let i = 0; i < total; i += 1) {
    let from = -1;
    let least = Number.POSITIVE_INFINITY;
    parts.forEach((part, p) => {
      const node = part.nodes[at[p] as number];
      if (node !== undefined && node < least) [from, least] = [p, node];
    });
    const part = parts[from] as LatticeAnswer;
    const j = at[from] as number;
    nodes[i] = least;
    loss[i] = part.loss[j] as number;
    suppressed[i] = part.suppressed[j] as number;
    classes[i] = part.classes[j] as number;
    smallest[i] = part.smallest[j] as number;
    at[from] = j + 1;
  }
  const winner = parts
    .filter((part) => part.best >= 0)
    .toSorted((a, b) =>
      within(Math.max(a.bestLoss, b.bestLoss), Math.min(a.bestLoss, b.bestLoss))
        ? a.best - b.best
        : a.bestLoss - b.bestLoss,
    )
    .at(0);
  const arrays = { nodes, loss, suppressed, classes, smallest };
  if (winner === undefined) return { ...arrays, best: -1, bestLoss: Number.NaN, ties: [], lossPerColumn: [] };
  const merged = { ...arrays, best: winner.best, bestLoss: winner.bestLoss, lossPerColumn: winner.lossPerColumn };
  const ties = parts
    .flatMap((part) => part.ties)
    .filter((node) => node !== winner.best && within(loss[positionIn(nodes, node)] ?? Number.NaN, winner.bestLoss))
    .toSorted((a, b) => a - b);
  return { ...merged, ties: [winner.best, ...ties] };
}

const positionIn = (nodes: Uint32Array, node: number): number => positionOf({ nodes } as LatticeAnswer, node);

const strength = { exhaustive: 2, pruned: 1, heuristic: 0 } as const;

/** One shape of all parts: what they evaluated and excluded together, and the weakest proof among them. */
export function mergeShapes(parts: readonly LatticeShape[]): LatticeShape | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  return {
    ...first,
    proof: parts.map(({ proof }) => proof).toSorted((a, b) => strength[a] - strength[b])[0] ?? first.proof,
    evaluated: parts.reduce((sum, part) => sum + part.evaluated, 0),
    excluded: parts.reduce((sum, part) => sum + part.excluded, 0),
    limit: Math.min(...parts.map(({ limit }) => limit)),
  };
}

/** How the risk of a node is read: the mean chance to pick the right row, or that of the most exposed row. */
export type RiskOf = 'average' | 'highest';

/** Re-identification risk of each admissible node by its kept classes; 0 where every row is suppressed. */
export function risksOf(answer: LatticeAnswer, rows: number, of: RiskOf): Float64Array {
  return Float64Array.from(answer.nodes, (_, i) => {
    const kept = rows - (answer.suppressed[i] as number);
    if (kept <= 0) return 0;
    return of === 'average' ? (answer.classes[i] as number) / kept : 1 / Math.max(1, answer.smallest[i] as number);
  });
}

/**
 * Positions that no other betters on both sides (both lower is better), by ascending risk and so descending loss; one
 * position for each point. O(n log n).
 */
export function paretoFront(risk: Float64Array, loss: Float64Array): Uint32Array {
  const order = Uint32Array.from(risk, (_, i) => i).sort(
    (a, b) => (risk[a] as number) - (risk[b] as number) || (loss[a] as number) - (loss[b] as number) || a - b,
  );
  const front: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const i of order) {
    if ((loss[i] as number) < least) {
      front.push(i);
      least = loss[i] as number;
    }
  }
  return Uint32Array.from(front);
}

/** Why the optimum does not keep more detail on one column. */
export interface Reason {
  readonly column: number;
  /** Level it is at, and the finer one it is not at. */
  readonly from: number;
  readonly to: number;
  /** `limit`: too many rows would have to go; `loss`: it could, but loses more; `tie`: it loses as little. */
  readonly verdict: 'limit' | 'loss' | 'tie';
  /** Rows left out there, as a share, and what would be lost more than here. */
  readonly suppressedShare: number;
  readonly moreLoss: number;
}

/** One reason for each column that could have more detail, the nearest to the limit first. */
export function reasonsFor(current: NodeAnswer, finer: readonly NodeAnswer[]): readonly Reason[] {
  const reasons = finer.flatMap((one): readonly Reason[] => {
    const column = one.levels.findIndex((level, c) => level !== current.levels[c]);
    if (column < 0) return [];
    const verdict = !one.admissible ? 'limit' : within(one.loss, current.loss) ? 'tie' : 'loss';
    return [
      {
        column,
        from: current.levels[column] as number,
        to: one.levels[column] as number,
        verdict,
        suppressedShare: one.rows === 0 ? 0 : one.suppressed / one.rows,
        moreLoss: one.loss - current.loss,
      },
    ];
  });
  return reasons.toSorted((a, b) => a.suppressedShare - b.suppressedShare || a.column - b.column);
}
