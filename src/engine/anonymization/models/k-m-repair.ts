import type { Ctx } from '../../kit/context.ts';
import { type Text, text } from '../../kit/text.ts';
import { type ItemRecords, type RareCombination, rareCombinations } from './k-m.ts';

/** How far each item is generalized: its level, the last one meaning that the item is left out everywhere. */
export interface ItemCut {
  readonly levelOf: Uint8Array;
  readonly top: number;
}

/** Share of the candidates raised before counting again: few, so that what one raise repairs is not raised twice. */
const BATCH = 1 / 4;

/**
 * Greedy Apriori-based anonymization (after Terrovitis, Mamoulis, Kalnis 2008): for combinations of 1, 2... m items in
 * turn, items of rare combinations are raised to their parent with all their siblings (global full-subtree recoding), or
 * left out of all records, cheapest first: information loss added a rare combination touched. Neither makes a
 * combination rarer without removing it, so sizes done stay done.
 * @param levels node of each item at each level, finest first; the last has one node
 * @throws infeasible where there are too many combinations to count
 */
export async function repairItems(
  records: ItemRecords,
  levels: readonly Uint32Array[],
  k: number,
  m: number,
  ctx: Ctx,
): Promise<ItemCut> {
  const tree = new ItemTree(levels, supports(records));
  for (let size = 1; size <= m; size += 1) {
    // Passes are not known before: each takes half of what is left of the size's share.
    for (let left = 1 / m; ; left /= 2) {
      const from = size / m - left;
      const step = left / 2;
      await ctx.checkpoint(0.9 * from, note(size));
      const seen = tree.generalized(records);
      const rare = await rareCombinations(seen.records, k, size, (share) =>
        ctx.checkpoint(0.9 * (from + step * share), note(size)),
      );
      if (rare.length === 0) break;
      tree.raise(rare, seen.nodes);
    }
  }
  return { levelOf: tree.levelOf, top: levels.length - 1 };
}

const note = (size: number): Text =>
  text(`counting combinations of ${size} items`, `contando combinaciones de ${size} elementos`);

/** Records that hold each item. */
function supports({ items, size }: ItemRecords): Uint32Array {
  const counts = new Uint32Array(size);
  for (const item of items) counts[item] = (counts[item] as number) + 1;
  return counts;
}

/** Items that go to a level together, and the information that is lost by it. */
interface Change {
  readonly items: readonly number[];
  readonly level: number;
  readonly cost: number;
}

/** The items under their hierarchy, and the level each one is at. */
class ItemTree {
  readonly levelOf: Uint8Array;
  private readonly top: number;
  /** First node number of each level. */
  private readonly offset: readonly number[];
  /** Items below each node. */
  private readonly below: ReadonlyMap<number, readonly number[]>;

  constructor(
    private readonly levels: readonly Uint32Array[],
    private readonly support: Uint32Array,
  ) {
    this.levelOf = new Uint8Array(support.length);
    this.top = levels.length - 1;
    const below = new Map<number, number[]>();
    const offset: number[] = [];
    let next = 0;
    for (const codes of levels) {
      offset.push(next);
      let most = 0;
      codes.forEach((code, item) => {
        const node = next + code;
        const members = below.get(node) ?? [];
        members.push(item);
        below.set(node, members);
        most = Math.max(most, code + 1);
      });
      next += most;
    }
    this.offset = offset;
    this.below = below;
  }

  /** Records of the items as they are released now, without those left out; nodes are numbered densely. */
  generalized({ start, items }: ItemRecords): { readonly records: ItemRecords; readonly nodes: readonly number[] } {
    const numberOf = new Map<number, number>();
    const nodes: number[] = [];
    const dense = Int32Array.from(this.levelOf, (level, item) => {
      if (level === this.top) return -1;
      const node = this.node(level, item);
      const known = numberOf.get(node);
      if (known !== undefined) return known;
      numberOf.set(node, nodes.length);
      nodes.push(node);
      return nodes.length - 1;
    });
    const out = new Uint32Array(items.length);
    const ends = new Uint32Array(start.length);
    let at = 0;
    for (let r = 0; r + 1 < start.length; r += 1) {
      const held = new Set<number>();
      for (const item of items.subarray(start[r], start[r + 1])) held.add(dense[item] as number);
      held.delete(-1);
      out.set(Uint32Array.from(held).sort(), at);
      at += held.size;
      ends[r + 1] = at;
    }
    return { records: { start: ends, items: out.slice(0, at), size: nodes.length }, nodes };
  }

  /** Takes the cheapest changes of nodes in rare combinations, some at a time. */
  raise(rare: readonly RareCombination[], nodes: readonly number[]): void {
    const blame = new Map<number, number>();
    for (const { items } of rare) {
      for (const item of items) blame.set(item, (blame.get(item) ?? 0) + 1);
    }
    const candidates = [...blame]
      .map(([dense, count]) => {
        const change = this.cheapest(nodes[dense] as number);
        return { dense, change, score: change.cost / count };
      })
      .sort((a, b) => a.score - b.score || a.dense - b.dense);
    let left = Math.ceil(candidates.length * BATCH);
    const before = this.levelOf.slice();
    for (const { change } of candidates) {
      if (left === 0) return;
      // A sibling raised in this pass may have taken it along.
      if (change.items.some((item) => this.levelOf[item] !== before[item])) continue;
      for (const item of change.items) this.levelOf[item] = change.level;
      left -= 1;
    }
  }

  /** The better way to make a node less rare: its parent for it and its siblings, or leaving it (alone) out. */
  private cheapest(node: number): Change {
    const own = (this.below.get(node) ?? []).filter((item) => this.levelOf[item] !== this.top);
    const out = { items: own, level: this.top, cost: this.cost(own, this.top) };
    const [first = 0] = own;
    const level = (this.levelOf[first] as number) + 1;
    if (level >= this.top) return out;
    const family = (this.below.get(this.node(level, first)) ?? []).filter((item) => this.levelOf[item] !== this.top);
    const up = { items: family, level, cost: this.cost(family, level) };
    return up.cost < out.cost ? up : out;
  }

  /** Information loss added by a change: records x growth of the share of all items covered. */
  private cost(items: readonly number[], level: number): number {
    let sum = 0;
    for (const item of items) {
      sum +=
        (this.support[item] as number) * (this.share(level, item) - this.share(this.levelOf[item] as number, item));
    }
    return sum;
  }

  /** Normalized certainty penalty of a node: items it stands for beyond one, by all items beyond one; 1 = left out. */
  private share(level: number, item: number): number {
    if (level === this.top) return 1;
    const covered = this.below.get(this.node(level, item))?.length ?? 1;
    return this.support.length < 2 ? 0 : (covered - 1) / (this.support.length - 1);
  }

  private node(level: number, item: number): number {
    return (this.offset[level] as number) + (this.levels[level]?.[item] as number);
  }
}
