import { baseSize, type EncodedColumn, type HierarchyLevel } from '../table/hierarchy.ts';
import { EVERYTHING } from '../table/ladders.ts';
import { type CategoryColumn, codesFor } from '../table/table.ts';
import type { ReleasedCells } from './cells.ts';
import type { RowClasses } from './greedy-split.ts';

/** The tree of one column for quick questions: node of each base value by level, and where nodes begin and end. */
export class ColumnTree {
  readonly size: number;
  readonly steps: readonly HierarchyLevel[];
  /** By level and node: smallest and largest base code, both included. */
  private readonly low: readonly Uint32Array[];
  private readonly high: readonly Uint32Array[];

  constructor(readonly column: EncodedColumn) {
    const { levels } = column.hierarchy;
    this.size = Math.max(1, baseSize(column));
    const rooted = (levels.at(-1)?.labels.length ?? 0) <= 1 && levels.length > 0;
    const root: HierarchyLevel = { name: EVERYTHING, codes: new Uint32Array(this.size), labels: [EVERYTHING] };
    this.steps = rooted ? levels : [...levels, root];
    this.low = this.steps.map(({ labels }) => new Uint32Array(labels.length).fill(0xffffffff));
    this.high = this.steps.map(({ labels }) => new Uint32Array(labels.length));
    this.steps.forEach(({ codes }, level) => {
      const low = this.low[level] as Uint32Array;
      const high = this.high[level] as Uint32Array;
      codes.forEach((node, base) => {
        low[node] = Math.min(low[node] as number, base);
        high[node] = Math.max(high[node] as number, base);
      });
    });
  }

  get levels(): number {
    return this.steps.length;
  }

  codes(level: number): Uint32Array {
    return this.steps[level]?.codes as Uint32Array;
  }

  nodeOf(base: number, level: number): number {
    return this.codes(level)[base] as number;
  }

  /** Number of base values a node covers. */
  span(level: number, node: number): number {
    return (this.high[level]?.[node] as number) - (this.low[level]?.[node] as number) + 1;
  }

  range(level: number, node: number): readonly [number, number] {
    return [this.low[level]?.[node] as number, this.high[level]?.[node] as number];
  }

  /** Lowest level at which two base codes (and all between them) have one node. */
  meeting(a: number, b: number): number {
    let level = 0;
    while (level + 1 < this.levels && this.nodeOf(a, level) !== this.nodeOf(b, level)) level += 1;
    return level;
  }
}

/**
 * Builds the released column whose cells are nodes of the hierarchy: in each class the lowest node that covers its rows.
 * @param classOf class of each released row
 */
export function nodeColumn(tree: ColumnTree, classes: RowClasses, classOf: Uint32Array): ReleasedCells {
  const { column } = tree;
  const count = classes.start.length - 1;
  const levelOf = new Uint32Array(count);
  const cells: { readonly level: number; readonly node: number }[] = [];
  const codeOf = new Map<number, number>();
  for (let c = 0; c < count; c += 1) {
    let least = 0xffffffff;
    let most = 0;
    for (let i = classes.start[c] as number; i < (classes.start[c + 1] as number); i += 1) {
      const code = column.codes[classes.rows[i] as number] as number;
      if (code < least) least = code;
      if (code > most) most = code;
    }
    const level = tree.meeting(least, most);
    const node = tree.nodeOf(least, level);
    const [low, high] = tree.range(level, node);
    const key = low * tree.size + high;
    let code = codeOf.get(key);
    if (code === undefined) {
      code = cells.length;
      codeOf.set(key, code);
      cells.push({ level, node });
    }
    levelOf[c] = code;
  }
  const codes = codesFor(classOf.length, cells.length);
  for (let i = 0; i < codes.length; i += 1) codes[i] = levelOf[classOf[i] as number] as number;
  const ranges = cells.map(({ level, node }) => tree.range(level, node));
  const released: CategoryColumn = {
    kind: 'category',
    name: column.hierarchy.column,
    codes,
    levels: nodeLabels(tree, cells),
  };
  return {
    column: released,
    cells: {
      column,
      low: Uint32Array.from(ranges, (range) => range[0]),
      high: Uint32Array.from(ranges, (range) => range[1]),
    },
  };
}

/** Names of nodes; where two levels use one name for different nodes, the level is named too. */
function nodeLabels(
  tree: ColumnTree,
  cells: readonly { readonly level: number; readonly node: number }[],
): readonly string[] {
  const used = new Set<string>();
  return cells.map(({ level, node }) => {
    const step = tree.steps[level];
    let label = step?.labels[node] ?? '';
    if (used.has(label)) label = `${label} (${step?.name ?? level})`;
    while (used.has(label)) label = `${label}'`;
    used.add(label);
    return label;
  });
}
