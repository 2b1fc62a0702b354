import { ChartFrame } from './ChartFrame.tsx';
import type { StreamChartProps } from './props.ts';

/** First state: name, description and finding; the drawing follows. */
export function StreamChart(props: StreamChartProps) {
  return (
    <ChartFrame {...props} table={{ columns: [], rows: [] }}>
      {null}
    </ChartFrame>
  );
}
