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
  /** Width of the map when the legend is a band under it. */
  readonly compact?: number | undefined;
}

/** Height of that band, in em. */
export const LEGEND_BAND = 4.5;

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
    { word: words.noData, className: 'ec-legend-blank', fill: undefined },
  ];
  const heading = `${mode === 'difference' ? words.difference : mode === 'true' ? words.true : words.released}${props.unit === '' ? '' : ` · ${props.unit}`}`;
  // A long name of what is shown widens the plate: a character takes some 0.37 em at the legend's size.
  const span = Math.max(width, 0.37 * em * Math.max(props.label.length, heading.length));
  const ramp = (y: number, height: number) =>
    Array.from({ length: STEPS }, (_, i) => (
      <rect
        key={i}
        className={`ec-${letter}${i}`}
        x={i * step}
        width={step + 0.5}
        y={y}
        height={height}
        data-step={i}
      />
    ));
  const scaleText = (y: number) => (
    <>
      <text y={y}>{sign(ticks[0])}</text>
      <text y={y} x={width / 2} textAnchor="middle">
        {sign(ticks[1])}
      </text>
      <text y={y} x={width} textAnchor="end">
        {sign(ticks[2])}
      </text>
    </>
  );
  const key = (item: (typeof keys)[number]) => (
    <>
      <rect className={item.className} fill={item.fill} width={1.1 * em} height={0.75 * em} />
      <text x={1.6 * em} y={0.7 * em}>
        {item.word}
      </text>
    </>
  );
  if (props.compact !== undefined) {
    // A band under the map: ramp left, the rest right.
    return (
      <g transform={`translate(0,${props.top})`} pointerEvents="none">
        <rect className="ec-plate ec-solid" width={props.compact} height={LEGEND_BAND * em} />
        <g transform={`translate(${0.7 * em},0)`}>
          <text className="ec-ink" y={1.1 * em}>
            {props.label}
          </text>
          <text y={2.2 * em}>{heading}</text>
          {ramp(2.6 * em, 0.55 * em)}
          {scaleText(4.1 * em)}
        </g>
        {keys.map((item, i) => (
          <g key={item.word} transform={`translate(${width + 2 * em},${(0.85 + 1.15 * i) * em})`}>
            {key(item)}
          </g>
        ))}
      </g>
    );
  }
  return (
    <g transform={`translate(${props.right - span - 0.7 * em},${props.top})`} pointerEvents="none">
      <rect
        className="ec-plate"
        x={-0.7 * em}
        y={0}
        width={span + 1.4 * em}
        height={(5.3 + 1.15 * keys.length) * em}
        rx={14}
      />
      <text className="ec-ink" y={1.4 * em}>
        {props.label}
      </text>
      <text y={2.5 * em}>{heading}</text>
      {ramp(2.95 * em, 0.55 * em)}
      {scaleText(4.5 * em)}
      {keys.map((item, i) => (
        <g key={item.word} transform={`translate(0,${(5.0 + 1.15 * i) * em})`}>
          {key(item)}
        </g>
      ))}
    </g>
  );
}
