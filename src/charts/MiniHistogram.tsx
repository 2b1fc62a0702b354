import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import type { MiniHistogramProps } from './props.ts';

/** A column's distribution at a glance. Read aloud as its largest bin. */
export function MiniHistogram(props: MiniHistogramProps) {
  const { counts, edges, labels, meaning = 'neutral', width = 120, height = 32 } = props;
  const { locale } = useChartSetting({});
  const top = Math.max(1, ...Array.from(counts));
  const pitch = width / Math.max(1, counts.length);
  const name = (i: number) =>
    labels?.[i] ??
    (edges === undefined
      ? String(i)
      : `${formatNumber(edges[i] as number, locale)}–${formatNumber(edges[i + 1] as number, locale)}`);
  const most = Array.from(counts).reduce((best, count, i) => (count > (counts[best] as number) ? i : best), 0);
  return (
    <svg
      className="ec-svg ec-mini"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={
        counts.length === 0
          ? props.label
          : `${props.label}: ${name(most)}, ${formatNumber(counts[most] as number, locale)}`
      }
    >
      {Array.from(counts, (count, i) => (
        <rect
          key={i}
          x={i * pitch}
          width={Math.max(0.8, pitch - 1)}
          y={height - 1 - (count / top) * (height - 2)}
          height={(count / top) * (height - 2)}
          className={`ec-f-${meaning}`}
        >
          <title>{`${name(i)}: ${formatNumber(count, locale)}`}</title>
        </rect>
      ))}
      <path d={`M0,${height - 0.5}H${width}`} className="ec-axis" />
    </svg>
  );
}
