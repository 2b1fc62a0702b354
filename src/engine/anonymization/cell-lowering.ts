import type { Ctx } from '../kit/context.ts';
import { type PackedRows, packRows, leastRows, type Secret, Side } from './class-rules.ts';
import type { RowClasses } from './greedy-split.ts';
import type { ColumnTree } from './node-cells.ts';

/** A table whose cells may be lowered along the hierarchies of its columns. */
export interface NodeInput {
  readonly trees: readonly ColumnTree[];
  readonly k: number;
  readonly secrets: readonly Secret[];
}

/**
 * Lowers cells record by record: the rows of a class whose next lower cell in one column is shared by enough of them go
 * down together, the others stay as long as they satisfy the models by themselves; column by column, the one first in
 * which most is gained, until nothing can go down. Cells are always the lowest node that covers their class.
 * Two classes made of one have different cells.
 */
export async function lowerCells(
  input: NodeInput,
  from: RowClasses,
  ctx: Ctx,
  share: readonly [number, number],
): Promise<RowClasses> {
  const work = new LowerWork(input, from);
  const n = from.rows.length;
  const pending: number[] = [];
  for (let c = from.start.length - 2; c >= 0; c -= 1)
    pending.push(from.start[c] as number, from.start[c + 1] as number);
  const ends: number[] = [0];
  let seen = 0;
  while (pending.length > 0) {
    const end = pending.pop() as number;
    const start = pending.pop() as number;
    const parts = work.lower(start, end);
    if (parts.length <= 2) ends.push(end);
    else for (let p = parts.length - 2; p >= 0; p -= 1) pending.push(parts[p] as number, parts[p + 1] as number);
    seen += (end - start) * input.trees.length;
    if (seen < CHECK_EVERY) continue;
    seen = 0;
    await ctx.checkpoint(share[0] + ((share[1] - share[0]) * (ends.at(-1) as number)) / Math.max(1, n));
  }
  return { rows: work.rows, start: Uint32Array.from(ends) };
}

/** Row visits between two checkpoints: about 10 ms, in small classes a few times as long. */
const CHECK_EVERY = 150_000;

/** Rows of a class by their node one level below the class's own cell in column j. */
interface Children {
  readonly j: number;
  readonly level: number;
  readonly sizes: ReadonlyMap<number, number>;
  /** Nodes whose rows go down together. */
  readonly lowered: readonly number[];
  readonly gain: number;
}

class LowerWork {
  readonly rows: Uint32Array;
  private readonly packed: PackedRows;
  private readonly least: number;
  private readonly side: Side;

  constructor(
    private readonly input: NodeInput,
    from: RowClasses,
  ) {
    this.rows = from.rows.slice();
    this.packed = packRows(
      input.trees.map((tree) => tree.column.codes),
      input.secrets,
    );
    this.least = leastRows(input.k, input.secrets);
    this.side = new Side(this.packed, input.k, input.secrets);
  }

  /** Bounds of the parts the segment falls into; its own two when nothing goes down. */
  lower(start: number, end: number): readonly number[] {
    let best: Children | undefined;
    if (end - start >= 2 * this.least) {
      for (let j = 0; j < this.input.trees.length; j += 1) {
        const found = this.children(j, start, end);
        if (found !== undefined && found.gain > (best?.gain ?? 1e-12)) best = found;
      }
    }
    return best === undefined ? [start, end] : this.divide(best, start, end);
  }

  private code(row: number, j: number): number {
    return this.packed.data[row * this.packed.stride + j] as number;
  }

  private children(j: number, start: number, end: number): Children | undefined {
    const tree = this.input.trees[j] as ColumnTree;
    let low = 0xffffffff;
    let high = 0;
    for (let i = start; i < end; i += 1) {
      const code = this.code(this.rows[i] as number, j);
      if (code < low) low = code;
      if (code > high) high = code;
    }
    const own = tree.meeting(low, high);
    if (own === 0) return undefined;
    const level = own - 1;
    const below = tree.codes(level);
    const sizes = new Map<number, number>();
    for (let i = start; i < end; i += 1) {
      const node = below[this.code(this.rows[i] as number, j)] as number;
      sizes.set(node, (sizes.get(node) ?? 0) + 1);
    }
    const lowered = this.lowerable(j, below, sizes, start, end);
    const parent = tree.span(own, tree.nodeOf(low, own));
    let gain = 0;
    for (const node of lowered) gain += (sizes.get(node) as number) * (parent - tree.span(level, node));
    return { j, level, sizes, lowered, gain: gain / tree.size };
  }

  /** Nodes that satisfy the models by themselves, without as many of the smallest as the rows left over need. */
  private lowerable(
    j: number,
    below: Uint32Array,
    sizes: ReadonlyMap<number, number>,
    start: number,
    end: number,
  ): readonly number[] {
    const large = [...sizes].filter(([, size]) => size >= this.least);
    if (large.length === 0) return [];
    const byNode = this.input.secrets.length === 0 ? undefined : this.rowsByNode(j, below, start, end);
    const good = large
      .filter(([node]) => byNode === undefined || this.holds(byNode.get(node) ?? []))
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([node]) => node);
    const rest = new Set(sizes.keys());
    let left = end - start;
    for (const node of good) {
      rest.delete(node);
      left -= sizes.get(node) as number;
    }
    const restHolds = (): boolean =>
      left === 0 ||
      (left >= this.least && (byNode === undefined || this.holds([...rest].flatMap((node) => byNode.get(node) ?? []))));
    while (good.length > 0 && !restHolds()) {
      const back = good.pop() as number;
      rest.add(back);
      left += sizes.get(back) as number;
    }
    return good;
  }

  private rowsByNode(j: number, below: Uint32Array, start: number, end: number): Map<number, number[]> {
    const lists = new Map<number, number[]>();
    for (let i = start; i < end; i += 1) {
      const row = this.rows[i] as number;
      const node = below[this.code(row, j)] as number;
      const list = lists.get(node);
      if (list === undefined) lists.set(node, [row]);
      else list.push(row);
    }
    return lists;
  }

  private holds(rows: readonly number[]): boolean {
    this.side.clear();
    for (const row of rows) this.side.add(row);
    return this.side.holds();
  }

  /** Moves lowered nodes to the front, one after the other, and the rest behind them. */
  private divide({ j, level, sizes, lowered }: Children, start: number, end: number): readonly number[] {
    const below = (this.input.trees[j] as ColumnTree).codes(level);
    const at = new Map<number, number>();
    const bounds = [start];
    let next = start;
    for (const node of lowered) {
      at.set(node, next);
      next += sizes.get(node) as number;
      bounds.push(next);
    }
    if (next < end) bounds.push(end);
    const before = this.rows.slice(start, end);
    for (const row of before) {
      const node = below[this.code(row, j)] as number;
      const place = at.get(node);
      if (place === undefined) this.rows[next++] = row;
      else {
        this.rows[place] = row;
        at.set(node, place + 1);
      }
    }
    return bounds;
  }
}
