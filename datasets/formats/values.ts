/** A value of a JSON or Parquet record as a plain cell: number, text, or null where there is none. Dates become ms. */
export function cellOf(value: unknown): string | number | null {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'string':
      return value;
    case 'bigint':
      return Number(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return null;
      if (value instanceof Date) return value.getTime();
      if (value instanceof Uint8Array) return new TextDecoder().decode(value);
      return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
    default:
      return null;
  }
}

/** The same for a sample, where everything is text and dates are ISO text. */
export function sampleCellOf(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 19);
  const cell = cellOf(value);
  return cell === null ? null : String(cell);
}
