import { axisTitle, type Scale } from './scale.ts';
import type { AxisSpec } from './props.ts';

interface AxesProps {
  readonly x: Scale;
  readonly y: Scale;
  readonly xAxis: AxisSpec;
  readonly yAxis: AxisSpec;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly em: number;
  readonly better: string;
  readonly format: (value: number) => string;
}

/** Ticks, hairlines and titles of a two-axis chart. The vertical title lies flat above the plot: easier to read. */
export function Axes(props: AxesProps) {
  const { x, y, xAxis, yAxis, plot, em, better } = props;
  const fx = xAxis.format ?? props.format;
  const fy = yAxis.format ?? props.format;
  const shown = thin(x, (tick) => fx(tick).length * 0.45 * em + 0.8 * em);
  return (
    <g aria-hidden="true">
      {y.ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${plot.left},${y(tick)}H${plot.right}`} className="ec-line" />
          <text x={plot.left - 0.4 * em} y={y(tick) + 0.27 * em} textAnchor="end">
            {fy(tick)}
          </text>
        </g>
      ))}
      <path d={`M${plot.left},${plot.bottom}H${plot.right}`} className="ec-axis" />
      {shown.map((tick) => (
        <g key={tick}>
          <path d={`M${x(tick)},${plot.bottom}v4`} className="ec-axis" />
          <text x={x(tick)} y={plot.bottom + 1.15 * em} textAnchor="middle">
            {fx(tick)}
          </text>
        </g>
      ))}
      <text x={0} y={0.85 * em}>
        {axisTitle(yAxis, better, true)}
      </text>
      <text x={plot.right} y={plot.bottom + 2.45 * em} textAnchor="end">
        {axisTitle(xAxis, better, false)}
      </text>
    </g>
  );
}

/** Leaves out ticks whose labels would touch. */
function thin(scale: Scale, room: (tick: number) => number): number[] {
  const kept: number[] = [];
  for (const tick of scale.ticks) {
    const last = kept.at(-1);
    if (last === undefined || scale(tick) - scale(last) >= (room(tick) + room(last)) / 2) kept.push(tick);
  }
  return kept;
}
