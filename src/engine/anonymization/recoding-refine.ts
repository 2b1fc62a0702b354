import type { Ctx } from '../kit/context.ts';
import { sortIndices } from '../table/sort.ts';
import { leastRows, Side } from './class-rules.ts';
import { ClassStore } from './class-store.ts';
import { classCount, type RecodingInput, type RowClasses } from './greedy-split.ts';

/**
 * Improves the classes of a local recoding by moving rows: a row goes to the class of a similar row where that loses
 * less, and a class whose rows all fit better elsewhere is given up. Every move lowers the loss and keeps every model in
 * both classes. Similar rows are found by sorting: once for each column as the first key, so a round is
 * O(columns^2 x rows).
 */
export async function refineClasses(
  input: RecodingInput,
  classes: RowClasses,
  ctx: Ctx,
  share: readonly [number, number],
): Promise<RowClasses> {
  if (!ClassStore.fits(input, classCount(classes))) return classes;
  const work = new RefineWork(input, classes);
  const width = input.columns.length;
  const n = classes.rows.length;
  const pause = (done: number): Promise<void> => ctx.checkpoint(share[0] + (share[1] - share[0]) * done);
  for (let p = 0; p < width; p += 1) {
    await pause(p / (width + 1));
    const order = work.order(p);
    for (let from = 0; from < n; from += CHUNK) {
      work.pass(order, from, Math.min(n, from + CHUNK));
      await pause((p + from / n) / (width + 1));
    }
  }
  for (let c = 0; c < work.store.count; c += 1) {
    work.giveUp(c);
    if (c % CHUNK === 0) await pause((width + c / work.store.count) / (width + 1));
  }
  return work.store.result();
}

/** Rows handled between two checkpoints: about 10 ms. */
const CHUNK = 4096;
/** Other classes looked at on each side of a row, and rows passed on the way. */
const NEIGHBOURS = 3;
const REACH = 20;
/** Rows of larger classes stay: looking for their twins costs more than it brings. */
const LARGEST = 400;
const EPSILON = 1e-9;

class RefineWork {
  readonly store: ClassStore;
  private readonly least: number;
  private readonly side: Side;
  private readonly bestCost: Float64Array;
  private readonly bestClass: Int32Array;

  constructor(
    private readonly input: RecodingInput,
    classes: RowClasses,
  ) {
    this.store = new ClassStore(input, classes);
    this.least = leastRows(input.k, input.secrets);
    this.side = new Side(this.store.packed, input.k, input.secrets);
    this.bestCost = new Float64Array(classes.rows.length).fill(Infinity);
    this.bestClass = new Int32Array(classes.rows.length).fill(-1);
  }

  /** Rows sorted by all columns, beginning with column p. */
  order(p: number): Uint32Array {
    const { columns, sizes } = this.input;
    const turned = <T>(list: readonly T[]): readonly T[] => [...list.slice(p), ...list.slice(0, p)];
    return sortIndices(turned(columns), turned(sizes));
  }

  pass(order: Uint32Array, from: number, to: number): void {
    const { store } = this;
    for (let i = from; i < to; i += 1) {
      const row = order[i] as number;
      const c = store.classOf[row] as number;
      if (store.width[c] === 0 || (store.size[c] as number) > LARGEST) continue;
      const { target, cost } = this.nearest(order, i, row, c);
      if (target < 0) continue;
      if (cost < (this.bestCost[row] as number)) {
        this.bestCost[row] = cost;
        this.bestClass[row] = target;
      }
      this.tryMove(row, c, target, cost);
    }
  }

  /** Class among those of the rows around position i that loses least by taking this row. */
  private nearest(order: Uint32Array, i: number, row: number, own: number): { target: number; cost: number } {
    let target = -1;
    let cost = Infinity;
    for (let step = -1; step <= 1; step += 2) {
      let last = own;
      let met = 0;
      const stop = step < 0 ? Math.max(-1, i - REACH) : Math.min(order.length, i + REACH);
      for (let at = i + step; at !== stop && met < NEIGHBOURS; at += step) {
        if (at < 0 || at >= order.length) break;
        const c = this.store.classOf[order[at] as number] as number;
        if (c === own || c === last) continue;
        last = c;
        met += 1;
        const price = this.price(c, row);
        if (price < cost) {
          cost = price;
          target = c;
        }
      }
    }
    return { target, cost };
  }

  /** Loss a class gains with one more row. */
  private price(c: number, row: number): number {
    const size = this.store.size[c] as number;
    return (size + 1) * this.store.widthWith(c, row) - size * (this.store.width[c] as number);
  }

  private tryMove(row: number, from: number, to: number, cost: number): void {
    const { store } = this;
    const size = store.size[from] as number;
    if (size <= this.least) return;
    const loss = size * (store.width[from] as number);
    if (cost >= loss - EPSILON) return;
    const saved = loss - (size - 1) * store.widthWithout(from, row);
    if (saved - cost <= EPSILON || !this.allowed(from, -1, row) || !this.allowed(to, row, -1)) return;
    store.move(row, to);
  }

  /** Whether a class satisfies the models with one row more or less. */
  private allowed(c: number, more: number, less: number): boolean {
    if (this.input.secrets.length === 0) return true;
    if ((this.store.size[c] as number) > LARGEST) return false;
    this.side.clear();
    this.store.each(c, (row) => {
      if (row !== less) this.side.add(row);
    });
    if (more >= 0) this.side.add(more);
    return this.side.holds();
  }

  /** Spreads the rows of a class over the classes they fit best, where that loses less than keeping it. */
  giveUp(c: number): void {
    const { store } = this;
    const size = store.size[c] as number;
    if (size === 0 || store.width[c] === 0 || size > 4 * this.least || size > LARGEST) return;
    const loss = size * (store.width[c] as number);
    const rows = store.rowsOf(c);
    let estimate = 0;
    for (const row of rows) estimate += this.bestCost[row] as number;
    // The prices are of an earlier moment: a rough filter, the true sum decides below.
    if (estimate > 1.3 * loss) return;
    const moved: number[] = [];
    let cost = 0;
    for (const row of rows) {
      const to = this.bestClass[row] as number;
      if (to < 0 || to === c || store.size[to] === 0 || !this.allowed(to, row, -1)) break;
      cost += this.price(to, row);
      if (cost >= loss - EPSILON) break;
      store.move(row, to);
      moved.push(row);
    }
    if (moved.length === rows.length) return;
    for (const row of moved) store.move(row, c);
  }
}
