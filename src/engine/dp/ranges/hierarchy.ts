import { invalidParam } from '../../kit/errors.ts';

/**
 * Trees of sums over an ordered axis (Hay, Rastogi, Miklau, Suciu, 2010): every node of a b-ary tree is measured with noise, and
 * the estimate of any range is the generalised least squares one over all nodes. Both directions of the linear-time solution
 * work on ragged trees too. Nodes are laid out level by level, leaves first: node i of a level has children b i .. b i + b - 1.
 */
export interface Hierarchy {
  readonly leaves: number;
  readonly branching: number;
  /** Nodes of each level, leaves first, root last. One row is in one node of every level. */
  readonly widths: readonly number[];
  /** First node of each level. */
  readonly starts: readonly number[];
  readonly nodes: number;
}

/** @throws invalid-param for fewer than one leaf or a branching below 2. `Infinity` branches once, at the root. */
export function hierarchyOf(leaves: number, branching: number): Hierarchy {
  if (!(Number.isInteger(leaves) && leaves >= 1)) throw invalidParam('leaves', 'a whole number from 1', leaves);
  if (!(branching >= 2)) throw invalidParam('branching', 'a number from 2', branching);
  const widths = [leaves];
  const starts = [0];
  let nodes = leaves;
  for (let width = leaves; width > 1; ) {
    width = Math.max(1, Math.ceil(width / branching));
    starts.push(nodes);
    widths.push(width);
    nodes += width;
  }
  return { leaves, branching, widths, starts, nodes };
}

/** Only the leaves: the plain histogram as a hierarchy. */
export const flatOf = (leaves: number): Hierarchy => ({
  leaves,
  branching: Number.POSITIVE_INFINITY,
  widths: [leaves],
  starts: [0],
  nodes: leaves,
});

/** Children of node `at` of a level: a range of nodes of the level below. */
function childrenOf(tree: Hierarchy, level: number, at: number): readonly [number, number] {
  const width = tree.widths[level - 1] as number;
  const from = tree.branching === Number.POSITIVE_INFINITY ? 0 : at * tree.branching;
  const to = tree.branching === Number.POSITIVE_INFINITY ? width : Math.min(width, from + tree.branching);
  return [from, to];
}

/** True sums of all nodes from the leaves. */
export function nodeSums(tree: Hierarchy, leaves: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(tree.nodes);
  for (let i = 0; i < tree.leaves; i += 1) sums[i] = leaves[i] as number;
  for (let level = 1; level < tree.widths.length; level += 1) {
    const start = tree.starts[level] as number;
    const below = tree.starts[level - 1] as number;
    for (let at = 0; at < (tree.widths[level] as number); at += 1) {
      const [from, to] = childrenOf(tree, level, at);
      let sum = 0;
      for (let child = from; child < to; child += 1) sum += sums[below + child] as number;
      sums[start + at] = sum;
    }
  }
  return sums;
}

/**
 * Variance of each node's best estimate from itself and everything below it, in units of one measurement's: the sum of its
 * children's, combined with its own.
 */
function upwardVariances(tree: Hierarchy): Float64Array {
  const variance = new Float64Array(tree.nodes).fill(1);
  for (let level = 1; level < tree.widths.length; level += 1) {
    const start = tree.starts[level] as number;
    const below = tree.starts[level - 1] as number;
    for (let at = 0; at < (tree.widths[level] as number); at += 1) {
      const [from, to] = childrenOf(tree, level, at);
      let sum = 0;
      for (let child = from; child < to; child += 1) sum += variance[below + child] as number;
      variance[start + at] = sum / (1 + sum);
    }
  }
  return variance;
}

/**
 * Generalised least squares over all noisy nodes, in linear time: upward, each node is combined with the sum of its children;
 * downward, what is missing is shared among the children by their variance. Returns all nodes; every node equals the sum of
 * its children.
 */
export function consistent(tree: Hierarchy, noisy: ArrayLike<number>): Float64Array {
  const variance = upwardVariances(tree);
  const nodes = new Float64Array(tree.nodes);
  for (let i = 0; i < tree.nodes; i += 1) nodes[i] = noisy[i] as number;
  for (let level = 1; level < tree.widths.length; level += 1) {
    const start = tree.starts[level] as number;
    const below = tree.starts[level - 1] as number;
    for (let at = 0; at < (tree.widths[level] as number); at += 1) {
      const [from, to] = childrenOf(tree, level, at);
      let sum = 0;
      for (let child = from; child < to; child += 1) sum += nodes[below + child] as number;
      // The combined variance is also the weight of the node's own, unit-variance measurement.
      const own = variance[start + at] as number;
      nodes[start + at] = own * (nodes[start + at] as number) + (1 - own) * sum;
    }
  }
  for (let level = tree.widths.length - 1; level >= 1; level -= 1) {
    const start = tree.starts[level] as number;
    const below = tree.starts[level - 1] as number;
    for (let at = 0; at < (tree.widths[level] as number); at += 1) {
      const [from, to] = childrenOf(tree, level, at);
      let sum = 0;
      let spread = 0;
      for (let child = from; child < to; child += 1) {
        sum += nodes[below + child] as number;
        spread += variance[below + child] as number;
      }
      const missing = ((nodes[start + at] as number) - sum) / spread;
      for (let child = from; child < to; child += 1) {
        nodes[below + child] = (nodes[below + child] as number) + missing * (variance[below + child] as number);
      }
    }
  }
  return nodes;
}

/** Variance of range sums after `consistent`, in units of one measurement's. A prepared reader answers many ranges. */
export function rangeVariances(tree: Hierarchy): (start: number, end: number) => number {
  const variance = upwardVariances(tree);
  const span = Array.from(tree.widths, (_, level) => spanOf(tree, level));
  /**
   * q' M^-1 q and 1' M^-1 q of the part of a range below one node, M = the information matrix of its subtree, by
   * Sherman-Morrison: M = diag(children) + 1 1'. Whole and untouched subtrees need no descent.
   */
  const walk = (level: number, at: number, start: number, end: number): readonly [number, number] => {
    const from = at * (span[level] as number);
    const to = Math.min(tree.leaves, from + (span[level] as number));
    if (end <= from || start >= to) return [0, 0];
    const whole = variance[(tree.starts[level] as number) + at] as number;
    if (start <= from && end >= to) return [whole, whole];
    const [first, last] = childrenOf(tree, level, at);
    const width = span[level - 1] as number;
    const low = Math.max(first, Math.floor(start / width));
    const high = Math.min(last - 1, Math.floor((end - 1) / width));
    let quadratic = 0;
    let linear = 0;
    for (let child = low; child <= high; child += 1) {
      const [a, c] = walk(level - 1, child, start, end);
      quadratic += a;
      linear += c;
    }
    // 1 / (1 + sum of the children's variances) is one minus this node's own.
    const rest = 1 - whole;
    return [quadratic - rest * linear * linear, rest * linear];
  };
  return (start, end) => {
    if (tree.widths.at(-1) !== 1) return Math.max(0, Math.min(end, tree.leaves) - Math.max(0, start));
    return walk(tree.widths.length - 1, 0, start, end)[0];
  };
}

/** Leaves below a whole node of a level. */
function spanOf(tree: Hierarchy, level: number): number {
  let span = 1;
  for (let l = 0; l < level; l += 1) span = Math.min(span * tree.branching, tree.leaves);
  return span;
}

/** Variance of the sum of leaves [start, end) of a complete b-ary tree, unit node variance. */
export function glsRangeVariance(leaves: number, branching: number, start: number, end: number): number {
  return rangeVariances(hierarchyOf(leaves, branching))(start, end);
}

/** Mean variance over the ranges between `most` evenly spread ends (all ranges up to as many leaves), in units of one measurement's. */
export function meanRangeVariance(tree: Hierarchy, most = 256): number {
  const read = rangeVariances(tree);
  const ends = Math.min(most, tree.leaves);
  const end = (i: number): number => Math.round((i * tree.leaves) / ends);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < ends; i += 1) {
    for (let j = i + 1; j <= ends; j += 1) {
      sum += read(end(i), end(j));
      count += 1;
    }
  }
  return sum / count;
}

/** Ends of ranges compared when a branching is chosen: a prime, so that they favour no width of nodes. */
const ENDS_COMPARED = 61;

/**
 * The branching with the least mean error of a range at equal privacy (Qardaji, Yang, Li, 2013, with the exact error in place
 * of their bound): node noise grows with the number of levels, for l1 as its square (variance), for l2 as itself.
 */
export function bestBranching(leaves: number, norm: 'l1' | 'l2'): number {
  let best = 2;
  let least = Number.POSITIVE_INFINITY;
  for (const branching of [2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32]) {
    if (branching > Math.max(2, leaves)) break;
    const tree = hierarchyOf(leaves, branching);
    const levels = tree.widths.length;
    const error = meanRangeVariance(tree, ENDS_COMPARED) * (norm === 'l1' ? levels * levels : levels);
    if (error < least) {
      least = error;
      best = branching;
    }
  }
  return best;
}
