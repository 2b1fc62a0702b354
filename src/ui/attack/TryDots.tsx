import { useRef } from 'react';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useText } from '../i18n/use-text.ts';
import { layoutTries, type PlacedTries, type TriesLayout, type TryRow } from './try-dots.layout.ts';
import { attackWords as words } from './words.ts';

export interface TryDotsProps {
  readonly rows: readonly TryRow[];
  readonly fileName: string;
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** Success of one opponent against several releases: a hundred tries a row, all on one axis. */
export function TryDots(props: TryDotsProps) {
  const { tx } = useText();
  const table = () => ({
    columns: [
      { label: tx(words.scenario) },
      { label: `${tx(words.right)} (%)`, numeric: true },
      { label: `${tx(words.interval)} (%)`, numeric: true },
      { label: '', numeric: true },
      { label: `${tx(words.chance)} (%)`, numeric: true },
      { label: `${tx(words.bound)} (%)`, numeric: true },
    ],
    rows: props.rows.map((row) => [
      row.label,
      ...[row.value, row.low, row.high, row.chance, row.bound].map((share) =>
        share === undefined ? null : Math.round(share * 1e4) / 100,
      ),
    ]),
  });
  return (
    <ChartFrame
      title={tx(words.comparison)}
      description={tx(words.comparisonHelp)}
      chrome="full"
      fileName={props.fileName}
      provenance={props.provenance}
      table={table}
    >
      <Legend />
      <Picture rows={props.rows} />
    </ChartFrame>
  );
}

function Legend() {
  const { tx } = useText();
  return (
    <ul className="tries-legend" aria-hidden="true">
      <li>
        <i className="dot hit" /> {tx(words.legendHit)}
      </li>
      <li>
        <i className="dot" /> {tx(words.legendMiss)}
      </li>
      <li>
        <i className="bar" /> {tx(words.legendInterval)}
      </li>
      <li>
        <i className="mark chance" /> {tx(words.legendChance)}
      </li>
      <li>
        <i className="mark bound" /> {tx(words.legendBound)}
      </li>
    </ul>
  );
}

function Picture({ rows }: { readonly rows: readonly TryRow[] }) {
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 640, height: 300 });
  const made = layoutTries(rows, size.width, size.em);
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg tries"
        viewBox={`0 0 ${size.width} ${made.height}`}
        height={made.height}
        role="img"
        aria-label={rows.map((row) => `${row.label}: ${row.sub}`).join('. ')}
      >
        {made.rows.map((placed) => (
          <Row key={placed.row.id} placed={placed} layout={made} width={size.width} />
        ))}
      </svg>
    </div>
  );
}

function Row(props: { readonly placed: PlacedTries; readonly layout: TriesLayout; readonly width: number }) {
  const { tx } = useText();
  const { placed, layout, width } = props;
  const { row, barY, markTop, markBottom } = placed;
  const known = row.value !== undefined;
  const fits = !layout.narrow && row.sub.length + (row.more?.length ?? 0) + 3 <= layout.perLine;
  const value = row.value === undefined ? '' : tx(words.of100, { n: countWords(row.value, tx) });
  return (
    <g>
      {placed.lines.map((line) => (
        <text key={line.y} y={line.y} className={row.own ? 'ec-strong' : 'ec-ink'}>
          {line.text}
        </text>
      ))}
      {!layout.narrow && (
        <text y={placed.lines[0]?.y} x={width} textAnchor="end" className="ec-t-risk tries-value">
          {value}
        </text>
      )}
      {placed.dots.map((dot) => (
        <circle
          key={`${dot.x},${dot.y}`}
          cx={dot.x}
          cy={dot.y}
          r={dot.hit ? layout.radius : layout.radius * 0.82}
          className={dot.hit ? 'ec-f-risk' : known ? 'tries-miss' : 'tries-unknown'}
        />
      ))}
      {row.low !== undefined && row.high !== undefined && (
        <path
          d={`M${layout.x(row.low)},${barY}H${Math.max(layout.x(row.high), layout.x(row.low) + 2)}`}
          className="tries-interval"
        />
      )}
      {row.chance !== undefined && (
        <path d={`M${Math.max(1, layout.x(row.chance))},${markTop}V${markBottom}`} className="tries-chance" />
      )}
      {row.bound !== undefined && (
        <path d={`M${Math.min(width - 1, layout.x(row.bound))},${markTop}V${markBottom}`} className="tries-bound" />
      )}
      <text y={placed.subY}>
        {layout.narrow && known && <tspan className="tries-value">{value} · </tspan>}
        {row.sub}
        {row.more !== undefined && fits && ` · ${row.more}`}
      </text>
    </g>
  );
}

/** "52", "under 1", "over 99": a count out of a hundred that never rounds a risk away. */
export function countWords(share: number, tx: ReturnType<typeof useText>['tx']): string {
  const count = share * 100;
  if (count > 0 && count < 0.5) return tx(words.under1);
  if (count < 100 && count > 99.5) return tx(words.over99);
  return String(Math.round(count));
}
