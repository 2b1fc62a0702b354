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
export function positionOf(answer: Pick<LatticeAnswer, 'nodes'>, node: number): number {
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

const isTie = (a: number, b: number): boolean => Math.abs(a - b) <= TIE * Math.max(Math.abs(a), Math.abs(b));

/** Sum of a node's levels: how far it is from exact. */
export const heightOf = (node: number, heights: readonly number[]): number =>
  levelsOf(node, heights).reduce((sum, level) => sum + level, 0);

/**
 * The answers of all parts as one: nodes ascending, and the least loss of all with its ties in the order a part gives
 * them (fewest levels up, then lowest index).
 */
export function mergeAnswers(parts: readonly LatticeAnswer[], heights: readonly number[]): LatticeAnswer {
  const order = ascending(parts.map(({ nodes }) => nodes));
  const inOrder = <A extends Uint32Array | Float64Array>(out: A, of: (part: LatticeAnswer) => A): A => {
    const all: number[] = [];
    for (const part of parts) for (const value of of(part)) all.push(value);
    for (let i = 0; i < order.length; i += 1) out[i] = all[order[i] as number] as number;
    return out;
  };
  const counts = (of: (part: LatticeAnswer) => Uint32Array): Uint32Array => inOrder(new Uint32Array(order.length), of);
  const arrays = {
    nodes: counts(({ nodes }) => nodes),
    loss: inOrder(new Float64Array(order.length), ({ loss }) => loss),
    suppressed: counts(({ suppressed }) => suppressed),
    classes: counts(({ classes }) => classes),
    smallest: counts(({ smallest }) => smallest),
  };
  const said = parts.flatMap(({ proof }) => (proof === undefined ? [] : [proof]));
  const weakest = said.toSorted((a, b) => strength[a] - strength[b])[0];
  const proof = weakest === undefined ? {} : { proof: weakest };
  const bestLoss = parts.reduce((least, part) => (part.best >= 0 ? Math.min(least, part.bestLoss) : least), Infinity);
  if (bestLoss === Infinity) {
    return { ...arrays, ...proof, best: -1, bestLoss: Number.NaN, ties: [], lossPerColumn: [], measurePerColumn: [] };
  }
  const ties = parts
    .flatMap((part) => part.ties)
    .filter((node) => isTie(arrays.loss[positionOf(arrays, node)] ?? Number.NaN, bestLoss))
    .toSorted((a, b) => heightOf(a, heights) - heightOf(b, heights) || a - b);
  const best = ties[0] ?? -1;
  const owner = parts.find((part) => part.best === best) ?? parts.find((part) => part.ties.includes(best));
  return {
    ...arrays,
    ...proof,
    best,
    bestLoss,
    ties,
    lossPerColumn: owner?.lossPerColumn ?? [],
    measurePerColumn: owner?.measurePerColumn ?? [],
  };
}

/** Positions in the concatenated lists, by ascending node. Node and position share one number: sorted without a comparison. */
function ascending(lists: readonly Uint32Array[]): Uint32Array {
  const total = lists.reduce((sum, list) => sum + list.length, 0);
  const keys = new Float64Array(total);
  let at = 0;
  for (const list of lists) {
    for (const node of list) {
      keys[at] = node * total + at;
      at += 1;
    }
  }
  return Uint32Array.from(keys.sort(), (key) => key % total);
}

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
    const verdict = !one.admissible ? 'limit' : isTie(one.loss, current.loss) ? 'tie' : 'loss';
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
