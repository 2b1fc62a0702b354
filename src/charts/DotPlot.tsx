import { useEffect, useRef, useState } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { layoutDots } from './dot-plot.layout.ts';
import { formatNumber } from './format.ts';
import type { DotPlotProps } from './props.ts';
import { prefersLessMotion, useSize } from './use-size.ts';

/** Hypothetical outcomes change at most 2.5 times a second. */
const OUTCOME_MS = 450;

/** Equally likely releases as dots, truth as an ink line, this run's value as a tick; outcomes can be played one by one. */
export function DotPlot(props: DotPlotProps) {
  const { words } = useChartSetting(props);
  const table = () => ({
    columns: [
      { label: '#', numeric: true },
      { label: `${words.possibleReleases} (${props.unit})`, numeric: true },
    ],
    rows: Array.from(props.quantiles, (value, i) => [i + 1, value]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <DotPicture {...props} />
    </ChartFrame>
  );
}

function DotPicture(props: DotPlotProps) {
  const { quantiles, truth, current, threshold, outcomes, unit } = props;
  const { words, locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 320, height: 110 });
  const height = props.height ?? 7 * size.em;
  const [frame, setFrame] = useState<number | null>(null);
  const playing = frame !== null;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => setFrame((old) => (old === null ? null : old + 1)), OUTCOME_MS);
    return () => clearInterval(timer);
  }, [playing]);
  const extra = [truth, current, threshold?.value].filter((value) => value !== undefined);
  const { dots, radius, base, x } = layoutDots(quantiles, props.domain, extra, {
    width: size.width,
    height,
    em: size.em,
  });
  const outcome = frame === null || outcomes === undefined ? undefined : outcomes[frame % Math.max(1, outcomes.length)];
  const isOver = (value: number) =>
    threshold !== undefined && (threshold.side === 'above' ? value >= threshold.value : value <= threshold.value);
  const fmt = (value: number) => formatNumber(value, locale);
  const canPlay = outcomes !== undefined && outcomes.length > 1 && !prefersLessMotion();
  const name = [props.title, props.statement, truth === undefined ? undefined : `${words.true} ${fmt(truth)} ${unit}`];
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="img"
        aria-label={name.filter((part) => part !== undefined).join('. ')}
      >
        <path d={`M0,${base + 0.5}H${size.width}`} className="ec-axis" />
        {x.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${x(tick)},${base}v4`} className="ec-axis" />
            <text x={x(tick)} y={height - 2} textAnchor="middle">
              {fmt(tick)}
            </text>
          </g>
        ))}
        {dots.map((dot, i) => (
          <circle
            key={i}
            r={radius - 0.4}
            className={`ec-move ${isOver(dot.value) ? 'ec-s-risk ec-over-dot' : 'ec-f-privacy'}${outcome === undefined ? '' : ' ec-faded'}`}
            transform={`translate(${dot.x},${dot.y})`}
          />
        ))}
        {threshold === undefined ? null : (
          <g>
            <path d={`M${x(threshold.value)},0V${base}`} className="ec-s-risk ec-thin ec-dash" />
            <text x={x(threshold.value) + 4} y={0.8 * size.em} className="ec-t-risk ec-halo">
              {threshold.label}
            </text>
          </g>
        )}
        {truth === undefined ? null : <path d={`M${x(truth)},2V${base + 4}`} className="ec-truth" />}
        {current === undefined ? null : <path d={`M${x(current)},${base + 1}l-5,8h10Z`} className="ec-f-privacy" />}
        {outcome === undefined ? null : <path d={`M${x(outcome)},2V${base}`} className="ec-s-privacy ec-outcome" />}
      </svg>
      <div className="ec-row">
        <span className="ec-note">
          {props.statement ?? `${dots.length} ${words.possibleReleases}${unit === '' ? '' : ` (${unit})`}`}
          {truth === undefined ? null : (
            <span className="ec-key-truth">
              {' '}
              {words.true} {fmt(truth)}
            </span>
          )}
        </span>
        {canPlay ? (
          <button
            type="button"
            className="ec-button"
            aria-pressed={playing}
            onClick={() => setFrame(playing ? null : 0)}
          >
            {playing ? `❚❚ ${words.pause}` : `▶ ${words.play}`}
          </button>
        ) : null}
      </div>
    </div>
  );
}
