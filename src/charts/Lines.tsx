import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Axes } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber, formatWithin } from './format.ts';
import { layoutLines, nearestStop, shortened } from './lines.layout.ts';
import type { LineSeries, LinesProps } from './props.ts';
import type { TableModel } from './table-model.ts';
import { useSize } from './use-size.ts';

/** Lines with bands; each named at its end; a mark for the value on the page that can be moved by drag or arrow keys. */
export function Lines(props: LinesProps) {
  const { words } = useChartSetting(props);
  return (
    <ChartFrame {...props} table={() => linesTable(props, words.from, words.to)}>
      <LinesPicture {...props} />
    </ChartFrame>
  );
}

function linesTable(props: LinesProps, from: string, to: string): TableModel {
  const { series, x } = props;
  const stops = [...new Set(series.flatMap((one) => one.points.map((point) => point.x)))].sort((a, b) => a - b);
  const banded = (one: LineSeries) => one.points.some((point) => point.low !== undefined);
  return {
    columns: [
      { label: x.unit ? `${x.label} (${x.unit})` : x.label, numeric: true },
      ...series.flatMap((one) => [
        { label: one.label, numeric: true },
        ...(banded(one)
          ? [
              { label: `${one.label}: ${from}`, numeric: true },
              { label: `${one.label}: ${to}`, numeric: true },
            ]
          : []),
      ]),
    ],
    rows: stops.map((stop) => [
      stop,
      ...series.flatMap((one) => {
        const point = one.points.find((candidate) => candidate.x === stop);
        return [point?.y ?? null, ...(banded(one) ? [point?.low ?? null, point?.high ?? null] : [])];
      }),
    ]),
  };
}

/** The picture alone, for charts made of several. */
export function LinesPicture(props: LinesProps) {
  const { current, onCurrent } = props;
  const { words, locale } = useChartSetting(props);
  const id = useId().replaceAll(/[^\w-]/g, '');
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 380, height: 220 });
  const height = props.height ?? 14 * size.em;
  const made = layoutLines(props, { width: size.width, height, em: size.em });
  const { x, y, plot, stops } = made;
  const [hovered, setHovered] = useState<number | null>(null);
  const fmt = (value: number) => formatNumber(value, locale);
  const fx = props.x.format ?? fmt;
  const fy = props.y.format ?? fmt;
  const told = (stop: number) =>
    props.series
      .map((one) => {
        const point = one.points.find((candidate) => candidate.x === stop);
        if (point === undefined) return null;
        const half = point.low === undefined || point.high === undefined ? undefined : (point.high - point.low) / 2;
        const value = props.y.format ? fy(point.y) : formatWithin(point.y, half, locale);
        const band = half === undefined ? '' : ` (${fy(point.low as number)}–${fy(point.high as number)})`;
        return `${one.label} ${value}${props.y.unit ? ` ${props.y.unit}` : ''}${band}`;
      })
      .filter((part) => part !== null)
      .join(' · ');
  const read = hovered ?? (current === undefined ? null : nearestStop(stops, current, props.x.log));
  const stopAt = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return nearestStop(stops, x.invert(event.clientX - box.left), props.x.log);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowUp'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowDown'
          ? -1
          : 0;
    if (step === 0 || stops.length === 0) return;
    event.preventDefault();
    const at = stops.indexOf(read ?? (stops[0] as number));
    const next = stops[Math.min(stops.length - 1, Math.max(0, at + step))] as number;
    setHovered(next);
    onCurrent?.(next);
  };
  const reading = read === null ? '' : `${props.x.label} ${fx(read)}: ${told(read)}`;
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="slider"
        tabIndex={0}
        aria-label={`${props.title}. ${props.x.label}`}
        aria-valuemin={stops[0] ?? 0}
        aria-valuemax={stops.at(-1) ?? 0}
        aria-valuenow={read ?? stops[0] ?? 0}
        aria-valuetext={reading || props.description}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          const stop = stopAt(event);
          setHovered(stop);
          if (event.buttons === 1 && stop !== current) onCurrent?.(stop);
        }}
        onPointerDown={(event) => onCurrent?.(stopAt(event))}
        onPointerLeave={() => setHovered(null)}
        onBlur={() => setHovered(null)}
      >
        <Axes x={x} y={y} xAxis={props.x} yAxis={props.y} plot={plot} em={size.em} better={words.better} format={fmt} />
        {made.references.map(({ mark, y: at, labelY }) => (
          <g key={mark.label}>
            <path d={`M${plot.left},${at}H${plot.right}`} className="ec-axis ec-dash" />
            <text x={plot.right + 0.4 * size.em} y={labelY + 0.27 * size.em}>
              {mark.label}
            </text>
          </g>
        ))}
        <clipPath id={`${id}c`}>
          <rect x={plot.left} y={plot.top - 1} width={plot.right - plot.left + 1} height={plot.bottom - plot.top + 2} />
        </clipPath>
        {made.legend.map(({ series, x: at, y: line }) => (
          <g key={series.id}>
            <path
              d={`M${at},${line - 0.05 * size.em}h${1.4 * size.em}`}
              className={`ec-s-${series.meaning} ec-mid${series.dashed ? ' ec-dash' : ''}`}
            />
            <text x={at + 1.8 * size.em} y={line + 0.27 * size.em} className={`ec-t-${series.meaning}`}>
              {series.label}
            </text>
          </g>
        ))}
        {made.lines.map(({ series, line, band, dots, label }) => (
          <g key={series.id}>
            {band === '' ? null : (
              <path d={band} clipPath={`url(#${id}c)`} className={`ec-f-${series.meaning} ec-band`} />
            )}
            <path
              d={line}
              clipPath={`url(#${id}c)`}
              className={`ec-s-${series.meaning} ec-mid${series.dashed ? ' ec-dash' : ''}`}
            />
            {dots.length > 24
              ? null
              : dots.map((dot, i) => (
                  <circle
                    // Two points of a line may share their place; their order is their identity.
                    // oxlint-disable-next-line react/no-array-index-key
                    key={i}
                    cx={dot.x}
                    cy={dot.y}
                    r={2.6}
                    className={series.dashed ? `ec-s-${series.meaning} ec-thin ec-hollow` : `ec-f-${series.meaning}`}
                  />
                ))}
            {made.legend.length > 0 ? null : (
              <text x={label.x} y={label.y + 0.27 * size.em} className={`ec-t-${series.meaning}`}>
                {shortened(series.label, size.width - plot.right, size.em)}
              </text>
            )}
          </g>
        ))}
        {hovered === null ? null : <path d={`M${x(hovered)},${plot.top}V${plot.bottom}`} className="ec-axis ec-dash" />}
        {current === undefined ? null : (
          <g>
            <path d={`M${x(current)},${plot.top - 4}V${plot.bottom}`} className="ec-truth" />
            <path d={`M${x(current) - 5},${plot.top - 10}h10l-5,7Z`} className="ec-inkfill" />
          </g>
        )}
      </svg>
      <div className="ec-note ec-reading">{reading}</div>
    </div>
  );
}
