import type { Ctx } from '../kit/context.ts';
import { pow } from '../kit/portable-math.ts';
import { type Grouping, groupRows, rowsByClass } from '../table/group.ts';
import { leastRows, packRows, Side } from './class-rules.ts';
import type { NodeInput } from './cell-lowering.ts';
import type { RowClasses } from './greedy-split.ts';
import type { ColumnTree } from './node-cells.ts';

/** Rows that are in no class yet. */
export interface RestTable {
  readonly input: NodeInput;
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

/**
 * Chooses the levels of one round, at which classes hold at least `wanted` of the rows left; undefined where it finds
 * none. A solved lattice may take this place.
 */
export type FullDomainSearch = (
  rest: RestTable,
  wanted: number,
  ctx: Ctx,
  at: number,
) => Promise<readonly number[] | undefined>;

/** Share of the rows left that a round must release, and how many rounds there may be. */
const ROUND_SHARE = 0.01;
const ROUNDS = 40;

/**
 * Local recoding by rounds of full-domain generalization: classes that hold at the levels chosen are released, the
 * rows left go on to the next round (the iterative scheme of ARX; Prasser et al. 2020). Rows that no round
 * releases form one class, with the last released ones where they are too few.
 */
export async function fullDomainRounds(
  input: NodeInput,
  ctx: Ctx,
  share: readonly [number, number],
  search: FullDomainSearch = descend,
): Promise<RowClasses> {
  const n = input.trees[0]?.column.codes.length ?? 0;
  const table = new Rows(input, n);
  const classes: Uint32Array[] = [];
  let rest: Uint32Array = Uint32Array.from({ length: n }, (_, i) => i);
  for (let round = 0; round < ROUNDS && rest.length >= table.least; round += 1) {
    const at = share[0] + (share[1] - share[0]) * Math.max(round / ROUNDS, 1 - rest.length / n);
    await ctx.checkpoint(at);
    const left = table.rest(rest);
    const levels = await search(left, Math.max(1, Math.ceil(ROUND_SHARE * rest.length)), ctx, at);
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
    const codes = this.input.trees.map((tree) => rows.map((row) => tree.column.codes[row] as number));
    return {
      input: this.input,
      rows,
      heldAt: (levels) => this.held(rows, this.group(codes, levels)),
      classesAt: (levels) => this.classes(rows, this.group(codes, levels)),
    };
  }

  private group(codes: readonly Uint32Array[], levels: readonly number[]): Grouping {
    const { trees } = this.input;
    const nodes = codes.map((base, j) => {
      const step = (trees[j] as ColumnTree).codes(levels[j] as number);
      return base.map((code) => step[code] as number);
    });
    const cardinalities = trees.map((tree, j) => tree.steps[levels[j] as number]?.labels.length ?? 1);
    return groupRows(nodes, cardinalities, codes[0]?.length ?? 0);
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

/**
 * How much rows count beside detail in a round. Rows left over have rounds of their own, so detail comes first: at 1,
 * .5, .1 and .05 granularity after lowering was .836, .839, .852, .857 (Adult, 9 columns, k = 25); .05 took twice as
 * long as .1.
 */
const ROWS_POWER = 0.1;

/**
 * Levels with the most of (rows released)^0.1 x what their cells still tell, by lowering one column at a time from the
 * top of the lattice while that grows; ties go to the first column. At most (columns x levels) groupings a step.
 */
export const descend: FullDomainSearch = async (rest, wanted, ctx, at) => {
  const { trees } = rest.input;
  const cost = trees.map((tree) => levelCosts(tree, rest.rows));
  const told = (levels: readonly number[]): number =>
    levels.reduce((sum, level, j) => sum + 1 - (cost[j]?.[level] as number), 0);
  let levels: readonly number[] = trees.map((tree) => tree.levels - 1);
  let best = 0;
  let found: readonly number[] | undefined;
  for (;;) {
    let next: readonly number[] | undefined;
    for (const [j, level] of levels.entries()) {
      if (level === 0) continue;
      const lower = levels.with(j, level - 1);
      const rows = rest.heldAt(lower);
      await ctx.checkpoint(at);
      const score = pow(rows, ROWS_POWER) * told(lower);
      if (rows < wanted || score <= best) continue;
      best = score;
      next = lower;
    }
    if (next === undefined) return found;
    levels = next;
    found = next;
  }
};

/** Mean share of the domain the rows' cells cover, at each level. */
function levelCosts(tree: ColumnTree, rows: Uint32Array): readonly number[] {
  return tree.steps.map((_, level) => {
    let sum = 0;
    for (const row of rows) sum += tree.span(level, tree.nodeOf(tree.column.codes[row] as number, level));
    return sum / Math.max(1, rows.length) / tree.size;
  });
}
