import { scaleBar } from './city-map.layout.ts';

/** Kilometre grid behind points that have no shapes around them, so that they read as a map. In world units. */
export function CityMapGrid(props: {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** World units between lines. */
  readonly step: number;
}) {
  const { box, step } = props;
  if (!(step > 0) || box.width / step > 200) return null;
  let d = '';
  for (let x = Math.ceil(box.x / step) * step; x < box.x + box.width; x += step) d += `M${x},${box.y}v${box.height}`;
  for (let y = Math.ceil(box.y / step) * step; y < box.y + box.height; y += step) d += `M${box.x},${y}h${box.width}`;
  return <path d={d} className="ec-map-grid" />;
}

/** Scale bar in kilometres and a north mark (Web Mercator: north is up). In px. */
export function CityMapScale(props: {
  readonly metresPerPixel: number;
  readonly x: number;
  readonly y: number;
  readonly north: string;
}) {
  const { x, y, metresPerPixel } = props;
  const bar = scaleBar(metresPerPixel, 110);
  if (bar === undefined) return null;
  return (
    <g className="ec-map-scale" transform={`translate(${x},${y})`}>
      <rect className="ec-plate" x={-8} y={-32} width={bar.pixels + 40} height={40} rx={10} />
      <path d={`M0,-5V0H${bar.pixels}V-5`} />
      <text x={bar.pixels / 2} y={-7} textAnchor="middle">
        {bar.metres >= 1000 ? `${bar.metres / 1000} km` : `${bar.metres} m`}
      </text>
      <g transform={`translate(${bar.pixels + 20},0)`}>
        <path d="M0,0V-16M-4,-11L0,-17L4,-11" />
        <text y={-20} textAnchor="middle">
          {props.north}
        </text>
      </g>
    </g>
  );
}
