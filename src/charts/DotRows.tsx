import { type KeyboardEvent, useRef, useState } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { type DotRow, layoutDotRows } from './dot-rows.layout.ts';
import { formatNumber } from './format.ts';
import type { FrameProps } from './props.ts';
import type { TableModel } from './table-model.ts';
import { useSize } from './use-size.ts';

export interface DotRowsProps extends FrameProps {
  readonly rows: readonly DotRow[];
  readonly domain?: readonly [number, number] | undefined;
  /** Heading of the values. */
  readonly measureLabel: string;
  /** What a marked dot means. */
  readonly markedLabel: string;
  readonly unmarkedLabel: string;
}

/** Single releases as dots, a row for each truth; marked ones filled. Each can be read with the arrow keys. */
export function DotRows(props: DotRowsProps) {
  const table = (): TableModel => ({
    columns: [
      { label: '', numeric: false },
      { label: props.measureLabel, numeric: true },
      { label: props.markedLabel, numeric: false },
    ],
    rows: props.rows.flatMap(({ label, dots }) =>
      dots.map(({ value, marked }) => [label, value, marked ? props.markedLabel : props.unmarkedLabel]),
    ),
  });
  return (
    <ChartFrame {...props} table={table}>
      <Picture {...props} />
    </ChartFrame>
  );
}

function Picture(props: DotRowsProps) {
  const { locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 380, height: 160 });
  const { rows, x, radius, height } = layoutDotRows(props.rows, props.domain, size);
  const all = rows.flatMap(({ dots }) => dots);
  const [read, setRead] = useState<number | null>(null);
  const current = read === null ? undefined : all[Math.min(read, all.length - 1)];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (step === undefined || all.length === 0) return;
    event.preventDefault();
    setRead(Math.min(all.length - 1, Math.max(0, (read ?? (step > 0 ? -1 : all.length)) + step)));
  };
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="slider"
        tabIndex={0}
        aria-label={props.title}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, all.length)}
        aria-valuenow={(read ?? 0) + 1}
        aria-valuetext={current?.dot.told ?? props.description}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setRead(null)}
      >
        {rows.map(({ row, labelY, base }) => (
          <g key={row.id}>
            <text x={0} y={labelY} className="ec-ink">
              {row.label}
            </text>
            <text x={size.width} y={labelY} textAnchor="end" className="ec-t-risk">
              {row.note}
            </text>
            <path d={`M0,${base + 0.5}H${size.width}`} className="ec-axis" />
          </g>
        ))}
        {x.ticks.map((tick) => (
          <text key={tick} x={x(tick)} y={height - 2} textAnchor="middle">
            {formatNumber(tick, locale)}
          </text>
        ))}
        {all.map(({ dot, x: cx, y: cy }, i) => (
          <circle
            // Dots stand in their order from left to right.
            // oxlint-disable-next-line react/no-array-index-key
            key={i}
            cx={cx}
            cy={cy}
            r={radius - 0.6}
            className={dot.marked ? 'ec-f-risk' : 'ec-s-neutral ec-thin ec-hollow'}
            onPointerEnter={() => setRead(i)}
          />
        ))}
        {current === undefined ? null : (
          <circle cx={current.x} cy={current.y} r={radius + 2.5} className="ec-focus ec-nofill" />
        )}
      </svg>
      <div className="ec-note ec-reading" aria-hidden="true">
        {current?.dot.told ?? (
          <>
            <span className="is-risk">●</span> {props.markedLabel} <span>○</span> {props.unmarkedLabel}
          </>
        )}
      </div>
    </div>
  );
}
