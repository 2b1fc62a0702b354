import { ChartFrame } from './ChartFrame.tsx';
import type { LatencyChartProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function LatencyChart(props: LatencyChartProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
