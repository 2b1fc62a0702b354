import { infeasible } from '../../kit/errors.ts';

/** Set-valued records, flat: items of record r are `items[start[r]] .. items[start[r + 1] - 1]`, ascending, each once. */
export interface ItemRecords {
  readonly start: Uint32Array;
  readonly items: Uint32Array;
  /** Items are codes below this. */
  readonly size: number;
}

/** A combination of items that occurs in fewer than k records. */
export interface RareCombination {
  readonly items: readonly number[];
  readonly records: number;
}

/** Lets a long count report (share done) and yield. */
export type Report = (share: number) => Promise<void>;

/** Key spaces up to this size are counted in one table; larger ones by hashed keys. */
const DIRECT = 1 << 22;
/** Combinations looked at in one count; beyond it minutes pass and the hash table outgrows a tab. */
const MOST = 2e7;
/** Combinations between two reports, some milliseconds. */
const STRIDE = 1 << 16;

/**
 * Combinations of exactly `m` items that occur in at least one record and in fewer than k (Terrovitis, Mamoulis, Kalnis
 * 2008: support counting of the Apriori-based anonymization, with hashed combinations for their count tree).
 * @throws infeasible where the records make too many combinations to count
 */
export async function rareCombinations(
  records: ItemRecords,
  k: number,
  m: number,
  report: Report = async () => {},
): Promise<readonly RareCombination[]> {
  const { start, items, size } = records;
  const total = combinationCount(records, m);
  const space = keySpace(size, m);
  if (total > MOST || space > Number.MAX_SAFE_INTEGER) {
    throw infeasible(
      `the records make ${Math.round(total / 1e6)} million combinations of m = ${m} items`,
      m > 1 ? `set m to ${m - 1}, or generalize the items first` : 'generalize the items first',
      { param: 'm' },
    );
  }
  const counter = space <= DIRECT ? new Direct(space) : new Hashed();
  let done = 0;
  let next = STRIDE;
  for (let r = 0; r + 1 < start.length; r += 1) {
    done += addAll(counter, items, start[r] as number, start[r + 1] as number, m, size, 0);
    if (done < next) continue;
    await report(done / total);
    next = done + STRIDE;
  }
  const rare: RareCombination[] = [];
  counter.each((key, count) => {
    if (count < k) rare.push({ items: digits(key, size, m), records: count });
  });
  return rare;
}

/** size to the power m. */
const keySpace = (size: number, m: number): number => (m === 0 ? 1 : size * keySpace(size, m - 1));

/** Counts every combination of `left` more items out of items[from..to) behind the prefix `key`. */
function addAll(
  counter: Direct | Hashed,
  items: Uint32Array,
  from: number,
  to: number,
  left: number,
  size: number,
  key: number,
): number {
  let added = 0;
  for (let i = from; i <= to - left; i += 1) {
    const longer = key * size + (items[i] as number);
    if (left === 1) {
      counter.add(longer);
      added += 1;
    } else added += addAll(counter, items, i + 1, to, left - 1, size, longer);
  }
  return added;
}

class Direct {
  private readonly counts: Uint32Array;
  constructor(size: number) {
    this.counts = new Uint32Array(size);
  }
  add(key: number): void {
    this.counts[key] = (this.counts[key] as number) + 1;
  }
  each(visit: (key: number, count: number) => void): void {
    this.counts.forEach((count, key) => {
      if (count > 0) visit(key, count);
    });
  }
}

class Hashed {
  private readonly counts = new Map<number, number>();
  add(key: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
  each(visit: (key: number, count: number) => void): void {
    for (const [key, count] of this.counts) visit(key, count);
  }
}

/** The items of a key, ascending. */
function digits(key: number, size: number, m: number): readonly number[] {
  const items: number[] = [];
  let rest = key;
  for (let i = 0; i < m; i += 1) {
    items.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return items;
}

/** Sum over records of (items choose m). */
function combinationCount({ start }: ItemRecords, m: number): number {
  let total = 0;
  for (let r = 0; r + 1 < start.length; r += 1) {
    const n = (start[r + 1] as number) - (start[r] as number);
    let choices = 1;
    for (let i = 0; i < m; i += 1) choices = (choices * (n - i)) / (i + 1);
    if (n >= m) total += choices;
  }
  return total;
}

/** Whether every combination of at most m items occurs in at least k records, or in none (k^m-anonymity). */
export async function isKmAnonymous(records: ItemRecords, k: number, m: number): Promise<boolean> {
  for (let size = 1; size <= m; size += 1) {
    if ((await rareCombinations(records, k, size)).length > 0) return false;
  }
  return true;
}

/**
 * Records from pairs of a record and an item, in any order and with repeats.
 * @param recordOf record of each pair, below `count`
 */
export function itemRecords(recordOf: Uint32Array, itemOf: Uint32Array, count: number, size: number): ItemRecords {
  const sets = Array.from({ length: count }, () => new Set<number>());
  for (let i = 0; i < recordOf.length; i += 1) sets[recordOf[i] as number]?.add(itemOf[i] as number);
  const start = new Uint32Array(count + 1);
  sets.forEach((set, r) => {
    start[r + 1] = (start[r] as number) + set.size;
  });
  const items = new Uint32Array(start[count] as number);
  sets.forEach((set, r) => {
    items.set(Uint32Array.from(set).sort(), start[r]);
  });
  return { start, items, size };
}
