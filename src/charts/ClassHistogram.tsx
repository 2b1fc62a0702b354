import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { binSizes, layoutClasses } from './class-histogram.layout.ts';
import { formatNumber } from './format.ts';
import type { ClassHistogramProps } from './props.ts';
import { useSize } from './use-size.ts';

/** How many rows share their look with how many others: before as outline, after as bar, k as a line to drag or step. */
export function ClassHistogram(props: ClassHistogramProps) {
  const { words } = useChartSetting(props);
  const table = () => ({
    columns: [
      { label: words.classSize },
      { label: `${words.rows}: ${words.before}`, numeric: true },
      { label: `${words.rows}: ${words.after}`, numeric: true },
    ],
    rows: [
      ...binSizes(props.before, props.after).map((bin) => [
        bin.from === bin.to ? `${bin.from}` : `${bin.from}–${bin.to}`,
        bin.before,
        bin.after,
      ]),
      [words.suppressed, 0, props.suppressedRows],
    ],
  });
  return (
    <ChartFrame {...props} table={table}>
      <ClassPicture {...props} />
    </ChartFrame>
  );
}

function ClassPicture(props: ClassHistogramProps) {
  const { k, onK, rows, kMax = 100 } = props;
  const { words, locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 380, height: 220 });
  const { em } = size;
  const height = props.height ?? 14 * em;
  const { bars, kX, kAt, y, plot } = layoutClasses({ ...props, kMax }, { width: size.width, height, em });
  const percent = (share: number) => `${formatNumber(share * 100, locale, 2)} %`;
  const set = (next: number) => {
    const kept = Math.min(kMax, Math.max(1, next));
    if (kept !== k) onK?.(kept);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (step === undefined && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    set(event.key === 'Home' ? 1 : event.key === 'End' ? kMax : k + (step ?? 0));
  };
  const drag = (event: PointerEvent<SVGElement>) => {
    const box = root.current?.getBoundingClientRect();
    if (event.buttons === 1 && box !== undefined) set(kAt(event.clientX - box.left));
  };
  const labelStep = Math.max(1, Math.ceil((4.2 * em) / ((plot.right - plot.left) / bars.length)));
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="group"
        aria-label={props.description}
      >
        {y.ticks.map((tick) => (
          <g key={tick} aria-hidden="true">
            <path d={`M${plot.left},${y(tick)}H${plot.right}`} className="ec-line" />
            <text x={plot.left - 0.4 * em} y={y(tick) + 0.27 * em} textAnchor="end">
              {percent(tick)}
            </text>
          </g>
        ))}
        <text x={0} y={0.85 * em}>
          {words.classes}
        </text>
        <g aria-hidden="true">
          {bars.map(({ bin, x, width, beforeY, afterY, label }, i) => (
            <g key={label}>
              <rect
                x={x}
                width={width}
                y={afterY}
                height={plot.bottom - afterY}
                className={bin.to < k ? 'ec-f-risk' : 'ec-f-privacy'}
              />
              {bin.before > 0 ? (
                <path d={`M${x - 2},${plot.bottom}V${beforeY}h${width + 4}V${plot.bottom}`} className="ec-truth" />
              ) : null}
              {i % labelStep === 0 ? (
                <text x={x + width / 2} y={plot.bottom + 1.1 * em} textAnchor="middle">
                  {label}
                </text>
              ) : null}
            </g>
          ))}
          <path d={`M${plot.left},${plot.bottom}H${plot.right}`} className="ec-axis" />
          <text x={plot.right} y={plot.bottom + 2.3 * em} textAnchor="end">
            {words.classSize} →
          </text>
        </g>
        <g
          role={onK === undefined ? 'img' : 'slider'}
          tabIndex={onK === undefined ? undefined : 0}
          aria-label={words.kAtLeast}
          aria-valuemin={1}
          aria-valuemax={kMax}
          aria-valuenow={k}
          className={onK === undefined ? undefined : 'ec-drag'}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
        >
          <rect
            x={kX - 12}
            width={24}
            y={plot.top - 1.4 * em}
            height={plot.bottom - plot.top + 1.4 * em}
            className="ec-hit"
          />
          <path d={`M${kX},${plot.top - 4}V${plot.bottom}`} className="ec-s-risk ec-mid ec-dash" />
          <circle cx={kX} cy={plot.top - 4} r={5.5} className="ec-f-risk ec-rim" />
          <text
            x={kX > size.width * 0.7 ? kX - 10 : kX + 10}
            y={plot.top - 0.1 * em}
            textAnchor={kX > size.width * 0.7 ? 'end' : 'start'}
            className="ec-t-risk ec-halo"
          >
            {`${words.kAtLeast} ${k}`}
          </text>
        </g>
      </svg>
      <ul className="ec-keys">
        <li>
          <svg width="14" height="10" aria-hidden="true">
            <path d="M1,10V1H13V10" className="ec-truth" />
          </svg>
          {words.before}
        </li>
        <li>
          <svg width="14" height="10" aria-hidden="true">
            <rect width="14" height="10" className="ec-f-privacy" />
          </svg>
          {words.after}
        </li>
        <li>
          {words.suppressed} {formatNumber(props.suppressedRows, locale)} / {formatNumber(rows, locale)}
        </li>
      </ul>
    </div>
  );
}
