import { useRef, useState, type KeyboardEvent } from 'react';
import { Axes } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import type { ScatterPoint, ScatterProps } from './props.ts';
import { layoutScatter } from './scatter.layout.ts';
import { useSize } from './use-size.ts';
import type { ChartWords } from './words.ts';

/** Trade-off: each point a configuration with error bars both ways; frontier drawn, dominated faded, the current one a ringed dot. */
export function Scatter(props: ScatterProps) {
  const { words } = useChartSetting(props);
  const { x, y } = props;
  const unit = (axis: typeof x) => (axis.unit ? `${axis.label} (${axis.unit})` : axis.label);
  const table = () => ({
    columns: [
      { label: props.title },
      ...[x, y].flatMap((axis) => [
        { label: unit(axis), numeric: true },
        { label: `${axis.label}: ${words.from}`, numeric: true },
        { label: `${axis.label}: ${words.to}`, numeric: true },
      ]),
    ],
    rows: props.points.map((p) => [
      p.label,
      p.x,
      p.xLow ?? null,
      p.xHigh ?? null,
      p.y,
      p.yLow ?? null,
      p.yHigh ?? null,
    ]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <ScatterPicture {...props} chartWords={words} />
    </ChartFrame>
  );
}

function ScatterPicture(props: ScatterProps & { chartWords: ChartWords }) {
  const { points, currentId, onSelect, chartWords: words } = props;
  const { locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 340, height: 240 });
  const height = props.height ?? 15 * size.em;
  const made = layoutScatter(points, { x: props.x, y: props.y }, currentId, { width: size.width, height, em: size.em });
  const [active, setActive] = useState<string | null>(null);
  const order = [...made.points].sort((a, b) => a.x - b.x);
  const roving = active ?? currentId ?? order[0]?.point.id;
  const fmt = (value: number) => formatNumber(value, locale);
  const fx = props.x.format ?? fmt;
  const fy = props.y.format ?? fmt;
  const range = (low: number | undefined, high: number | undefined, f: typeof fmt) =>
    low === undefined || high === undefined ? '' : ` (${f(low)}–${f(high)})`;
  const say = (p: ScatterPoint, best: boolean) =>
    `${p.label}: ${props.x.label} ${fx(p.x)}${range(p.xLow, p.xHigh, fx)}, ${props.y.label} ${fy(p.y)}${range(p.yLow, p.yHigh, fy)}` +
    `${best ? `, ${words.onFrontier}` : ''}${p.id === currentId ? `, ${words.current}` : ''}`;
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = order.findIndex(({ point }) => point.id === roving);
    const next = order[Math.min(order.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    setActive(next.point.id);
    event.currentTarget.querySelector<SVGGElement>(`[data-point="${CSS.escape(next.point.id)}"]`)?.focus();
  };
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="group"
        aria-label={props.description}
        onKeyDown={onKeyDown}
      >
        <Axes
          x={made.x}
          y={made.y}
          xAxis={props.x}
          yAxis={props.y}
          plot={made.plot}
          em={size.em}
          better={words.better}
          format={fmt}
        />
        {made.frontier === '' ? null : <path d={made.frontier} className="ec-s-neutral ec-thin" />}
        {made.points.map(({ point, x, y, bars, onFrontier, label }) => {
          const isCurrent = point.id === currentId;
          const meaning = point.meaning ?? (isCurrent ? 'privacy' : 'neutral');
          const hasFrontier = made.frontier !== '';
          const faded = hasFrontier && !onFrontier && !isCurrent && active !== point.id;
          const named = label ?? (active === point.id ? { x: x + 9, y: y - 9, anchor: 'start' as const } : null);
          if (!Number.isFinite(x + y)) return null;
          return (
            <g
              key={point.id}
              data-point={point.id}
              role={onSelect === undefined ? 'img' : 'button'}
              tabIndex={point.id === roving ? 0 : -1}
              aria-label={say(point, onFrontier)}
              onPointerEnter={() => setActive(point.id)}
              onPointerLeave={() => setActive(null)}
              onFocus={() => setActive(point.id)}
              onBlur={() => setActive(null)}
              onClick={() => onSelect?.(point.id)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                onSelect?.(point.id);
              }}
            >
              <g className={faded ? 'ec-faded' : undefined}>
                {bars.map((d) => (
                  <path key={d} d={d} className={`ec-s-${meaning} ec-thin`} />
                ))}
                <circle cx={x} cy={y} r={13} className="ec-hit" />
                {isCurrent ? (
                  <circle className={`ec-s-${meaning} ec-thin ec-move`} r={9} transform={`translate(${x},${y})`} />
                ) : null}
                {hasFrontier && !onFrontier && !isCurrent ? (
                  <circle cx={x} cy={y} r={3.6} className={`ec-s-${meaning} ec-thin ec-hollow`} />
                ) : (
                  <circle
                    className={`ec-f-${meaning} ec-move`}
                    r={isCurrent ? 5.5 : 4.2}
                    transform={`translate(${x},${y})`}
                  />
                )}
              </g>
              {named === null ? null : (
                <text
                  x={named.x}
                  y={named.y}
                  textAnchor={named.anchor}
                  className={`ec-halo ${isCurrent ? 'ec-strong' : faded ? '' : 'ec-ink'}`}
                >
                  {point.label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
