import { ChartFrame } from './ChartFrame.tsx';
import type { SweepChartProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function SweepChart(props: SweepChartProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
