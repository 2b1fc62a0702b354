import { legendTicks, STEPS } from './city-map.layout.ts';
import type { MapMode } from './props.ts';
import type { ChartWords } from './words.ts';

export interface CityMapLegendProps {
  readonly mode: MapMode;
  readonly domain: readonly [number, number];
  readonly scale: 'linear' | 'sqrt';
  readonly unit: string;
  readonly label: string;
  readonly words: ChartWords;
  readonly format: (value: number) => string;
  readonly hatch: string;
  readonly em: number;
  /** Right edge and top in px. */
  readonly right: number;
  readonly top: number;
}

/** Ramp with exact ticks, and the three ways of having no colour: suppressed, zero, no data. Drawn in the map's SVG. */
export function CityMapLegend(props: CityMapLegendProps) {
  const { mode, domain, scale, words, em } = props;
  const width = 11.5 * em;
  const letter = mode === 'difference' ? 'd' : mode === 'true' ? 'i' : 's';
  const step = width / STEPS;
  const ticks = legendTicks(domain, mode, scale);
  const sign = (value: number) =>
    mode === 'difference' && value > 0 ? `+${props.format(value)}` : props.format(value);
  const keys = [
    { word: words.suppressed, className: 'ec-hatched', fill: `url(#${props.hatch})` },
    ...(mode === 'difference' || domain[0] !== 0 ? [] : [{ word: words.zero, className: 'ec-zero', fill: undefined }]),
    { word: words.noData, className: 'ec-blank', fill: undefined },
  ];
  const heading = mode === 'difference' ? words.difference : mode === 'true' ? words.true : words.released;
  return (
    <g transform={`translate(${props.right - width - 0.7 * em},${props.top})`} pointerEvents="none">
      <rect
        className="ec-plate"
        x={-0.7 * em}
        y={0}
        width={width + 1.4 * em}
        height={(5.5 + 1.15 * keys.length) * em}
        rx={14}
      />
      <text className="ec-ink" y={1.4 * em}>
        {props.label}
      </text>
      <text y={2.5 * em}>{`${heading} · ${props.unit}`}</text>
      {Array.from({ length: STEPS }, (_, i) => (
        <rect
          key={i}
          className={`ec-${letter}${i}`}
          x={i * step}
          width={step + 0.5}
          y={2.95 * em}
          height={0.55 * em}
          data-step={i}
        />
      ))}
      <text y={4.5 * em}>{sign(ticks[0])}</text>
      <text y={4.5 * em} x={width / 2} textAnchor="middle">
        {sign(ticks[1])}
      </text>
      <text y={4.5 * em} x={width} textAnchor="end">
        {sign(ticks[2])}
      </text>
      {keys.map((key, i) => (
        <g key={key.word} transform={`translate(0,${(5.0 + 1.15 * i) * em})`}>
          <rect className={key.className} fill={key.fill} width={1.1 * em} height={0.75 * em} />
          <text x={1.6 * em} y={0.7 * em}>
            {key.word}
          </text>
        </g>
      ))}
    </g>
  );
}
