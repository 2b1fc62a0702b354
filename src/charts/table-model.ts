/** A chart's numbers as a table: the accessible alternative and the CSV export are made from the same model. */
export interface TableModel {
  readonly columns: readonly { readonly label: string; readonly numeric?: boolean }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** RFC 4180 text of a table: CRLF, quotes only where needed, null and NaN empty, numbers at full precision. */
export function toCsv(table: TableModel): string {
  const head = table.columns.map((c) => csvField(c.label)).join(',');
  const body = table.rows.map((row) => row.map(csvField).join(','));
  return [head, ...body].join('\r\n') + '\r\n';
}

/** Row order for a sort on one column; missing values last in both directions; ties keep their order. */
export function sortedOrder(table: TableModel, column: number, descending: boolean): number[] {
  const order = table.rows.map((_, i) => i);
  return order.sort((a, b) => {
    const x = table.rows[a]?.[column] ?? null;
    const y = table.rows[b]?.[column] ?? null;
    const missingX = x === null || Number.isNaN(x);
    const missingY = y === null || Number.isNaN(y);
    if (missingX || missingY) return missingX === missingY ? a - b : missingX ? 1 : -1;
    const way =
      typeof x === 'number' && typeof y === 'number'
        ? x - y
        : String(x).localeCompare(String(y), undefined, { numeric: true });
    return way === 0 ? a - b : descending ? -way : way;
  });
}

function csvField(value: string | number | null): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  let text = String(value);
  // A spreadsheet must not take a label for a formula; numbers keep their sign.
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
