import { useCallback, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { Axes } from './Axes.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { layoutCloud, nearestPoint } from './lattice-scatter.layout.ts';
import { PaintedCanvas, type Paint } from './PaintedCanvas.tsx';
import type { AxisSpec, FrameProps, Numbers } from './props.ts';
import { useSize } from './use-size.ts';

export interface LatticeScatterProps extends FrameProps {
  /** One entry an admissible node; arrays run in parallel. */
  readonly x: Numbers;
  readonly y: Numbers;
  readonly xAxis: AxisSpec;
  readonly yAxis: AxisSpec;
  /** Positions on the front, in the order of x; of the optimum (-1: none); of what loses as little; of the node shown. */
  readonly front: Uint32Array;
  readonly best: number;
  readonly ties: readonly number[];
  readonly current: number;
  /** The node pointed at. */
  readonly active: number;
  readonly nameOf: (position: number) => string;
  readonly bestLabel: string;
  /** Words of the legend: cloud, front, optimum, ties. */
  readonly legend: readonly [string, string, string, string];
  readonly onHover: (position: number) => void;
  readonly onSelect: (position: number) => void;
  readonly height?: number | undefined;
}

/** Rows of the table alternative: the whole front, then others up to this many. */
const TABLE_ROWS = 500;

/** All admissible nodes as a cloud on canvas; what cannot be bettered as a stepped line; arrows walk along it. */
export function LatticeScatter(props: LatticeScatterProps) {
  const { xAxis, yAxis } = props;
  const unit = (axis: AxisSpec) => (axis.unit ? `${axis.label} (${axis.unit})` : axis.label);
  const table = () => {
    const listed = new Set([...(props.best < 0 ? [] : [props.best]), ...props.front]);
    for (let i = 0; i < props.x.length && listed.size < TABLE_ROWS; i += 1) listed.add(i);
    return {
      columns: [{ label: props.title }, { label: unit(xAxis), numeric: true }, { label: unit(yAxis), numeric: true }],
      rows: [...listed].map((i) => [props.nameOf(i), props.x[i] as number, props.y[i] as number]),
    };
  };
  return (
    <ChartFrame {...props} table={table}>
      <Cloud {...props} />
    </ChartFrame>
  );
}

function Cloud(props: LatticeScatterProps) {
  const { x, y, xAxis, yAxis, front, best, current, active, onHover, onSelect } = props;
  const { words, locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const { width, em } = useSize(root, { width: 360, height: 260 });
  const height = props.height ?? 17 * em;
  const made = useMemo(
    () => layoutCloud({ x, y, front }, { x: xAxis, y: yAxis }, { width, height, em }),
    [x, y, front, xAxis, yAxis, width, height, em],
  );
  const onFront = useMemo(() => new Set(front), [front]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, paint: Paint) => {
      const many = made.px.length > 4000;
      const side = many ? 2 : 3;
      context.globalAlpha = many ? 0.34 : 0.5;
      context.fillStyle = paint('ec-f-neutral');
      for (let i = 0; i < made.px.length; i += 1) {
        context.fillRect((made.px[i] as number) - side / 2, (made.py[i] as number) - side / 2, side, side);
      }
    },
    [made],
  );
  const pointed = (event: PointerEvent<SVGSVGElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return nearestPoint(made, event.clientX - box.left, event.clientY - box.top, 24, onFront);
  };
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const at = front.indexOf(active >= 0 ? active : current >= 0 ? current : best);
      const next = front[Math.min(front.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
      if (next !== undefined) onHover(next);
    } else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) {
      event.preventDefault();
      onSelect(active);
    } else if (event.key === 'Escape') onHover(-1);
  };
  const spot = (i: number) => ({ x: made.px[i] as number, y: made.py[i] as number });
  const drawn = (i: number): boolean => i >= 0 && Number.isFinite(made.px[i] as number);
  const fmt = (value: number) => formatNumber(value, locale);
  const shown = active >= 0 ? active : current;
  const told =
    shown < 0
      ? ''
      : `${props.nameOf(shown)}: ${xAxis.label} ${(xAxis.format ?? fmt)(x[shown] as number)}, ${yAxis.label} ${(yAxis.format ?? fmt)(y[shown] as number)}`;
  return (
    <div ref={root} className="ec-plot ec-cloud">
      <PaintedCanvas width={width} height={height} draw={draw} />
      <svg
        className="ec-svg"
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        role="application"
        tabIndex={0}
        aria-label={`${props.title}. ${props.description}`}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => onHover(pointed(event))}
        onPointerLeave={() => onHover(-1)}
        onBlur={() => onHover(-1)}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const at = nearestPoint(made, event.clientX - box.left, event.clientY - box.top, 24, onFront);
          if (at >= 0) onSelect(at);
        }}
      >
        <Axes
          x={made.x}
          y={made.y}
          xAxis={xAxis}
          yAxis={yAxis}
          plot={made.plot}
          em={em}
          better={words.better}
          format={fmt}
        />
        <path d={made.front} className="ec-s-privacy ec-thin" />
        {front.length <= 300
          ? [...front]
              .filter(drawn)
              .map((i) => <circle key={i} cx={spot(i).x} cy={spot(i).y} r={2.6} className="ec-f-privacy" />)
          : null}
        {props.ties
          .filter((i) => drawn(i) && i !== best)
          .map((i) => (
            <circle key={i} cx={spot(i).x} cy={spot(i).y} r={6} className="ec-s-utility ec-thin ec-nofill" />
          ))}
        {drawn(best) ? (
          <g className="ec-move" style={{ transform: `translate(${spot(best).x}px, ${spot(best).y}px)` }}>
            <circle r={9} className="ec-s-utility ec-mid ec-nofill" />
            <circle r={4.6} className="ec-f-utility ec-rim" />
            <text
              x={spot(best).x > width * 0.6 ? -13 : 13}
              y={0.27 * em}
              textAnchor={spot(best).x > width * 0.6 ? 'end' : 'start'}
              className="ec-halo ec-strong"
            >
              {props.bestLabel}
            </text>
          </g>
        ) : null}
        {drawn(current) && current !== best ? (
          <circle cx={spot(current).x} cy={spot(current).y} r={6} className="ec-f-privacy ec-rim" />
        ) : null}
        {drawn(active) ? <circle cx={spot(active).x} cy={spot(active).y} r={8} className="ec-focus" /> : null}
      </svg>
      <p className="ec-note ec-reading" aria-live="polite">
        {told}
      </p>
      <ul className="ec-keys">
        <li>
          <Key className="ec-f-neutral ec-half" r={2} />
          {props.legend[0]}
        </li>
        <li>
          <svg width="18" height="10" aria-hidden="true">
            <path d="M1,8H9V2H17" className="ec-s-privacy ec-thin" />
          </svg>
          {props.legend[1]}
        </li>
        <li>
          <Key className="ec-f-utility" r={4.4} />
          {props.legend[2]}
        </li>
        {props.ties.length > 1 ? (
          <li>
            <Key className="ec-s-utility ec-thin" r={4} />
            {props.legend[3]}
          </li>
        ) : null}
      </ul>
    </div>
  );
}

const Key = (props: { readonly className: string; readonly r: number }) => (
  <svg width="12" height="10" aria-hidden="true">
    <circle cx="6" cy="5" r={props.r} className={props.className} />
  </svg>
);
