import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import type { BeforeAfterTableProps } from './props.ts';
import { rowChanges } from './before-after.layout.ts';

/** The same rows before and after: changed cells marked by weight, colour and the old value struck out; suppressed rows hatched. */
export function BeforeAfterTable(props: BeforeAfterTableProps) {
  const { columns, before, after, maxRows = 12 } = props;
  const { words, locale } = useChartSetting(props);
  const show = (value: string | number | null | undefined) =>
    value === null || value === undefined ? '∗' : typeof value === 'number' ? formatNumber(value, locale, 6) : value;
  const rows = rowChanges(before, after).slice(0, maxRows);
  const table = () => ({
    columns: [
      { label: '#', numeric: true },
      ...columns.flatMap((c) => [{ label: `${c}: ${words.before}` }, { label: `${c}: ${words.after}` }]),
    ],
    rows: before.map((row, i) => [i + 1, ...columns.flatMap((_, c) => [row[c] ?? null, after[i]?.[c] ?? null])]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <div className="ec-table ec-scroll" tabIndex={0} role="region" aria-label={props.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ cells, suppressed }, r) => (
              <tr key={r} className={suppressed ? 'ec-gone' : undefined}>
                <th scope="row">
                  {r + 1}
                  {suppressed ? ` · ${words.suppressed}` : ''}
                </th>
                {cells.map((cell, c) => (
                  <td key={columns[c] ?? c}>
                    {cell.changed ? (
                      <>
                        <del aria-label={`${words.before} ${show(cell.before)}`}>{show(cell.before)}</del>{' '}
                        {suppressed ? null : (
                          <ins aria-label={`${words.after} ${show(cell.after)}`}>{show(cell.after)}</ins>
                        )}
                      </>
                    ) : (
                      show(cell.before)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ChartFrame>
  );
}
