import type { Ctx } from '../kit/context.ts';
import { type Codes, type Grouping, groupRows, rowsByClass } from '../table/group.ts';
import { codesFor } from '../table/table.ts';
import { leastRows, packRows, Side } from './class-rules.ts';
import type { NodeInput } from './cell-lowering.ts';
import type { RowClasses } from './greedy-split.ts';
import type { ColumnTree } from './node-cells.ts';
import { RoundSearch } from './round-search.ts';

/** Rows that are in no class yet. */
export interface RestTable {
  readonly rows: Uint32Array;
  /** How many rows the classes at these levels hold that satisfy the models. */
  heldAt(levels: readonly number[]): number;
  /** Those classes, and the rows outside them. */
  classesAt(levels: readonly number[]): KeptClasses;
}
export interface KeptClasses {
  readonly classes: readonly Uint32Array[];
  readonly left: Uint32Array;
}

/** Share of the rows left that a round must release, and how many rounds there may be. */
const ROUND_SHARE = 0.01;
const ROUNDS = 1000;

/**
 * Local recoding by rounds of full-domain generalization: classes that hold at the levels chosen are released, the
 * rows left go on to the next round (the iterative scheme of ARX; Prasser et al. 2020). Rows that no round
 * releases form one class, with the last released ones where they are too few.
 */
export async function fullDomainRounds(
  input: NodeInput,
  ctx: Ctx,
  share: readonly [number, number],
): Promise<RowClasses> {
  const n = input.trees[0]?.column.codes.length ?? 0;
  const table = new Rows(input, n);
  const search = new RoundSearch(input.trees);
  const classes: Uint32Array[] = [];
  let rest: Uint32Array = Uint32Array.from({ length: n }, (_, i) => i);
  for (let round = 0; round < ROUNDS && rest.length >= table.least; round += 1) {
    const at = share[0] + (share[1] - share[0]) * (1 - rest.length / n);
    await ctx.checkpoint(at);
    const left = table.rest(rest);
    const levels = await search.levels(left, Math.max(1, Math.ceil(ROUND_SHARE * rest.length)), ctx, at);
    if (levels === undefined) break;
    const kept = left.classesAt(levels);
    classes.push(...kept.classes);
    rest = kept.left;
  }
  let last = [...rest];
  while (last.length > 0 && !table.holds(last) && classes.length > 0) last = [...(classes.pop() ?? []), ...last];
  if (last.length > 0) classes.push(Uint32Array.from(last));
  return joined(classes, n);
}

function joined(classes: readonly Uint32Array[], n: number): RowClasses {
  const rows = new Uint32Array(n);
  const start = new Uint32Array(classes.length + 1);
  let at = 0;
  classes.forEach((list, c) => {
    rows.set(list, at);
    at += list.length;
    start[c + 1] = at;
  });
  return { rows, start };
}

class Rows {
  readonly least: number;
  private readonly side: Side;

  constructor(
    private readonly input: NodeInput,
    n: number,
  ) {
    this.least = Math.max(1, leastRows(input.k, input.secrets));
    const none = new Uint32Array(n);
    this.side = new Side(packRows([none], input.secrets), input.k, input.secrets);
  }

  holds(rows: ArrayLike<number>): boolean {
    this.side.clear();
    for (let i = 0; i < rows.length; i += 1) this.side.add(rows[i] as number);
    return this.side.holds();
  }

  rest(rows: Uint32Array): RestTable {
    // Nodes of the rows at each level, made when first needed: many nodes of the lattice share them.
    const known = this.input.trees.map((): Codes[] => []);
    const group = (levels: readonly number[]): Grouping => {
      const coarse = levels.map((level, j) => ({
        j,
        level,
        size: this.input.trees[j]?.steps[level]?.labels.length ?? 1,
      }));
      const used = coarse.filter(({ size }) => size > 1);
      const nodes = used.map(({ j, level }) => {
        const own = known[j] as Codes[];
        own[level] ??= nodesAt(this.input.trees[j] as ColumnTree, level, rows);
        return own[level];
      });
      return groupRows(
        nodes,
        used.map(({ size }) => size),
        rows.length,
      );
    };
    return {
      rows,
      heldAt: (levels) => this.held(rows, group(levels)),
      classesAt: (levels) => this.classes(rows, group(levels)),
    };
  }

  private held(rows: Uint32Array, grouping: Grouping): number {
    let held = 0;
    if (this.input.secrets.length > 0) for (const list of this.classes(rows, grouping).classes) held += list.length;
    else for (const size of grouping.sizes) if (size >= this.least) held += size;
    return held;
  }

  private classes(rows: Uint32Array, grouping: Grouping): KeptClasses {
    const members = rowsByClass(grouping);
    const classes: Uint32Array[] = [];
    const left: number[] = [];
    for (let c = 0; c < grouping.count; c += 1) {
      const own = members.rows.subarray(members.start[c], members.start[c + 1]);
      const list = own.map((i) => rows[i] as number);
      if (list.length >= this.least && (this.input.secrets.length === 0 || this.holds(list))) classes.push(list);
      else for (const row of list) left.push(row);
    }
    return { classes, left: Uint32Array.from(left).sort() };
  }
}

function nodesAt(tree: ColumnTree, level: number, rows: Uint32Array): Codes {
  const nodes = codesFor(rows.length, tree.steps[level]?.labels.length ?? 1);
  const step = tree.codes(level);
  const { codes } = tree.column;
  for (let i = 0; i < nodes.length; i += 1) nodes[i] = step[codes[rows[i] as number] as number] as number;
  return nodes;
}
