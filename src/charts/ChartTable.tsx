import { useState } from 'react';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { sortedOrder, type TableModel } from './table-model.ts';

export interface ChartTableProps {
  readonly table: TableModel;
  readonly caption: string;
  readonly locale?: string | undefined;
}

/** The numbers of a chart as a sortable table; the first column names the row. */
export function ChartTable(props: ChartTableProps) {
  const { table, caption } = props;
  const { words, locale } = useChartSetting(props);
  const [sort, setSort] = useState<{ column: number; descending: boolean } | null>(null);
  const order = sort === null ? table.rows.map((_, i) => i) : sortedOrder(table, sort.column, sort.descending);
  const toggle = (column: number) =>
    setSort((old) =>
      old?.column === column ? (old.descending ? null : { column, descending: true }) : { column, descending: false },
    );
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {table.columns.map((column, i) => {
            const state = sort?.column !== i ? 'none' : sort.descending ? 'descending' : 'ascending';
            return (
              <th key={column.label} scope="col" aria-sort={state} className={column.numeric ? 'ec-num' : undefined}>
                <button type="button" onClick={() => toggle(i)} title={`${words.sortBy} ${column.label}`}>
                  {column.label}
                  <span aria-hidden="true">{state === 'none' ? '' : state === 'descending' ? ' ↓' : ' ↑'}</span>
                </button>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {order.map((r) => (
          <tr key={r}>
            {table.columns.map((column, i) => {
              const value = table.rows[r]?.[i] ?? null;
              const shown = typeof value === 'number' ? formatNumber(value, locale, 4) : (value ?? '–');
              const className = column.numeric ? 'ec-num' : undefined;
              return i === 0 ? (
                <th key={column.label} scope="row" className={className}>
                  {shown}
                </th>
              ) : (
                <td key={column.label} className={className}>
                  {shown}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
