import { Lines } from './Lines.tsx';
import type { SweepChartProps } from './props.ts';

/** A measure with its interval over one parameter; the parameter's axis is logarithmic unless told otherwise. */
export function SweepChart(props: SweepChartProps) {
  return <Lines {...props} x={{ log: true, ...props.x }} />;
}
