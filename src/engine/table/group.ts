/**
 * Equivalence classes of rows by several coded columns: the kernel under every risk metric and syntactic model.
 * Class numbers are dense; their order is deterministic but means nothing.
 */
export interface Grouping {
  /** Class of each row. */
  readonly classOf: Uint32Array;
  /** Rows in each class. */
  readonly sizes: Uint32Array;
  readonly count: number;
  /** First row (lowest index) of each class. */
  readonly first: Uint32Array;
}

/** Coded column: any unsigned array of codes below its cardinality. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Key spaces up to this size are counted in one table that stays in the second-level cache. */
const DIRECT_BITS = 17;
/** Keys of one bucket share all but these bits: a bucket's table is 32 KB and stays in the first cache levels. */
const BUCKET_BITS = 13;
/** Above this many keys the number of buckets costs more than it saves; the rest is done by refinement. */
const RADIX_LIMIT = 1 << 27;

/**
 * Groups rows by all columns at once. Columns are combined into one mixed-radix key while it stays below 2^27 and
 * grouped by a direct table or one radix partition; further columns refine the classes found so far. O(rows x columns).
 * @param cardinalities number of codes of each column (every code is below it)
 */
export function groupRows(columns: readonly Codes[], cardinalities: readonly number[], rows?: number): Grouping {
  const n = rows ?? columns[0]?.length ?? 0;
  if (n === 0) return { classOf: new Uint32Array(0), sizes: new Uint32Array(0), count: 0, first: new Uint32Array(0) };
  let grouping: Grouping | undefined;
  let next = 0;
  while (next < columns.length) {
    const base = grouping?.count ?? 1;
    let product = base;
    let end = next;
    while (end < columns.length && product * (cardinalities[end] as number) <= RADIX_LIMIT) {
      product *= Math.max(1, cardinalities[end] as number);
      end += 1;
    }
    if (end === next) {
      grouping = refine(grouping ?? single(n), columns[next] as Codes, cardinalities[next] as number);
      next += 1;
      continue;
    }
    const keys = combine(grouping, columns.slice(next, end), cardinalities.slice(next, end), n);
    grouping = product <= 1 << DIRECT_BITS ? byTable(keys, product) : byRadix(keys, product);
    next = end;
  }
  return grouping ?? single(n);
}

const single = (n: number): Grouping => ({
  classOf: new Uint32Array(n),
  sizes: Uint32Array.of(n),
  count: 1,
  first: Uint32Array.of(0),
});

/** Mixed-radix key per row, below 2^27. Columns are taken two at a time to spare passes over memory. */
function combine(
  grouping: Grouping | undefined,
  columns: readonly Codes[],
  cardinalities: readonly number[],
  n: number,
): Uint32Array {
  const keys = new Uint32Array(n);
  if (grouping === undefined && columns.length === 4) {
    const [a, b, c, d] = columns as readonly [Codes, Codes, Codes, Codes];
    combineFour(keys, a, b, c, d, cardinalities);
    return keys;
  }
  if (grouping !== undefined) keys.set(grouping.classOf);
  for (let j = 0; j < columns.length; j += 1) addDigit(keys, columns[j] as Codes, cardinalities[j] as number);
  return keys;
}

function combineFour(
  keys: Uint32Array,
  a: Codes,
  b: Codes,
  c: Codes,
  d: Codes,
  cardinalities: readonly number[],
): void {
  const [, cb = 1, cc = 1, cd = 1] = cardinalities;
  for (let i = 0; i < keys.length; i += 1) {
    keys[i] = (((a[i] as number) * cb + (b[i] as number)) * cc + (c[i] as number)) * cd + (d[i] as number);
  }
}

function addDigit(keys: Uint32Array, codes: Codes, cardinality: number): void {
  for (let i = 0; i < keys.length; i += 1) keys[i] = (keys[i] as number) * cardinality + (codes[i] as number);
}

function byTable(keys: Uint32Array, product: number): Grouping {
  const n = keys.length;
  const table = new Uint32Array(product);
  const firstOf = new Uint32Array(product);
  let count = 0;
  // First rows are noted here, where a new key is a rare branch, and not by a store per row in the last pass.
  for (let i = 0; i < n; i += 1) {
    const key = keys[i] as number;
    const seen = table[key] as number;
    if (seen === 0) {
      firstOf[key] = i;
      count += 1;
    }
    table[key] = seen + 1;
  }
  const sizes = new Uint32Array(count);
  const first = new Uint32Array(count);
  let next = 0;
  for (let key = 0; key < product; key += 1) {
    if (table[key] === 0) continue;
    sizes[next] = table[key] as number;
    first[next] = firstOf[key] as number;
    table[key] = next;
    next += 1;
  }
  // Keys become class numbers in place.
  for (let i = 0; i < n; i += 1) keys[i] = table[keys[i] as number] as number;
  return { classOf: keys, sizes, count, first };
}

/** One partition pass by the high bits, then a small direct table per bucket. */
function byRadix(keys: Uint32Array, product: number): Grouping {
  const n = keys.length;
  const buckets = ((product - 1) >>> BUCKET_BITS) + 1;
  const starts = new Uint32Array(buckets + 1);
  for (let i = 0; i < n; i += 1) {
    const b = ((keys[i] as number) >>> BUCKET_BITS) + 1;
    starts[b] = (starts[b] as number) + 1;
  }
  for (let b = 0; b < buckets; b += 1) starts[b + 1] = (starts[b + 1] as number) + (starts[b] as number);
  const at = starts.slice();
  const rows = new Uint32Array(n);
  const lows = new Uint32Array(n);
  const mask = (1 << BUCKET_BITS) - 1;
  for (let i = 0; i < n; i += 1) {
    const key = keys[i] as number;
    const b = key >>> BUCKET_BITS;
    const place = at[b] as number;
    at[b] = place + 1;
    rows[place] = i;
    lows[place] = key & mask;
  }
  return numberBuckets(keys, rows, lows, starts, buckets);
}

/**
 * Class numbers grow from bucket to bucket, so an entry below the bucket's first number is a left-over: no clearing.
 * A class number never exceeds the position reached, so first rows and sizes overwrite what was already read: fresh
 * memory costs as much as the work itself on 1M rows.
 */
function numberBuckets(
  out: Uint32Array,
  rows: Uint32Array,
  lows: Uint32Array,
  starts: Uint32Array,
  buckets: number,
): Grouping {
  const table = new Uint32Array(1 << BUCKET_BITS);
  let next = 0;
  for (let b = 0; b < buckets; b += 1) {
    const end = starts[b + 1] as number;
    const floor = next;
    for (let i = starts[b] as number; i < end; i += 1) {
      const low = lows[i] as number;
      const row = rows[i] as number;
      const id = (table[low] as number) - 1;
      if (id < floor) {
        out[row] = next;
        rows[next] = row;
        lows[next] = 1;
        next += 1;
        table[low] = next;
      } else {
        out[row] = id;
        lows[id] = (lows[id] as number) + 1;
      }
    }
  }
  return { classOf: out, sizes: lows.subarray(0, next), count: next, first: rows.subarray(0, next) };
}

/**
 * Splits every class of `grouping` by one more column. O(rows + cardinality). Classes of one row cannot be split: they
 * are carried over without reading the column, which is most of the work once many columns are combined.
 */
export function refine(grouping: Grouping, codes: Codes, cardinality: number): Grouping {
  const { classOf, sizes, count, first } = grouping;
  if (count === classOf.length) return grouping;
  const n = classOf.length;
  const ordered = rowsOfSplittable(grouping);
  const out = new Uint32Array(n);
  const newSizes = new Uint32Array(n);
  const newFirst = new Uint32Array(n);
  const table = new Uint32Array(Math.max(1, cardinality));
  let next = 0;
  let start = 0;
  for (let c = 0; c < count; c += 1) {
    const size = sizes[c] as number;
    if (size === 1) {
      const row = first[c] as number;
      out[row] = next;
      newSizes[next] = 1;
      newFirst[next] = row;
      next += 1;
      continue;
    }
    const end = start + size;
    const floor = next;
    for (let i = start; i < end; i += 1) {
      const row = ordered[i] as number;
      const code = codes[row] as number;
      let id = (table[code] as number) - 1;
      if (id < floor) {
        id = next;
        next += 1;
        table[code] = next;
        newFirst[id] = row;
      }
      out[row] = id;
      newSizes[id] = (newSizes[id] as number) + 1;
    }
    start = end;
  }
  return { classOf: out, sizes: newSizes.slice(0, next), count: next, first: newFirst.slice(0, next) };
}

/** Rows of classes of two rows or more, class by class, ascending. */
function rowsOfSplittable({ classOf, sizes, count }: Grouping): Uint32Array {
  const at = new Uint32Array(count);
  let total = 0;
  for (let c = 0; c < count; c += 1) {
    at[c] = total;
    const size = sizes[c] as number;
    if (size > 1) total += size;
  }
  const ordered = new Uint32Array(total);
  for (let i = 0; i < classOf.length; i += 1) {
    const c = classOf[i] as number;
    if (sizes[c] === 1) continue;
    ordered[at[c] as number] = i;
    at[c] = (at[c] as number) + 1;
  }
  return ordered;
}

/** How many classes have each size, sizes ascending. */
export function sizeHistogram(sizes: Uint32Array): { readonly size: Uint32Array; readonly classes: Uint32Array } {
  let largest = 0;
  for (let c = 0; c < sizes.length; c += 1) if ((sizes[c] as number) > largest) largest = sizes[c] as number;
  // Sizes add up to the rows, so this is a table of at most one entry per row.
  const counts = new Uint32Array(largest + 1);
  for (let c = 0; c < sizes.length; c += 1) counts[sizes[c] as number] = (counts[sizes[c] as number] as number) + 1;
  const size: number[] = [];
  const classes: number[] = [];
  for (let each = 1; each <= largest; each += 1) {
    if (counts[each] === 0) continue;
    size.push(each);
    classes.push(counts[each] as number);
  }
  return { size: Uint32Array.from(size), classes: Uint32Array.from(classes) };
}

/** Rows of each class in class order: rows of class c are `rows[start[c]] .. rows[start[c + 1] - 1]`, ascending. */
export function rowsByClass(grouping: Grouping): { readonly start: Uint32Array; readonly rows: Uint32Array } {
  const { classOf, sizes, count } = grouping;
  const start = new Uint32Array(count + 1);
  for (let c = 0; c < count; c += 1) start[c + 1] = (start[c] as number) + (sizes[c] as number);
  const at = start.slice(0, count);
  const rows = new Uint32Array(classOf.length);
  for (let i = 0; i < classOf.length; i += 1) {
    const c = classOf[i] as number;
    rows[at[c] as number] = i;
    at[c] = (at[c] as number) + 1;
  }
  return { start, rows };
}

/** Number of different codes of `codes` inside each class: distinct l of a sensitive column. */
export function distinctPerClass(grouping: Grouping, codes: Codes, cardinality: number): Uint32Array {
  const refined = refine(grouping, codes, cardinality);
  const out = new Uint32Array(grouping.count);
  for (let c = 0; c < refined.count; c += 1) {
    const parent = grouping.classOf[refined.first[c] as number] as number;
    out[parent] = (out[parent] as number) + 1;
  }
  return out;
}
