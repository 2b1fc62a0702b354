/** Distinct values of a numeric column, ascending, and how often each occurs. */
export interface Tally {
  readonly values: Float64Array;
  readonly counts: Uint32Array;
  /** Sum in row order, and how many values there are. */
  readonly sum: number;
  readonly count: number;
}

/** Tables of counts up to this many entries (16 MB). */
const TABLE_LIMIT = 1 << 22;

/**
 * Counts distinct values exactly: in a table where all are whole thousands (times to the second), whole numbers or
 * hundredths within a small range, by sorting otherwise. Two passes over the rows in the usual case.
 * @param valid bit i = row i has a value; NaN counts as none
 */
export function tally(source: ArrayLike<number>, valid: Uint8Array | undefined, rows: number): Tally {
  const present = new Float64Array(rows);
  const count = gather(source, valid, rows, present);
  const values = present.subarray(0, count);
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const value = values[i] as number;
    sum += value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const perUnit = Number.isFinite(high - low) ? unitOf(values) : 0;
  if (perUnit !== 0 && Math.round((high - low) * perUnit) < TABLE_LIMIT) {
    return { ...byTable(values, low, high, perUnit), sum, count };
  }
  return { ...bySort(values), sum, count };
}

function gather(source: ArrayLike<number>, valid: Uint8Array | undefined, rows: number, out: Float64Array): number {
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const value = source[row] as number;
    out[count] = value;
    if (value === value && (valid === undefined || ((valid[row >> 3] as number) & (1 << (row & 7))) !== 0)) count += 1;
  }
  return count;
}

/** Keys per unit of value, so that keys are whole and give back exactly the values; 0 when there is none of ours. */
function unitOf(values: Float64Array): number {
  const n = values.length;
  let i = 0;
  while (i < n && Math.floor((values[i] as number) / 1000) * 1000 === values[i]) i += 1;
  if (i === n) return 0.001;
  i = 0;
  while (i < n && Math.floor(values[i] as number) === values[i]) i += 1;
  if (i === n) return 1;
  i = 0;
  while (i < n && Math.round((values[i] as number) * 100) / 100 === values[i]) i += 1;
  return i === n ? 100 : 0;
}

function byTable(values: Float64Array, low: number, high: number, perUnit: number): Pick<Tally, 'values' | 'counts'> {
  const base = Math.round(low * perUnit);
  const table = new Uint32Array(Math.round(high * perUnit) - base + 1);
  let distinct = 0;
  for (let i = 0; i < values.length; i += 1) {
    const key = Math.round((values[i] as number) * perUnit) - base;
    const before = table[key] as number;
    if (before === 0) distinct += 1;
    table[key] = before + 1;
  }
  const out = new Float64Array(distinct);
  const counts = new Uint32Array(distinct);
  let next = 0;
  for (let key = 0; key < table.length; key += 1) {
    if (table[key] === 0) continue;
    // Whole thousands are multiplied back: dividing by 0.001 would not be exact.
    out[next] = perUnit === 0.001 ? (key + base) * 1000 : (key + base) / perUnit;
    counts[next] = table[key] as number;
    next += 1;
  }
  return { values: out, counts };
}

function bySort(values: Float64Array): Pick<Tally, 'values' | 'counts'> {
  const sorted = values.slice().sort();
  const counts = new Uint32Array(sorted.length);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const value = sorted[i] as number;
    if (distinct === 0 || value !== sorted[distinct - 1]) {
      sorted[distinct] = value;
      distinct += 1;
    }
    counts[distinct - 1] = (counts[distinct - 1] as number) + 1;
  }
  return { values: sorted.subarray(0, distinct), counts: counts.subarray(0, distinct) };
}
