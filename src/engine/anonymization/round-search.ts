import type { Ctx } from '../kit/context.ts';
import type { RestTable } from './full-domain-rounds.ts';
import { latticeSize, levelsOfNode, nodeOfLevels } from './lattice/lattice-columns.ts';
import type { ColumnTree } from './node-cells.ts';

/** Lattices up to this size are searched for the optimum of each round; in larger ones a descent answers. */
const MOST_NODES = 60_000;

/** One round: the rows left, how many of them classes must hold, what each level of each column loses. */
interface Round {
  readonly rest: RestTable;
  readonly wanted: number;
  readonly cost: readonly Float64Array[];
  readonly checkpoint: () => Promise<void>;
}

/**
 * The levels of each round of local recoding: those that lose least (geometric mean over columns of the share of the
 * domain a cell covers, all rows left counted at these levels) of all at which enough of the rows left are in classes
 * that hold. ARX's loss with suppression for free, so rows that do not fit yet cost nothing (Prasser et al. 2020).
 *
 * Cheapest first, so the first node that holds enough is the optimum. Rows in classes of k (or of l values) only become
 * fewer at finer levels and from round to round; what was counted once therefore bounds finer nodes and later rounds,
 * and a node is looked at again only when that bound would do. Under other models the bound is a guess: rounds may be
 * coarser than the optimum, their classes hold all the same.
 */
export class RoundSearch {
  private readonly heights: readonly number[];
  /** Upper bound of the rows each node can hold. */
  private readonly bounds: Uint32Array | undefined;
  /** Rows held at nodes of a lattice too large for bounds, by levels. */
  private readonly counted = new Map<string, number>();
  private readonly total: Float64Array;

  constructor(private readonly trees: readonly ColumnTree[]) {
    this.heights = trees.map((tree) => tree.levels);
    const nodes = latticeSize(this.heights);
    this.bounds = nodes <= MOST_NODES ? new Uint32Array(nodes).fill(0xffffffff) : undefined;
    this.total = new Float64Array(nodes <= MOST_NODES ? nodes : 0);
  }

  /** @returns levels at which classes hold at least `wanted` of the rows left; undefined where none do */
  async levels(rest: RestTable, wanted: number, ctx: Ctx, at: number): Promise<readonly number[] | undefined> {
    const cost = this.trees.map((tree) => levelLosses(tree, rest.rows));
    const round: Round = { rest, wanted, cost, checkpoint: () => ctx.checkpoint(at) };
    return this.bounds === undefined ? this.descend(round) : this.cheapest(this.bounds, round);
  }

  private async cheapest(bounds: Uint32Array, round: Round): Promise<readonly number[] | undefined> {
    const { rest, wanted, cost, checkpoint } = round;
    this.price(cost);
    for (;;) {
      const node = this.next(bounds, wanted);
      if (node < 0) return undefined;
      const levels = levelsOfNode(node, this.heights);
      const isNew = bounds[node] === 0xffffffff;
      const held = rest.heldAt(levels);
      bounds[node] = held;
      await checkpoint();
      if (held >= wanted) return levels;
      if (isNew) await this.climb(bounds, levels, round);
    }
  }

  /** The cheapest node that may hold enough, or -1. */
  private next(bounds: Uint32Array, wanted: number): number {
    let best = -1;
    let least = Infinity;
    for (let node = 0; node < bounds.length; node += 1) {
      if ((bounds[node] as number) < wanted || (this.total[node] as number) >= least) continue;
      least = this.total[node] as number;
      best = node;
    }
    return best;
  }

  /** Product over columns of 1 + loss, of every node. */
  private price(cost: readonly Float64Array[]): void {
    const { total, heights } = this;
    total[0] = 1;
    let known = 1;
    for (let j = 0; j < heights.length; j += 1) {
      const height = heights[j] as number;
      for (let prefix = known - 1; prefix >= 0; prefix -= 1) {
        const before = total[prefix] as number;
        for (let level = height - 1; level >= 0; level -= 1) {
          total[prefix * height + level] = before * (1 + (cost[j]?.[level] as number));
        }
      }
      known *= height;
    }
  }

  /**
   * Above a node that holds too little: the coarsest such node on the way to the top on which each step costs least
   * (bisection, since coarser ones hold no less) settles everything finer at once (Flash; Kohlmayer et al. 2012).
   */
  private async climb(bounds: Uint32Array, from: readonly number[], round: Round): Promise<void> {
    const { rest, wanted, cost, checkpoint } = round;
    const path = this.pathUp(from, cost);
    let low = 0;
    let high = path.length;
    let held = bounds[nodeOfLevels(from, this.heights)] as number;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const levels = path[middle] as readonly number[];
      const node = nodeOfLevels(levels, this.heights);
      const bound = bounds[node] as number;
      const found = bound < wanted ? bound : rest.heldAt(levels);
      bounds[node] = Math.min(bound, found);
      await checkpoint();
      if (found >= wanted) high = middle;
      else {
        low = middle;
        held = found;
      }
    }
    this.boundFiner(bounds, path[low] as readonly number[], held);
  }

  private pathUp(from: readonly number[], cost: readonly Float64Array[]): readonly (readonly number[])[] {
    const path = [from];
    for (let levels = from; ; ) {
      let best = -1;
      let least = Infinity;
      levels.forEach((level, j) => {
        if (level + 1 >= (this.heights[j] as number)) return;
        const rise = (1 + (cost[j]?.[level + 1] as number)) / (1 + (cost[j]?.[level] as number));
        if (rise >= least) return;
        least = rise;
        best = j;
      });
      if (best < 0) return path;
      levels = levels.with(best, (levels[best] as number) + 1);
      path.push(levels);
    }
  }

  private boundFiner(bounds: Uint32Array, levels: readonly number[], held: number): void {
    const visit = (j: number, prefix: number): void => {
      if (j === levels.length) {
        if ((bounds[prefix] as number) > held) bounds[prefix] = held;
        return;
      }
      for (let level = 0; level <= (levels[j] as number); level += 1) {
        visit(j + 1, prefix * (this.heights[j] as number) + level);
      }
    };
    visit(0, 0);
  }

  /** From the top, each time to the cheapest finer node that holds enough. O(columns x sum of heights) nodes looked at. */
  private async descend({ rest, wanted, cost, checkpoint }: Round): Promise<readonly number[] | undefined> {
    let levels: readonly number[] = this.heights.map((height) => height - 1);
    if (rest.heldAt(levels) < wanted) return undefined;
    const priced = (each: readonly number[]): number =>
      each.reduce((product, level, j) => product * (1 + (cost[j]?.[level] as number)), 1);
    for (;;) {
      const finer = levels
        .flatMap((level, j) => (level === 0 ? [] : [levels.with(j, level - 1)]))
        .map((each) => ({ each, price: priced(each) }))
        .sort((a, b) => a.price - b.price);
      let found: readonly number[] | undefined;
      for (const { each } of finer) {
        const node = each.join();
        if ((this.counted.get(node) ?? Infinity) < wanted) continue;
        const held = rest.heldAt(each);
        this.counted.set(node, held);
        await checkpoint();
        if (held < wanted) continue;
        found = each;
        break;
      }
      if (found === undefined) return levels;
      levels = found;
    }
  }
}

/** Loss of each level on these rows: mean share of the domain their cells cover, 0 = exact, 1 = everything. */
function levelLosses(tree: ColumnTree, rows: Uint32Array): Float64Array {
  const counts = new Float64Array(tree.size);
  const { codes } = tree.column;
  for (let i = 0; i < rows.length; i += 1) {
    const code = codes[rows[i] as number] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  const range = Math.max(1, tree.size - 1) * Math.max(1, rows.length);
  return Float64Array.from(tree.steps, (_, level) => {
    let covered = 0;
    for (let code = 0; code < tree.size; code += 1) {
      const count = counts[code] as number;
      if (count > 0) covered += count * (tree.span(level, tree.nodeOf(code, level)) - 1);
    }
    return covered / range;
  });
}
