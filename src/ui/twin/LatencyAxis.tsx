import { useRef } from 'react';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useText } from '../i18n/use-text.ts';
import { layoutLatencyAxis, type LatencyPair, type PlacedSpan } from './latency-axis.layout.ts';
import { twinWords as words } from './words.ts';

/** Measured here (filled) above the paper's figures (hollow), on one logarithmic axis with the paper's limit. */
export function LatencyAxis(props: { readonly pairs: readonly LatencyPair[]; readonly limit: number }) {
  const { tx } = useText();
  const { pairs } = props;
  const names = [words.min, words.mean, words.p95].map((word) => tx(word));
  const table = () => ({
    columns: [
      { label: tx(words.stage) },
      ...[tx(words.here), tx(words.paper)].flatMap((who) =>
        names.map((name) => ({ label: `${name}, ${who} (ms)`, numeric: true })),
      ),
    ],
    rows: pairs.map(({ label, here, paper }) => [
      label,
      ...[here, paper].flatMap((span) => [span?.min ?? null, span?.avg ?? null, span?.p95 ?? null]),
    ]),
  });
  return (
    <ChartFrame
      title={tx(words.latencyChart)}
      description={tx(words.latencyChartHelp)}
      fileName="latency"
      chrome="full"
      table={table}
    >
      <Picture {...props} />
    </ChartFrame>
  );
}

function Picture({ pairs, limit }: { readonly pairs: readonly LatencyPair[]; readonly limit: number }) {
  const { tx, value, number } = useText();
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 640, height: 260 });
  const made = layoutLatencyAxis(pairs, limit, size.width, size.em);
  const bottom = made.axisY;
  const told = pairs.map(({ label, here, paper }) =>
    [
      label,
      here === undefined ? '' : `${tx(words.here)} ${value(here.avg, 'ms')}`,
      paper === undefined ? '' : `${tx(words.paper).toLowerCase()} ${number(paper.avg, 4)} ms`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  );
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${made.height}`}
        height={made.height}
        role="img"
        aria-label={told.join('. ')}
      >
        {made.ticks.map((tick, at) => (
          <g key={tick.value}>
            <path d={`M${tick.x},0V${bottom}`} className="ec-line" />
            <text
              x={tick.x}
              y={bottom + size.em}
              textAnchor={at === 0 ? 'start' : at === made.ticks.length - 1 ? 'end' : 'middle'}
            >
              {made.ticks.length * 5 * size.em > size.width && at % 2 === 1 ? '' : value(tick.value, 'ms')}
            </text>
          </g>
        ))}
        <path d={`M${made.limitX},0V${bottom + size.em * 1.2}`} className="ec-s-risk ec-mid ec-dash" />
        <text x={made.limitX} y={bottom + size.em * 2} textAnchor="middle" className="ec-t-risk">
          {value(limit, 'ms')}
        </text>
        {made.rows.map(({ pair, labelY, here, paper }, at) => (
          <g key={pair.id}>
            <text x={0} y={labelY} className="ec-ink ec-halo">
              {told[at]}
            </text>
            {here !== undefined && <Whisker span={here} filled em={size.em} />}
            {paper !== undefined && <Whisker span={paper} filled={false} em={size.em} />}
          </g>
        ))}
      </svg>
    </div>
  );
}

function Whisker(props: { readonly span: PlacedSpan; readonly filled: boolean; readonly em: number }) {
  const { x1, x, x2, y } = props.span;
  const radius = props.em * 0.3;
  return (
    <g>
      <path
        d={`M${x1},${y}H${x2}`}
        className={props.filled ? 'ec-s-cost ec-mid ec-nofill' : 'ec-s-truth ec-thin ec-dash'}
      />
      <circle cx={x} cy={y} r={radius} className={props.filled ? 'ec-f-cost' : 'twin-hollow'} />
    </g>
  );
}
