import { useRef, useState, type KeyboardEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber, formatWithin } from './format.ts';
import type { FrameProps } from './props.ts';
import { layoutSeries, type Panel, type SeriesData, type SeriesLayout } from './series.layout.ts';
import type { TableModel } from './table-model.ts';
import { useSize } from './use-size.ts';

export interface SeriesSays {
  /** What one step is: "day". */
  readonly step: string;
  /** Heading of the lower panel. */
  readonly gap: string;
  readonly fresh: string;
  readonly repeated: string;
  /** Epsilon spent in a window of steps, and the most it may be. */
  readonly spent: string;
  readonly limit: string;
}
export interface SeriesChartProps extends FrameProps, SeriesData {
  readonly unit: string;
  readonly says: SeriesSays;
}

/** Answers step by step: truth in ink, release with its band, below them the error, and the window's budget where there is one. */
export function SeriesChart(props: SeriesChartProps) {
  const { words } = useChartSetting(props);
  const { says, unit, fresh, spent } = props;
  const table = (): TableModel => ({
    columns: [
      { label: says.step },
      { label: `${words.true} (${unit})`, numeric: true },
      { label: `${words.released} (${unit})`, numeric: true },
      { label: words.halfWidth, numeric: true },
      ...(fresh === undefined ? [] : [{ label: `${says.fresh} / ${says.repeated}` }]),
      ...(spent === undefined ? [] : [{ label: says.spent, numeric: true }]),
    ],
    rows: Array.from({ length: props.done }, (_, i) => [
      props.steps[i] ?? null,
      props.truth[i] ?? null,
      props.released[i] ?? null,
      props.halfWidth95[i] || null,
      ...(fresh === undefined ? [] : [fresh[i] === 1 ? says.fresh : says.repeated]),
      ...(spent === undefined ? [] : [spent.epsilon[i] ?? null]),
    ]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <Picture {...props} />
    </ChartFrame>
  );
}

function Picture(props: SeriesChartProps) {
  const { done, steps, says, unit } = props;
  const { words, locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 560, height: 320 });
  const made = layoutSeries(props, { width: size.width, em: size.em });
  const [hovered, setHovered] = useState<number | null>(null);
  const last = Math.max(0, done - 1);
  const read = hovered === null ? null : Math.min(last, hovered);
  const told = (i: number): string => {
    const half = props.halfWidth95[i] ?? 0;
    const within = half > 0 ? half : undefined;
    const band = half > 0 ? ` ± ${formatWithin(half, half, locale)}` : '';
    const kind = props.fresh === undefined ? '' : ` (${props.fresh[i] === 1 ? says.fresh : says.repeated})`;
    const used =
      props.spent === undefined ? '' : ` · ${says.spent} ${formatNumber(props.spent.epsilon[i] ?? 0, locale)}`;
    return `${steps[i]}: ${words.true} ${formatWithin(props.truth[i] ?? 0, undefined, locale)} · ${words.released} ${formatWithin(props.released[i] ?? 0, within, locale)}${band} ${unit}${kind}${used}`;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 10,
      PageDown: -10,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    const step = by[event.key];
    if (step === undefined || done === 0) return;
    event.preventDefault();
    setHovered(Math.min(last, Math.max(0, (read ?? (step > 0 ? -1 : done)) + step)));
  };
  const reading = done === 0 ? '' : told(read ?? last);
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${made.height}`}
        height={made.height}
        role="slider"
        tabIndex={0}
        aria-label={`${props.title}. ${says.step}`}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={read ?? last}
        aria-valuetext={reading || props.description}
        onKeyDown={onKeyDown}
        onPointerMove={(event) =>
          setHovered(made.stepAt(event.clientX - event.currentTarget.getBoundingClientRect().left))
        }
        onPointerLeave={() => setHovered(null)}
        onBlur={() => setHovered(null)}
      >
        <PanelAxis panel={made.main} made={made} em={size.em} title={unit} locale={locale} />
        <path d={made.main.band} className="ec-f-privacy ec-band" />
        <path d={made.main.released} className="ec-s-privacy ec-mid" />
        <path d={made.main.truth} className="ec-truth" />
        {made.dots.map((dot) => (
          <circle key={dot.x} cx={dot.x} cy={dot.y} r={2.6} className="ec-f-privacy" />
        ))}
        <PanelAxis panel={made.gap} made={made} em={size.em} title={says.gap} locale={locale} />
        <path d={made.gap.band} className="ec-f-privacy ec-band" />
        <path d={`M${made.left},${made.gap.y(0)}H${made.right}`} className="ec-truth" />
        <path d={made.gap.line} className="ec-s-privacy ec-mid" />
        {made.spent === undefined || props.spent === undefined ? null : (
          <>
            <PanelAxis panel={made.spent} made={made} em={size.em} title={says.spent} locale={locale} />
            <path d={made.spent.area} className="ec-f-cost ec-pale" />
            <path
              d={`M${made.left},${made.spent.y(props.spent.limit)}H${made.right}`}
              className="ec-s-cost ec-mid ec-dash"
            />
          </>
        )}
        {made.labels.map((label) => (
          <text key={label.x} x={label.x} y={made.height - 0.3 * size.em} textAnchor={label.anchor} aria-hidden="true">
            {label.text}
          </text>
        ))}
        {read === null || done === 0 ? null : (
          <path
            d={`M${made.x(read)},${made.main.top}V${(made.spent ?? made.gap).bottom}`}
            className="ec-axis ec-dash"
          />
        )}
      </svg>
      <div className="ec-note ec-reading">{reading}</div>
      <Keys {...props} />
    </div>
  );
}

function PanelAxis(props: {
  readonly panel: Panel;
  readonly made: SeriesLayout;
  readonly em: number;
  readonly title: string;
  readonly locale: string;
}) {
  const { panel, made, em } = props;
  return (
    <g aria-hidden="true">
      <text x={0} y={panel.top - 0.6 * em}>
        {props.title}
      </text>
      {panel.y.ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${made.left},${panel.y(tick)}H${made.right}`} className="ec-line" />
          <text x={made.left - 0.4 * em} y={panel.y(tick) + 0.27 * em} textAnchor="end">
            {formatNumber(tick, props.locale)}
          </text>
        </g>
      ))}
    </g>
  );
}

function Keys(props: SeriesChartProps) {
  const { words } = useChartSetting(props);
  const { says } = props;
  const line = (className: string) => (
    <svg width="18" height="10" aria-hidden="true">
      <path d="M0,5H18" className={className} />
    </svg>
  );
  return (
    <ul className="ec-keys">
      <li>
        {line('ec-truth')}
        {words.true}
      </li>
      <li>
        {line('ec-s-privacy ec-mid')}
        {words.released}, ± 95 %
      </li>
      {props.fresh === undefined ? null : (
        <li>
          <svg width="10" height="10" aria-hidden="true">
            <circle cx="5" cy="5" r="2.6" className="ec-f-privacy" />
          </svg>
          {says.fresh}
        </li>
      )}
      {props.spent === undefined ? null : (
        <li>
          {line('ec-s-cost ec-mid ec-dash')}
          {says.limit}
        </li>
      )}
    </ul>
  );
}
