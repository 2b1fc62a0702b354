import { useRef, useState, type KeyboardEvent } from 'react';
import { layoutAllocation, type AllocationRow } from './allocation-bars.layout.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import type { FrameProps } from './props.ts';
import type { TableModel } from './table-model.ts';
import { useSize } from './use-size.ts';

export interface AllocationBarsProps extends FrameProps {
  readonly rows: readonly AllocationRow[];
  readonly unit: string;
  /** Row that is looked at; `onSelect` chooses it. */
  readonly selected?: string | undefined;
  readonly onSelect?: ((id: string) => void) | undefined;
  readonly says: { readonly rule: string; readonly note: string };
}

/** One budget under several rules: bars of one length, so that only the division differs. */
export function AllocationBars(props: AllocationBarsProps) {
  const { rows, unit, says } = props;
  const labels = [...new Set(rows.flatMap((row) => row.parts.map(({ label }) => label)))];
  const table = (): TableModel => ({
    columns: [
      { label: says.rule },
      ...labels.map((label) => ({ label: `${label} (${unit})`, numeric: true })),
      { label: says.note },
    ],
    rows: rows.map((row) => [
      row.label,
      ...labels.map((label) => row.parts.find((part) => part.label === label)?.amount ?? null),
      row.note ?? null,
    ]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <Picture {...props} />
    </ChartFrame>
  );
}

function Picture(props: AllocationBarsProps) {
  const { rows, unit, selected, onSelect } = props;
  const { locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 640, height: 260 });
  const { em } = size;
  const made = layoutAllocation(rows, { width: size.width, em });
  const [active, setActive] = useState<string | null>(null);
  const roving = active ?? selected ?? rows[0]?.id;
  const percent = (share: number) => `${formatNumber(share * 100, locale, 2)} %`;
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = rows.findIndex(({ id }) => id === roving);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.id;
    if (next === undefined) return;
    setActive(next);
    event.currentTarget.querySelector<SVGGElement>(`[data-rule="${CSS.escape(next)}"]`)?.focus();
  };
  const shades = new Map(rows.flatMap((row) => row.parts.map((part) => [part.label, part.shade] as const)));
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${made.height}`}
        height={made.height}
        role="group"
        aria-label={props.description}
        onKeyDown={onKeyDown}
      >
        {made.rows.map(({ row, y, labelY, noteY, parts }) => {
          const words = `${row.label}: ${parts
            .map(
              ({ part, share }) =>
                `${part.label} ${unit} ${formatNumber(part.amount, locale, 3)} (${percent(share)})${part.text === undefined ? '' : `, ${part.text}`}`,
            )
            .join('; ')}${row.note === undefined ? '' : `; ${row.note}`}`;
          const chosen = row.id === selected;
          return (
            <g
              key={row.id}
              data-rule={row.id}
              role={onSelect === undefined ? 'img' : 'button'}
              aria-pressed={onSelect === undefined ? undefined : chosen}
              tabIndex={row.id === roving ? 0 : -1}
              aria-label={words}
              onFocus={() => setActive(row.id)}
              onBlur={() => setActive(null)}
              onClick={() => onSelect?.(row.id)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                onSelect?.(row.id);
              }}
            >
              <title>{words}</title>
              <text
                x={made.stacked ? 0 : made.labels - 0.6 * em}
                y={labelY}
                textAnchor={made.stacked ? 'start' : 'end'}
                className={chosen ? 'ec-strong' : 'ec-ink'}
              >
                {row.label}
              </text>
              {parts.map(({ part, share, x, width }) => (
                <g key={part.id}>
                  <rect
                    x={x}
                    y={y}
                    width={width}
                    height={made.bar}
                    className={`ec-f-privacy ec-part${part.shade % 3} ec-rim`}
                  />
                  {width > 2.6 * em && (
                    <text
                      x={x + width / 2}
                      y={y + 1.05 * em}
                      textAnchor="middle"
                      className={part.shade % 3 === 0 ? 'ec-on' : 'ec-ink'}
                    >
                      {percent(share)}
                    </text>
                  )}
                </g>
              ))}
              {(chosen || active === row.id) && (
                <rect
                  x={made.labels}
                  y={y - 1.5}
                  width={made.right - made.labels}
                  height={made.bar + 3}
                  className={chosen ? 'ec-s-truth ec-thin' : 'ec-focus'}
                />
              )}
              {row.note !== undefined && (
                <text
                  x={made.stacked ? size.width : made.right + 0.6 * em}
                  y={noteY}
                  textAnchor={made.stacked ? 'end' : 'start'}
                >
                  {row.note}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <ul className="ec-keys">
        {[...shades].map(([label, shade]) => (
          <li key={label}>
            <svg width={12} height={12} aria-hidden="true">
              <rect width={12} height={12} rx={2} className={`ec-f-privacy ec-part${shade % 3}`} />
            </svg>
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
