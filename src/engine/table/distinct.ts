import { type Column, isValid } from './table.ts';

/** Distinct values of a numeric column, ascending, and the rank of each row's value among them. */
export interface DistinctNumbers {
  readonly values: Float64Array;
  /** Rank per row; `values.length` where missing. */
  readonly codes: Uint32Array;
  readonly missing: boolean;
}

/** Ranges of whole numbers (after scaling by 1 or 100) up to this size are counted in a direct table. */
const DIRECT_LIMIT = 1 << 23;

/**
 * Distinct numbers by a direct table where values are whole (or cents) in a small range, by sorting otherwise.
 * NaN and infinities count as missing. Linear in rows in the usual case.
 * @param column carries the validity of the rows
 */
export function distinctNumbers(source: ArrayLike<number>, column: Column): DistinctNumbers {
  const n = source.length;
  const present = new Uint8Array(n);
  let low = Infinity;
  let high = -Infinity;
  let missing = false;
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
    if (whole && value !== Math.floor(value)) whole = false;
    if (cents && !whole && Math.round(value * 100) / 100 !== value) cents = false;
  }
  if (low > high) return { values: new Float64Array(0), codes: new Uint32Array(n), missing };
  const scale = whole ? 1 : 100;
  const span = Math.round(high * scale) - Math.round(low * scale) + 1;
  const limit = Math.max(65536, Math.min(DIRECT_LIMIT, n * 16));
  return (whole || cents) && span <= limit
    ? byTable(source, present, Math.round(low * scale), span, scale, missing)
    : bySort(source, present, missing);
}

function byTable(
  source: ArrayLike<number>,
  present: Uint8Array,
  low: number,
  span: number,
  scale: number,
  missing: boolean,
): DistinctNumbers {
  const n = source.length;
  const rank = new Uint32Array(span);
  for (let i = 0; i < n; i += 1) {
    if (present[i] !== 0) rank[Math.round((source[i] as number) * scale) - low] = 1;
  }
  let count = 0;
  for (let v = 0; v < span; v += 1) if (rank[v] !== 0) count += 1;
  const values = new Float64Array(count);
  let next = 0;
  for (let v = 0; v < span; v += 1) {
    if (rank[v] === 0) continue;
    values[next] = (v + low) / scale;
    rank[v] = next;
    next += 1;
  }
  const codes = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) {
    codes[i] = present[i] !== 0 ? (rank[Math.round((source[i] as number) * scale) - low] as number) : count;
  }
  return { values, codes, missing };
}

function bySort(source: ArrayLike<number>, present: Uint8Array, missing: boolean): DistinctNumbers {
  const n = source.length;
  const rankOf = new Map<number, number>();
  for (let i = 0; i < n; i += 1) if (present[i] !== 0) rankOf.set((source[i] as number) + 0, 0);
  const values = Float64Array.from(rankOf.keys()).sort();
  values.forEach((value, rank) => rankOf.set(value, rank));
  const codes = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) {
    codes[i] = present[i] !== 0 ? (rankOf.get(source[i] as number) as number) : values.length;
  }
  return { values, codes, missing };
}
