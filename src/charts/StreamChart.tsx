import { useRef } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber, formatWithin } from './format.ts';
import { LinesPicture } from './Lines.tsx';
import type { StreamChartProps } from './props.ts';
import { layoutBuckets } from './stream.layout.ts';
import { useSize } from './use-size.ts';

/** Live estimate of shares from randomized answers: bars with 95 % interval, truth as ink line, error over epochs below. */
export function StreamChart(props: StreamChartProps) {
  const { buckets, truth, estimate, halfWidth95, epochs } = props;
  const { words } = useChartSetting(props);
  const unit = props.unit ?? words.share;
  const table = () => ({
    columns: [
      { label: words.value },
      { label: `${words.estimate} (${unit})`, numeric: true },
      { label: words.halfWidth, numeric: true },
      ...(truth === undefined ? [] : [{ label: words.true, numeric: true }]),
    ],
    rows: buckets.map((bucket, i) => [
      bucket,
      estimate[i] ?? null,
      halfWidth95[i] ?? null,
      ...(truth === undefined ? [] : [truth[i] ?? null]),
    ]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <BucketsPicture {...props} unit={unit} />
      {epochs.length < 2 ? null : (
        <LinesPicture
          title={words.error}
          description={props.description}
          words={props.words}
          locale={props.locale}
          series={[
            {
              id: 'now',
              label: words.error,
              meaning: 'neutral',
              dashed: true,
              points: epochs.map((e) => ({ x: e.epoch, y: e.error })),
            },
            {
              id: 'running',
              label: words.runningError,
              meaning: 'utility',
              points: epochs.map((e) => ({ x: e.epoch, y: e.runningError })),
            },
          ]}
          x={{ label: words.epoch }}
          y={{ label: words.error, unit, better: 'lower' }}
          height={180}
        />
      )}
    </ChartFrame>
  );
}

function BucketsPicture(props: StreamChartProps & { unit: string }) {
  const { buckets, truth, estimate, halfWidth95, unit } = props;
  const { words, locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 380, height: 160 });
  const { em } = size;
  const height = 11 * em;
  const made = layoutBuckets({ buckets, truth, estimate, halfWidth95 }, { width: size.width, height, em });
  const say = (i: number) =>
    `${buckets[i]}: ${words.estimate} ${formatWithin(estimate[i] as number, halfWidth95[i], locale)} ± ${formatWithin(halfWidth95[i] as number, halfWidth95[i], locale)} (95 %)` +
    (truth === undefined ? '' : `, ${words.true} ${formatWithin(truth[i] as number, halfWidth95[i], locale)}`);
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="img"
        aria-label={`${props.title}. ${buckets.map((_, i) => say(i)).join('. ')}`}
      >
        <text x={0} y={0.85 * em}>
          {unit}
        </text>
        {made.y.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${made.left},${made.y(tick)}H${size.width}`} className="ec-line" />
            <text x={made.left - 0.4 * em} y={made.y(tick) + 0.27 * em} textAnchor="end">
              {formatNumber(tick, locale)}
            </text>
          </g>
        ))}
        {made.bars.map((bar, i) => (
          <g key={buckets[i]}>
            <title>{say(i)}</title>
            <rect x={bar.x} width={bar.width} y={bar.y} height={bar.height} className="ec-f-privacy ec-half" />
            <path d={`M${bar.x + bar.width / 2},${bar.low}V${bar.high}`} className="ec-whisker-rim" />
            <path d={`M${bar.x + bar.width / 2},${bar.low}V${bar.high}`} className="ec-whisker" />
            {bar.truthY === null ? null : (
              <path d={`M${bar.x - 2},${bar.truthY}h${bar.width + 4}`} className="ec-truth" />
            )}
            {i % made.labelStep === 0 ? (
              <text {...labelAt(bar.x + bar.width / 2, buckets[i] ?? '', size.width, em)} y={height - 0.3 * em}>
                {buckets[i]}
              </text>
            ) : null}
          </g>
        ))}
        <path d={`M${made.left},${made.y(0)}H${size.width}`} className="ec-axis" />
      </svg>
    </div>
  );
}

/** Centred under its bar, or flush with the right edge where it would stick out. */
function labelAt(x: number, label: string, width: number, em: number): { x: number; textAnchor: 'middle' | 'end' } {
  return x + label.length * 0.22 * em > width ? { x: width, textAnchor: 'end' } : { x, textAnchor: 'middle' };
}
