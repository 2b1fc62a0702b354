import { useRef } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { hexWords, layoutParties } from './parties.layout.ts';
import type { PartiesDiagramProps } from './props.ts';
import { useSize } from './use-size.ts';

/** Parties as nodes, messages as arcs per round, the words each party saw, and what was opened against the truth. */
export function PartiesDiagram(props: PartiesDiagramProps) {
  const { parties, messages, labels, seen, opened, truth } = props;
  const { words, locale } = useChartSetting(props);
  const table = () => ({
    columns: [
      { label: words.round, numeric: true },
      { label: words.from },
      { label: words.to },
      { label: words.message },
      { label: words.bytes, numeric: true },
    ],
    rows: messages.map((m) => [m.round, parties[m.from] ?? m.from, parties[m.to] ?? m.to, m.what, m.bytes]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <PartiesPicture {...props} />
      <div className="ec-scroll" tabIndex={0} role="region" aria-label={words.sawOnly}>
        {seen.map((one) => (
          <div key={one.party} className="ec-note">
            {parties[one.party]} {words.sawOnly} <code className="ec-mono">{hexWords(one.words)}</code>
          </div>
        ))}
      </div>
      <ul className="ec-keys">
        {labels.map((label, i) => (
          <li key={label}>
            <span>
              {label}: {words.opened} <b className="ec-changed">{formatNumber(opened[i] ?? Number.NaN, locale, 6)}</b>
              {truth === undefined ? '' : ` · ${words.true} ${formatNumber(truth[i] ?? Number.NaN, locale, 6)}`}
            </span>
          </li>
        ))}
      </ul>
      {props.modulus === undefined ? null : <div className="ec-note">mod {props.modulus}</div>}
    </ChartFrame>
  );
}

function PartiesPicture(props: PartiesDiagramProps) {
  const { parties, messages, round, onRound } = props;
  const { words, locale } = useChartSetting(props);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 380, height: 240 });
  const height = 15 * size.em;
  const made = layoutParties(parties, messages, round, { width: size.width, height, em: size.em });
  const told = made.arcs.map(
    (a) => `${parties[a.from]} → ${parties[a.to]}: ${a.count} (${formatNumber(a.bytes, locale)} ${words.bytes})`,
  );
  const shown = messages.filter((message) => round === undefined || message.round === round);
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="img"
        aria-label={`${props.title}. ${told.join('. ')}`}
      >
        {made.arcs.map((a, i) => (
          <g key={a.d}>
            <title>{told[i]}</title>
            <path d={a.d} className="ec-s-cost ec-mid" />
            <path d={a.head} className="ec-s-cost ec-mid" />
            <text x={a.labelX} y={a.labelY} textAnchor="middle" className="ec-t-cost ec-halo">
              {`${formatNumber(a.bytes, locale)} B`}
            </text>
          </g>
        ))}
        {made.nodes.map((node, i) => (
          <g key={node.label} transform={`translate(${node.x},${node.y})`}>
            <circle r={made.radius} className="ec-hollow ec-s-privacy ec-node" />
            <text y={0.3 * size.em} textAnchor="middle" className="ec-strong">
              {i + 1}
            </text>
            <text
              y={(node.y > height / 2 ? 1 : -1) * (made.radius + 0.6 * size.em) + 0.3 * size.em}
              textAnchor="middle"
              className="ec-ink ec-halo"
            >
              {node.label}
            </text>
          </g>
        ))}
      </svg>
      {onRound === undefined || made.rounds.length < 2 ? null : (
        <div className="ec-chips" role="group" aria-label={words.round}>
          {[undefined, ...made.rounds].map((one) => (
            <button
              type="button"
              className="ec-button"
              key={one ?? 'all'}
              aria-pressed={round === one}
              onClick={() => onRound(one)}
            >
              {one === undefined ? words.allRounds : `${words.round} ${one}`}
            </button>
          ))}
        </div>
      )}
      <div className="ec-note">{[...new Set(shown.map((message) => message.what))].slice(0, 4).join(' · ')}</div>
    </div>
  );
}
