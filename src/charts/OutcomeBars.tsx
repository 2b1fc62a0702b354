import { useRef } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatWithin } from './format.ts';
import { layoutOutcomeBars, type OutcomeBar } from './outcome-bars.layout.ts';
import type { FrameProps } from './props.ts';
import type { TableModel } from './table-model.ts';
import { useSize } from './use-size.ts';

export interface OutcomeBarsProps extends FrameProps {
  readonly bars: readonly OutcomeBar[];
  readonly unit: string;
  readonly measureLabel: string;
}

/** What was released for each of a few rows, twenty other releases that were as likely, and the truth. */
export function OutcomeBars(props: OutcomeBarsProps) {
  const { words } = useChartSetting(props);
  const table = (): TableModel => ({
    columns: [
      { label: props.measureLabel, numeric: false },
      { label: `${words.true} (${props.unit})`, numeric: true },
      { label: `${words.released} (${props.unit})`, numeric: true },
      { label: `95 %: ${words.from}`, numeric: true },
      { label: `95 %: ${words.to}`, numeric: true },
    ],
    rows: props.bars.map((bar) => {
      const sorted = Float64Array.from(bar.outcomes).sort();
      const at = (share: number): number | null =>
        sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
      return [bar.label, bar.truth, bar.released, at(0.025), at(0.975)];
    }),
  });
  return (
    <ChartFrame {...props} table={table}>
      <Picture {...props} />
    </ChartFrame>
  );
}

function Picture(props: OutcomeBarsProps) {
  const { words, locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 520, height: 300 });
  const labels = Math.min(11 * size.em, size.width * 0.36);
  const made = layoutOutcomeBars(props.bars, { width: size.width, labels, em: size.em });
  const { rows, x, rowHeight, radius, bottom } = made;
  const height = bottom + 1.6 * size.em;
  const most = Math.floor(labels / (0.5 * size.em));
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="img"
        aria-label={`${props.title}. ${props.description}`}
      >
        {x.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${x(tick)},0V${bottom}`} className="ec-axis" opacity={0.5} />
            <text x={x(tick)} y={height - 2} textAnchor="middle">
              {formatWithin(tick, undefined, locale)}
            </text>
          </g>
        ))}
        {rows.map((row) => (
          <g key={row.bar.label}>
            <text x={labels - 0.5 * size.em} y={row.y + 0.5 * size.em} textAnchor="end">
              {row.bar.label.length > most ? `${row.bar.label.slice(0, most - 1)}…` : row.bar.label}
              <title>{`${row.bar.label}: ${words.released} ${formatWithin(row.bar.released, undefined, locale)}, ${words.true} ${formatWithin(row.bar.truth, undefined, locale)} ${props.unit}`}</title>
            </text>
            <rect
              x={row.from}
              y={row.y}
              width={row.width}
              height={0.36 * rowHeight}
              className="ec-f-privacy"
              opacity={0.72}
            />
            <path d={`M${row.low},${row.y + 0.18 * rowHeight}H${row.high}`} className="ec-s-privacy ec-mid" />
            {row.dots.map((dot, i) => (
              // Twenty dots in their order from left to right: the place is the identity.
              // oxlint-disable-next-line react/no-array-index-key
              <circle key={i} cx={dot.x} cy={dot.y} r={radius} className="ec-f-privacy" />
            ))}
            <path d={`M${row.truth},${row.y - 0.42 * rowHeight}v${0.86 * rowHeight}`} className="ec-truth" />
          </g>
        ))}
      </svg>
    </div>
  );
}
