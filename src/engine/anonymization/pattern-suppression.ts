import type { Ctx } from '../kit/context.ts';
import { text } from '../kit/text.ts';
import type { KeyColumn } from '../metrics/risk/frequency-counts.ts';
import { groupRows } from '../table/group.ts';
import type { SuppressedCells } from './wildcard-suppression.ts';

/** A key variable whose missing cells have a code. */
export type GapColumn = KeyColumn & { readonly missing: number };

export interface PatternSuppression {
  readonly cells: SuppressedCells;
  /** Rows no pattern could take in, to be left out whole: fewer than k. */
  readonly dropped: Uint8Array;
}

/** Columns to leave out together, and how many rows that need it a group must have to be worth it. */
interface Plan {
  readonly set: readonly number[];
  readonly need: number;
  readonly cost: number;
}

/**
 * Local suppression with **a gap as a value of its own**: cells are left out until every released combination of cells and
 * gaps has at least k rows. The smallest number of cells is NP-hard to find (Meyerson, Williams 2004); this is greedy, by
 * rising cost a row: for each set of columns, rows of small classes that agree in all other columns become one class
 * with gaps in the set. They join a class that has these gaps already, or are k themselves, or the missing rows are
 * taken from large classes that stay at least k, which costs the same gaps there.
 * Time O(plans x (rows in small classes + classes)); up to 8 columns all sets are tried, beyond only small and nested ones.
 * @param costs of a gap, by column
 */
export async function patternSuppression(
  columns: readonly GapColumn[],
  rows: number,
  k: number,
  costs: readonly number[],
  ctx: Ctx,
): Promise<PatternSuppression> {
  await ctx.checkpoint(0);
  const work = new Patterns(columns, rows, k);
  const plans = plansFor(costs, k);
  for (const [i, plan] of plans.entries()) {
    if (work.open.length === 0) break;
    await ctx.checkpoint(i / plans.length, text('Leaving out cells', 'Omitiendo celdas'));
    work.apply(plan);
  }
  const dropped = new Uint8Array(rows);
  for (const row of work.open) dropped[row] = 1;
  return { cells: work.cells, dropped };
}

/** Column sets with the number of rows they ask for, cheapest gap bill first. The last resort is all columns. */
function plansFor(costs: readonly number[], k: number): readonly Plan[] {
  const m = costs.length;
  const largest = m <= 8 ? m : m <= 12 ? 3 : 2;
  const sets = new Map<string, readonly number[]>();
  const add = (set: readonly number[]) => sets.set([...set].sort((a, b) => a - b).join(), set);
  const grow = (set: readonly number[], from: number): void => {
    if (set.length > 0) add(set);
    if (set.length < largest) for (let j = from; j < m; j += 1) grow([...set, j], j + 1);
  };
  grow([], 0);
  const cheapFirst = costs.map((_, j) => j).sort((a, b) => (costs[a] as number) - (costs[b] as number) || a - b);
  for (let s = 1; s <= m; s += 1) add(cheapFirst.slice(0, s));
  const plans = [...sets.values()].flatMap((set) => {
    const bill = set.reduce((sum, j) => sum + (costs[j] as number), 0);
    return [...new Set([k, Math.ceil(k / 2), 1])].map((need): Plan => ({ set, need, cost: (bill * k) / need }));
  });
  return plans.sort((a, b) => a.cost - b.cost || a.set.length - b.set.length || b.need - a.need);
}

/** Rows settled in released classes of at least k rows, and those still open. */
class Patterns {
  readonly cells: SuppressedCells;
  /** Rows in no class yet, ascending. */
  open: number[] = [];
  /** Codes as released so far. */
  private readonly released: readonly Uint32Array[];
  /** Rows of each settled class. */
  private readonly classes: number[][] = [];

  constructor(
    private readonly columns: readonly GapColumn[],
    rows: number,
    private readonly k: number,
  ) {
    this.cells = columns.map(() => new Uint8Array(rows));
    this.released = columns.map(({ codes }) => Uint32Array.from(codes));
    const { classOf, sizes } = groupRows(
      this.released,
      columns.map(({ count }) => count),
      rows,
    );
    const numbers = new Int32Array(sizes.length).fill(-1);
    for (let row = 0; row < rows; row += 1) {
      const c = classOf[row] as number;
      if ((sizes[c] as number) < k) {
        this.open.push(row);
        continue;
      }
      if (numbers[c] === -1) numbers[c] = this.classes.push([]) - 1;
      this.classes[numbers[c] as number]?.push(row);
    }
  }

  apply({ set, need }: Plan): void {
    const { open, classes } = this;
    const items = new Uint32Array(open.length + classes.length);
    items.set(open);
    for (let c = 0; c < classes.length; c += 1) items[open.length + c] = classes[c]?.[0] as number;
    // Rows agree in all columns outside the set: a column inside it splits nothing.
    const others = this.columns.flatMap((column, j) =>
      set.includes(j) ? [] : [{ codes: this.released[j] as Uint32Array, column }],
    );
    const { classOf: groupOf, count } = groupRows(
      others.map(({ codes }) => codesAt(codes, items)),
      others.map(({ column }) => column.count),
      items.length,
    );
    const waiting = new Uint32Array(count);
    for (let i = 0; i < open.length; i += 1)
      waiting[groupOf[i] as number] = (waiting[groupOf[i] as number] as number) + 1;
    const home = new Int32Array(count).fill(-1);
    const spare = new Uint32Array(count);
    const givers = new Map<number, number[]>();
    classes.forEach((members, c) => {
      const group = groupOf[open.length + c] as number;
      if (waiting[group] === 0) return;
      if (this.hasGaps(members[0] as number, set)) home[group] = c;
      else if (members.length > this.k) {
        spare[group] = (spare[group] as number) + members.length - this.k;
        const known = givers.get(group);
        if (known === undefined) givers.set(group, [c]);
        else known.push(c);
      }
    });
    const left: number[] = [];
    for (const [i, row] of open.entries()) {
      const group = groupOf[i] as number;
      const rows = waiting[group] as number;
      if (home[group] === -1 && this.enough(rows, spare[group] as number, need)) {
        home[group] = this.classes.push([]) - 1;
        this.borrow(home[group] as number, this.k - rows, givers.get(group) ?? [], set);
      }
      if (home[group] === -1) left.push(row);
      else this.settle(row, home[group] as number, set);
    }
    this.open = left;
  }

  private enough(waiting: number, spare: number, need: number): boolean {
    return waiting >= this.k || (waiting >= need && need < this.k && waiting + spare >= this.k);
  }

  private borrow(target: number, wanted: number, givers: readonly number[], set: readonly number[]): void {
    let missing = wanted;
    for (const giver of givers) {
      const members = this.classes[giver] ?? [];
      while (missing > 0 && members.length > this.k) {
        this.settle(members.pop() as number, target, set);
        missing -= 1;
      }
    }
  }

  private settle(row: number, target: number, set: readonly number[]): void {
    for (const j of set) {
      const codes = this.released[j] as Uint32Array;
      const { missing } = this.columns[j] as GapColumn;
      if (codes[row] === missing) continue;
      codes[row] = missing;
      (this.cells[j] as Uint8Array)[row] = 1;
    }
    this.classes[target]?.push(row);
  }

  private hasGaps(row: number, set: readonly number[]): boolean {
    return set.every((j) => this.released[j]?.[row] === this.columns[j]?.missing);
  }
}

function codesAt(codes: Uint32Array, rows: Uint32Array): Uint32Array {
  const out = new Uint32Array(rows.length);
  for (let i = 0; i < out.length; i += 1) out[i] = codes[rows[i] as number] as number;
  return out;
}
