import { useId, useRef } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { layoutLatency } from './latency.layout.ts';
import type { LatencyChartProps } from './props.ts';
import { useSize } from './use-size.ts';

/** Time per stage: bar to the mean, line from min to p95; measured solid, modelled hatched and said in words. */
export function LatencyChart(props: LatencyChartProps) {
  const { rows, unit = 'ms' } = props;
  const { words } = useChartSetting(props);
  const table = () => ({
    columns: [
      { label: words.part },
      ...[words.min, words.mean, words.p95].map((label) => ({ label: `${label} (${unit})`, numeric: true })),
      { label: 'n', numeric: true },
      { label: `${words.measured} / ${words.modelled}` },
    ],
    rows: rows.map((row) => [row.label, row.min, row.avg, row.p95, row.n ?? null, words[row.kind]]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <LatencyPicture {...props} unit={unit} />
    </ChartFrame>
  );
}

function LatencyPicture(props: LatencyChartProps & { unit: string }) {
  const { rows, unit } = props;
  const { words, locale } = useChartSetting(props);
  const id = useId().replaceAll(/[^\w-]/g, '');
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 380, height: 160 });
  const { em } = size;
  const fmt = (value: number) => formatNumber(value, locale);
  const told = rows.map((row) => `${fmt(row.avg)} ${unit} · ${words[row.kind]}`);
  const made = layoutLatency(rows, props.log ?? true, { width: size.width, em }, told);
  const say = (i: number) => {
    const row = rows[i];
    return row === undefined
      ? ''
      : `${row.label}: ${words.mean} ${fmt(row.avg)} ${unit}, ${words.min} ${fmt(row.min)}, ${words.p95} ${fmt(row.p95)}, ${words[row.kind]}`;
  };
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${made.height}`}
        height={made.height}
        role="img"
        aria-label={rows.map((_, i) => say(i)).join('. ')}
      >
        <defs>
          <pattern id={`${id}h`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0,0V5" className="ec-s-cost ec-mid" />
          </pattern>
        </defs>
        {made.x.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${made.x(tick)},0V${made.base}`} className="ec-line" />
            <text x={made.x(tick)} y={made.base + 1.1 * em} textAnchor="middle">
              {fmt(tick)}
            </text>
          </g>
        ))}
        <text x={size.width} y={made.base + 2.2 * em} textAnchor="end">
          {unit}
        </text>
        {made.bars.map((bar, i) => {
          const row = rows[i];
          if (row === undefined) return null;
          const modelled = row.kind === 'modelled';
          return (
            <g key={row.id}>
              <title>{say(i)}</title>
              <text y={bar.y - (made.stacked ? 1.45 : 0.35) * em} className="ec-ink">
                {row.label}
              </text>
              <text x={made.stacked ? 0 : size.width} y={bar.y - 0.35 * em} textAnchor={made.stacked ? 'start' : 'end'}>
                {told[i]}
              </text>
              <rect
                x={made.x0}
                y={bar.y}
                width={bar.avg - made.x0}
                height={0.6 * em}
                className={modelled ? 'ec-s-cost ec-thin' : 'ec-f-cost'}
                fill={modelled ? `url(#${id}h)` : undefined}
                style={modelled ? { fill: `url(#${id}h)` } : undefined}
              />
              <path
                d={`M${bar.min},${bar.y + 0.3 * em}H${bar.p95}M${bar.min},${bar.y}v${0.6 * em}M${bar.p95},${bar.y}v${0.6 * em}`}
                className="ec-truth"
              />
            </g>
          );
        })}
      </svg>
      <div className="ec-note">{`┣━┫ ${words.min} – ${words.p95}`}</div>
    </div>
  );
}
