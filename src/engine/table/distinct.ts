import { type Column, isValid } from './table.ts';

/** Distinct values of a numeric column, ascending, and the rank of each row's value among them. */
export interface DistinctNumbers {
  readonly values: Float64Array;
  /** Rank per row; `values.length` where missing. */
  readonly codes: Uint32Array;
  readonly missing: boolean;
}

/** Ranges of whole units (thousands, ones or hundredths) up to this size are counted in a direct table. */
const DIRECT_LIMIT = 1 << 23;

/**
 * Distinct numbers by a direct table where values are whole thousands (times to the second), whole or cents in a small
 * range, by sorting otherwise.
 * NaN and infinities count as missing. Linear in rows in the usual case.
 * @param column carries the validity of the rows
 */
export function distinctNumbers(source: ArrayLike<number>, column: Column): DistinctNumbers {
  const n = source.length;
  const present = new Uint8Array(n);
  let low = Infinity;
  let high = -Infinity;
  let missing = false;
  let thousands = true;
  let whole = true;
  let cents = true;
  for (let i = 0; i < n; i += 1) {
    const value = source[i] as number;
    if (!Number.isFinite(value) || (column.valid !== undefined && !isValid(column, i))) {
      missing = true;
      continue;
    }
    present[i] = 1;
    if (value < low) low = value;
    if (value > high) high = value;
    if (thousands && Math.floor(value / 1000) * 1000 !== value) thousands = false;
    if (whole && value !== Math.floor(value)) whole = false;
    if (cents && !whole && Math.round(value * 100) / 100 !== value) cents = false;
  }
  if (low > high) return { values: new Float64Array(0), codes: new Uint32Array(n), missing };
  const unit = thousands ? { multiple: 1000, scale: 1 } : { multiple: 1, scale: whole ? 1 : 100 };
  const least = Math.round((low * unit.scale) / unit.multiple);
  const span = Math.round((high * unit.scale) / unit.multiple) - least + 1;
  const limit = Math.max(65536, Math.min(DIRECT_LIMIT, n * 16));
  return (whole || cents) && span <= limit
    ? byTable(source, present, least, span, unit.scale, unit.multiple, missing)
    : bySort(source, present, missing);
}

function byTable(
  source: ArrayLike<number>,
  present: Uint8Array,
  low: number,
  span: number,
  scale: number,
  multiple: number,
  missing: boolean,
): DistinctNumbers {
  const n = source.length;
  const rank = new Uint32Array(span);
  for (let i = 0; i < n; i += 1) {
    if (present[i] !== 0) rank[Math.round(((source[i] as number) * scale) / multiple) - low] = 1;
  }
  let count = 0;
  for (let v = 0; v < span; v += 1) if (rank[v] !== 0) count += 1;
  const values = new Float64Array(count);
  let next = 0;
  for (let v = 0; v < span; v += 1) {
    if (rank[v] === 0) continue;
    values[next] = ((v + low) * multiple) / scale;
    rank[v] = next;
    next += 1;
  }
  const codes = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) {
    codes[i] =
      present[i] !== 0 ? (rank[Math.round(((source[i] as number) * scale) / multiple) - low] as number) : count;
  }
  return { values, codes, missing };
}

function bySort(source: ArrayLike<number>, present: Uint8Array, missing: boolean): DistinctNumbers {
  const n = source.length;
  const values = new Float64Array(n);
  let count = 0;
  for (let i = 0; i < n; i += 1) {
    // Adding zero makes one value of the two zeros.
    values[count] = (source[i] as number) + 0;
    count += present[i] as number;
  }
  const sorted = values.subarray(0, count).sort();
  let distinct = 0;
  for (let i = 0; i < count; i += 1) {
    if (distinct > 0 && sorted[i] === sorted[distinct - 1]) continue;
    sorted[distinct] = sorted[i] as number;
    distinct += 1;
  }
  const out = sorted.slice(0, distinct);
  const codes = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) codes[i] = present[i] !== 0 ? rankOf(out, source[i] as number) : distinct;
  return { values: out, codes, missing };
}

/** Place of `value`, which is among the ascending `values`. */
function rankOf(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
